"""What this room offers to the house."""

from django.utils.translation import gettext_lazy as _

from nhipcau.core.rooms import MenuEntry, Offers, RoomConfig, Search


class OrganisationsConfig(RoomConfig):
    name = "nhipcau.organisations"
    label = "organisations"
    offers = Offers(
        menu=(MenuEntry("organisations", _("Cơ quan"), order=60, may=lambda actor: bool(actor.roles)),),
        searches=(Search(_("Cơ quan"), "nhipcau.organisations.queries.find_organisations", order=40),),
        api="nhipcau.organisations.api.router",
    )
