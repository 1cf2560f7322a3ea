"""What a marshmallow schema says, as JSON Schema, to hold against openapi.yaml."""

from functools import singledispatch
from typing import Any, Final

from marshmallow import INCLUDE, Schema, fields

from schemas.claim import QuantitySchema
from schemas.fields import Choice, Flag, Integer, Number, ServerSet, Text
from schemas.free import FreeObject, RawItem
from schemas.period import PeriodSchema
from schemas.structures import Many, Map, Part
from schemas.verdict import EvidenceSchema, VerdictTranslationSchema

Json = dict[str, Any]

RULES: Final[dict[type[Schema], Json]] = {
    EvidenceSchema: {"if": {"required": ["source_id"]}, "else": {"required": ["described_as"]}},
    PeriodSchema: {"if": {"required": ["from"]}, "else": {"required": ["to"]}},
    VerdictTranslationSchema: {"if": {"required": ["title"]}, "else": {"required": ["summary"]}},
    QuantitySchema: {
        "if": {"required": ["value"]},
        "then": {"properties": {"low": False, "high": False}},
        "else": {"if": {"required": ["low"]}, "else": {"required": ["high"]}},
    },
}
"""Rules between members; that they say what the schemas do is shown by mutation."""


def derived(schema: Schema) -> Json:
    """Return the JSON Schema of an object."""
    required = sorted(name for name, field in schema.fields.items() if field.required)
    return {
        "type": "object",
        "additionalProperties": schema.unknown == INCLUDE,
        "properties": {name: member(field) for name, field in schema.fields.items()},
        **({"required": required} if required else {}),
        **RULES.get(type(schema), {}),
    }


def member(field: fields.Field[Any]) -> Json:
    """Return the JSON Schema of a member, with the direction in which it travels."""
    marks = {"readOnly": isinstance(field, ServerSet), "writeOnly": field.load_only}
    said = shape(field)
    if field.allow_none and not isinstance(field, ServerSet):
        said["type"] = [said["type"], "null"]
    return said | {mark: True for mark, holds in marks.items() if holds}


@singledispatch
def shape(field: fields.Field[Any]) -> Json:
    """Return the JSON Schema of a field's values."""
    raise NotImplementedError(type(field))


@shape.register
def _(field: Text) -> Json:
    said: Json = {"type": "string", "minLength": 1, "maxLength": field.maximum}
    extra = {"pattern": field.pattern, "format": field.format}
    return said | {name: value for name, value in extra.items() if value}


@shape.register
def _(field: Choice) -> Json:
    return {"type": "string", "enum": list(field.choices)}


@shape.register
def _(field: Number) -> Json:
    kind = "integer" if isinstance(field, Integer) else "number"
    return {"type": kind, "minimum": field.minimum, "maximum": field.maximum}


@shape.register(Flag)
def _(_: Flag) -> Json:
    return {"type": "boolean"}


@shape.register(FreeObject)
def _(_: FreeObject) -> Json:
    return {"type": "object"}


@shape.register(RawItem)
def _(_: RawItem) -> Json:
    return {"type": ["object", "array", "string"], "items": {}}


@shape.register
def _(field: ServerSet) -> Json:
    return shape(field.shape)


@shape.register
def _(field: Part) -> Json:
    return derived(field.schema)


@shape.register
def _(field: Many) -> Json:
    said: Json = {"type": "array", "items": shape(field.inner), "maxItems": field.maximum}
    extra = {"minItems": field.minimum, "uniqueItems": field.distinct}
    return said | {name: value for name, value in extra.items() if value}


@shape.register
def _(field: Map) -> Json:
    said: Json = {"type": "object", "maxProperties": field.maximum}
    return said | {
        "propertyNames": shape(field.names),
        "additionalProperties": shape(field.texts),
    }
