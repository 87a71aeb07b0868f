"""A role that was lent ends with the role it was lent from, and with the place of who got it."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from nhipcau.core.acts import Act

from ..models import Membership


def end_loans(running: Act, membership: Membership, last: dt.date) -> None:
    """Let nothing that hangs on a role of one's own hold longer than it, ``last`` being its last day: what the person lent
    of it, and what was lent to them where it was their last role in the organisation. Who acted in place of another is
    told."""
    if membership.stands_in_for_id is not None:
        return
    here = Membership.objects.filter(organisation=membership.organisation_id)
    later = Q(valid_to=None) | Q(valid_to__gt=last)
    hanging = Q(stands_in_for=membership.person_id, role=membership.role)
    if not here.filter(later, person=membership.person_id, stands_in_for=None).exists():
        hanging |= Q(person=membership.person_id)
    loans = list(here.filter(later, hanging).exclude(stands_in_for=None))
    for loan in loans:
        loan.valid_to = last
        if loan.valid_from is not None and loan.valid_from > last:
            loan.valid_from = last
    Membership.objects.bulk_update(loans, ("valid_from", "valid_to"))

    def words() -> str:
        return _("Việc ủy quyền làm thay kết thúc sau ngày %(day)s.") % {"day": last.strftime("%d/%m/%Y")}

    running.tell({loan.person_id for loan in loans}, "organisations.delegation", words)
