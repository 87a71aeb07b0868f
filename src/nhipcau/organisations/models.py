"""Agencies through time, groups of agencies, and who holds which role where."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.core.ids import public_id
from vanban.text import fold, search_text, sort_key


class Level(models.TextChoices):
    """Tiers of government. Districts ended on 1/7/2025 (Nghị quyết 202/2025/QH15); plans before that name them."""

    CENTRAL = "central", _("Trung ương")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")


class OrganisationKind(models.TextChoices):
    """What sort of body it is; group rules select by it."""

    COMMITTEE = "committee", _("Ủy ban nhân dân")
    COUNCIL = "council", _("Hội đồng nhân dân")
    DEPARTMENT = "department", _("Cơ quan chuyên môn")  # sở, ban, ngành; phòng: Nghị định 24 và 37/2014/NĐ-CP
    OFFICE = "office", _("Văn phòng")
    POLICE = "police", _("Công an")
    MILITARY = "military", _("Quân sự")
    PARTY = "party", _("Cơ quan Đảng")
    FRONT = "front", _("Mặt trận, đoàn thể")
    PRESS = "press", _("Cơ quan báo chí")
    SERVICE = "service", _("Đơn vị sự nghiệp")
    MINISTRY = "ministry", _("Bộ, ngành Trung ương")
    OTHER = "other", _("Cơ quan khác")


class Organisation(models.Model):
    """An agency. ``path`` holds the ids from the root down ("1/5/9/"), so that reach is one prefix comparison."""

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    name = models.CharField(_("tên đầy đủ"), max_length=250)
    short_name = models.CharField(_("tên ngắn"), max_length=120, blank=True, default="")
    kind = models.CharField(_("loại"), max_length=12, choices=OrganisationKind.choices, default=OrganisationKind.OTHER)
    level = models.CharField(_("cấp"), max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("cơ quan cấp trên"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    path = models.CharField(max_length=200, db_index=True, editable=False, default="")
    valid_from = models.DateField(_("có từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    legal_basis = models.CharField(_("căn cứ thành lập, chấm dứt"), max_length=300, blank=True, default="")
    source = models.CharField(_("nguồn"), max_length=300, blank=True, default="")
    folded = models.CharField(max_length=250, editable=False, default="", db_index=True)
    short_folded = models.CharField(max_length=120, editable=False, default="")
    sort_key = models.CharField(max_length=520, editable=False, default="", db_index=True)

    class Meta:
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded, self.short_folded = fold(self.name), fold(self.short_name)
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        """What people call it: the short name where it has one."""
        return self.short_name or self.name

    def is_within(self, organisation_id: int | None) -> bool:
        """Whether it is that organisation or stands below it."""
        return str(organisation_id) in self.path.split("/")

    def existed(self, day: dt.date) -> bool:
        """Whether it existed on this day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Succession(models.Model):
    """What took over from an agency that ended: facts about the country, by the names that plans use, not about one
    agency of the directory. Several rows of one predecessor share its work by ``topic``; no ``name``: nobody took it over
    as a whole.

    The packaged table fills it once (``organisations.packaged``); from then on it is the only truth. ``person_id``: who
    wrote the row last; null: as it came with the software.
    """

    class Tier(models.TextChoices):
        NATIONAL = "national", _("Trung ương")
        PROVINCIAL = "provincial", _("Cấp tỉnh")
        DISTRICT = "district", _("Cấp huyện")

    of = models.CharField(_("cơ quan đã kết thúc"), max_length=250)
    level = models.CharField(_("cấp"), max_length=10, choices=Tier.choices)
    ended = models.DateField(_("hoạt động đến hết ngày"))
    name = models.CharField(_("cơ quan tiếp nhận"), max_length=250, blank=True, default="")
    topic = models.CharField(_("phần việc tiếp nhận"), max_length=250, blank=True, default="")
    basis = models.CharField(_("căn cứ"), max_length=300)
    source = models.CharField(_("nguồn"), max_length=500)
    person_id = models.PositiveBigIntegerField(null=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    of_folded = models.CharField(max_length=250, editable=False, db_index=True)
    folded = models.TextField(editable=False, default="")
    sort_key = models.CharField(max_length=520, editable=False, default="", db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("of", "level", "name", "topic"), name="succession_once"),)
        ordering = ("sort_key", "pk")

    def __str__(self) -> str:
        return f"{self.of} → {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self) -> None:
        """Fill what is computed from the other fields. ``save`` calls it; call it before ``bulk_create``."""
        self.of_folded = fold(self.of)
        self.folded = search_text(self.of, self.name, self.topic, self.basis)
        self.sort_key = sort_key(self.of)[:520]


class Alias(models.Model):
    """Another name or abbreviation by which plans call an organisation; ``scope`` limits it to one tree
    ("Công an tỉnh" means another agency in another province)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=250)
    folded = models.CharField(max_length=250, editable=False, db_index=True)
    scope = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("folded", "scope", "organisation"), name="alias_once"),)

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.text)
        super().save(*args, **kwargs)


class Group(models.Model):
    """ "Các sở, ban, ngành", "UBND các phường, xã": a rule that expands to its members on a date.

    A group belongs to one tree (``scope``) and takes the organisations directly below it that match ``kinds`` and
    ``levels`` (empty: any), plus the members named by hand. An open group ("các cơ quan liên quan") has no rule: it
    expands to nobody until someone names its members.
    """

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    name = models.CharField(max_length=250)
    folded = models.CharField(max_length=250, editable=False, db_index=True)
    sort_key = models.CharField(max_length=520, editable=False, default="")
    scope = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="groups")
    kinds = models.JSONField(default=list, blank=True)
    levels = models.JSONField(default=list, blank=True)
    is_open = models.BooleanField(default=False)
    members = models.ManyToManyField(Organisation, blank=True, related_name="named_in_groups")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("scope", "folded"), name="group_once"),)
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.name)
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)


class GroupAlias(models.Model):
    """Another wording of the same group ("Ủy ban nhân dân các huyện, thị xã, thành phố")."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=250)
    folded = models.CharField(max_length=250, editable=False, db_index=True)

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.text)
        super().save(*args, **kwargs)


class Role(models.TextChoices):
    """What a person is in an organisation."""

    OFFICER = "officer", _("Cán bộ")
    HEAD = "head", _("Lãnh đạo")
    COORDINATOR = "coordinator", _("Điều phối")
    AUDITOR = "auditor", _("Kiểm tra")
    ADMINISTRATOR = "administrator", _("Quản trị")


class Membership(models.Model):
    """A person holds a role in an organisation, for as long as it says; their own, or in place of a colleague who is away
    (``stands_in_for``)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=15, choices=Role.choices)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    stands_in_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="stand_ins"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "organisation", "role"),
                condition=models.Q(stands_in_for=None),
                name="membership_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.organisation_id}"
