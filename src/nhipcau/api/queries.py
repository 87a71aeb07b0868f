"""Reading the keys of an organisation, and the interface's own description as a page shows it."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from nhipcau.core.actors import Actor

from .models import ApiToken


def own_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """The keys of the organisation in whose name the actor acts, the newest first."""
    found = ApiToken.objects.select_related("made_by", "organisation")
    return found.filter(organisation_id=actor.organisation_id or 0).order_by("withdrawn_at", "-created_at", "-pk")


def described(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The operations of an OpenAPI object, in its order, with parameters and the fields of what each answers."""
    listed = []
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            listed.append(
                {
                    "id": operation["operationId"],
                    "method": method.upper(),
                    "path": path,
                    "summary": _said(operation.get("summary")),
                    "text": _said(operation.get("description")),
                    "parameters": [_parameter(p) for p in operation.get("parameters", [])],
                    "given": _fields(schema, _body(operation)),
                    "fields": _fields(schema, _answered(operation)),
                }
            )
    return listed


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    facts = parameter["schema"]
    return {
        "name": parameter["name"],
        "is_required": parameter.get("required", False),
        "kind": _kind(facts),
        "choices": [choice for choice in facts.get("enum", []) if choice],
        "text": _said(facts.get("description") or parameter.get("description")),
        "default": json.dumps(facts["default"]) if facts.get("default") not in (None, "") else "",
    }


def _said(text: str | None) -> str:
    """A text of the interface in the reader's language."""
    return gettext(text) if text else ""


def _answered(operation: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = operation["responses"].get("200", operation["responses"].get(200, {}))
    facts: dict[str, Any] = content.get("content", {}).get("application/json", {}).get("schema", {})
    return facts


def _body(operation: dict[str, Any]) -> dict[str, Any]:
    """What the operation is sent, where it is sent anything."""
    content: dict[str, Any] = operation.get("requestBody", {}).get("content", {})
    facts: dict[str, Any] = content.get("application/json", {}).get("schema", {})
    return facts


def _fields(schema: dict[str, Any], facts: dict[str, Any]) -> list[dict[str, str]]:
    """The fields of an answer; of a page of a list those of its items ("items[].name")."""
    found = _resolved(schema, facts)
    listed = []
    for name, inner in found.get("properties", {}).items():
        listed.append({"name": name, "kind": _kind(inner)})
        if name == "items":
            item = _resolved(schema, inner.get("items", {}))
            listed += [{"name": f"items[].{n}", "kind": _kind(f)} for n, f in item.get("properties", {}).items()]
    return listed


def _resolved(schema: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    name = facts.get("$ref", "").rsplit("/", 1)[-1]
    found: dict[str, Any] = schema["components"]["schemas"].get(name, facts)
    return found


def _kind(facts: dict[str, Any]) -> str:
    if "anyOf" in facts:
        return " | ".join(dict.fromkeys(_kind(each) for each in facts["anyOf"]))
    if "$ref" in facts:
        return str(facts["$ref"].rsplit("/", 1)[-1])
    if facts.get("type") == "array":
        return f"[{_kind(facts.get('items', {}))}]"
    return str(facts.get("format") or facts.get("type") or "string")
