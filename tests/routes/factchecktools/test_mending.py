"""A change of what is public is refused with a line of curl: here that line is run."""

import json
import subprocess

import pytest

from service.interop.factchecktools.pages import name_of, term_of
from tests.docs.service import curl
from tests.newsroom import Newsroom
from tests.routes.acts import WHY, delete, restore, revise
from tests.routes.conftest import Variant
from tests.routes.factchecktools.archive import publish
from tests.routes.factchecktools.client import Google, Json
from tests.routes.factchecktools.test_pages import changed

VERDICT = "/v1/verdicts/Kyiv"
NAME = name_of(term_of("https://desk.example/Kyiv"))
LABEL = "It's nonsense"


@pytest.fixture(autouse=True)
def verdict(http: Newsroom) -> None:
    """Publish a claim and a verdict on it."""
    publish(http, "Kyiv")


def offered(google: Google, method: str = "update") -> str:
    """Return the line that is offered where the page gets another label, or is deleted."""
    page = google("pages", "get", name=NAME)
    rating = page["claimReviewMarkups"][0]["rating"] | {"textualRating": LABEL}
    sent = {"body": changed(page, 0, rating=rating)} if method == "update" else {}
    status, error = google.refused("pages", method, name=NAME, **sent)
    assert (status, error["status"]) == (400, "FAILED_PRECONDITION")
    return error["message"].partition("say why: ")[2]


def run(line: str, key: str) -> Json:
    """Paste a line into a shell, and return the record that it answers, if any."""
    assert line.startswith("curl ")
    command = ["bash", "-c", line.replace("curl", f"{curl()} -sS --fail-with-body", 1)]
    done = subprocess.run(command, env={"KEY": key}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout or "{}")


@pytest.mark.parametrize("status", ["published", "retracted", "withheld"])
def test_the_line_changes_a_record_that_stays_what_it_was(
    google: Google, http: Newsroom, status: str
) -> None:
    _ = revise(http, VERDICT, status=status, **WHY)
    after = run(offered(google), http.editor)
    assert (after["status"], after["original_rating"]["label"]) == (status, LABEL)
    assert http.get(VERDICT).status == (451 if status == "withheld" else 200)


@pytest.mark.parametrize("status", ["published", "retracted", "withheld"])
def test_the_line_publishes_a_draft_only_over_what_is_published(
    google: Google, http: Newsroom, status: str
) -> None:
    _ = revise(http, VERDICT, status=status, **WHY)
    _ = revise(http, VERDICT, status="draft", title="Hardly any rain")
    after = run(offered(google), http.editor)
    assert after["status"] == ("published" if status == "published" else "draft")
    assert (after["title"], after["original_rating"]["label"]) == ("Hardly any rain", LABEL)
    assert http.get(VERDICT).status == (451 if status == "withheld" else 200)


def test_the_line_leaves_what_was_deleted_unpublished(google: Google, http: Newsroom) -> None:
    delete(http, VERDICT)
    _ = restore(http, VERDICT, 1, status="draft")
    assert run(offered(google), http.editor)["status"] == "draft"
    assert http.get(VERDICT).status == 410


@pytest.mark.parametrize("status", ["published", "retracted", "withheld"])
def test_the_line_deletes_a_record_as_a_correction(
    google: Google, http: Newsroom, status: str
) -> None:
    _ = revise(http, VERDICT, status=status, **WHY)
    assert run(offered(google, "delete"), http.editor) == {}
    history = http.get(f"{VERDICT}/revisions", key=http.desk).json()["items"]
    assert (history[-1]["status"], history[-1]["reason"]) == ("deleted", "correction")


def test_the_line_goes_to_where_the_world_finds_the_service(
    http: Newsroom, variant: Variant
) -> None:
    public = variant(public_url="https://checks.example")
    answer = public.delete(f"/v1alpha1/{NAME}", key=http.desk)
    line = answer.json()["error"]["message"]
    assert f" -X DELETE 'https://checks.example{VERDICT}?note=" in line
