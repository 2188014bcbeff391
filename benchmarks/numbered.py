"""
SpotDraft's rows by page number, all pages known ahead.

The adapter itself walks by when contracts were made, one page after the other, because
page numbers lose contracts that are deleted meanwhile.  This shows what the bridge does
for a vendor whose pages may be asked for at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from clm_bridge import hookimpl
from clm_bridge.adapter import Contract, Cursor, Page, Query, each, get
from clm_bridge_spotdraft import SpotDraft
from clm_bridge_spotdraft._paging import following


class Numbered(SpotDraft):
    """Pages by number."""

    async def list_contracts(
        self, query: Query, cursor: Cursor | None
    ) -> Page[Contract]:
        """Ask for a page; its total tells all that follow."""
        page = int(cursor or 1)
        answer = await get("contracts/", {"page": page, "limit": query.limit})
        listed = self._listed(answer)
        read = partial(self._contract, at=answer.sent_at)
        more: Sequence[Cursor] = following(page, listed, query.limit)
        return Page(each(listed.results, read), more if page == 1 else ())


@hookimpl
def clm_bridge_adapter() -> type[SpotDraft]:
    """Return the adapter."""
    return Numbered
