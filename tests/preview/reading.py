"""A page as a browser reads it: tags, attributes, visible text."""

from html.parser import HTMLParser

LOADING = {
    "src",
    "srcset",
    "poster",
    "data",
    "action",
    "formaction",
    "background",
    "ping",
    "xlink:href",
}
VOID = {"meta", "br", "hr"}


class Page(HTMLParser):
    """`texts` is what is seen, `links` where one may click, `loads` what would be fetched."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.classes: list[str] = []
        self.ids: list[str] = []
        self.metas: list[dict[str, str]] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.languages: list[str] = []
        self.pieces: list[str] = []
        self.headings: list[int] = []
        self.open: list[str] = []
        self.style = ""
        self.feed(source)
        self.close()
        assert not self.open, f"left open: {self.open}"

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.classes += values.get("class", "").split()
        self.ids += [values["id"]] if "id" in values else []
        self.languages += [values["lang"]] if "lang" in values else []
        self.metas += [values] if tag == "meta" else []
        self.headings += [int(tag[1])] if tag in {"h1", "h2", "h3", "h4", "h5"} else []
        self.loads += [f"{tag} {name}" for name in values if name in LOADING or name[:2] == "on"]
        if "href" in values:
            (self.links if tag == "a" else self.loads).append(values["href"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style += data
        else:
            self.pieces.append(data)


def assert_standalone(page: Page) -> None:
    """Nothing is fetched, nothing runs, every heading follows its parent, every anchor leads."""
    assert page.loads == []
    assert not {"script", "link", "img", "iframe", "object", "embed", "base", "form"} & {*page.tags}
    assert "url(" not in page.style
    assert "@import" not in page.style
    policy = [meta["content"] for meta in page.metas if "http-equiv" in meta]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= {*page.ids}
    assert all(link.startswith(("#", "http://", "https://")) for link in page.links)
    assert page.headings[0] == 1
    assert all(
        after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False)
    )
