"""Which agency or group a plan means by the words that it uses."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone
from rapidfuzz import fuzz

from vanban.text import fold

from ..models import Alias, Group, GroupAlias, Level, Organisation, OrganisationKind
from ..names import Place, group_key, key
from .tree import chain


@dataclasses.dataclass(frozen=True, slots=True)
class Match:
    """What a name stands for. True when something was found.

    ``how``: name, alias, group, open (a group that waits for its members), ambiguous (several agencies bear the name),
    not-valid (the agency did not exist on the day), unknown.
    """

    organisation: Organisation | None
    group: Group | None
    how: str

    def __bool__(self) -> bool:
        return self.organisation is not None or self.group is not None


@dataclasses.dataclass(frozen=True, slots=True)
class Suggestion:
    """A near name of the directory; ``score`` 0–100."""

    organisation: Organisation | None
    group: Group | None
    score: float

    @property
    def name(self) -> str:
        return str(self.organisation or self.group)


def resolve(names: Iterable[str], scope: Organisation, on: dt.date | None) -> dict[str, Match]:
    """What each name means in a plan issued by ``scope`` and dated ``on``.

    On a known day only agencies that existed then are meant. Where the plan states no day (None), an agency that exists
    today is taken before one that has ended, and of those the one that ended last.

    The tree of the issuing committee is asked first, then those above it outward, then national bodies and whatever
    bears the name alone in the whole directory. The number of queries does not depend on the number of names.
    """
    wanted = list(dict.fromkeys(names))
    directory = _Directory(scope, wanted)
    return {name: directory.match(name, on) for name in wanted}


def suggestions(name: str, scope: Organisation, limit: int = 5, on: dt.date | None = None) -> list[Suggestion]:
    """Names of the directory near to ``name``, the nearest first. What sort of body it is must match by itself ("Sở" is
    never offered for "Bộ" or "Phòng"), and so must the rest of the name. ``on``: only what existed on that day."""
    directory = _Directory(scope, [name])
    best: dict[Organisation | Group, float] = {}
    for text, target in directory.texts():
        if on is not None and isinstance(target, Organisation) and not target.existed(on):
            continue
        score = _nearness(directory.bare(name), directory.bare(text))
        if score >= 70 and score > best.get(target, 0):
            best[target] = score
    ranked = sorted(best.items(), key=lambda item: (-item[1], item[0].sort_key))[:limit]
    return [
        Suggestion(target, None, score) if isinstance(target, Organisation) else Suggestion(None, target, score)
        for target, score in ranked
    ]


_BY_NAME = {OrganisationKind.COMMITTEE, OrganisationKind.COUNCIL}  # their names hold their place
_Index = defaultdict[str, list[tuple[Organisation, str]]]


class _Directory:
    """The part of the directory that a plan of one committee can mean, indexed by comparable names."""

    def __init__(self, scope: Organisation, names: list[str]) -> None:
        self.chain = chain(scope) or [scope]
        self.places = {c.pk: Place.of(c.name) for c in self.chain}
        root = self.chain[-1]
        self._organisations = {o.pk: o for o in Organisation.objects.filter(path__startswith=root.path)}
        ids = [c.pk for c in self.chain]
        outside = Organisation.objects.exclude(path__startswith=root.path).filter(
            Q(level=Level.CENTRAL)
            | Q(parent__isnull=True)
            | Q(folded__in=[fold(n) for n in names])
            | Q(aliases__scope__in=ids)
        )
        self._outside = {o.pk: o for o in outside.select_related("parent").distinct()}
        self._aliases = list(
            Alias.objects.filter(organisation_id__in=[*self._organisations, *self._outside])
            if len(self._organisations) + len(self._outside) < 500
            else Alias.objects.filter(Q(scope__isnull=True) | Q(scope__in=ids))
        )
        self._groups = list(Group.objects.filter(scope__in=ids))
        self._group_aliases = list(GroupAlias.objects.filter(group__scope__in=ids))
        self._index: dict[int, _Index] = {c.pk: defaultdict(list) for c in self.chain}
        self._everywhere: _Index = defaultdict(list)
        self._group_index: dict[int, dict[str, Group]] = {c.pk: {} for c in self.chain}
        self._fill()

    # --- filling -----------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        for organisation in self._organisations.values():
            for text in filter(None, (organisation.name, organisation.short_name)):
                self._file(organisation, text, "name")
        for organisation in self._outside.values():
            for text in filter(None, (organisation.name, organisation.short_name)):
                self._file_outside(organisation, text, "name")
        for alias in self._aliases:
            self._file_alias(alias)
        groups = {g.pk: g for g in self._groups}
        wordings = [(g, g.name) for g in self._groups] + [(groups[a.group_id], a.text) for a in self._group_aliases]
        for group, text in wordings:
            for form in self.places[group.scope_id].without(key(text)):
                self._group_index[group.scope_id].setdefault(group_key(form), group)

    def _file_alias(self, alias: Alias) -> None:
        organisation = self._organisations.get(alias.organisation_id) or self._outside.get(alias.organisation_id)
        if organisation is None:
            return
        if alias.scope_id in self._index:
            for form in self.places[alias.scope_id].without(key(alias.text)):
                self._index[alias.scope_id][form].append((organisation, "alias"))
        elif alias.scope_id is None and organisation.pk in self._organisations:
            self._file(organisation, alias.text, "alias")
        elif alias.scope_id is None:
            self._file_outside(organisation, alias.text, "alias")

    def _file(self, organisation: Organisation, text: str, how: str) -> None:
        """Put a name of an organisation of the tree into the index of each committee above it.

        Right below a committee the bare name will do. Further down, an office is found only together with its place
        ("Phòng Tư pháp thành phố Vũng Tàu"), since every committee has an office of that name.
        """
        plain = key(text)
        home = self._home(organisation)
        for committee in self.chain:
            if not organisation.path.startswith(committee.path):
                continue
            if home is None or home.pk == committee.pk or organisation.parent_id == committee.pk:
                forms = self.places[committee.pk].without(plain)
            elif organisation.kind in _BY_NAME:
                forms = [plain]
            else:
                place = Place.of(home.name)
                forms = [plain] if place.proper and place.proper in plain else []
                forms.append(f"{plain} {place.word} {place.proper}".strip())
            for form in forms:
                self._index[committee.pk][form].append((organisation, how))

    def _file_outside(self, organisation: Organisation, text: str, how: str) -> None:
        """National bodies, whole trees and committees are known by their names everywhere; an office of another place
        only together with that place, since ours has offices of the same names."""
        plain = key(text)
        forms = [plain]
        parent = organisation.parent
        if parent is not None and organisation.level != Level.CENTRAL and organisation.kind not in _BY_NAME:
            place = Place.of(parent.name)
            forms = [plain] if place.proper and place.proper in plain else []
            forms += [f"{plain} {place.word} {place.proper}"] if place.proper else []
        for form in forms:
            self._everywhere[form].append((organisation, how))

    def _home(self, organisation: Organisation) -> Organisation | None:
        for part in reversed(organisation.path.rstrip("/").split("/")):
            above = self._organisations.get(int(part))
            if above is not None and above.kind == OrganisationKind.COMMITTEE:
                return above
        return None

    # --- asking ------------------------------------------------------------------------------------------------------

    def match(self, name: str, on: dt.date | None) -> Match:
        """The match of one name on the day."""
        plain = key(name)
        failure = "unknown"
        for committee in self.chain:
            for form in self.places[committee.pk].without(plain):
                if found := self._index[committee.pk].get(form):
                    match = _choose(found, on)
                    if match:
                        return match
                    failure = match.how
                elif group := self._group_index[committee.pk].get(group_key(form)):
                    return Match(None, group, "open" if group.is_open else "group")
        if found := self._everywhere.get(plain):
            match = _choose(found, on)
            if match or failure == "unknown":
                return match
        return Match(None, None, failure)

    def texts(self) -> Iterable[tuple[str, Organisation | Group]]:
        """Every name that this part of the directory knows, with what it names."""
        everyone = {**self._outside, **self._organisations}
        for organisation in everyone.values():
            yield organisation.name, organisation
            if organisation.short_name:
                yield organisation.short_name, organisation
        for alias in self._aliases:
            if alias.organisation_id in everyone:
                yield alias.text, everyone[alias.organisation_id]
        groups = {group.pk: group for group in self._groups}
        for group in groups.values():
            yield group.name, group
        for wording in self._group_aliases:
            yield wording.text, groups[wording.group_id]

    def bare(self, name: str) -> str:
        """The key of ``name`` without the words that only repeat the place."""
        forms = [form for committee in self.chain for form in self.places[committee.pk].without(key(name))]
        long_enough = [form for form in forms if len(form.split()) > 1]
        return min(long_enough or forms or [""], key=len)


def _choose(found: list[tuple[Organisation, str]], on: dt.date | None) -> Match:
    how_by_target = dict(reversed(found))
    valid = [o for o in how_by_target if o.existed(on)] if on else _latest(list(how_by_target))
    if not valid:
        return Match(None, None, "not-valid")
    depth = min(o.path.count("/") for o in valid)
    nearest = [o for o in valid if o.path.count("/") == depth]
    if len(nearest) > 1:
        return Match(None, None, "ambiguous")
    return Match(nearest[0], None, how_by_target[nearest[0]])


def _latest(found: list[Organisation]) -> list[Organisation]:
    today = timezone.localdate()
    living = [o for o in found if o.existed(today)]
    last = max((o.valid_to or dt.date.max for o in found), default=None)
    return living or [o for o in found if (o.valid_to or dt.date.max) == last]


# What sort of body a name speaks of, as keys; the longest that fits is meant.
_HEADS = (
    "ui ban nhan dan", "ui ban mat tran", "hoi dong nhan dan", "van phong", "trung tam", "chi cuc", "tong cuc",
    "cong an", "bo chi hui", "thanh tra", "thuong truc", "ban quan li", "tinh ui", "thanh ui", "huien ui", "so", "bo",
    "phong", "ban", "cuc", "vu", "vien", "bao", "dai", "hoi", "truong", "dang ui",
)  # fmt: skip


def _head(text: str) -> str:
    fitting = [head for head in _HEADS if text == head or text.startswith(head + " ")]
    return max(fitting, key=len, default="")


def _nearness(wanted: str, offered: str) -> float:
    """0–100; 0 where the sort of body differs. The rest of the two names is compared by itself."""
    head, other = _head(wanted), _head(offered)
    if head and other and head != other:
        return 0.0
    first, second = wanted.removeprefix(head).strip(), offered.removeprefix(other).strip()
    if not first or not second:
        return 100.0 if first == second else 0.0
    return max(fuzz.ratio(first, second), 0.95 * fuzz.token_sort_ratio(first, second))
