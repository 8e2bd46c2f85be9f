"""The statement's own words for its call: the lead-in from whoever calls on, word for word."""

import re

from campaign.reading.lead_in import Call, parse_call, plain
from campaign.reading.words import Words

WE = re.compile(r"\b(?:we|nous|nosotr[oa]s|мы),? ?$", re.IGNORECASE)


def words_of_call(sentence: str, words: Words, organisation: str | None) -> tuple[str, ...]:
    """The sentence from its caller on, word for word, without its colon; then the same without
    what is pushed in between caller and verb. None where nobody is seen to call. A third person
    without a name gets the organisation's.
    """
    text = plain(sentence)
    call = parse_call(text, words)
    if call is None:
        return (_before_verbs(sentence, words),) if text.endswith(":") else ()
    if words.label.fullmatch(text):
        return ()
    we = WE.search(text, 0, call.start)
    told = _as_printed(sentence, text, we.start() if we else call.start, words)
    is_verb = words.is_spaced and words.call.search(call.verb) is not None
    needs_name = not words.is_named and is_verb and not call.caller
    if needs_name and not words.we.search(call.verb) and text.startswith(call.verb, call.start):
        return (f"{organisation} {told}",) if organisation else ()
    brief = told if we else _without_aside(told, text, call, words)
    return tuple(dict.fromkeys([told, brief]))


def _without_aside(told: str, text: str, call: Call, words: Words) -> str:
    """As in "The Network calls on", from "The Network, meeting in Dakar, calls on"."""
    end = text.find(call.caller or "", call.start) + len(call.caller or "")
    verb = text.find(call.verb, end)
    if not call.caller or not re.match(r"\s?[,،，–—-]", text[end:]) or verb < end:
        return told
    who = text[call.start : end]
    return f"{who} {text[verb:].rstrip(' :')}" if words.is_spaced else told


def _as_printed(sentence: str, text: str, start: int, words: Words) -> str:
    """The plain text's words from `start` on, with the marks and spaces of the source."""
    printed = sentence.split()
    is_whole_word = not start or text[start - 1] in " '’"
    if words.is_spaced and is_whole_word and len(printed) >= len(text.split()):
        told = " ".join(printed[len(text[:start].split()) :])
    else:
        told = text[start:]
    return told.rstrip(" :：\xa0\u202f")


def _before_verbs(sentence: str, words: Words) -> str:
    """A sentence whose verbs are the items': "In view of this, the Network:"."""
    said = " ".join(sentence.split()).rstrip(" :：")
    names = [found["name"] for found in words.body.finditer(said) if found.end() == len(said)]
    return names[-1] if names else said
