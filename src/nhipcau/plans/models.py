"""Readings under review, plans that are live, and the register of what they order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.core.clocks import StatedTime, next_due
from nhipcau.core.ids import public_id
from nhipcau.core.models import Job, StoredFile
from nhipcau.documents.models import Document, Text
from nhipcau.organisations.models import Group, Organisation
from vanban.text import fold, search_text, sort_key


class Reading(models.Model):
    """A file on its way to becoming a plan: uploaded, read by a job, looked through by a person, confirmed or put aside.

    ``found`` is the object of the contract ``plan/1`` as it was read and never changes; ``current`` is the same object with
    what the reviewer settled. Nothing of it is live before confirmation.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("đang chờ đọc")
        READING = "reading", _("đang đọc")
        NEEDS_PASSWORD = "password", _("cần mật khẩu")
        FAILED = "failed", _("không đọc được")
        REVIEW = "review", _("đang đối chiếu")
        CONFIRMED = "confirmed", _("đã xác nhận")
        DISCARDED = "discarded", _("đã bỏ")

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="readings")
    person_id = models.PositiveBigIntegerField()
    # Null where the original was not safe to keep (it would fill the disk when unpacked, say).
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="readings")
    name = models.CharField(max_length=250)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.ForeignKey(Text, on_delete=models.SET_NULL, null=True, related_name="readings")
    found = models.JSONField(default=dict)
    current = models.JSONField(default=dict)
    outline = models.JSONField(default=list)
    # What its lines do not show: {"links": [[line, address], …], "tables": [[first line, last line], …]}.
    behind = models.JSONField(default=dict)
    problem = models.CharField(max_length=60, blank=True, default="")
    problem_text = models.JSONField(default=dict)  # {"vi": …, "en": …}
    replaces = models.ForeignKey("Plan", on_delete=models.SET_NULL, null=True, blank=True, related_name="new_versions")
    place_in_review = models.CharField(max_length=200, blank=True, default="")  # where the reviewer stopped
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = (models.Index(fields=("organisation", "state"), name="reading_waiting"),)

    def __str__(self) -> str:
        return self.name


class Doubt(models.Model):
    """A point of a reading that a person should look at, and what they decided."""

    class State(models.TextChoices):
        OPEN = "open", _("cần xem")
        ACCEPTED = "accepted", _("đã nhận")
        CHANGED = "changed", _("đã sửa")
        LATER = "later", _("để sau")

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="doubts")
    position = models.PositiveIntegerField()
    stop = models.PositiveIntegerField()  # doubts that are asked about together share it (``reviewing.stops``)
    kind = models.CharField(max_length=60)
    where = models.CharField(max_length=200)  # JSON Pointer into the reading's current object
    first_line = models.PositiveIntegerField(null=True)
    last_line = models.PositiveIntegerField(null=True)
    found = models.TextField(null=True)  # noqa: DJ001 the contract tells null from empty
    proposed = models.TextField(null=True)  # noqa: DJ001
    confidence = models.FloatField()
    words = models.JSONField(default=list)  # the single words that may be wrong (``reviewing.unsure``)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    value = models.JSONField(null=True)  # what the reviewer put there; before: what stood there (for undo)
    before = models.JSONField(null=True)
    person_id = models.PositiveBigIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)

    # What the review screen puts on a doubt while it shows it; nothing of it is stored.
    line: int
    turn: int
    entry: str
    short: str
    who: str
    said: str
    was: str

    class Meta:
        ordering = ("position",)
        indexes = (models.Index(fields=("reading", "state"), name="doubt_open"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.where}"


class Plan(models.Model):
    """A confirmed plan. A new version replaces the content of the same plan; its number of versions only grows.

    Of one document every organisation may have its own: who confirms first takes nothing from the others, and learns
    nothing of them.
    """

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plans")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="plans")
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="plans")
    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="plans")
    symbol = models.CharField(max_length=80, blank=True, default="")
    title = models.TextField()
    date = models.DateField(null=True)
    version = models.PositiveSmallIntegerField(default=1)
    outline = models.JSONField(default=list)
    recipients = models.JSONField(default=list)
    signature = models.JSONField(default=dict)
    is_public = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField()
    folded = models.TextField(
        editable=False, default=""
    )  # what search reads: its own words, not what others tell of it
    sort_key = models.CharField(max_length=520, editable=False, default="", db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("document", "organisation"), name="plan_once"),)
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return self.symbol or self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is None:
            self.sort_key = sort_key(self.label[:250])[:520]
            self.folded = search_text(self.document.doc_type, self.symbol, self.document.issuer, self.title)
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        """What people call the plan: its symbol, else its title."""
        return self.symbol or self.title

    @property
    def heading(self) -> str:
        """The plan as the head of a page: "Kế hoạch 08/KH-UBND", or its type before its title."""
        if self.symbol:
            return _("Kế hoạch %(symbol)s") % {"symbol": self.symbol}
        if fold(self.title).startswith("ke hoach"):
            return self.title
        return _("Kế hoạch %(title)s") % {"title": self.title[:1].lower() + self.title[1:]}


