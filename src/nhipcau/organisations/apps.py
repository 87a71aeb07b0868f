"""What this room offers to the house."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.core.rooms import MenuEntry, Offers, RoomConfig, Search, Traced

_ORGANISATIONS = pgettext_lazy("several", "Cơ quan")
_TRAIL = "nhipcau.organisations.queries.trail"


class OrganisationsConfig(RoomConfig):
    name = "nhipcau.organisations"
    label = "organisations"
    offers = Offers(
        menu=(
            MenuEntry("organisations", _ORGANISATIONS, order=60, may=lambda actor: bool(actor.roles)),
            MenuEntry("trail", _("Nhật ký"), order=70, may=lambda actor: actor.has("auditor")),
        ),
        traced=(
            Traced("organisations.organisation", f"{_TRAIL}.organisations_shown"),
            Traced("organisations.membership", f"{_TRAIL}.memberships_shown"),
        ),
        searches=(Search(_ORGANISATIONS, "nhipcau.organisations.queries.find_organisations", order=40),),
        api="nhipcau.organisations.api.router",
        coordinators="nhipcau.organisations.queries.holders.coordinators_of",
        keeps_facts="nhipcau.organisations.actions.may_keep_successions",
        reach="nhipcau.organisations.queries.holders.reach_ids",
        actors="nhipcau.organisations.queries.acting.actors_of",
        named="nhipcau.organisations.queries.acting.named",
    )
