"""The noticeboard keeps the contract: how the network speaks is all that has to be said here."""

from campaign_noticeboard import Noticeboard

from campaign.platforms.base import AccountBlocked, Rejected
from campaign.testing import Dialect, PlatformContract, Published, Reply, Request


class BoardDialect(Dialect):
    refusals = {
        "too long": (Reply(status=422, body={"code": "too_long", "message": "1001"}), Rejected),
        "no right": (Reply(status=403, body={"code": "no_right"}), AccountBlocked),
    }

    def is_visible(self, request: Request) -> bool:
        return request.method == "POST"

    def answer(self, request: Request) -> Reply:
        if request.headers.get("authorization") != "Bearer tok-4711-0815-canary":
            return Reply(status=401)
        if request.path == "/me":
            return Reply(body={"id": "7", "handle": "un-network", "may": ["post"]})
        if request.method == "GET":
            assert request.query == {"of": "un-network"}
            return Reply(body={"notices": [told(post) for post in self.posts]})
        sent = request.json()
        assert sent["language"] == "en"
        return Reply(status=201, body=told(self.add(sent["text"], sent["answers"])))


def told(post: Published) -> dict[str, object]:
    url = f"https://board.example/{post.id}"
    at = post.at.isoformat()
    return {"id": post.id, "url": url, "at": at, "text": post.text, "answers": post.parent}


class TestNoticeboard(PlatformContract):
    adapter = Noticeboard
    secrets = {"token": "tok-4711-0815-canary"}

    def dialect(self) -> Dialect:
        return BoardDialect()
