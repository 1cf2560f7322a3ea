"""Settings that no server could go by are refused at the start, by their names."""

import pytest

from service.settings import Settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("READ_LIMIT", value) for value in ("-1", "1000001", "many")],
        *[("WRITE_LIMIT", value) for value in ("-1", "1000001")],
        *[("FAILED_KEY_LIMIT", value) for value in ("-1", "1000001")],
        *[("PROXIES", value) for value in ("-1", "11")],
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"FACTCHECK_{name}", value)
    with pytest.raises(ValueError, match=name):
        Settings.from_environment()
