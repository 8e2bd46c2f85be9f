"""The line above a recommendation, by language: which call it is, of how many, and upon whom."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from campaign.domain.statement import Stance
from campaign.writing.filters import sentence

Nouns = Mapping[Stance, str]
Plurals = Mapping[Stance, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How a language counts and addresses calls.

    `count` and `short` have {noun}, {n}, {total}; `to` and `bare` lead in the addressees, `only` is
    the label of a single call. `plurals` end with the form for many; before it stand, where the
    language has them, those for two or for a few. `digits` are the words from two on.
    """

    nouns: Nouns
    count: str
    short: str
    of: str
    to: str = "{label} {to}"
    bare: str = "{to}"
    only: Nouns
    then: str = " ({})"
    plurals: Plurals
    many: str = "{count} {noun}"
    digits: tuple[str, ...]
    feminine_digits: tuple[str, ...] = ()
    feminine: frozenset[Stance] = field(default_factory=frozenset)
    few: tuple[int, int] = (0, -1)


def _by_stance(call: str, advice: str, commitment: str) -> Nouns:
    return MappingProxyType({
        Stance.CALL: call,
        Stance.STOP: call,
        Stance.ADVICE: advice,
        Stance.COMMITMENT: commitment,
    })  # fmt: skip


def _forms(call: str, advice: str, commitment: str) -> Plurals:
    words = _by_stance(call, advice, commitment)
    return MappingProxyType({stance: tuple(forms.split("|")) for stance, forms in words.items()})


