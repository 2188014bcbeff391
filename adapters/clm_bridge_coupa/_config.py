"""The settings of a Coupa connection."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen

from clm_bridge import ConfigError
from clm_bridge.adapter import Secret, setting

CUSTOM = "custom-field:"
OWN_IDS = ("external-contract-id", "number", "source-id")


@frozen
class Config:
    """Created in Coupa under Setup → Integrations → Oauth2/OpenID Connect Clients."""

    client_id: str = setting("The client's identifier.")
    client_secret: Secret = setting("The client's secret.", secret=True)
    instance: str | None = setting(
        "The name in https://<instance>.coupahost.com.", default=None
    )
    base_url: str | None = setting(
        "Another origin, such as a sandbox's http://127.0.0.1:8101.", default=None
    )
    scope: str = setting(
        "What to ask for; each must be ticked on the client.",
        default="core.contract.read core.supplier.read core.common.read",
    )
    token_settle: float = setting(
        "Seconds that Coupa wants between a token's issue and its use.", default=5.0
    )
    external_id: str = setting(
        "Where your own id lives: external-contract-id, number, source-id, or "
        "custom-field:<name>.",
        default="external-contract-id",
    )
    fields: tuple[str, ...] = setting(
        "Further attributes to ask for; they come with the contract's own fields.",
        default=(),
    )

    hierarchy: bool = setting(
        "Whether Enable Contract Hierarchy is on in Setup > Company Information: then "
        "what is completed or published is changed through update_published.",
        default=True,
    )

    def __attrs_post_init__(self) -> None:
        _check_own_id(self.external_id)
        _check_fields(self.fields)

    @property
    def origin(self) -> str:
        """Scheme and host of the instance."""
        if self.base_url:
            return self.base_url.rstrip("/")
        if self.instance is None:
            raise ConfigError("instance is missing", hint="or write base_url")
        if not re.fullmatch(r"[A-Za-z0-9-]+", self.instance):
            raise ConfigError(
                "instance is not a name",
                hint='for https://acme.coupahost.com write instance = "acme", and '
                "for another host base_url",
            )
        return f"https://{self.instance}.coupahost.com"


def _check_fields(names: Iterable[str]) -> None:
    for name in names:
        if hyphened(name).partition(".")[0] == "custom-fields":
            raise ConfigError(
                f"fields has {name!r}",
                hint="custom fields come without being named, all of them",
            )


def hyphened(name: str) -> str:
    """Spell an attribute as answers do; queries take underscores as well."""
    return name.replace("_", "-")


def _check_own_id(external_id: str) -> None:
    named = external_id.removeprefix(CUSTOM)
    if external_id in OWN_IDS or (named != external_id and named):
        return
    raise ConfigError(
        f"external_id is {external_id!r}",
        hint=f"it is one of {', '.join(OWN_IDS)}, or {CUSTOM}<name>",
    )
