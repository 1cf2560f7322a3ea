"""Single values: texts, numbers, choices and flags, taken as they are or not at all.

Nothing is converted: ``"5"`` is not a number, ``1`` is not true. Each field keeps its bounds as
attributes, from which the tests derive what openapi.yaml must say.
"""

import re
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Final, Literal, NoReturn, TypedDict, TypeVar, Unpack

from marshmallow import ValidationError, fields

from schemas import bounds

Value = TypeVar("Value")
Code = Literal[
    "required",
    "unknown-field",
    "invalid",
    "not-a-choice",
    "too-long",
    "too-short",
    "out-of-range",
    "in-the-future",
    "in-the-past",
]

MESSAGES: Final[dict[str, str | list[Any] | dict[Any, Any]]] = {
    "required": "required: this field must be given",
    "null": "invalid: null is not a value here; leave the member out",
}
"""The words of marshmallow's own refusals."""


class Options(TypedDict, total=False):
    """The options of marshmallow's fields that the schemas use."""

    required: bool
    allow_none: bool
    load_only: bool
    metadata: Mapping[str, str | bool]


def message(code: Code, detail: str) -> str:
    """Return the text of a fault: its code and what to do about it."""
    return f"{code}: {detail}"


def refuse(code: Code, detail: str) -> NoReturn:
    """Raise the `ValidationError` of one fault."""
    raise ValidationError(message(code, detail))


class Single(fields.Field[Value]):
    """Take one value; marshmallow's own refusals speak in our words."""

    def __init__(self, **options: Unpack[Options]) -> None:
        """Hand the options on."""
        # this and the other ignores: marshmallow's own hints have gaps
        super().__init__(  # pyright: ignore[reportUnknownMemberType]
            error_messages=MESSAGES, **options
        )

    @abstractmethod
    def take(self, value: object) -> Value:
        """Return the value as it is, or `refuse` it."""

    def _deserialize(self, value: object, *_args: object, **_kwargs: object) -> Value:
        return self.take(value)


class Text(Single[str]):
    """Take a text of 1 to `maximum` characters."""

    pattern: ClassVar[str] = ""
    format: ClassVar[str] = ""

    def __init__(self, maximum: int, **options: Unpack[Options]) -> None:
        """Keep the bound."""
        super().__init__(**options)
        self.maximum = maximum

    def take(self, value: object) -> str:
        """Return a text within the bounds."""
        if not isinstance(value, str):
            refuse("invalid", "expected a text (a JSON string)")
        if len(value) > self.maximum:
            refuse("too-long", f"at most {self.maximum} characters, these are {len(value)}")
        if not value:
            refuse("too-short", "at least 1 character; or leave the member out")
        return value


class Wording(Text):
    r"""Take a text that shows something: not white space alone.

    Dialects of patterns differ about five characters that `\s` may match; none of them shows.
    """

    pattern = r"[^\s\x1c-\x1f\x85\ufeff]"

    def take(self, value: object) -> str:
        """Return a text with something to see in it."""
        text = super().take(value)
        if not re.search(self.pattern, text):
            refuse("too-short", "at least 1 character that is not white space")
        return text


class Patterned(Text):
    """Take a text of a form; `expected` describes it to the person who missed it."""

    expected: ClassVar[str]

    def take(self, value: object) -> str:
        """Return a text of the form."""
        text = super().take(value)
        # fullmatch, since a Python "$" also matches before a last line feed
        if not re.fullmatch(self.pattern, text):
            refuse("invalid", f"expected {self.expected}")
        return text


class Choice(Single[str]):
    """Take one of the texts in `choices`."""

    def __init__(self, *choices: str, **options: Unpack[Options]) -> None:
        """Keep the choices, in the order in which messages list them."""
        super().__init__(**options)
        self.choices = choices

    def take(self, value: object) -> str:
        """Return one of the choices."""
        if not isinstance(value, str):
            refuse("invalid", f"expected a text, one of {', '.join(self.choices)}")
        if value not in self.choices:
            refuse("not-a-choice", f"expected one of {', '.join(self.choices)}")
        return value


class Number(Single[float]):
    """Take a number from `minimum` to `maximum`, which RFC 8785 can write without loss."""

    noun: ClassVar[str] = "number"

    def __init__(
        self,
        minimum: int = -bounds.INTEGER,
        maximum: int = bounds.INTEGER,
        **options: Unpack[Options],
    ) -> None:
        """Keep the bounds."""
        super().__init__(**options)
        self.minimum, self.maximum = minimum, maximum

    def take(self, value: object) -> float:
        """Return a number, and no truth value, within the bounds."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            refuse("invalid", f"expected a {self.noun} (of JSON, without quotation marks)")
        if not self.minimum <= value <= self.maximum:  # catches NaN and infinity too
            refuse("out-of-range", f"expected a {self.noun} {self.minimum} to {self.maximum}")
        return value


class Integer(Number):
    """Take a whole number; 3.0 is one, as in JSON Schema and RFC 8785."""

    noun = "whole number"

    def take(self, value: object) -> float:
        """Return a number without a fraction."""
        number = super().take(value)
        if number != int(number):
            refuse("invalid", "expected a whole number")
        return number


class Flag(Single[bool]):
    """Take true or false."""

    def take(self, value: object) -> bool:
        """Return a truth value."""
        if not isinstance(value, bool):
            refuse("invalid", "expected true or false")
        return value


class ServerSet(Single[object]):
    """Let anything pass for what the service sets, of the shape of `shape` when it does.

    The service compares what came back with what is and refuses a change as
    ``read-only-field``, which says more than a fault about the shape would.
    """

    def __init__(self, shape: fields.Field[Any]) -> None:
        """Keep the shape for those who describe the field."""
        super().__init__(allow_none=True)
        self.shape = shape

    def take(self, value: object) -> object:
        """Return the value."""
        return value
