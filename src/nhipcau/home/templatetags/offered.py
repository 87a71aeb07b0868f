"""How a page shows what other rooms offer."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def offered(context: template.Context, name: str, part: dict[str, Any]) -> SafeString:
    """The template ``name`` of another room, with the context ``part`` that the room made for it."""
    ground: dict[str, Any] = {str(key): value for key, value in context.flatten().items()}
    return render_to_string(name, {**ground, **part})
