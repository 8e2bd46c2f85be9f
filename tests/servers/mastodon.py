"""The Mastodon server here, asked by plain requests: no code of the product's."""

from dataclasses import dataclass
from typing import Any

import requests

TOKEN = "mock_token"  # of the account that mastodon_mock starts with


@dataclass(frozen=True, slots=True, kw_only=True)
class Mastodon:
    url: str

    def post(
        self, text: str, *, key: str | None = None, token: str = TOKEN, **more: object
    ) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
        return requests.post(
            f"{self.url}/api/v1/statuses",
            json={"status": text, **more},
            headers=headers,
            timeout=30,
        )

    def get(self, path: str, *, token: str = TOKEN) -> requests.Response:
        return requests.get(
            self.url + path, headers={"Authorization": f"Bearer {token}"}, timeout=30
        )

    def texts(self) -> list[str]:
        """The source of every post of the account, the newest first."""
        me = self.get("/api/v1/accounts/verify_credentials").json()["id"]
        found = self.get(f"/api/v1/accounts/{me}/statuses?limit=40").json()
        return [self.get(f"/api/v1/statuses/{one['id']}/source").json()["text"] for one in found]

    def fault(self, path: str, effect: dict[str, Any], method: str = "POST") -> None:
        """Once, on the next request of this method to this path."""
        rule = {"match": {"methods": [method], "path": path}, "effect": effect, "count": 1}
        made = requests.post(
            f"{self.url}/api/v1/_mock/faults",
            json=rule,
            headers={"Authorization": f"Bearer {TOKEN}"},
            timeout=30,
        )
        assert made.ok, made.text

    def reset(self) -> None:
        """Empty, without faults."""
        requests.delete(
            f"{self.url}/api/v1/_mock/faults",
            headers={"Authorization": f"Bearer {TOKEN}"},
            timeout=30,
        ).raise_for_status()
        requests.post(f"{self.url}/api/v1/_mock/reset", timeout=30).raise_for_status()
