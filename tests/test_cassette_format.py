"""The file of a cassette: exact, readable, and the same when it is written again."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clm_bridge.testing.cassettes import (
    _bodies,
    _exact,
    _yaml,
    dumps,
    load,
    loads,
    reformat,
    write,
)

METADATA = {
    "operations": ["contracts.get"],
    "provenance": "vendor-docs",
    "recorded_at": "2026-11-25",
    "document": "https://paper.example/docs",
    "document_date": "2026-05",
}
BY_HAND = """
format: clm-cassette/1
metadata: {vendor: paper, case: one, operations: [check], provenance: sandbox,
  recorded_at: 2026-11-25}
interactions:
- request: {method: GET, uri: "https://paper.example/api/me?page=1&is=a&is=b"}
  response:
    status: 200
    headers: {content-type: application/json}
    body: {json: {on: 2026-01-05, agreed: no, 404: yes, a: 1.10, b: 1e5, c: -0}}
"""


def exchange(body=None, **asked):
    return {
        "request": {"method": "GET", "uri": "https://paper.example/x", **asked},
        "response": {"status": 200, "body": body},
    }


def test_numbers_keep_their_spelling():
    """Money depends on the last nought."""
    told = '{"a":1.10,"b":1e5,"c":-0,"d":12345678901234567890,"e":0.0}'

    again = _yaml.read(_yaml.written(_exact.parsed(told)))

    assert _exact.spell(again) == told


def test_by_hand_yaml_means_json():
    """Dates and no are text, a number is a number, and keys are text."""
    [one] = loads(BY_HAND).interactions

    assert _bodies.content(one.response.body) == (
        b'{"on":"2026-01-05","agreed":"no","404":"yes","a":1.10,"b":1e5,"c":-0}'
    )
    assert one.request.query == {"page": "1", "is": ["a", "b"]}


def test_what_was_written_stays_so():
    """Formatting twice is formatting once."""
    once = dumps(loads(BY_HAND))

    assert dumps(loads(once)) == once
    assert "        agreed: 'no'\n" in once


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda below: st.lists(below) | st.dictionaries(st.text(), below),
    max_leaves=20,
)


@given(json_values)
def test_any_json_comes_back(value):
    """Whatever a vendor says is kept as it is, or kept as text."""
    said = json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass")
    told = _bodies.body(said, "application/json")

    text = _yaml.written(told)
    again = _yaml.read(text)

    assert _yaml.written(again) == text
    assert json.loads(_bodies.content(again) or b"null") == value


@given(
    st.binary(),
    st.sampled_from(["text/plain", "application/json", "multipart/form-data"]),
)
def test_any_bytes_come_back(found, kind):
    """Bytes that are not what they claim to be are kept in base64."""
    again = _yaml.read(_yaml.written(_bodies.body(found, kind)))

    if again is None or "json" not in again:
        assert _bodies.content(again) == found


@pytest.mark.parametrize("name", ["a.pdf", "résumé.pdf", ""])
def test_a_form_with_a_file_is_told_in_parts(name):
    """The boundary is drawn anew each time, so one stands for all."""
    import httpx

    asked = httpx.Request(
        "POST",
        "https://paper.example/x",
        data={"kind": "NDA"},
        files={"file": (name or None, b"%PDF-1.4\n\x00", "application/pdf")},
    )
    kind = asked.headers["content-type"]
    fixed, _ = _bodies.with_fixed_boundary(asked.read(), kind)
    told = _bodies.body(fixed, kind)

    assert [part["name"] for part in told["multipart"]] == ["kind", "file"]
    assert _bodies.content(told) == fixed


def test_a_program_writes_what_people_read(tmp_path):
    """Folder and file say vendor and case; decimals are exact."""
    path = tmp_path / "paper" / "contracts_get.yaml"

    tape = write(path, METADATA, [exchange({"json": {"value": Decimal("1.10")}})])

    assert (tape.metadata.vendor, tape.metadata.case) == ("paper", "contracts_get")
    assert "json: {value: 1.10}" in path.read_text()
    assert load(path) == tape
    assert not reformat(path)


def test_a_float_is_refused(tmp_path):
    """It has forgotten how it was spelled."""
    with pytest.raises(ValueError, match=r"write Decimal\('1.1'\)"):
        write(tmp_path / "x.yaml", METADATA, [exchange({"json": 1.10})])


FAULTS = {
    "is not a mapping": "[]",
    "lacks interactions": "format: clm-cassette/1\nmetadata: {}",
    "there twice": BY_HAND + "    status: 200\n",
    "format is": BY_HAND.replace("cassette/1", "cassette/2"),
    "provenance is not one of": BY_HAND.replace("sandbox", "hearsay"),
    "which document": BY_HAND.replace("sandbox", "vendor-docs"),
    "has colour": BY_HAND.replace("status: 200", "status: 200\n    colour: red"),
    "does not hold the header": BY_HAND.replace("content-type:", "set-cookie:"),
    "status is no number": BY_HAND.replace("status: 200", "status: fine"),
    "a body is null or": BY_HAND.replace("{json:", "{jason:"),
    "a body is not as": BY_HAND.replace("{json:", "{text:"),
    "is not a whole address": BY_HAND.replace("https:", ""),
    "Invalid isoformat": BY_HAND.replace("recorded_at: 2026", "recorded_at: soon"),
    "operations is not a list": BY_HAND.replace("[check]", "check"),
    "is not YAML": BY_HAND + "\t",
    "not ASCII": BY_HAND.replace("application/json", "café"),
}


@pytest.mark.parametrize("said", FAULTS)
def test_each_fault_is_told(said, tmp_path):
    """A file that is no cassette says why, and which file it is."""
    path = tmp_path / "wrong.yaml"
    path.write_text(FAULTS[said])

    with pytest.raises(ValueError, match=said) as caught:
        load(path)

    assert str(path) in str(caught.value)
