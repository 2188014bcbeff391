"""Pages, and the order to fetch them in."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from attrs import evolve, field, frozen

from ._errors import PayloadError

T = TypeVar("T")
Cursor: TypeAlias = str


@frozen
class Page(Generic[T]):
    """
    One page of results.

    ``more`` holds the cursors known to follow, in order: none on the last page, one
    where the vendor says "next", all of them where it tells a total.  Iteration can
    be resumed with ``list(cursor=page.next)``.
    """

    items: Sequence[T]
    more: Sequence[Cursor] = field(default=())

    @more.validator
    def _cursors(self, attribute: object, more: Any) -> None:
        # A text alone would be taken for as many cursors as it has letters.
        if isinstance(more, str) or not all(isinstance(one, str) for one in more):
            raise TypeError(f"more is a sequence of texts, not {more!r}")

    @property
    def next(self) -> Cursor | None:
        """The cursor of the page after this one."""
        return self.more[0] if self.more else None


def check_page(answer: object) -> None:
    """Refuse what an adapter returned in the place of a page."""
    if not isinstance(answer, Page):
        told = type(answer).__name__
        raise TypeError(f"a listing's operation returns a Page, not {told}")


class Named(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """The vendor's id."""


N = TypeVar("N", bound=Named)


class Repeats:
    """
    Drops what was on a page shortly before.

    Records that move while pages are walked come again on a neighbouring page, so
    a few pages are remembered and not the whole walk.
    """

    def __init__(self, pages: int = 16) -> None:
        self._recent: deque[frozenset[str]] = deque(maxlen=pages)

    def dropped(self, page: Page[N]) -> Page[N]:
        """Return the page without repeats."""
        ids = frozenset(item.id for item in page.items)
        recent = [*self._recent]
        self._recent.append(ids)
        if len(ids) == len(page.items) and all(map(ids.isdisjoint, recent)):
            return page
        known = frozenset().union(*recent)
        fresh = {item.id: item for item in page.items if item.id not in known}
        return evolve(page, items=tuple(fresh.values()))


class Agenda:
    """Which cursors to fetch next.  Pure: the drivers do the fetching."""

    def __init__(self, start: Cursor | None = None) -> None:
        self._todo: deque[Cursor | None] = deque([start])
        self._seen: set[Cursor | None] = {start}
        self._in_flight = 0

    def take(self, window: int) -> list[Cursor | None]:
        """Return the cursors to ask for now, at most *window* in flight."""
        taken = []
        while self._todo and self._in_flight < window:
            taken.append(self._todo.popleft())
            self._in_flight += 1
        return taken

    def arrived(self, page: Page[T]) -> None:
        """Note the pages that follow; a cursor that comes twice is an error."""
        check_page(page)
        self._in_flight -= 1
        if self._todo or self._in_flight:
            return
        for cursor in page.more:
            if cursor in self._seen:
                raise PayloadError("the vendor's paging leads back to an earlier page")
            self._seen.add(cursor)
            self._todo.append(cursor)