FRAMES: Mapping[str, Frame] = MappingProxyType({
    "en": Frame(
        nouns=_by_stance("Call", "Recommendation", "Commitment"),
        count="{noun} {n} of {total}",
        short="{noun} {n}",
        of="{n} of {total}",
        to="{label} to {to}",
        only=_by_stance("Our call", "Our recommendation", "Our commitment"),
        plurals=_forms("calls", "recommendations", "commitments"),
        digits=("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    ),
    "fr": Frame(
        nouns=_by_stance("Appel", "Recommandation", "Engagement"),
        count="{noun} {n} sur {total}",
        short="{noun} {n}",
        of="{n} sur {total}",
        only=_by_stance("Notre appel", "Notre recommandation", "Notre engagement"),
        plurals=_forms("appels", "recommandations", "engagements"),
        digits=("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    ),
    "es": Frame(
        nouns=_by_stance("Llamamiento", "Recomendación", "Compromiso"),
        count="{noun} {n} de {total}",
        short="{noun} {n}",
        of="{n} de {total}",
        only=_by_stance("Nuestro llamamiento", "Nuestra recomendación", "Nuestro compromiso"),
        plurals=_forms("llamamientos", "recomendaciones", "compromisos"),
        digits=("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
    ),
    "ru": Frame(
        nouns=_by_stance("Призыв", "Рекомендация", "Обязательство"),
        count="{noun} {n} из {total}",
        short="{noun} {n}",
        of="{n} из {total}",
        only=_by_stance("Наш призыв", "Наша рекомендация", "Наше обязательство"),
        plurals=_forms(
            "призыва|призывов", "рекомендации|рекомендаций", "обязательства|обязательств"
        ),
        few=(2, 4),
        digits=("два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять"),
        feminine_digits=(
            "две", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять"
        ),
        feminine=frozenset({Stance.ADVICE}),
    ),
    "ar": Frame(
        nouns=_by_stance("النداء", "التوصية", "الالتزام"),
        count="{noun} {n} من {total}",
        short="{noun} {n}",
        of="{n} من {total}",
        to="{label} إلى {to}",
        bare="إلى {to}",
        only=_by_stance("نداؤنا", "توصيتنا", "التزامنا"),
        plurals=_forms("نداءات|نداءً", "توصيات|توصية", "التزامات|التزاما"),
        few=(3, 10),
        digits=("", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"),
        feminine_digits=("", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"),
        feminine=frozenset({Stance.ADVICE}),
    ),
    "zh": Frame(
        nouns=_by_stance("呼吁", "建议", "承诺"),
        count="第{n}项{noun}（共{total}项）",
        short="第{n}项{noun}",
        of="{n}/{total}",
        to="致{to}的{label}",
        bare="致{to}",
        only=_by_stance("我们的呼吁", "我们的建议", "我们的承诺"),
        then="（{}年）",
        plurals=_forms("呼吁", "建议", "承诺"),
        many="{count}项{noun}",
        digits=("两", "三", "四", "五", "六", "七", "八", "九", "十"),
    ),
})  # fmt: skip
_ARABIC_TWO = _by_stance("نداءان", "توصيتان", "التزامان")
# French and Spanish contract the article behind "to".
_TO_FRENCH = (
    (r"(?:les|des) ", "aux "), (r"(?:le|du) ", "au "), (r"la ", "à la "), (r"l(['’])", r"à l\1"),
    (r"(aux? |à |pour |chez )", r"\1"), (r"", "à "),
)  # fmt: skip
_TO_SPANISH = ((r"el ", "al "), (r"(al |a |para )", r"\1"), (r"", "a "))
_FRENCH_PARTS = re.compile(
    r"(, (?:et |ainsi que )?| et | ainsi que )"
    r"(?=(?:les? |la |l['’]|des |tous |toutes |nos |leurs |aux? |à |chaque ))"
)


def addressed(phrase: str, language: str) -> str:
    """The addressees as they stand behind "call" in a language: "aux États", "a los Estados"."""
    match language:
        case "fr":
            parts = _FRENCH_PARTS.split(phrase)
            return "".join(_turned(part, _TO_FRENCH) if i % 2 == 0 else part
                           for i, part in enumerate(parts))  # fmt: skip
        case "es":
            return _turned(phrase, _TO_SPANISH)
        case "ar":
            return re.sub(r"^(?:إلى|على|من) ", "", phrase)
    return phrase


def _turned(phrase: str, turns: Sequence[tuple[str, str]]) -> str:
    for pattern, to in turns:
        if re.match(pattern, phrase, re.IGNORECASE):
            return re.sub(pattern, to, phrase, count=1, flags=re.IGNORECASE)
    return phrase


def labels(
    language: str, stance: Stance, number: int, total: int, to: str, year: int | None = None
) -> list[str]:
    """Without colon, longest first. The addressee is never dropped, and neither is the year of one
    that has aged.
    """
    frame = FRAMES.get(language)
    if frame is None:
        count = f"{number}/{total}" + (f", {year}" if year else "")
        return [f"{to} ({count})", to] if to else [count]
    then = frame.then.format(year) if year else ""
    said = {"noun": frame.nouns[stance], "n": number, "total": total}
    long, short = frame.count.format(**said) + then, frame.short.format(**said) + then
    if total == 1:
        long = short = frame.only[stance] + then
    if not to:
        return list(dict.fromkeys([long, short]))
    if language == "ru" and not to.startswith(("к ", "для ")):
        counted = f"{to} ({frame.of.format(**said)})" if total > 1 else to
        return list(dict.fromkeys(sentence(one) + then for one in (counted, to)))
    told = [frame.to.format(label=label, to=to) for label in (long, short)]
    return list(dict.fromkeys([*told, sentence(frame.bare.format(to=to)) + then]))


def of_total(language: str, number: int, total: int) -> str:
    """`1 of 7`."""
    frame = FRAMES.get(language)
    return frame.of.format(n=number, total=total) if frame else f"{number}/{total}"


def counted(language: str, stance: Stance, total: int, to: str) -> str:
    """`Seven calls to States and all stakeholders`, for the round-up; "" for one or none."""
    frame = FRAMES.get(language)
    if frame is None or total < 2:
        return ""
    if language == "ar" and total == 2:
        label = _ARABIC_TWO[stance]
    else:
        digits = frame.feminine_digits if stance in frame.feminine else frame.digits
        count = digits[total - 2] if total - 2 < len(digits) else str(total)
        few, forms = frame.few, frame.plurals[stance]
        is_few = few[0] <= _last(total, language) <= few[1]
        label = frame.many.format(count=count, noun=forms[0] if is_few else forms[-1])
    if language == "ru" and to and not to.startswith(("к ", "для ")):
        return f"{sentence(label)}: {to}"
    return sentence(frame.to.format(label=label, to=to) if to else label)


def _last(total: int, language: str) -> int:
    """The number that decides the noun's form: in Russian, 22 goes as 2, and 12 as many."""
    if language != "ru":
        return total
    return total % 100 if 10 < total % 100 < 20 else total % 10


_RUSSIAN_WE = ((r"(?:ет|ют)(ся)?\b", r"ем\1"), (r"(?:ит|ят)(ся)?\b", r"им\1"))


def russian_call(verb: str, phrase: str) -> str:
    """Who is called upon, in the case that only the statement's own verb gives: "призываем …"."""
    if phrase.startswith(("к ", "для ")):
        return phrase
    if re.match(r"обраща\w+ к$", verb):
        return f"к {phrase}"
    if verb.startswith(("долж", "обязан")):
        return f"{phrase} {verb}"
    for ending, ours in _RUSSIAN_WE:
        verb = re.sub(ending, ours, verb)
    return f"{verb} {phrase}" if verb else phrase
