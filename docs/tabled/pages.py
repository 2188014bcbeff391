"""The pages, and what is on them."""

from __future__ import annotations

import re
from pathlib import Path

from attrs import frozen

DOCS = Path(__file__).parents[1]

_BLOCK = re.compile(
    r"(<!-- not run: [^\n]+ -->\n)?^```([^\n]*)\n(.*?)^```$", re.M | re.S
)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@frozen
class Block:
    """A fenced block; one that is left out has a comment before it that says why."""

    language: str
    text: str
    left_out: bool


def pages() -> list[Path]:
    """Return the README and every page of the docs."""
    found = [path for path in DOCS.rglob("*.md") if "_build" not in path.parts]
    return [DOCS.parent / "README.md", *sorted(found)]


def blocks(page: Path) -> list[Block]:
    """Return a page's fenced blocks."""
    found = _BLOCK.findall(page.read_text(encoding="utf-8"))
    return [Block(shown.strip(), text, bool(told)) for told, shown, text in found]


def runnable(page: Path, language: str) -> list[str]:
    """Return the text of a page's blocks in one language, save what is left out."""
    found = (one for one in blocks(page) if one.language == language)
    return [one.text for one in found if not one.left_out]


def links(page: Path) -> list[str]:
    """Return where a page's links lead."""
    return _LINK.findall(_prose(page))


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub and MyST spell them."""
    heads = re.findall(r"^#+ (.+)$", _prose(page), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def _prose(page: Path) -> str:
    return _BLOCK.sub("", page.read_text(encoding="utf-8"))
