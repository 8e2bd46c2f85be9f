"""All recommendations as one thread, as the calendar asks for it."""

from dataclasses import replace

import pytest

from campaign.domain.message import Message
from campaign.domain.statement import Kind, Statement
from campaign.errors import ContentError
from campaign.platforms.counting import NETWORKS
from tests.writing.conftest import MakeComposer


def thread(compose: MakeComposer, network: str) -> Message:
    return compose().compose(Kind.THREAD, 1, NETWORKS[network])


def test_an_opener_then_a_part_for_each_and_long_ones_in_two(compose: MakeComposer) -> None:
    found = thread(compose, "x")
    texts = [part.text for part in found.parts]
    assert found.ref == "recommendations-thread"
    assert texts[0] == (
        "International Migration Needs More Than Just Collective Attention; It Needs Collective"
        " Action\n\nSeven calls to States and all stakeholders: 1/10"
    )
    begin = [text[:2] for text in texts if text[0].isdigit()]
    assert begin == ["1.", "2.", "3.", "4.", "5.", "6.", "7."]
    assert len(texts) == 10
    assert texts[-1].endswith("10/10")
    assert all(part.count <= 280 for part in found.parts)


@pytest.mark.parametrize("network", sorted(NETWORKS))
def test_every_network_has_all_the_words(compose: MakeComposer, network: str) -> None:
    found, one_by_one = thread(compose, network), compose()
    assert len(found.parts) > 7 if NETWORKS[network].threads else len(found.parts) == 1
    for number in range(1, 8):
        call = one_by_one.compose(Kind.RECOMMENDATION, number, NETWORKS["linkedin"]).words
        assert f"{number}. {call[:60]}" in found.words
    assert all(NETWORKS[network].measure.fits(part.text) for part in found.parts)


def test_a_recommendation_that_cannot_be_cut_is_refused(
    compose: MakeComposer, statement: Statement
) -> None:
    first, *others = statement.recommendations
    endless = replace(first, text="Protect " + "all migrants everywhere " * 20 + "today")
    changed = {"recommendations": (endless, *others)}
    with pytest.raises(ContentError) as caught:
        compose(said=changed).compose(Kind.THREAD, 1, NETWORKS["x"])
    assert "cannot be cut at its clauses into parts that fit X" in caught.value.problems[0].what
