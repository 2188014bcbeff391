"""What a bridge is furnished with: the link index, the shared limits."""

from __future__ import annotations

import os

from ._config import Settings
from ._http import Shared
from ._limits import SlidingWindow
from ._links import LinkIndex, MemoryLinks
from ._sqlite_links import SqliteLinks


def share(settings: Settings) -> Shared:
    """Return what all copies of one bridge share."""
    window = SlidingWindow(settings.rate) if settings.rate is not None else None
    return Shared(settings, window)


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
