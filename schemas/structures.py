"""Objects, lists and maps, with every fault of theirs at once and at its place."""

import difflib
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sized
from typing import Any, Final, Unpack, cast

from marshmallow import Schema, ValidationError, fields, validates_schema

from schemas.fields import MESSAGES, Options, Patterned, Single, Text, message, refuse

NAMED: Final = 20
"""Unknown members of one object that are named; the last of them tells how many more there are."""

SHOWN: Final = 60
"""Characters shown of a name that the client made up."""


class Object(Schema):
    """Take an object whose members are all known; name the nearest to one that is not."""

    error_messages: dict[str, str] = {  # noqa: RUF012 (marshmallow declares it so)
        "type": message("invalid", "expected an object (in JSON, braces around members)"),
    }

    def handle_error(self, error: ValidationError, data: object, **_kwargs: object) -> None:
        """Put our words for unknown members in the place of marshmallow's."""
        if not isinstance(data, Mapping):
            return
        known = list(self.load_fields)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
        faults = error.messages_dict
        unknown = sorted(faults.keys() - set(known))
        for name in unknown[NAMED:]:
            del faults[name]
        for name in unknown[:NAMED]:
            faults[name] = [unknown_member(name, known)]
        if more := len(unknown[NAMED:]):
            faults[unknown[NAMED - 1]][0] += f" (there is no field for {more} more members either)"


class RuledObject(Object):
    """Take an object whose members also have to fit each other."""

    @abstractmethod
    def broken_rules(
        self, data: Mapping[str, Any], given: Mapping[str, Any], /
    ) -> Iterator[tuple[str, str]]:
        """Yield member and message of each rule broken.

        `data` holds the members that are sound in themselves, `given` all that were sent.
        """

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def check_rules(self, data: dict[str, Any], given: object, **_: object) -> None:
        """Raise the broken rules, beside whatever single members have broken."""
        if isinstance(given, Mapping):
            sent = cast("Mapping[str, Any]", given)
            if broken := {name: [text] for name, text in self.broken_rules(data, sent)}:
                raise ValidationError(broken)


class Part(fields.Nested):
    """Take an object inside another."""

    def __init__(self, schema: type[Object], **options: Unpack[Options]) -> None:
        """Nest the schema."""
        super().__init__(  # pyright: ignore[reportUnknownMemberType]
            schema, error_messages=MESSAGES, **options
        )


class Many(fields.List[Any]):
    """Take a list of `minimum` to `maximum` items.

    With `unique` no two items have the same text in their member of that name, with
    `distinct` no two are the same text.
    """

    def __init__(
        self,
        inner: fields.Field[Any],
        maximum: int,
        *,
        minimum: int = 0,
        unique: str | None = None,
        distinct: bool = False,
        **options: Unpack[Options],
    ) -> None:
        """Keep the bounds."""
        super().__init__(inner, error_messages=MESSAGES, **options)
        self.minimum, self.maximum = minimum, maximum
        self.unique, self.distinct = unique, distinct

    def _deserialize(self, value: object, *_args: object, **_kwargs: object) -> list[Any]:
        if not isinstance(value, list):
            refuse("invalid", "expected a list (in JSON, brackets around items)")
        items = cast("list[Any]", value)
        check_size(items, self.minimum, self.maximum, "item")
        faults = {place: faults_of(self.inner, item) for place, item in enumerate(items)}
        for place, repeated in repetitions(items, self.unique):
            faults[place] = repeated | dict(faults[place])
        for place, repeated in doubles(items) if self.distinct else ():
            faults[place] = [*faults[place], repeated]
        faults = {place: found for place, found in faults.items() if found}
        if faults:
            raise ValidationError(faults)
        return items


class Map(Single[dict[str, str]]):
    """Take an object whose member names the client chooses: `minimum` to `maximum` texts."""

    def __init__(
        self,
        names: Patterned,
        texts: Text,
        maximum: int,
        *,
        minimum: int = 0,
        **options: Unpack[Options],
    ) -> None:
        """Keep what names and texts must be, and the bounds."""
        super().__init__(**options)
        self.names, self.texts = names, texts
        self.minimum, self.maximum = minimum, maximum

    def take(self, value: object) -> dict[str, str]:
        """Return the object when every name and text is sound."""
        if not isinstance(value, dict):
            refuse("invalid", "expected an object (in JSON, braces around members)")
        members = cast("dict[str, str]", value)
        check_size(members, self.minimum, self.maximum, "member")
        faults = {name: self._faults(name, text) for name, text in members.items()}
        if any(faults.values()):
            raise ValidationError({name: found for name, found in faults.items() if found})
        return members

    def _faults(self, name: str, text: object) -> list[str]:
        of_name = [fault.replace(": ", ": its name: ", 1) for fault in faults_of(self.names, name)]
        return of_name + faults_of(self.texts, text)


def faults_of(field: fields.Field[Any], value: object) -> Any:  # noqa: ANN401 (nested at will)
    """Return the faults that a field finds in a value: a list, or a dictionary of such."""
    try:
        field.deserialize(value)  # pyright: ignore[reportUnknownMemberType]
    except ValidationError as error:
        return error.messages  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return []


def check_size(value: Sized, minimum: int, maximum: int, noun: str) -> None:
    """Refuse what has too many or too few of what `noun` names."""
    if len(value) > maximum:
        refuse("too-long", f"at most {maximum} {noun}s, these are {len(value)}")
    if len(value) < minimum:
        refuse("too-short", f"at least {minimum} {noun}")


def repetitions(items: list[Any], name: str | None) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """Yield place and fault of each item whose text in the member `name` an earlier item has."""
    first: dict[str, int] = {}
    for place, item in enumerate(items if name else ()):
        text = cast("dict[Any, object]", item).get(name) if isinstance(item, dict) else None
        if name and isinstance(text, str) and first.setdefault(text, place) != place:
            detail = f"item {first[text]} has this {name} already; each may have its own only"
            yield place, {name: [message("invalid", detail)]}


def doubles(items: list[Any]) -> Iterator[tuple[int, str]]:
    """Yield place and fault of each text that an earlier item is too."""
    first: dict[str, int] = {}
    for place, item in enumerate(items):
        if isinstance(item, str) and first.setdefault(item, place) != place:
            yield place, message("invalid", f"item {first[item]} is the same; name each once")


def unknown_member(name: str, known: list[str]) -> str:
    """Return the fault of a member that no field has the name of, with the nearest that is."""
    shown = shortened(name)
    nearest = difflib.get_close_matches(shown, known, n=1)
    hint = f'did you mean "{nearest[0]}"?' if nearest else f"the fields here are {', '.join(known)}"
    return message("unknown-field", f'there is no field "{shown}"; {hint}')


def shortened(name: str) -> str:
    """Return a name of the client's as far as a message shows it."""
    return name if len(name) <= SHOWN else f"{name[:SHOWN]}…"
