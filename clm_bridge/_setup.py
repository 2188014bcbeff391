"""What a bridge is furnished with: the link index, the shared limits."""

from __future__ import annotations

import os

from ._config import Settings
from ._links import LinkIndex, MemoryLinks
from ._rates import RateStore
from ._sqlite_links import SqliteLinks


def store_or_setting(
    rates: RateStore | str | os.PathLike[str] | bool | None,
) -> tuple[RateStore | None, str | bool | None]:
    """Tell a rate store of the user's own from the path of a folder for one."""
    if isinstance(rates, bool | None):
        return None, rates
    if isinstance(rates, str | os.PathLike):
        return None, os.fspath(rates)
    return rates, None


def index_or_path(
    links: LinkIndex | str | os.PathLike[str] | None,
) -> tuple[LinkIndex | None, str | None]:
    """Tell an index of the user's own from the path of a file for one."""
    if isinstance(links, str | os.PathLike):
        return None, os.fspath(links)
    return links, None


def link_index(settings: Settings) -> LinkIndex:
    """Return the index in the configured file, or one in memory."""
    if settings.links is None:
        return MemoryLinks()
    return SqliteLinks(settings.links, settings.connection or settings.vendor)


def close_index(links: LinkIndex) -> None:
    """Close the file of an index that has one."""
    if isinstance(links, SqliteLinks):
        links.close()
