"""Quotes, figures, contacts and what ages, in texts of our own: all synthetic."""

import time
from pathlib import Path

import pytest

from campaign.domain.statement import Contact, Statement
from campaign.errors import ContentError
from campaign.reading.extract import read_statement

TITLES = {
    "en": "Water Is a Right of All",
    "fr": "L'eau est un droit pour tous",
    "es": "El agua es un derecho",
    "ru": "Вода — право каждого",
    "ar": "الماء حق للجميع في كل مكان",
    "zh": "水是每个人的权利",
}


def read(folder: Path, language: str, body: str) -> Statement:
    path = folder / "statement.txt"
    path.write_text(f"{TITLES[language]}\n\n{body}\n", "utf-8")
    return read_statement(path, language=language, observances={})


QUOTES = [
    ("en", "Ann Li, Head of Wells, said: “We thirst.”", ("We thirst.", "Ann Li", "Head of Wells")),
    (
        "en",
        "Ann Li from the Well Watch stated “We thirst.”",
        ("We thirst.", "Ann Li", "Well Watch"),
    ),
    (
        "en",
        "Ann Li said: “We thirst.\n\n“Rain fails us all.”",
        ("We thirst. Rain fails us all.", "Ann Li", None),
    ),
    ("en", "“We thirst.\n\n“Rain fails,” said Ann Li.", ("We thirst. Rain fails", "Ann Li", None)),
    (
        "fr",
        "« Nous avons soif », a déclaré Marie Diop, directrice de l'Alliance.",
        ("Nous avons soif", "Marie Diop", "directrice de l'Alliance"),
    ),
    ("fr", "Marie Diop a souligné : « Il faut agir. »", ("Il faut agir.", "Marie Diop", None)),
    (
        "es",
        "«Tenemos sed», ha declarado el presidente Juan Pérez.",
        ("Tenemos sed", "Juan Pérez", "presidente"),
    ),
    ("es", "Ana Ruiz señaló: “Hay que actuar.”", ("Hay que actuar.", "Ana Ruiz", None)),
    (
        "ru",
        "«Мы ждём», — заявила директор Сети Анна Иванова.",
        ("Мы ждём", "Анна Иванова", "директор Сети"),
    ),
    ("ru", "Анна Иванова заявила: „Мы ждём воды“.", ("Мы ждём воды", "Анна Иванова", None)),
    (
        "ar",
        "وقال أحمد علي، مدير التحالف: «نحن عطشى».",
        ("نحن عطشى", "أحمد علي", "مدير التحالف"),
    ),
    ("ar", "«نحن عطشى»، صرّح أحمد علي.", ("نحن عطشى", "أحمد علي", None)),
    ("zh", "李明表示：“我们口渴。”", ("我们口渴。", "李明", None)),
    (
        "zh",
        "“我们口渴，我们等待。”水联盟主席李明说。",
        ("我们口渴，我们等待。", "水联盟主席李明", None),
    ),
    ("zh", "水联盟主席李明说：「我们口渴。」", ("我们口渴。", "水联盟主席李明", None)),
]


@pytest.mark.parametrize(("language", "body", "expected"), QUOTES)
def test_a_quote_and_who_says_it(
    tmp_path: Path, language: str, body: str, expected: tuple[str, str, str | None]
) -> None:
    (quote,) = read(tmp_path, language, body).quotes
    assert (quote.text, quote.speaker, quote.role) == expected


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("fr", "« Nous avons soif », a déclaré Marie Diop. « Il faut agir », a-t-elle ajouté."),
        ("ru", "«Мы ждём», — заявила Анна Иванова. «Пора», — добавила она."),
        ("es", "«Tenemos sed», dijo Ana Ruiz. «Ya basta», añadió ella."),
    ],
)
def test_a_pronoun_is_the_speaker_before(tmp_path: Path, language: str, body: str) -> None:
    first, second = read(tmp_path, language, body).quotes
    assert first.speaker == second.speaker


FACTS = [
    ("fr", "Depuis 2018, près de 14 000 migrants sont morts.", "près de 14 000", 14_000),
    ("fr", "Environ 35,5 % des puits sont à sec.", "Environ 35,5 %", 35.5),
    ("es", "Más de 2,5 millones de personas huyeron en 2023.", "Más de 2,5 millones", 2_500_000),
    ("es", "Casi 14.000 migrantes han muerto.", "Casi 14.000", 14_000),
    ("es", "Casi 14,000 migrantes han muerto.", "Casi 14,000", 14_000),
    ("es", "Más de 2,500,000 personas huyeron.", "Más de 2,500,000", 2_500_000),
    ("es", "Casi 14 000 migrantes han muerto.", "Casi 14 000", 14_000),
    ("ru", "По оценкам, почти 14 000 человек погибли.", "почти 14 000", 14_000),
    ("ru", "Более 2,5 млн человек ждут воды.", "Более 2,5 млн", 2_500_000),
    ("ar", "مات ما لا يقل عن ١٤٬٠٠٠ مهاجر منذ عام 2018.", "ما لا يقل عن ١٤٬٠٠٠", 14_000),
    ("ar", "نزح أكثر من 2.5 مليون شخص.", "أكثر من 2.5 مليون", 2_500_000),
    ("zh", "2023年，至少8500名移民在途中丧生。", "至少8500", 8_500),
    ("zh", "约1.2亿人被迫离开家园。", "约1.2亿", 120_000_000),
]