class KeptAsIs(models.Model):
    """Something that a rule objects to and that a person looked at and keeps, with the reason.

    It holds for the reading in which it was said and for every reading of the same document (``subject``: the document's
    key) by the same organisation, as long as the rule objects to the same lines (``mark``; see ``checking.shown``).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="kept_as_is")
    subject = models.CharField(max_length=250)
    rule = models.CharField(max_length=60)
    mark = models.CharField(max_length=64)
    reason = models.CharField(max_length=500)
    person_id = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("reading", "mark"), name="keptasis_once"),)
        indexes = (models.Index(fields=("organisation", "subject"), name="keptasis_subject"),)

    def __str__(self) -> str:
        return f"{self.rule} {self.reading_id}"


class SwitchedOffRule(models.Model):
    """A rule whose findings an organisation does not want for its plans, and why."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="switched_off_rules")
    rule = models.CharField(max_length=60)
    reason = models.CharField(max_length=500)
    person_id = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "rule"), name="switchedoffrule_once"),)

    def __str__(self) -> str:
        return f"{self.rule} {self.organisation_id}"


class TimeKind(models.TextChoices):
    """How often, by the contract's ``when``."""

    CONTINUOUS = "continuous", _("thường xuyên")
    ONCE = "once", _("một lần")
    YEARLY = "yearly", _("hằng năm")
    HALF_YEARLY = "half_yearly", _("sáu tháng")
    QUARTERLY = "quarterly", _("hằng quý")
    MONTHLY = "monthly", _("hằng tháng")
    WEEKLY = "weekly", _("hằng tuần")
    DAILY = "daily", _("hằng ngày")
    OTHER = "other", _("theo điều kiện")
    NONE = "none", _("không ghi")


AGENCIES = "#"  # in what search reads of a task: the names of its agencies follow
NO_DATE = dt.date(9999, 12, 31)  # of what has no date: sorts last in both databases, through the index


