"""Reviews of all that ClaimReview can say, drawn by chance, in words that no system mends."""

from collections.abc import Mapping
from typing import Final

from hypothesis import strategies as st

from tests.kinds.smallest import Json

Members = st.SearchStrategy[Json]

ASCII: Final = "abcdefghijklmnopqrstuvwxyz"
LETTERS: Final = f"{ASCII}äöüéàçдждщλπφ漢字אבשתकथ0123456789"
WORD: Final = st.text(LETTERS, min_size=2, max_size=8)
NAME: Final = st.lists(WORD, min_size=1, max_size=3).map(" ".join).map(lambda text: f"The {text}")
TEXT: Final = st.lists(NAME, min_size=1, max_size=3).map("\n\n".join)
DATES: Final = (
    "2021",
    "2021-03",
    "2021-03-04",
    "2021-03-04T05:06:07Z",
    "2021-03-04T05:06:07+02:00",
)
DATE: Final = st.sampled_from(DATES)
LANGUAGE: Final = st.sampled_from(["en", "de", "pt-BR", "uk", "zh-Hant", "ar"])
PERIOD: Final = st.sampled_from(
    [
        {"from": "2021"},
        {"to": "2021-02"},
        {"from": "2021", "to": "2021"},
        {"from": "2020", "to": "2021"},
    ]
)
RATINGS: Final = ("true", "mostly_true", "mixed", "mostly_false", "false", "unproven")
SHA: Final = "0123456789abcdef" * 4


def url(site: str) -> st.SearchStrategy[str]:
    """Draw an address of a site: those of two sites are never the same."""
    return st.text(ASCII, min_size=1, max_size=5).map(lambda path: f"https://{site}.example/{path}")


def thing(required: Mapping[str, object], **optional: st.SearchStrategy[object]) -> Members:
    """Draw an object of some members that it has, and some that it may have."""
    has = {
        name: one if isinstance(one, st.SearchStrategy) else st.just(one)
        for name, one in required.items()
    }
    return st.fixed_dictionaries(has, optional=optional)


def names(most: int = 2) -> st.SearchStrategy[list[str]]:
    """Draw several names."""
    return st.lists(NAME, min_size=1, max_size=most, unique=True)


def spoken(**members: st.SearchStrategy[str]) -> st.SearchStrategy[list[Json]]:
    """Draw translations, one into each of some languages."""
    languages = st.lists(LANGUAGE, min_size=1, max_size=2, unique=True)
    return languages.flatmap(
        lambda found: st.tuples(*(thing({"language": one, **members}) for one in found)).map(list)
    )


def source(number: int) -> Members:
    """Draw a source, with an address or without one."""
    return thing(
        {"title": NAME},
        source_type=st.sampled_from(["article", "dataset", "document", "post"]),
        url=url(f"s{number}"),
        archived_url=url(f"archive-s{number}"),
        publisher=NAME,
        authors=names(),
        published_at=DATE,
        language=LANGUAGE,
        license=NAME | url("license"),
    )


def appearance(number: int, sources: int) -> Members:
    """Draw where a claim appeared: in a source, or at an address of its own."""
    own = thing(
        {"url": url(f"a{number}"), "title": NAME},
        archived_url=url(f"archive-a{number}"),
        publisher=NAME,
        published_at=DATE,
        quote=TEXT,
        platform=NAME,
        first=st.just(value=True),
    )
    if number >= sources:
        return own
    return own | thing({"source_id": f"s{number}"}, quote=TEXT, first=st.just(value=True))


def media(number: int) -> Members:
    """Draw a picture, a film, a recording or another file."""
    return thing(
        {"url": url(f"media{number}")},
        kind=st.sampled_from(["image", "video", "audio"]),
        sha256=st.just(SHA),
        archived_url=url(f"archive-media{number}"),
        description=TEXT,
    )


def claim(sources: int) -> Members:
    """Draw a claim that appeared in some sources."""
    claimant = thing(
        {"name": NAME},
        kind=st.sampled_from(["person", "organization", "government", "group", "anonymous"]),
        role=NAME,
        affiliation=NAME,
        same_as=st.lists(url("claimant"), min_size=1, max_size=2, unique=True),
    )
    return thing(
        {"text": TEXT, "language": LANGUAGE, "status": "published"},
        claimant=claimant,
        claimed_at=DATE,
        about=PERIOD,
        topics=names(),
        locations=names(),
        context=TEXT.map(lambda text: f"Said there: {text}"),
        media=st.tuples(*map(media, range(2))).map(list),
        appearances=st.tuples(*(appearance(one, sources) for one in range(3))).map(list),
        translations=spoken(text=TEXT),
    )


def verdict(sources: int) -> Members:
    """Draw a verdict on the claim, with sources as evidence and what cannot be shown."""
    described = thing({"described_as": NAME})
    desk = NAME.map(lambda name: f"{name} Desk")
    known = [thing({"source_id": f"s{one}"}) for one in range(sources)]
    reply = thing({"answer": TEXT}, answered_at=DATE)
    return thing(
        {"claim_id": "c", "scale_id": "truth", "status": "published"}
        | {"rating": st.sampled_from(RATINGS), "url": url("desk"), "published_at": DATE}
        | {"publisher": thing({"name": desk}, url=url("desk"), logo=url("desk"))},
        title=NAME,
        summary=TEXT,
        explanation=TEXT,
        evidence=st.tuples(*known, described).map(list),
        authors=names(),
        image=url("desk"),
        language=LANGUAGE,
        valid=PERIOD,
        review_by=DATE,
        right_of_reply=st.lists(reply, min_size=1, max_size=2),
        translations=spoken(title=NAME, summary=TEXT),
        external_ids=thing({"cms": NAME}, wire=NAME),
    )


@st.composite
def archives(draw: st.DrawFn) -> dict[str, Json]:
    """Draw a verdict with all around it, by the paths of the records, and notes that correct it."""
    sources = draw(st.integers(0, 2))
    found: dict[str, Json] = {
        f"/v1/sources/s{one}": draw(source(one)) | {"status": "published"} for one in range(sources)
    }
    return found | {"/v1/claims/c": draw(claim(sources)), "/v1/verdicts/v": draw(verdict(sources))}


NOTES: Final = st.lists(TEXT, max_size=3)
"""Notes of corrections, one after the other."""
