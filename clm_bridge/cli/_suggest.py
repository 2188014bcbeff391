"""
Which of a workspace's own fields are the key dates, the term and the value.

A guess from names, in English and French, and from the kind of each field.  What
two fields claim alike, or one field for two places, is left to the user.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from attrs import field, frozen

from .._models import FieldDefinition
from .._vocabulary import FieldKind
from .._workspace import Pointer

Place = tuple[str, str]
"""A table of the settings, and a key in it."""

_DAYS = frozenset({FieldKind.DATE, FieldKind.INSTANT})
_LENGTHS = frozenset({FieldKind.DURATION, FieldKind.NUMBER})
_COUNTS = frozenset({FieldKind.NUMBER})
_CHOICES = frozenset({FieldKind.BOOLEAN, FieldKind.OPTION})
_AMOUNTS = frozenset({FieldKind.MONEY, FieldKind.NUMBER})
_WORDS = frozenset({FieldKind.TEXT, FieldKind.OPTION})

_RENEWAL = "renewal renew renews renouvellement reconduction"
_NOTICE = "notice preavis denonciation"


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@frozen
class Rule:
    """The words that speak for a place, the telling ones first, and its kinds."""

    place: Place
    kinds: frozenset[FieldKind]
    words: Sequence[str] = field(converter=_split)
    needs: Sequence[str] = field(default="", converter=_split)
    """Of these, one must be there too."""


RULES = (
    Rule(("key_dates", "notice_by"), _DAYS, _NOTICE),
    Rule(("key_dates", "renews_on"), _DAYS, _RENEWAL),
    Rule(
        ("key_dates", "terminated_on"),
        _DAYS,
        "terminated termination resiliation resilie rupture",
    ),
    Rule(("key_dates", "executed_on"), _DAYS, "executed execution"),
    Rule(("key_dates", "signed_on"), _DAYS, "signed signature signing signe signee"),
    Rule(("key_dates", "published_on"), _DAYS, "published publication publie"),
    Rule(
        ("key_dates", "expires_on"),
        _DAYS,
        "expiry expiration expires expire echeance end ends ending fin",
    ),
    Rule(
        ("key_dates", "effective_on"),
        _DAYS,
        "effective effet vigueur commencement start starts debut begin beginning",
    ),
    Rule(("term", "notice"), _LENGTHS, _NOTICE),
    Rule(
        ("term", "renewals_max"),
        _COUNTS,
        "max maximum number nombre count",
        needs=f"{_RENEWAL} renewals renouvellements reconductions",
    ),
    Rule(("term", "renewal_length"), _LENGTHS, _RENEWAL),
    Rule(("term", "auto_renews"), _CHOICES, f"auto automatic tacite {_RENEWAL}"),
    Rule(
        ("term", "perpetual"),
        _CHOICES,
        "perpetual evergreen indefinite perpetuel indeterminee",
    ),
    Rule(("term", "length"), _LENGTHS, "term duration duree length"),
    Rule(("value", "currency"), _WORDS, "currency devise monnaie"),
    Rule(
        ("value", "amount"),
        _AMOUNTS,
        "value valeur amount montant price prix total tcv acv",
    ),
)

_STRONGER: Mapping[str, frozenset[str]] = {
    "notice_by": frozenset({rule.place[1] for rule in RULES}),
    "notice": frozenset({rule.place[1] for rule in RULES}),
    "renews_on": frozenset({"effective_on"}),
    "renewals_max": frozenset({"renewal_length", "amount"}),
    "renewal_length": frozenset({"length"}),
}
"""A place → those that it wins against when one field speaks for both."""

_UNITS: Mapping[str, str] = {
    **dict.fromkeys(("month", "months", "mois"), "months"),
    **dict.fromkeys(("year", "years", "an", "ans", "annee", "annees"), "years"),
    **dict.fromkeys(("day", "days", "jour", "jours"), "days"),
}
_YES = frozenset(
    {"yes", "oui", "auto", "automatic", "true", "tacit", "tacite", "perpetual"}
)


@frozen
class Suggestion:
    """What could be decided, by table and key; and a sentence for all else."""

    tables: Mapping[str, Mapping[str, Pointer]]
    labels: Mapping[str, str]
    """Field id → what people call it."""
    undecided: Sequence[str]


def suggest(definitions: Iterable[FieldDefinition]) -> Suggestion:
    """Propose the settings' mapping tables from a workspace's field list."""
    known = {definition.id: definition for definition in definitions}
    claims: dict[Place, list[tuple[int, FieldDefinition]]] = {}
    undecided: list[str] = []
    for definition in known.values():
        found = _places(definition)
        if len(found) > 1:
            names = " or ".join(".".join(place) for place in found)
            undecided.append(f"{_named(definition)} may be {names}")
        for place, rank in found.items() if len(found) == 1 else ():
            claims.setdefault(place, []).append((rank, definition))
    tables = _settled(claims, undecided)
    labels = {one.id: one.label for one in known.values()}
    return Suggestion(tables, labels, undecided)


def words(text: str) -> list[str]:
    """Return the words of a label or an id, without accents, in lower case."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    plain = unicodedata.normalize("NFKD", split).casefold()
    return re.findall(r"[a-z]+", re.sub(r"[\u0300-\u036f]", "", plain))


