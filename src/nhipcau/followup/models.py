"""Who has which task to do, how far they are, what stands in their way, and who asked them when."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.core.ids import public_id
from nhipcau.core.models import StoredFile
from nhipcau.organisations.models import Group, Organisation
from nhipcau.plans.models import NO_DATE, Plan, Task, TaskAgency


class Rhythm(models.TextChoices):
    """How often a short word is expected where nothing is due that soon."""

    WEEKLY = "weekly", _("hằng tuần")
    MONTHLY = "monthly", _("hằng tháng")
    QUARTERLY = "quarterly", _("hằng quý")
    NONE = "none", _("không cần")


class TaskRhythm(models.Model):
    """The rhythm that whoever follows a task has set for it; without a row it is ``periods.usual_rhythm``."""

    task = models.OneToOneField(Task, on_delete=models.CASCADE, related_name="rhythm")
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)

    def __str__(self) -> str:
        return f"{self.task_id} {self.rhythm}"


class Progress(models.TextChoices):
    """How far one assignment is in its running period."""

    NOT_STARTED = "not_started", _("Chưa làm")
    IN_PROGRESS = "in_progress", _("Đang làm")
    DONE = "done", _("Đã xong")
    CANNOT = "cannot", _("Vướng")


class Assignment(models.Model):
    """What one agency has to do for one task of a plan: as lead (also where it is named as coordinator too) or as
    coordinator, by its own name or through a group.

    It holds the running period; those that are over stand in ``ClosedPeriod``. It ends, and stays readable, when the plan
    no longer names the agency, the agency leaves the group, or a successor takes it over.
    """

    class Ended(models.TextChoices):
        """Why an assignment is no longer to be done."""

        RUNNING = "", _("đang theo dõi")
        WITHDRAWN = "withdrawn", _("kế hoạch không còn giao")
        LEFT = "left", _("cơ quan không còn trong nhóm")
        SUCCEEDED = "succeeded", _("đã chuyển cho cơ quan kế thừa")

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="assignments")
    plan = models.ForeignKey(
        Plan, on_delete=models.CASCADE, related_name="assignments"
    )  # the task's, to be found quickly
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )  # of the plan: who follows it up
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=12, choices=TaskAgency.Role.choices)
    group = models.ForeignKey(Group, on_delete=models.SET_NULL, null=True, related_name="+")  # through which it came
    ended = models.CharField(max_length=10, choices=Ended.choices, default=Ended.RUNNING, blank=True)
    ended_at = models.DateTimeField(null=True)
    # Where it goes on since its agency was abolished: several may have become one.
    passed_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="predecessors")
    created_at = models.DateTimeField(auto_now_add=True)

    # The running period: "2026", "2026-Q4", "2026-11"; "" for what is done once or without end.
    period = models.CharField(max_length=10, blank=True, default="")
    period_start = models.DateField(null=True)
    year = models.PositiveSmallIntegerField()  # to which the running period belongs: what lists begin with
    progress = models.CharField(max_length=12, choices=Progress.choices, default=Progress.NOT_STARTED)
    percent = models.PositiveSmallIntegerField(null=True)
    is_open = models.BooleanField(default=True)  # to be done still: neither ended nor done in this period
    due = models.DateField(default=NO_DATE)  # with any extension
    stated_due = models.DateField(default=NO_DATE)  # by the plan's words
    word_due = models.DateField(default=NO_DATE)  # until when a short word is expected next
    next_day = models.DateField(default=NO_DATE)  # the nearer of the two, by which one's own list is ordered
    last_word = models.TextField(blank=True, default="")
    last_word_at = models.DateTimeField(null=True)
    last_asked_at = models.DateTimeField(null=True)
    open_obstacles = models.PositiveSmallIntegerField(default=0)
    # What its own lower plans tell of it (the cascade): tasks there, done, late; null: no lower plan took it in.
    below = models.PositiveIntegerField(null=True)
    below_done = models.PositiveIntegerField(default=0)
    below_late = models.PositiveIntegerField(default=0)
    from_below = models.BooleanField(default=False)  # progress was computed from there, nobody typed it
    version = models.PositiveIntegerField(default=1)  # one more at each change: who writes on an older one is told

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("task", "organisation"), condition=models.Q(ended=""), name="assignment_once"
            ),
        )
        indexes = (
            models.Index(fields=("organisation", "is_open", "next_day"), name="assignment_mine"),
            models.Index(fields=("owner", "year", "organisation"), name="assignment_board"),
            # The days of a board's year are read from the index alone.
            models.Index(fields=("owner", "year", "ended", "due", "is_open"), name="assignment_days"),
            models.Index(fields=("organisation", "year"), name="assignment_unit"),
            models.Index(fields=("plan", "organisation"), name="assignment_plan"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.role} {self.task_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self) -> None:
        """Fill what is computed from the other fields. ``save`` calls it; call it before bulk writing."""
        self.is_open = self.ended == "" and self.progress != Progress.DONE
        self.next_day = min(self.due, self.word_due)


class ClosedPeriod(models.Model):
    """How an assignment stood when one of its periods ended."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="closed_periods")
    period = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    progress = models.CharField(max_length=12, choices=Progress.choices)
    percent = models.PositiveSmallIntegerField(null=True)
    due = models.DateField(default=NO_DATE)
    done_on = models.DateField(null=True)  # the day of the word that said so
    closed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("assignment", "period"), name="closedperiod_once"),)
        indexes = (models.Index(fields=("done_on",), name="closedperiod_lately"),)

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.period}"