class Task(models.Model):
    """One thing that a plan orders. ``kind`` tells where the plan orders it: a task with lead and coordinators, a duty of an
    agency, a duty to report, an obligation on everyone."""

    class Kind(models.TextChoices):
        TASK = "task", _("nhiệm vụ")
        DUTY = "duty", _("trách nhiệm")
        REPORTING = "reporting", _("chế độ báo cáo")
        OBLIGATION = "obligation", _("nghĩa vụ chung")

    class State(models.TextChoices):
        LIVE = "live", _("đang hiệu lực")
        WITHDRAWN = "withdrawn", _("không còn trong bản mới")

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TASK)
    state = models.CharField(max_length=10, choices=State.choices, default=State.LIVE)
    code = models.CharField(max_length=60, blank=True, default="")
    position = models.PositiveIntegerField()  # order in the document
    group = models.TextField(blank=True, default="")  # title of its section
    text = models.TextField()
    form = models.TextField(blank=True, default="")
    to = models.CharField(max_length=300, blank=True, default="")  # reporting: to whom, through whom
    via = models.CharField(max_length=300, blank=True, default="")
    obligation_kind = models.CharField(max_length=20, blank=True, default="")
    time_text = models.TextField(blank=True, default="")
    time_kind = models.CharField(max_length=12, choices=TimeKind.choices, default=TimeKind.NONE)
    start = models.DateField(null=True)
    due = models.DateField(null=True)
    month_day = models.CharField(max_length=5, blank=True, default="")
    day = models.PositiveSmallIntegerField(null=True)
    # Computed by core.clocks.next_due; a daily job moves what recurs to its next day.
    next_due = models.DateField(default=NO_DATE, editable=False)
    shared_block = models.BooleanField(default=False)
    first_line = models.PositiveIntegerField()
    last_line = models.PositiveIntegerField()
    doubtful = models.BooleanField(default=False)  # confirmed with doubts left
    folded = models.TextField(editable=False, default="")  # what search reads: see searched()
    sort_key = models.CharField(max_length=520, editable=False, default="")

    class Meta:
        ordering = ("plan_id", "position")
        indexes = (
            models.Index(fields=("plan", "position"), name="task_place"),
            models.Index(fields=("plan", "kind", "state", "next_due"), name="task_of_plan"),
            models.Index(fields=("next_due", "plan", "position"), name="task_due"),
            models.Index(fields=("sort_key",), name="task_sort"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.text}"[:120]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self, today: dt.date | None = None) -> None:
        """Fill what is computed from the other fields. ``save`` calls it; call it before ``bulk_create``."""
        self.sort_key = sort_key(self.text[:250])[:520]
        self.next_due = next_due(self.stated_time, today or timezone.localdate()) or NO_DATE
        if not self.folded:
            self.folded = searched((self.code, self.text, self.group, self.form), ())

    @property
    def stated_time(self) -> StatedTime:
        """The time as the plan states it, for the clock."""
        return StatedTime(self.time_kind, self.start, self.due, self.month_day, self.day)


def searched(own: Iterable[str], agencies: Iterable[str]) -> str:
    """``Task.folded``: the task's own words (code, text, group, form), then, behind ``AGENCIES``, the names of its
    agencies, each once."""
    return f"{search_text(*own)}{AGENCIES}{search_text(*dict.fromkeys(agencies))}"


class TaskAgency(models.Model):
    """An agency or a group that a task names, in the document's words, with its role. Neither organisation nor group is set
    where nobody has said yet who is meant."""

    class Role(models.TextChoices):
        LEAD = "lead", _("chủ trì")
        COORDINATING = "coordinating", _("phối hợp")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="agencies")
    role = models.CharField(max_length=12, choices=Role.choices)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=400)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="task_roles", db_index=False
    )
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="task_roles", db_index=False)

    class Meta:
        ordering = ("role", "position")
        indexes = (
            # With the task in the index, whose tasks these are is answered from the index alone.
            models.Index(fields=("organisation", "role", "task"), name="taskagency_org"),
            models.Index(fields=("group", "role", "task"), name="taskagency_group"),
        )

    def __str__(self) -> str:
        return self.name


class Alignment(models.Model):
    """How one version of a lower plan carries out one version of a higher one, as a job has worked it out.

    ``result`` has the object of the contract ``alignment/1`` in each language; ``extra`` what a page shows besides: the
    words of the items, where they stand, how much each change weighs (``alignment.laying``). ``counts`` is how many pairs
    of each kind there are, by part, so that lists need not open the result.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("đang so sánh")
        READY = "ready", _("đã so sánh")
        FAILED = "failed", _("không so sánh được")

    higher = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="alignments_below")
    higher_version = models.PositiveSmallIntegerField()
    lower = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="alignments_above")
    lower_version = models.PositiveSmallIntegerField()
    cites_higher = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    result = models.JSONField(default=dict)
    extra = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("higher", "higher_version", "lower", "lower_version"), name="alignment_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.higher_id}/{self.higher_version} – {self.lower_id}/{self.lower_version}"


class AlignmentQuestion(models.Model):
    """A duty of a higher plan that a lower one leaves out or weakens: who asked about it, and what was answered or
    recorded. It belongs to the duty, not to one comparison, and outlives new versions of both plans."""

    class Answer(models.TextChoices):
        ELSEWHERE = "elsewhere", _("Đã có ở kế hoạch khác")
        WILL_ADD = "will_add", _("Sẽ bổ sung")
        DONE = "done", _("Đã làm xong")
        NOT_OURS = "not_ours", _("Không thuộc thẩm quyền")
        OTHER = "other", _("Lý do khác")

    higher = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="questions_below")
    lower = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="questions_above")
    part = models.CharField(max_length=10)  # task or duty, as in the contract
    code = models.CharField(max_length=60)  # in the higher plan
    text = models.TextField()  # the duty as it was worded when it was asked about
    asked_by = models.PositiveBigIntegerField(null=True)
    asked_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True, default="")
    words = models.TextField(blank=True, default="")
    answered_by = models.PositiveBigIntegerField(null=True)
    answered_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    applies = models.BooleanField(default=True)  # by the newest comparison the duty is left out or weakened still

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("higher", "lower", "part", "code"), name="alignment_question_once"),
        )
        indexes = (models.Index(fields=("lower", "answer"), name="alignment_question_open"),)

    def __str__(self) -> str:
        return f"{self.code} {self.text}"[:120]
