"""Forms a list may take, in six languages. Every text here is synthetic: made up for these tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from campaign.domain.statement import Stance, Statement
from campaign.errors import ContentError
from campaign.reading.choice import UndecidedError
from campaign.reading.extract import read_statement

OPENINGS = {
    "en": "Water Is a Right of All\n\nThe Water Alliance speaks for people in all of the countries.\n\n",
    "fr": "L'eau est un droit pour tous\n\nNotre alliance parle au nom de nombreuses personnes.\n\n",
    "es": "El agua es un derecho\n\nNuestra alianza habla por muchas personas en todo el mundo.\n\n",
    "ru": "Вода — право каждого\n\nНаша сеть говорит от имени многих людей во всех странах мира.\n\n",
    "ar": "الماء حق للجميع في كل مكان\n\nيتحدث التحالف باسم كثير من الناس في جميع بلدان العالم.\n\n",
    "zh": "水是每个人的权利\n\n水联盟代表世界各国许多人发言，我们关心每一个人的用水权利。\n\n",
}
Read = Callable[..., Statement]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_body(language: str, body: str, ending: str = ".md", **options: object) -> Statement:
        path = tmp_path / f"statement{ending}"
        path.write_text(OPENINGS[language] + body, "utf-8")
        return read_statement(path, language=language, observances={}, **options)  # type: ignore[arg-type]

    return read_body


EN = ["protect rivers", "fund wells", "share data"]
ZH = ["保护河流", "资助水井", "分享数据"]
RU = ["защищать реки", "финансировать колодцы", "обмениваться данными"]
AR = ["حماية الأنهار", "تمويل الآبار", "تبادل البيانات"]
LISTS = [
    (
        "en",
        "We call on States to:\n\n(a) protect rivers;\n\n(b) fund wells; and\n\n(c) share data.",
        EN,
    ),
    (
        "en",
        "We call on States to:\n\n1. protect rivers.\n\nThey die.\n\n2. fund wells.\n\n3. share data.",
        EN,
    ),
    ("en", "We call on all States: protect rivers; fund wells; and share data.", EN),
    (
        "en",
        "The Alliance calls on States to (i) protect rivers; (ii) fund wells; and (iii) share data.",
        EN,
    ),
    (
        "en",
        "We urge States to:\n\n<ul>\n<li>protect rivers;\n<li>fund wells; and\n<li>share data.\n</ul>",
        EN,
    ),
    ("en", "## Our demands\n\n- protect rivers\n- fund wells\n- share data", EN),
    (
        "en",
        "We urge States to:\n\n> **“Protect all rivers now.”**",
        ["Protect all rivers now"],
    ),
    (
        "en",
        "| Recommendation | By |\n|---|---|\n| protect rivers | 2030 |\n| fund wells | |\n| share data | |",
        EN,
    ),
    (
        "en",
        "We call on States to do this:\n\n### Protect all rivers\n\nThey die.\n\n### Fund more wells\n\nDry.",
        ["Protect all rivers", "Fund more wells"],
    ),
    (
        "en",
        "The Alliance:\n\n- condemns the sale of rivers;\n- calls on States to act; and\n- urges all to pay.",
        ["calls on States to act", "urges all to pay"],
    ),
    (
        "fr",
        "Nous demandons :\n\n– Que les États agissent ;\n– Que chacun paie ; et\n– Que tout soit dit.",
        ["Que les États agissent", "Que chacun paie", "Que tout soit dit"],
    ),
    (
        "fr",
        "L'alliance :\n\n- condamne la vente ;\n- appelle les États à agir ;\n- exige des puits.",
        ["appelle les États à agir", "exige des puits"],
    ),
    (
        "fr",
        "Premièrement, nous appelons les États à agir.\n\nEnfin, nous demandons des puits.",
        ["Premièrement, nous appelons les États à agir", "Enfin, nous demandons des puits"],
    ),
    (
        "es",
        "Demandas y propuestas de acción:\n\n1. Que el gobierno proteja los ríos.\n2. Que se cave.",
        ["Que el gobierno proteja los ríos", "Que se cave"],
    ),
    (
        "es",
        "Instamos a los Estados a:\n\na) cavar;\nb) pagar; y\nc) hablar.",
        ["cavar", "pagar", "hablar"],
    ),
    (
        "es",
        "Las organizaciones firmantes exigimos:\n\n1.- Cavar.\n\n2.- Pagar.",
        ["Cavar", "Pagar"],
    ),
    (
        "en",
        "We call on States to act. They should:\n\nI. Dig all wells\n\nII. Pay",
        ["Dig all wells", "Pay"],
    ),
    ("ru", f"Мы призываем государства:\n\n1) {RU[0]};\n2) {RU[1]}; и\n3) {RU[2]}.", RU),
    ("ru", f"Государства должны:\n\n- {RU[0]};\n- {RU[1]}; а также\n- {RU[2]}.", RU),
    ("ar", f"ندعو جميع الدول إلى:\n\n- {AR[0]}؛\n- {AR[1]}؛ و\n- {AR[2]}.", AR),
    ("ar", f"التوصيات:\n\n1- {AR[0]}\n2- {AR[1]}\n3- {AR[2]}", AR),
    ("zh", f"我们呼吁各国：\n\n一、{ZH[0]}；\n二、{ZH[1]}；以及\n三、{ZH[2]}。", ZH),
    ("zh", f"各国应：\n\n（1）{ZH[0]}；\n\n（2）{ZH[1]}；和\n\n（3）{ZH[2]}。", ZH),
    ("zh", f"水联盟敦促各国政府：{ZH[0]}；{ZH[1]}；以及{ZH[2]}。", ZH),
]


@pytest.mark.parametrize(("language", "body", "texts"), LISTS)
@pytest.mark.parametrize("ending", [".md", ".txt"])
def test_a_list_of_recommendations(
    read: Read, language: str, body: str, texts: list[str], ending: str
) -> None:
    statement = read(language, body, ending)
    assert [item.text for item in statement.recommendations] == texts
    assert {item.stance for item in statement.recommendations} <= {Stance.CALL, Stance.ADVICE}


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "We call on States to act because:\n\n- rivers die\n- wells are dry"),
        ("en", "Speakers:\n\n- Ann Li\n- Bo Ko"),
        ("en", "We, the undersigned, call for a treaty:\n\n- Water Watch\n- Friends of the Rivers"),
        ("en", "Recalling our letter;\n\nNoting the drought; and\n\nHaving met in the capital;"),
        ("fr", "L'eau manque car :\n\n- les rivières meurent ;\n- les puits sont à sec."),
        ("fr", "Signataires :\n\n- Amis des rivières\n- Puits pour tous"),
        ("es", "Actuamos porque:\n\n- los ríos mueren;\n- los pozos están secos."),
        ("ru", "Воды нет, потому что:\n\n- реки умирают;\n- колодцы пусты."),
        ("ar", "المتحدثون:\n\n- أحمد علي\n- سارة حسن"),
        ("zh", "缺水的原因：\n\n1、河流干涸\n2、水井关闭"),
    ],
)
def test_a_decoy_recommends_nothing(read: Read, language: str, body: str) -> None:
    assert read(language, body).recommendations == ()


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("en", "We urge States not to:"),
        ("fr", "Nous exhortons les États à ne pas :"),
        ("es", "Exigimos a los Estados que dejen de:"),
        ("ru", "Мы требуем прекратить:"),
        ("ar", "نطالب الحكومات بوقف:"),
        ("zh", "我们敦促各国不要："),
    ],
)
def test_what_is_to_be_stopped_stops_and_may_be_picked(
    read: Read, language: str, lead: str
) -> None:
    body = f"{lead}\n\n- vendre\n- nier\n"
    with pytest.raises(UndecidedError, match="stopped or not done") as error:
        read(language, body)
    assert [one.items for one in error.value.candidates] == [("vendre", "nier")]
    statement = read(language, body, pick=[1])
    assert {item.stance for item in statement.recommendations} == {Stance.STOP}


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("en", "We commit to:"),
        ("fr", "Nous nous engageons à :"),
        ("es", "Nos comprometemos a:"),
        ("ru", "Мы обязуемся:"),
        ("ar", "ونلتزم بما يلي:"),
        ("zh", "我们承诺："),
    ],
)
def test_a_commitment_is_marked_as_one(read: Read, language: str, lead: str) -> None:
    statement = read(language, f"{lead}\n\n- a b\n- c d\n")
    assert [item.stance for item in statement.recommendations] == [Stance.COMMITMENT] * 2


def test_titles_and_actors_stay_with_their_items(read: Read) -> None:
    body = "We call on States to act as follows:\n\nPROTECT RIVERS. They die.\n\nFUND WELLS. Dry."
    assert [item.title for item in read("en", body).recommendations] == [
        "PROTECT RIVERS",
        "FUND WELLS",
    ]
    body = "We commit to this:\n\nThe North will (i) pay; and (ii) dig.\n\nThe South will (i) plan; (ii) act."
    found = [(item.text, item.addressee) for item in read("en", body).recommendations]
    assert found[0] == ("pay", "The North")
    assert found[3] == ("act", "The South")


TWO = "We urge States to:\n\n- save rivers\n- dig wells\n\nWe invite firms to:\n\n- pay\n- report\n"


@pytest.mark.parametrize(
    ("pick", "texts"),
    [
        ([1], ["save rivers", "dig wells"]),
        ([2, 1], ["pay", "report", "save rivers", "dig wells"]),
        ([0], []),
    ],
)
def test_a_person_picks_among_the_lists(read: Read, pick: list[int], texts: list[str]) -> None:
    statement = read("en", TWO, pick=pick)
    assert [item.text for item in statement.recommendations] == texts
    assert [item.number for item in statement.recommendations] == list(range(1, len(texts) + 1))


def test_a_number_that_no_list_has(read: Read) -> None:
    with pytest.raises(ContentError, match="pick names 3, but the statement has 2 lists"):
        read("en", TWO, pick=[3])


def test_lists_for_one_addressee_each_are_asked_about_together(read: Read) -> None:
    body = (
        "## Recommendations\n\nTo States:\n\n- save rivers\n- dig\n\nTo firms:\n\n- pay\n- report\n"
    )
    with pytest.raises(UndecidedError) as error:
        read("en", body)
    assert [one.number for one in error.value.candidates] == [1, 2]


def test_the_title_in_front_matter_is_the_headline(tmp_path: Path) -> None:
    path = tmp_path / "statement.md"
    front = '---\ndate: "2021"\ntitle: "Water Is\\_a Right of \\\n  All\\u2019s"\n---\n'
    path.write_text(f"{front}The Alliance speaks for people in all of the countries.\n", "utf-8")
    statement = read_statement(path, language="en", observances={})
    assert statement.headline.text == "Water Is\xa0a Right of All’s"
    assert statement.headline.place.line == 3


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "We urge leaders to support the treaty on water:\n\n- It is fair\n- It is quick"),
        ("ru", "Мы призываем поддержать этот договор о воде:\n\n- Договор справедлив\n- Он скор"),
    ],
)
def test_plain_reasons_below_a_whole_ask_are_not_taken_for_asks(
    read: Read, language: str, body: str
) -> None:
    with pytest.raises(UndecidedError, match="No list is surely"):
        read(language, body)
