"""Which excerpt has no partner in another language: named where that is clear, never guessed."""

import json
from itertools import combinations
from pathlib import Path

import pytest

from campaign.operations.partners import without_partner
from campaign.reading.extract import read_statement
from campaign.reading.observances import load_observances
from tests.operations.conftest import SHIPPED

FRENCH = """\
reconnaître l’obligation générale de respecter, de protéger et de réaliser les droits humains de \
tous les migrants, quel que soit leur statut migratoire
optimiser la contribution positive des migrants et des diasporas en tant qu’acteurs du \
développement, avec un plein accès aux systèmes nationaux de santé, d’éducation et de protection \
sociale et à un travail décent
accélérer la mise en œuvre du Programme de développement durable à l’horizon 2030 en s’attaquant \
aux facteurs négatifs et structurels qui empêchent les personnes de se construire et de \
conserver des moyens de subsistance durables dans leur pays d’origine, et les obligent ainsi à \
chercher un avenir ailleurs
ouvrir des voies de migration régulière comme alternative viable à la migration précaire ou \
irrégulière et au recours aux réseaux de passeurs
démanteler les groupes criminels organisés qui se livrent au trafic de migrants et à la traite \
des êtres humains, et perturber leur modèle économique et les flux financiers connexes qui \
soutiennent leurs activités, tout en protégeant leurs victimes, notamment par la non- \
pénalisation et l’accès à la justice
s’associer aux migrants et à toutes les parties prenantes concernées, y compris les enfants et \
les jeunes, pour la mise en œuvre, le suivi et l’examen du PMM
prendre des engagements concrets avant le FEMI pour la réalisation tangible des objectifs et \
engagements du PMM, notamment par une assistance financière et technique et par un soutien accru \
au Fonds d’affectation spéciale pluripartenaire pour les migrations
""".splitlines()


@pytest.fixture(scope="module")
def english() -> list[str]:
    statement = read_statement(
        SHIPPED / "statement.en.md", language="en", observances=load_observances(), pick=()
    )
    return [one.text for one in statement.recommendations]


@pytest.mark.parametrize("gone", range(7))
def test_the_one_without_a_partner(english: list[str], gone: int) -> None:
    rest = [text for n, text in enumerate(FRENCH) if n != gone]
    places, is_clear = without_partner(english, rest)
    assert places == [gone]
    assert is_clear or gone < 3  # 0, 1 and 2 could each be another, by their lengths


@pytest.mark.parametrize("gone", range(7))
def test_the_other_way_round(english: list[str], gone: int) -> None:
    rest = [text for n, text in enumerate(english) if n != gone]
    assert without_partner(FRENCH, rest)[0] == [gone]


def test_two_that_are_not_clear_are_not_named(english: list[str]) -> None:
    """A wrong name would give every later French text another one's place."""
    for gone in combinations(range(7), 2):
        rest = [text for n, text in enumerate(FRENCH) if n not in gone]
        places, is_clear = without_partner(english, rest)
        assert not is_clear or places == list(gone)


def test_a_real_twin_is_never_named_wrongly(shared: Path) -> None:
    def texts(number: str) -> list[str]:
        (file,) = (shared / "statements").glob(f"{number}-*.expected.json")
        items = json.loads(file.read_text("utf-8"))["recommendations"]
        return [one if isinstance(one, str) else one["text"] for one in items]

    arabic, french = texts("01"), texts("02")
    for gone in range(len(french)):
        places, is_clear = without_partner(arabic, french[:gone] + french[gone + 1 :])
        assert not is_clear or places == [gone]


def test_too_many_ways_are_not_tried() -> None:
    assert without_partner([str(n) * n for n in range(1, 40)], ["1"] * 20) == ([], False)
    assert without_partner(["a", "b"], []) == without_partner(["a"], ["b"]) == ([], False)
