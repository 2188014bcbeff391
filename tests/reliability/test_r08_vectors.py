"""R8: what is signed is accepted, and nothing else is; nothing else escapes."""

from __future__ import annotations

import ast
import random
from datetime import timedelta
from pathlib import Path

import pytest

import clm_bridge
from clm_bridge import Event, EventKind, WebhookVerificationError
from clm_bridge._events import delivery
from clm_bridge._signatures import BodySignature, TimedSignature
from clm_bridge.adapter import Secret

from .schemes import (
    COUPA,
    HASH,
    KEY,
    LEEWAY,
    MILLISECONDS,
    NOW,
    SCHEMES,
    SIGNED,
    SPOTDRAFT,
    TOMORRO,
)
from .vectors import BAD, DIGEST, GOOD, STAMP, VALID


def verified(case):
    """Verify one vector."""
    scheme, headers, body, token, secrets = case
    return scheme.hook(*secrets).verify_and_parse(headers, body, token=token, now=NOW)


@pytest.mark.parametrize("name", VALID)
def test_what_is_proven_is_an_event(name, tried):
    """Whichever form the headers, the body and the secrets come in."""
    event = verified(VALID[name])

    assert isinstance(event, Event)
    assert event.contract_id is not None
    tried(1, "valid vectors")


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_proven_is_refused(name, tried):
    """By one error, which shows neither secret nor signature."""
    with pytest.raises(WebhookVerificationError) as caught:
        verified(BAD[name])

    said = f"{caught.value} {caught.value!r}"
    assert not any(one in said for one in (KEY, GOOD, DIGEST, COUPA.secret))
    tried(1, "bad vectors")


def test_each_scheme_has_enough_vectors():
    """Twelve that are good and twenty-eight that are not, at least."""
    for scheme in SCHEMES:
        good = [one for one in VALID if one.startswith(f"{scheme.name}:")]
        bad = [one for one in BAD if one.startswith(f"{scheme.name}:")]

        assert len(good) >= 12, scheme.name
        assert len(bad) >= 28, (scheme.name, len(bad))


def test_the_sheets_vectors():
    """What we computed by hand from each vendor's rule."""
    spotdraft = BodySignature("x", "sha512", base64_key=True)
    told = b'{"activity":"CONTRACT_EXECUTED","contract_id":19589}'
    shown = (
        "24761b9136f84de6675f4421aee4c748e827ac64ab64149e6ca07da1919cb8a9c835a01cdb410f4"
        "24da2657924442d41aa1afce5918126772ed45c59f305aac7"
    )
    spotdraft.verify(delivery({"x": shown}, told), [Secret(KEY)], NOW)

    tomorro = TimedSignature(["x"], "sha256")
    told = (
        b'{"eventId":"11111111-1111-4111-8111-111111111111",'
        b'"eventType":"contractSigned"}'
    )
    shown = "f5791011c4648f165fa525421391052ea8b50da8f62b965d7ae027cfe28277f8"
    header = f"t={MILLISECONDS},sha256={shown}"
    tomorro.verify(delivery({"x": header}, told), [Secret("test-secret")], NOW)


def test_what_others_publish():
    """GitHub's body signature and Stripe's timed one, without their own prefixes."""
    github = BodySignature("x", "sha256")
    shown = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    secret = Secret("It's a Secret to Everybody")
    github.verify(delivery({"x": shown}, b"Hello, World!"), [secret], NOW)

    stripe = TimedSignature(["x"], "sha256", timedelta.max)
    shown = "929fbf631339acff4a8b6cb63f98bbf36800ae29fa293b216871373422b1eab6"
    told = delivery(
        {"x": f"t=1700000000,sha256={shown}"}, b'{"id": "evt_test_webhook"}'
    )
    stripe.verify(told, [Secret("whsec_test_secret")], NOW)


