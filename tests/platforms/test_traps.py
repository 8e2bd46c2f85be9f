"""What networks say that is not so: nothing is called published that is not, nothing failed that is."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from campaign.domain.states import State
from campaign.testing import Dialect, FakeNetwork, Published, Reply, Request
from tests.factories import DUE
from tests.platforms.desk import Desk
from tests.platforms.networks import NETWORKS
from tests.platforms.test_bluesky import BlueskyDialect
from tests.platforms.test_mastodon import MastodonDialect
from tests.platforms.test_x import DUPLICATE, XDialect

TEXT = "1 One."  # as the factories number it


def play(name: str, dialect: Dialect, folder: Path) -> Desk:
    with FakeNetwork(dialect) as network:
        desk = Desk(NETWORKS[name](), network, folder)
        desk.run()
    return desk


class Refusing(XDialect):
    """Takes no text twice, as X does. `late`: its own proxy asks twice, and hands on the second no."""

    late = False

    def answer(self, request: Request) -> Reply:
        said = {post.text for post in self.posts}
        if self.is_visible(request):
            text = request.json()["text"]
            if self.late and text not in said:
                super().answer(request)
            if self.late or text in said:
                return Reply(status=403, body=DUPLICATE)
        return super().answer(request)


def test_double_of_an_older_post_failed(tmp_path: Path) -> None:
    """Somebody published these words the day before: X names no id."""
    dialect = Refusing()
    dialect.now = DUE - timedelta(days=1)
    dialect.add(TEXT)
    dialect.now = None
    desk = play("x", dialect, tmp_path)
    assert (desk.states, desk.outcomes) == ([State.FAILED], ["failed"])
    assert (desk.asked, desk.public) == (1, [TEXT])


def test_double_of_ones_own_request_was_published(tmp_path: Path) -> None:
    """Something between us and X asked twice; the answer we see is the second one's."""
    dialect = Refusing()
    dialect.late = True
    desk = play("x", dialect, tmp_path)
    assert (desk.states, desk.outcomes) == ([State.PUBLISHED], ["published"])
    assert (desk.asked, desk.public) == (1, [TEXT])


class Stubborn(MastodonDialect):
    """Loses its first answer, and answers every sending under a known key with 500, as Mastodon did
    until https://github.com/mastodon/mastodon/pull/40439. Its lists lag until that has happened.
    """

    asked = 0

    def answer(self, request: Request) -> Reply:
        reply = super().answer(request)
        if self.is_visible(request):
            self.asked += 1
            return Reply(status=503 if self.asked == 1 else 500, body={"error": "Something"})
        return reply

    def page(self, request: Request) -> Reply:
        return super().page(request) if self.asked > 1 else Reply(body=[])


def test_replay_answered_500_was_published(tmp_path: Path) -> None:
    desk = play("mastodon", Stubborn(), tmp_path)
    assert (desk.states, desk.public) == ([State.PUBLISHED], [TEXT])
    assert desk.asked == 2
    keys = {request.headers["idempotency-key"] for request in desk.network.visible}
    assert len(keys) == 1


class Dropping(MastodonDialect):
    """Drops what it takes for spam, and says yes: app/lib/antispam.rb answers an unsaved status."""

    def post(self, request: Request) -> Published:
        return Published(id="", text=request.json()["status"])

    def status(self, post: Published) -> dict[str, Any]:
        return {**super().status(post), "id": post.id or None}


def test_yes_without_an_id_stays_unknown(tmp_path: Path) -> None:
    desk = play("mastodon", Dropping(), tmp_path)
    assert (desk.states, desk.public) == ([State.UNKNOWN], [])
    assert set(desk.outcomes) == {"unknown"}
    assert len({request.body for request in desk.network.visible}) == 1


class Ghostly(MastodonDialect):
    """Lists a post that it cannot show any more, in place of ours."""

    def post(self, request: Request) -> Published:
        return self.add(request.json()["status"])

    def answer(self, request: Request) -> Reply:
        reply = super().answer(request)
        return Reply(status=502) if self.is_visible(request) else reply

    def source(self, _post_id: str) -> Reply:
        return Reply(status=404, body={"error": "Record not found"})


def test_post_that_is_listed_and_cannot_be_read_stays_unknown(tmp_path: Path) -> None:
    desk = play("mastodon", Ghostly(), tmp_path)
    assert (desk.states, desk.asked) == ([State.UNKNOWN], 1)


class Occupied(BlueskyDialect):
    """Somebody's record stands where ours would."""

    def put(self, request: Request) -> Reply:
        record = {**request.json()["record"], "text": "Something else."}
        self.records.setdefault(request.json()["rkey"], record)
        return super().put(request)


