"""What must never be posted: the contact block, and every form its contents may take."""

import re
from collections.abc import Iterable, Iterator, Sequence

from campaign.domain.statement import Contact
from campaign.reading.blocks import Block
from campaign.reading.words import Words

EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
PHONE = re.compile(r"(?<![\w/])(?:\+|00)?\(?\d(?:[\d \xa0().–-]{6,20})\d(?![\w/])")
GROUPS = ((2, 2, 3), (2, 2, 2, 2), (4, 3), (3, 3), (2, 2, 2, 1), (4, 4))
SEPARATORS = (" ", "\xa0", "-", ".")


def find_contact_blocks(blocks: Sequence[Block], words: Words) -> set[int]:
    """The indexes of contact blocks: from "For more information …" to the next prose."""
    indexes: set[int] = set()
    inside = False
    for index, block in enumerate(blocks):
        if words.contact.search(block.text):
            inside = True
        elif _is_prose(block):
            inside = False
        if inside or _is_contact_line(block):
            indexes.add(index)
    return indexes


def _is_prose(block: Block) -> bool:
    return len(block.text.split()) > 14 and not EMAIL.search(block.text)


def _is_contact_line(block: Block) -> bool:
    return len(block.text.split()) <= 30 and bool(EMAIL.search(block.text))


def find_contacts(
    blocks: Iterable[Block], names: Iterable[str], words: Words
) -> tuple[Contact, ...]:
    """Organisations, persons, e-mails and phones, as they stand in the contact blocks."""
    contacts: list[Contact] = []
    known = [name.lower().removeprefix("the ") for name in names]
    for block in blocks:
        for line in block.text.split("\n"):
            contacts += _contacts_in(line, known, words)
    return tuple(dict.fromkeys(contacts))


def _contacts_in(line: str, known: Sequence[str], words: Words) -> Iterator[Contact]:
    rest = line
    for kind, pattern in (("email", EMAIL), ("phone", PHONE)):
        for found in pattern.findall(rest):
            yield Contact(type=kind, value=found.strip())
        rest = pattern.sub(" | ", rest)
    for part in re.split(r"[|:;,\t/<>]|\s[-–—]\s", rest):
        value = part.strip(" .*")
        if not value or words.contact.search(part.strip()):
            continue
        if any(name in value.lower() for name in known):
            yield Contact(type="organisation", value=value)
        elif _is_person(value):
            yield Contact(type="person", value=value)


def _is_person(value: str) -> bool:
    parts = value.split()
    proper = all(part[0].isupper() and not part.isupper() for part in parts)
    return 2 <= len(parts) <= 4 and proper and re.search(r"[\d()@&]", value) is None


def suppressed_forms(contacts: Iterable[Contact], prose: str, words: Words) -> tuple[str, ...]:
    """Lower-case strings no message may contain. Whom the statement itself names may be named."""
    prose = prose.lower()
    forms: list[str] = []
    for contact in contacts:
        value = contact.value.lower()
        if contact.type == "phone":
            forms += _phone_forms(value)
        elif contact.type == "email":
            local = value.partition("@")[0]
            is_word = local in words.mailboxes or len(local) < 3 or local in prose
            forms += [value] if is_word else [value, local]
        elif contact.type == "person" and value not in prose:
            forms.append(value)
    return tuple(dict.fromkeys(forms))


def _phone_forms(printed: str) -> Iterator[str]:
    """The number as printed, in digits, and without its prefix in the usual groups."""
    digits = re.sub(r"\D", "", printed).removeprefix("00")
    yield printed
    yield digits
    shortest = min(7, len(digits))
    for length in sorted({len(digits) - cut for cut in range(4)} | {shortest}):
        if length < shortest:
            continue
        tail = digits[-length:]
        if length > shortest:
            yield tail
        for groups in GROUPS:
            for separator in SEPARATORS:
                yield separator.join(_grouped(tail, groups))


def _grouped(digits: str, groups: Iterable[int]) -> list[str]:
    """The digits parted from the right; what is left stands first."""
    parts: list[str] = []
    for size in groups:
        if len(digits) <= size:
            break
        digits, part = digits[:-size], digits[-size:]
        parts.insert(0, part)
    return [digits, *parts]
