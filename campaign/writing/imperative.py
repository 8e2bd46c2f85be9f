"""A recommendation's gerund turned into a call: "Recognizing …" → "Recognize …". English only."""

import re

# Call verbs whose gerund follows the rule in `_gerund`, then those that do not.
_REGULAR = """
accelerate accept achieve act address adopt advance advocate agree align allocate apply assess
assist avoid boost bring build call champion cease collaborate combat complete conclude condemn
consider continue contribute convene cooperate coordinate create declare defend deliver demand
demonstrate deploy develop dismantle disrupt double elect eliminate embrace empower enable
encourage endorse enforce engage enhance ensure establish exchange expand expedite extend
facilitate finance foster guarantee halt harmonize harness honour honor identify implement
improve include increase integrate introduce invest investigate invite involve keep launch lead
leverage lift limit maintain make maximize meet minimize mobilize monitor negotiate observe open
partner pledge prevent prioritize promote prohibit protect provide publish pursue raise ratify
realize recall recognize recognise reduce reform refrain reinforce reject release remove renew
repeal report request respect respond restore review safeguard scale secure share strengthen
support suspend sustain take tackle train transform uphold use value welcome withdraw work
"""
_IRREGULAR = {
    "committing": "commit",
    "cutting": "cut",
    "ending": "end",
    "equipping": "equip",
    "fulfilling": "fulfil",
    "planning": "plan",
    "putting": "put",
    "setting": "set",
    "stopping": "stop",
    "submitting": "submit",
}


def _gerund(verb: str) -> str:
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb) + "ing"


BASES = {_gerund(verb): verb for verb in _REGULAR.split()} | _IRREGULAR

# At the head of a text these are no verbs, or not the call.
_NEVER = frozenset({
    "being", "concerning", "during", "excluding", "following", "funding", "housing", "including",
    "notwithstanding", "nothing", "pending", "regarding", "something", "spring",
})  # fmt: skip
# After "and" these may be nouns ("data collection and monitoring"): only an article tells.
_OFTEN_NOUNS = frozenset({
    "building", "cutting", "ending", "financing", "lifting", "meeting", "monitoring", "planning",
    "publishing", "reporting", "setting", "sharing", "training", "working",
})  # fmt: skip

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_SERIES = re.compile(r"(?:, (?:and |or )?| (?:and|or) )(?=[a-z]+ing\b)")
_COORDINATED = re.compile(r"[,;]? (?:and|or) (?P<gerund>[a-z]+ing)\b")
_GOVERNED = re.compile(
    r"(?:[,;]|\b(?:about|after|against|as|at|before|between|by|for|from|in|including|into|of|on|"
    r"than|through|to|towards?|upon|via|when|while|with|without))(?: \w+ly)? "
    r"(?!(?:farm|fund|hous|learn|lend|polic|profil|smuggl|spend|traffick|warm)ing\b)[a-z]+ing\b"
)
_DETERMINER = re.compile(
    r" (?:a|all|an|any|both|each|every|her|his|its|more|no|our|such|that|the|their|these|this|"
    r"those)\b"
)


def without_ordinal(text: str, ordinal: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """As "We commit …" from "First, we commit …": a post says by itself which of how many it is."""
    rest = text.removeprefix(ordinal)
    if not ordinal or not rest.strip():
        return text, ()
    first = rest.split()[0]
    said = rest[:1].upper() + rest[1:]
    return said, ((f"{ordinal.strip()} {first}", said.split()[0]),)


def to_imperative(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text as a call, and the words that changed, as (source, message) pairs.

    Converted are its first word and the gerunds joined to it at top level. A gerund behind a
    preposition or a comma ("by addressing", ", ensuring") belongs to that, and stays. "to agree"
    is a call without its "to".
    """
    if bare := re.match(r"to (\w+)", text):
        verb = bare[1][:1].upper() + bare[1][1:]
        return verb + text[bare.end() :], ((bare[0], verb),)
    first = _WORD.match(text)
    base = _base(first.group()) if first else None
    if first is None or base is None:
        return text, ()
    found = [(first.start(), first.end(), base), *_joined(text, first.end())]
    pairs = tuple((text[start:end], call) for start, end, call in found)
    for start, end, call in reversed(found):
        text = text[:start] + call + text[end:]
    return text, pairs


def _joined(text: str, at: int) -> list[tuple[int, int, str]]:
    """The gerunds coordinated with the first, as (start, end, call)."""
    found = []
    series = list(_series(text, at))
    if series and any(word in text[at : series[-1][1]] for word in (" and ", " or ")):
        found, at = series, series[-1][1]
    for match in _COORDINATED.finditer(text, at):
        if _GOVERNED.search(text, at, match.start()):
            break
        gerund = match["gerund"]
        object_follows = _DETERMINER.match(text, match.end())
        if object_follows or (gerund in BASES and gerund not in _OFTEN_NOUNS):
            base = _base(gerund)
            if base:
                found.append((match.start("gerund"), match.end(), base))
                at = match.end()
    return found


def _series(text: str, at: int) -> list[tuple[int, int, str]]:
    """The gerunds that follow one another directly: "Respecting, protecting and fulfilling …"."""
    found = []
    while (joint := _SERIES.match(text, at)) and (word := _WORD.match(text, joint.end())):
        base = _base(word.group())
        if base is None:
            break
        found.append((word.start(), word.end(), base))
        at = word.end()
    return found


def _base(word: str) -> str | None:
    prefix, hyphen, verb = word.rpartition("-")
    if prefix.lower() not in {"", "re", "co", "pre"}:
        return None
    base = _lookup(verb.lower())
    if base is None:
        return None
    if prefix:
        return prefix + hyphen + base
    return base.capitalize() if word[0].isupper() else base


def _lookup(gerund: str) -> str | None:
    if gerund in _NEVER or not gerund.endswith("ing") or len(gerund) < 5:
        return None
    if gerund in BASES:
        return BASES[gerund]
    from lemminflect import getLemma  # slow import

    lemmas: tuple[str, ...] = getLemma(gerund, upos="VERB")
    return lemmas[0] if lemmas and lemmas[0] != gerund else None