def test_record_in_its_place_is_not_ours(tmp_path: Path) -> None:
    desk = play("bluesky", Occupied(), tmp_path)
    assert (desk.states, desk.public) == ([State.UNKNOWN], [])
    assert desk.outcomes == ["duplicate"]
    assert not [r for r in desk.network.requests if r.path.endswith("createRecord")]


class Twice(BlueskyDialect):
    """Keeps our record, and answers as if another stood there: the answer of a second sending."""

    def put(self, request: Request) -> Reply:
        super().put(request)
        return Reply(status=400, body={"error": "InvalidSwap", "message": "Record was at x"})


def test_record_that_is_our_own_was_published(tmp_path: Path) -> None:
    desk = play("bluesky", Twice(), tmp_path)
    assert (desk.states, desk.public, desk.asked) == ([State.PUBLISHED], [TEXT], 1)


class Believed(MastodonDialect):
    """Gives an id under which nothing will ever be read."""

    def post(self, request: Request) -> Published:
        return Published(id="404", text=request.json()["status"])


def test_yes_with_an_id_is_believed(tmp_path: Path) -> None:
    """Reading back what was published is the audit's business, and comes with it."""
    desk = play("mastodon", Believed(), tmp_path)
    assert desk.states == [State.PUBLISHED]


OTHERS: dict[str, Callable[[str], str]] = {
    "x": lambda handle: "somebody_else",
    "mastodon": lambda handle: "somebody-else@social.example",
    "fork": lambda handle: "somebody-else@social.example",
    "bluesky": lambda handle: "somebody-else.example.org",
    "wordpress": lambda handle: "somebody-else",
}


@pytest.mark.parametrize("name", OTHERS)
def test_key_of_another_account_publishes_nothing_and_says_so(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    stand = NETWORKS[name]()
    handle = OTHERS[name](stand.handle)
    with FakeNetwork(stand.dialect()) as network:
        desk = Desk(stand, network, tmp_path, handle=handle, texts=(("One.", "Two."), ("Three.",)))
        desk.run()
    assert desk.public == []
    assert (desk.asked, set(desk.states)) == (0, {State.QUEUED})
    (reason,) = desk.blocked.values()
    for told in ("un-test", handle, "campaign accounts verify un-test"):
        assert told in reason
    said = [record.message for record in caplog.records if reason in record.message]
    assert any("test-2021/recommendation-1/en/un-test part 1: not sent" in one for one in said)


class Losing(Dialect):
    """Another dialect whose second answer is lost: `applied`, or without having done anything."""

    def __init__(self, dialect: Dialect, *, applied: bool) -> None:
        super().__init__()
        self.dialect, self.applied, self.asked = dialect, applied, 0
        self.posts = dialect.posts

    def is_visible(self, request: Request) -> bool:
        return self.dialect.is_visible(request)

    def answer(self, request: Request) -> Reply:
        self.asked += self.is_visible(request)
        if self.asked != 2 or not self.is_visible(request):
            return self.dialect.answer(request)
        if self.applied:
            self.dialect.answer(request)
        return Reply(status=504, body=b"<html>")


P, U, Q = State.PUBLISHED, State.UNKNOWN, State.QUEUED
# What becomes of the three parts, and how many visible requests that takes: where the second one's
# answer is lost after it was published, and before.
THREADS: dict[str, tuple[list[State], int, list[State], int]] = {
    "x": ([P, P, P], 3, [P, U, Q], 2),
    "mastodon": ([P, P, P], 3, [P, P, P], 4),
    "fork": ([P, P, P], 3, [P, U, Q], 2),
    "bluesky": ([P, P, P], 3, [P, P, P], 4),
    "webhook": ([P, U, Q], 2, [P, U, Q], 2),
    "webhook-keys": ([P, P, P], 4, [P, P, P], 4),
}


@pytest.mark.parametrize("applied", [True, False])
@pytest.mark.parametrize("name", THREADS)
def test_thread_goes_on_where_it_is_sure_of_the_part_before(
    name: str, applied: bool, tmp_path: Path
) -> None:
    stand, texts = NETWORKS[name](), (("One.", "Two.", "Three."),)
    with FakeNetwork(Losing(stand.dialect(), applied=applied)) as network:
        desk = Desk(stand, network, tmp_path, texts=texts)
        desk.run()
    expected, asked = THREADS[name][:2] if applied else THREADS[name][2:]
    assert (desk.states, desk.asked) == (expected, asked)
    there = expected.count(P) + (applied and U in expected)
    assert desk.public == ["1 One.", "1 Two.", "1 Three."][:there]
