"""Documents of organisations' own, starting from those that the actor may read."""

from .listed import OutgoingFilter, received, to_do, unopened
from .register import doc_types, out_of_order
from .seen import documents_about, visible_outgoing, visible_outgoings

__all__ = [
    "OutgoingFilter",
    "doc_types",
    "documents_about",
    "out_of_order",
    "received",
    "to_do",
    "unopened",
    "visible_outgoing",
    "visible_outgoings",
]
