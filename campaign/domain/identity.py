"""Which excerpt is which after a statement was corrected: a number is kept from its first schedule.

An item inserted in the middle shifts those behind it in the text, never in the queue: what was sent
as recommendation 3 stays recommendation 3, wherever it stands now.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from campaign.domain.campaign import Account
from campaign.domain.message import content_hash
from campaign.domain.occurrence import AGAIN
from campaign.domain.plan import Planned
from campaign.domain.post import StoredPost, post_key
from campaign.domain.statement import Kind

NUMBERED = (Kind.FACT, Kind.QUOTE, Kind.RECOMMENDATION)
IDEOGRAPHS = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
PIECE = re.compile(rf"[{IDEOGRAPHS}]|[^\s{IDEOGRAPHS}]+")
ALIKE = 0.5  # the share of its words that an edited excerpt has in common with the one it was


@dataclass(slots=True, kw_only=True)
class Known:
    """An excerpt as it stands in the queue, and what became of it. `texts` are whole posts by
    language, on any account.
    """

    hashes: set[tuple[str, str]] = field(default_factory=set)
    texts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    is_living: bool = False
    is_public: bool = False
    is_cancelled: bool = False

    @property
    def keeps_its_number(self) -> bool:
        """No other words may stand under it: these are public, or a person said that they go
        nowhere.
        """
        return self.is_public or self.is_cancelled


Numbers = dict[int, int]


def adopt(
    wanted: Sequence[Planned],
    existing: Mapping[str, StoredPost],
    known: Mapping[str, Account],
) -> tuple[list[Planned], dict[Kind, Numbers]]:
    """The wanted posts under the names and numbers that the queue knows.

    `known` are the accounts there, by who they are. The second value says which of the file's
    numbers are others in the queue.
    """
    renamed = [_renamed(one, known) for one in wanted]
    numbers = {kind: frozen_numbers(kind, renamed, existing) for kind in NUMBERED}
    moved = {
        kind: {shown: known for shown, known in found.items() if shown != known}
        for kind, found in numbers.items()
    }
    return [_numbered(one, moved) for one in renamed], {k: n for k, n in moved.items() if n}


def _renamed(planned: Planned, known: Mapping[str, Account]) -> Planned:
    post = planned.post
    account = first_named(post.account, known)
    if account == post.account:
        return planned
    who = {"platform": account.platform, "identity": account.identity}
    same = replace(
        post,
        account=account,
        key=_key(planned, post.excerpt_ref, account.name),
        content_hash=content_hash(who, post.bodies),
    )
    return replace(planned, post=same)


def first_named(account: Account, known: Mapping[str, Account]) -> Account:
    """The account under the name, and in the spelling, that it was first scheduled with."""
    first = known.get(account.who, account)
    return replace(account, name=first.name, handle=first.handle)


def _numbered(planned: Planned, moved: Mapping[Kind, Numbers]) -> Planned:
    message = planned.message
    number = moved.get(message.kind, {}).get(message.number)
    if number is None:
        return planned
    ref = f"{message.kind}-{number}"
    key = _key(planned, ref, planned.post.account.name)
    return replace(planned, post=replace(planned.post, key=key, excerpt_ref=ref))


def _key(planned: Planned, ref: str, account: str) -> str:
    post = planned.post
    suffix = AGAIN if post.again else ""
    return post_key(post.campaign_id, ref, post.language, account) + suffix


def frozen_numbers(
    kind: Kind, wanted: Iterable[Planned], existing: Mapping[str, StoredPost]
) -> Numbers:
    """For each of the file's numbers, the queue's: by the same words, by words that are much the
    same, by the same number where nothing of it is public or cancelled; else a new one.
    """
    known = _known(kind, existing.values())
    asked: dict[int, list[Planned]] = defaultdict(list)
    for one in wanted:
        if one.message.kind is kind:
            asked[one.message.number].append(one)
    if not known:
        return {number: number for number in asked}
    found = _same_words(asked, known)
    for shown, number in _alike(asked, known, found):
        if shown not in found and number not in found.values():
            found[shown] = number
    for shown in [shown for shown in asked if shown not in found]:
        if shown not in found.values() and not (shown in known and known[shown].keeps_its_number):
            found[shown] = shown
    for shown in [shown for shown in asked if shown not in found]:
        found[shown] = max((*known, *found.values())) + 1
    return found


def _known(kind: Kind, stored: Iterable[StoredPost]) -> dict[int, Known]:
    known: dict[int, Known] = {}
    for one in stored:
        post = one.post
        if post.kind is not kind:
            continue
        excerpt = known.setdefault(int(post.excerpt_ref.rpartition("-")[2]), Known())
        excerpt.hashes.add((post.language, post.text_hash))
        excerpt.is_living |= not one.is_gone
        excerpt.is_public |= one.is_perhaps_public
        excerpt.is_cancelled |= one.cancelled_by is not None
        words = " ".join(str(body["text"]) for body in post.bodies)
        excerpt.texts[post.language].add(words)
    return known


def _same_words(asked: Mapping[int, Sequence[Planned]], known: Mapping[int, Known]) -> Numbers:
    """A number whose words are those of several, of `again` for one, prefers its own."""
    found: Numbers = {}
    for shown, posts in asked.items():
        hashes = {(one.post.language, one.post.text_hash) for one in posts}
        same = [number for number, excerpt in known.items() if excerpt.hashes & hashes]
        free = [number for number in same if number not in found.values()]
        if free:
            best = max(free, key=lambda n: (known[n].is_public, known[n].is_living, n == shown))
            found[shown] = best
    return found


def _alike(
    asked: Mapping[int, Sequence[Planned]], known: Mapping[int, Known], found: Numbers
) -> list[tuple[int, int]]:
    """Pairs of what is left on both sides that have most of their words in common, best first."""
    taken = set(found.values())
    pairs = []
    for shown, posts in asked.items():
        if shown in found:
            continue
        for number, excerpt in known.items():
            if number not in taken and (excerpt.is_living or excerpt.is_cancelled):
                share = _share(posts, excerpt)
                if share >= ALIKE:
                    pairs.append((share, shown == number, shown, number))
    return [(shown, number) for _share, _same, shown, number in sorted(pairs, reverse=True)]


def _share(posts: Sequence[Planned], excerpt: Known) -> float:
    """How much of the new words stands in the old ones, in their order. On any account: what went
    out early on one may have been corrected step by step on another.
    """
    pairs = {(one.message.words, old) for one in posts for old in excerpt.texts[one.post.language]}
    return max((_common(_pieces(new), _pieces(old)) for new, old in pairs), default=0.0)


def _common(new: Sequence[str], old: Sequence[str]) -> float:
    whole = max(len(new), 1)
    at_most = (Counter(new) & Counter(old)).total() / whole
    if at_most < ALIKE:  # most pairs end here, at a hundredth of the price
        return at_most
    blocks = SequenceMatcher(None, new, old, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / whole


def _pieces(text: str) -> list[str]:
    """Its words; in a script without spaces, its characters."""
    return PIECE.findall(text)
