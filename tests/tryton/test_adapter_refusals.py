"""What is made of Tryton's refusals, and what the adapter does not offer."""

from __future__ import annotations

import re
import sys
import tomllib

import pytest
from attrs import fields

from clm_bridge import ConfigError, NotFound, Unsupported, connect
from clm_bridge.testing import play, reply

from .reading import PACKAGE, ROOT, Config, Tryton, adapter, answered, body

PAGE = (ROOT / "docs" / "vendors" / "tryton.md").read_text(encoding="utf-8")


@pytest.fixture
def plugin(tmp_path, monkeypatch):
    """The entry point that the package's pyproject.toml declares."""
    project = tomllib.loads((PACKAGE / "pyproject.toml").read_text())["project"]
    told = tmp_path / "clm_bridge_tryton-0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text(f"Name: {project['name']}\nVersion: 0\n")
    [(group, points)] = project["entry-points"].items()
    lines = [f"{name} = {module}" for name, module in points.items()]
    (told / "entry_points.txt").write_text("\n".join([f"[{group}]", *lines]) + "\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert str(PACKAGE) in sys.path


def test_the_page_shows_a_connection(plugin):
    """What the page shows is a configuration that opens."""
    [shown] = re.findall(r"^```text\n(\[conn.*?)^```", PAGE, re.M | re.S)
    [told] = tomllib.loads(shown)["connections"].values()

    with connect(**told | {"key": "k"}) as clm:
        assert clm.settings.adapter.base_url == (
            "https://tryton.example.com/acme/rest/model/"
        )


def test_the_page_lists_settings_and_states():
    """Its tables are short, and whole."""
    listed = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.M))

    assert listed == {one.name for one in fields(Config)} | set(Tryton.statuses)


def test_there_is_no_sandbox(plugin):
    """The real server is at hand, and the settings of an account are asked for."""
    with pytest.raises(ConfigError, match=r"has no sandbox; leave out sandbox"):
        connect(vendor="tryton", sandbox=True)


def test_every_loss_and_assumption_is_said_once():
    """They are sentences for a person."""
    said = [
        *Tryton.assumptions,
        *(f"{one.attribute} {one.value}" for one in Tryton.losses),
    ]

    assert len(said) == len(set(said))


@pytest.mark.parametrize("id", ["abc", "-1", "", "1/run", "2147483648", "\u0661"])
def test_what_cannot_be_an_id_is_not_asked_for(id):
    """It would be the address of something else, or make the server fail."""
    for operation in (adapter().get_contract(id), adapter().contract_status(id)):
        with pytest.raises(NotFound, match="whole numbers"):
            play(operation)


def test_the_check_asks_for_the_users_preferences():
    """By a POST that only reads, and may be sent again."""
    played = play(adapter().check(), answered("preferences"))

    [request] = played.asked
    assert (request.method, request.safe) == ("POST", True)
    assert played.result.identity == "Ada Admin"
    assert played.result.notes == ("Agreements of Northwind Ltd are seen.",)


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"company": None}, "no company"),
        ({"company_filter": "all"}, "Agreements of 1 company are"),
        ({"company_filter": "all", "companies": [1, 2]}, "Agreements of 2 companies"),
        ({"company_filter": "all", "companies": []}, "no company"),
        ({"company.rec_name": None}, "Agreements of 1 are"),
    ],
)
def test_the_check_says_what_is_seen(changes, note):
    """A user without a company gets empty answers, and no error."""
    told = {**body("preferences"), **changes, "name": None}
    check = play(adapter().check(), reply(told)).result

    assert note in check.notes[0]
    assert check.identity == "admin@example.com"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "refused",
            (
                'The agreement "1 [PR-1042]" to be closed has still remaining '
                "quantities.",
            ),
        ),
        ("failed", ("'no_such_field'",)),
        ("unauthorized", ()),
        ("not-found", ()),
        ("not-a-record", ()),
        ("beyond-the-end", ()),
    ],
)
def test_complaints(name, words):
    """Tryton's own words, where a page has more than the status says already."""
    assert tuple(adapter().complaints(answered(name))) == words


@pytest.mark.parametrize("strange", [b"[]", b'{"message": 3}', b"", b"<p>", b"\xff"])
def test_complaints_never_fail(strange):
    """Whatever stands between us and the server may answer."""
    assert tuple(adapter().complaints(reply(status=500, body=strange))) == ()


def test_capabilities():
    """What is read, and nothing that is written."""
    assert Tryton.capabilities() == {
        "check",
        "contracts.find_by_external_id",
        "contracts.get",
        "contracts.list",
        "contracts.status",
        "counterparties.list",
    }
    with pytest.raises(Unsupported, match="does not offer"):
        play(adapter().create_contract(None, ()))
