"""Values: DATES, MONEY and FIELDS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from attrs import fields_dict

from ..._currencies import CURRENCIES
from ..._errors import ClmError, PayloadError
from ..._models import Contract
from ..._values import KeyDates, Money, Period
from ..._vocabulary import FieldKind
from ._outcomes import demand, must, prove
from ._reading import as_it_is
from ._rewrites import Key, keys, present, walked
from ._subject import Subject
from ._traffic import Rewriting

OTHER_ZONE = "Pacific/Kiritimati"

KINDS: Mapping[FieldKind, tuple[type, ...]] = {
    FieldKind.TEXT: (str,),
    FieldKind.NUMBER: (int, Decimal),
    FieldKind.BOOLEAN: (bool,),
    FieldKind.DATE: (date,),
    FieldKind.INSTANT: (datetime,),
    FieldKind.MONEY: (Money,),
    FieldKind.DURATION: (Period,),
    FieldKind.OPTION: (str,),
    FieldKind.OPTIONS: (tuple,),
}


class Values:
    """Checks of what a contract's values are."""

    @must("MUST-DATES-1")
    def test_instants_are_in_utc(self, subject: Subject) -> str:
        told = [*_instants(subject.contracts)]
        prove(told, "no contract was read with an instant")
        odd = [at for at in told if at.utcoffset() != UTC.utcoffset(None)]
        demand(not odd, f"{len(odd)} are not, such as {odd[:1]}")
        return f"{len(told)} instants"

    @must("MUST-DATES-2")
    def test_days_have_no_time(self, subject: Subject) -> str:
        told = [*_days(subject.contracts)]
        prove(told, "no contract was read with a day")
        odd = [on for on in told if type(on) is not date]
        demand(not odd, f"{len(odd)} are {type(odd[0]).__name__ if odd else ''}")
        return f"{len(told)} days"

    @must("MUST-DATES-3")
    def test_dates_are_true(self, subject: Subject) -> str:
        return as_it_is(subject, "key_dates")

    @must("MUST-DATES-4")
    def test_instants_have_no_zone(self, subject: Subject) -> str:
        one = subject.one
        told = _at(one)
        prove(told, "no contract was read with an instant")
        with subject.open(timezone=OTHER_ZONE) as (clm, _):
            found = _at(clm.contracts.get(one.id))
        demand(found == told, f"in {OTHER_ZONE} they are {found}, and here {told}")
        return ", ".join(told)

    @must("MUST-DATES-5")
    def test_a_date_that_is_none(self, subject: Subject) -> str:
        return _garbled(subject, "key_dates", "2026-99-99", "key_dates")

    @must("MUST-DATES-6")
    def test_terms_are_true(self, subject: Subject) -> str:
        return as_it_is(subject, "term")

    @must("MUST-MONEY-1")
    def test_money_is_exact(self, subject: Subject) -> str:
        told = [one.value for one in subject.contracts if one.value is not None]
        prove(told, "no contract was read with a value")
        for one in told:
            demand(type(one.amount) is Decimal, f"{one.amount!r} is no Decimal")
            demand(one.currency in CURRENCIES, f"{one.currency!r} is no currency")
        return f"{len(told)} amounts"

    @must("MUST-MONEY-2")
    def test_money_is_true(self, subject: Subject) -> str:
        return as_it_is(subject, "value")

    @must("MUST-MONEY-3")
    def test_another_spelling(self, subject: Subject) -> str:
        one = next((c for c in subject.contracts if c.value), None)
        prove(one is not None, "no contract was read with a value")
        assert one is not None
        assert one.value is not None
        longer = Rewriting(lambda answer: walked(answer, _longer))
        with subject.meddled(longer) as clm:
            found = clm.contracts.get(one.id).value
        demand(found == one.value, f"{one.value} became {found}")
        return f"{one.value}"

    @must("MUST-MONEY-4")
    def test_an_amount_that_is_none(self, subject: Subject) -> str:
        return _garbled(subject, "value", "a lot", "value.amount")

    @must("MUST-FIELDS-1")
    def test_fields_are_under_their_ids(self, subject: Subject) -> str:
        told = [one for one in subject.contracts if one.fields]
        prove(told, "no contract was read with a field")
        for contract in told:
            odd = [key for key, one in contract.fields.items() if one.id != key]
            demand(not odd, f"{odd} are other fields")
        return f"{sum(len(one.fields) for one in told)} values"

    @must("MUST-FIELDS-2")
    def test_values_have_their_kinds(self, subject: Subject) -> str:
        told = [one for c in subject.contracts for one in c.fields.values()]
        prove(told, "no contract was read with a field")
        odd = {one.label for one in told if not _fits(one.kind, one.value)}
        demand(not odd, f"{sorted(odd)} have values of another kind")
        return ", ".join(sorted({one.kind.value for one in told}))

    @must("MUST-FIELDS-3")
    def test_fields_are_true(self, subject: Subject) -> str:
        return as_it_is(subject, "fields")

    @must("MUST-FIELDS-4")
    def test_fields_are_defined(self, subject: Subject) -> str:
        known = {one.id: one for one in subject.clm.fields.list()}
        told = {one.id: one for c in subject.contracts for one in c.fields.values()}
        prove(told, "no contract was read with a field")
        odd = sorted(one.label for own, one in told.items() if own not in known)
        demand(not odd, f"{odd} are not defined")
        for own, one in told.items():
            defined = known[own].label
            demand(one.label == defined, f"{one.label} is defined as {defined}")
        return f"{len(told)} of {len(known)}"

    @must("MUST-FIELDS-5")
    def test_definitions(self, subject: Subject) -> str:
        found = [*subject.clm.fields.list()]
        demand(all(one.label for one in found), "one has no label")
        demand(all(one.source for one in found), "one has no source")
        if subject.sandbox is not None:
            _demand_kinds(subject, found)
        return _unique(found)

    @must("MUST-FIELDS-6")
    def test_the_address_book(self, subject: Subject) -> str:
        found = [*subject.clm.counterparties.list()]
        demand(all(one.name for one in found), "one has no name")
        if subject.sandbox is not None:
            names = {deal.counterparty.name for deal in subject.deals.values()}
            lost = sorted(names - {one.name for one in found})
            demand(not lost, f"{len(lost)} are lost, such as {lost[:1]}")
            _demand_contacts(subject, found)
        return _unique(found)

    @must("MUST-FIELDS-7")
    def test_templates(self, subject: Subject) -> str:
        found = [*subject.clm.templates.list()]
        if subject.sandbox is not None:
            deals = subject.deals.values()
            names = {deal.template for deal in deals if deal.template}
            told = {one.name for one in found if one.name}
            demand(not told & names or told >= names, f"{names - told} are lost")
        return _unique(found)


