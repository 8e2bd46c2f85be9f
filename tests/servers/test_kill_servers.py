"""The publisher killed with SIGKILL before, in and after each piece of each request to a server that
we did not write, and the run that recovers: every part stands there once, in its place.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from campaign.clock import SystemClock
from campaign.domain.audit import Publication
from campaign.domain.campaign import Account
from campaign.platforms.base import DuplicateSafety, Platform
from campaign.platforms.registry import adapter_for
from tests.platforms.networks import keep_secrets
from tests.publisher.fuse import start_child
from tests.publisher.kills import Queue, Scene, fill_it
from tests.publisher.wire import Wire
from tests.servers.bluesky import COLLECTION, Member
from tests.servers.mastodon import Mastodon


@dataclass
class OnServer(Scene):
    """`empty` takes away what stands there, and gives the secrets from then on; `shown` is what
    stands there, as text and parent's text. `kept`: files that each run begins with: a session, since
    a server allows few log-ins.
    """

    account: Account
    empty: Callable[[], Mapping[str, str]]
    shown: Callable[[], Sequence[tuple[str, str | None]]]
    kept: Mapping[str, bytes] = field(default_factory=dict)
    safety: DuplicateSafety = DuplicateSafety.REPLAY
    network: type[Wire] = Wire
    texts: ClassVar[Any] = (("Two, first.", "Two, second."),)
    permits: ClassVar[int] = 1
    accounts: Sequence[Account] = field(init=False)

    def __post_init__(self) -> None:
        self.accounts = (self.account,)

    def adapter_of(self, account: Account) -> type[Platform]:
        Wire.watch()
        self.adapter_of = adapter_for  # type: ignore[method-assign]
        return adapter_for(account)

    def begin(self, folder: Path) -> None:
        keep_secrets(folder, self.account, self.empty())
        for name, content in self.kept.items():
            (folder / name).touch(0o600)
            (folder / name).write_bytes(content)

    def end(self) -> None:
        """The server goes on."""

    def published(self, folder: Path) -> list[str]:
        return [text for text, _parent in self.shown()]

    def called(self, item: Publication) -> str:
        return item.text

    def check(self, folder: Path) -> None:
        assert set(self.shown()) == {("1 Two, first.", None), ("1 Two, second.", "1 Two, first.")}


def kill_at_every_step(scene: OnServer, folder: Path) -> None:
    fill_it(folder / "template.db", scene)
    passes_over = ("statement", "committed", "commit")
    queue = Queue(scene, folder / "1.db", folder / "template.db", None, passes_over)
    (folder / "whole").mkdir()
    steps = queue.count_steps(folder / "whole")
    driver = start_child(
        lambda: queue.kill_at(range(1, steps + 1), folder, recoveries=4), seconds=900
    )
    assert os.waitpid(driver, 0)[1] == 0
    killed = sum(int(path.read_text()) for path in folder.glob("killed-*"))
    assert killed >= steps * 0.9
    assert steps >= 20


def on(platform: str, handle: str, url: str) -> Account:
    settings = {"server": url, "allow_loopback": "true"}
    return Account(
        name="un-test", platform=platform, handle=handle, language="en", settings=settings
    )


def test_bluesky_keeps_each_part_once(member: Member, tmp_path: Path) -> None:
    secrets = {"app_password": member.password}

    def empty() -> Mapping[str, str]:
        for record in member.records():
            rkey = record["uri"].rpartition("/")[2]
            body = {"repo": member.did, "collection": COLLECTION, "rkey": rkey}
            assert member.call("com.atproto.repo.deleteRecord", body)[0] == 200
        return secrets

    def shown() -> list[tuple[str, str | None]]:
        records = member.records()
        texts = {record["uri"]: record["value"]["text"] for record in records}
        parents = [record["value"].get("reply", {}).get("parent", {}) for record in records]
        return [
            (record["value"]["text"], texts.get(parent.get("uri")))
            for record, parent in zip(records, parents, strict=True)
        ]

    account = on("bluesky", member.handle, member.url)
    adapter_for(account)(account, clock=SystemClock(), folder=tmp_path, secrets=secrets).verify()
    (session,) = tmp_path.glob("*.session")
    scene = OnServer(account, empty, shown, {session.name: session.read_bytes()})
    kill_at_every_step(scene, tmp_path)


def test_mastodon_keeps_each_part_once(mastodon: Mastodon, tmp_path: Path) -> None:
    def empty() -> Mapping[str, str]:
        mastodon.reset()
        return {"token": mastodon.token("read write")}

    def shown() -> list[tuple[str, str | None]]:
        me = mastodon.get("/api/v1/accounts/verify_credentials").json()["id"]
        found = mastodon.get(f"/api/v1/accounts/{me}/statuses?limit=40").json()
        sources = [mastodon.get(f"/api/v1/statuses/{one['id']}/source").json() for one in found]
        texts = {one["id"]: source["text"] for one, source in zip(found, sources, strict=True)}
        return [(texts[one["id"]], texts.get(one["in_reply_to_id"])) for one in found]

    account = on("mastodon", "testuser@social.example", mastodon.url)
    kill_at_every_step(OnServer(account, empty, shown), tmp_path)
