"""Who reports to whom, when, and what each report says, sentence by sentence, with where each comes from."""

from __future__ import annotations

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.core.ids import public_id
from nhipcau.documents.models import Outgoing
from nhipcau.followup.models import Assignment, Progress
from nhipcau.organisations.models import Organisation
from nhipcau.plans.models import NO_DATE, Plan, Task


class Frequency(models.TextChoices):
    """How often a report is due."""

    YEARLY = "yearly", _("hằng năm")
    HALF_YEARLY = "half_yearly", _("sáu tháng")
    QUARTERLY = "quarterly", _("hằng quý")
    MONTHLY = "monthly", _("hằng tháng")
    ONCE = "once", _("đột xuất")


class Outline(models.Model):
    """The outline of a report ("mẫu đề cương"): its parts in order, with the words that stand before and after.

    ``organisation`` null: it came with the software. ``parts``: see ``outlines.Part``. A round keeps its own copy.
    """

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="outlines")
    name = models.CharField(_("tên mẫu"), max_length=250)
    content = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    person_id = models.PositiveBigIntegerField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Regime(models.Model):
    """A duty to report that recurs ("chế độ báo cáo"), with what Nghị định 09/2019/NĐ-CP, Điều 7 wants said of it: name,
    content, who reports, who receives, how it is sent, until when, how often, when the figures close, outline, tables of
    figures (and how to do it)."""

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="regimes")  # who receives
    name = models.CharField(_("tên báo cáo"), max_length=300)
    content = models.TextField(_("nội dung yêu cầu báo cáo"), blank=True, default="")
    reporters = models.TextField(_("đối tượng thực hiện báo cáo"), blank=True, default="")
    receivers = models.CharField(_("cơ quan nhận báo cáo"), max_length=300, blank=True, default="")
    method = models.CharField(_("phương thức gửi, nhận"), max_length=300, blank=True, default="")
    due_limit = models.CharField(
        _("thời hạn gửi"), max_length=80, blank=True, default=""
    )  # in words of core.clocks.limits
    frequency = models.CharField(_("tần suất"), max_length=12, choices=Frequency.choices, default=Frequency.YEARLY)
    closes_on = models.CharField(
        _("ngày chốt số liệu"), max_length=5, blank=True, default=""
    )  # MM-DD, last day counted
    outline = models.ForeignKey(Outline, on_delete=models.SET_NULL, null=True, related_name="regimes")
    figures = models.JSONField(_("biểu mẫu số liệu"), default=list)  # keys of core.rooms.figures and of this room
    guidance = models.TextField(_("hướng dẫn thực hiện"), blank=True, default="")
    legal_basis = models.CharField(_("căn cứ"), max_length=300, blank=True, default="")
    days_between = models.PositiveSmallIntegerField(_("số ngày làm việc giữa hai cấp"), default=3)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, null=True, related_name="regimes")
    task = models.ForeignKey(Task, on_delete=models.SET_NULL, null=True, related_name="+")  # the plan's duty to report
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=("organisation", "ended_at"), name="regime_running"),)

    def __str__(self) -> str:
        return self.name


class Round(models.Model):
    """One collection of reports ("kỳ báo cáo"): for which days, until when, from whom."""

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rounds")  # who collects
    regime = models.ForeignKey(Regime, on_delete=models.PROTECT, null=True, related_name="rounds")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="rounds")  # null: all of its plans
    task = models.ForeignKey(
        Task, on_delete=models.SET_NULL, null=True, related_name="+"
    )  # the duty to report it answers
    name = models.CharField(max_length=300)
    period = models.CharField(max_length=10)  # "2026", "2026-Q4", "2026-11"; ad hoc: the day it was asked, "2026-11-22"
    first = models.DateField()
    last = models.DateField()  # the day on which the figures close
    due_at = models.DateTimeField()  # of the collected report at the top
    days_between = models.PositiveSmallIntegerField(default=3)
    outline = models.JSONField()
    figures = models.JSONField(default=list)
    before = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="after")  # last year's
    closed_at = models.DateTimeField(null=True)
    person_id = models.PositiveBigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("regime", "period"), condition=models.Q(regime__isnull=False), name="round_once"
            ),
        )
        indexes = (models.Index(fields=("organisation", "closed_at", "due_at"), name="round_open"),)

    def __str__(self) -> str:
        return self.name


