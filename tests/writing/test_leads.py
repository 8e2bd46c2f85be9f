"""Which leads there are, and when one says more than the statement."""

import pytest

from campaign.domain.statement import Form, LeadIn, Place, Recommendation
from campaign.writing.leads import SHORTENED, UNNUMBERED, Lead, Source, leads

PLACE = Place(file="statement.fr.md", line=12)
TEXT = "En ce jour, le Réseau appelle les États à coopérer, notamment en :"
LEAD_IN = LeadIn(
    text=TEXT,
    place=PLACE,
    organisation="Réseau",
    verb="appelle",
    addressees=("les États",),
    calls=("le Réseau appelle les États à coopérer, notamment en",),
)
LABELS = ["Appel 1 sur 7 aux États", "Appel 1 aux États", "Aux États"]


def item(form: Form = Form.OTHER, addressee: str | None = None) -> Recommendation:
    return Recommendation(text="Protéger", place=PLACE, form=form, addressee=addressee)


def made(excerpt: Recommendation, *, turned: bool = False, wants: bool = True) -> list[Lead]:
    return leads(
        excerpt, LEAD_IN, "fr", LABELS, "1 sur 7", turned=turned, wants_sentence=wants
    )  # fmt: skip


def test_the_statements_sentence_is_the_longest_lead() -> None:
    assert made(item()) == [
        Lead("Le Réseau appelle les États à coopérer, notamment en"),
        Lead("Appel 1 sur 7 aux États", SHORTENED),
        Lead("Appel 1 aux États", SHORTENED),
        Lead("Aux États", UNNUMBERED),
    ]


def test_a_call_of_ours_is_not_led_in_by_the_statements_sentence() -> None:
    first, *_ = made(item(), turned=True)
    assert first == Lead("Appel 1 sur 7 aux États")
    assert made(item(addressee="France"))[0].text == "Appel 1 sur 7 aux États"


def test_an_item_with_its_own_verb_is_led_in_by_its_subject() -> None:
    said = made(item(Form.FINITE))
    assert [lead.text for lead in said] == [
        "Le Réseau appelle les États à coopérer, notamment en (1 sur 7)",
        "Le Réseau appelle les États à coopérer, notamment en",
    ]


@pytest.mark.parametrize(
    ("lead", "is_told"),
    [
        ("Le Réseau appelle les États à coopérer, notamment en\xa0:", True),
        ("Appel 3 sur 7 aux États :", True),
        ("Nous appelons les États à :", False),
        ("Le Réseau somme les États :", False),
        ("Les États, le Réseau appelle :", False),
        ("", True),
    ],
)
def test_a_lead_says_what_the_lead_in_says_in_its_order(lead: str, is_told: bool) -> None:
    assert Source(LEAD_IN, ["Réseau"]).says(lead) is is_told


def test_a_participle_is_led_in_by_its_own_sentence_in_any_form() -> None:
    assert made(item(), wants=False)[0].text == LEAD_IN.calls[0].replace("le R", "Le R")
