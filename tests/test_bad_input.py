"""Bad input for each write, at every vendor: one clear error, and nothing changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from clm_bridge import (
    ClmError,
    ContractChanges,
    DocumentKind,
    ExternalLink,
    InvalidInput,
    KeyDates,
    Money,
    NewCounterparty,
    Unsupported,
    Upload,
)

from .procurement import VENDORS, opened, record

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module", params=VENDORS)
def vendor(request):
    """Each vendor in turn."""
    return request.param


@pytest.fixture(scope="module")
def clm(vendor):
    """A bridge to a world in which nothing may change."""
    with opened("threads", vendor, True) as bridge:
        yield bridge


@pytest.fixture(scope="module")
def new(clm):
    """A record with which nothing is wrong."""
    return record(clm)


@pytest.fixture
def unchanged(clm):
    """Look that the vendor holds what it held, word for word."""
    before = held(clm)
    yield
    assert held(clm) == before


def held(clm):
    """Every contract by name, the draft that is written to, and the companies."""
    names = sorted(one.name for one in clm.contracts.list(detail="summary"))
    draft = clm.contracts.get(clm.contracts.list(status="draft").first().id)
    return names, draft, len(list(clm.counterparties.list()))


def template_of_nobody(new):
    """An id of the vendor's own form that no template, or else no type, has."""
    known = new.template or new.type
    return "999999" if known.isdecimal() else "00000000-0000-4000-8000-000000000000"


BAD = {
    "a wrong type": lambda new: evolve(new, name=7),
    "a wrong type within": lambda new: evolve(
        new, key_dates=KeyDates(effective_on="2026-01-01")
    ),
    "no counterparty": lambda new: evolve(new, counterparty=None),
    "an unknown template or type": lambda new: evolve(
        new, **{"template" if new.template else "type": template_of_nobody(new)}
    ),
    "an unknown counterparty": lambda new: evolve(
        new, counterparty=NewCounterparty(id="999999")
    ),
    "an unknown field": lambda new: evolve(new, fields={"Nix": "1"}),
    "a wrong option or kind": lambda new: evolve(new, fields={"Department": 7}),
    "no currency": lambda new: evolve(new, value=Money(Decimal(1), "EURO")),
    "a float": lambda new: evolve(new, value=Money(1.5, "EUR")),
    "an end before the start": lambda new: evolve(
        new,
        key_dates=KeyDates(effective_on=date(2027, 1, 1), expires_on=date(2026, 1, 1)),
    ),
    "a file that is too large": lambda new: evolve(
        new, document=Upload("a.pdf", b"%PDF" + b"x" * 100_000_000)
    ),
    "an empty file": lambda new: evolve(new, document=Upload("a.pdf", b"")),
    "an empty own id": lambda new: evolve(
        new, external_link=ExternalLink("salesforce", "Opportunity", " ")
    ),
}


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.usefixtures("unchanged")
def test_what_cannot_be_created_is_refused(clm, new, bad):
    """In one line that is the library's own error."""
    with pytest.raises(ClmError) as caught:
        clm.contracts.create(BAD[bad](new))
    told = str(caught.value)
    assert "\n" not in told
    assert len(told) > 40
    assert not caught.value.in_doubt


@pytest.fixture(scope="module")
def there(clm):
    """The id of a draft that is there."""
    return clm.contracts.list(status="draft").first().id


CHANGES = {
    "nothing": ContractChanges(),
    "a wrong type": ContractChanges(name=7),
    "an unknown field": ContractChanges(fields={"Nix": "1"}),
    "a wrong kind": ContractChanges(fields={"Department": 7}),
    "no currency": ContractChanges(value=Money(Decimal(1), "EURO")),
    "an end before the start": ContractChanges(
        key_dates=KeyDates(effective_on=date(2027, 1, 1), expires_on=date(2026, 1, 1))
    ),
    "an unknown path to empty": ContractChanges(clear=["wings"]),
}


@pytest.mark.parametrize("bad", CHANGES)
@pytest.mark.usefixtures("unchanged")
def test_what_cannot_be_changed_is_refused(clm, there, bad):
    """Before anything is sent that writes."""
    with pytest.raises(InvalidInput):
        clm.contracts.update(there, CHANGES[bad])


@pytest.mark.parametrize("values", [{"Nix": 1}, {"Department": 7}, {}])
@pytest.mark.usefixtures("unchanged")
def test_fields_that_cannot_be_set_are_refused(clm, there, values):
    """By the workspace's own definitions."""
    with pytest.raises(InvalidInput):
        clm.fields.set(there, values)


@pytest.mark.parametrize(
    "file", [Upload("a.pdf", b""), Upload("a.pdf", b"x" * 100_000_001)]
)
@pytest.mark.parametrize("kind", DocumentKind)
@pytest.mark.usefixtures("unchanged")
def test_files_that_cannot_be_sent_are_refused(clm, there, file, kind):
    """Whatever they are for."""
    with pytest.raises((InvalidInput, Unsupported)):
        clm.documents.upload(there, file, kind=kind)


@pytest.mark.usefixtures("unchanged")
def test_other_writes_refuse_what_is_empty(clm, there):
    """A link without an id, a comment without a word, a company without a name."""
    with pytest.raises(InvalidInput):
        clm.contracts.link(there, ExternalLink(None, None, ""))
    with pytest.raises((InvalidInput, Unsupported)):
        clm.contracts.comment(there, " ")
    with pytest.raises(InvalidInput):
        clm.counterparties.create(NewCounterparty(" "))


@pytest.mark.usefixtures("unchanged")
def test_a_contract_that_is_not_there_is_not_found(clm, new):
    """By each call that names one; a vendor may say that the id is none."""
    own = template_of_nobody(new)
    for write in (
        lambda: clm.contracts.update(own, ContractChanges(fields={"Department": None})),
        lambda: clm.contracts.link(own, ExternalLink("salesforce", "Deal", "x")),
        lambda: clm.contracts.cancel(own, note="x"),
        lambda: clm.documents.upload(own, Upload("a.pdf", b"%PDF-1.7")),
    ):
        with pytest.raises(ClmError) as caught:
            write()
        assert caught.value.status == 404
