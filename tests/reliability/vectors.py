"""What is to be accepted and what is not: header, body, token and secrets of each."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode, b64encode, urlsafe_b64encode

from .schemes import (
    CALLED,
    COUPA,
    EXECUTED,
    HASH,
    KEY,
    LEEWAY,
    MILLISECONDS,
    SIGNED,
    SPOTDRAFT,
    TOMORRO,
    sha512,
    timed,
)

RAW = b64decode(KEY)
GOOD = sha512(RAW, EXECUTED)
TIMED = timed(SIGNED)
STAMP, _, DIGEST = TIMED.partition(",")
OTHER_KEY = b64encode(b"another key altogether").decode()


def seconds(away):
    """The time in milliseconds, so many seconds from now."""
    return MILLISECONDS + away * 1000


def asgi(*pairs):
    """Headers as ASGI has them."""
    return [(name.lower().encode(), value.encode()) for name, value in pairs]


# name → scheme, headers, body, token, secrets
VALID = {
    "body: as signed": (SPOTDRAFT, {HASH: GOOD}, EXECUTED, None, ()),
    "body: lower-case name": (SPOTDRAFT, {HASH.lower(): GOOD}, EXECUTED, None, ()),
    "body: mixed-case name": (SPOTDRAFT, {HASH.title(): GOOD}, EXECUTED, None, ()),
    "body: pairs": (SPOTDRAFT, [(HASH, GOOD)], EXECUTED, None, ()),
    "body: ASGI": (SPOTDRAFT, asgi((HASH, GOOD)), EXECUTED, None, ()),
    "body: blanks around": (SPOTDRAFT, {HASH: f" {GOOD} "}, EXECUTED, None, ()),
    "body: bytearray": (SPOTDRAFT, {HASH: GOOD}, bytearray(EXECUTED), None, ()),
    "body: memoryview": (SPOTDRAFT, {HASH: GOOD}, memoryview(EXECUTED), None, ()),
    "body: old key and new": (
        SPOTDRAFT,
        {HASH: GOOD},
        EXECUTED,
        None,
        (OTHER_KEY, KEY),
    ),
    "body: new key and old": (
        SPOTDRAFT,
        {HASH: GOOD},
        EXECUTED,
        None,
        (KEY, OTHER_KEY),
    ),
    "body: key without '='": (SPOTDRAFT, {HASH: GOOD}, EXECUTED, None, (KEY[:-2],)),
    "body: key with one '='": (SPOTDRAFT, {HASH: GOOD}, EXECUTED, None, (KEY[:-1],)),
    "body: key with a line end": (
        SPOTDRAFT,
        {HASH: GOOD},
        EXECUTED,
        None,
        (KEY + "\n",),
    ),
    "body: a broken key besides": (SPOTDRAFT, {HASH: GOOD}, EXECUTED, None, ("%", KEY)),
    "body: header twice, one good": (
        SPOTDRAFT,
        [(HASH, "0" * 128), (HASH, GOOD)],
        EXECUTED,
        None,
        (),
    ),
    "timed: as signed": (TOMORRO, {LEEWAY: TIMED}, SIGNED, None, ()),
    "timed: lower-case name": (TOMORRO, {LEEWAY.lower(): TIMED}, SIGNED, None, ()),
    "timed: pairs": (TOMORRO, [(LEEWAY, TIMED)], SIGNED, None, ()),
    "timed: ASGI": (TOMORRO, asgi((LEEWAY, TIMED)), SIGNED, None, ()),
    "timed: legacy underscore": (
        TOMORRO,
        {"Leeway_Signature": TIMED},
        SIGNED,
        None,
        (),
    ),
    "timed: both names": (
        TOMORRO,
        [(LEEWAY, TIMED), ("Leeway_Signature", TIMED)],
        SIGNED,
        None,
        (),
    ),
    "timed: both names folded": (
        TOMORRO,
        {LEEWAY: f"{TIMED},{TIMED}"},
        SIGNED,
        None,
        (),
    ),
    "timed: older name": (TOMORRO, {"Tomorro-Signature": TIMED}, SIGNED, None, ()),
    "timed: older underscore": (
        TOMORRO,
        {"tomorro_signature": TIMED},
        SIGNED,
        None,
        (),
    ),
    "timed: seconds": (
        TOMORRO,
        {LEEWAY: timed(SIGNED, when=MILLISECONDS // 1000)},
        SIGNED,
        None,
        (),
    ),
    "timed: blank after the comma": (
        TOMORRO,
        {LEEWAY: timed(SIGNED, between=", ")},
        SIGNED,
        None,
        (),
    ),
    "timed: digest first": (TOMORRO, {LEEWAY: f"{DIGEST},{STAMP}"}, SIGNED, None, ()),
    "timed: several digests": (
        TOMORRO,
        {LEEWAY: f"{STAMP},sha256=00,{DIGEST},v2=1"},
        SIGNED,
        None,
        (),
    ),
    "timed: unknown parts": (TOMORRO, {LEEWAY: f"v0=1,{TIMED},x"}, SIGNED, None, ()),
    "timed: old secret and new": (
        TOMORRO,
        {LEEWAY: TIMED},
        SIGNED,
        None,
        ("old", "test-secret"),
    ),
    "timed: bytearray": (TOMORRO, {LEEWAY: TIMED}, bytearray(SIGNED), None, ()),
    "timed: memoryview": (TOMORRO, {LEEWAY: TIMED}, memoryview(SIGNED), None, ()),
    **{
        f"timed: {away} s": (
            TOMORRO,
            {LEEWAY: timed(SIGNED, when=seconds(away))},
            SIGNED,
            None,
            (),
        )
        for away in (-300, -299, 299, 300)
    },
    "token: as set": (COUPA, {}, CALLED, COUPA.secret, ()),
    "token: any headers": (COUPA, {HASH: "0", LEEWAY: "1"}, CALLED, COUPA.secret, ()),
    "token: pairs": (COUPA, [("a", "b")], CALLED, COUPA.secret, ()),
    "token: ASGI": (COUPA, asgi(("a", "b")), CALLED, COUPA.secret, ()),
    "token: old and new": (COUPA, {}, CALLED, "new", ("old", "new")),
    "token: new and old": (COUPA, {}, CALLED, "old", ("old", "new")),
    "token: letters of all kinds": (COUPA, {}, CALLED, "Straße-鍵", ("Straße-鍵",)),
    "token: bytearray": (COUPA, {}, bytearray(CALLED), COUPA.secret, ()),
    "token: memoryview": (COUPA, {}, memoryview(CALLED), COUPA.secret, ()),
    "token: one letter": (COUPA, {}, CALLED, "x", ("x",)),
    "token: an empty one besides": (COUPA, {}, CALLED, "x", ("", "x")),
    "token: under its name": (
        COUPA,
        {},
        b'{"contract":' + CALLED + b"}",
        COUPA.secret,
        (),
    ),
}


def body_signed(body, key=RAW):
    """A SpotDraft delivery of any body, well signed."""
    return {HASH: sha512(key, body)}


NOT_TEXT = b'{"activity":"\xff\xfe"}'
NESTED = b"[" * 100_000
BAD = {
    "body: no header": (SPOTDRAFT, {}, EXECUTED, None, ()),
    "body: empty header": (SPOTDRAFT, {HASH: ""}, EXECUTED, None, ()),
    "body: blank header": (SPOTDRAFT, {HASH: "  "}, EXECUTED, None, ()),
    "body: wrong signature": (SPOTDRAFT, {HASH: "0" * 128}, EXECUTED, None, ()),
    "body: cut short": (SPOTDRAFT, {HASH: GOOD[:-1]}, EXECUTED, None, ()),
    "body: one letter more": (SPOTDRAFT, {HASH: GOOD + "0"}, EXECUTED, None, ()),
    "body: upper case": (SPOTDRAFT, {HASH: GOOD.upper()}, EXECUTED, None, ()),
    "body: with a prefix": (SPOTDRAFT, {HASH: f"sha512={GOOD}"}, EXECUTED, None, ()),
    "body: base64 digest": (
        SPOTDRAFT,
        {HASH: b64encode(bytes.fromhex(GOOD)).decode()},
        EXECUTED,
        None,
        (),
    ),
    "body: SHA-256": (
        SPOTDRAFT,
        {HASH: hmac.new(RAW, EXECUTED, "sha256").hexdigest()},
        EXECUTED,
        None,
        (),
    ),
    "body: bare hash": (
        SPOTDRAFT,
        {HASH: hashlib.sha512(EXECUTED).hexdigest()},
        EXECUTED,
        None,
        (),
    ),
    "body: key as text, as in 2024": (
        SPOTDRAFT,
        body_signed(EXECUTED, KEY.encode()),
        EXECUTED,
        None,
        (),
    ),
    "body: header of 2024": (
        SPOTDRAFT,
        {"X-SD-CONTENT-HASH": GOOD},
        EXECUTED,
        None,
        (),
    ),
    "body: another key": (SPOTDRAFT, {HASH: GOOD}, EXECUTED, None, (OTHER_KEY,)),
    "body: key in hex": (SPOTDRAFT, {HASH: GOOD}, EXECUTED, None, (RAW.hex(),)),
    "body: key of another alphabet": (
        SPOTDRAFT,
        body_signed(EXECUTED, b"\xfb\xff"),
        EXECUTED,
        None,
        (urlsafe_b64encode(b"\xfb\xff").decode(),),
    ),
    "body: empty secret": (
        SPOTDRAFT,
        body_signed(EXECUTED, b""),
        EXECUTED,
        None,
        ("",),
    ),
    "body: secret of '='": (
        SPOTDRAFT,
        body_signed(EXECUTED, b""),
        EXECUTED,
        None,
        ("==",),
    ),
    "body: two empty secrets": (
        SPOTDRAFT,
        body_signed(EXECUTED, b""),
        EXECUTED,
        None,
        ("", ""),
    ),
    "body: secret that is no base64": (
        SPOTDRAFT,
        {HASH: GOOD},
        EXECUTED,
        None,
        ("%%",),
    ),
    "body: another body": (SPOTDRAFT, {HASH: GOOD}, EXECUTED + b" ", None, ()),
    "body: written anew": (
        SPOTDRAFT,
        {HASH: GOOD},
        EXECUTED.replace(b":", b": "),
        None,
        (),
    ),
    "body: empty body": (SPOTDRAFT, body_signed(b""), b"", None, ()),
    "body: text for bytes": (SPOTDRAFT, {HASH: GOOD}, EXECUTED.decode(), None, ()),
    "body: not UTF-8": (SPOTDRAFT, body_signed(NOT_TEXT), NOT_TEXT, None, ()),
    "body: bad JSON": (SPOTDRAFT, body_signed(b"{"), b"{", None, ()),
    "body: no object": (SPOTDRAFT, body_signed(b"[]"), b"[]", None, ()),
    "body: nested too deep": (SPOTDRAFT, body_signed(NESTED), NESTED, None, ()),
    "body: not a number": (SPOTDRAFT, body_signed(b"NaN"), b"NaN", None, ()),
    "body: another vendor's": (SPOTDRAFT, body_signed(SIGNED), SIGNED, None, ()),
    "body: letters of all kinds": (SPOTDRAFT, {HASH: "鍵" * 43}, EXECUTED, None, ()),
    "body: a hundred tries": (
        SPOTDRAFT,
        [*[(HASH, "0" * 128)] * 100, (HASH, GOOD)],
        EXECUTED,
        None,
        (),
    ),
    "body: good token alone": (SPOTDRAFT, {}, EXECUTED, KEY, ()),
    "timed: no header": (TOMORRO, {}, SIGNED, None, ()),
    "timed: empty header": (TOMORRO, {LEEWAY: ""}, SIGNED, None, ()),
    "timed: no time": (TOMORRO, {LEEWAY: DIGEST}, SIGNED, None, ()),
    "timed: no digest": (TOMORRO, {LEEWAY: STAMP}, SIGNED, None, ()),
    "timed: empty digest": (TOMORRO, {LEEWAY: f"{STAMP},sha256="}, SIGNED, None, ()),
    "timed: two times": (TOMORRO, {LEEWAY: f"t=1,{TIMED}"}, SIGNED, None, ()),
    "timed: unknown scheme": (
        TOMORRO,
        {LEEWAY: TIMED.replace("sha256", "v1")},
        SIGNED,
        None,
        (),
    ),
    "timed: no comma": (TOMORRO, {LEEWAY: TIMED.replace(",", ";")}, SIGNED, None, ()),
    "timed: nonsense": (TOMORRO, {LEEWAY: "nonsense"}, SIGNED, None, ()),
    "timed: wrong signature": (
        TOMORRO,
        {LEEWAY: f"{STAMP},sha256={'0' * 64}"},
        SIGNED,
        None,
        (),
    ),
    "timed: upper case": (
        TOMORRO,
        {LEEWAY: f"{STAMP},{DIGEST.upper()}"},
        SIGNED,
        None,
        (),
    ),
    "timed: time not signed": (
        TOMORRO,
        {LEEWAY: TIMED.replace(STAMP, f"t={MILLISECONDS + 1}")},
        SIGNED,
        None,
        (),
    ),
    **{
        f"timed: time of {told!r}": (
            TOMORRO,
            {LEEWAY: timed(SIGNED, when=told)},
            SIGNED,
            None,
            (),
        )
        for told in ("", "abc", "1e12", "-1", "NaN", "٣", "0x1", "1.5", "9" * 16, "0")
    },
    **{
        f"timed: {away} s": (
            TOMORRO,
            {LEEWAY: timed(SIGNED, when=seconds(away))},
            SIGNED,
            None,
            (),
        )
        for away in (-86400, -301, 301, 86400)
    },
    "timed: another secret": (TOMORRO, {LEEWAY: TIMED}, SIGNED, None, ("other",)),
    "timed: empty secret": (
        TOMORRO,
        {LEEWAY: timed(SIGNED, key=b"")},
        SIGNED,
        None,
        ("",),
    ),
    "timed: another body": (TOMORRO, {LEEWAY: TIMED}, SIGNED + b"\n", None, ()),
    "timed: bad JSON": (TOMORRO, {LEEWAY: timed(b"{")}, b"{", None, ()),
    "timed: not UTF-8": (TOMORRO, {LEEWAY: timed(NOT_TEXT)}, NOT_TEXT, None, ()),
    "timed: another vendor's": (TOMORRO, {LEEWAY: timed(EXECUTED)}, EXECUTED, None, ()),
    "timed: text for bytes": (TOMORRO, {LEEWAY: TIMED}, SIGNED.decode(), None, ()),
    "token: none": (COUPA, {}, CALLED, None, ()),
    "token: empty": (COUPA, {}, CALLED, "", ()),
    "token: empty, as the secret": (COUPA, {}, CALLED, "", ("",)),
    "token: wrong": (COUPA, {}, CALLED, "wrong", ()),
    "token: cut short": (COUPA, {}, CALLED, COUPA.secret[:-1], ()),
    "token: one letter more": (COUPA, {}, CALLED, COUPA.secret + "x", ()),
    "token: upper case": (COUPA, {}, CALLED, COUPA.secret.upper(), ()),
    "token: blanks around": (COUPA, {}, CALLED, f" {COUPA.secret} ", ()),
    "token: as a path": (COUPA, {}, CALLED, f"/{COUPA.secret}", ()),
    "token: quoted": (COUPA, {}, CALLED, f'"{COUPA.secret}"', ()),
    "token: in a header": (COUPA, {"Authorization": COUPA.secret}, CALLED, None, ()),
    "token: in the body": (COUPA, {}, b'{"token":"t0ken-of-our-own"}', None, ()),
    "token: half of a pair": (COUPA, {}, CALLED, "\ud800", ()),
    "token: null byte": (COUPA, {}, CALLED, COUPA.secret + "\0", ()),
    "token: long": (COUPA, {}, CALLED, "x" * 100_000, ()),
    "token: another secret": (COUPA, {}, CALLED, COUPA.secret, ("other",)),
    "token: two other secrets": (COUPA, {}, CALLED, COUPA.secret, ("a", "b")),
    "token: both at once": (COUPA, {}, CALLED, "ab", ("a", "b")),
    "token: mask": (COUPA, {}, CALLED, "***", ()),
    "token: bad JSON": (COUPA, {}, b"{", COUPA.secret, ()),
    "token: empty body": (COUPA, {}, b"", COUPA.secret, ()),
    "token: not UTF-8": (COUPA, {}, NOT_TEXT, COUPA.secret, ()),
    "token: no object": (COUPA, {}, b"[]", COUPA.secret, ()),
    "token: null": (COUPA, {}, b'{"contract":null}', COUPA.secret, ()),
    "token: no id": (COUPA, {}, b'{"status":"draft"}', COUPA.secret, ()),
    "token: SpotDraft's": (COUPA, body_signed(EXECUTED), EXECUTED, COUPA.secret, ()),
    "token: Tomorro's": (COUPA, {LEEWAY: TIMED}, SIGNED, COUPA.secret, ()),
    "token: text for bytes": (COUPA, {}, CALLED.decode(), COUPA.secret, ()),
}
