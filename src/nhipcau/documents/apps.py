"""What this room offers to the house."""

from django.utils.translation import pgettext_lazy

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import MenuEntry, Offers, RoomConfig, Search


def _has_role(actor: Actor) -> bool:
    return bool(actor.roles)


class DocumentsConfig(RoomConfig):
    name = "nhipcau.documents"
    label = "documents"
    offers = Offers(
        menu=(MenuEntry("documents", pgettext_lazy("several", "Văn bản"), order=50, may=_has_role),),
        searches=(Search(pgettext_lazy("several", "Văn bản"), "nhipcau.documents.queries.find_documents", order=30),),
    )
