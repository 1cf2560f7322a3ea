"""openapi.yaml and the schemas say the same, in both directions."""

from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from jsonschema import Draft202012Validator
from marshmallow import Schema

from schemas.structures import Many, Part
from tests.schemas.derivation import Json, derived
from tests.schemas.payloads import KINDS, PAYLOADS

CONTRACT: Final = Path(__file__).parents[2] / "openapi.yaml"
COMPONENTS: Final[dict[str, Json]] = yaml.safe_load(CONTRACT.read_text("utf-8"))["components"][
    "schemas"
]
WORDS: Final = {"description", "example", "examples", "title"}


def nested(schema: Schema) -> dict[str, Schema]:
    """Return a schema and all that it holds, by the name their component has."""
    found = {type(schema).__name__.removesuffix("Schema"): schema}
    for field in schema.fields.values():
        inside = field.inner if isinstance(field, Many) else field
        found |= nested(inside.schema) if isinstance(inside, Part) else {}
    return found


SCHEMAS: Final = {
    name: part for schema, _ in PAYLOADS.values() for name, part in nested(schema).items()
}


def plain(said: Any) -> Any:  # noqa: ANN401 (JSON)
    """Return a component with its references put in and its words left out."""
    if isinstance(said, list):
        return [plain(item) for item in said]
    if not isinstance(said, dict):
        return said
    local = {name: value for name, value in said.items() if name not in {*WORDS, "$ref"}}
    local = {
        name: members(value) if name == "properties" else plain(value)
        for name, value in local.items()
    }
    if "required" in local:
        local["required"] = sorted(local["required"])
    referred = str(said.get("$ref", "")).removeprefix("#/components/schemas/")
    return (plain(COMPONENTS[referred]) if referred else {}) | local


def members(properties: Json) -> Json:
    """Return properties in plain form; a property may be called ``description`` or ``title``."""
    return {name: plain(value) for name, value in properties.items()}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_says_what_its_component_says(name: str) -> None:
    assert derived(SCHEMAS[name]) == plain(COMPONENTS[name])


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_component_lists_the_members_of_its_schema_only(name: str) -> None:
    assert COMPONENTS[name]["properties"].keys() == SCHEMAS[name].fields.keys()


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_component_is_described(name: str) -> None:
    assert COMPONENTS[name]["description"].strip().endswith(".")


@pytest.mark.parametrize("name", PAYLOADS)
def test_the_example_of_a_component_can_be_sent(name: str) -> None:
    example = COMPONENTS[name]["example"]
    assert PAYLOADS[name][0].load(example) == example


@pytest.mark.parametrize("name", PAYLOADS)
def test_the_example_of_a_component_is_valid_by_it(name: str) -> None:
    Draft202012Validator(plain(COMPONENTS[name])).validate(COMPONENTS[name]["example"])


@pytest.mark.parametrize("name", KINDS)
def test_a_record_without_members_lacks_the_required_ones_only(name: str) -> None:
    errors = Draft202012Validator(plain(COMPONENTS[name])).iter_errors({})
    assert {error.validator for error in errors} == {"required"}
