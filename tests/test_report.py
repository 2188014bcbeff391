"""What became of each vendor field."""

from __future__ import annotations

from attrs import frozen

from clm_bridge import Source
from clm_bridge._report import Line
from clm_bridge.adapter import reading, wire


@frozen
class Company:
    name: str = wire("legal-name", to="parties.name")


@frozen
class Row:
    id: str = wire(to="id")
    ends: str = wire("end-date", to="key_dates.expires_on", how="cut in the zone")
    company: Company = wire(part=Company)
    size: int = wire("size")
    plain: int = 0


TABLE = reading(row=Row)


def paths(lines):
    return [line.path for line in lines]


def test_the_table_has_a_line_for_each_placed_key():
    """Nested classes are walked, and keys without a place are not in it."""
    assert dict(TABLE.lines) == {
        "row.id": Line("row.id", "id"),
        "row.end-date": Line("row.end-date", "key_dates.expires_on", "cut in the zone"),
        "row.company.legal-name": Line("row.company.legal-name", "parties.name"),
    }


def test_each_field_is_mapped_coerced_or_unplaced():
    """Nothing of a payload is passed over in silence."""
    raw = {
        "row": {
            "id": "7",
            "end-date": "2026-01-31",
            "company": {"legal-name": "Globex", "vat": "FR1"},
            "colour": "red",
        }
    }
    found = Source("paper", raw=raw, reading=TABLE).report()

    assert paths(found.mapped) == ["row.id", "row.company.legal-name"]
    assert found.coerced == [
        Line("row.end-date", "key_dates.expires_on", "cut in the zone")
    ]
    assert found.unplaced == [Line("row.company.vat", None), Line("row.colour", None)]


def test_a_list_is_one_path():
    """Many rows of the same shape are one line."""
    raw = {"row": {"tags": [{"name": "a"}, {"name": "b", "kind": 1}]}}
    found = Source("paper", raw=raw, reading=TABLE).report()

    assert paths(found.unplaced) == ["row.tags.name", "row.tags.kind"]


def test_empty_values_are_not_fields():
    """Null and the empty text say nothing, so nothing is lost."""
    raw = {"row": {"colour": None, "shape": "", "count": 0, "flag": False}}
    found = Source("paper", raw=raw, reading=TABLE).report()

    assert paths(found.unplaced) == ["row.count", "row.flag"]


def test_a_star_takes_a_whole_branch():
    """A line that ends in a star covers everything below."""

    @frozen
    class Open:
        custom: str = wire("custom.*", to="fields", how="by their kind")

    raw = {"row": {"custom": {"a": 1, "b": {"c": 2}}}}
    table = reading(row=Open)
    found = Source("paper", raw=raw, reading=table).report()

    assert found.coerced == [Line("row.custom", "fields", "by their kind")]
    assert table.find("row.custom.b.c").attribute == "fields"


def test_an_unknown_path_has_no_line():
    """The table knows what it was built from."""
    assert TABLE.find("row.colour") is None
    assert TABLE.find("") is None
