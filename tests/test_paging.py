"""Pages, and the order in which they are asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clm_bridge import Page, PayloadError, Ref
from clm_bridge._paging import Agenda, Repeats


def test_the_next_cursor_is_the_first_that_follows():
    """Iteration can be resumed after a page."""
    assert Page([], ["b", "c"]).next == "b"
    assert Page([]).next is None


def test_one_cursor_at_a_time():
    """A vendor that says next is asked page by page."""
    agenda = Agenda()

    assert agenda.take(8) == [None]
    assert agenda.take(8) == []
    agenda.arrived(Page([], ["b"]))
    assert agenda.take(8) == ["b"]
    agenda.arrived(Page([]))
    assert agenda.take(8) == []


def test_known_cursors_are_asked_for_ahead():
    """A vendor that tells a total is asked for several pages at once."""
    agenda = Agenda()
    agenda.take(2)
    agenda.arrived(Page([], ["2", "3", "4"]))

    assert agenda.take(2) == ["2", "3"]
    assert agenda.take(2) == []
    agenda.arrived(Page([], ["3", "4"]))
    assert agenda.take(2) == ["4"]


def test_the_last_page_may_lead_on():
    """More pages can appear while pages are walked."""
    agenda = Agenda()
    agenda.take(1)
    agenda.arrived(Page([], ["2"]))
    agenda.take(1)
    agenda.arrived(Page([], ["3"]))

    assert agenda.take(1) == ["3"]


def test_it_starts_where_it_is_told():
    """A listing is resumed from a cursor."""
    assert Agenda("5").take(1) == ["5"]


@pytest.mark.parametrize("again", ["5", "6"])
def test_a_cursor_that_comes_twice_is_an_error(again):
    """Paging in a circle would never end."""
    agenda = Agenda("5")
    agenda.take(1)
    agenda.arrived(Page([], ["6"]))
    agenda.take(1)

    with pytest.raises(PayloadError, match="leads back"):
        agenda.arrived(Page([], [again]))


@given(st.integers(1, 9), st.integers(1, 40), st.booleans())
def test_every_page_is_asked_for_once_and_in_order(window, pages, told):
    """Whether cursors are told ahead or one by one, and however many in flight."""
    agenda, asked, waiting = Agenda(), [], []
    waiting += agenda.take(window)
    while waiting:
        assert len(waiting) <= window
        here = waiting.pop(0) or "0"
        asked.append(int(here))
        rest = [str(one) for one in range(int(here) + 1, pages)]
        agenda.arrived(Page([], rest if told else rest[:1]))
        waiting += agenda.take(window)

    assert asked == list(range(pages))


def walked(*pages, memory=16):
    repeats = Repeats(memory)
    dropped = [repeats.dropped(Page([Ref(one) for one in page])) for page in pages]
    return [[one.id for one in page.items] for page in dropped]


def test_what_was_on_the_page_before_is_dropped():
    """A record that moved comes again on the next page."""
    assert walked("abc", "cde") == [["a", "b", "c"], ["d", "e"]]


def test_a_page_may_repeat_itself():
    """The same record twice on one page is once."""
    assert walked("aab") == [["a", "b"]]


def test_only_a_few_pages_are_remembered():
    """A walk of any length takes the memory of a few pages."""
    assert walked("a", "b", "a", memory=1) == [["a"], ["b"], ["a"]]
    assert walked("a", "b", "a", memory=2) == [["a"], ["b"], []]


def test_what_was_dropped_is_remembered_too():
    """A record that keeps moving ahead of the walk comes once."""
    assert walked("a", "a", "a", memory=1) == [["a"], [], []]


def test_the_cursors_stay():
    """Dropping records does not touch the way on."""
    assert Repeats().dropped(Page([Ref("a")], ["2"])).more == ["2"]
