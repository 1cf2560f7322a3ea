"""What counts as usable JSON, and what is said of the rest."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.documents.parsing import LONGEST_LINE, parse, parse_lines
from service.documents.values import MAX_INTEGER, depth, equal
from service.errors import FAULTS, MalformedJson
from tests.documents.strategies import Json, texts, values

FRAGMENTS = [
    *[b"{", b"}", b"[", b"]", b",", b":", b'"', b"\\", b"\\u", b"\\u0000", b"\\ud800", b"\\udc00"],
    *[b"NaN", b"-Infinity", b"1e999", b"-", b"0", b"9" * 17, b"9" * 400 + b".5", b".", b"e5"],
    *[b"null", b'"a":1,', b"\n", b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"[" * 40],
]


def refusal(raw: bytes, line: int | None = None) -> MalformedJson:
    """Return the problem that a body is refused with."""
    with pytest.raises(MalformedJson) as caught:
        parse(raw, line)
    return caught.value


def lines(chunks: list[bytes], longest: int = LONGEST_LINE) -> list[tuple[int, Json]]:
    """Return what is read of NDJSON, for a test to look into."""
    return [*parse_lines(chunks, longest)]


def pointers(raw: bytes) -> list[tuple[str, str | None]]:
    """Return code and pointer of each fault of a body."""
    return [(fault.code, fault.pointer) for fault in refusal(raw).errors]


@given(values, st.booleans())
def test_what_python_writes_is_read_back(value: Json, ascii_only: bool) -> None:  # noqa: FBT001
    raw = json.dumps(value, ensure_ascii=ascii_only).encode()
    assert equal(parse(raw), value)


@given(st.binary(max_size=60) | st.lists(st.sampled_from(FRAGMENTS)).map(b"".join))
def test_any_bytes_are_read_or_refused_and_nothing_else(raw: bytes) -> None:
    check(raw)


@given(values, st.data())
def test_any_damage_to_json_is_read_or_refused_and_nothing_else(
    value: Json, data: st.DataObject
) -> None:
    raw = json.dumps(value).encode()
    start = data.draw(st.integers(0, len(raw)))
    stop = data.draw(st.integers(start, len(raw)))
    check(raw[:start] + data.draw(st.sampled_from(FRAGMENTS)) + raw[stop:])


def check(raw: bytes) -> None:
    """Read a body: what comes back can be written, what is refused says where and why."""
    value = outcome(raw)
    if isinstance(value, MalformedJson):
        assert all(fault.code in FAULTS and fault.detail for fault in value.errors)
        assert value.errors[0].pointer
        json.dumps(value.as_dict("urn:uuid:0"), ensure_ascii=False).encode()
    else:
        assert depth(value) <= 32
        assert equal(parse(json.dumps(value, allow_nan=False).encode()), value)


def outcome(raw: bytes) -> Json | MalformedJson:
    """Return the value of a body, or the problem it is refused with."""
    try:
        return parse(raw)
    except MalformedJson as problem:
        return problem


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "The body is empty; send a JSON value"),
        (b" \n", "The body is empty"),
        (b'{"a": 1,\n "b" 2}', "Line 2, column 6: a colon"),
        (b"{'a': 1}", "Line 1, column 2: a name in double quotes"),
        (b'{"a": 1,}', "Line 1, column"),
        (b'{"a": }', "Line 1, column 7: a value should stand here"),
        (b"[1 2]", "Line 1, column 4: a comma or a closing bracket"),
        (b"{} {}", "Line 1, column 4: nothing should follow"),
        (b'"a\nb"', "Line 1, column 3: a text holds a bare control character"),
        (b'"a\0b"', "Line 1, column 3: a text holds a bare control character"),
        (b'"\\u12g4"', "Line 1, column 3: \\u takes four"),
        (b'"C:\\Users"', "Line 1, column 4: this escape is not JSON"),
        (b'{"text": "never', "Line 1, column 10: the text that begins here"),
        (b"\xff\xfe{\0}\0", "Line 1, column 1: this is not UTF-8"),
        ('{"é":\n "ü'.encode() + b"\xfc", "Line 2, column 4: this is not UTF-8"),
        (b'"\xed\xa0\x80"', "Line 1, column 2: this is not UTF-8"),
        (b'{"a": NaN, "b" 2}', "Line 1, column 16: a colon"),
    ],
)
def test_an_error_of_syntax_says_where_and_what_to_do(raw: bytes, said: str) -> None:
    assert refusal(raw).detail.startswith(said)


@pytest.mark.parametrize(
    ("raw", "code", "pointer"),
    [
        (b'{"a": {"b": 1, "b": 1}}', "given-twice", "#/a/b"),
        (b'[{"a/b": 1, "a\\/b": 2}]', "given-twice", "#/0/a~1b"),
        (b'{"a": [1, NaN]}', "invalid", "#/a/1"),
        (b"-Infinity", "invalid", "#"),
        (b'{"a": 1e400}', "out-of-range", "#/a"),
        (b'{"a": 9007199254740992}', "out-of-range", "#/a"),
        (b'{"a": -9007199254740992}', "out-of-range", "#/a"),
        (b'{"a": %s}' % (b"9" * 5000), "out-of-range", "#/a"),
        (b'{"a": 1e20}', "out-of-range", "#/a"),
        (b'{"a": "x\\u0000"}', "invalid", "#/a"),
        (b'{"a": "\\ud83d"}', "invalid", "#/a"),
        (b'{"a": {"\\u0000": 1}}', "invalid", "#/a"),
        (b'{"\\udc00": 1}', "invalid", "#"),
    ],
)
def test_what_cannot_be_kept_is_pointed_at(raw: bytes, code: str, pointer: str) -> None:
    assert pointers(raw) == [(code, pointer)]


def test_all_faults_are_told_at_once() -> None:
    raw = b'{"a": NaN, "b": [1e400, "\\u0000"], "a": 1}'
    said = [("invalid", "#/a"), ("out-of-range", "#/b/0"), ("invalid", "#/b/1")]
    assert pointers(raw) == [*said, ("given-twice", "#/a")]
    assert refusal(raw).detail.endswith("(and 3 more, in errors)")


def test_no_more_than_twenty_faults_are_told() -> None:
    assert len(refusal(b"[" + b"NaN," * 99 + b"0]").errors) == 20


def test_a_pointer_too_long_for_an_answer_becomes_that_of_what_lies_around() -> None:
    raw = b'{"a": {"%s": [NaN]}}' % (b"x" * 600)
    assert pointers(raw) == [("invalid", "#/a")]


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'"[":', b"[["])
def test_nesting_over_32_is_refused_with_its_place(opening: bytes) -> None:
    detail = refusal(b'["[{",\n' + opening * 40_000).detail
    assert detail.startswith("Line 2, column")


def test_nesting_of_32_is_read() -> None:
    assert depth(parse(b"[" * 32 + b"]" * 32)) == 32
    assert "Line 1, column 33" in refusal(b"[" * 33 + b"]" * 33).detail


def test_brackets_in_texts_and_beside_each_other_are_not_nesting() -> None:
    raw = json.dumps({'["': '[[\\"[' * 50, "list": [[{}]] * 50}).encode()
    assert depth(parse(raw)) == 4


def test_an_escape_that_only_looks_forbidden_is_read() -> None:
    assert parse(rb'["\\u0000", "\\ud800", "\ud83d\ude00"]') == ["\\u0000", "\\ud800", "😀"]


def test_a_byte_order_mark_is_passed_over() -> None:
    assert parse(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


@pytest.mark.parametrize("number", [MAX_INTEGER, -MAX_INTEGER, 0, 1e21, 1.5e300, 5e-324])
def test_numbers_at_the_bounds_are_kept(number: float) -> None:
    assert parse(json.dumps(number).encode()) == number


def test_lines_are_numbered_and_reading_goes_on_after_a_malformed_one() -> None:
    raw = b'{"a": 1}\r\n\n  \n{"a" 1}\n[NaN]\n3'
    read = dict(lines([raw]))
    assert list(read) == [1, 4, 5, 6]
    assert (read[1], read[6]) == ({"a": 1}, 3)
    assert "Line 4, column 6" in read[4].detail
    assert [(fault.pointer, fault.line) for fault in read[5].errors] == [("#/0", 5)]


@given(st.lists(texts | st.just("\n"), max_size=8), st.integers(1, 5))
def test_chunks_may_be_cut_anywhere(sent: list[str], size: int) -> None:
    raw = "\n".join(json.dumps(line) for line in sent).encode() + b"\n"
    chunks = [raw[start : start + size] for start in range(0, len(raw), size)]
    assert lines(chunks) == list(enumerate(sent, start=1))


@pytest.mark.parametrize("size", [7, 10_000])
def test_a_line_too_long_is_refused_and_the_next_is_read(size: int) -> None:
    raw = b'"' + b"x" * 100 + b'"\n1\n'
    chunks = [raw[start : start + size] for start in range(0, len(raw), size)]
    (first, problem), second = lines(chunks, longest=50)
    assert (first, second) == (1, (2, 1))
    assert (problem.errors[0].code, problem.errors[0].line) == ("too-long", 1)


def test_a_line_may_be_as_long_as_a_body() -> None:
    raw = b'"' + b"x" * (LONGEST_LINE - 2) + b'"'
    ((_, value),) = lines([raw[:9], raw[9:]])
    assert len(value) == LONGEST_LINE - 2
