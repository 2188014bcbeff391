"""Contracts of every shape, drawn by hypothesis."""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal

from hypothesis import strategies as st

from clm_bridge import (
    Contract,
    Document,
    DocumentKind,
    ExternalLink,
    Facet,
    Field,
    FieldKind,
    KeyDates,
    Money,
    Party,
    PartyRole,
    Period,
    Person,
    PersonRole,
    Ref,
    Relation,
    RelationKind,
    Source,
    Status,
    Term,
    TermKind,
    TermState,
)

TEXT = st.text(max_size=12)
IDS = st.text(min_size=1, max_size=8)
DECIMALS = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from([Decimal("1.10"), Decimal("1E+400"), Decimal("9" * 60 + ".010")]),
)
INSTANTS = st.datetimes(timezones=st.just(UTC))
PERIODS = st.builds(Period, *(st.integers(0, 999) for _ in range(3)))
MONEY = st.builds(Money, DECIMALS, st.sampled_from(["EUR", "INR", "JPY"]))
KEYS = st.one_of(TEXT, st.sampled_from(["$decimal", "$object"]))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), DECIMALS, TEXT),
    lambda below: st.one_of(
        st.lists(below, max_size=3), st.dictionaries(KEYS, below, max_size=3)
    ),
    max_leaves=8,
)
OBJECTS = st.dictionaries(KEYS, JSON, max_size=3)

VALUES = {
    FieldKind.TEXT: TEXT,
    FieldKind.NUMBER: st.one_of(st.integers(), DECIMALS),
    FieldKind.BOOLEAN: st.booleans(),
    FieldKind.DATE: st.dates(),
    FieldKind.INSTANT: INSTANTS,
    FieldKind.MONEY: MONEY,
    FieldKind.DURATION: PERIODS,
    FieldKind.OPTION: TEXT,
    FieldKind.OPTIONS: st.lists(TEXT, max_size=3).map(tuple),
    FieldKind.OTHER: JSON,
}


def field_of(kind):
    value = st.one_of(st.none(), VALUES[kind])
    return st.builds(Field, IDS, TEXT, st.just(kind), value)


FIELDS = st.sampled_from(FieldKind).flatmap(field_of)
MAYBE_TEXT = st.one_of(st.none(), TEXT)
REFS = st.builds(Ref, IDS, MAYBE_TEXT)
PEOPLE = st.builds(
    Person, st.sampled_from(PersonRole), MAYBE_TEXT, MAYBE_TEXT, MAYBE_TEXT
)
NAMED = st.dictionaries(TEXT, TEXT, max_size=2)
PARTIES = st.builds(
    Party,
    st.sampled_from(PartyRole),
    TEXT,
    MAYBE_TEXT,
    NAMED,
    st.one_of(st.none(), PEOPLE),
)
LINKS = st.builds(ExternalLink, MAYBE_TEXT, MAYBE_TEXT, IDS, MAYBE_TEXT, OBJECTS)
DATES = st.builds(
    KeyDates,
    *(st.one_of(st.none(), INSTANTS) for _ in range(3)),
    *(st.one_of(st.none(), st.dates()) for _ in range(8)),
)
MAYBE_PERIOD = st.one_of(st.none(), PERIODS)
TERMS = st.builds(
    Term,
    st.sampled_from(TermKind),
    MAYBE_PERIOD,
    MAYBE_PERIOD,
    st.one_of(st.none(), st.integers(0, 9)),
    MAYBE_PERIOD,
)
RELATIONS = st.builds(Relation, st.sampled_from(RelationKind), REFS, MAYBE_TEXT)
DOCUMENTS = st.builds(
    Document, IDS, IDS, TEXT, st.sampled_from(DocumentKind), MAYBE_TEXT
)
SOURCES = st.builds(
    Source, IDS, MAYBE_TEXT, MAYBE_TEXT, st.one_of(st.none(), INSTANTS), OBJECTS
)


def several(of):
    return st.lists(of, max_size=2)


CONTRACTS = st.builds(
    Contract,
    id=IDS,
    name=TEXT,
    status=st.sampled_from(Status),
    source=SOURCES,
    number=MAYBE_TEXT,
    parties=several(PARTIES),
    external_links=several(LINKS),
    key_dates=DATES,
    term=st.one_of(st.none(), TERMS),
    value=st.one_of(st.none(), MONEY),
    type=st.one_of(st.none(), REFS),
    template=st.one_of(st.none(), REFS),
    owner=st.one_of(st.none(), PEOPLE),
    people=several(PEOPLE),
    relations=several(RELATIONS),
    documents=several(DOCUMENTS),
    fields=several(FIELDS).map(lambda own: {one.id: one for one in own}),
    url=MAYBE_TEXT,
    reported_state=st.one_of(st.none(), st.sampled_from(TermState)),
    loaded=st.sets(st.sampled_from(Facet)),
)
