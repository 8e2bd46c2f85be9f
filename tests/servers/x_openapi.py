"""X's official OpenAPI description as a judge of requests: the adapter's are recorded, then asked.

It knows parameters, fields, patterns and numbers; it knows no length of a text (twitter-text does).
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from jsonschema import Draft202012Validator


class XDescription:
    """The description, read once."""

    def __init__(self, file: Path) -> None:
        self._document: dict[str, Any] = json.loads(file.read_text("utf-8"))

    def request_problems(self, method: str, url: str, body: object = None) -> list[str]:
        """What X says is wrong with a request, in sentences. `url` may be a path with its query."""
        parts = urlsplit(url)
        found = self._operation(method, parts.path)
        if found is None:
            return [f"X has no {method} {parts.path}"]
        operation, in_path = found
        problems = list(self._parameters(operation, in_path, dict(parse_qsl(parts.query))))
        return problems + list(self._body(operation, body))

    def answer_problems(self, method: str, url: str, status: int, body: object) -> list[str]:
        """What a made-up answer has that X would not answer: for fakes."""
        found = self._operation(method, urlsplit(url).path)
        assert found, url
        answers = found[0]["responses"]
        answer = answers.get(str(status)) or answers["default"]
        return [
            f"{status}: {problem}"
            for problem in self._problems(answer["content"]["application/json"]["schema"], body)
        ]

    def _operation(self, method: str, path: str) -> tuple[Any, dict[str, str]] | None:
        """A path without a parameter goes before one with: /2/users/me is no {id}."""
        for template in sorted(self._document["paths"], key=lambda one: one.count("{")):
            pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(template))
            matched = re.fullmatch(pattern, path)
            operation = self._document["paths"][template].get(method.lower())
            if matched and operation:
                return operation, {k: unquote(v) for k, v in matched.groupdict().items()}
        return None

    def _parameters(
        self, operation: Any, in_path: Mapping[str, str], in_query: Mapping[str, str]
    ) -> Iterator[str]:
        known = [self._resolved(one) for one in operation.get("parameters", [])]
        if any(one["name"] == "post.fields" for one in known):
            known.append(self._tweet_fields())
        given = {"path": in_path, "query": in_query}
        for parameter in known:
            name, where = parameter["name"], given.get(parameter["in"], {})
            if name in where:
                value = _parsed(where[name], self._resolved(parameter["schema"]))
                for problem in self._problems(parameter["schema"], value):
                    yield f"{name}: {problem}"
            elif parameter.get("required"):
                yield f"{name} is missing"
        names = {parameter["name"] for parameter in known}
        yield from (f"{name} is no parameter" for name in in_query if name not in names)

    def _tweet_fields(self) -> Any:
        """Version 2.167 says post.fields, but for streams; X's pages and tweepy say tweet.fields.

        https://docs.x.com/x-api/fundamentals/data-dictionary/reference
        """
        stream = self._document["paths"]["/2/tweets/sample/stream"]["get"]["parameters"]
        return next(one for one in stream if one.get("name") == "tweet.fields")

    def _body(self, operation: Any, body: object) -> Iterator[str]:
        if "requestBody" not in operation:
            if body is not None:
                yield "a body where none belongs"
        elif body is None:
            yield "the body is missing"
        else:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            yield from self._problems(schema, body)

    def _problems(self, schema: Any, value: object) -> Iterator[str]:
        whole = {"allOf": [schema], "components": self._document["components"]}
        for error in Draft202012Validator(whole).iter_errors(value):
            yield f"{error.json_path}: {error.message}"

    def _resolved(self, one: Any) -> Any:
        while "$ref" in one:
            node: Any = self._document
            for step in one["$ref"].removeprefix("#/").split("/"):
                node = node[step]
            one = node
        return one


def _parsed(text: str, schema: Any) -> object:
    """A query's text as what the schema speaks of; lists there are parted by commas."""
    if schema.get("type") == "array":
        return text.split(",")
    if schema.get("type") == "integer":
        return int(text) if re.fullmatch(r"-?\d+", text) else text
    return (
        {"true": True, "false": False}.get(text, text) if schema.get("type") == "boolean" else text
    )
