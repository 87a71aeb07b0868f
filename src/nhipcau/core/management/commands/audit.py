"""``manage.py audit verify``: prove that nobody has touched the audit trail."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nhipcau.core import audit


class Command(BaseCommand):
    help = "Checks the audit trail. `audit verify` walks every chain, or one, and names each break."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify"])
        parser.add_argument("--organisation", type=int, help="id of an organisation; 0 is the installation itself")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["organisation"]
        chains = audit.chains() if wanted is None else [wanted]
        breaks = 0
        for organisation_id in chains:
            found = list(audit.verify(organisation_id))
            breaks += len(found)
            for line in found:
                self.stderr.write(line)
            length, head = audit.head(organisation_id)
            self.stdout.write(f"organisation {organisation_id}: {length} events, last hash {head}")
        if breaks:
            raise CommandError(f"The audit trail is broken in {breaks} places.", returncode=1)
        self.stdout.write(f"{len(chains)} chains checked, no break.")