@pytest.mark.parametrize(("language", "body", "value", "number"), FACTS)
def test_a_figure(tmp_path: Path, language: str, body: str, value: str, number: float) -> None:
    (fact,) = read(tmp_path, language, body).facts
    assert (fact.value, fact.number_value) == (value, number)
    assert fact.text == body.rstrip(".。")


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("fr", "La loi n° 2400 protège les puits depuis 1951."),
        ("fr", "Près de 14 0001 migrants sont morts."),
        ("es", "Unos 14,125 pozos están secos."),
        ("fr", "Près de 14,000 migrants sont morts."),
        ("es", "El artículo 1400 protege los pozos."),
        ("ru", "Статья 1400 защищает реки с 1951 года."),
        ("ar", "ينص القانون رقم 66.17 على ذلك منذ سنة 1951."),
        ("zh", "2018年12月，第1400号决议通过。"),
    ],
)
def test_no_figure(tmp_path: Path, language: str, body: str) -> None:
    assert read(tmp_path, language, body).facts == ()


def test_a_footnote_never_touches_its_figure(tmp_path: Path) -> None:
    body = "Depuis 2018, près de 14 000¹ migrants sont morts.\n\n¹ Suivi – Estimations minimales."
    (fact,) = read(tmp_path, "fr", body).facts
    assert (fact.number_value, fact.caveat) == (14_000, "Estimations minimales")


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("fr", "Contact presse :"),
        ("es", "Para más información:"),
        ("ru", "Контакты для СМИ:"),
        ("ar", "للتواصل:"),
        ("zh", "媒体联系："),
    ],
)
def test_contacts_are_suppressed(tmp_path: Path, language: str, lead: str) -> None:
    statement = read(tmp_path, language, f"{lead} Ann Li, +33 1 22 33 44 55, annli@eau.example")
    assert Contact(type="email", value="annli@eau.example") in statement.contacts
    assert {"annli", "+33 1 22 33 44 55"} <= set(statement.suppressed)


@pytest.mark.parametrize(
    ("language", "body", "phrase"),
    [
        (
            "fr",
            "Tous se réuniront l'année prochaine dans la capitale du pays.",
            "l'année prochaine",
        ),
        ("es", "Todos se reunirán el próximo año en la capital del país.", "el próximo año"),
        (
            "ru",
            "Все соберутся в следующем году в столице нашей большой страны.",
            "в следующем году",
        ),
        ("ar", "سيجتمع الجميع العام القادم في عاصمة البلاد من أجل الماء.", "العام القادم"),
        ("zh", "各国将于明年在首都举行会议讨论水的问题。", "明年"),
    ],
)
def test_what_ages_is_found(tmp_path: Path, language: str, body: str, phrase: str) -> None:
    assert read(tmp_path, language, body).expiring == (phrase,)


@pytest.mark.parametrize("language", sorted(TITLES))
def test_twenty_pages_of_nested_marks_end(tmp_path: Path, language: str) -> None:
    paragraph = "Rivers die (i) here; and (ii) there: we “say so” with 2,000 people. " * 12
    body = "\n\n".join([paragraph] * 60) + "\n\n- rivers;\n- wells."
    assert len(body) > 20 * 2_400
    start = time.process_time()
    read(tmp_path, language, body)
    assert time.process_time() - start < 20  # a hang; how fast it is stands in the bench


def test_fifty_megabytes_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "statement.md"
    with path.open("wb") as file:
        file.truncate(50 << 20)
    start = time.process_time()
    with pytest.raises(ContentError, match="larger than 1 MiB"):
        read_statement(path, language="en", observances={})
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("language", "dateline", "opening"),
    [
        ("fr", "Genève, le 22 mars 2027 —", "Le Réseau appelle les États à agir sans attendre."),
        ("fr", "Dakar, 1er août 2027 –", "Le Réseau appelle les États à agir sans attendre."),
        ("fr", "New York (États-Unis), mardi 22 mars -", "Nous appelons les États à agir ici."),
        ("es", "Ginebra, 22 de marzo de 2027 –", "La Red pide a los Estados que actúen ya mismo."),
        ("es", "Ciudad de México, a 1.º de mayo de 2027 –", "La Red pide a todos que actúen ya."),
        ("ru", "Женева, 22 марта 2027 года —", "Сеть призывает все государства действовать сейчас."),
        ("ru", "Женева, 22 марта 2027 г. —", "Сеть призывает все государства действовать сейчас."),
        ("en", "GENEVA/NEW YORK, 1st of May 2027 –", "The Network asks all States to act right now."),
    ],
)  # fmt: skip
def test_a_date_in_small_letters_is_part_of_the_dateline(
    tmp_path: Path, language: str, dateline: str, opening: str
) -> None:
    assert read(tmp_path, language, f"{dateline} {opening}").headline.opening == opening


@pytest.mark.parametrize(
    "body",
    [
        "Le 22 mars – jour de l’eau – nous appelons les États à agir sans attendre.",
        "Ici, le 22 mars – jour de l’eau – nous appelons les États à agir sans attendre.",
    ],
)
def test_a_day_that_is_part_of_the_sentence_is_no_dateline(tmp_path: Path, body: str) -> None:
    assert read(tmp_path, "fr", body).headline.opening == body


@pytest.mark.parametrize(
    ("language", "body", "opening"),
    [
        ("zh", "日内瓦，2026年12月18日 - 水资源网络呼吁国际社会加强合作。", "水资源网络呼吁国际社会加强合作。"),
        ("ar", "جنيف - تدعو شبكة المياه المجتمع الدولي إلى التعاون في كل مكان.",
         "تدعو شبكة المياه المجتمع الدولي إلى التعاون في كل مكان."),
    ],
)  # fmt: skip
def test_a_dateline_without_capitals(
    tmp_path: Path, language: str, body: str, opening: str
) -> None:
    assert read(tmp_path, language, body).headline.opening == opening
