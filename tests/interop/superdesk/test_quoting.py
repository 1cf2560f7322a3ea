"""Which claims an item quotes."""

from typing import Any

import orjson
import pytest

from service.interop.ninjs.items import read_item
from service.interop.superdesk.quoting import Quotation, quotations
from service.kinds import BY_NAME
from service.records import writing
from service.records.people import Caller
from service.records.place import Place
from service.records.proposals import Change, propose
from service.storage.database import Database

DESK = Caller("desk", frozenset({"write"}))
TROOPS = "More than 148,000 Russian troops are at Ukraine's border"


def claim(database: Database, name: str, **sent: Any) -> None:  # noqa: ANN401 -- JSON
    """Write a claim."""
    place = Place(BY_NAME["claim"], name)
    _ = writing.create(database, propose(place, sent, Change(), DESK))


def quoted(database: Database, text: str, **members: object) -> list[Quotation]:
    """Return what an item of this text quotes."""
    sent = dict[str, Any](guid="urn:x", body_text=text, **members)
    return quotations(database, read_item(sent, orjson.dumps(sent)))


@pytest.mark.parametrize(
    "text",
    [
        f"Kyiv spoke. {TROOPS}, it said, and added much more about other things. The end is near.",
        "Kyiv said: “more than 148,000 Russian troops are at\u00a0Ukraine's BORDER”.",
        "He says that more than 148 000 soldiers are there. Nobody has seen them there as yet.",
        "Понад 148 000 російських військових на кордоні України, сказали в Києві.",
    ],
    ids=["text", "folded", "quote", "translation"],
)
def test_a_wording_of_the_claim_is_a_quotation(database: Database, text: str) -> None:
    quote = {"quote": "More than 148 000 soldiers are there"}
    appearances = [{"title": "Elsewhere"}, quote]
    translations = [{"language": "uk", "text": "Понад 148 000 російських військових на кордоні"}]
    claim(database, "troops", text=TROOPS, appearances=appearances, translations=translations)
    assert [(one.claim, one.how) for one in quoted(database, text)] == [("troops", "verbatim")]


def test_a_wording_over_two_sentences_is_a_quotation(database: Database) -> None:
    claim(database, "two", text="We never had such weapons. We never wanted such weapons.")
    found = quoted(database, "She said: We never had such weapons. We never wanted such weapons!")
    assert [(one.claim, one.how) for one in found] == [("two", "verbatim")]


def test_nearly_the_same_words_are_a_quotation(database: Database) -> None:
    claim(database, "troops", text=TROOPS)
    [found] = quoted(database, "At Ukraine's border are more than 148,000 Russian troops.")
    assert (found.how, found.score > 0.8) == ("nearly", True)


@pytest.mark.parametrize(
    "text",
    [
        "More than 148,000 Russian troops were counted by nobody at all on that day.",
        "Russian troops are at the border of another country, the neighbour's government said.",
        "Nothing of the kind was said.",
        "",
    ],
)
def test_what_only_touches_a_claim_is_no_quotation(database: Database, text: str) -> None:
    claim(database, "troops", text=TROOPS)
    assert quoted(database, text) == []


def test_a_number_inside_another_is_no_quotation(database: Database) -> None:
    claim(database, "dead", text="5 million people died")
    assert quoted(database, "In those years 15 million people died of hunger and cold.") == []


def test_a_claim_of_a_word_or_two_is_never_quoted_by_chance(database: Database) -> None:
    claim(database, "short", text="Russia attacked")
    assert quoted(database, "In the morning Russia attacked from three sides at once.") == []


def test_scripts_without_spaces_are_compared_letter_by_letter(database: Database) -> None:
    claim(database, "han", text="俄罗斯军队正在返回基地", language="zh")
    text = "国防部周二表示，俄罗斯军队正在返回基地。"  # noqa: RUF001 -- as it is written
    assert [one.how for one in quoted(database, text, language="zh")] == ["verbatim"]


def test_of_several_sentences_the_likest_is_told(database: Database) -> None:
    claim(database, "troops", text=TROOPS)
    text = f"Troops are at the border, says Kyiv. {TROOPS}. Russian troops, that is."
    assert [one.sentence for one in quoted(database, text)] == [f"{TROOPS}."]
