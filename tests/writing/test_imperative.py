"""Gerunds become calls; what belongs to a preposition stays."""

import subprocess
import sys

import pytest
from lemminflect import getLemma

from campaign.writing.imperative import BASES, to_imperative


@pytest.mark.parametrize(
    ("source", "call", "pairs"),
    [
        ("Recognizing the duty", "Recognize the duty", [("Recognizing", "Recognize")]),
        ("Recognising the duty", "Recognise the duty", [("Recognising", "Recognise")]),
        ("Criminalising it", "Criminalise it", [("Criminalising", "Criminalise")]),
        ("Criminalizing it", "Criminalize it", [("Criminalizing", "Criminalize")]),
        ("Travelling far", "Travel far", [("Travelling", "Travel")]),
        ("Lying low", "Lie low", [("Lying", "Lie")]),
        ("Putting people first", "Put people first", [("Putting", "Put")]),
        ("Fulfilling a promise", "Fulfil a promise", [("Fulfilling", "Fulfil")]),
        ("Re-establishing trust", "Re-establish trust", [("Re-establishing", "Re-establish")]),
        (
            (
                "Dismantling groups engaging in smuggling and trafficking, and disrupting their model,"
                " while protecting their victims, including through access"
            ),
            (
                "Dismantle groups engaging in smuggling and trafficking, and disrupt their model,"
                " while protecting their victims, including through access"
            ),
            [("Dismantling", "Dismantle"), ("disrupting", "disrupt")],
        ),
        (
            "Respecting, protecting and fulfilling their rights",
            "Respect, protect and fulfil their rights",
            [
                ("Respecting", "Respect"),
                ("protecting", "protect"),
                ("fulfilling", "fulfil"),
            ],
        ),
        (
            "Developing policies and implementing programmes",
            "Develop policies and implement programmes",
            [("Developing", "Develop"), ("implementing", "implement")],
        ),
        (
            (
                "Accelerating it by addressing drivers that hinder people from building and maintaining"
                " lives, and thus compel them"
            ),
            (
                "Accelerate it by addressing drivers that hinder people from building and maintaining"
                " lives, and thus compel them"
            ),
            [("Accelerating", "Accelerate")],
        ),
        (
            "Making pledges, including through aid, and by increasing support",
            "Make pledges, including through aid, and by increasing support",
            [("Making", "Make")],
        ),
        (
            "Strengthening data collection and reporting mechanisms",
            "Strengthen data collection and reporting mechanisms",
            [("Strengthening", "Strengthen")],
        ),
        (
            "Protecting people fleeing war and seeking asylum",
            "Protect people fleeing war and seeking asylum",
            [("Protecting", "Protect")],
        ),
        (
            "Recognizing work, ensuring pay and providing care",
            "Recognize work, ensuring pay and providing care",
            [("Recognizing", "Recognize")],
        ),
        (
            "Ending detention by adopting laws and ensuring the rule of law",
            "End detention by adopting laws and ensuring the rule of law",
            [("Ending", "End")],
        ),
    ],
)
def test_call(source: str, call: str, pairs: list[tuple[str, str]]) -> None:
    assert to_imperative(source) == (call, tuple(pairs))


@pytest.mark.parametrize(
    "text",
    [
        "Recognize the duty",
        "During the crisis",
        "Including youth",
        "Following the Forum",
        "Notwithstanding the above",
        "Being ready",
        "Housing for all",
        "Funding for all",
        "Capacity-building for all",
        "Urgently accelerating it",
        "The building of peace",
        "King of kings",
        "",
        "14,000 people",
        "“Opening” doors",
    ],
)
def test_left_as_it_is(text: str) -> None:
    assert to_imperative(text) == (text, ())


def test_a_call_stays_a_call() -> None:
    call, _ = to_imperative("Opening avenues and ensuring the rule of law")
    assert to_imperative(call) == (call, ())


@pytest.mark.parametrize("gerund", BASES)
def test_table_agrees_with_lemminflect(gerund: str) -> None:
    lemmas = getLemma(gerund, upos="VERB")
    expected = lemmas[-1] if gerund == "fulfilling" else lemmas[0]  # British spelling, as the UN's
    assert BASES[gerund] == expected


def test_table_is_worth_its_place() -> None:
    assert len(BASES) >= 120


def test_call_verbs_do_not_import_lemminflect() -> None:
    code = (
        "import sys; from campaign.writing.imperative import to_imperative\n"
        "to_imperative('Recognizing a and ensuring the b'); to_imperative('During')\n"
        "assert 'lemminflect' not in sys.modules\n"
        "to_imperative('Criminalizing a'); assert 'lemminflect' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
