"""Bluesky: the contract, and what is the network's own."""

import base64
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest

from campaign.domain.outcome import Receipt
from campaign.platforms.answers import Answer
from campaign.platforms.base import AccountBlocked, Duplicate, NotSent, OutcomeUnknown, Rejected
from campaign.platforms.bluesky import Bluesky, created_at, record_key
from campaign.testing import (
    Dialect,
    FakeNetwork,
    Fault,
    PlatformContract,
    Published,
    Reply,
    Request,
)
from campaign.testing.stand import DUE, Stand

DID = "did:plc:abcdefghijklmnopqrstuvwx"
HANDLE = "migration.example.org"
PASSWORD = "abcd-bluesky-canary-4711"
REFUSALS = {
    "too long": (400, "InvalidRequest", Rejected),
    "taken down": (400, "AccountTakedown", AccountBlocked),
    "closed": (401, "AccountDeactivated", AccountBlocked),
    "expired": (400, "ExpiredToken", NotSent),
    "strange token": (401, "InvalidToken", NotSent),
}


def token(name: str, lasts: timedelta) -> str:
    ends = int((datetime.now(UTC) + lasts).timestamp())
    payload = base64.urlsafe_b64encode(json.dumps({"exp": ends, "jti": name}).encode())
    return f"head.{payload.decode().rstrip('=')}.canary-signature"


class BlueskyDialect(Dialect):
    """Records by key, as a PDS keeps them: equal ones are one, others are refused."""

    def __init__(self) -> None:
        super().__init__()
        self.records: dict[str, Mapping[str, Any]] = {}
        self.logins = self.renewals = 0
        self.lasts = timedelta(hours=2)
        self.refresh_ended = False
        self.password = PASSWORD
        self.home = ""
        self.revoked = 0
        self.dids = {"iom.example.org": "did:plc:iom"}
        self.refusals = {
            name: (Reply(status=status, body={"error": error, "message": "No."}), means)
            for name, (status, error, means) in REFUSALS.items()
        }

    def is_visible(self, request: Request) -> bool:
        return request.path == "/xrpc/com.atproto.repo.putRecord"

    def answer(self, request: Request) -> Reply:
        method = request.path.rpartition(".")[2]
        return {
            "createSession": self.login,
            "refreshSession": self.renew,
            "getSession": self.session,
            "putRecord": self.put,
            "getRecord": self.get,
            "resolveHandle": self.resolve,
        }[method](request)

    def login(self, request: Request) -> Reply:
        self.logins += 1
        if request.json()["password"] != self.password:
            return Reply(status=401, body={"error": "AuthenticationRequired"})
        return self.opened()

    def renew(self, request: Request) -> Reply:
        self.renewals += 1
        if self.refresh_ended:
            return Reply(status=400, body={"error": "ExpiredToken"})
        return self.opened()

    def opened(self) -> Reply:
        service = {"id": "#atproto_pds", "serviceEndpoint": self.home}
        number = self.logins + self.renewals
        tokens = {
            "accessJwt": token(f"access-{number}", self.lasts),
            "refreshJwt": token(f"refresh-{number}", timedelta(days=90)),
        }
        document = {"service": [service]} if self.home else {}
        return Reply(body={"did": DID, "handle": HANDLE, "didDoc": document, **tokens})

    def session(self, request: Request) -> Reply:
        if self.logins + self.renewals == self.revoked:
            assert request.headers["authorization"].startswith("Bearer head.")
            return Reply(status=400, body={"error": "InvalidToken"})
        return Reply(body={"did": DID, "handle": HANDLE})

    def put(self, request: Request) -> Reply:
        sent = request.json()
        key, record = sent["rkey"], sent["record"]
        assert sent["swapRecord"] is None
        assert sent["repo"] == DID
        if self.records.get(key, record) != record:
            return Reply(status=400, body={"error": "InvalidSwap", "message": "Record was at x"})
        if key not in self.records:
            self.records[key] = record
            parent = record.get("reply", {}).get("parent", {}).get("uri")
            self.posts.append(Published(id=uri_of(key), text=record["text"], parent=parent))
        return Reply(body={"uri": uri_of(key), "cid": f"cid-{key}"})

    def get(self, request: Request) -> Reply:
        key = request.query["rkey"]
        if key not in self.records:
            return Reply(status=400, body={"error": "RecordNotFound"})
        found = {"uri": uri_of(key), "cid": f"cid-{key}", "value": self.records[key]}
        return Reply(body=found)

    def resolve(self, request: Request) -> Reply:
        if did := self.dids.get(request.query["handle"]):
            return Reply(body={"did": did})
        return Reply(status=400, body={"error": "InvalidRequest"})


