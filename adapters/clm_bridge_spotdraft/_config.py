"""The settings of a SpotDraft connection."""

from __future__ import annotations

import re

from attrs import frozen

from clm_bridge import ConfigError
from clm_bridge.adapter import Secret, setting


@frozen
class Config:
    """Created in SpotDraft under Settings → Developer settings → API credential."""

    client_id: str = setting("The credential's id.")
    client_secret: Secret = setting("The credential's secret.", secret=True)
    region: str = setting(
        "Where the workspace lives.", default="eu", choices=("eu", "in", "me", "us")
    )
    user_email: str | None = setting(
        "Act as this active member of the workspace.", default=None
    )
    entity: str | None = setting(
        "The id of our company that makes new contracts, or the primary one.",
        default=None,
    )
    organization_type: str | None = setting(
        "What new counterparties are, by a word of the workspace's own list.",
        default=None,
    )
    analytics: bool = setting(
        "Whether to ask the analytics for dates in bulk; the workspace must have them.",
        default=False,
    )
    base_url: str | None = setting(
        "Another origin, such as a sandbox's http://127.0.0.1:8101.", default=None
    )

    def __attrs_post_init__(self) -> None:
        if self.entity is not None and not re.fullmatch(r"[0-9]+", self.entity):
            raise ConfigError(
                "entity is no number",
                hint="write the id of one of organizations/entities/, as text",
            )

    @property
    def origin(self) -> str:
        """Scheme and host of the API."""
        return self.base_url or f"https://api.{self.region}.spotdraft.com"
