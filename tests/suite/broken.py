"""Adapters that break one rule each; the suite must say which."""

from __future__ import annotations

import hmac
import json
import logging
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from itertools import count

from attrs import evolve, field, frozen

from clm_bridge import WebhookVerificationError
from clm_bridge.adapter import (
    ApiKey,
    Contract,
    Day,
    EventKind,
    FieldKind,
    Loss,
    Money,
    NotFound,
    Page,
    Secret,
    Status,
    StatusReport,
    Unsupported,
    reading,
    setting,
    wire,
)

from .toy import Row, Toy

NUMBERS = count()
BROKEN = {}
"""Each broken adapter, and the MUST that catches it."""


def breaks(must):
    """Say which rule an adapter breaks."""

    def noted(cls):
        BROKEN[cls.__name__] = cls, must
        return cls

    return noted


@frozen
class Mumbling:
    """Settings that do not say what they are for."""

    key: Secret = setting("", secret=True)
    base_url: str = setting("Another origin.", default="https://api.toy.example")


@breaks("MUST-CONFIG-1")
class SaysNothing(Toy):
    Config = Mumbling


@frozen
class Open:
    """Settings whose secret is text."""

    key: str = field(metadata={"says": "A key.", "secret": True, "choices": ()})
    base_url: str = setting("Another origin.", default="https://api.toy.example")


@breaks("MUST-CONFIG-2")
class ShowsItsKey(Toy):
    Config = Open

    def __init__(self, config, workspace):
        super().__init__(evolve(config, key=Secret(str(config.key))), workspace)


@breaks("MUST-CONFIG-5")
class StaysAtHome(Toy):
    def __init__(self, config, workspace):
        super().__init__(config, workspace)
        self.base_url = "https://api.toy.example/"


@breaks("MUST-PLUGIN-3")
class Promises(Toy):
    async def contract_status(self, id):
        raise Unsupported("not yet")


@breaks("MUST-PLUGIN-4")
class LosesNowhere(Toy):
    losses = (*Toy.losses, Loss("prise", "it is lost on the way"))


@breaks("MUST-LIST-1")
class DropsTheLast(Toy):
    def page(self, found, cursor, limit):
        return super().page(found, cursor, limit) if cursor is None else Page(())


@breaks("MUST-LIST-3")
class StartsAgain(Toy):
    def after(self, cursor):
        return str(max(0, int(super().after(cursor)) - 30))


@breaks("MUST-LIST-4")
class KnowsOnePageSize(Toy):
    def page(self, found, cursor, limit):
        return Page(found, [found[-1].id] if len(found) == 50 else [])


@breaks("MUST-LIST-6")
class FiltersByOneWord(Toy):
    def only(self, words):
        return super().only(words[:1])


@breaks("MUST-LIST-8")
class TakesNoneForAll(Toy):
    row_answers = Toy.row_answers - {"status"}

    async def list_contracts(self, query, cursor):
        if query.status and not self.words(query.status):
            query = evolve(query, status=frozenset())
        return await super().list_contracts(query, cursor)


@breaks("MUST-LIST-9")
class TakesAnyCursor(Toy):
    def after(self, cursor):
        return cursor if cursor and cursor.isdecimal() else "0"


@breaks("MUST-LIST-10")
class LoadsLess(Toy):
    def parts(self, row, payload):
        return super().parts(row, payload) | {"loaded": ()}


@breaks("MUST-GET-1")
class ReadsAnother(Toy):
    async def get_contract(self, id):
        return evolve(await super().get_contract(id), number=None)


@breaks("MUST-GET-3")
class FindsNobody(Toy):
    async def get_contract(self, id):
        try:
            return await super().get_contract(id)
        except NotFound:
            return Contract(id, "?", Status.UNKNOWN, self.source({}))


@breaks("MUST-FIND-2")
class FindsTheFirst(Toy):
    async def find_contracts(self, external_id):
        return (await super().find_contracts(external_id))[:1]


@breaks("MUST-STATUS-2")
class MixesUpWords(Toy):
    def status(self, word):
        return super().status("open" if word == "void" else word)


