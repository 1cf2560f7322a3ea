"""Texts that are too long for where they go."""


def cut(text: str, longest: int) -> str:
    """Return at most so many characters of a text; an ellipsis tells that there were more."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
