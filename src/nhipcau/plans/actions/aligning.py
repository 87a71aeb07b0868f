"""Two plans are compared; what the lower one leaves out is asked about and answered."""

from __future__ import annotations

import functools

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, Refused, act
from nhipcau.core.models import Job

from .. import rules
from ..alignment.laying import Laid
from ..models import Alignment, AlignmentQuestion, Plan
from ..queries import alignments

JOB = "plans.align"
_UNDER_WAY = (Job.State.QUEUED, Job.State.RUNNING)


@act("plans.compare", may=rules.may_compare)
def compare_plans(act: Act, higher: Plan, lower: Plan, *, once_more: bool = False) -> Alignment:
    """Have the two plans compared as they stand now, unless that is done or under way; ``once_more``: also where it is
    done. Raises ``Refused`` for a plan beside itself."""
    if higher.pk == lower.pk:
        raise Refused(_("Hai kế hoạch là một. Bạn hãy chọn hai kế hoạch khác nhau."))
    made, is_new = Alignment.objects.get_or_create(
        higher=higher, higher_version=higher.version, lower=lower, lower_version=lower.version
    )
    is_done = made.state == Alignment.State.READY and not once_more
    is_coming = made.job is not None and made.job.state in _UNDER_WAY
    if is_done or (is_coming and not is_new):
        return made
    if made.state == Alignment.State.FAILED:
        made.state = Alignment.State.WAITING
    made.job = act.enqueue(JOB, alignment_id=made.pk)
    made.save(update_fields=("state", "job"))
    act.changed(higher=higher.public_id, lower=lower.public_id)
    return made


@act("plans.keep_alignment", may=rules.may_keep_alignment)
def keep_alignment(act: Act, alignment: Alignment, laid: Laid) -> Alignment:
    """Write down how the two plans compare."""
    alignment.cites_higher = laid.cites_higher
    alignment.result, alignment.extra, alignment.counts = laid.result, laid.extra, laid.counts
    alignment.state, alignment.made_at = Alignment.State.READY, timezone.now()
    alignment.save()
    for question in alignments.changed_questions(alignment):
        question.save(update_fields=("applies",))
    act.changed(counts=laid.counts)
    return alignment


@act("plans.fail_alignment", may=rules.may_keep_alignment)
def fail_alignment(act: Act, alignment: Alignment) -> Alignment:
    """Say that the two plans could not be compared; what was worked out before stays."""
    if alignment.state == Alignment.State.WAITING:
        alignment.state = Alignment.State.FAILED
        alignment.save(update_fields=("state",))
        act.changed(state=alignment.state)
    return alignment


@act("plans.ask_about_duty", may=rules.may_ask_about)
def ask_about_duty(act: Act, higher: Plan, lower: Plan, *, part: str, code: str) -> AlignmentQuestion:
    """Ask the organisation of the lower plan about a duty that it leaves out or weakens: its officers, coordinators and
    heads are told. Asking again, or about what was answered, changes nothing. Raises ``Refused`` where the comparison
    shows nothing of the kind."""
    question = _question(higher, lower, part, code)
    if question.asked_at is not None or question.answer:
        return question
    question.asked_by, question.asked_for_id = act.actor.person_id, act.actor.organisation_id
    question.asked_at = timezone.now()
    question.save()
    act.about(question)
    act.changed(lower=lower.public_id, part=part, code=question.code)
    people = alignments.reviewers_of(lower.organisation_id) - {act.actor.person_id}
    act.tell(people, "plans.duty_asked_about", functools.partial(_asks, question), _address(question))
    return question


@act("plans.answer_about_duty", may=rules.may_answer)
def answer_about_duty(
    act: Act, higher: Plan, lower: Plan, *, part: str, code: str, answer: str, words: str
) -> AlignmentQuestion:
    """Answer what was asked about a duty, or record without being asked why it was left out; it is then settled. The
    same answer again changes nothing, another one replaces it. Those who asked are told. Raises ``Refused``."""
    if answer not in AlignmentQuestion.Answer.values:
        raise Refused(_("Bạn hãy chọn một câu trả lời."))
    question = _question(higher, lower, part, code)
    if (question.answer, question.words) == (answer, words):
        return question
    question.answer, question.words = answer, words
    question.answered_by, question.answered_for_id = act.actor.person_id, act.actor.organisation_id
    question.answered_at = timezone.now()
    question.save()
    act.about(question)
    act.changed(answer=answer, words=words, part=part, code=question.code)
    people = {question.asked_by} if question.asked_by else set()
    if act.actor.organisation_id != lower.organisation_id:
        people |= alignments.reviewers_of(lower.organisation_id)
    told = {person for person in people if person not in (None, act.actor.person_id)}
    act.tell(told, "plans.duty_answered", functools.partial(_answers, question), _address(question))
    return question


def _question(higher: Plan, lower: Plan, part: str, code: str) -> AlignmentQuestion:
    """What has been asked about this duty, or a question to be. Raises ``Refused``."""
    known = alignments.question_about(higher, lower, part, code)
    if known is not None:
        return known
    text = alignments.doubtful_duty(higher, lower, part, code)
    if text is None:
        raise Refused(_("Hai kế hoạch vừa được so lại và mục này không còn khác nhau. Bạn hãy tải lại trang."))
    return AlignmentQuestion(higher=higher, lower=lower, part=part, code=code, text=text)


def _address(question: AlignmentQuestion) -> str:
    page = reverse("alignment", args=[question.higher.slug, question.lower.slug])
    return f"{page}#{alignments.anchor_of(question.part, question.code)}"


def _asks(question: AlignmentQuestion) -> str:
    return _("%(who)s hỏi về mục %(code)s của %(higher)s trong kế hoạch %(lower)s: %(text)s") % {
        "who": question.asked_for.label if question.asked_for else "",
        "code": question.code,
        "higher": question.higher.label[:80],
        "lower": question.lower.label[:80],
        "text": question.text[:150],
    }


def _answers(question: AlignmentQuestion) -> str:
    return _("%(who)s trả lời về mục %(code)s của %(higher)s: %(answer)s. %(words)s") % {
        "who": question.answered_for.label if question.answered_for else "",
        "code": question.code,
        "higher": question.higher.label[:80],
        "answer": question.get_answer_display(),
        "words": question.words[:150],
    }
