"""The real `campaign run`, on an outbox that kills the process once its file is in place."""

import os
import signal
import sys
from importlib.metadata import EntryPoint, distribution

from campaign.cli import main
from campaign.domain.outcome import Receipt
from campaign.platforms import registry
from campaign.platforms.base import Sending
from campaign.platforms.outbox import Outbox


class Dying(Outbox):
    """The file is public; nobody is told."""

    def publish(self, sending: Sending) -> Receipt:
        super().publish(sending)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


def dying_adapters(group: str) -> list[EntryPoint]:
    entry = EntryPoint(name="outbox", value="__main__:Dying", group=group)
    vars(entry).update(dist=distribution("campaign"))  # ours: others need the file's leave
    return [entry]


if __name__ == "__main__":
    registry.entry_points = dying_adapters  # type: ignore[assignment, attr-defined]
    sys.argv = ["campaign", "run", "--permits", "1"]
    main()
