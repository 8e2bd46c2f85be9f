"""The words by which a language shows what it does: one table per language, data only."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from re import Pattern


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Words:
    """A language's cues. `call` has the group `verb`; `modal` and `label` have `addressees`."""

    call: Pattern[str]
    to: Pattern[str]
    modal: Pattern[str]
    label: Pattern[str]
    means: Pattern[str]
    negative: Pattern[str]
    reason: Pattern[str]
    people: Pattern[str]
    commitment: Pattern[str]
    position: Pattern[str]
    recital: Pattern[str]
    voices: Pattern[str]
    collective: frozenset[str]
    connectors: frozenset[str]
    article: str
    conjunction: Pattern[str]
    addressee: Pattern[str]
    item_joiner: Pattern[str]
    gerund: Pattern[str]
    not_gerunds: frozenset[str]
    determiners: frozenset[str]
    imperative_after: Pattern[str]
    abbreviations: frozenset[str]
    said: frozenset[str]
    pronouns: frozenset[str]
    particles: frozenset[str]
    qualifiers: tuple[str, ...]
    magnitudes: Mapping[str, int]
    percent: tuple[str, ...]
    uncounted: frozenset[str]
    numbered: Pattern[str]
    contact: Pattern[str]
    founded: Pattern[str]
    about: Pattern[str]
    mailboxes: frozenset[str]
    expiring: tuple[Pattern[str], ...]
    not_headlines: Pattern[str]
    month: str


def _cue(pattern: str) -> Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_NAME = r"(?:[A-Z]\w+(?: (?:of|on|for|and|the))* )+[A-Z]\w+"

