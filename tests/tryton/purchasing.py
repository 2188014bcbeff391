"""A company that buys: parties, a product, and an agreement in each state."""

from __future__ import annotations

AGREEMENT = "purchase.blanket_agreement"


def date(year, month, day):
    """A day as Tryton writes it."""
    return {"__class__": "date", "year": year, "month": month, "day": day}


def decimal(digits):
    """An exact number as Tryton writes it."""
    return {"__class__": "Decimal", "decimal": digits}


class Company:
    """What the tests read; ids by name."""

    def __init__(self, server):
        self.server = server
        self.euro = self._made(
            "currency.currency",
            name="Euro",
            symbol="€",
            code="EUR",
            rounding=decimal("0.01"),
            digits=2,
        )
        northwind = self._made("party.party", name="Northwind Ltd")
        self.id = self._made("company.company", party=northwind, currency=self.euro)
        server.change(
            "res.user",
            1,
            name="Ada Admin",
            companies=[["add", [self.id]]],
            company=self.id,
        )
        self.acme = self._made("party.party", name="Acme Supplies", code="ACM-7")
        self.globex = self._made("party.party", name="Globex")
        self.nameless = self._made("party.party", name=None, code="N-1")
        self._product()
        self.agreements = self._agreements()

    def _made(self, model, **values):
        return self.server.create(model, **values)["id"]

    def _product(self):
        [self.unit] = self.server.find("product.uom", [["name", "=", "Unit"]])
        made = self.server.create(
            "product.template",
            fields=["products"],
            name="Bolt",
            type="goods",
            default_uom=self.unit,
            purchasable=True,
            purchase_uom=self.unit,
            products=[["create", [{}]]],
        )
        [self.bolt] = made["products"]

    def _agreements(self):
        running = self.agree(
            self.acme,
            description="Bolts 2026",
            reference="PR-1042",
            from_date=date(2026, 1, 1),
            to_date=date(2026, 12, 31),
            lines=[self.line(100.0), self.line(3.0)],
        )
        self.press(running, "run")
        closed = self.agree(
            self.globex,
            description="Nuts 2024 (100 %)",
            reference="PR-1148",
            from_date=date(2024, 2, 1),
            to_date=date(2024, 2, 29),
            lines=[self.line(None)],
        )
        self.press(closed, "run", "close")
        early = self.agree(
            self.acme,
            description="Washers",
            reference="PR-1148",
            from_date=date(2025, 1, 1),
            to_date=date(2999, 12, 31),
            lines=[self.line(None)],
        )
        self.press(early, "run", "close")
        cancelled = self.agree(self.nameless, description="Ça ne va pas")
        self.press(cancelled, "cancel")
        untouched = self.agree(self.acme)
        self.server.change("party.party", self.globex, active=False)
        return {
            "running": running,
            "closed": closed,
            "early": early,
            "cancelled": cancelled,
            "untouched": untouched,
        }

    def line(self, quantity):
        """A line for so many bolts."""
        return {
            "product": self.bolt,
            "unit": self.unit,
            "quantity": quantity,
            "unit_price": decimal("2.5"),
        }

    def agree(self, supplier, *, lines=(), **values):
        """Create an agreement, and return its id."""
        return self._made(
            AGREEMENT,
            company=self.id,
            currency=self.euro,
            supplier=supplier,
            lines=[["create", list(lines)]] if lines else [],
            **values,
        )

    def press(self, id, *buttons):
        """Press an agreement's buttons, one after the other."""
        for button in buttons:
            self.server.press(AGREEMENT, id, button)

    def key_of(self, login, **values):
        """Create a user, and return a key of his own."""
        user = self._made("res.user", name=login, login=login, **values)
        made = self.server.create(
            "res.user.application", fields=["key"], user=user, application="rest"
        )
        return made["key"]
