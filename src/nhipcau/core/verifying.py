"""The audit trail is walked by itself once a day, and whenever an auditor asks."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy

from . import audit
from .jobs import Run, job, periodic
from .models import TrailCheck

KEPT = dt.timedelta(days=400)
MOST_BREAKS = 20  # sentences that are kept of one walk; one is enough to begin asking


@job("core.verify_trail", time_limit=dt.timedelta(hours=1))
def verify_trail(run: Run, *, organisation_id: int) -> None:
    """Walk one chain and write down what was found."""
    run.progress(0, 1)
    check(organisation_id, person_id=run.job.person_id)


@periodic("core.verify_trails", every=dt.timedelta(days=1), label=gettext_lazy("Kiểm tra chuỗi nhật ký"))
def verify_trails(run: Run) -> None:
    """Walk every chain, and forget checks that nobody will ask for."""
    chains = audit.chains()
    for number, organisation_id in enumerate(chains, start=1):
        run.progress(number, len(chains))
        check(organisation_id)
    TrailCheck.objects.filter(at__lt=timezone.now() - KEPT, breaks=[]).delete()


def check(organisation_id: int, person_id: int | None = None) -> TrailCheck:
    """Walk one chain now. What was added since its length was read is left to the next walk."""
    breaks = list(audit.verify(organisation_id))[:MOST_BREAKS]
    length, last_hash = audit.head(organisation_id)
    return TrailCheck.objects.create(
        organisation_id=organisation_id, person_id=person_id, length=length, last_hash=last_hash, breaks=breaks
    )
