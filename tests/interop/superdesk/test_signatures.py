"""Signatures of pushes."""

import pytest

from service.interop.superdesk.signatures import signed

# What the HMAC of RFC 2202, test case 2, has for SHA-1.
DATA, KEY = b"what do ya want for nothing?", "Jefe"
SIGNATURE = "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"


@pytest.mark.parametrize("secrets", [(KEY,), ("new", KEY), (KEY, "old")])
def test_any_secret_in_force_may_have_signed(secrets: tuple[str, ...]) -> None:
    assert signed(DATA, f" {SIGNATURE.upper()} ", secrets)


@pytest.mark.parametrize("signature", ["", "sha1=", SIGNATURE[5:], SIGNATURE[:-1] + "8", "sha1=é"])
def test_what_was_not_signed_so_is_refused(signature: str) -> None:
    assert not signed(DATA, signature, (KEY,))


def test_another_secret_and_other_bytes_give_another_signature() -> None:
    assert not signed(DATA, SIGNATURE, ("jefe",))
    assert not signed(DATA + b" ", SIGNATURE, (KEY,))
    assert not signed(DATA, SIGNATURE, ())
