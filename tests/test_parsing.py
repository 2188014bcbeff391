"""JSON off the wire: exact, bounded, and the same with and without msgspec."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clm_bridge import PayloadError
from clm_bridge import _parsing as parsing
from clm_bridge._parsing import DEPTH, containers, parse, standard


@pytest.fixture(params=["standard", "msgspec"])
def parser(request, monkeypatch):
    """Parse with the standard library alone, and with msgspec."""
    assert parsing._quick() is not None, "the extra 'test' brings msgspec"
    if request.param == "standard":
        monkeypatch.setattr(parsing, "_quick", lambda: None)
    return parse


def nested(levels, opener=b"[", closer=b"]"):
    return opener * levels + closer * levels


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        (b"1.10", "1.10"),
        (b"-0.0", "-0.0"),
        (b"1e2", "1E+2"),
        (b"98765432109876543210.123456789", "98765432109876543210.123456789"),
    ],
)
def test_a_fraction_keeps_its_digits(parser, text, digits):
    """No float ever holds it."""
    [told] = parser(b"[%s]" % text)

    assert type(told) is Decimal
    assert str(told) == digits


def test_a_large_integer_is_whole(parser):
    """An id may be longer than a machine's word."""
    assert parser(b"[123456789012345678901234567890]") == [
        123456789012345678901234567890
    ]


def test_a_key_that_comes_twice_has_its_last_value(parser):
    """So do all parsers that a vendor may have tried its answers with."""
    assert parser(b'{"a": 1, "b": 2, "a": 3}') == {"a": 3, "b": 2}


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": NaN}',
        b"[Infinity]",
        b"[-Infinity]",
        b"9" * 5_000,
        b"1e99999999999999999999",
        '["é"]'.encode("latin-1"),
        "[1]".encode("utf-16"),
        b"[1] 2",
        b"[1,]",
        b'["\n"]',
        b"",
    ],
)
def test_what_is_not_json_is_one_error(parser, body):
    """Whatever the parser itself would raise, and nothing of the body is in it."""
    with pytest.raises(PayloadError) as raised:
        parser(body)

    assert raised.value.__cause__ is raised.value.__context__ is None


def test_as_many_levels_as_are_allowed_are_read(parser):
    """The last of them counts; levels beside each other do not add up."""
    deep = nested(DEPTH)

    assert json.dumps(parser(deep)).encode() == deep
    assert len(parser(b"[" + b"[[],{}]," * 500 + b"1]")) == 501


@pytest.mark.parametrize("levels", [DEPTH + 1, 900, 100_000])
@pytest.mark.parametrize(
    ("opener", "closer"), [(b"[", b"]"), (b'{"a":', b"}"), (b'[0.5,{"a":', b"}]")]
)
def test_more_levels_are_refused(parser, levels, opener, closer):
    """What walks a payload need not fear for its stack."""
    body = opener * levels + b"[]" + closer * levels

    with pytest.raises(PayloadError, match="nested in more than 100 levels"):
        parser(body)


def test_brackets_in_text_are_no_levels(parser):
    """Only what is nested counts."""
    text = "[{" * 500

    assert parser(json.dumps([text]).encode()) == [text]


@pytest.mark.parametrize("levels", [DEPTH, DEPTH + 1])
def test_the_levels_are_counted_alike_without_the_collector(monkeypatch, levels):
    """From Python 3.13 on, they are counted by hand."""
    monkeypatch.setattr(parsing, "_within", containers)
    told = json.loads(b'[0.5, "text", ' + nested(levels - 1) + b"]")

    assert parsing._is_deep(told) is (levels > DEPTH)
    assert not parsing._is_deep("text")


def outcome(read, body):
    """Return what a parser made of a body, types and digits included."""
    try:
        return repr(read(body))
    except (ValueError, ArithmeticError, RecursionError):
        return "refused"


TEXTS = st.text() | st.text(st.sampled_from('"\\/bu0{}[],: \n\x01é\ud800'), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS | st.floats(),
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=10,
)
NUMBERS = st.from_regex(r"\A-?[0-9]{1,25}(\.[0-9]{0,30})?([eE][+-]?[0-9]{1,4})?\Z")
SPELLED = st.builds(
    lambda value, plain: json.dumps(value, ensure_ascii=plain).encode(
        errors="surrogatepass"
    ),
    VALUES,
    st.booleans(),
)


@st.composite
def mutated(draw):
    """Draw JSON, and change a byte of it."""
    body = bytearray(draw(SPELLED))
    at = draw(st.integers(0, len(body) - 1))
    body[at : at + draw(st.integers(0, 2))] = draw(st.binary(max_size=2))
    return bytes(body)


@given(SPELLED | mutated() | NUMBERS.map(str.encode) | st.binary(max_size=12))
@example(b"\xef\xbb\xbf[1]")
@example(b'"\\ud800"')
@example(b"1e400")
@example(b"-0")
def test_msgspec_changes_nothing(body):
    """Values, types, digits, and what is refused are those of the standard parser."""
    assert outcome(parsing._quick(), body) == outcome(standard, body)
