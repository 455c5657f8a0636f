"""The descriptor as JSON Schema (2020-12), under the names of its elements.

pydantic makes it from the models. Elements are keys, those that repeat are arrays, a container is
an object that holds its items. The order of elements, which XML Schema asks for, has no place in
JSON. The files beside the XSDs are what `json_schema(...)` returns.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import GetJsonSchemaHandler

from ontomedirad.descriptor.xsd import SCHEMA_VERSION, root_fields, root_of

if TYPE_CHECKING:
    from ontomedirad.descriptor.block import Block, FieldPlan

_DEFS = "#/$defs/"


def json_schema(name: str) -> bytes:
    """The JSON Schema of the XSD of that name; KeyError where there is none."""
    root = root_of(name)
    made = root.model_json_schema()
    fields = root_fields(name)
    kept = {f.tag: made["properties"][f.tag] for f, _ in fields}
    made["properties"] = kept
    made["required"] = [f.tag for f, required in fields if required]
    found: dict[str, Any] = {}
    todo = [kept]
    while todo:
        for reference in _references(todo.pop()):
            if reference not in found:
                found[reference] = made["$defs"][reference]
                todo.append(found[reference])
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://w3id.org/ontomedirad/schema/{SCHEMA_VERSION}/{name}",
    }
    whole = head | made | {"$defs": dict(sorted(found.items()))}
    return json.dumps(whole, indent=1, ensure_ascii=False).encode() + b"\n"


def by_element(block: type[Block], made: dict[str, Any], handler: GetJsonSchemaHandler) -> dict[str, Any]:
    """Pydantic's schema of a block with its elements for keys, in place."""
    found = handler.resolve_ref_schema(made)
    properties = found.get("properties", {})
    plan = block.plan()
    found["properties"] = {f.tag: _property(f, properties[f.name]) for f in plan.fields}
    found["required"] = [f.tag for f in plan.fields if f.required]
    if block.choice:
        found["minProperties"] = found["maxProperties"] = 1
    found["description"] = (block.__doc__ or "").strip().splitlines()[0]
    found["additionalProperties"] = False
    return found


def _property(field: FieldPlan, made: dict[str, Any]) -> dict[str, Any]:
    """What an element holds: never null, since an element that says nothing is left out."""
    held = {k: v for k, v in made.items() if k not in ("title", "default")}
    if not field.required and "anyOf" in held:
        others = [option for option in held.pop("anyOf") if option != {"type": "null"}]
        held |= others[0] if len(others) == 1 else {"anyOf": others}
    if field.item is None:
        return held
    some = [field.item] if field.filled else []
    return {
        "type": "object",
        "properties": {field.item: held},
        "required": some,
        "additionalProperties": False,
    }


def _references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [str(part["$ref"]).removeprefix(_DEFS)] if "$ref" in part else []
        return own + [r for value in part.values() for r in _references(value)]
    return [r for value in part for r in _references(value)] if isinstance(part, list) else []
