"""English: the words by which it calls, condemns, counts and quotes."""

import re

from campaign.reading.words.table import Words, cue, word_set

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_NAME = r"(?:[A-Z]\w+(?: (?:of|on|for|and|the))* )+[A-Z]\w+"

ENGLISH = Words(
    call=cue(
        r"\b(?P<verb>calls? (?:up)?on|appeals? to|urges?|requests?|encourages?|invites?"
        r"|implores?|exhorts?|recommends? that|demands? that|asks?|recommends?|demands?|calls?"
        r"|proposes?|suggests?|(?:is|are|am) (?:\w+ly )?(?:calling (?:up)?on|calling for|urging"
        r"|asking"
        r"|demanding|requesting|recommending|appealing to|inviting|encouraging))\b"
    ),
    to=re.compile(r",? to (?!the\b|an?\b|its\b|their\b|this\b|all\b)(?=[a-z])|,? to:"),
    modal=re.compile(
        r"(?P<addressees>[A-Z][^.:;]{0,120}?)(?<! we)(?<! they)(?<! it)"
        r" (?P<verb>should|must|need to)(?: \w+){0,2}:"
    ),
    recommends=cue(r"\b(?:recommend|suggest|propos)"),
    label=cue(
        r"(?:our |key |main |policy |specific |general )*(?:recommendations?|demands|requests|asks"
        r"|calls? (?:to|for) action)(?: (?:to|for) (?P<addressees>[^:]{1,120}))?:?"
    ),
    own=cue(
        r"\b(?:we|they) (?:must|need to|should)(?: \w+){0,2}:$"
        r"|\bit is (?:\w+ly )?(?:essential|imperative|vital|necessary|crucial|critical|urgent)\b"
        r"[^.:;]{0,80}:$"
        r"|\b(?:mak|made|issu|present|put|set|address|submit|offer|propos)\w*\b[^.:;]{0,80}"
        r"\b(?:demands|recommendations|requests|calls|asks)\b[^.:;]{0,80}:$"
        r"|\b(?:our|these|following) (?:\w+ )?(?:demands|recommendations|requests|calls|asks)\b"
        r"[^.:;]{0,80}:$"
    ),
    asking=cue(
        r"\bwe (?:must|need to|(?:are|am) (?:therefore )?(?:writing|asking) to (?:urge|ask"
        r"|request))\b"
        r"|\bwe (?:\w+ ){0,2}(?:urge|call (?:up)?on|ask|request|appeal to|demand)\b"
    ),
    actor_end=cue(r"\s+(?:will|shall|should|must|(?:agree|commit|pledge|undertake)s? to)$"),
    open_end=re.compile(r"\bto$"),
    announces=cue(
        r"\b(?:following|these|below|as follows|steps|measures|actions|demands|recommendations"
        r"|things|ways|areas|points)\b"
    ),
    examples=cue(
        r"\b(?:includ(?:e|es|ed|ing)|for example|for instance|such as|e\.g\.|namely|comprises?)"
        r"[, ]*:$"
    ),
    item_call=cue(
        r"(?:(?:\w+ly|also|further) )*(?:calls? (?:up)?on|calls for|urges|requests(?! for)"
        r"|encourages"
        r"|invites|appeals to|demands(?! for)|recommends|exhorts|implores)\b"
    ),
    item_position=cue(
        r"(?:(?:\w+ly|also|further) )*(?:condemns|welcomes|denounces|deplores|applauds|commends"
        r"|regrets|notes|recalls|reaffirms|affirms|expresses|recogni[sz]es|acknowledges|rejects"
        r"|supports|stresses|emphasi[sz]es|underlines|underscores|takes note|decides|declares|warns"
        r"|considers|congratulates|thanks|salutes|reiterates|opposes|appreciates)\b"
    ),
    ordinal=cue(
        r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final)(?:ly)?"
        r"[,:]\s"
    ),
    asks=re.compile(
        r"(?!(?:\w[\w’'-]* ){1,8}?(?:is|are|was|were|has|have|provides?|allows?|makes?)\b)"
    ),
    item_opener=cue(r"(?:and|or)\s+"),
    means=cue(r"[, ]*\b(?:including |in particular |notably )?(?:by|through)(?: the following)?:$"),
    negative=cue(
        r"\b(?:not(?! only| just| least)|never|neither|nor|refrain\w*|desist\w*)\b"
        r"|\b(?:stop|cease|halt|oppose|against|reject|avoid|abandon|prevent|resist|end)"
        r"(?: [\w’'-]+){0,3}:$"
        r"|\b(?:stop|cease|halt|oppose|resist|abandon|reject)\b.*"
        r"\b(?:efforts?|attempts?|plans?|moves?|proposals?|practices?)\b"
    ),
    reason=cue(
        r"\b(?:because|since|as|why|which|due to|(?<!recommends )(?<!recommend )(?<!demand )"
        r"(?<!demands )that)[, ]*:$"
        r"|\b(?:reasons|challenges|problems|concerns|causes|facts|figures|findings|results"
        r"|achievements"
        r"|highlights|statistics|themes|topics)(?: \w+){0,3}:$"
        r"|\b(?:has|have|had|shows?|reveals?|finds?|found)(?: also| already)?:$"
    ),
    people=cue(
        r"^(?:the )?(?:speakers|signed|signator|endors|participants|supporters|contact|sources"
        r"|references|further reading|notes|cc\b|see also|related|read more|links|resources"
        r"|background"
        r"|agenda|programme|events?\b|learn more|spokes"
        r"|following (?:organi[sz]ations|groups|networks|people|individuals)\b)|\b(?:ha(?:s|ve)"
        r"|are) signed\b|\bsigned by\b"
        r"|\b(?:speakers|signatories|endorse[rd]|participants|supporters)\b[^.;:]{0,40}:$"
    ),
    commitment=cue(
        r"\b(?:commits?|pledges?|undertakes?|resolves?|intends?|(?:we|parties|sides) (?:will"
        r"|shall))\b"
        r"|\b(?:are|is) (?:committed|determined|resolved) to\b"
    ),
    position=cue(r"\b(?:condemns?|welcomes?|denounces?|deplores?|applauds?|commends?|regrets?)\b"),
    recital=cue(r"^(?:recogni[sz]|recall|noting|having|reaffirm|reflect|mindful|aware)\w*\b"),
    voices=cue(r"(?:we|i)(?:,? the undersigned\b.*| all| jointly)?"),
    collective=word_set(
        "organizations organisations networks groups agencies experts signatories leaders "
        "undersigned coalition alliance federation unions associations members"
    ),
    connectors=word_set("of on for the and in to de du des la le da do & against at"),
    article="the ",
    conjunction=re.compile(r",? and |, "),
    addressee=re.compile(
        r"[A-Z]|.*(?:s|community|society|sector|people|parliament|council|public|youth|women|men"
        r"|children|government)$"
    ),
    item_joiner=cue(r"[;,]\s*(?:and|or|and/or)$|[;.,]$"),
    gerund=re.compile(r"[A-Za-z][\w-]*ing\b"),
    not_gerunds=word_set(
        "during including regarding following notwithstanding being housing funding "
        "capacity-building nothing everything anything something concerning according bring "
        "king spring thing ring sing string swing"
    ),
    determiners=word_set(
        "a an the that this these those all any each every no there it they states governments "
        "more less better greater full equal free safe to its their our"
    ),
    imperative_after=cue(r"\b(?:to|should|must)(?: \w+ly)?:$|\bfollowing (?:steps|actions)\b"),
    abbreviations=word_set(
        "mr mrs ms dr prof st no nos art para vs e.g i.e etc u.s u.n u.k gen sen rep gov hon "
        "h.e sr jr vol pp fig approx inc ltd co corp jan feb mar apr jun jul aug sep sept oct "
        "nov dec cf al"
    ),
    said=(
        "said|says|stated|added|adds|noted|notes|stressed|emphasized|emphasised|commented|explained"
        "|declared|remarked|concluded|warned|continued"
    ),
    pronouns=word_set("he she they"),
    particles=word_set(
        "de da do dos van von der den bin bint al el la le di du ten ter ibn abu y e"
    ),
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
    uncounted=word_set(
        "year years month months week weeks day days hour hours minute minutes anniversary "
        "nautical miles mile kilometres kilometers metres meters km agenda percentage "
        "of and or in to by from at on for with as is was are were the a an per"
    ),
    numbered=cue(
        r"\b(?:articles?|no\.?|nos\.?|resolutions?|goals?|targets?|sdgs?|paragraphs?|para\."
        r"|sections?|chapters?|annex|order|page|pages|rule|agenda|law|act|decree|conventions?"
        rf"|(?:{_MONTH}))[\s\xa0]*$"
    ),
    contact=cue(
        r"^(?:for (?:more|further|additional) (?:information|details)\b|(?:for )?(?:media|press)"
        r" (?:contacts?|enquir|inquir|queries|office)|contacts?(?:\b(?=\s*[:(])|$)|please contact)"
    ),
    founded=cue(
        r"\b(?:was|were) (?:established|founded|created|set up)\b|^[^.]{0,60}\b(?:is|are) an? "
    ),
    about=cue(r"^(?:about (?:the |us\b|[A-Z])|notes? (?:to|for) editors?|background note)"),
    mailboxes=word_set(
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
    not_headlines=cue(
        r"(?:for immediate release|press release|media release|news release|statement"
        r"|see also)\b.{0,40}"
    ),
    month=_MONTH,
    is_named=True,
)
