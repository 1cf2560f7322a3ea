"""openapi.yaml is whole and true to itself, to the routes and to the error codes."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask import Flask

from service.documents.operations import MAX_OPERATIONS
from service.errors import FAULTS, Problem
from service.routes.filters import FILTERS
from service.routes.revisions import REVISION_FIELDS
from tests.contract import PROBLEM, Contract, Node, Operation

CONTRACT = Contract.load(Path(__file__).parent.parent / "openapi.yaml")
COMPONENTS: Node = CONTRACT.document["components"]
RECORDS = {"claims": "Claim", "sources": "Source", "verdicts": "Verdict", "scales": "Scale"}
OF_ADMINS = {"keys", "webhooks"}
"""What only admins look at."""
KEYED = {"markup"}
"""What only those look at who may write."""
BESIDE = {"note", "reason", "actor", "expanded"}
"""What a record carries and is no member of it."""

every_operation = pytest.mark.parametrize("operation", CONTRACT.operations, ids=str)


def routes(app: Flask) -> set[tuple[str, str]]:
    """Return method and path template of each route, without the implied HEAD and OPTIONS."""
    return {
        (method, re.sub(r"<(?:[^<>:]+:)?(\w+)>", r"{\1}", rule.rule.rstrip("/") or "/"))
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method not in {"HEAD", "OPTIONS"}
    }


def responses(operation: Operation) -> dict[str, Node]:
    """Return the response objects of an operation by status."""
    declared: Node = operation.definition["responses"]
    return {status: CONTRACT.resolve(response) for status, response in declared.items()}


def media_types(operation: Operation) -> Iterator[tuple[str, str, Node]]:
    """Yield where it is, media type and media object of each body of an operation."""
    bodies = responses(operation)
    if "requestBody" in operation.definition:
        bodies["request"] = CONTRACT.resolve(operation.definition["requestBody"])
    for where, body in bodies.items():
        for name, media in body.get("content", {}).items():
            yield where, name, media


def examples(media: Node) -> Iterator[Any]:
    """Yield the values of the examples of a media object."""
    for example in media["examples"].values():
        yield CONTRACT.resolve(example)["value"]


def nodes(node: Any) -> Iterator[Node]:  # noqa: ANN401 -- any part of the document
    """Yield every object of a part of the document, examples apart."""
    if isinstance(node, dict):
        yield node
    parts = node.items() if isinstance(node, dict) else enumerate(node)
    for name, part in parts:
        if isinstance(part, dict | list) and name not in {"example", "examples"}:
            yield from nodes(part)


def is_bounded(schema: Node) -> bool:
    """Tell whether a schema of one value says how long, how many or how large it can be."""
    bounds = {"string": {"maxLength"}, "integer": {"minimum", "maximum"}, "array": {"maxItems"}}
    bounds["number"] = bounds["integer"]
    types = schema.get("type", ())
    types = {types} if isinstance(types, str) else set(types)
    needed = set[str]().union(*(bounds.get(name, set()) for name in types))
    # what may be of any shape is bounded in bytes, which JSON Schema cannot say
    return "enum" in schema or {"object", "array"} <= types or needed <= schema.keys()


def problems() -> Iterator[tuple[str, Node]]:
    """Yield the status under which it stands and the value of each example of a problem."""
    declared: list[Node] = [operation.definition["responses"] for operation in CONTRACT.operations]
    for group in (*declared, CONTRACT.document["x-any-request"]):
        for status, response in group.items():
            content = CONTRACT.resolve(response).get("content", {})
            for value in examples(content[PROBLEM]) if PROBLEM in content else ():
                yield status, value


def test_every_route_is_in_the_contract(app: Flask) -> None:
    described = {(operation.method, operation.path) for operation in CONTRACT.operations}
    assert routes(app) - described == set()


def test_every_operation_is_routed(app: Flask) -> None:
    described = {(operation.method, operation.path) for operation in CONTRACT.operations}
    assert described - routes(app) == set()


def test_no_two_operations_have_the_same_id() -> None:
    ids = [operation.definition["operationId"] for operation in CONTRACT.operations]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("collection", RECORDS)
def test_every_kind_has_the_same_operations(collection: str) -> None:
    def of(name: str) -> set[str]:
        mine = (str(operation) for operation in CONTRACT.operations)
        return {path.replace(name, "") for path in mine if f"/v1/{name}" in path}

    assert of(collection) == of("claims")
    assert len(of(collection)) == 11


@every_operation
def test_every_body_of_an_operation_has_an_example(operation: Operation) -> None:
    assert all(media["examples"] for _, _, media in media_types(operation))


@every_operation
def test_every_example_is_valid(operation: Operation) -> None:
    for _, name, media in media_types(operation):
        validator = CONTRACT.validator(media["schema"], partial=False)
        for value in examples(media):
            validator.validate(value)
            if name == "application/x-ndjson":
                lines = CONTRACT.validator(media["x-item-schema"])
                assert all(lines.is_valid(orjson.loads(line)) for line in value.splitlines())


@every_operation
def test_every_answer_carries_the_id_of_its_request(operation: Operation) -> None:
    for status, response in responses(operation).items():
        assert "X-Request-Id" in response["headers"], status


@every_operation
def test_every_write_and_every_look_at_keys_and_webhooks_needs_a_key(operation: Operation) -> None:
    security = operation.definition.get("security", CONTRACT.document["security"])
    reads = operation.method == "GET" or operation.path == "/v1/match"
    is_open = reads and not (OF_ADMINS | KEYED) & {*operation.definition["tags"]}
    assert ({} in security or not security) == is_open


@pytest.mark.parametrize("name", COMPONENTS["parameters"])
def test_every_parameter_is_described_bounded_and_shown(name: str) -> None:
    parameter: Node = COMPONENTS["parameters"][name]
    schema = CONTRACT.resolve(parameter["schema"])
    assert parameter["description"].endswith(".")
    assert is_bounded(schema) or schema["type"] == "boolean"
    CONTRACT.validator(parameter["schema"]).validate(parameter["example"])


@pytest.mark.parametrize("name", COMPONENTS["headers"])
def test_every_header_is_described_bounded_and_shown(name: str) -> None:
    header: Node = COMPONENTS["headers"][name]
    assert header["description"].endswith(".")
    assert is_bounded(header["schema"])
    CONTRACT.validator(header["schema"]).validate(header["example"])


@pytest.mark.parametrize("name", COMPONENTS["schemas"])
def test_every_schema_is_described_and_bounded(name: str) -> None:
    schema: Node = COMPONENTS["schemas"][name]
    assert schema["description"].endswith(".")
    # a schema without a type of its own is a name among properties, or widens another
    assert [node for node in nodes(schema) if "type" in node and not is_bounded(node)] == []


@pytest.mark.parametrize("kind", RECORDS.values())
def test_fields_can_name_every_member_of_a_record(kind: str) -> None:
    members = COMPONENTS["schemas"][kind]["properties"].keys() - BESIDE
    pattern = COMPONENTS["parameters"][f"{kind}Fields"]["schema"]["items"]["pattern"]
    assert set(re.findall(r"\w+", pattern.partition(")")[0])) == members


@pytest.mark.parametrize("kind", RECORDS.values())
def test_fields_can_name_every_member_of_a_revision(kind: str) -> None:
    members = set(COMPONENTS["schemas"][f"{kind}Revision"]["required"]) | {"recorded_by"}
    items = COMPONENTS["parameters"]["RevisionFields"]["schema"]["items"]
    assert set(items["enum"]) == members == set(REVISION_FIELDS)


@pytest.mark.parametrize("collection", RECORDS)
def test_every_filter_of_a_list_is_in_the_contract(collection: str) -> None:
    listed: list[Node] = CONTRACT.document["paths"][f"/v1/{collection}"]["get"]["parameters"]
    names = {CONTRACT.resolve(parameter)["name"] for parameter in listed}
    paging = {"sort", "limit", "cursor", "fields", "expand", "count", "as_of"}
    beside = paging | {"status", "q", "excerpts", "format", "bom", "If-None-Match"}
    assert names - beside == set(FILTERS[collection.removesuffix("s")])


def test_a_patch_has_as_many_operations_as_the_service_takes() -> None:
    assert COMPONENTS["schemas"]["JsonPatch"]["maxItems"] == MAX_OPERATIONS


def test_the_examples_of_problems_are_as_the_service_words_them() -> None:
    for status, example in problems():
        problem = Problem.catalogue[example["code"]]
        shown = (example["status"], example["title"], example["type"])
        assert shown == (problem.status, problem.title, f"/problems/{problem.code}")
        assert status == str(problem.status)
        assert {fault["code"] for fault in example.get("errors", ())} <= FAULTS.keys()


def test_every_status_of_a_problem_is_in_the_contract() -> None:
    assert {int(status) for status, _ in problems()} == {
        problem.status for problem in Problem.catalogue.values()
    }


@pytest.mark.parametrize("code", [*Problem.catalogue, *FAULTS])
def test_every_code_has_the_form_of_a_code(code: str) -> None:
    CONTRACT.validator(COMPONENTS["schemas"]["Code"]).validate(code)