def _places(definition: FieldDefinition) -> dict[Place, int]:
    """Return the places that a field speaks for, each with the rank of its word."""
    told = frozenset(words(definition.label) + words(definition.id))
    found = {
        rule.place: min(rule.words.index(word) for word in told & {*rule.words})
        for rule in RULES
        if definition.kind in rule.kinds
        and not told.isdisjoint(rule.words)
        and (not rule.needs or not told.isdisjoint(rule.needs))
    }
    beaten = {
        loser
        for _, winner in found
        for loser in _STRONGER.get(winner, ())
        if loser != winner
    }
    return {place: rank for place, rank in found.items() if place[1] not in beaten}


def _settled(
    claims: Mapping[Place, Sequence[tuple[int, FieldDefinition]]], undecided: list[str]
) -> dict[str, dict[str, Pointer]]:
    tables: dict[str, dict[str, Pointer]] = {}
    for rule in RULES:
        claimed = claims.get(rule.place, ())
        best = [one for rank, one in claimed if rank == min(r for r, _ in claimed)]
        if len(best) > 1:
            names = " or ".join(_named(one) for one in best)
            undecided.append(f"{'.'.join(rule.place)} may be {names}")
        elif best and isinstance(pointer := _pointer(rule, best[0]), Pointer):
            tables.setdefault(rule.place[0], {})[rule.place[1]] = pointer
        elif best:
            undecided.append(f"{_named(best[0])} {pointer}")
    return tables


def _pointer(rule: Rule, definition: FieldDefinition) -> Pointer | str:
    """Return how the settings point to a field, or what they lack."""
    if rule.kinds is _LENGTHS and definition.kind is FieldKind.NUMBER:
        return _counted(rule, definition)
    if rule.kinds is _CHOICES and definition.kind is FieldKind.OPTION:
        return _chosen(rule, definition)
    return Pointer(definition.id)


def _counted(rule: Rule, definition: FieldDefinition) -> Pointer | str:
    told = words(definition.label) + words(definition.id)
    units = {_UNITS[word] for word in told if word in _UNITS}
    if len(units) == 1:
        return Pointer(definition.id, unit=units.pop())
    return (
        f"is a number for {'.'.join(rule.place)}: in days, months or years? "
        f'{{ field = "{definition.id}", unit = "months" }}'
    )


def _chosen(rule: Rule, definition: FieldDefinition) -> Pointer | str:
    meant = [one for one in definition.options if _YES & {*words(one)}]
    if len(meant) == 1:
        return Pointer(definition.id, equals=meant[0])
    options = ", ".join(definition.options) or "none told"
    return (
        f"is a choice for {'.'.join(rule.place)}; which option means yes? "
        f'{{ field = "{definition.id}", is = "…" }} of: {options}'
    )


def _named(definition: FieldDefinition) -> str:
    return f"{definition.id!r} ({definition.label})"