class Note(models.Model):
    """One word on progress: never changed. Who was wrong writes another that ``corrects`` it; within minutes a note can be
    taken back, and stays in the history as such."""

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="notes")
    period = models.CharField(max_length=10, blank=True, default="")
    person_id = models.PositiveBigIntegerField(null=True)
    organisation_id = models.PositiveBigIntegerField()  # in whose name it was written
    progress = models.CharField(max_length=12, choices=Progress.choices)
    percent = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(blank=True, default="")
    before = models.JSONField(default=dict)  # progress and percent that it replaced, for taking it back
    key = models.CharField(max_length=40)  # made by the form: sent twice over a bad line, it is written once
    corrects = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="corrections")
    taken_back_at = models.DateTimeField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("assignment", "key"), name="note_once"),)
        indexes = (
            models.Index(fields=("assignment", "-at"), name="note_history"),
            models.Index(fields=("at",), name="note_lately"),
            # So are the months in which an assignment had a word.
            models.Index(fields=("assignment", "at"), name="note_months", condition=models.Q(taken_back_at=None)),
        )

    def __str__(self) -> str:
        return self.text[:80]


class Evidence(models.Model):
    """What proves a note: a file, a link, or a thing in another room (``core.refs``)."""

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    url = models.URLField(max_length=500, blank=True, default="")
    ref_kind = models.CharField(max_length=60, blank=True, default="")
    ref_id = models.CharField(max_length=40, blank=True, default="")
    name = models.CharField(max_length=250)

    def __str__(self) -> str:
        return self.name


class Obstacle(models.Model):
    """Something in the way of an assignment ("khó khăn, vướng mắc"), put before an organisation that can remove it."""

    class State(models.TextChoices):
        OPEN = "open", _("chờ trả lời")
        ANSWERED = "answered", _("đã trả lời")
        SETTLED = "settled", _("đã gỡ")
        WITHDRAWN = "withdrawn", _("đã rút")

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="obstacles")
    text = models.TextField()
    proposal = models.TextField(blank=True, default="")  # what would help
    asked = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="obstacles_asked")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    due = models.DateField(default=NO_DATE)  # of the answer, by the legal rule "followup.obstacle_answer"
    raised_by = models.PositiveBigIntegerField(null=True)
    raised_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=("asked", "state", "due"), name="obstacle_asked"),)

    def __str__(self) -> str:
        return self.text[:80]


class ObstacleStep(models.Model):
    """What happened with an obstacle: passed on, answered, settled, opened again, withdrawn. Rows are only added."""

    class Kind(models.TextChoices):
        FORWARDED = "forwarded", _("chuyển")
        ANSWERED = "answered", _("trả lời")
        SETTLED = "settled", _("đã gỡ")
        REOPENED = "reopened", _("chưa gỡ được")
        WITHDRAWN = "withdrawn", _("rút lại")

    obstacle = models.ForeignKey(Obstacle, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(blank=True, default="")
    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person_id = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.obstacle_id}"


class Step(models.Model):
    """One step of a unit's own plan for an assignment ("kế hoạch cụ thể"): what, by whom, until when."""

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    due = models.DateField(default=NO_DATE)
    done_at = models.DateTimeField(null=True)
    done_by = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ("position", "pk")
        indexes = (models.Index(fields=("person", "done_at", "due"), name="step_mine"),)

    def __str__(self) -> str:
        return self.text[:80]


class Extension(models.Model):
    """A due day that was moved by who follows the task, with the reason: seen by all who see the assignment."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="extensions")
    period = models.CharField(max_length=10, blank=True, default="")
    old_due = models.DateField()
    new_due = models.DateField()
    reason = models.CharField(max_length=500)
    person_id = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.old_due} → {self.new_due}"


class Chase(models.Model):
    """One round of asking ("đôn đốc"): who asked, in whose name, with which words."""

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="chases")
    person_id = models.PositiveBigIntegerField(null=True)
    words = models.TextField()
    answer_by = models.DateField(default=NO_DATE)
    key = models.CharField(max_length=40, unique=True)  # made by the form: sent twice, asked once
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=("organisation", "-at"), name="chase_lately"),)

    def __str__(self) -> str:
        return self.words[:80]


class ChaseLine(models.Model):
    """One assignment that a round asked about; it is answered by the next word on it."""

    chase = models.ForeignKey(Chase, on_delete=models.CASCADE, related_name="lines")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="chases")
    asked = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # whose people were told
    was_late = models.BooleanField(default=False)
    people = models.PositiveSmallIntegerField(default=0)  # how many were told; 0: nobody holds a role there
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("chase", "assignment"), name="chaseline_once"),)
        indexes = (
            models.Index(fields=("asked", "answered_at"), name="chaseline_waiting"),
            models.Index(fields=("answered_at",), name="chaseline_lately"),
        )

    def __str__(self) -> str:
        return f"{self.chase_id} {self.assignment_id}"


class Taken(models.Model):
    """A task of a higher plan that a lower plan took in, by their newest comparison: what is done below shows above."""

    higher = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="taken_below")
    lower = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="taken_from")
    kind = models.CharField(max_length=20)  # of the pair, by the contract ``alignment/1``

    class Meta:
        constraints = (models.UniqueConstraint(fields=("higher", "lower"), name="taken_once"),)

    def __str__(self) -> str:
        return f"{self.higher_id} – {self.lower_id}"
