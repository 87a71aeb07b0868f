"""What people decide about findings: to keep what the plan says, and which rules are not for their organisation."""

from __future__ import annotations

from nhipcau.core.acts import Act, act
from nhipcau.organisations.models import Organisation

from .. import rules
from ..checking.shown import Noted
from ..models import KeptAsIs, Reading, SwitchedOffRule
from ..queries import findings


@act("plans.keep_finding", may=rules.may_keep_finding)
def keep_finding(act: Act, reading: Reading, noted: Noted, *, reason: str) -> KeptAsIs:
    """Note that somebody looked at a finding and keeps what the plan says, and why. It holds for later readings of the
    same document too. Saying so twice changes the reason."""
    made, _is_new = KeptAsIs.objects.update_or_create(
        reading=reading,
        mark=noted.mark,
        defaults={
            "organisation": reading.organisation,
            "subject": findings.subject_of(reading),
            "rule": noted.rule,
            "reason": reason,
            "person_id": act.actor.person_id or 0,
        },
    )
    act.changed(rule=noted.rule, mark=noted.mark, reason=reason)
    return made


@act("plans.reopen_finding", may=rules.may_keep_finding)
def reopen_finding(act: Act, reading: Reading, mark: str) -> int:
    """Take back that a finding is kept, wherever that was said of this document. Returns how often it was."""
    rows = [row for row in findings.kept_rows(reading) if row.mark == mark]
    KeptAsIs.objects.filter(pk__in=[row.pk for row in rows]).delete()
    if rows:
        act.changed(rule=rows[-1].rule, mark=mark, reason=None)
    return len(rows)


@act("plans.switch_rule_off", may=rules.may_switch_rules)
def switch_rule_off(act: Act, organisation: Organisation, rule: str, *, reason: str) -> SwitchedOffRule:
    """Leave the findings of a rule out of the organisation's plans, and say why."""
    made, _is_new = SwitchedOffRule.objects.update_or_create(
        organisation=organisation, rule=rule, defaults={"reason": reason, "person_id": act.actor.person_id or 0}
    )
    act.changed(rule=rule, is_off=True, reason=reason)
    return made


@act("plans.switch_rule_on", may=rules.may_switch_rules)
def switch_rule_on(act: Act, organisation: Organisation, rule: str, *, reason: str) -> None:
    """Show the findings of a rule again, and say why."""
    SwitchedOffRule.objects.filter(organisation=organisation, rule=rule).delete()
    act.changed(rule=rule, is_off=False, reason=reason)
