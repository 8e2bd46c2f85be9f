"""From a statement to messages: each excerpt in the words and the length of one network."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources.abc import Traversable
from itertools import chain

from campaign.domain.campaign import Campaign, Wording
from campaign.domain.decisions import Declared, DeclaredFact
from campaign.domain.measure import Network
from campaign.domain.message import Message, Part, excerpt_ref, excerpt_title
from campaign.domain.observance import Observance
from campaign.domain.statement import Excerpt, Kind, Recommendation, Statement
from campaign.errors import ContentError, Problem
from campaign.writing import fitting
from campaign.writing.acronyms import spell_out
from campaign.writing.checks import controls, faults
from campaign.writing.context import Context, Pairs, own_link, turns
from campaign.writing.declared_thread import as_declared_thread
from campaign.writing.dressing import Draft, Found, as_one, as_thread
from campaign.writing.excerpts import excerpts_of, shortened
from campaign.writing.guards import Guard
from campaign.writing.imperative import to_imperative, without_ordinal
from campaign.writing.leads import source_of
from campaign.writing.templates import Templates
from campaign.writing.tidy import BODY, tidy

_LEFT_OUT = {
    "source": "the words before the link left out",
    "hashtags": "the hashtags left out",
}


class Composer:
    """Writes one campaign's messages. Asked twice, it answers with the same value."""

    def __init__(
        self,
        campaign: Campaign,
        statement: Statement,
        templates: Sequence[Traversable],
        observance: Observance | None,
    ) -> None:
        self._campaign = campaign
        self._statement = statement
        self._templates = Templates(templates)
        self._find_template = cache(self._templates.find)
        self._context = Context(campaign, statement, observance, self._worded)
        self._guard = Guard(campaign, statement)
        self._source = source_of(statement)
        self._excerpts = excerpts_of(campaign, statement, self._context.calls)
        self._composed: dict[tuple[Kind, int, str, str], Message] = {}

    def available(self) -> dict[Kind, tuple[int, ...]]:
        """Which excerpts there are, by kind and number."""
        return {kind: tuple(found) for kind, found in self._excerpts.items()}

    def compose(self, kind: Kind, number: int, network: Network, above: str = "") -> Message:
        """`above` is an account's own line over the statement's words.

        Raises ContentError where the excerpt is not there, does not fit or must not be said.
        """
        key = (kind, number, network.name, above)
        if key not in self._composed:
            self._composed[key] = self._compose(self._excerpt(kind, number), kind, network, above)
        return self._composed[key]

    def _excerpt(self, kind: Kind, number: int) -> Excerpt:
        excerpts = self._excerpts[kind]
        if number in excerpts:
            return excerpts[number]
        numbers = ", ".join(str(one) for one in excerpts) or "none"
        title = excerpt_title(excerpt_ref(kind, number))
        what = f"There is no {title} in the statement."
        mend = f"It has: {numbers}."
        raise ContentError([Problem(where=self._statement.file, what=what, mend=mend)])

    def _compose(self, excerpt: Excerpt, kind: Kind, network: Network, above: str) -> Message:
        full = self._drafts(excerpt, kind, network, above, room=True)
        short = self._drafts(excerpt, kind, network, above, room=False)
        found: Found | None
        if kind is Kind.THREAD and network.threads:
            found = self._declared_thread(excerpt, [*full, *short], network)
        else:
            found = as_one(chain(full, short), network)
        own = self._campaign.decided.short.get(excerpt_ref(kind, excerpt.number), {})
        entry = own.get(self._statement.language)
        if found is None and entry is not None:
            excerpt = shortened(excerpt, entry)
            found = self._short(excerpt, kind, network, above)
        elif found is None:
            found = self._thread(excerpt, kind, network, above)
        draft, pieces = found
        is_own = isinstance(excerpt, Declared | DeclaredFact) or (
            entry is not None and excerpt.place is entry.place
        )
        self._check(excerpt, kind, network, draft, is_own=is_own)
        return Message(
            kind=kind,
            number=excerpt.number,
            name=excerpt.name if kind is Kind.MESSAGE and isinstance(excerpt, Declared) else "",
            declared=is_own,
            language=self._statement.language,
            platform=network.name,
            place=excerpt.place,
            parts=tuple(self._parts(excerpt, draft, pieces, network)),
            limit=network.measure.limit,
            unit=network.measure.unit,
            converted=draft.converted,
            framed=draft.framed,
            notes=tuple(self._notes(excerpt, draft)),
        )

    def _notes(self, excerpt: Excerpt, draft: Draft) -> Iterator[str]:
        """What a reader of the preview should know of the words."""
        yield from filter(None, draft.notes)
        if not isinstance(excerpt, Recommendation):
            return
        if not self._source.says(draft.head.replace(excerpt.addressee or "\0", "")):
            yield "the lead is our own wording"
        if self._campaign.wording is Wording.IMPERATIVE and self._statement.language != "en":
            yield "form: imperative is for English only"

    def _check(
        self, excerpt: Excerpt, kind: Kind, network: Network, draft: Draft, *, is_own: bool
    ) -> None:
        """Raises ContentError where it says what nobody has said, or nobody may."""
        if wrong := faults(draft.text, self._statement.suppressed):
            raise self._refused(excerpt, kind, network, wrong)
        furniture = [draft.head, draft.tail] if draft.body else [draft.text]
        ours = range(len(self._statement.recommendations) + 1)
        wrong = self._guard.faults(furniture, draft.body, declared=is_own, ours=ours)
        wrong += self._guard.mentions(draft.text, network)
        if wrong:
            mend = "Mend it, or declare it" if is_own else "Mend the template, or declare it"
            if "mentions:" in wrong[0]:
                mend += ", as in  mentions: {iom: {x: UNmigration, name: IOM}}"
            elif "facts:" in wrong[0]:
                mend += ', as in  facts: {arrivals: {text: "…", source: "…"}}'
            raise self._refused(excerpt, kind, network, wrong[:1], mend)

    def _thread(self, excerpt: Excerpt, kind: Kind, network: Network, above: str) -> Found:
        drafts = list(self._drafts(excerpt, kind, network, above, room=False))
        found = as_thread(drafts, network)
        for without in (("source",), ("source", "hashtags")):
            barer = self._drafts(excerpt, kind, network, above, room=False, without=without)
            found = found or as_one(barer, network)
        if found is None:
            raise self._too_long(excerpt, kind, network, drafts, above)
        return found

    def _declared_thread(
        self, excerpt: Excerpt, drafts: Sequence[Draft], network: Network
    ) -> Found:
        found = as_declared_thread(drafts, network)
        if found is None:
            what = (
                "One of the recommendations, or the headline, cannot be cut at its clauses into"
                f" parts that fit {network.title}, so there is no thread of all."
            )
            raise self._error(excerpt, what, f"Leave it out there: except {network.name}")
        return found

    def _short(self, excerpt: Excerpt, kind: Kind, network: Network, above: str) -> Found:
        """The text a person wrote for posts that would be threads."""
        drafts = list(self._drafts(excerpt, kind, network, above, room=False))
        found = as_one(drafts, network)
        if found is None:
            count, measure = min(network.measure.count(one.text) for one in drafts), network.measure
            title = _title(excerpt, kind)
            what = (
                f"The short text of {title} is {count:,} of {measure.limit:,} {measure.unit}"
                f" on {network.title}."
            )
            raise self._error(excerpt, what, f"Take {count - measure.limit} out of it.")
        return found

    def _parts(
        self, excerpt: Excerpt, draft: Draft, pieces: tuple[str, ...], network: Network
    ) -> Iterator[Part]:
        count = len(pieces)
        link = own_link(excerpt, self._campaign.link)
        title = self._statement.headline.text if link and link == self._campaign.link else ""
        for index, body in enumerate(pieces):
            text = draft.text if count == 1 else draft.dressed(body, index, count)
            shows_card = network.link_as_card and index == count - 1
            yield Part(
                body=body,
                text=text,
                count=network.measure.count(text),
                card=link if shows_card else None,
                card_title=title if shows_card else "",
            )

    def _drafts(
        self,
        excerpt: Excerpt,
        kind: Kind,
        network: Network,
        above: str,
        *,
        room: bool,
        without: Sequence[str] = (),
    ) -> Iterator[Draft]:
        """Every way to say it, the longest lead first. `room` is there for a template's extras;
        `without` names what else may go: the source's words before the link, the hashtags.
        """
        if isinstance(excerpt, Declared | DeclaredFact):
            above = ""  # it speaks of the statement, and these are not its words
        if isinstance(excerpt, Declared):  # in an excerpt's place too
            kind = Kind.MESSAGE
        file = self._find_template(kind, network.name, self._statement.language)
        body, words = self._worded(excerpt)
        if excerpt.place.file == self._campaign.file:
            body = self._guard.addressed(body, network)
        values = self._context.values(excerpt, body, network) | {"room": room}
        values |= {"reference": values["link"]} if "source" in without else {}
        values |= {"hashtags": ""} if "hashtags" in without else {}
        left_out = " and ".join(_LEFT_OUT[one] for one in without)
        for lead in self._context.leads(excerpt):
            rendered = tidy(self._templates.render(file, values | {"lead": lead.text}))
            if not rendered or rendered.count(BODY) > 1:
                twice = "{{ text }} stands here twice."
                what = twice if rendered else "The template writes nothing."
                raise ContentError([Problem(where=str(file), what=what)])
            text = tidy(f"{above}\n{rendered}")
            draft = self._draft(text, kind, body, words, (lead.note, left_out))
            if wrong := controls(draft.text):
                raise self._refused(excerpt, kind, network, wrong)
            yield draft

    def _draft(
        self, rendered: str, kind: Kind, body: str, words: Pairs, notes: tuple[str, ...]
    ) -> Draft:
        """Acronyms are spelled out, but never in a headline or in what somebody said."""
        acronyms = self._statement.acronyms
        if BODY not in rendered:
            listed = self._context.listed(rendered) if kind is Kind.ROUNDUP else ()
            (whole,), spelled = spell_out([rendered], acronyms)
            return Draft("", whole, "", listed + spelled, framed=True)
        head, tail = rendered.split(BODY)
        if kind in {Kind.HEADLINE, Kind.QUOTE}:
            (head, tail), spelled = spell_out([head, tail], acronyms)
        else:
            (head, body, tail), spelled = spell_out([head, body, tail], acronyms)
        if kind is Kind.THREAD:
            words += self._context.listed(body)
        return Draft(head, body, tail, words + spelled, notes)

    def _worded(self, excerpt: Excerpt) -> tuple[str, Pairs]:
        """The excerpt's words in the campaign's form."""
        if not isinstance(excerpt, Recommendation):
            return excerpt.text, ()
        text, counted = without_ordinal(excerpt.text, excerpt.ordinal)
        if turns(excerpt, self._campaign.wording, self._statement.language):
            turned, pairs = to_imperative(text)
            return turned, counted + pairs
        return text, counted

    def _too_long(
        self,
        excerpt: Excerpt,
        kind: Kind,
        network: Network,
        drafts: Sequence[Draft],
        above: str,
    ) -> ContentError:
        measure = network.measure
        count = min(measure.count(draft.text) for draft in drafts)
        title = _title(excerpt, kind)
        what = f"{title} is {count:,} of {measure.limit:,} {measure.unit} on {network.title}"
        if network.threads:
            what += f", and cannot be cut at its clauses into {fitting.MAX_PARTS} parts that fit."
        else:
            what += ", which has no threads."
        mend = f"Leave it out there: except {network.name}"
        mend += ", or give the account a shorter lead" if above else ""
        return self._error(excerpt, what, mend)

    def _refused(
        self, excerpt: Excerpt, kind: Kind, network: Network, wrong: Sequence[str], mend: str = ""
    ) -> ContentError:
        title = _title(excerpt, kind)
        what = f"{title} on {network.title} cannot be posted. {' '.join(wrong)}"
        own = excerpt.place.file == self._campaign.file
        mend = mend or ("Mend this text." if own else "Mend the statement or the template.")
        return self._error(excerpt, what, mend)

    def _error(self, excerpt: Excerpt, what: str, mend: str) -> ContentError:
        place = excerpt.place
        at = place.column if place.file == self._campaign.file else None
        return ContentError(
            [Problem(where=place.file, line=place.line, column=at, what=what, mend=mend)]
        )


def _title(excerpt: Excerpt, kind: Kind) -> str:
    name = excerpt.name if isinstance(excerpt, Declared) else ""
    return excerpt_title(excerpt_ref(kind, excerpt.number, name))
