"""What a template can say: the names it may use, and what they stand for."""

from collections.abc import Callable

from campaign.domain.campaign import Campaign, Wording
from campaign.domain.decisions import OMIT, Declared, DeclaredFact
from campaign.domain.measure import Network
from campaign.domain.message import excerpt_ref
from campaign.domain.observance import Observance
from campaign.domain.statement import Excerpt, Fact, Kind, Quote, Recommendation, Statement
from campaign.writing import phrases
from campaign.writing.tidy import BODY

Pairs = tuple[tuple[str, str], ...]
Worded = Callable[[Excerpt], tuple[str, Pairs]]


class Context:
    """The values of one campaign's templates. `worded` gives an excerpt's words in its form."""

    def __init__(
        self,
        campaign: Campaign,
        statement: Statement,
        observance: Observance | None,
        worded: Worded,
    ) -> None:
        self._campaign = campaign
        self._statement = statement
        self._observance = observance.name(statement.language) if observance else ""
        self._worded = worded
        self._to = phrases.addressees(statement.lead_in, statement.language)
        issued = campaign.decided.issued
        self._year = issued.year if issued and campaign.is_aged else None
        skipped, language = campaign.decided.is_skipped, statement.language
        self._calls = [
            item
            for item in statement.recommendations
            if not skipped(excerpt_ref(Kind.RECOMMENDATION, item.number), language)
        ]
        self._places = {item.number: place for place, item in enumerate(self._calls, start=1)}
        self._shared = self._for_all()

    @property
    def calls(self) -> list[str]:
        """The recommendations that are posted, in their words, each with its end mark."""
        return [self._call(item) for item in self._calls]

    def leads(self, excerpt: Excerpt) -> list[str]:
        """The lines that may stand above an excerpt, without colon, longest first."""
        if not isinstance(excerpt, Recommendation):
            return [""]
        labels = self._labels(excerpt)
        if self._campaign.wording is Wording.VERBATIM:
            whole = phrases.lead_sentence(self._statement.lead_in, excerpt.form)
            return [whole, *labels] if whole else labels
        return labels

    def values(self, excerpt: Excerpt, body: str, network: Network) -> dict[str, object]:
        """For one excerpt on one network. `text` stands for the words until they are fitted; a
        round-up has none of its own.
        """
        values = self._shared | self._ending(excerpt, network) | self._own(excerpt)
        is_quoted = isinstance(excerpt, Quote) or excerpt.place.file != self._campaign.file
        values["aged"] = self._year is not None and is_quoted
        if body:
            values |= {"text": BODY, "stop": phrases.full_stop(body, self._statement.language)}
        return values

    def listed(self, text: str) -> Pairs:
        """What changed in the recommendations that a round-up lists."""
        worded = (self._worded(item) for item in self._statement.recommendations)
        return tuple(pair for words, pairs in worded if words in text for pair in pairs)

    def _for_all(self) -> dict[str, object]:
        statement, language = self._statement, self._statement.language
        lead_in = statement.lead_in
        year, verb = self._year or self._campaign.day.year, (lead_in and lead_in.verb) or ""
        opening, closing = phrases.quotation_marks(language)
        return {
            "addressees": self._to,
            "ask": (lead_in and lead_in.ask) or "",
            "caller": phrases.caller(lead_in),
            "calls": self.calls,
            "closing": "" if self._year else statement.closing or "",
            "hashtags": phrases.hashtag_line(self._campaign.hashtags),
            "headline": statement.headline.text,
            "language": language,
            "observance": self._observance,
            "occasion": f"{self._observance} {year}" if self._observance else self._campaign.title,
            "opening": self._still_true(statement.headline.opening),
            "organisation": phrases.source_name(statement),
            "quote_start": opening,
            "quote_end": closing,
            "issued": self._campaign.decided.issued,
            "named": len(statement.recommendations),
            "rtl": phrases.reads_right_to_left(language),
            "total": len(self._calls),
            "verb": phrases.past(verb) if self._year and language == "en" else verb,
            "year": self._campaign.day.year,
        }

    def _still_true(self, text: str | None) -> str:
        """A sentence, but not one of another year that was true only then."""
        if text is None or (self._year and any(one in text for one in self._statement.expiring)):
            return ""
        return text

    def _call(self, excerpt: Recommendation) -> str:
        words, _ = self._worded(excerpt)
        return words + phrases.full_stop(words, self._statement.language)

    def _own(self, excerpt: Excerpt) -> dict[str, object]:
        own: dict[str, object] = {"n": excerpt.number, "links": self._links(excerpt)}
        if isinstance(excerpt, Recommendation):
            own["call"] = self._labels(excerpt)[0]
        if isinstance(excerpt, Quote):
            held = self._campaign.decided.aged.get(f"role {excerpt.speaker}")
            role = held.text if held and self._year else excerpt.role or ""
            own |= {"speaker": excerpt.speaker, "role": role}
        if isinstance(excerpt, Fact):
            own |= {"value": excerpt.value, "caveat": _caveat(excerpt)}
        return own

    def _links(self, excerpt: Excerpt) -> list[str]:
        """The addresses of an excerpt's own links: the statement's, or those under `links:`."""
        decided = self._campaign.decided.links
        own = excerpt.links if isinstance(excerpt, Recommendation) else ()
        found = [link.target for link in own if link.target]
        said = (
            f"{excerpt.text} {excerpt.source} {excerpt.caveat}" if isinstance(excerpt, Fact) else ""
        )
        found += [
            entry.text
            for words, entry in decided.items()
            if entry.text != OMIT and words in (said or excerpt.text)
        ]
        return found

    def _labels(self, excerpt: Excerpt) -> list[str]:
        """Numbered as they are posted: without one that is left out, the next takes its number."""
        number = self._places.get(excerpt.number, excerpt.number)
        has_aged = any(one in excerpt.text for one in self._statement.expiring)
        year = self._year if has_aged else None
        total, language = len(self._calls), self._statement.language
        return phrases.call_labels(number, total, self._to, language, year)

    def _ending(self, excerpt: Excerpt, network: Network) -> dict[str, object]:
        """`link` alone, and `reference` with words before it. A card says it beside the text;
        without a link both are the source's name.
        """
        language, link = self._statement.language, own_link(excerpt, self._campaign.link)
        if link != self._campaign.link or isinstance(excerpt, Declared):
            own = "" if network.link_as_card else link or ""
            if own and phrases.reads_right_to_left(language):
                own = f"\n{own}"
            return {"link": own, "reference": own}
        if not link:
            name = phrases.source_name(self._statement)
            dated = f"{name}, {self._year}" if self._year else name
            return {"link": dated, "reference": dated}
        brief = network.name == "x" or network.link_as_card
        words = phrases.our_statement(language, self._year, brief=brief)
        if network.link_as_card:
            return {"link": "", "reference": words if self._year else ""}
        if phrases.reads_right_to_left(language):
            words = f"\n{words}" if self._year else ""
            return {"link": f"\n{link}", "reference": f"{words}\n{link}"}
        return {"link": link, "reference": f"{words}: {link}" if words else link}


def own_link(excerpt: Excerpt, link: str | None) -> str | None:
    """A message of one's own leads to its own link or to none, all others to the statement."""
    if isinstance(excerpt, Declared):
        return excerpt.link
    return (excerpt.link or link) if isinstance(excerpt, DeclaredFact) else link


def _caveat(fact: Fact) -> str:
    """What the figure's footnote says, and whose figure it is: "Minimum estimates (IOM)"."""
    caveat, source = (fact.caveat or "").rstrip(" ."), fact.source or ""
    if caveat and source and source not in caveat:
        return f"{caveat} ({source})."
    return f"{caveat}." if caveat else source and f"({source})"
