"""Metrics outside a server of ours are the process's own."""

from service.running import metrics


def test_a_process_alone_counts_for_itself() -> None:
    metrics.observe("GET", "/alone", 200, 0.001)
    name = "factcheck_http_request_duration_seconds_count"
    assert f'{name}{{method="GET",route="/alone",status="200"}} 1.0' in metrics.render().decode()
