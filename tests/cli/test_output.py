"""Tests for tables and text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from clm_bridge import Money, Period, Secret, Status, Term, TermKind
from clm_bridge.cli._harmless import harmless
from clm_bridge.cli._table import NARROWEST, fit
from clm_bridge.cli._text import shown
from clm_bridge.cli._toml import table

from .conftest import Run


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (7, "7"),
        (Status.ON_HOLD, "on_hold"),
        (Money(Decimal("98765432109876.54"), "INR"), "98,765,432,109,876.54 INR"),
        (Period(years=1, days=30), "1 year 30 days"),
        (Term(TermKind.AUTO_RENEW, Period(months=12)), "auto-renew, 12 months"),
        (date(2026, 1, 31), "2026-01-31"),
        (datetime(2026, 1, 31, 9, tzinfo=UTC), "2026-01-31 09:00:00Z"),
        (("a", "b"), "a, b"),
    ],
)
def test_spells_values(value: object, text: str) -> None:
    """Each kind of value has one spelling; what was not told is empty."""
    assert shown(value) == text


def test_what_a_terminal_obeys_is_taken_out() -> None:
    """Escapes, line breaks and changes of direction become spaces."""
    assert harmless("a\x1b[2Jb\nc\u202ed") == "a [2Jb c d"


def test_columns_that_may_shrink_do() -> None:
    """The widest of the columns that may shrink gives way, and no other."""
    assert fit([10, 60, 20], [False, True, True], 80) == [10, 46, 20]


def test_columns_without_room_are_left_out() -> None:
    """When nothing can shrink further, the last columns go."""
    assert fit([10, 60, 30], [False, True, False], 40) == [10, NARROWEST + 14]


def test_says_which_columns_were_left_out(cli: Run) -> None:
    """A narrow terminal gets the first columns, and stderr names the others."""
    result = cli("contracts", "list", "--sandbox=paper", "--limit=1", COLUMNS="60")

    assert "EXTERNAL ID" not in result.stdout
    assert "not shown for want of room:" in result.stderr
    assert "external id" in result.stderr


def test_nothing_found_is_said_on_stderr(cli: Run) -> None:
    """An empty table is nothing on stdout."""
    result = cli("contracts", "list", "--sandbox=paper", "--name=zzz")

    assert (result.stdout, result.stderr) == ("", "nothing found\n")


def test_spells_toml() -> None:
    """Tables of settings come out as a file may hold them."""
    told = {
        "vendor": "paper",
        "key": Secret("k"),
        "deep": {"a b": ("x",), "n": {"is": True}},
    }
    text = '[c.x]\nvendor = "paper"\nkey = "k"\n[c.x.deep]\n"a b" = ["x"]'

    assert table("c.x", told) == f"{text}\n[c.x.deep.n]\nis = true"