class Report(models.Model):
    """One organisation's report in a round. An organisation to which others report merges theirs into its own.

    Its words are closed while its official document waits for the signature, and frozen once that was sent; a correction
    is a new ``edition`` that says what changed.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("chưa lập")
        DRAFT = "draft", _("đang soạn")
        SIGNING = "signing", _("đang trình ký")
        SENT = "sent", _("đã gửi")
        ASKED = "asked", _("được yêu cầu bổ sung")
        ACCEPTED = "accepted", _("đã được chấp nhận")
        REPLACED = "replaced", _("đã có bản mới")

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reports")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reports")
    receiver = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="reports_received"
    )  # null: the top of the round
    depth = models.PositiveSmallIntegerField(default=0)  # 0: the top
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    edition = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    what_changed = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)  # one more at each change: who writes on an older one is told
    drafted_at = models.DateTimeField(null=True)  # when its rows were last taken from the register
    merged = models.JSONField(default=list)  # primary keys of the reports that stand in it since then
    outgoing = models.OneToOneField(Outgoing, on_delete=models.SET_NULL, null=True, related_name="report")
    sent_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("round", "organisation", "edition"), name="report_once"),)
        indexes = (
            models.Index(fields=("organisation", "state", "due_at"), name="report_mine"),
            models.Index(fields=("round", "receiver"), name="report_received"),
        )

    def __str__(self) -> str:
        return f"{self.round_id} {self.organisation_id}"

    @property
    def is_open(self) -> bool:
        """Whether its words can be changed. Its document may be ahead: what follows from it is written down by a job."""
        if self.state not in (self.State.WAITING, self.State.DRAFT):
            return False
        return self.outgoing is None or self.outgoing.is_open or self.outgoing.state == Outgoing.State.DROPPED

    @property
    def was_sent(self) -> bool:
        """Whether it has left the organisation: those above may read it from then on."""
        return self.sent_at is not None


class ReportDelivery(models.Model):
    """What another system put into a report, once for each key of its own: the same key with other content is a mistake of
    that system."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="deliveries")
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)  # of the content
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("report", "key"), name="reportdelivery_once"),)

    def __str__(self) -> str:
        return f"{self.report_id} {self.key}"


