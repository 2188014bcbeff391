"""The settings of a connection to a Tryton server."""

from __future__ import annotations

from urllib.parse import quote

from attrs import frozen

from clm_bridge import ConfigError
from clm_bridge.adapter import Secret, setting

OWN_IDS = ("reference", "number", "description")


@frozen
class Config:
    """A server, one of its databases, and a key of one of the database's users."""

    base_url: str = setting("The server's origin, such as https://tryton.example.com.")
    database: str = setting("The database's name, the first part of every address.")
    key: Secret = setting(
        "A user application key: User Preferences → Applications, REST API, validated "
        "by an administrator.",
        secret=True,
    )
    external_id: str = setting(
        f"Where your own id lives: {', '.join(OWN_IDS)}.",
        default="reference",
        choices=OWN_IDS,
    )
    fields: tuple[str, ...] = setting(
        "Further fields to ask for, also of records beside the agreement, such as "
        "supplier.email; they come with the contract's own fields.",
        default=(),
    )

    def __attrs_post_init__(self) -> None:
        if self.external_id not in OWN_IDS:
            raise ConfigError(
                f"external_id is {self.external_id!r}",
                hint=f"it is one of {', '.join(OWN_IDS)}",
            )
        if not self.database or self.database in (".", ".."):
            raise ConfigError("database is not a name")

    @property
    def root(self) -> str:
        """The address below which the records are."""
        name = quote(self.database, safe="")
        return f"{self.base_url.rstrip('/')}/{name}/rest/model/"
