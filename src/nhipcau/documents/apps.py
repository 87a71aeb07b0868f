"""What this room offers to the house."""

from django.utils.translation import pgettext_lazy

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import MenuEntry, Offers, RoomConfig, Search, Subject


def _has_role(actor: Actor) -> bool:
    return bool(actor.roles)


class DocumentsConfig(RoomConfig):
    name = "nhipcau.documents"
    label = "documents"
    offers = Offers(
        menu=(MenuEntry("documents", pgettext_lazy("several", "Văn bản"), order=50, may=_has_role),),
        subjects=(
            Subject(
                "documents.document",
                "nhipcau.documents.queries.things.documents_shown",
                label=pgettext_lazy("several", "Văn bản"),
                search="nhipcau.documents.queries.things.documents_to_choose",
            ),
        ),
        searches=(Search(pgettext_lazy("several", "Văn bản"), "nhipcau.documents.queries.find_documents", order=30),),
    )
