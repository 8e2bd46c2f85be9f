"""A Bluesky account on the PDS here, made and asked by plain requests: no code of the product's."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

import requests

COLLECTION = "app.bsky.feed.post"
CREATED = "2021-12-18T08:00:00.000Z"
JWT_SECRET = "jwt-secret-for-tests-only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An account with its session. `url` is the PDS."""

    url: str
    did: str
    handle: str
    password: str
    token: str

    def call(
        self, method: str, body: dict[str, Any], *, token: str | None = None
    ) -> tuple[int, dict[str, Any]]:
        return _answer(
            requests.post(
                f"{self.url}/xrpc/{method}",
                json=body,
                headers={"Authorization": f"Bearer {token or self.token}"},
                timeout=30,
            )
        )

    def ask(self, method: str, **parameters: str) -> tuple[int, dict[str, Any]]:
        return _answer(requests.get(f"{self.url}/xrpc/{method}", params=parameters, timeout=30))

    def put(self, rkey: str, text: str, **more: object) -> tuple[int, dict[str, Any]]:
        return self.call("com.atproto.repo.putRecord", self.body(rkey, text) | more)

    def body(self, rkey: str, text: str) -> dict[str, Any]:
        record = {"$type": COLLECTION, "text": text, "createdAt": CREATED}
        return {"repo": self.did, "collection": COLLECTION, "rkey": rkey, "record": record}

    def records(self) -> list[dict[str, Any]]:
        """All posts there are, the newest first."""
        status, found = self.ask(
            "com.atproto.repo.listRecords", repo=self.did, collection=COLLECTION, limit="100"
        )
        assert status == 200, found
        records: list[dict[str, Any]] = found["records"]
        return records

    def expired_token(self) -> str:
        """An access token as this PDS signed it two hours ago."""
        _, payload, _ = self.token.split(".")
        claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
        return _sign(claims | {"iat": claims["iat"] - 14_400, "exp": claims["iat"] - 7200})


def join(url: str, name: str) -> Member:
    """A new account, by the name of the test that wants it."""
    unique = hashlib.sha256(name.encode()).hexdigest()[:12]
    handle, password = f"t{unique}.test", "correct-horse-battery"
    made = requests.post(
        f"{url}/xrpc/com.atproto.server.createAccount",
        json={"handle": handle, "email": f"{handle}@example.org", "password": password},
        timeout=30,
    )
    assert made.ok, made.text
    account = made.json()
    return Member(
        url=url,
        did=account["did"],
        handle=handle,
        password=password,
        token=account["accessJwt"],
    )


def _answer(response: requests.Response) -> tuple[int, dict[str, Any]]:
    return response.status_code, response.json() if response.content else {}


def _sign(claims: dict[str, Any]) -> str:
    parts = [{"typ": "at+jwt", "alg": "HS256"}, claims]
    signed = b".".join(_base64(json.dumps(part).encode()) for part in parts)
    signature = hmac.new(JWT_SECRET.encode(), signed, hashlib.sha256).digest()
    return (signed + b"." + _base64(signature)).decode()


def _base64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
