"""Laws: whatever JSON comes, it is taken as it is or refused with faults that can be read."""

import copy
import functools
import json
import operator
from collections.abc import Iterator
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from marshmallow import Schema

from schemas.fields import ServerSet
from schemas.soundness import is_sound
from service.errors import FAULTS
from tests.schemas.derivation import derived
from tests.schemas.faults import codes, faults
from tests.schemas.payloads import PAYLOADS, Json

SCALARS: Final = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**400, -(2**53), 2**53 - 1, 2**53])
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | st.sampled_from(
        ["2022-02-30", "0000", "2022-02-16T23:59:59Z\n", "http://[::1", "https://h:99999"]
    )
    | st.sampled_from(["http://\u2100/", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
)
NAMES: Final = st.sampled_from(
    sorted(
        {name for schema, _ in PAYLOADS.values() for name in schema.fields} | {"_schema", "from"}
    )
) | st.text(max_size=5)
JSON: Final = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=15,
)
LEFT_OUT: Final = object()
VALUES: Final = (
    LEFT_OUT,
    None,
    True,
    5,
    2.5,
    -(2**60),
    "",
    " ",
    "x",
    "x" * 200_001,
    [],
    [""],
    {},
    {"a": 1},
)
SLOW: Final = [HealthCheck.too_slow]
LAWFUL: Final = settings(max_examples=60, deadline=None, suppress_health_check=SLOW)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """Yield the path of everything in a JSON value."""
    yield path
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value if isinstance(value, list) else ())
    )
    for key, inside in items:
        yield from places(inside, (*path, key))


def mutant(payload: Json, path: tuple[Any, ...], value: object) -> Any:  # noqa: ANN401 (JSON)
    """Return a copy of the payload with another value at the path."""
    if not path:
        return value
    changed = copy.deepcopy(payload)
    holder: Any = functools.reduce(operator.getitem, path[:-1], changed)
    if value is LEFT_OUT:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return changed


def nested_lists(depth: int) -> list[Any]:
    """Return a list in a list in a list, and so on."""
    return functools.reduce(lambda inside, _: [inside], range(depth), [])


def judge(name: str, payload: object) -> None:
    """Check the law for one payload."""
    schema, _ = PAYLOADS[name]
    before = copy.deepcopy(payload)
    assert codes(schema, payload) <= FAULTS.keys()
    assert is_sound(schema, payload) == (not faults(schema, payload))
    if not faults(schema, payload):
        loaded = schema.load(payload)  # pyright: ignore[reportArgumentType]
        assert json.dumps(loaded, sort_keys=True) == json.dumps(before, sort_keys=True)


@pytest.mark.parametrize("name", PAYLOADS)
@LAWFUL
@given(payload=JSON)
def test_any_json_is_taken_as_it_is_or_refused(name: str, payload: object) -> None:
    judge(name, payload)


@pytest.mark.parametrize("name", PAYLOADS)
@LAWFUL
@given(data=st.data())
def test_a_changed_member_is_taken_as_it_is_or_refused(name: str, data: st.DataObject) -> None:
    payload = PAYLOADS[name][1]
    path = data.draw(st.sampled_from(sorted(places(payload), key=str)))
    judge(name, mutant(payload, path, data.draw(JSON)))


def is_server_set(schema: Schema, path: tuple[Any, ...]) -> bool:
    """Tell whether the path leads into what the service alone compares."""
    return bool(path) and isinstance(schema.fields.get(path[0]), ServerSet)


def is_kept_unseen(path: tuple[Any, ...]) -> bool:
    """Tell whether the path leads into JSON of no fixed shape."""
    return bool({"internal", "raw"}.intersection(path[:-1]))


def alone(schema: Schema, payload: Json, member: str) -> Json:
    """Return the payload with this member and those that it cannot do without."""
    needed = {member, *(name for name, field in schema.fields.items() if field.required)}
    return {name: value for name, value in payload.items() if name in needed}


@pytest.mark.parametrize("name", PAYLOADS)
def test_openapi_and_the_schema_judge_every_change_alike(name: str) -> None:
    schema, payload = PAYLOADS[name]
    validator = Draft202012Validator(derived(schema))
    judged = (path for path in places(payload) if path and not is_server_set(schema, path))
    for path in (path for path in judged if not is_kept_unseen(path)):
        for value in VALUES:
            changed = mutant(alone(schema, payload, path[0]), path, value)
            assert validator.is_valid(changed) == (not faults(schema, changed)), (path, value)
            assert is_sound(schema, changed) == (not faults(schema, changed)), (path, value)


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_with_every_member_is_taken(name: str) -> None:
    schema, payload = PAYLOADS[name]
    assert faults(schema, payload) == []
    assert payload.keys() == schema.fields.keys()


@pytest.mark.parametrize("name", PAYLOADS)
@pytest.mark.parametrize("monster", [10**5000, nested_lists(100_000)], ids=["huge", "deep"])
def test_monstrous_values_are_refused(name: str, monster: object) -> None:
    schema, payload = PAYLOADS[name]
    for member in sorted(schema.fields):
        if not is_server_set(schema, (member,)):
            assert faults(schema, payload | {member: monster})
