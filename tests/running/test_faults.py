"""What the application raises never reaches a client as it is."""

import pytest

from tests.running.client import Program


@pytest.mark.parametrize("path", ["/fail", "/fail_late", "/fail_before_body", "/inject"])
def test_a_fault_is_a_problem_and_a_line_of_the_log(server: Program, path: str) -> None:
    answer = server.get(path)
    assert (answer.status, answer.problem()["code"]) == (500, "internal")
    identifier = answer.fields["X-Request-Id"]
    assert "Traceback" in server.lines(event="fault", request_id=identifier)[0]["exception"]
    assert server.lines(event="request", request_id=identifier, status=500)


def test_a_fault_in_the_body_breaks_the_answer_off(server: Program) -> None:
    answer = server.get("/fail_in_body")
    assert answer.body == b"4\r\nhalf\r\n"
    assert server.lines(route="/fail_in_body", cut_short=True, bytes=4)


def test_a_problem_that_the_application_raises_is_answered(server: Program) -> None:
    answer = server.get("/refuse")
    assert (answer.status, answer.problem()["detail"]) == (404, "There is no such record")


def test_a_header_cannot_be_injected(server: Program) -> None:
    assert b"Set-Cookie" not in server.get("/inject").data
