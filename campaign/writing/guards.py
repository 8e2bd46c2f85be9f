"""What a message may only say when the statement, or `facts:`, says it: figures, dates, quotes."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator

from campaign.domain.campaign import Campaign
from campaign.domain.decisions import figures_of
from campaign.domain.measure import Network
from campaign.domain.statement import Statement
from campaign.domain.web_address import LINK, fault_of
from campaign.writing.figures import dates, figures

_QUOTED = re.compile(r"“([^“”]+)”|«([^«»]+)»|\"([^\"“”]+)\"|„([^„“”]+)[“”]|「([^「」]+)」")
_MENTION = re.compile(r"(?<![\w@/.+-])@(\w(?:[\w.-]*\w)?(?:@[\w.-]*\w)?)")
_ALIKE = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-"})


class Guard:
    """Holds the words of one campaign's messages against what it may say."""

    def __init__(self, campaign: Campaign, statement: Statement) -> None:
        self._mentions = campaign.decided.mentions
        self._language = statement.language
        sources = [
            campaign.title,
            *_said(statement),
            *figures_of(campaign.decided, statement.language),
        ]
        day = campaign.day
        self._words = " ".join(plain(source) for source in sources)
        self._figures = {figure for source in sources for figure in figures(source, self._language)}
        self._figures |= {str(day.day), str(day.year)}
        self._dates = {date for source in sources for date in dates(source)}
        self._dates.add(f"{day.day} {_MONTH_NAMES[day.month - 1]}")
        if campaign.decided.issued:
            self._figures.add(str(campaign.decided.issued.year))

    def faults(
        self, furniture: Iterable[str], body: str, *, declared: bool, ours: Container[int]
    ) -> list[str]:
        """Sentences. `furniture` stands around the excerpt's words, `ours` are numbers in it that
        are our own: those of calls.
        """
        around = list(furniture)
        checked = " \n".join([*around, body] if declared else around)
        unknown = [
            printed
            for key, printed in figures(checked, self._language).items()
            if key not in self._figures and not (key.isdecimal() and int(key) in ours)
        ]
        days = {k: printed for k, printed in dates(checked).items() if k not in self._dates}
        unknown = [one for one in unknown if not any(one in day for day in days.values())]
        found = [_unsourced(f'"{printed}"') for printed in (*days.values(), *unknown)]
        verbatim = "" if declared else plain(body)
        text = body.join(around) if len(around) > 1 else checked
        for quoted in _quoted(text):
            words = plain(quoted).strip("….,;: ")
            if words and words not in self._words and words not in verbatim:
                found.append(_unsourced(f"“{quoted}”"))
        links = (link.rstrip(".,;:!?)") for link in LINK.findall(checked))
        found += [f"{link} {fault}." for link in links if (fault := fault_of(link))]
        return found

    def mentions(self, text: str, network: Network) -> list[str]:
        """Sentences on accounts that are mentioned and not declared."""
        here = {mention.handles.get(network.name, "").lower() for mention in self._mentions}
        return [
            f"It mentions @{name}, and mentions: does not declare it."
            for lower, name in mentioned(text).items()
            if lower not in here
        ]

    def addressed(self, text: str, network: Network) -> str:
        """`@iom` as the network knows it: the handle there, or without one the name."""
        known = {mention.key.lower(): mention for mention in self._mentions}

        def named(found: re.Match[str]) -> str:
            mention = known.get(found[1].lower())
            if mention is None:
                return found[0]
            handle = mention.handles.get(network.name)
            return f"@{handle}" if handle else mention.name

        return _MENTION.sub(named, text) if known else text


_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def mentioned(text: str) -> dict[str, str]:
    """The accounts a text mentions, in lower case and as they are written, without "@"."""
    return {name.lower(): name for name in _MENTION.findall(LINK.sub(" ", text))}


def _unsourced(what: str) -> str:
    return f"It says {what}, which stands neither in the statement nor under facts:."


def _quoted(text: str) -> Iterator[str]:
    for found in _QUOTED.finditer(text):
        yield next(group for group in found.groups() if group)


def plain(text: str) -> str:
    """One kind of space, apostrophe and dash; letters without case."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_ALIKE).casefold().split())


def _said(statement: Statement) -> Iterator[str]:
    """Everything the statement says, contacts left out."""
    yield statement.text
    yield statement.headline.text
    yield statement.headline.opening or ""
    yield statement.closing or ""
    yield statement.lead_in.text if statement.lead_in else ""
    yield from (item.text for item in statement.recommendations)
    yield from (f"{one.text} {one.value} {one.caveat} {one.source}" for one in statement.facts)
    yield from (f"{one.text} {one.speaker} {one.role}" for one in statement.quotes)
    yield from (note.text for note in statement.footnotes)
    yield from statement.acronyms.values()
    yield from (statement.organisation or "", *statement.organisation_aliases)