def _demand_kinds(subject: Subject, found: list[Any]) -> None:
    """Demand that the portfolio's own fields are defined as what they are."""
    from ...sandbox import FIELDS

    lost = {loss.attribute for loss in subject.adapter.losses}
    for one in found:
        kind = FIELDS.get(one.label, one.kind)
        told = one.kind is kind or "fields.value" in lost
        demand(told, f"{one.label} is {one.kind.value}, and not {kind.value}")


def _demand_contacts(subject: Subject, found: list[Any]) -> None:
    """Demand each company's own contact, where the address book tells of any."""
    if not any(one.contacts for one in found):
        return
    wanted = {
        deal.counterparty.name: deal.counterparty.contact
        for deal in subject.deals.values()
    }
    for one in found:
        human = wanted.get(one.name)
        told = {(person.name, person.email) for person in one.contacts}
        demand(
            human is None or (human.name, human.email) in told,
            f"the contact of {one.name} is {told}",
        )


def _unique(found: list[Any]) -> str:
    prove(found, "there is none")
    own = [one.id for one in found]
    demand(all(isinstance(one, str) and one for one in own), "one has no id")
    demand(len(own) == len({*own}), "an id comes twice")
    return f"{len(own)} ids"


def _fits(kind: FieldKind, value: Any) -> bool:
    if value is None or kind not in KINDS:
        return True
    if isinstance(value, bool) and kind is not FieldKind.BOOLEAN:
        return False
    if isinstance(value, datetime) and kind is FieldKind.DATE:
        return False
    return isinstance(value, KINDS[kind])


