from django.db import DatabaseError, migrations, transaction

INDEX = "CREATE INDEX task_words ON plans_task USING gin (folded gin_trgm_ops)"


def make(apps, schema_editor):
    """On PostgreSQL the tasks' words are found by an index of trigrams. Where its extension is not there (a server without
    the contributed modules) or may not be made by this user, the search reads every text: slower, not other."""
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(INDEX)
    except DatabaseError:
        pass


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS task_words")


class Migration(migrations.Migration):
    dependencies = [("plans", "0005_words_of_a_plan")]
    operations = [migrations.RunPython(make, drop)]
