"""The colours of the pages: every pair that is read is told apart well enough (WCAG 2.2, 1.4)."""

import re
from pathlib import Path

import pytest

from service.site import assets

SHEET = assets.ASSETS["site.css"].body.decode()
SETS: dict[str, str] = dict(
    zip(("light", "dark"), re.findall(r":root \{([^}]*--paper[^}]*)\}", SHEET), strict=False)
)
TEXTS = [
    *(
        (text, ground)
        for text in ("ink", "soft", "link", "accent")
        for ground in ("paper", "sheet")
    ),
    *(("ink", ground) for ground in ("alarm", "notice", "came", "went")),
    *(("link", ground) for ground in ("alarm", "notice")),
    ("paper", "ink"),
]
EDGES = [("edge", "paper"), ("edge", "sheet"), ("link", "paper")]


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour."""
    whole = colour if len(colour) > 4 else "#" + "".join(2 * one for one in colour[1:])
    parts = [int(whole[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(scheme: str, one: str, other: str) -> float:
    """Return the contrast of two colours of a scheme."""
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]+);", SETS[scheme]))
    light, dark = sorted((luminance(colours[one]), luminance(colours[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_a_text_can_be_read_on_its_ground(scheme: str, text: str, ground: str) -> None:
    assert contrast(scheme, text, ground) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_an_edge_can_be_seen(scheme: str, edge: str, ground: str) -> None:
    assert contrast(scheme, edge, ground) >= 3


def test_colours_are_named_in_one_place() -> None:
    rules = re.sub(r":root \{[^}]*\}", "", SHEET).partition("@media print")[0]
    assert re.findall(r"#[0-9a-f]{3,8}\b", rules) == []


def test_the_sheet_asks_nobody_for_anything() -> None:
    assert "url(" not in SHEET
    assert "@import" not in SHEET


def test_every_class_of_the_sheet_is_used_by_a_template() -> None:
    folder = Path(assets.__file__).parent / "templates"
    used = " ".join(file.read_text() for file in folder.iterdir())
    named = set(
        re.findall(r"\.([a-z]+)\b(?![^{]*\})", re.sub(r"/\*.*?\*/|\{[^{}]*\}", "{}", SHEET))
    )
    dynamic = {"past", "corrected", "retracted", "draft", "updated", "superseded"}
    assert {name for name in named - dynamic if name not in used} == set()