@breaks("MUST-STATUS-6")
class TakesVoidForDeclined(Toy):
    statuses = Toy.statuses | {"void": Status.DECLINED}


@breaks("MUST-STATUS-3")
class FallsOnNewWords(Toy):
    def status(self, word):
        return self.statuses[word]


@breaks("MUST-STATUS-4")
class GuessesStatuses(Toy):
    async def contract_status(self, id):
        await super().contract_status(id)
        return StatusReport(Status.DRAFT, "open")


@breaks("MUST-STATUS-5")
class ForgetsTheWord(Toy):
    def parts(self, row, payload):
        told = super().parts(row, payload)
        return told | {"source": evolve(told["source"], status=None)}


@breaks("MUST-DATES-1")
class ForgetsTheZone(Toy):
    def dates(self, row):
        told = super().dates(row)
        naive = told.created_at and told.created_at.replace(tzinfo=None)
        return evolve(told, created_at=naive)


@breaks("MUST-DATES-2")
class KeepsTheTime(Toy):
    def dates(self, row):
        told = super().dates(row)
        ends = told.expires_on and datetime.combine(told.expires_on, time(), UTC)
        return evolve(told, expires_on=ends)


@breaks("MUST-DATES-3")
class EndsADayLater(Toy):
    def dates(self, row):
        told = super().dates(row)
        ends = told.expires_on and told.expires_on + timedelta(days=1)
        return evolve(told, expires_on=ends)


@breaks("MUST-DATES-4")
class MovesWithTheZone(Toy):
    def dates(self, row):
        told = super().dates(row)
        zone = self.workspace.zone
        moved = told.created_at.astimezone(zone).replace(tzinfo=UTC)
        return evolve(told, created_at=moved)


@breaks("MUST-MONEY-1")
class CountsInFloats(Toy):
    def money(self, row):
        told = super().money(row)
        return told and Money(float(told.amount), told.currency)


@breaks("MUST-MONEY-2")
class Rounds(Toy):
    def money(self, row):
        told = super().money(row)
        return told and Money(Decimal(float(told.amount)), told.currency)


@breaks("MUST-FIELDS-2")
class MisnamesKinds(Toy):
    def fields(self, row):
        told = super().fields(row)
        return {key: evolve(one, kind=FieldKind.DATE) for key, one in told.items()}


@breaks("MUST-FIELDS-4")
class InventsFields(Toy):
    def fields(self, row):
        told = super().fields(row)
        return {f"x{own}": evolve(one, id=f"x{own}") for own, one in told.items()}


@breaks("MUST-PAYLOAD-1")
class RefusesNews(Toy):
    def contract(self, payload):
        assert len(payload) == 13
        return super().contract(payload)


@frozen
class Needy(Row):
    """Declares as optional what it needs."""

    until: Day | None = wire(to="key_dates.expires_on", default=None)


@breaks("MUST-PAYLOAD-2")
class Needs(Toy):
    reading = reading(row=Needy)

    def contract(self, payload):
        return super().contract(payload | {"until": payload["until"]})


@breaks("MUST-PAYLOAD-3")
class StumblesOverNull(Toy):
    def contract(self, payload):
        _ = payload.get("no", "").strip()
        return super().contract(payload)


@breaks("MUST-PAYLOAD-5")
class TrustsTypes(Toy):
    def contract(self, payload):
        _ = (payload.get("with") or "").strip()
        return super().contract(payload)


@breaks("MUST-PAYLOAD-6")
class TidiesUp(Toy):
    def source(self, raw, status=None):
        told = {"row": raw["row"] | {"title": "tidy"}} if "row" in raw else raw
        return super().source(told, status)


@breaks("MUST-PAYLOAD-7")
class KeepsAll(Toy):
    def source(self, raw, status=None):
        return evolve(super().source(raw, status), raw=raw)


@breaks("MUST-ERRORS-2")
class SwallowsRefusals(Toy):
    async def list_contracts(self, query, cursor):
        from clm_bridge import PermissionDenied

        try:
            return await super().list_contracts(query, cursor)
        except PermissionDenied:
            return Page(())


