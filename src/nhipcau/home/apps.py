"""What this room offers to the house."""

from django.utils.translation import gettext_lazy as _

from nhipcau.core.rooms import MenuEntry, Offers, RoomConfig


class HomeConfig(RoomConfig):
    name = "nhipcau.home"
    label = "home"
    offers = Offers(menu=(MenuEntry("home", _("Bàn làm việc"), order=10),))
