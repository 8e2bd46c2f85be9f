"""The line above a recommendation and the round-up's, in six languages."""

import pytest

from campaign.domain.statement import Stance
from campaign.writing.frames import FRAMES, addressed, counted, labels, russian_call

ALL = [
    ("en", "States", ["Call 2 of 7 to States", "Call 2 to States", "States"]),
    ("fr", "aux États", ["Appel 2 sur 7 aux États", "Appel 2 aux États", "Aux États"]),
    (
        "es",
        "a los Estados",
        ["Llamamiento 2 de 7 a los Estados", "Llamamiento 2 a los Estados", "A los Estados"],
    ),
    (
        "ru",
        "призываем государства",
        ["Призываем государства (2 из 7)", "Призываем государства"],
    ),
    ("ru", "к странам", ["Призыв 2 из 7 к странам", "Призыв 2 к странам", "К странам"]),
    ("ar", "الدول", ["النداء 2 من 7 إلى الدول", "النداء 2 إلى الدول", "إلى الدول"]),
    ("zh", "各国", ["致各国的第2项呼吁（共7项）", "致各国的第2项呼吁", "致各国"]),
]


@pytest.mark.parametrize(("language", "to", "expected"), ALL)
def test_the_addressee_is_in_every_length(language: str, to: str, expected: list[str]) -> None:
    assert labels(language, Stance.CALL, 2, 7, to) == expected


@pytest.mark.parametrize("language", FRAMES)
@pytest.mark.parametrize("stance", [Stance.CALL, Stance.ADVICE, Stance.COMMITMENT])
def test_no_label_is_a_bare_number(language: str, stance: Stance) -> None:
    for total in (1, 2, 7):
        for label in labels(language, stance, 1, total, ""):
            assert FRAMES[language].nouns[stance].lower()[:4] in label.lower() or total == 1


def test_a_commitment_is_no_call() -> None:
    assert labels("en", Stance.COMMITMENT, 1, 5, "")[0] == "Commitment 1 of 5"
    assert labels("es", Stance.ADVICE, 1, 5, "al Gobierno")[0] == "Recomendación 1 de 5 al Gobierno"


def test_the_year_of_what_has_aged_stays() -> None:
    assert labels("zh", Stance.CALL, 7, 7, "各国", 2021) == [
        "致各国的第7项呼吁（共7项）（2021年）", "致各国的第7项呼吁（2021年）", "致各国（2021年）",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "printed", "behind"),
    [
        ("fr", "les États et la société civile", "aux États et à la société civile"),
        ("fr", "le Gouvernement, l'Union et tous les partenaires",
         "au Gouvernement, à l'Union et à tous les partenaires"),
        ("fr", "aux États et gouvernements", "aux États et gouvernements"),
        ("es", "el Gobierno", "al Gobierno"),
        ("es", "a los Estados y al Congreso", "a los Estados y al Congreso"),
        ("ar", "إلى الحكومة", "الحكومة"),
    ],
)  # fmt: skip
def test_addressees_behind_the_noun(language: str, printed: str, behind: str) -> None:
    assert addressed(printed, language) == behind


@pytest.mark.parametrize(
    ("verb", "phrase", "expected"),
    [
        ("настоятельно призывает", "государства", "настоятельно призываем государства"),
        ("просит", "власти", "просим власти"),
        ("требуют", "от правительства", "требуем от правительства"),
        ("обращается к", "государствам", "к государствам"),
        ("", "для правительств", "для правительств"),
        ("должны", "Государства", "Государства должны"),
    ],
)
def test_russian_keeps_the_case_that_its_verb_gives(verb: str, phrase: str, expected: str) -> None:
    assert russian_call(verb, phrase) == expected


@pytest.mark.parametrize(
    ("language", "total", "to", "expected"),
    [
        ("en", 7, "States", "Seven calls to States"),
        ("fr", 7, "aux États", "Sept appels aux États"),
        ("es", 14, "a los Estados", "14 llamamientos a los Estados"),
        ("ru", 3, "к странам", "Три призыва к странам"),
        ("ru", 7, "призываем страны", "Семь призывов: призываем страны"),
        ("ru", 22, "к странам", "22 призыва к странам"),
        ("ru", 12, "к странам", "12 призывов к странам"),
        ("ar", 2, "الدول", "نداءان إلى الدول"),
        ("ar", 7, "الدول", "سبعة نداءات إلى الدول"),
        ("ar", 14, "الدول", "14 نداءً إلى الدول"),
        ("zh", 7, "各国", "致各国的七项呼吁"),
        ("zh", 2, "", "两项呼吁"),
        ("fr", 1, "aux États", ""),
    ],
)
def test_all_calls_counted(language: str, total: int, to: str, expected: str) -> None:
    assert counted(language, Stance.CALL, total, to) == expected
