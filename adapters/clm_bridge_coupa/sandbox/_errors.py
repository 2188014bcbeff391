"""How a call is refused: a status, and sentences about a model."""

from __future__ import annotations

NOTHING_FOUND = "No results match your search criteria."


class Refusal(Exception):
    """A call that the sandbox answers with an error document."""

    def __init__(self, *sentences: str, status: int = 400, model: str = "base") -> None:
        super().__init__(*sentences)
        self.sentences = sentences
        self.status = status
        self.model = model


def not_found() -> Refusal:
    """Return the answer for what is not there."""
    return Refusal(NOTHING_FOUND, status=404)


def human(attribute: str) -> str:
    """Return an attribute's name as a sentence begins with it."""
    return attribute.replace("-", " ").capitalize()
