"""People change a report sentence by sentence and figure by figure; what the software wrote is kept beside it.

Two people may write in one report at once: what is compared is the sentence, not the report. Who writes over words that
somebody changed meanwhile is told, and nothing is lost.
"""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, Refused, act

from .. import rules
from ..models import Report, ReportFigure, Sentence
from ..typed import clean, sentence
from ._laying import end_of_part_before, follow_part, outline_of, say_no_nothing

LONGEST = 4000  # signs of one sentence
MOST_ADDED = 40  # sentences added at once
MOST = 10**12  # of a figure
_KIND = Sentence.Kind


class Changed(Refused):
    """Somebody changed this sentence since it was shown: nothing was written. ``sentence``: as it stands now."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(_("Trong lúc bạn gõ, người khác vừa sửa câu này. Bạn xem câu của họ rồi chọn câu để giữ."))
        self.sentence = sentence


class Gone(Refused):
    """The sentence is in the report no longer (it was drafted anew): nothing was written."""

    def __init__(self) -> None:
        super().__init__(_("Câu này không còn trong bản thảo vừa lập lại. Bạn thêm lời của mình thành câu mới."))


@act("reporting.edit_sentence", may=rules.may_write)
def edit_sentence(act: Act, report: Report, public_id: str, *, text: str, seen: str) -> Sentence:
    """Write ``text`` for a sentence (public id) that was shown as ``seen`` (its ``seal``). Words in a gap answer it; the
    words that the software wrote restore it.

    Raises ``Changed``, ``Gone``, and ``Refused`` for no words or too many."""
    found = _found(report, public_id, seen)
    words = clean(text) if found.kind == _KIND.HEADING else sentence(text)
    if not words:
        raise Refused(_("Câu không để trống được. Muốn bỏ câu này, bạn hãy bấm Bỏ câu."))
    if len(words) > LONGEST:
        raise Refused(_("Một câu dài nhất %(n)s ký tự. Bạn hãy tách thành nhiều câu.") % {"n": LONGEST})
    if clean(text) == clean(found.drafted) or words == clean(found.drafted):
        return _restored(act, report, found)
    if found.text == words:
        return found
    if found.kind == _KIND.GAP:
        found.kind = _KIND.ANSWER
    found.text = words
    return _written(act, report, found)


@act("reporting.restore_sentence", may=rules.may_write)
def restore_sentence(act: Act, report: Report, public_id: str, *, seen: str) -> Sentence:
    """Put back what the software wrote; an answer is a gap again. Raises ``Changed``, ``Gone``."""
    found = _found(report, public_id, seen)
    return _restored(act, report, found) if found.drafted else found


@act("reporting.leave_out", may=rules.may_write)
def leave_out(act: Act, report: Report, public_id: str, *, seen: str) -> Sentence:
    """Leave a sentence out of the report; it can be taken in again. Raises ``Changed``, ``Gone``."""
    return _placed(act, report, public_id, seen, is_removed=True)


@act("reporting.take_in", may=rules.may_write)
def take_in(act: Act, report: Report, public_id: str, *, seen: str) -> Sentence:
    """Take a sentence in again that was left out. Raises ``Changed``, ``Gone``."""
    return _placed(act, report, public_id, seen, is_removed=False)


@act("reporting.add_sentence", may=rules.may_write)
def add_sentence(act: Act, report: Report, *, part: str, text: str, after: str = "") -> list[Sentence]:
    """Add a sentence to a part of the report, after another one (public id; "": at the end); each line of ``text`` is one.
    The same words sent twice stand once; a drafted sentence that there is nothing to say in the part is left out. Returns
    what was added. Raises ``Refused`` for no words, too many, no such part.
    """
    if part not in {one.key for one in outline_of(report).all_parts()}:
        raise Refused(_("Phần này không có trong đề cương. Bạn hãy tải lại trang."))
    lines = [words for line in text.splitlines() if (words := sentence(line))]
    if not lines:
        raise Refused(_("Bạn hãy gõ câu cần thêm."))
    if len(lines) > MOST_ADDED or any(len(line) > LONGEST for line in lines):
        raise Refused(
            _("Mỗi lần thêm nhiều nhất %(n)s câu, mỗi câu không quá %(most)s ký tự.")
            % {"n": MOST_ADDED, "most": LONGEST}
        )
    standing = list(report.sentences.filter(part=part))
    at = next((place for place, one in enumerate(standing) if one.public_id == after), len(standing) - 1)
    following = standing[at + 1 : at + 1 + len(lines)]
    if [(one.text, one.key) for one in following] == [(line, "") for line in lines]:
        return following
    before = standing[at] if standing else None
    first = before.position + 1 if before is not None else end_of_part_before(report, part) + 1
    report.sentences.filter(position__gte=first).update(position=F("position") + len(lines))
    made = [
        Sentence(
            report=report, part=part, position=first + number, text=line, mark=_mark(before),
            person_id=act.actor.person_id,
        )
        for number, line in enumerate(lines)
    ]  # fmt: skip
    Sentence.objects.bulk_create(made)
    say_no_nothing(report, [part])
    _stand(report)
    act.changed(added=[one.public_id for one in made], version=report.version)
    return made


@act("reporting.edit_figure", may=rules.may_write)
def edit_figure(act: Act, report: Report, key: str, *, value: int, reason: str, seen: int) -> ReportFigure:
    """State another value than the register gives, for a reason; the sentences that state it, and that nobody changed,
    follow. The register's own value takes the change back. ``seen``: the value that was shown.

    Raises ``Refused`` without a reason, for a value that cannot be, or where somebody changed it meanwhile."""
    figure = _figure(report, key)
    if figure.shown != seen:
        raise Refused(
            _("Trong lúc bạn gõ, số này vừa được đổi thành %(value)s. Bạn xem lại rồi lưu.") % {"value": figure.shown}
        )
    if not 0 <= value <= MOST:
        raise Refused(_("Số liệu phải từ 0 trở lên và không quá lớn. Bạn hãy xem lại."))
    if value == figure.value:
        return _figure_restored(act, report, figure)
    why = clean(reason)[:500]
    if not why:
        raise Refused(_("Số khác với sổ: bạn hãy ghi lý do. Người đọc báo cáo thấy lý do này."))
    figure.edited, figure.reason, figure.person_id = value, why, act.actor.person_id
    return _figure_written(act, report, figure)


@act("reporting.restore_figure", may=rules.may_write)
def restore_figure(act: Act, report: Report, key: str) -> ReportFigure:
    """State what the register gives again."""
    return _figure_restored(act, report, _figure(report, key))


# --- sentences -----------------------------------------------------------------------------------------------------------


def _found(report: Report, public_id: str, seen: str) -> Sentence:
    found = report.sentences.filter(public_id=public_id).first()
    if found is None:
        raise Gone
    if found.seal != seen:
        raise Changed(found)
    return found


def _placed(act: Act, report: Report, public_id: str, seen: str, *, is_removed: bool) -> Sentence:
    found = _found(report, public_id, seen)
    if found.is_removed == is_removed:
        return found
    found.is_removed = is_removed
    return _written(act, report, found)


def _restored(act: Act, report: Report, sentence: Sentence) -> Sentence:
    sentence.text = sentence.drafted
    if sentence.kind == _KIND.ANSWER:
        sentence.kind = _KIND.GAP
    return _written(act, report, sentence)


def _written(act: Act, report: Report, sentence: Sentence) -> Sentence:
    sentence.person_id = act.actor.person_id
    sentence.save()
    _stand(report)
    act.changed(sentence=sentence.public_id, text=sentence.text, is_removed=sentence.is_removed, version=report.version)
    return sentence


def _stand(report: Report) -> None:
    """The report has words of a person: it is a draft, one version on."""
    if report.state == Report.State.WAITING:
        report.state = Report.State.DRAFT
    report.version += 1
    report.save(update_fields=["state", "version"])


def _mark(before: Sentence | None) -> str:
    """A sentence stands in a list as the one before it does."""
    if before is None:
        return ""
    return "-" if before.kind == _KIND.HEADING else before.mark


# --- figures -------------------------------------------------------------------------------------------------------------


def _figure(report: Report, key: str) -> ReportFigure:
    found = report.figures.filter(key=key).first()
    if found is None:
        raise Refused(_("Số liệu này không có trong báo cáo. Bạn hãy tải lại trang."))
    return found


def _figure_restored(act: Act, report: Report, figure: ReportFigure) -> ReportFigure:
    if figure.edited is None:
        return figure
    figure.edited, figure.reason, figure.person_id = None, "", None
    return _figure_written(act, report, figure)


def _figure_written(act: Act, report: Report, figure: ReportFigure) -> ReportFigure:
    figure.save()
    known = {one.key: one for one in report.figures.all()}
    for part in outline_of(report).all_parts():
        if figure.key in part.figures:
            follow_part(report, part, known)
    _stand(report)
    act.changed(figure=figure.key, value=figure.shown, reason=figure.reason, version=report.version)
    return figure
