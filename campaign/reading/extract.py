"""A statement's file to a `Statement`: what it says, where, and what must never be posted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from campaign.domain.observance import Observance
from campaign.domain.statement import Footnote, LeadIn, Link, Quote, Recommendation, Statement
from campaign.errors import ContentError, Problem
from campaign.reading.blocks import Block, Shape
from campaign.reading.boilerplate import find_boilerplate
from campaign.reading.choice import check_items, choose, find_candidates, find_listings
from campaign.reading.contacts import find_contact_blocks, find_contacts, suppressed_forms
from campaign.reading.document import Document, read_document
from campaign.reading.figures import find_facts
from campaign.reading.footnotes import lift_footnotes
from campaign.reading.lead_in import Voice, parse_call, plain
from campaign.reading.listing import Listing
from campaign.reading.naming import (
    find_acronyms,
    find_aliases,
    find_observance,
    find_organisation,
    is_same_organisation,
)
from campaign.reading.opening import Opening, find_expiring, read_opening
from campaign.reading.quotes import PAIRS, find_quotes
from campaign.reading.recommendations import read_lead_in, read_recommendations
from campaign.reading.sentences import ends_sentence, split_sentences
from campaign.reading.words import WORDS, Words

SPOKEN_ENDS = (".", "!", "?", "。", "！", "؟", "”", "»")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    organisation: str | None
    aliases: tuple[str, ...]
    acronyms: Mapping[str, str]

    @property
    def all(self) -> tuple[str, ...]:
        return (self.organisation, *self.aliases) if self.organisation else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """What each block is for; indexes into `blocks`."""

    blocks: Sequence[Block]
    body: int
    listings: Sequence[Listing]
    contacts: frozenset[int]
    boilerplate: tuple[int, ...]

    @property
    def end(self) -> int:
        """The index after the recommendations; without any, after the headline."""
        return self.listings[-1].end if self.listings else self.body

    @property
    def items(self) -> list[Block]:
        return [item for listing in self.listings for item in listing.items]

    @property
    def prose(self) -> list[Block]:
        return [
            self.blocks[index]
            for index in range(self.body, len(self.blocks))
            if self.is_prose(index)
        ]

    def is_prose(self, index: int) -> bool:
        block = self.blocks[index]
        return (
            block.shape is Shape.PARAGRAPH
            and not block.depth
            and index not in self.contacts
            and index not in self.boilerplate
        )


def read_statement(
    path: Path,
    *,
    language: str,
    observances: Mapping[str, Observance],
    pick: Sequence[int] = (),
) -> Statement:
    """Raises ContentError, in whole sentences, for a file that cannot be read or understood.

    `pick` chooses among the lists that an UndecidedError has numbered; 0 stands for none of them.
    """
    document = read_document(path)
    words = _words(language, document.file)
    blocks, notes = lift_footnotes(document.blocks)
    listings = find_listings(blocks, words)
    opening = read_opening(blocks, document.title, words)
    if opening is None:
        raise ContentError([_no_headline(document.file)])
    names = _name(blocks, opening, listings, words)
    chosen = _chosen(listings, pick, names, document.file, words)
    layout = _lay_out(blocks, opening, chosen, names, words)
    statement = _compose(document, opening, layout, names, notes, words)
    return replace(
        statement,
        language=language,
        observance=find_observance(_passages(statement, layout), observances, language),
    )


def _words(language: str, file: str) -> Words:
    if language not in WORDS:
        known = ", ".join(sorted(WORDS))
        what = f'Statements in the language "{language}" cannot be read yet; {known} can.'
        mend = "Name the text in one of these languages."
        raise ContentError([Problem(where=file, what=what, mend=mend)])
    return WORDS[language]


def _chosen(
    listings: Sequence[Listing], pick: Sequence[int], names: _Names, file: str, words: Words
) -> list[Listing]:
    """The lists that are the recommendations, each item one of them."""
    chosen = choose(
        find_candidates(listings, words),
        pick,
        file,
        words,
        speaks=lambda name: is_same_organisation(name, names.organisation, names.aliases),
    )
    problems = [problem for listing in chosen for problem in check_items(listing, listings, words)]
    if problems:
        raise ContentError(problems)
    return chosen


def _no_headline(file: str) -> Problem:
    return Problem(
        where=file,
        what="No headline found: no line of its own stands above the first paragraph.",
        mend="Put the statement's title on the first line, and a blank line below it.",
    )


def _name(
    blocks: Sequence[Block], opening: Opening | None, listings: Sequence[Listing], words: Words
) -> _Names:
    text = "\n".join(block.flow for block in blocks)
    calls = [found.lead for found in listings if found.voice is Voice.CALL and found.lead]
    organisation = find_organisation(
        opening.headline.opening if opening else None,
        calls[0].flow if calls else None,
        words,
    )
    acronyms = find_acronyms(text, words)
    aliases = find_aliases(organisation, text, acronyms, words)
    return _Names(organisation=organisation, aliases=aliases, acronyms=acronyms)


def _lay_out(
    blocks: Sequence[Block],
    opening: Opening,
    chosen: Sequence[Listing],
    names: _Names,
    words: Words,
) -> _Layout:
    contacts = find_contact_blocks(blocks, words)
    end = chosen[-1].end if chosen else opening.body
    return _Layout(
        blocks=blocks,
        body=opening.body,
        listings=chosen,
        contacts=frozenset(contacts),
        boilerplate=find_boilerplate(blocks, end, contacts, names.all, words),
    )


def _compose(
    document: Document,
    opening: Opening,
    layout: _Layout,
    names: _Names,
    notes: Sequence[tuple[Footnote, Block]],
    words: Words,
) -> Statement:
    footnotes = {footnote.marker: footnote for footnote, _ in notes}
    prose = layout.prose
    recommendations = read_recommendations(layout.listings, words)
    quotes = find_quotes(prose, words)
    contacts = find_contacts(
        [layout.blocks[index] for index in sorted(layout.contacts)], names.all, words
    )
    said = "\n".join(block.flow for block in (*prose, *layout.items))
    return Statement(
        file=document.file,
        language="",
        sha256=document.sha256,
        headline=opening.headline,
        lead_in=_lead_in(layout, names, words),
        recommendations=recommendations,
        facts=find_facts(prose, footnotes, words),
        quotes=quotes,
        closing=_closing(layout, quotes),
        dateline=opening.dateline,
        organisation=names.organisation,
        organisation_aliases=names.aliases,
        acronyms=names.acronyms,
        footnotes=tuple(footnotes.values()),
        missing_links=_missing_links(layout, recommendations, notes),
        contacts=contacts,
        suppressed=suppressed_forms(contacts, said, words),
        boilerplate=tuple(layout.blocks[index].text for index in layout.boilerplate),
        expiring=find_expiring([*prose, *layout.items], words),
        prose_calls=_prose_calls(prose, recommendations, words),
        text=said,
    )


def _lead_in(layout: _Layout, names: _Names, words: Words) -> LeadIn | None:
    if not layout.listings:
        return None
    return read_lead_in(layout.listings[0], words, names.organisation)


def _prose_calls(
    prose: Sequence[Block], recommendations: Sequence[Recommendation], words: Words
) -> tuple[str, ...]:
    """Sentences that call, outside the lists."""
    found = []
    for sentence in (part for block in prose for part in split_sentences(block, words)):
        text = plain(sentence.flow)
        calls = parse_call(text, words) or words.asking.search(text)
        if calls and text.endswith(SPOKEN_ENDS) and not _is_listed(sentence.tidy, recommendations):
            found.append(sentence.tidy)
    return tuple(found)


def _is_listed(sentence: str, recommendations: Sequence[Recommendation]) -> bool:
    bare = sentence.rstrip(".。")
    return any(bare in item.text or item.text in sentence for item in recommendations)


def _closing(layout: _Layout, quotes: Sequence[Quote]) -> str | None:
    """The first paragraph below the list in which nobody is quoted: a quote is posted by itself."""
    index = layout.end
    while index < len(layout.blocks) and _is_spoken(layout.blocks[index], quotes):
        index += 1
    if not layout.listings or index >= len(layout.blocks) or not layout.is_prose(index):
        return None
    text = layout.blocks[index].flow
    return text if ends_sentence(text) and not text.endswith((":", ";")) else None


def _is_spoken(block: Block, quotes: Sequence[Quote]) -> bool:
    """A quote may go on in a second paragraph, which opens it again."""
    lines = range(block.place.line, block.place_at(len(block.text)).line + 1)
    return block.text.startswith((*PAIRS, '"', "„")) or any(q.place.line in lines for q in quotes)


def _missing_links(
    layout: _Layout,
    recommendations: Sequence[Recommendation],
    notes: Sequence[tuple[Footnote, Block]],
) -> tuple[Link, ...]:
    """In the order of the file, each with where it stands in words."""
    links = [*_links_by_place(layout, recommendations, notes)]
    missing = [link for link in links if link.target is None]
    return tuple(sorted(missing, key=lambda link: (link.place.line, link.place.column)))


def _links_by_place(
    layout: _Layout,
    recommendations: Sequence[Recommendation],
    notes: Sequence[tuple[Footnote, Block]],
) -> Iterator[Link]:
    for number, (_, block) in enumerate(notes, start=1):
        yield from (replace(link, where=f"footnote {number}") for _, link in block.links)
    for recommendation in recommendations:
        yield from recommendation.links
    items = {id(item) for item in layout.items}
    paragraph = 0
    for index, block in enumerate(layout.blocks):
        is_paragraph = index >= layout.body and layout.is_prose(index)
        paragraph += is_paragraph
        where = f"paragraph {paragraph}" if is_paragraph else f"line {block.place.line}"
        if id(block) not in items:
            yield from (replace(link, where=where) for _, link in block.links)


def _passages(statement: Statement, layout: _Layout) -> list[str]:
    """Where the day may be named, the surest place first."""
    lead = statement.lead_in.text if statement.lead_in else ""
    prose = [block.flow for block in layout.prose]
    return [statement.headline.text, statement.headline.opening or "", lead, *prose]
