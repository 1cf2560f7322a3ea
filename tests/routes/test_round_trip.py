"""What goes out and into an empty server is the same there: an export, and a ClaimReview."""

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.interop.archive import AS_JSONLD, VERDICT
from tests.interop.claimreview.test_out_and_in import again, others, told
from tests.interop.drawn import NOTES, archives
from tests.kinds.smallest import Json
from tests.newsroom import Newsroom
from tests.routes.acts import put, revise
from tests.routes.bulk import counted, send
from tests.routes.conftest import Empty

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
SHOWN = WORDS.filter(lambda text: not text.isspace())
OWN = ("revision", "created_at", "updated_at", "recorded_by")
STATUSES = st.sampled_from(["draft", "published", "retracted", "withheld"])
WHY = {"note": "So it came", "reason": "legal"}


@st.composite
def records(draw: st.DrawFn) -> list[Json]:
    """Draw sources and claims, which refer to those before them and to each other."""
    found: list[Json] = []
    for number in range(draw(st.integers(0, 4))):
        source: Json = {
            "type": "source",
            "id": f"s{number}",
            "title": draw(SHOWN),
            "status": "published",
        }
        before = draw(st.lists(st.sampled_from(range(number)), unique=True)) if number else []
        authors = draw(st.lists(WORDS, max_size=2))
        found.append(source | {"derived_from": [f"s{n}" for n in before], "authors": authors})
    sources, claims = len(found), draw(st.integers(0, 4))
    for number in range(claims):
        claim: Json = {"type": "claim", "id": f"c{number}", "text": draw(SHOWN), **WHY}
        claim["status"] = draw(STATUSES) if number else "published"
        if sources:
            claim["attribution"] = [{"source_id": f"s{draw(st.integers(0, sources - 1))}"}]
        if number:
            claim["relations"] = [{"type": "repeats", "claim_id": "c0"}]
        internal = st.dictionaries(WORDS, WORDS | st.integers(-5, 5) | st.none(), max_size=2)
        claim["internal"] = draw(internal)
        claim["quantity"] = {"value": draw(st.floats(-1e9, 1e9))}
        found.append(claim)
    return draw(st.permutations(found))


def lines(http: Newsroom, query: str = "") -> list[Json]:
    """Export all, and return the lines as they are but for what the service sets."""
    answer = http.get(f"/v1/export{query}", key=http.admin)
    found = [orjson.loads(line) for line in answer.body.splitlines()[1:-1]]
    return [{name: one for name, one in line.items() if name not in OWN} for line in found]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records())
def test_an_export_brought_into_an_empty_server_is_the_same_there(
    http: Newsroom,
    empty: Empty,
    sent: list[Json],
) -> None:
    empty()
    assert counted(send(http, *sent)).get("created", 0) == len(sent)
    whole, before = http.get("/v1/export", key=http.admin).body, lines(http)
    history = http.get("/v1/export?history=true", key=http.admin).body
    empty()
    assert send(http, whole).status == 200
    by_id = sorted(lines(http), key=lambda line: (line["type"], line["id"]))
    assert by_id == sorted(before, key=lambda line: (line["type"], line["id"]))
    empty()
    assert send(http, history, query="?history=true", key=http.admin).status == 200
    again = http.get("/v1/export?history=true", key=http.admin).body
    assert again.splitlines()[1:-1] == history.splitlines()[1:-1]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(archives(), NOTES)
def test_a_review_brought_into_an_empty_server_goes_out_of_it_as_it_was(
    http: Newsroom, empty: Empty, kept: dict[str, Json], notes: list[str]
) -> None:
    empty()
    for path, sent in kept.items():
        put(http, path, sent)
    for number, note in enumerate(notes):
        image = f"https://desk.example/{number}"
        revise(http, VERDICT, image=image, note=note, reason="correction")
    first = http.get(AS_JSONLD).json()
    empty()
    codes, second = again(http, first)
    assert (codes, told(second)) == ([], told(first))
    assert others(second) == {**others(first), "desk.example": "v"}