def _instants(contracts: Iterable[Contract]) -> Iterator[datetime]:
    return (at for one in contracts for at in _at(one).values())


def _at(contract: Contract) -> dict[str, datetime]:
    return {name: at for name, at in _stated(contract) if name.endswith("_at")}


def _days(contracts: Iterable[Contract]) -> Iterator[date]:
    for one in contracts:
        yield from (on for name, on in _stated(one) if not name.endswith("_at"))


def _stated(contract: Contract) -> Iterator[tuple[str, Any]]:
    for name in fields_dict(KeyDates):
        value = getattr(contract.key_dates, name)
        if value is not None:
            yield name, value


def _longer(told: dict[str, Any]) -> dict[str, Any]:
    """Spell each exact number with a zero more."""
    return {key: _with_zero(value) for key, value in told.items()}


def _with_zero(value: Any) -> Any:
    if not isinstance(value, Decimal) or not value.is_finite():
        return value
    return Decimal(f"{value:f}0") if "." in f"{value:f}" else value


def _garbled(subject: Subject, attribute: str, garbage: str, path: str) -> str:
    """Put *garbage* where an attribute is read from; it must be said, or left out."""
    one = subject.one
    read = [key for key in _feeding(subject, path) if _has(one, key)]
    if not read and getattr(subject.settings().adapter.workspace, attribute):
        read = [key for key in _feeding(subject, "fields.value") if _has(one, key)]
    prove(read, f"no key that feeds {attribute} came with {one.id}")
    said = []
    for key in read:
        with subject.meddled(Rewriting(key.changed(_spoilt(garbage)))) as clm:
            try:
                found = clm.contracts.get(one.id)
            except PayloadError as error:
                demand(
                    any(key.name in told for told in error.problems),
                    f"{error} does not say that it is {key.path}",
                )
                said.append(key.name)
            except ClmError as error:
                raise AssertionError(f"{key.path}: {type(error).__name__}") from error
            else:
                demand(
                    garbage not in repr(getattr(found, attribute)),
                    f"{key.path}: {garbage} is in the contract",
                )
                demand(
                    getattr(found, attribute) != getattr(one, attribute)
                    or _twofold(subject, key, attribute),
                    f"{key.path} is said to feed {attribute}, and does not",
                )
                said.append(key.name)
    return ", ".join(dict.fromkeys(said))


def _spoilt(garbage: str) -> Any:
    """Return what spoils a text or a number, and leaves a flag or an object."""

    def spoil(value: Any) -> Any:
        plain = isinstance(value, str | int | Decimal) and not isinstance(value, bool)
        return garbage if plain else value

    return spoil


def _feeding(subject: Subject, attribute: str) -> list[Key]:
    return [
        key
        for key in keys(subject.adapter.reading)
        if key.to is not None and f"{key.to}.".startswith(f"{attribute}.")
    ]


def _has(contract: Contract, key: Key) -> bool:
    told = present(contract.source.raw, key.path)
    return any(value not in (None, "", []) for value in told)


def _twofold(subject: Subject, key: Key, attribute: str) -> bool:
    """Say whether the workspace's own fields, or another key, say the same."""
    others = [one for one in _feeding(subject, attribute) if one.to == key.to]
    workspace = subject.settings().adapter.workspace
    own = {"key_dates": workspace.key_dates, "value": workspace.value}
    return len(others) > 1 or bool(own.get(attribute))
