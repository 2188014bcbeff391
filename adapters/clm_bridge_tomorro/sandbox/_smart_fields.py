"""
The smart fields of the sandbox's workspace: Tomorro's own, and a customer's.

The native ones follow
https://help.tomorro.com/en/articles/5412849-discover-tomorro-s-native-smart-fields
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from clm_bridge.sandbox import DEPARTMENTS

from ._ids import uuid
from ._times import is_day

CONTRACT, COUNTERPARTY = "contract", "external_party"
ENGLISH = ("gb", "us")
TYPES = {
    "text": "string",
    "number": "number",
    "date": "date",
    "select": "select",
    "multiselect": "multiselect",
    "rich text": "richText",
}
"""Kind → the API's type; only string and number are seen in public (A-22)."""

Value = str | int | Decimal | list[Any]


@frozen
class Option:
    """An option of a select field, with its label by language."""

    id: str
    label: str
    labels: Mapping[str, str] = field(factory=dict, hash=False)


@frozen
class SmartField:
    """A field's definition; ``side`` is what the API calls its object."""

    name: str
    kind: str = "text"
    french: str | None = None
    options: Sequence[Option] = ()
    side: str = CONTRACT
    computed: bool = False

    @property
    def id(self) -> str:
        """The same id in every workspace of the sandbox."""
        return uuid("smart field", self.side, self.name)

    def named(self, language: str | None) -> str:
        """Return the name in *language*, or the default one."""
        return self.french or self.name if language == "fr" else self.name

    def takes(self, value: object) -> bool:
        """Say whether *value* has the form that this field holds (A-22)."""
        labels = [option.label for option in self.options]
        if self.kind == "select":
            return value in labels
        if self.kind == "multiselect":
            return isinstance(value, list) and all(one in labels for one in value)
        return _FORMS[self.kind](value)


def is_number(value: object) -> bool:
    """Say whether *value* is a JSON number."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def is_text(value: object) -> bool:
    """Say whether *value* is a JSON string."""
    return isinstance(value, str)


def is_slate(value: object) -> bool:
    """Say whether *value* is a Slate document: a list of nodes, down to texts."""
    return isinstance(value, list) and bool(value) and all(map(_is_node, value))


def _is_node(value: object) -> bool:
    if not isinstance(value, Mapping):
        return False
    if "children" in value:
        return is_slate(value["children"])
    return isinstance(value.get("text"), str)


_FORMS: Mapping[str, Callable[[object], bool]] = {
    "text": is_text,
    "number": is_number,
    "date": is_day,
    "rich text": is_slate,
}


def _options(of: str, labels: Mapping[str, str | None]) -> tuple[Option, ...]:
    return tuple(
        Option(uuid("option", of, label), label, {"fr": french} if french else {})
        for label, french in labels.items()
    )


FIXED, OPEN, INSTANT = "Fixed-term", "Open-ended", "Instant execution"
NO_RENEWAL, TACIT = "None", "Tacit"
YES, NO = "Yes", "No"

_DURATIONS = {
    FIXED: "Durée déterminée",
    OPEN: "Durée indéterminée",
    INSTANT: "Exécution instantanée",
}
_RENEWALS = {NO_RENEWAL: "Aucun", TACIT: "Tacite"}

SIGNATURE_DATE = SmartField("Signature date", "date", "Date de signature")
DURATION_TYPE = SmartField(
    "Duration type", "select", "Type de durée", _options("Duration type", _DURATIONS)
)
START_DATE = SmartField("Start date", "date", "Date de début")
INITIAL_DURATION = SmartField("Initial duration", "number", "Durée initiale")
INITIAL_END = SmartField("Initial end date", "date", "Date de fin initiale")
RENEWAL_TYPE = SmartField(
    "Renewal type",
    "select",
    "Type de renouvellement",
    _options("Renewal type", _RENEWALS),
)
RENEWAL_DURATION = SmartField("Renewal duration", "number", "Durée de renouvellement")
NOTICE = SmartField("Notice", "text", "Préavis")
NEXT_RENEWAL = SmartField(
    "Next renewal date", "date", "Prochaine date de renouvellement", computed=True
)
LANGUAGE = SmartField("Document language", "text", "Langue du document")
COUNTRY = SmartField(
    "Counterparty country of registration",
    "text",
    "Pays d'immatriculation de la contrepartie",
)
IDENTIFIER = SmartField("Contract identifier", "text", "Identifiant du contrat")
TEMPLATE = SmartField("Template", "text", "Modèle")
LEGAL_NAME = SmartField(
    "Legal name of the counterparty",
    "text",
    "Dénomination sociale de la contrepartie",
    side=COUNTERPARTY,
)
OUR_NAME = SmartField(
    "Legal name of your organisation",
    "text",
    "Dénomination sociale de votre organisation",
    side=COUNTERPARTY,
)
REGISTRATION = SmartField(
    "Registration number", "text", "Immatriculation", side=COUNTERPARTY
)
NATIVE = (
    SIGNATURE_DATE,
    DURATION_TYPE,
    START_DATE,
    INITIAL_DURATION,
    INITIAL_END,
    RENEWAL_TYPE,
    RENEWAL_DURATION,
    NOTICE,
    NEXT_RENEWAL,
    LANGUAGE,
    COUNTRY,
    IDENTIFIER,
    TEMPLATE,
)

VALUE = SmartField("Contract value", "number", "Valeur du contrat")
CURRENCY = SmartField("Currency", "text", "Devise")
RENEWALS_MAX = SmartField("Renewals max", "number", "Renouvellements max.")
TERMINATION_DATE = SmartField("Termination date", "date", "Date de résiliation")
DEPARTMENT = SmartField(
    "Department",
    "select",
    "Service",
    _options("Department", dict.fromkeys(DEPARTMENTS)),
)
COST_CENTRE = SmartField("Cost centre", "text", "Centre de coûts")
RISK_SCORE = SmartField("Risk score", "number", "Score de risque")
PERSONAL_DATA = SmartField(
    "Personal data",
    "select",
    "Données personnelles",
    _options("Personal data", {YES: "Oui", NO: "Non"}),
)
REVIEW_DATE = SmartField("Review date", "date", "Date de revue")
REGIONS = SmartField(
    "Regions",
    "multiselect",
    "Régions",
    _options("Regions", {"Europe": None, "Americas": "Amériques", "Asia": "Asie"}),
)
SPECIAL_TERMS = SmartField("Special terms", "rich text", "Conditions particulières")
CUSTOM = (
    VALUE,
    CURRENCY,
    RENEWALS_MAX,
    TERMINATION_DATE,
    DEPARTMENT,
    COST_CENTRE,
    RISK_SCORE,
    PERSONAL_DATA,
    REVIEW_DATE,
    REGIONS,
    SPECIAL_TERMS,
)

NOTICE_DAYS = SmartField("Notice (days)", "number", "Préavis (jours)")
NOTICE_MONTHS = SmartField("Notice (months)", "number", "Préavis (mois)")


def defined(notice: str) -> dict[str, SmartField]:
    """Return the workspace's smart fields by id, for a form of the notice."""
    extra = (NOTICE_DAYS, NOTICE_MONTHS) if notice == "number" else ()
    own = (*NATIVE, *CUSTOM, *extra, LEGAL_NAME, OUR_NAME, REGISTRATION)
    return {one.id: one for one in own}