def uri_of(key: str) -> str:
    return f"at://{DID}/app.bsky.feed.post/{key}"


def own(network: FakeNetwork) -> BlueskyDialect:
    assert isinstance(network.dialect, BlueskyDialect)
    return network.dialect


class BlueskyStand(Stand):
    adapter = Bluesky
    handle = HANDLE
    secrets: ClassVar[Mapping[str, str]] = {"app_password": PASSWORD}

    def dialect(self) -> Dialect:
        return BlueskyDialect()


class TestContract(BlueskyStand, PlatformContract):
    pass


class TestOwn(BlueskyStand):
    def record(self, network: FakeNetwork) -> dict[str, Any]:
        record: dict[str, Any] = network.visible[-1].json()["record"]
        return record

    def test_record_holds_what_was_approved(self, network: FakeNetwork, tmp_path: Path) -> None:
        body = {"text": "Texte.", "language": "fr", "card": "https://example.org/a",
                "card_title": "A statement", "warning": "graphic-media"}  # fmt: skip
        self.made(network, tmp_path).publish(self.sending(body=body))
        assert self.record(network) == {
            "$type": "app.bsky.feed.post",
            "text": "Texte.",
            "createdAt": "2026-12-18T09:00:00.000Z",
            "langs": ["fr"],
            "embed": {
                "$type": "app.bsky.embed.external",
                "external": {
                    "uri": "https://example.org/a",
                    "title": "A statement",
                    "description": "",
                },
            },
            "labels": {
                "$type": "com.atproto.label.defs#selfLabels",
                "values": [{"val": "graphic-media"}],
            },
        }

    def test_replies_name_their_parent_and_the_first(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        adapter = self.made(network, tmp_path)
        receipts = [adapter.publish(self.sending("One.", key="a" * 52))]
        for part, text in ((2, "Two."), (3, "Three.")):
            sending = self.sending(text, part=part, key=f"{part}" * 52, parent=receipts[-1])
            receipts.append(adapter.publish(sending))
        first, second, _third = (
            {"uri": receipt.remote_id, "cid": receipt.extra["cid"]} for receipt in receipts
        )
        assert self.record(network)["reply"] == {"root": first, "parent": second}
        assert self.record(network)["createdAt"] == "2026-12-18T09:00:00.002Z"

    @pytest.mark.parametrize("found", [1, 2])
    def test_thread_goes_on_behind_a_part_that_a_person_has_found(
        self, network: FakeNetwork, tmp_path: Path, found: int
    ) -> None:
        """Of that part only its address is known, and it ends with the record's key."""
        adapter = self.made(network, tmp_path)
        receipts: list[Receipt] = []
        for part in (1, 2, 3):
            parent = receipts[-1] if receipts else None
            sending = self.sending(f"{part}.", part=part, key=f"{part}" * 52, parent=parent)
            receipts.append(adapter.publish(sending))
            if part == found:
                key = receipts[-1].remote_id.rpartition("/")[2]
                receipts[-1] = Receipt(remote_id=key, published_at=DUE, is_found=True)
        first, second = (
            {"uri": uri_of(key), "cid": f"cid-{key}"} for key in list(own(network).records)[:2]
        )
        assert self.record(network)["reply"] == {"root": first, "parent": second}
        assert adapter.find(sending) == replace(receipts[-1], published_at=DUE)

    def test_address_of_nothing_is_no_parent(self, network: FakeNetwork, tmp_path: Path) -> None:
        parent = Receipt(remote_id="3kxyz", published_at=DUE, is_found=True)
        with pytest.raises(Rejected, match="part before it"):
            self.made(network, tmp_path).publish(self.sending(part=2, parent=parent))
        assert network.visible == []

    def test_mentions_of_nobody_stay_plain(self, network: FakeNetwork, tmp_path: Path) -> None:
        text = "With @iom.example.org and @nobody.example.org."
        self.made(network, tmp_path).publish(self.sending(text))
        (facet,) = self.record(network)["facets"]
        assert facet["index"] == {"byteStart": 5, "byteEnd": 21}
        assert facet["features"][0]["did"] == "did:plc:iom"

    def test_another_record_in_its_place_is_never_overwritten(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        own(network).records[record_key(self.sending())] = {"text": "Something else."}
        adapter = self.made(network, tmp_path)
        with pytest.raises(Rejected):
            adapter.publish(self.sending())
        with pytest.raises(OutcomeUnknown, match="another post"):
            adapter.find(self.sending())

    def test_session_is_kept_for_the_next_one(self, network: FakeNetwork, tmp_path: Path) -> None:
        for number in range(3):
            sending = self.sending(f"Post {number}.", key=f"{number}" * 52)
            self.made(network, tmp_path).publish(sending)
        assert (own(network).logins, own(network).renewals) == (1, 0)
        (path,) = tmp_path.glob(".bluesky-*.session")
        assert path.stat().st_mode & 0o777 == 0o600

    def test_token_at_its_end_is_renewed_before_sending(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        own(network).lasts = timedelta(seconds=30)
        self.made(network, tmp_path).publish(self.sending())
        own(network).lasts = timedelta(hours=2)
        self.made(network, tmp_path).publish(self.sending())
        self.made(network, tmp_path).publish(self.sending())
        assert (own(network).logins, own(network).renewals) == (1, 1)

    def test_session_that_ended_is_opened_anew(self, network: FakeNetwork, tmp_path: Path) -> None:
        own(network).lasts = timedelta(seconds=30)
        self.made(network, tmp_path).publish(self.sending())
        own(network).refresh_ended = True
        self.made(network, tmp_path).publish(self.sending())
        assert (own(network).logins, own(network).renewals) == (2, 1)

    def test_token_that_the_server_forgot_costs_one_try(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        self.made(network, tmp_path).publish(self.sending())
        network.fault = Fault(means=NotSent, status=400, body=b'{"error": "ExpiredToken"}')
        with pytest.raises(NotSent, match="new log-in"):
            self.made(network, tmp_path).publish(self.sending())
        network.fault = None
        self.made(network, tmp_path).publish(self.sending())
        assert (own(network).logins, own(network).renewals) == (1, 1)

    def test_token_that_is_over_hinders_no_look_whose_it_is(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        self.made(network, tmp_path).publish(self.sending())
        own(network).revoked = 1
        assert self.made(network, tmp_path).verify().handle == HANDLE
        assert (own(network).logins, own(network).renewals) == (1, 1)

    def test_refused_kept_session_is_replaced_and_a_refused_new_one_blocks(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        self.made(network, tmp_path).publish(self.sending())
        network.fault = Fault(means=NotSent, status=401, body=b'{"error": "AuthMissing"}')
        with pytest.raises(NotSent, match="new log-in"):
            self.made(network, tmp_path).publish(self.sending())
        with pytest.raises(AccountBlocked):
            self.made(network, tmp_path).publish(self.sending())
        assert own(network).renewals == 1
        network.fault = None
        self.made(network, tmp_path).publish(self.sending())

    def test_session_that_another_one_has_renewed_stays(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        """Whoever comes with the old token late must not end the new one."""
        adapter = self.made(network, tmp_path)
        assert isinstance(adapter, Bluesky)
        sessions = adapter._sessions(adapter._line())
        old = sessions.current()
        told = Answer(host="h", status=400, headers={}, content=b'{"error": "ExpiredToken"}')
        assert sessions.has_ended(old, told)
        new = sessions.current()
        assert new.access != old.access
        assert sessions.has_ended(old, told)
        assert sessions.current() == new
        assert (own(network).logins, own(network).renewals) == (1, 1)

    def test_many_at_once_renew_once(self, network: FakeNetwork, tmp_path: Path) -> None:
        own(network).lasts = timedelta(seconds=30)
        self.made(network, tmp_path).verify()
        own(network).lasts = timedelta(hours=2)
        with ThreadPoolExecutor(8) as pool:
            sendings = [self.sending(f"{n}.", key=f"{n}" * 52) for n in range(8)]
            list(pool.map(lambda one: self.made(network, tmp_path).publish(one), sendings))
        assert (own(network).logins, own(network).renewals) == (1, 1)
        assert len(network.dialect.posts) == 8

    def test_mention_that_leads_elsewhere_later_makes_no_second_post(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        """Who is mentioned is asked at each sending: the record may differ, its place does not."""
        sending = self.sending("With @iom.example.org.")
        receipt = self.made(network, tmp_path).publish(sending)
        own(network).dids = {}
        with pytest.raises(Duplicate):
            self.made(network, tmp_path).publish(sending)
        found = self.made(network, tmp_path).find(sending)
        assert found is not None
        assert (found.remote_id, found.extra) == (receipt.remote_id, receipt.extra)
        assert len(network.dialect.posts) == 1

    def test_session_that_others_can_read_is_not_used(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        self.made(network, tmp_path).publish(self.sending())
        (path,) = tmp_path.glob(".bluesky-*.session")
        path.chmod(0o644)
        self.made(network, tmp_path).publish(self.sending())
        assert own(network).logins == 2
        assert path.stat().st_mode & 0o777 == 0o600

    def test_session_of_another_handle_is_not_used(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        self.made(network, tmp_path).publish(self.sending())
        adapter = self.made(network, tmp_path)
        adapter.account = replace(adapter.account, handle="other.example.org")
        adapter.publish(self.sending("Another.", key="b" * 52))
        assert own(network).logins == 2

    def test_wrong_password_blocks(self, network: FakeNetwork, tmp_path: Path) -> None:
        own(network).password = "another"
        with pytest.raises(AccountBlocked, match="app password of migration"):
            self.made(network, tmp_path).publish(self.sending())
        assert network.visible == []

    def test_post_goes_to_the_accounts_own_server(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        with FakeNetwork(BlueskyDialect()) as home:
            own(network).home = home.url
            self.made(network, tmp_path).publish(self.sending())
            assert (len(network.visible), len(home.visible)) == (0, 1)

    def test_home_inside_this_network_is_not_asked(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        own(network).home = "https://169.254.169.254"
        with pytest.raises(AccountBlocked, match="inside this network"):
            self.made(network, tmp_path).publish(self.sending())

    def test_unknown_label_is_a_problem(self) -> None:
        assert list(self.planned().lint([{"text": "Text.", "warning": "graphic-media"}])) == []
        assert list(self.planned().lint([{"text": "Text.", "warning": "War"}]))


def test_record_keys_tell_time_and_differ() -> None:
    sendings = [BlueskyStand().sending(key=f"{number:052}") for number in range(2000)]
    keys = {record_key(sending) for sending in sendings}
    assert len(keys) == 2000
    assert all(len(key) == 13 and key[0] <= "j" for key in keys)
    later = BlueskyStand().sending(due_at=DUE + timedelta(seconds=1))
    assert max(keys) < record_key(later)


def test_record_key_counts_microseconds() -> None:
    """Read back as the specification says: 10 bits of clock below 53 of microseconds."""
    number = 0
    for digit in record_key(BlueskyStand().sending()):
        number = number * 32 + "234567abcdefghijklmnopqrstuvwxyz".index(digit)
    assert datetime.fromtimestamp((number >> 10) // 1_000_000, UTC) == DUE


def test_creation_has_milliseconds() -> None:
    assert created_at(BlueskyStand().sending(part=2)) == "2026-12-18T09:00:00.001Z"
