"""
Order and pages: at most fifty records, no total, no link to the next.

https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/get-started-with-the-api/querying-options
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ._errors import Refusal
from ._schema import Kind, Model, Record, hyphened

PAGE = 50
_COUNT = re.compile("[0-9]{1,12}")


def ordered(
    model: Model, records: Sequence[Record], args: Mapping[str, str]
) -> list[Record]:
    """Sort by ``order_by`` and ``dir``; records that tie go by ascending id."""
    name = hyphened(args.get("order_by", "id"))
    if not isinstance(model.attributes.get(name), Kind):
        raise Refusal(f"Invalid order_by: {name}.", model=model.name)
    direction = args.get("dir", "asc").lower()
    if direction not in ("asc", "desc"):
        raise Refusal(f"Invalid dir: {direction}.", model=model.name)
    by_id = sorted(records, key=lambda record: record["id"])
    return sorted(by_id, key=lambda r: _rank(r.get(name)), reverse=direction == "desc")


def page(
    records: Sequence[Record], args: Mapping[str, str], *, clamp: bool
) -> list[Record]:
    """Cut one page out; ``offset`` counts records, from 0."""
    limit = _count(args, "limit", PAGE, least=1)
    if limit > PAGE and not clamp:
        raise Refusal(f"Invalid limit: the maximum is {PAGE}.")
    offset = _count(args, "offset", 0, least=0)
    return list(records[offset : offset + min(limit, PAGE)])


def _count(args: Mapping[str, str], name: str, default: int, *, least: int) -> int:
    text = args.get(name, str(default))
    if not _COUNT.fullmatch(text) or int(text) < least:
        raise Refusal(f"Invalid {name}: {text}.")
    return int(text)


def _rank(value: Any) -> tuple[bool, Any]:
    """Put null first, and text without regard to case."""
    if value is None:
        return (False, 0)
    return (True, value.casefold() if isinstance(value, str) else value)
