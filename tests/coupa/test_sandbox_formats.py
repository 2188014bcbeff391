"""Tests for XML, Accept, limits and faults of Coupa's sandbox, and its switches."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import attrs
import pytest

from clm_bridge.sandbox import Clock
from clm_bridge_coupa.sandbox import CoupaSandbox, Switches
from clm_bridge_coupa.sandbox._app import build
from clm_bridge_coupa.sandbox._limits import Bucket
from clm_bridge_coupa.sandbox._world import World

from .tenant import Tenant


@pytest.fixture(scope="module")
def tenant() -> Tenant:
    return Tenant()


def xml(answer: Any) -> ElementTree.Element:
    assert answer.mimetype == "application/xml"
    return ElementTree.fromstring(answer.data)


@pytest.mark.parametrize("accept", [None, "application/xml", "*/*"])
def test_without_a_wish_for_json_the_answer_is_xml(
    tenant: Tenant, accept: str | None
) -> None:
    """No Accept is XML."""
    assert xml(tenant.get("contracts/272", accept=accept)).tag == "contract"


@pytest.mark.parametrize(
    "accept", ["application/json", "application/json, text/plain, */*"]
)
def test_who_prefers_json_gets_it(tenant: Tenant, accept: str) -> None:
    """The usual headers of JSON clients are understood."""
    assert tenant.get("contracts/272", accept=accept).mimetype == "application/json"


def test_xml_tells_types(tenant: Tenant) -> None:
    """Attributes say integer, datetime, decimal, boolean and nil."""
    root = xml(tenant.get("contracts/272", accept="application/xml"))
    told = {name: root.find(name).attrib for name in ("id", "name", "start-date")}  # type: ignore[union-attr]

    assert told == {
        "id": {"type": "integer"},
        "name": {},
        "start-date": {"type": "datetime"},
    }
    assert root.find("maximum-value[@type='decimal']") is not None
    assert root.find("terminated[@type='boolean']") is not None
    assert root.find("parent[@nil='true']") is not None
    assert root.find("content-groups[@type='array']/content-group/name") is not None


def test_xml_lists_are_arrays(tenant: Tenant) -> None:
    """The root of a list is plural."""
    root = xml(tenant.get("contracts", {"limit": 2}, accept="application/xml"))

    assert (root.tag, root.attrib) == ("contracts", {"type": "array"})
    assert [child.tag for child in root] == ["contract", "contract"]


@pytest.mark.parametrize("query", [{"number": "none"}, {"offset": 1000}])
def test_nothing_found_is_404_in_xml(tenant: Tenant, query: dict[str, Any]) -> None:
    """JSON answers 200 and [] to the same."""
    answer = tenant.get("contracts", query, accept="application/xml")

    assert answer.status_code == 404
    assert [e.text for e in xml(answer).iter("error")] == [
        "No results match your search criteria."
    ]


def test_an_error_in_xml_is_a_list_of_errors(tenant: Tenant) -> None:
    """There is no model in it."""
    answer = tenant.get("contracts", {"colour": "red"}, accept="application/xml")

    assert answer.status_code == 400
    assert [child.tag for child in xml(answer)] == ["error"]


def test_other_types_are_not_acceptable(tenant: Tenant) -> None:
    """Neither JSON nor XML is 406."""
    assert tenant.get("contracts", accept="text/html").status_code == 406


@pytest.mark.parametrize(("html", "status"), [("login", 200), ("bad_gateway", 502)])
def test_a_fault_answers_in_html(html: str, status: int) -> None:
    """A login page with 200, or a gateway's page."""
    answer = Tenant(html=html).get("contracts")

    assert (answer.status_code, answer.mimetype) == (status, "text/html")


def test_the_bucket_lets_25_pass_and_20_wait() -> None:
    """The 46th call at one instant is refused."""
    bucket = Bucket()
    waits = [bucket.take(1.0) for _ in range(46)]

    assert waits[:25] == [0.0] * 25
    assert waits[25:45] == pytest.approx([n / 25 for n in range(1, 21)])
    assert waits[45] is None


def test_the_bucket_fills_with_25_a_second() -> None:
    """A second later there is room for as many, and not for more."""
    bucket = Bucket()
    for _ in range(45):
        bucket.take(1.0)

    assert bucket.take(2.8) == 0.0
    assert bucket.take(100.0) == 0.0
    assert sum(bucket.take(100.0) == 0.0 for _ in range(30)) == 24


@pytest.mark.parametrize(("retry_after", "told"), [(False, None), (True, "1")])
def test_too_many_calls_are_429(retry_after: bool, told: str | None) -> None:
    """The body is an empty error, and Retry-After is a switch."""
    waits: list[float] = []
    world = World(Clock(), Switches(retry_after=retry_after))
    client = build(world, now=lambda: 1.0, sleep=waits.append).test_client()
    answers = [client.get("/api/contracts") for _ in range(46)]

    assert [answer.status_code for answer in answers] == [401] * 45 + [429]
    assert answers[-1].json == {"errors": {}}
    assert answers[-1].headers.get("Retry-After") == told
    assert max(waits) == pytest.approx(0.8)


def test_an_unknown_switch_is_refused() -> None:
    """The sentence lists those that there are."""
    with pytest.raises(ValueError, match=r"no switch colour; it has timezone"):
        CoupaSandbox((), Clock(), switches={"colour": "red"})


@pytest.mark.parametrize(
    "switches", [{"timezone": "Mars/Olympus"}, {"html": "x"}, {"approve_answers": "x"}]
)
def test_a_switch_has_its_values(switches: dict[str, str]) -> None:
    """Another value is a ValueError."""
    with pytest.raises(ValueError, match=next(iter(switches))):
        CoupaSandbox((), Clock(), switches=switches)


def test_every_switch_is_a_listed_assumption() -> None:
    """The docs print what may go either way."""
    names = {attribute.name for attribute in attrs.fields(Switches)}

    assert names <= set(CoupaSandbox.assumptions)


def test_assumptions_are_sentences() -> None:
    """Each ends with a full stop."""
    assert all(text.endswith(".") for text in CoupaSandbox.assumptions.values())


def test_settings_read_the_sandbox(tenant: Tenant) -> None:
    """Its credentials and scopes get a token; the company's zone is told."""
    settings = tenant.sandbox.settings()

    assert tenant.ask_token(scope=settings["scope"]).status_code == 200
    assert settings["timezone"] == "America/Los_Angeles"
    assert CoupaSandbox.origin == f"https://{settings['instance']}.coupahost.com"
