"""All checks in one class, and what runs them where there is no pytest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ._configuring import Configurings
from ._declarations import Declarations
from ._errors import Errors
from ._filing import Filings
from ._listing import Listings
from ._moving import Movings
from ._musts import MUSTS
from ._outcomes import Broken, NotOffered, NotProven, Result
from ._payloads import Payloads
from ._reading import Readings
from ._receiving import Receivings
from ._subject import Subject
from ._values import Values
from ._writing import Writings


class Checks(
    Configurings,
    Declarations,
    Listings,
    Readings,
    Values,
    Payloads,
    Errors,
    Writings,
    Movings,
    Filings,
    Receivings,
):
    """Every check of the contract."""


def _found() -> Mapping[str, Any]:
    by_must = {
        one.must: one
        for room in Checks.__mro__
        for one in vars(room).values()
        if hasattr(one, "must")
    }
    return {own: by_must[own] for own in MUSTS}


CHECKS: Mapping[str, Any] = _found()
"""Each MUST's check, in the order of the documentation."""


def run(subject: Subject, ids: Iterable[str] = MUSTS) -> Iterator[Result]:
    """Run checks one by one, and yield what each came to."""
    checks = Checks()
    for own in ids:
        rule = MUSTS[own]
        try:
            CHECKS[own](checks, subject)
        except (NotOffered, NotProven, Broken) as error:
            yield Result(rule, error.clm_outcome, str(error))
        else:
            yield Result(rule, "proven", subject.evidence[own])