def flipped(text, place):
    """The bytes with one bit turned round."""
    told = bytearray(text)
    told[place // 8 % len(told)] ^= 1 << place % 8
    return bytes(told)


def places(length, count):
    """So many bits, spread over all of them."""
    return [step * length * 8 // count for step in range(count)]


def refused(hook, headers, body, token=None):
    """Whether a delivery is refused, by the one error."""
    try:
        hook.verify_and_parse(headers, body, token=token, now=NOW)
    except WebhookVerificationError:
        return True
    return False


@pytest.mark.parametrize("scheme", [SPOTDRAFT, TOMORRO], ids=lambda one: one.name)
def test_no_bit_of_the_body_can_be_turned(scheme, size, tried):
    """Each is signed."""
    hook, count = scheme.hook(), size(full=256, few=64)
    for place in places(len(scheme.body), count):
        assert refused(hook, scheme.headers, flipped(scheme.body, place)), place
    tried(count, "flips of the body")


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda one: one.name)
def test_no_bit_of_the_proof_can_be_turned(scheme, size, tried):
    """Neither of the signature nor of the token."""
    hook, count = scheme.hook(), size(full=256, few=64)
    if scheme.token is not None:
        for place in places(len(scheme.token), count):
            token = flipped(scheme.token.encode(), place).decode("latin-1")
            assert refused(hook, scheme.headers, scheme.body, token), place
        tried(count, "flips of the token")
        return
    name, value = scheme.headers[0]
    lead, _, shown = value.rpartition("=")
    lead = f"{lead}=" if lead else ""
    for place in places(len(shown), count):
        told = [(name.encode(), lead.encode() + flipped(shown.encode(), place))]
        assert refused(hook, told, scheme.body), place
    tried(count, "flips of the signature")


def test_no_bit_of_the_time_can_be_turned(size, tried):
    """It is signed too, even where the new one is still fresh."""
    hook, count = TOMORRO.hook(), size(full=256, few=64)
    stamp = STAMP.removeprefix("t=").encode()
    for place in places(len(stamp), count):
        told = b"t=" + flipped(stamp, place) + b"," + DIGEST.encode()
        assert refused(hook, [(LEEWAY.encode(), told)], SIGNED), place
    tried(count, "flips of the time")


NAMES = (HASH, LEEWAY, "Leeway_Signature", "tomorro-signature", "content-type", "")
PARTS = (
    *(
        "t=",
        "sha256=",
        ",",
        "=",
        ";",
        " ",
        "\0",
        "é",
        "鍵",
        "\ud800",
        "NaN",
        "-",
        "1e9",
    ),
    *("9" * 400, "0" * 128, str(MILLISECONDS), "a", "\n", "t=1", "'", '"', "%s", "{}"),
    *(STAMP, GOOD[:64], DIGEST[:20]),
)


def fuzzed(dice):
    """A set of headers in one of the forms that frameworks have."""
    pairs = [
        (dice.choice(NAMES), "".join(dice.choices(PARTS, k=dice.randrange(6))))
        for _ in range(dice.randrange(5))
    ]
    form = dice.randrange(3)
    if form == 0:
        return dict(pairs)
    if form == 1:
        return pairs
    return [(name.encode(), value.encode("utf-8", "replace")) for name, value in pairs]


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda one: one.name)
def test_whatever_headers_say_the_error_is_one(scheme, size, tried):
    """Nothing else escapes, and nothing is accepted."""
    dice, hook, count = random.Random(8), scheme.hook(), size(full=10_000, few=500)
    for _ in range(count):
        headers = fuzzed(dice)
        token = "".join(dice.choices(PARTS, k=dice.randrange(3)))
        assert refused(hook, headers, scheme.body, token), headers
    tried(count, "sets of headers")


SOURCES = [
    Path(clm_bridge.__file__).parent / "_signatures.py",
    Path(clm_bridge.__file__).parent / "_webhook.py",
    Path(clm_bridge.__file__).parent / "_events.py",
]
SECRET_NAMES = {
    "expected",
    "shown",
    "told",
    "key",
    "keys",
    "secret",
    "secrets",
    "token",
}


def comparisons(source):
    """The lines on which something secret is compared by an operator."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Compare):
            continue
        if not all(
            isinstance(one, ast.Eq | ast.NotEq | ast.In | ast.NotIn) for one in node.ops
        ):
            continue
        sides = [node.left, *node.comparators]
        names = {
            one.id
            for side in sides
            for one in ast.walk(side)
            if isinstance(one, ast.Name)
        }
        attributes = {
            one.attr
            for side in sides
            for one in ast.walk(side)
            if isinstance(one, ast.Attribute)
        }
        if names & SECRET_NAMES or attributes & {"token", "headers", "body"}:
            found.append(ast.unparse(node))
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_only_compare_digest_compares(path):
    """No operator sees what is secret: how long it takes would tell."""
    assert comparisons(path.read_text(encoding="utf-8")) == []


def test_a_comparison_by_an_operator_would_be_seen():
    """The check can fail."""
    assert comparisons("if expected == shown: pass") == ["expected == shown"]
    assert comparisons("x = delivery.token in secrets") == ["delivery.token in secrets"]


def test_compare_digest_is_called_once():
    """All schemes share the one comparison."""
    source = SOURCES[0].read_text(encoding="utf-8")

    assert source.count("compare_digest(") == 1


def test_the_kinds_are_read_after_the_proof():
    """The events of the vectors are what their words say."""
    assert verified(VALID["body: as signed"]).kind is EventKind.EXECUTED
    assert verified(VALID["timed: as signed"]).kind is EventKind.EXECUTED
    assert verified(VALID["token: as set"]).kind is EventKind.UPDATED
