"""Whether a request is tried again: the policy, the purse, the time that is left."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime

from attrs import frozen

from ._errors import TransportError
from ._limits import Deadline
from ._messages import Request, Response
from ._retry import Quota, Retry


@frozen
class Again:
    """The policy of one bridge, with the quota that it shares with its copies."""

    retry: Retry
    quota: Quota

    def wait(
        self,
        deadline: Deadline,
        request: Request,
        outcome: Response | TransportError,
        attempt: int,
    ) -> float | None:
        """Return the seconds until another try, or None if there is none."""
        if isinstance(outcome, Response) and outcome.ok:
            self.quota.earn()
            return None
        wait = self.retry.delay(
            attempt,
            request,
            outcome,
            now=datetime.now(UTC),
            draw=random.random(),  # noqa: S311  # jitter, not a secret
        )
        if wait is None or not deadline.allows(wait, time.monotonic()):
            return None
        return wait if self.quota.spend(outcome) else None
