"""Rows to Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

NOTHING = "\N{EN DASH}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, or a sentence where there is nothing to show."""
    lines = [_line([_cell(one) for one in row]) for row in rows]
    if not lines:
        return "None."
    return "\n".join([_line(heads), _line(["---"] * len(heads)), *lines])


def code(text: object) -> str:
    """Return *text* as code, or nothing for nothing."""
    return f"`{text}`" if text not in (None, "") else ""


def first_sentence(docstring: str | None) -> str:
    """Return what a docstring says first, on one line."""
    paragraph = (docstring or "").strip().partition("\n\n")[0]
    return " ".join(paragraph.split())


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|") or NOTHING
