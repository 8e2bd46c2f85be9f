"""The outbox: a folder that takes one JSON file a part. A network of its own, and the reference.

A file's name is the post's key and the part, so a part can stand there only once. It is written
beside, synced and linked into place: it is there whole, or not at all.
"""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from campaign.domain.outcome import Receipt
from campaign.platforms import counting
from campaign.platforms.base import (
    Capabilities,
    Carried,
    DuplicateSafety,
    NotSent,
    Platform,
    Rejected,
    Sending,
)


class Outbox(Platform):
    """Publishes into `settings["folder"]`, by default `outbox` beside the database."""

    name = "outbox"
    title = "Outbox"
    options = MappingProxyType({"folder": "where the files go, from the database's folder"})

    def capabilities(self) -> Capabilities:
        return Capabilities(
            measure=counting.NETWORKS[self.name].measure,
            duplicate_safety=DuplicateSafety.REPLAY,
            replay_for=timedelta(days=36_500),
            carries=frozenset(Carried),
            visibilities=("public", "unlisted", "private", "direct"),
        )

    def publish(self, sending: Sending) -> Receipt:
        place = self._place(sending)
        beside = place.with_name(f".{place.name}.{sending.key}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._write(beside, sending)
        except OSError as error:
            raise NotSent(f"The outbox could not be written: {error.strerror}.") from error
        try:
            os.link(beside, place)
        except FileExistsError:
            return self._existing(place, sending)
        except OSError as error:
            raise NotSent(f"The outbox could not be written: {error.strerror}.") from error
        finally:
            beside.unlink(missing_ok=True)
        _sync(place.parent)
        return self._receipt(place, self.clock.now())

    def find(self, sending: Sending) -> Receipt | None:
        place = self._place(sending)
        return self._existing(place, sending) if place.exists() else None

    def _place(self, sending: Sending) -> Path:
        folder = self.folder / self.account.settings.get("folder", "outbox")
        return folder / f"{sending.post_key.replace('/', '.')}.{sending.part}.json"

    def _write(self, path: Path, sending: Sending) -> None:
        content = {
            "post": sending.post_key,
            "part": sending.part,
            "key": sending.key,
            "account": self.account.name,
            "platform": self.account.platform,
            "handle": self.account.handle,
            "in_reply_to": sending.parent.remote_id if sending.parent else None,
            "published_at": self.clock.now().isoformat(),
            **sending.body,
        }
        with path.open("w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())

    def _existing(self, place: Path, sending: Sending) -> Receipt:
        content = json.loads(place.read_text("utf-8"))
        if content.get("key") != sending.key:
            raise Rejected(f"{place.name} is already in the outbox with other content.")
        return self._receipt(place, datetime.fromisoformat(content["published_at"]))

    def _receipt(self, place: Path, at: datetime) -> Receipt:
        return Receipt(remote_id=place.name, published_at=at, url=place.resolve().as_uri())


def _sync(folder: Path) -> None:
    """Make the new name itself survive a power cut, where the system can sync a folder."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