class ReportRow(models.Model):
    """What the register said of one assignment when the report was drafted: facts, kept with the report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    assignment = models.ForeignKey(Assignment, on_delete=models.SET_NULL, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # who has the assignment
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12)
    progress = models.CharField(max_length=12, choices=Progress.choices)
    percent = models.PositiveSmallIntegerField(null=True)
    due = models.DateField(default=NO_DATE)
    done_on = models.DateField(null=True)
    is_late = models.BooleanField(default=False)  # done after its day, or not done though its day is past
    is_silent = models.BooleanField(default=False)  # not a word in the days of the round
    periods = models.PositiveSmallIntegerField(default=0)  # of a recurring task: that ended in the days of the round
    periods_done = models.PositiveSmallIntegerField(default=0)
    extended = models.PositiveSmallIntegerField(default=0)  # how often its day was moved in the days of the round
    word = models.TextField(blank=True, default="")  # the last word in the days of the round
    word_id = models.CharField(max_length=10, blank=True, default="")  # public id of that note
    word_on = models.DateField(null=True)
    evidence = models.JSONField(default=list)  # [{"id": public id, "name": …, "on": day}], newest first
    obstacles = models.JSONField(default=list)  # [{"id": public id, "text": …, "proposal": …, "state": …}]

    class Meta:
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=("report", "assignment"), name="reportrow_once"),)
        indexes = (models.Index(fields=("report", "progress", "is_late"), name="reportrow_figures"),)

    def __str__(self) -> str:
        return f"{self.report_id} {self.task_id}"


class Sentence(models.Model):
    """One sentence of a report, with what proves it. ``drafted`` is what the software wrote (empty: a person did);
    ``text`` is what stands there now.

    ``refs``: [kind, public id] of the things of any room behind it (``core.refs``); ``figures``: keys of figures of the
    same report that its text states. A ``gap`` says what nobody has reported yet.
    """

    class Kind(models.TextChoices):
        HEADING = "heading", _("nhóm nhiệm vụ")
        SENTENCE = "sentence", _("câu")
        GAP = "gap", _("chỗ còn thiếu")
        ANSWER = "answer", _("trả lời câu hỏi")

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sentences")
    part = models.CharField(max_length=40)  # key of the outline's part
    key = models.CharField(
        max_length=60, blank=True, default=""
    )  # what it says, for drafting anew; "": a person added it
    position = models.PositiveIntegerField()
    mark = models.CharField(max_length=2, blank=True, default="")  # "-": a line of a list
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SENTENCE)
    drafted = models.TextField(blank=True, default="")
    text = models.TextField()
    refs = models.JSONField(default=list)
    figures = models.JSONField(default=list)
    row = models.ForeignKey(ReportRow, on_delete=models.SET_NULL, null=True, related_name="sentences")
    source = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="+"
    )  # the sentence of a lower report that it was taken from
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")  # of whom
    is_removed = models.BooleanField(default=False)  # left out by a person, and can be taken in again
    person_id = models.PositiveBigIntegerField(null=True)  # who changed it last
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("position", "pk")
        indexes = (models.Index(fields=("report", "part", "position"), name="sentence_place"),)

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_edited(self) -> bool:
        """Whether a person changed what the software had written."""
        return bool(self.drafted) and self.text != self.drafted

    @property
    def seal(self) -> str:
        """What stands here, in a few signs: who writes over it says what was seen."""
        return hashlib.sha256(f"{self.kind}|{self.is_removed}|{self.text}".encode()).hexdigest()[:16]


class ReportFigure(models.Model):
    """A figure of a report: as the register gives it, as it was in the round before, and as a person changed it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="figures")
    key = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=250)
    unit = models.CharField(max_length=60, blank=True, default="")
    value = models.BigIntegerField()
    before = models.BigIntegerField(null=True)
    edited = models.BigIntegerField(null=True)  # by hand: it then differs from the register, and says so
    reason = models.CharField(max_length=500, blank=True, default="")
    person_id = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=("report", "key"), name="reportfigure_once"),)

    def __str__(self) -> str:
        return f"{self.key} {self.shown}"

    @property
    def shown(self) -> int:
        """What the report states."""
        return self.value if self.edited is None else self.edited


class ReportOverlap(models.Model):
    """What a person made of an event that several reports behind a merged one seem to tell of. ``key``: see
    ``overlaps.Overlap``; ``told``: public ids of the notes and sentences that tell of it; ``less``: by how much ``figure``
    was lowered."""

    class Answer(models.TextChoices):
        SAME = "same", _("cùng một sự kiện")
        DIFFERENT = "different", _("các sự kiện khác nhau")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="overlaps")
    key = models.CharField(max_length=16)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    told = models.JSONField(default=list)
    text = models.CharField(max_length=500, blank=True, default="")
    figure = models.CharField(max_length=60, blank=True, default="")
    less = models.PositiveIntegerField(default=0)
    person_id = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField()

    figure_label = ""  # for pages: what the figure is called

    class Meta:
        ordering = ("at", "pk")
        constraints = (models.UniqueConstraint(fields=("report", "key"), name="reportoverlap_once"),)

    def __str__(self) -> str:
        return f"{self.key} {self.answer}"


class ReportStep(models.Model):
    """What happened with a report; rows are only added."""

    class Kind(models.TextChoices):
        DRAFTED = "drafted", _("lập bản thảo từ sổ")
        MERGED = "merged", _("tổng hợp báo cáo cấp dưới")
        SUBMITTED = "submitted", _("trình ký")
        RETURNED = "returned", _("lãnh đạo trả lại")
        SENT = "sent", _("gửi")
        RECEIVED = "received", _("nhận từ phần mềm khác")
        CHASED = "chased", _("được nhắc")
        ASKED = "asked", _("được yêu cầu bổ sung")
        ACCEPTED = "accepted", _("được chấp nhận")
        REPLACED = "replaced", _("thay bằng bản mới")
        EXTENDED = "extended", _("được gia hạn")
        HANDED = "handed", _("chuyển cho cơ quan kế thừa")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(blank=True, default="")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    person_id = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.report_id}"
