"""Portfolios of any seed, on any day."""

from __future__ import annotations

from datetime import date

from hypothesis import settings
from hypothesis import strategies as st

from clm_bridge.sandbox import Deal, portfolio


class Drawn(tuple[Deal, ...]):
    """A portfolio that is too long to be written into a report."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"the portfolio, which begins with {self[0].name!r}"


def _drawn(seed: int, today: date) -> Drawn:
    return Drawn(portfolio(seed, today))


ANY = st.builds(
    _drawn,
    seed=st.integers(),
    today=st.dates(min_value=date(2001, 1, 1), max_value=date(2090, 12, 31)),
)

anything = settings(max_examples=12, deadline=None)
