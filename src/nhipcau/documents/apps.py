"""What this room offers to the house."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Announcement, Card, Figure, Grant, MenuEntry, Offers, RoomConfig, Search, Subject, Traced

from .paper_words import PAPERS

_OUTGOING = "nhipcau.documents.queries.outgoing"
_FIGURES = f"{_OUTGOING}.figures"


def _has_role(actor: Actor) -> bool:
    return bool(actor.roles)


class DocumentsConfig(RoomConfig):
    name = "nhipcau.documents"
    label = "documents"
    offers = Offers(
        menu=(
            MenuEntry("outgoings", _("Văn bản đi"), order=45, may=_has_role),
            MenuEntry("documents", pgettext_lazy("several", "Văn bản"), order=50, may=_has_role),
        ),
        cards=(
            Card("documents/cards/signing.html", f"{_OUTGOING}.needs.signing_card", order=3),
            Card("documents/cards/waiting.html", f"{_OUTGOING}.needs.waiting_card", order=7),
        ),
        needs=(f"{_OUTGOING}.needs.needs",),
        announcements=(Announcement("documents.sent", _("gửi hoặc nhận văn bản")),),
        traced=(
            Traced("documents.outgoing", f"{_OUTGOING}.seen.outgoings_traced"),
            Traced("documents.registernumber", f"{_OUTGOING}.seen.numbers_traced"),
            Traced("documents.arrival", "nhipcau.documents.queries.arriving.arrivals_traced"),
            Traced("documents.wording", "nhipcau.documents.queries.papers.wordings_traced"),
        ),
        subjects=(
            Subject(
                "documents.document",
                "nhipcau.documents.queries.things.documents_shown",
                label=pgettext_lazy("several", "Văn bản"),
                search="nhipcau.documents.queries.things.documents_to_choose",
            ),
            Subject(
                "documents.outgoing",
                f"{_OUTGOING}.seen.outgoings_shown",
                label=_("Văn bản đi"),
                search=f"{_OUTGOING}.seen.outgoings_to_choose",
            ),
        ),
        grants=(Grant("documents.text", f"{_OUTGOING}.seen.texts_received"),),
        searches=(
            Search(pgettext_lazy("several", "Văn bản"), "nhipcau.documents.queries.find_documents", order=30),
            Search(_("Văn bản đi, đến"), f"{_OUTGOING}.seen.find_outgoings", order=32),
        ),
        api="nhipcau.documents.api.router",
        papers=PAPERS,
        figures=(
            Figure(
                "documents.sent",
                _("Văn bản đã ban hành"),
                _("văn bản"),
                f"{_FIGURES}.sent",
                f"{_FIGURES}.sent_rows",
                30,
            ),
            Figure(
                "documents.sent_plans",
                _("Trong đó: kế hoạch"),
                _("kế hoạch"),
                f"{_FIGURES}.sent_plans",
                f"{_FIGURES}.sent_plans_rows",
                31,
            ),
            Figure(
                "documents.sent_letters",
                _("Trong đó: công văn"),
                _("công văn"),
                f"{_FIGURES}.sent_letters",
                f"{_FIGURES}.sent_letters_rows",
                32,
            ),
        ),
    )
