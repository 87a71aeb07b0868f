"""What this room offers to the house."""

from django.utils.translation import pgettext_lazy

from nhipcau.core.rooms import MenuEntry, Offers, RoomConfig, Search

_ORGANISATIONS = pgettext_lazy("several", "Cơ quan")


class OrganisationsConfig(RoomConfig):
    name = "nhipcau.organisations"
    label = "organisations"
    offers = Offers(
        menu=(MenuEntry("organisations", _ORGANISATIONS, order=60, may=lambda actor: bool(actor.roles)),),
        searches=(Search(_ORGANISATIONS, "nhipcau.organisations.queries.find_organisations", order=40),),
        api="nhipcau.organisations.api.router",
        actors="nhipcau.organisations.queries.acting.actors_of",
        named="nhipcau.organisations.queries.acting.named",
    )
