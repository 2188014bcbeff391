"""What is to be written goes into JSON and comes back, also as people write it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from clm_bridge import (
    Contact,
    ContractChanges,
    ExternalLink,
    Field,
    FieldDefinition,
    FieldKind,
    InvalidInput,
    KeyDates,
    Money,
    NewContract,
    NewCounterparty,
    Period,
    Signatory,
    Source,
    Status,
    Term,
    TermKind,
    Upload,
    from_dict,
    to_dict,
)
from clm_bridge._field_values import Definitions
from clm_bridge._parsing import parse

DEAL = NewContract(
    name="Supply",
    number="CT-1",
    status=Status.NEGOTIATION,
    counterparty=NewCounterparty("Globex", contact=Contact("a@globex.example", "A")),
    external_link=ExternalLink("erp", "po", "PR-1", data={"rate": Decimal("1.10")}),
    key_dates=KeyDates(effective_on=date(2026, 1, 31)),
    term=Term(TermKind.FIXED, Period(years=1)),
    value=Money(Decimal("125000.50"), "EUR"),
    fields={"Department": "Legal", "Seats": 3, "Tags": ["a", "b"], "Old": None},
    signatories=[Signatory("s@globex.example", ours=False)],
    document=Upload("supply.pdf", b"%PDF-1.7\xff"),
    extra={"rate": Decimal("1.10")},
)

TYPED = {
    FieldKind.TEXT: "12 months",
    FieldKind.NUMBER: Decimal("12.50"),
    FieldKind.BOOLEAN: True,
    FieldKind.DATE: date(2026, 1, 31),
    FieldKind.INSTANT: datetime(2026, 1, 31, 9, tzinfo=UTC),
    FieldKind.MONEY: Money(Decimal("1250.00"), "EUR"),
    FieldKind.DURATION: Period(years=1, months=6),
    FieldKind.OPTION: "Legal",
    FieldKind.OPTIONS: ("Legal", "Sales"),
}


def through_json(record):
    return from_dict(json.loads(json.dumps(to_dict(record))), type(record))


def defined(kind, options=()):
    definition = FieldDefinition("f1", "Own", kind, Source("paper"), options)
    return Definitions([definition])


def test_a_new_contract_comes_back_the_same():
    """Nothing is lost on the way, not even the document's bytes."""
    assert through_json(DEAL) == DEAL


def test_changes_come_back_the_same():
    """What is to be emptied is kept too."""
    changes = ContractChanges(name="Supply", clear=["value"], extra={"a": [1]})

    assert through_json(changes) == changes


@pytest.mark.parametrize("kind", TYPED)
def test_a_field_is_read_as_the_workspace_defines_it(kind):
    """A date in JSON is text; the field's kind says that it is a date."""
    new = through_json(NewContract(fields={"Own": TYPED[kind]}))
    found = defined(kind).field("Own", new.fields["Own"], "fields['Own']")

    assert isinstance(found, Field)
    assert found.value == TYPED[kind]
    assert type(found.value) is type(TYPED[kind])


def test_empty_text_empties_a_field():
    """Nothing, as it is typed, is the field without a value."""
    new = from_dict({"fields": {"Own": ""}}, NewContract)
    found = defined(FieldKind.DATE).field("Own", new.fields["Own"], "")

    assert found.value is None


@pytest.mark.parametrize("kind", [FieldKind.DATE, FieldKind.MONEY, FieldKind.NUMBER])
def test_text_of_another_kind_is_refused_with_what_is_accepted(kind):
    """A typing mistake is a problem like any other."""
    new = from_dict({"fields": {"Own": "soon"}}, NewContract)
    [problem] = defined(kind).field("Own", new.fields["Own"], "fields['Own']")

    assert "cannot be 'soon'" in problem.why
    assert "such as" in problem.accepts


def test_a_date_in_python_stays_strict():
    """Only what came from JSON is read; text in a program is text."""
    [problem] = defined(FieldKind.DATE).field("Own", "2026-01-31", "")

    assert problem.accepts == "a date"


def test_numbers_may_be_numbers():
    """An amount that was parsed exactly keeps its digits."""
    told = parse(b'{"value": {"amount": 1.10, "currency": "EUR"}}')

    assert str(from_dict(told, NewContract).value.amount) == "1.10"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"nme": "x"}, "$ has no nme: it has name, counterparty"),
        ({"status": "drft"}, "status is none of draft, negotiation"),
        ({"value": {"amount": 1.5, "currency": "EUR"}}, "got a float"),
        ({"value": {"amount": "x", "currency": "EUR"}}, "value.amount is no number"),
        ({"key_dates": {"effective_on": "x"}}, "key_dates.effective_on is no date"),
        ({"counterparty": "Globex"}, "counterparty is no object"),
        ({"external_link": {"id": "1", "system": None}}, "record_type is missing"),
        ({"fields": []}, "fields is wrong: expected an object"),
        ({"name": 3}, "name is wrong: expected text"),
        ({"document": {"name": "a", "content": "ä"}}, "document"),
        ([], "$ is not a dictionary"),
    ],
)
def test_what_is_wrong_is_said_with_its_path(told, said):
    """Each fault is a problem: where, and what."""
    with pytest.raises(InvalidInput) as caught:
        from_dict(told, NewContract)

    assert said in str(caught.value.problems[0])


def test_a_preview_prints_exact_numbers():
    """A dry run shows the digits that would be sent."""
    from clm_bridge import Preview

    shown = str(Preview("POST", "https://x.example", json={"v": Decimal("1.10")}))

    assert '"v": 1.10' in shown
