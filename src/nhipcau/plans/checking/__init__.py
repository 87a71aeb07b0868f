"""What a careful reader would object to in a plan, shown where it stands: ``vanban.check`` on a reading's object.

``checkable`` makes the library's plan out of what the review works on (pure), ``running`` runs the rules and keeps what
they found, ``facts`` is what they know, ``shown`` is what pages and files show of it (pure).
"""
