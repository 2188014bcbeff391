"""Where what is said goes, and what the workspace's fields take."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clm_bridge import (
    ContractChanges,
    Field,
    FieldKind,
    KeyDates,
    Money,
    NewContract,
    Period,
    Term,
    TermKind,
)
from clm_bridge._field_values import Definitions, from_text, kind_of
from clm_bridge._placing import covered, whole, written
from clm_bridge._problems import Problem
from clm_bridge._workspace import FieldReading, Pointer
from clm_bridge.adapter import FieldDefinition, Source, Workspace

SOURCE = Source("paper")


def defined(own, kind, *options, label=None):
    return FieldDefinition(own, label or own.title(), kind, SOURCE, options)


KNOWN = Definitions(
    [
        defined("start", FieldKind.DATE),
        defined("end", FieldKind.DATE),
        defined("months", FieldKind.NUMBER),
        defined("notice", FieldKind.DURATION),
        defined("amount", FieldKind.NUMBER),
        defined("currency", FieldKind.OPTION, "EUR", "USD"),
        defined("worth", FieldKind.MONEY),
        defined("renewal", FieldKind.OPTION, "Tacit", "None"),
        defined("open", FieldKind.BOOLEAN),
        defined("kinds", FieldKind.OPTION, "A", "B", "C"),
    ]
)


@pytest.mark.parametrize(
    ("path", "places", "held"),
    [
        ("name", {"name"}, True),
        ("counterparty.contact.email", {"counterparty"}, True),
        ("counterparty.name", {"counterparty.id"}, False),
        ("key_dates.expires_on", {"key_dates.expires_on"}, True),
        ("key_dates", {"key_dates.expires_on"}, False),
    ],
)
def test_a_place_covers_what_is_below_it(path, places, held):
    """And nothing beside it."""
    assert covered(path, frozenset(places)) is held


@pytest.mark.parametrize(
    ("period", "unit", "count"),
    [
        (Period(months=18), "months", 18),
        (Period(years=1, months=6), "months", 18),
        (Period(years=2), "years", 2),
        (Period(months=24), "years", 2),
        (Period(months=18), "years", None),
        (Period(days=30), "months", None),
        (Period(days=30), "days", 30),
        (Period(months=1), "days", None),
    ],
)
def test_a_period_is_counted_exactly_or_not_at_all(period, unit, count):
    """Thirty days are not a month."""
    assert whole(period, unit) == count


def said(workspace, told, definitions=KNOWN):
    fields, problems = written(workspace, told, definitions)
    return {one.id: one.value for one in fields}, [str(one) for one in problems]


def test_dates_go_to_the_fields_that_are_read():
    """One field each."""
    pointers = {"effective_on": Pointer("start"), "expires_on": Pointer("end")}
    dates = KeyDates(effective_on=date(2026, 1, 1), expires_on=date(2026, 12, 31))
    found, _ = said(Workspace(key_dates=pointers), NewContract(key_dates=dates))

    assert found == {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}


def test_a_length_goes_in_the_unit_of_its_field():
    """A field that counts months gets months."""
    pointers = {"length": Pointer("months", "months"), "notice": Pointer("notice")}
    term = Term(length=Period(years=2), notice=Period(days=30))
    found, _ = said(Workspace(term=pointers), NewContract(term=term))

    assert found == {"months": 24, "notice": Period(days=30)}


def test_a_length_that_its_field_cannot_count_is_a_problem():
    """It is not rounded."""
    pointers = {"length": Pointer("months", "months")}
    term = Term(length=Period(days=45))
    _, problems = said(Workspace(term=pointers), NewContract(term=term))

    assert problems == ["term.length 45 days is not in whole months (accepts months)"]


def test_an_amount_goes_with_its_currency():
    """Into two fields, or into one that holds both."""
    new = NewContract(value=Money(Decimal("10.50"), "EUR"))
    two = {"amount": Pointer("amount"), "currency": Pointer("currency")}

    assert said(Workspace(value=two), new)[0] == {
        "amount": Decimal("10.50"),
        "currency": "EUR",
    }
    assert said(Workspace(value={"amount": Pointer("worth")}), new)[0] == {
        "worth": new.value
    }


@pytest.mark.parametrize(
    ("kind", "renewal", "is_open"),
    [
        (TermKind.FIXED, "None", False),
        (TermKind.AUTO_RENEW, "Tacit", False),
        (TermKind.PERPETUAL, "None", True),
    ],
)
def test_a_kind_of_term_is_said_by_its_fields(kind, renewal, is_open):
    """The other of two options says no."""
    pointers = {
        "auto_renews": Pointer("renewal", equals="Tacit"),
        "perpetual": Pointer("open"),
    }
    new = NewContract(term=Term(kind=kind))

    assert said(Workspace(term=pointers), new)[0] == {
        "renewal": renewal,
        "open": is_open,
    }


def test_which_of_several_options_says_no_must_be_told():
    """Or it is a problem that says how."""
    new = NewContract(term=Term(kind=TermKind.FIXED))
    unknown = {"auto_renews": Pointer("kinds", equals="A")}
    told = {"auto_renews": Pointer("kinds", equals="A", otherwise="C")}

    assert 'accepts not = "<option>"' in said(Workspace(term=unknown), new)[1][0]
    assert said(Workspace(term=told), new)[0] == {"kinds": "C"}


def test_an_option_to_renew_has_no_field():
    """Two fields that say yes or no cannot tell it."""
    pointers = {"auto_renews": Pointer("renewal", equals="Tacit")}
    new = NewContract(term=Term(kind=TermKind.OPTION))

    assert said(Workspace(term=pointers), new)[1] == [
        "term.kind is an option (accepts fixed, auto_renew or perpetual)"
    ]


def test_a_field_that_is_mapped_and_not_there_is_a_problem():
    """At the path that was said."""
    pointers = {"expires_on": Pointer("gone")}
    new = NewContract(key_dates=KeyDates(expires_on=date(2026, 1, 1)))

    [told] = said(Workspace(key_dates=pointers), new)[1]
    assert told.startswith("key_dates.expires_on 'gone' is no field of this workspace")


PERIODS = st.builds(Period, months=st.integers(0, 600)) | st.builds(
    Period, days=st.integers(0, 3650)
)


@given(
    dates=st.builds(KeyDates, effective_on=st.dates(), expires_on=st.dates()),
    length=st.integers(0, 600).map(lambda count: Period(months=count)),
    notice=PERIODS,
    amount=st.decimals(allow_nan=False, allow_infinity=False, places=2),
    kind=st.sampled_from([TermKind.FIXED, TermKind.AUTO_RENEW, TermKind.PERPETUAL]),
)
def test_what_is_written_is_what_is_read(dates, length, notice, amount, kind):
    """`FieldReading` gives back what `written` put there."""
    workspace = Workspace(
        key_dates={"effective_on": Pointer("start"), "expires_on": Pointer("end")},
        term={
            "length": Pointer("months", "months"),
            "notice": Pointer("notice"),
            "auto_renews": Pointer("renewal", equals="Tacit"),
            "perpetual": Pointer("open"),
        },
        value={"amount": Pointer("worth")},
    )
    value = Money(amount, "EUR")
    term = Term(kind=kind, length=length, notice=notice)
    fields, problems = written(
        workspace, NewContract(key_dates=dates, term=term, value=value), KNOWN
    )
    read = FieldReading(workspace, {one.id: one for one in fields})

    assert problems == []
    assert read.key_dates(KeyDates()) == dates
    assert read.term() == term
    assert read.value() == value


WRONG = {
    FieldKind.TEXT: 7,
    FieldKind.NUMBER: 1.5,
    FieldKind.BOOLEAN: "yes",
    FieldKind.DATE: datetime(2026, 1, 1, tzinfo=UTC),
    FieldKind.INSTANT: datetime(2026, 1, 1),  # noqa: DTZ001  # it is wrong
    FieldKind.MONEY: Decimal(1),
    FieldKind.DURATION: 12,
    FieldKind.OPTION: ["a"],
    FieldKind.OPTIONS: "a",
    FieldKind.OTHER: 0.1,
}


@pytest.mark.parametrize("kind", FieldKind)
def test_a_value_of_another_kind_is_a_problem(kind):
    """It says what would do."""
    [found] = Definitions([defined("f", kind)]).field("f", WRONG[kind], "fields['f']")

    assert isinstance(found, Problem)
    assert (found.path, bool(found.accepts)) == ("fields['f']", True)


RIGHT = {
    FieldKind.TEXT: "a",
    FieldKind.NUMBER: Decimal("1.5"),
    FieldKind.BOOLEAN: False,
    FieldKind.DATE: date(2026, 1, 1),
    FieldKind.INSTANT: datetime(2026, 1, 1, tzinfo=UTC),
    FieldKind.MONEY: Money(Decimal(1), "EUR"),
    FieldKind.DURATION: Period(months=12),
    FieldKind.OPTION: "a",
    FieldKind.OPTIONS: ("a", "b"),
}


@pytest.mark.parametrize("kind", RIGHT)
def test_a_value_of_its_kind_is_taken(kind):
    """By id and by label; where the definition has no kind, the value has."""
    value = RIGHT[kind]
    known = Definitions([defined("f", kind, label="Field")])
    free = Definitions([defined("f", FieldKind.OTHER)])
    unlike = {FieldKind.OPTION: FieldKind.TEXT}

    assert known.field("field", value, "p") == Field("f", "Field", kind, value)
    assert free.field("f", value, "p").kind is unlike.get(kind, kind)
    assert kind_of(value) is unlike.get(kind, kind)


def test_none_empties_any_field():
    """Whatever its kind."""
    found = KNOWN.field("currency", None, "p")

    assert (found.id, found.value) == ("currency", None)


def test_an_inferred_option_may_be_new():
    """Nobody said that those seen are all there are."""
    known = Definitions([defined("f", FieldKind.OPTION, "a")], inferred=True)

    assert known.field("f", "b", "p").value == "b"
    assert isinstance(Definitions(known.known).field("f", "b", "p")[0], Problem)


def test_money_in_a_field_is_in_a_currency_that_exists():
    """As everywhere."""
    [found] = KNOWN.field("worth", Money(Decimal(1), "XXZ"), "p")

    assert str(found).startswith("p.currency is 'XXZ', which is no currency")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldKind.TEXT, "a", "a"),
        (FieldKind.TEXT, "", None),
        (FieldKind.NUMBER, "12", 12),
        (FieldKind.NUMBER, "1.50", Decimal("1.50")),
        (FieldKind.BOOLEAN, "Yes", True),
        (FieldKind.DATE, "2026-01-31", date(2026, 1, 31)),
        (FieldKind.MONEY, "1250.00 EUR", Money(Decimal("1250.00"), "EUR")),
        (FieldKind.DURATION, "1 year 6 months", Period(years=1, months=6)),
        (FieldKind.DURATION, "30 days", Period(days=30)),
        (FieldKind.OPTIONS, "a; b", ("a", "b")),
    ],
)
def test_text_is_read_by_kind(kind, text, value):
    """As it stands in a table or on a command line."""
    assert from_text(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (FieldKind.NUMBER, "many"),
        (FieldKind.BOOLEAN, "perhaps"),
        (FieldKind.DATE, "31.1.2026"),
        (FieldKind.MONEY, "EUR 12"),
        (FieldKind.DURATION, "a while"),
        (FieldKind.DURATION, "12 fortnights"),
    ],
)
def test_text_of_another_form_is_said_to_be(kind, text):
    """Never guessed."""
    with pytest.raises(ValueError, match=r"\w"):
        from_text(kind, text)


def test_what_is_emptied_empties_the_fields_that_stand_for_it():
    """A date, a length, and both parts of a value."""
    workspace = Workspace(
        key_dates={"expires_on": Pointer("end")},
        term={"length": Pointer("months", "months")},
        value={"amount": Pointer("amount"), "currency": Pointer("currency")},
    )
    changes = ContractChanges(clear=["key_dates.expires_on", "term.length", "value"])

    assert said(workspace, changes) == (
        {"end": None, "months": None, "amount": None, "currency": None},
        [],
    )
