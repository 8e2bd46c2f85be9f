"""Who calls upon whom, and in which words, in lead-ins of six languages: all synthetic."""

import pytest

from campaign.reading.calls import words_of_call
from campaign.reading.lead_in import parse_call
from campaign.reading.words import WORDS

# Language, lead-in, who calls, upon whom, and the statement's own words for it.
CALLS = [
    (
        "fr",
        "L'Alliance pour l'eau appelle les États et toutes les parties prenantes à :",
        "Alliance pour l'eau",
        "les États et toutes les parties prenantes",
        ("L'Alliance pour l'eau appelle les États et toutes les parties prenantes à",),
    ),
    (
        "fr",
        "En ce jour, le Réseau des puits exhorte les gouvernements à coopérer, notamment en :",
        "Réseau des puits",
        "les gouvernements",
        ("le Réseau des puits exhorte les gouvernements à coopérer, notamment en",),
    ),
    (
        "fr",
        "La Ligue, réunie à Dakar, appelle la communauté internationale à agir :",
        "Ligue",
        "la communauté internationale",
        (
            "La Ligue, réunie à Dakar, appelle la communauté internationale à agir",
            "La Ligue appelle la communauté internationale à agir",
        ),
    ),
    (
        "fr",
        "Nous demandons au gouvernement et aux collectivités locales de :",
        None,
        "au gouvernement et aux collectivités locales",
        ("Nous demandons au gouvernement et aux collectivités locales de",),
    ),
    ("fr", "Nous appelons à l'action :", None, None, ("Nous appelons à l'action",)),
    (
        "fr",
        "Le Collectif appelle au respect de la Convention de Genève :",
        "Collectif",
        None,
        ("Le Collectif appelle au respect de la Convention de Genève",),
    ),
    ("fr", "Recommandations aux États membres :", None, "aux États membres", ()),
    ("fr", "Les États doivent :", None, "Les États", ("Les États doivent",)),
    (
        "es",
        "En este día, la Red del Agua insta a los Estados y a todas las partes interesadas a:",
        "Red del Agua",
        "a los Estados y a todas las partes interesadas",
        ("la Red del Agua insta a los Estados y a todas las partes interesadas a",),
    ),
    (
        "es",
        "La Alianza pide al Gobierno y a las empresas que:",
        "Alianza",
        "al Gobierno y a las empresas",
        ("La Alianza pide al Gobierno y a las empresas que",),
    ),
    ("es", "Llamamos a la acción:", None, None, ("Llamamos a la acción",)),
    (
        "ru",
        "Сеть по воде настоятельно призывает государства и все заинтересованные стороны:",
        None,
        "государства и все заинтересованные стороны",
        ("Сеть по воде настоятельно призывает государства и все заинтересованные стороны",),
    ),
    (
        "ru",
        "Альянс призывает международную общественность и власти стран усилить сотрудничество:",
        "Альянс",
        "международную общественность и власти стран",
        ("Альянс призывает международную общественность и власти стран усилить сотрудничество",),
    ),
    (
        "ru",
        "Мы требуем от правительства:",
        None,
        "от правительства",
        ("Мы требуем от правительства",),
    ),
    ("ru", "Мы призываем к следующему:", None, None, ("Мы призываем к следующему",)),
    (
        "ar",
        "تدعو شبكة المياه الدول وجميع أصحاب المصلحة إلى:",
        "شبكة المياه",
        "الدول وجميع أصحاب المصلحة",
        ("تدعو شبكة المياه الدول وجميع أصحاب المصلحة إلى",),
    ),
    (
        "ar",
        "وبهذه المناسبة، فإن جمعية الآبار تدعو الحكومة والبرلمان إلى:",
        "جمعية الآبار",
        "الحكومة والبرلمان",
        ("جمعية الآبار تدعو الحكومة والبرلمان إلى",),
    ),
    (
        "ar",
        "وجمعية الآبار، إذ تخلد اليوم العالمي للمياه، فإنها تدعو إلى:",
        "جمعية الآبار",
        None,
        (
            "جمعية الآبار، إذ تخلد اليوم العالمي للمياه، فإنها تدعو إلى",
            "جمعية الآبار تدعو إلى",
        ),
    ),
    ("ar", "يجب على الدول أن:", None, "الدول", ("يجب على الدول أن",)),
    (
        "zh",
        "值此世界水日之际，水资源网络敦促各国和所有利益攸关方加强合作，包括：",
        "水资源网络",
        "各国和所有利益攸关方",
        ("水资源网络敦促各国和所有利益攸关方加强合作，包括",),
    ),
    ("zh", "我们呼吁各国政府：", None, "各国政府", ("我们呼吁各国政府",)),
    ("zh", "我们要求：", None, None, ("我们要求",)),
    ("zh", "我们的建议：", None, None, ()),
    (
        "en",
        "That is why we, the undersigned, call on our mayors to:",
        "undersigned",
        "our mayors",
        ("we, the undersigned, call on our mayors to",),
    ),
    (
        "en",
        "The Committee recommends that States:",
        "Committee",
        "States",
        ("The Committee recommends that States",),
    ),
    ("en", "We must:", None, None, ("We must",)),
]  # fmt: skip


@pytest.mark.parametrize(("language", "lead_in", "caller", "addressees", "calls"), CALLS)
def test_who_calls_upon_whom(
    language: str, lead_in: str, caller: str | None, addressees: str | None, calls: tuple[str, ...]
) -> None:
    words = WORDS[language]
    call = parse_call(lead_in, words)
    assert call is not None
    assert call.caller == caller
    assert call.addressees == ((addressees,) if addressees else ())
    assert words_of_call(lead_in, words, None) == calls


def test_a_third_person_gets_the_organisations_name() -> None:
    lead_in = "وإذ نحيي هذا اليوم، تدعو إلى:"
    assert words_of_call(lead_in, WORDS["ar"], "شبكة المياه") == ("شبكة المياه تدعو إلى",)
    assert words_of_call(lead_in, WORDS["ar"], None) == ()


def test_a_list_of_verbs_is_led_in_by_who_speaks() -> None:
    assert words_of_call("The Network:", WORDS["en"], None) == ("The Network",)
    lead_in = "وأمام هذا الوضع فإن جمعية الآبار:"
    assert words_of_call(lead_in, WORDS["ar"], None) == ("جمعية الآبار",)
