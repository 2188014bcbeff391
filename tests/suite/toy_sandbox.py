"""The toy's own sandbox: rows in the order of their numbers."""

from __future__ import annotations

import hmac
import json

from flask import Flask, Response, jsonify, request

from clm_bridge import Status
from clm_bridge.sandbox import Manner, Mishaps, Outbox, Sandbox, pdf

WORDS = {
    Status.DRAFT: "open",
    Status.NEGOTIATION: "talking",
    Status.APPROVAL: "talking",
    Status.ON_HOLD: "talking",
    Status.SIGNATURE: "signing",
    Status.EXECUTED: "live",
    Status.DECLINED: "void",
    Status.CANCELLED: "void",
}
KEY = "toy-5ecret-key"


def signed(to, body, _):
    """Sign as the toy does."""
    return {"X-Toy": hmac.new(to.secret.encode(), body, "sha256").hexdigest()}


class ToySandbox(Sandbox):
    """Agreements that are kept in memory."""

    told = 0

    vendor = "toy"
    origin = "https://api.toy.example"
    assumptions = {"ORDER": "A list begins with the oldest."}  # noqa: RUF012

    def __init__(self, deals, clock, *, switches):
        self._deals, self._clock = deals, clock
        manner = Manner(words=("agreement-made", "agreement-live"), sign=signed)
        self.webhooks = Outbox(manner, clock, Mishaps())
        self.reset()
        self.app = Flask("toy")
        self.app.before_request(self._knows)
        for method, rule, view in (
            ("GET", "/me", lambda: {"name": "toy"}),
            ("GET", "/firms", self._firms),
            ("GET", "/agreements", self._list),
            ("POST", "/agreements", self._make),
            ("GET", "/agreements/<ref>", self._one),
            ("PATCH", "/agreements/<ref>", self._change),
            ("POST", "/agreements/<ref>/<word>", self._move),
            ("GET", "/agreements/<ref>/file", self._file),
        ):
            self.app.add_url_rule(
                rule, f"{method} {rule}", view_func=view, methods=[method]
            )

    def tell(self, word, contract_id=None):
        """Tell of an agreement."""
        self.told += 1
        event = {
            "key": f"e{self.told}",
            "what": word,
            "when": self._clock.now().isoformat(),
            "ref": contract_id or next(iter(self.rows)),
        }
        self.webhooks.tell(word, None, lambda _: json.dumps(event).encode())

    def settings(self):
        return {"key": KEY}

    def reset(self):
        self.rows = {str(deal.index): self._row(deal) for deal in self._deals}

    def comment(self, contract_id):
        """Change an agreement, and leave it where it is."""
        self.rows[contract_id]["changed"] = self._clock.now().isoformat()

    def _row(self, deal):
        day = lambda one: one and one.isoformat()  # noqa: E731
        return {
            "ref": deal.index,
            "title": deal.name,
            "state": WORDS[deal.status],
            "no": deal.number,
            "with": deal.counterparty.name,
            "own": deal.link and deal.link.id,
            "made": deal.created_at.isoformat(),
            "changed": deal.updated_at.isoformat(),
            "from": day(deal.effective_on),
            "until": day(deal.expires_on),
            "worth": deal.value and str(deal.value.amount),
            "currency": deal.value and deal.value.currency,
            "department": deal.fields.get("Department"),
        }

    def _knows(self):
        if request.headers.get("x-key") != KEY:
            return jsonify(error="no such key"), 401
        return None

    def _firms(self):
        return jsonify(sorted({deal.counterparty.name for deal in self._deals}))

    def _list(self):
        asked = request.args
        words = set(asked["state"].split(",")) if "state" in asked else None
        after = int(asked.get("after", 0))
        found = [
            row
            for row in self.rows.values()
            if row["ref"] > after
            and (words is None or row["state"] in words)
            and ("own" not in asked or row["own"] == asked["own"])
        ]
        return jsonify(found[: int(asked["size"])])

    def _one(self, ref):
        if ref not in self.rows:
            return jsonify(error="there is no such agreement"), 404
        return self.rows[ref]

    def _make(self):
        ref = len(self.rows) + 1
        self.rows[str(ref)] = {"ref": ref, "state": "open", **request.json}
        return self.rows[str(ref)], 201

    def _change(self, ref):
        self.rows[ref] |= request.json
        return self.rows[ref]

    def _move(self, ref, word):
        self.rows[ref]["state"] = word
        return self.rows[ref]

    def _file(self, ref):
        return Response(pdf("Agreement", ref), mimetype="application/pdf")
