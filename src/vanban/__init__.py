"""vanban: reading and writing Vietnamese official documents. Pure Python: no Django, no database, no network."""
