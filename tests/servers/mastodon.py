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

    def token(self, scopes: str) -> str:
        """Of the account, for an app that asked for these rights: the way a person gets one."""
        oob = "urn:ietf:wg:oauth:2.0:oob"
        app = self._form("/api/v1/apps", client_name="campaign", redirect_uris=oob, scopes=scopes)
        client = {name: str(app.json()[name]) for name in ("client_id", "client_secret")}
        page = self._form("/oauth/authorize", username="testuser", redirect_uri=oob, **client).text
        code = page.partition("code: ")[2].partition("<")[0]
        made = self._form("/oauth/token", grant_type="authorization_code", code=code, **client)
        token: str = made.json()["access_token"]
        return token

    def _form(self, path: str, **fields: str) -> requests.Response:
        answer = requests.post(self.url + path, data=fields, timeout=30)
        answer.raise_for_status()
        return answer

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