ENGLISH = Words(
    call=_cue(
        r"\b(?P<verb>calls? (?:up)?on|appeals? to|urges?|requests?|encourages?|invites?"
        r"|implores?|exhorts?|recommends? that|demands? that|asks?|recommends?|demands?|calls?)\b"
    ),
    to=re.compile(r",? to (?!the\b|an?\b|its\b|their\b|this\b|all\b)(?=[a-z])|,? to:"),
    modal=re.compile(
        r"(?P<addressees>[A-Z][^.:;]{0,120}?)(?<! we)(?<! they)(?<! it)"
        r" (?P<verb>should|must|need to)(?: \w+){0,2}:"
    ),
    label=_cue(
        r"(?:our |key |policy )?(?:recommendations|demands|calls? to action)"
        r"(?: (?:to|for) (?P<addressees>[^:]{1,120}))?:?"
    ),
    means=_cue(
        r"[, ]*\b(?:including |in particular |notably )?(?:by|through)(?: the following)?:$"
    ),
    negative=_cue(
        r"\b(?:not(?! only| just| least)|never|neither|nor|refrain|desist)\b"
        r"|\b(?:stop|cease|halt|oppose|against|reject|avoid|abandon|prevent|resist|end)"
        r"(?: [\w’'-]+){0,3}:$"
        r"|\b(?:stop|cease|halt|oppose|resist|abandon|reject)\b.*"
        r"\b(?:efforts?|attempts?|plans?|moves?|proposals?|practices?)\b"
    ),
    reason=_cue(
        r"\b(?:because|since|as|why|which|due to|(?<!recommends )(?<!recommend )(?<!demand )"
        r"(?<!demands )that)[, ]*:$"
        r"|\b(?:reasons|challenges|problems|concerns|causes)(?: \w+){0,3}:$"
    ),
    people=_cue(
        r"^(?:the )?(?:speakers|signed|signator|endors|participants|supporters|contact|sources"
        r"|references|further reading|notes|cc\b)|\b(?:ha(?:s|ve)|are) signed\b|\bsigned by\b"
    ),
    commitment=_cue(r"\b(?:commits?|pledges?|undertakes?|resolves?|we will|we shall)\b"),
    position=_cue(r"\b(?:condemns?|welcomes?|denounces?|deplores?|applauds?|commends?|regrets?)\b"),
    recital=_cue(r"^(?:recogni[sz]|recall|noting|having|reaffirm|reflect|mindful|aware)\w*\b"),
    voices=_cue(r"(?:we|i)(?:,? the undersigned\b.*| all| jointly)?"),
    collective=_set(
        "organizations organisations networks groups agencies experts signatories leaders "
        "undersigned coalition alliance federation unions associations members"
    ),
    connectors=_set("of on for the and in to de du des la le da do & against at"),
    article="the ",
    conjunction=re.compile(r",? and |, "),
    addressee=re.compile(
        r"[A-Z]|.*(?:s|community|society|sector|people|parliament|council|public|youth|women|men"
        r"|children|government)$"
    ),
    item_joiner=_cue(r"[;,]\s*(?:and|or|and/or)$|[;.,]$"),
    gerund=re.compile(r"[A-Za-z][\w-]*ing\b"),
    not_gerunds=_set(
        "during including regarding following notwithstanding being housing funding "
        "capacity-building nothing everything anything something concerning according bring "
        "king spring thing ring sing string swing"
    ),
    determiners=_set(
        "a an the that this these those all any each every no there it they states governments "
        "more less better greater full equal free safe to its their our"
    ),
    imperative_after=_cue(r"\b(?:to|should|must)(?: \w+ly)?:$|\bfollowing (?:steps|actions)\b"),
    abbreviations=_set(
        "mr mrs ms dr prof st no nos art para vs e.g i.e etc u.s u.n u.k gen sen rep gov hon "
        "h.e sr jr vol pp fig approx inc ltd co corp jan feb mar apr jun jul aug sep sept oct "
        "nov dec cf al"
    ),
    said=_set(
        "said says stated added adds noted notes stressed emphasized emphasised commented "
        "explained declared remarked concluded warned continued"
    ),
    pronouns=_set("he she they"),
    particles=_set("de da do dos van von der den bin bint al el la le di du ten ter ibn abu y e"),
    qualifiers=(
        "more than",
        "less than",
        "fewer than",
        "at least",
        "at most",
        "up to",
        "close to",
        "as many as",
        "an estimated",
        "an additional",
        "nearly",
        "almost",
        "about",
        "around",
        "approximately",
        "roughly",
        "some",
        "over",
        "under",
        "estimated",
    ),
    magnitudes={"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12},
    percent=("%", "per cent", "percent"),
    uncounted=_set(
        "year years month months week weeks day days hour hours minute minutes anniversary "
        "nautical miles mile kilometres kilometers metres meters km agenda percentage "
        "of and or in to by from at on for with as is was are were the a an per"
    ),
    numbered=_cue(
        r"\b(?:articles?|no\.?|nos\.?|resolutions?|goals?|targets?|sdgs?|paragraphs?|para\."
        r"|sections?|chapters?|annex|order|page|pages|rule|agenda|law|act|decree|conventions?"
        rf"|(?:{_MONTH}))[\s\xa0]*$"
    ),
    contact=_cue(
        r"^(?:for (?:more|further|additional) (?:information|details)\b|(?:for )?(?:media|press)"
        r" (?:contacts?|enquir|inquir|queries|office)|contacts?(?:\b(?=\s*[:(])|$)|please contact)"
    ),
    founded=_cue(
        r"\b(?:was|were) (?:established|founded|created|set up)\b|^[^.]{0,60}\b(?:is|are) an? "
    ),
    about=_cue(r"^(?:about (?:the |us\b|[A-Z])|notes? (?:to|for) editors?|background note)"),
    mailboxes=_set(
        "press media info contact office communication communications comms news hello mail "
        "admin secretariat enquiries inquiries support team public pressoffice"
    ),
    expiring=(
        re.compile(rf"\b[Nn]ext (?:week|month|year|[A-Z][a-z]+day|{_MONTH})\b"),
        re.compile(r"\b[Tt]his (?:week|month|year)\b"),
        re.compile(r"\b[Tt]omorrow\b"),
        re.compile(
            r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd"
            r"|th)) anniversary\b"
        ),
        re.compile(rf"\b(?:first|second|third|upcoming|forthcoming) {_NAME}"),
        re.compile(
            rf"\b(?:in advance of|ahead of|in the (?:lead|run)[- ]up to) (?:the )?"
            rf"(?:[A-Z]{{2,}}\w*|{_NAME})"
        ),
    ),
    not_headlines=_cue(
        r"(?:for immediate release|press release|media release|news release|statement"
        r"|see also)\b.{0,40}"
    ),
    month=_MONTH,
)

WORDS: Mapping[str, Words] = {"en": ENGLISH}
