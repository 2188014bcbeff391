"""Many contracts from a file: all are checked first, then each is created once."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clm_bridge
from clm_bridge import (
    FieldDefinition,
    FieldKind,
    InvalidInput,
    Money,
    Period,
    Signatory,
    Source,
    Status,
    TermKind,
    Upload,
)
from clm_bridge._field_values import Definitions
from clm_bridge._saying import ill_typed, senseless
from clm_bridge.moving import create_all, write_results
from clm_bridge.moving._rows import read

from .homes import DEALS, lived_in

KNOWN = Definitions(
    [
        FieldDefinition("f1", "Department", FieldKind.TEXT, Source("a")),
        FieldDefinition("f2", "Risk", FieldKind.NUMBER, Source("a")),
    ]
)
NAMES = (
    *("name", "counterparty", "contact", "email", "external_link", "id", "data"),
    *("key_dates", "expires_on", "term", "kind", "length", "years", "months"),
    *("value", "amount", "currency", "fields", "Risk", "signatories", "extra", "x"),
    *("status", "document", "counterparty.name", "fields.Risk", "fields[Risk]"),
)
COMPANY = DEALS[41].counterparty.name
SOON = timedelta(seconds=1)


@pytest.fixture
def clm():
    """A bridge to a house that takes anything but twins."""
    with clm_bridge.connect(vendor="coupa", sandbox=lived_in("coupa")) as opened:
        yield opened


@pytest.fixture
def file(tmp_path):
    """Return a function that writes a file of rows."""

    def write(rows, name="new.csv"):
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as out:
            if path.suffix == ".csv":
                columns = list(dict.fromkeys(key for row in rows for key in row))
                writer = csv.DictWriter(out, columns)
                writer.writeheader()
                writer.writerows(rows)
            else:
                out.writelines(json.dumps(row) + "\n" for row in rows)
        return path

    return write


def rows(count, **more):
    return [
        {
            "name": f"Lease {place}",
            "counterparty.name": COMPANY,
            "external_link.id": f"PR-90{place:02}",
            "value": f"{place}250.50 EUR",
            **more,
        }
        for place in range(1, count + 1)
    ]


def count(clm):
    return len([*clm.contracts.list()])


def test_columns_are_paths(file, tmp_path):
    """Text is read by what its path takes."""
    (tmp_path / "deal.pdf").write_bytes(b"%PDF-1.7")
    path = file(
        [
            {
                "name": "Lease",
                "status": "EXECUTED",
                "counterparty.contact.email": "ada@x.example",
                "counterparty.identifiers.number": "S-1",
                "key_dates.expires_on": "2027-12-31",
                "value": "1250.00 EUR",
                "term.kind": "fixed",
                "term.length": "12 months",
                "term.renewals_max": "2",
                "fields.Department": "Legal",
                "fields.Risk": "3",
                "signatories": "ada@x.example; ours: sam@y.example",
                "document": "deal.pdf",
                "owner": "",
            }
        ]
    )

    [row] = read(path, KNOWN)

    new = row.new
    assert new.status is Status.EXECUTED
    assert new.counterparty.contact.email == "ada@x.example"
    assert new.counterparty.identifiers == {"number": "S-1"}
    assert new.key_dates.expires_on == date(2027, 12, 31)
    assert new.value == Money(Decimal("1250.00"), "EUR")
    assert (new.term.kind, new.term.length) == (TermKind.FIXED, Period(months=12))
    assert new.term.renewals_max == 2
    assert new.fields == {"Department": "Legal", "Risk": 3}
    assert new.signatories == (
        Signatory("ada@x.example"),
        Signatory("sam@y.example", ours=True),
    )
    assert new.document == Upload("deal.pdf", b"%PDF-1.7")
    assert new.owner is None


def test_lines_of_json_say_the_same(file):
    """Objects where the model has them, and what is not text as it is."""
    told = {
        "name": "Lease",
        "counterparty": {"name": "Acme", "contact": {"email": "ada@x.example"}},
        "external_link": {"id": "PR-1", "data": {"a": 1}},
        "key_dates": {"expires_on": "2027-12-31"},
        "term": {"length": {"years": 1}},
        "value": {"amount": "1250.50", "currency": "EUR"},
        "fields": {"Risk": 3, "Department": "Legal"},
        "signatories": [{"email": "sam@y.example", "ours": True}],
        "extra": {"vendor": {"own": 1.10}},
        "number": None,
    }

    [row] = read(file([told], "new.ndjson"), KNOWN)

    new = row.new
    assert new.counterparty.contact.email == "ada@x.example"
    assert new.external_link.data == {"a": 1}
    assert new.term.length == Period(years=1)
    assert new.value == Money(Decimal("1250.50"), "EUR")
    assert new.fields == {"Risk": 3, "Department": "Legal"}
    assert new.signatories == (Signatory("sam@y.example", ours=True),)
    assert new.extra == {"vendor": {"own": Decimal("1.1")}}


def test_a_row_is_known_by_what_it_says(file):
    """Wherever it stands; the same row twice is two contracts."""
    first, second = rows(2)

    keys = [one.key for one in read(file([first, second, first]), KNOWN)]
    turned = [one.key for one in read(file([second, first, first]), KNOWN)]

    assert len(set(keys)) == 3
    assert set(keys) == set(turned)


@pytest.mark.parametrize(
    ("row", "path", "said"),
    [
        ({"nmae": "Lease"}, "nmae", "is not a part"),
        ({"value": "much"}, "value", "is no amount"),
        ({"value": "1 EUR 2"}, "value", "is no amount"),
        ({"key_dates.expires_on": "soon"}, "key_dates.expires_on", "cannot be read"),
        ({"term.length": "a while"}, "term.length", "is no length"),
        ({"term.kind": "loose"}, "term.kind", "cannot be read"),
        ({"term.renewals_max": "few"}, "term.renewals_max", "cannot be read"),
        ({"status": "sold"}, "status", "cannot be read"),
        ({"document": "none.pdf"}, "document", "cannot be read"),
        ({"signatories": "them: a@x.example"}, "signatories", "is not ours"),
        ({"fields.Risk": "high"}, "fields.Risk", "is no number"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_path(file, row, path, said):
    """And nothing is made of the row."""
    [found] = read(file([row]), KNOWN)

    assert found.new is None
    assert [one.path for one in found.problems] == [path]
    assert said in str(found.problems[0])


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "name\nLease,more\n", "more cells than the head"),
        ("a.ndjson", "[]\n", "is no JSON object"),
        ("a.ndjson", "{\n", "is no JSON object"),
    ],
)
def test_what_is_no_row_is_told(tmp_path, name, text, said):
    """By its line, like every other problem."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    [row] = read(path, KNOWN)

    assert said in str(row.problems[0])


ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(0, 9), st.text()),
    lambda below: st.one_of(
        st.lists(below, max_size=2),
        st.dictionaries(st.sampled_from(NAMES), below, max_size=3),
    ),
    max_leaves=9,
)


