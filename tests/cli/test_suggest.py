"""Tests for guessing which fields are dates, terms and values."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence

import pytest

from clm_bridge import FieldDefinition, FieldKind, Source
from clm_bridge._workspace import Pointer
from clm_bridge.cli._fields import spelled
from clm_bridge.cli._suggest import Suggestion, suggest, words

from .conftest import Run

DATE, NUMBER = FieldKind.DATE, FieldKind.NUMBER


def field(
    label: str, kind: FieldKind, id: str = "", options: Sequence[str] = ()
) -> FieldDefinition:
    """Return a definition whose id says nothing unless told."""
    return FieldDefinition(id or f"x{label}", label, kind, Source("toy"), options)


def only(*definitions: FieldDefinition) -> dict[str, Pointer]:
    """Return what was suggested, by ``table.key``."""
    tables = suggest(definitions).tables
    return {f"{t}.{k}": p for t, keys in tables.items() for k, p in keys.items()}


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("Effective Date", "effective_on"),
        ("Start date", "effective_on"),
        ("Date de début", "effective_on"),
        ("Entrée en vigueur", "effective_on"),
        ("Expiration date", "expires_on"),
        ("contractEndDate", "expires_on"),
        ("Date de fin", "expires_on"),
        ("Échéance", "expires_on"),
        ("Renewal date", "renews_on"),
        ("Renewal start date", "renews_on"),
        ("Date de renouvellement", "renews_on"),
        ("Renewal notice deadline", "notice_by"),
        ("Date limite de préavis", "notice_by"),
        ("Date de signature", "signed_on"),
        ("Execution date", "executed_on"),
        ("Résiliation", "terminated_on"),
    ],
)
def test_knows_dates_by_their_names(label: str, place: str) -> None:
    """English and French names of dates are known, with accents or in camel case."""
    assert list(only(field(label, DATE))) == [f"key_dates.{place}"]


@pytest.mark.parametrize(
    ("definition", "place", "unit"),
    [
        (field("Notice period (days)", NUMBER), "term.notice", "days"),
        (field("Préavis (mois)", NUMBER), "term.notice", "months"),
        (field("Initial term in years", NUMBER), "term.length", "years"),
        (field("Durée", FieldKind.DURATION), "term.length", None),
        (field("Renewal term (months)", NUMBER), "term.renewal_length", "months"),
        (field("Maximum number of renewals", NUMBER), "term.renewals_max", None),
        (field("Tacite reconduction", FieldKind.BOOLEAN), "term.auto_renews", None),
        (field("Contract value", FieldKind.MONEY), "value.amount", None),
        (field("Montant total", NUMBER), "value.amount", None),
        (field("Devise", FieldKind.OPTION), "value.currency", None),
    ],
)
def test_knows_terms_and_values(
    definition: FieldDefinition, place: str, unit: str | None
) -> None:
    """Lengths, notices and amounts are known; a number's unit comes from its name."""
    assert only(definition) == {place: Pointer(definition.id, unit=unit)}


def test_names_the_option_that_means_yes() -> None:
    """A choice is true for the one option that says so."""
    choice = field("Auto-renewal", FieldKind.OPTION, "r", ["Oui", "Non"])

    assert only(choice) == {"term.auto_renews": Pointer("r", equals="Oui")}


def test_a_number_without_a_unit_is_not_guessed() -> None:
    """Days and months are not told apart by a guess."""
    suggestion = suggest([field("Notice period", NUMBER, "n")])

    assert suggestion.tables == {}
    assert "in days, months or years?" in suggestion.undecided[0]


def test_a_field_for_two_places_is_left_to_the_user() -> None:
    """A name that says two things decides nothing."""
    suggestion = suggest([field("Effective end date", DATE, "e")])

    assert suggestion.tables == {}
    assert suggestion.undecided == [
        "'e' (Effective end date) may be key_dates.expires_on or key_dates.effective_on"
    ]


def test_the_telling_word_wins() -> None:
    """Of two starts, the one that is called effective is taken."""
    found = only(field("Start date", DATE, "s"), field("Effective date", DATE, "e"))

    assert found == {"key_dates.effective_on": Pointer("e")}


def test_two_alike_are_left_to_the_user() -> None:
    """Of two fields with equal claims, neither is taken."""
    suggestion = suggest([field("End date", DATE, "a"), field("End day", DATE, "b")])

    assert suggestion.tables == {}
    assert suggestion.undecided == [
        "key_dates.expires_on may be 'a' (End date) or 'b' (End day)"
    ]


def test_the_kind_must_fit() -> None:
    """Text that is called a date is not taken for one."""
    assert only(field("Effective date", FieldKind.TEXT)) == {}


def test_the_same_field_of_several_types_is_one() -> None:
    """A definition that comes once for each contract type claims once."""
    twice = field("End date", DATE, "a")

    assert only(twice, twice) == {"key_dates.expires_on": Pointer("a")}


def test_words_have_no_accents() -> None:
    """Labels are compared without accents, case or punctuation."""
    assert words("Durée_du préavis (30j) endDate") == [
        "duree",
        "du",
        "preavis",
        "j",
        "end",
        "date",
    ]


def test_what_is_printed_is_toml() -> None:
    """The proposal can be pasted, whatever the ids and labels hold."""
    suggestion = Suggestion(
        {"term": {"notice": Pointer('a"b', unit="days")}}, {'a"b': "No\ntice"}, []
    )
    told = tomllib.loads("\n".join(spelled("my conn", suggestion)))

    assert told["connections"]["my conn"]["term"]["notice"] == {
        "field": 'a"b',
        "unit": "days",
    }


def test_toml_goes_to_stdout_and_doubts_to_stderr(cli: Run) -> None:
    """stdout can be appended to the file as it is."""
    result = cli("fields", "suggest", "--sandbox=paper")
    told = tomllib.loads(result.stdout)

    assert told["connections"]["NAME"]["key_dates"] == {"effective_on": "start"}
    assert "undecided: 'odd' (Renewal)" in result.stderr
