"""``manage.py audit verify``: prove that nobody has touched the audit trail."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nhipcau.core import audit


class Command(BaseCommand):
    help = (
        "Checks the audit trail. `audit verify` walks every chain, or one, and names each break; `--noted HASH` says "
        "where the last hash that somebody noted on paper stands today."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify"])
        parser.add_argument("--organisation", type=int, help="id of an organisation; 0 is the installation itself")
        parser.add_argument(
            "--noted", action="append", default=[], metavar="HASH", help="a hash noted on paper, or its first 16 signs"
        )

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
        breaks += sum(not self._is_there(noted) for noted in options["noted"])
        if breaks:
            raise CommandError(f"The audit trail is broken in {breaks} places.", returncode=1)
        self.stdout.write(f"{len(chains)} chains checked, no break.")

    def _is_there(self, noted: str) -> bool:
        """Whether a hash from paper still stands in a chain; says so either way."""
        try:
            event = audit.event_noted(noted.strip().lower())
        except ValueError:
            raise CommandError(f"{noted} is no hash: give at least its first 16 signs.", returncode=2) from None
        if event is None:
            self.stderr.write(f"{noted}: no chain bears this hash; the trail was written anew since it was noted")
            return False
        self.stdout.write(
            f"{noted}: organisation {event.organisation_id}, event {event.seq} of {event.at:%Y-%m-%d %H:%M}"
        )
        return True