@breaks("MUST-ERRORS-10")
class FallsOnErrors(Toy):
    def complaints(self, response):
        return [json.loads(response.body)["error"]]


@breaks("MUST-SECRETS-1")
class HoldsItInTheOpen(Toy):
    def __init__(self, config, workspace):
        super().__init__(config, workspace)
        self.kept = config.key.reveal()


@breaks("MUST-SECRETS-2")
class LogsIt(Toy):
    def __init__(self, config, workspace):
        super().__init__(config, workspace)
        self.auth = ApiKey({"x-key": config.key})
        self.key = config.key

    async def check(self):
        logging.getLogger("toy").debug("with %s", self.key.reveal())
        return await super().check()


@breaks("MUST-SECRETS-4")
class PutsItIntoAddresses(Toy):
    def __init__(self, config, workspace):
        super().__init__(config, workspace)
        self.key = config.key

    def only(self, words):
        return super().only(words) | {"key": self.key.reveal()}


@breaks("MUST-WRITE-1")
class DropsTheValue(Toy):
    def body(self, told):
        body = super().body(told)
        body.pop("worth", None)
        return body


@breaks("MUST-WRITE-4")
class WritesBehindAGet(Toy):
    async def create_contract(self, new, fields):
        from clm_bridge.adapter import Request

        asked = Request("POST", "agreements", json=self.body(new), safe=True)
        return str((await asked).json()["ref"])


@breaks("MUST-WRITE-9")
class ChangesMore(Toy):
    async def update_contract(self, id, changes, fields):
        from clm_bridge.adapter import patch

        await patch("agreements/{id}", self.body(changes) | {"own": "x"}, id=id)


@breaks("MUST-STEPS-1")
class StepsFromNowhere(Toy):
    transitions = {  # noqa: RUF012
        step: evolve(move, leaves=["opened"]) for step, move in Toy.transitions.items()
    }


@breaks("MUST-FILES-4")
class FilesForEverybody(Toy):
    async def list_documents(self, contract_id):
        try:
            return await super().list_documents(contract_id)
        except NotFound:
            return []


class TakesAll:
    """A signature that is none."""

    def verify(self, delivery, secrets, now):
        """Accept everything."""


class TakesEmpty:
    """A signature that an empty secret makes."""

    def verify(self, delivery, secrets, now):
        """Compare, whatever the secret is."""
        key = secrets[0].reveal().encode()
        expected = hmac.new(key, delivery.body, "sha256").hexdigest()
        if expected not in delivery.headers.get("x-toy", ()):
            raise WebhookVerificationError("wrong")


@breaks("MUST-EVENTS-1")
class BelievesEverybody(Toy):
    signature = TakesAll()


@breaks("MUST-EVENTS-2")
class BelievesTheEmptySecret(Toy):
    signature = TakesEmpty()


@breaks("MUST-EVENTS-3")
class ForgetsAWord(Toy):
    def event_kind(self, word):
        return super().event_kind("agreement-made")


@breaks("MUST-EVENTS-4")
class FallsOnNewEvents(Toy):
    def event_kind(self, word):
        return self.events[word]


@breaks("MUST-EVENTS-4")
class CountsNoWords(Toy):
    def event_kind(self, word):
        return self.events.get(word, EventKind.OTHER)


@breaks("MUST-EVENTS-5")
class NamesEventsAnew(Toy):
    def event_id(self, told):
        return f"{id(told)}-{next(NUMBERS)}"


@breaks("MUST-EVENTS-5")
class NamesEventsByContract(Toy):
    def event_id(self, told):
        return told.ref


@breaks("MUST-EVENTS-6")
class NamesNobody(Toy):
    def read_event(self, payload):
        return evolve(super().read_event(payload), contract_id="nobody")


@breaks("MUST-EVENTS-7")
class ReadsByHand(Toy):
    def read_event(self, payload):
        return super().read_event(payload | {"what": payload["what"]})