@given(st.lists(st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=4)))
def test_whatever_is_in_a_line_is_read_or_told(tmp_path_factory, told):
    """It never raises, and what is read can be checked like any input."""
    path = tmp_path_factory.mktemp("rows") / "any.ndjson"
    path.write_text("".join(json.dumps(one) + "\n" for one in told), encoding="utf-8")

    found = read(path, KNOWN)

    assert len(found) == len(told)
    assert all((one.new is None) == bool(one.problems) for one in found)
    for one in found:
        if one.new is not None and not [*ill_typed(one.new)]:
            assert isinstance([*senseless(one.new)], list)


def test_a_file_that_cannot_be_read_is_an_error(tmp_path):
    """One that is not there, and one that is no text."""
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00")

    for name in ("none.csv", "binary.csv"):
        with pytest.raises(InvalidInput, match=name):
            read(tmp_path / name, KNOWN)


def test_every_problem_is_told_before_anything_is_written(clm, file, tmp_path):
    """Of every row, by its line."""
    told = rows(4)
    told[1]["value"] = "1 EURO"
    told[2]["external_link.id"] = told[0]["external_link.id"]
    told[3]["name"] = ""
    before = count(clm)

    with pytest.raises(InvalidInput, match="3 of 4 rows cannot be created") as caught:
        create_all(clm, file(told), tmp_path / "journal")

    assert [one.path for one in caught.value.problems] == [
        "row 2: value.currency",
        "row 3: external_link.id",
        "row 4: name",
    ]
    assert count(clm) == before
    assert not (tmp_path / "journal").exists()


def test_a_contract_is_created_for_each_row_and_once(clm, file, tmp_path):
    """A second run finds them done, and adds what was added."""
    before, seen = count(clm), []
    journal = tmp_path / "journal"

    first = create_all(clm, file(rows(3)), journal, late=SOON, seen=seen.append)
    again = create_all(clm, file([*reversed(rows(4))]), journal, late=SOON)

    assert [one.outcome for one in first] == ["created"] * 3
    assert [one.key for one in first] == ["1", "2", "3"]
    assert len(seen) == 3
    assert {one.target for one in first} <= {one.target for one in again}
    assert count(clm) == before + 4


def test_what_is_there_is_not_made_again(clm, file, tmp_path):
    """A row whose external id is carried already, by another journal's contract."""
    first = create_all(clm, file(rows(2)), tmp_path / "first", late=SOON)

    again = create_all(clm, file(rows(2)), tmp_path / "second", late=SOON)

    assert [one.outcome for one in again] == ["existed"] * 2
    assert [one.target for one in again] == [one.target for one in first]


def test_what_the_vendor_refuses_is_told_for_its_row(clm, file, tmp_path):
    """The others are created."""
    told = rows(2)
    told[0]["counterparty.name"] = "Nobody & Sons"

    found = create_all(clm, file(told), tmp_path / "journal", late=SOON)

    assert [one.outcome for one in found] == ["refused", "created"]
    assert "counterparty" in found[0].why[0]


def test_a_dry_run_writes_nothing(clm, file, tmp_path):
    """It asks what creating asks, and has no journal."""
    before = count(clm)
    told = rows(2)
    told[0]["counterparty.name"] = "Nobody & Sons"

    found = create_all(clm, file(told), tmp_path / "journal", dry_run=True)

    assert [one.outcome for one in found] == ["refused", "dry_run"]
    assert count(clm) == before
    assert not (tmp_path / "journal").exists()


@pytest.mark.parametrize("name", ["results.csv", "results.ndjson"])
def test_results_have_a_line_a_row(clm, file, tmp_path, name):
    """The row, the outcome, the id and the reason."""
    found = create_all(clm, file(rows(2)), tmp_path / "journal", late=SOON)
    path = tmp_path / name

    write_results(found, path)

    text = path.read_text(encoding="utf-8")
    if name.endswith(".csv"):
        told = [*csv.DictReader(text.splitlines())]
    else:
        told = [*map(json.loads, text.splitlines())]
    assert [one["row"] for one in told] == ["1", "2"]
    assert [one["id"] for one in told] == [one.target for one in found]


def test_fields_beside_a_field_are_told(tmp_path):
    """One of the two was meant."""
    path = tmp_path / "both.ndjson"
    path.write_text(json.dumps({"fields": [], "fields.Risk": "1"}), encoding="utf-8")

    [found] = read(path, KNOWN)

    assert "fields.Risk is told beside fields" in str(found.problems[0])
