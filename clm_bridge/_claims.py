"""Who may create for an external id: one at a time, and never over an open end."""

from __future__ import annotations

from datetime import UTC, datetime

from attrs import define

from ._desk import Desk

NEVER = datetime.max.replace(tzinfo=UTC)


@define
class Claim:
    """
    The right to create a contract for an external id, kept in the link index.

    A claim is the instant until which its request may have been sent.  Without an
    external id there is nothing to claim.
    """

    desk: Desk
    external_id: str | None
    noted: datetime | None = None
    """Another's claim, whose end is not known."""
    _until: datetime = NEVER

    def make(self) -> None:
        """Claim the id, or note whose claim is there."""
        if self.external_id is not None:
            self._until = self.desk.now() + self.desk.longest
            self.noted = self.desk.links.begin(self.external_id, self._until)

    @property
    def began(self) -> datetime | None:
        """When the other's attempt may have begun at the earliest."""
        return None if self.noted is None else self.noted - self.desk.longest

    def take_over(self) -> bool:
        """Put ours in the place of the other's, if nobody else has done so."""
        if self.external_id is None or self.noted is None:
            return True
        return self.desk.links.take_over(self.external_id, self.noted, self._until)

    def let_go(self) -> None:
        """Say that nothing is sent any more, and that the end is not known."""
        if self.external_id is not None:
            now = self.desk.now()
            self.desk.links.take_over(self.external_id, self._until, now)

    def decided(self) -> None:
        """Say that it ended, one way or the other."""
        if self.external_id is not None:
            self.desk.links.end(self.external_id)
