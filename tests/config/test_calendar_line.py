"""The grammar of calendar lines, and the place and the words of each fault."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.config.calendar_line import DEFAULT, read_line
from campaign.config.times import UNITS, read_date, read_duration
from campaign.domain.campaign import Slot
from campaign.domain.statement import Kind, Place

NAMES = ("x", "un-m", "mastodon")
LANGUAGES = ("en", "fr", "es")
WHATS: tuple[tuple[Kind, tuple[int, ...] | None, str], ...] = (
    (Kind.HEADLINE, (1,), "headline"),
    (Kind.FACT, (1,), "fact"),
    (Kind.FACT, (2,), "fact 2"),
    (Kind.QUOTE, (1,), "quote 1"),
    (Kind.RECOMMENDATION, (3,), "recommendation 3"),
    (Kind.RECOMMENDATION, None, "recommendations"),
    (Kind.RECOMMENDATION, (2, 3, 4), "recommendations 2-4"),
    (Kind.ROUNDUP, (1,), "roundup"),
)
PLACE = Place(file="campaign.yaml", line=20, column=5)


def read(text: str) -> Slot:
    slot, faults = read_line(text, PLACE, NAMES)
    assert faults == []
    return slot


def test_default_calendar_is_without_fault() -> None:
    assert [read(text).kind for text in DEFAULT] == [
        Kind.HEADLINE,
        Kind.FACT,
        Kind.QUOTE,
        Kind.RECOMMENDATION,
        Kind.QUOTE,
        Kind.ROUNDUP,
    ]


def test_every_modifier_in_any_order() -> None:
    one = read("D-7 10:00 recommendations 2-4 every 90m on x, un-m except mastodon again")
    other = read("D-7 10:00 recommendations 2-4 again except mastodon on x ,un-m every 90m")
    assert one == Slot(
        kind=Kind.RECOMMENDATION,
        at=time(10),
        place=PLACE,
        text=one.text,
        offset=-7,
        numbers=(2, 3, 4),
        every=timedelta(minutes=90),
        on=("x", "un-m"),
        excluding=("mastodon",),
        again=True,
    )
    assert (one.every, one.on, one.excluding, one.again) == (
        other.every,
        other.on,
        other.excluding,
        other.again,
    )


def test_all_recommendations_as_thread() -> None:
    slot = read("D 09:30 recommendations on x as thread")
    assert (slot.kind, slot.numbers, slot.on) == (Kind.THREAD, (1,), ("x",))


def test_local_and_until() -> None:
    slot = read("D 14:45 fact until 15:30 local on x")
    assert (slot.local, slot.until, slot.on) == (True, time(15, 30), ("x",))


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, Slot]:
    """A line that means something, its modifiers in any order, and what it means."""
    working = draw(st.booleans())
    offset = draw(st.integers(-366, 366))
    day = draw(st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31)))
    at = draw(st.times().map(lambda one: one.replace(second=0, microsecond=0)))
    kind, numbers, what = draw(st.sampled_from(WHATS))
    modifiers: dict[str, object] = {}
    words = []
    if numbers is None or len(numbers) > 1:
        count, unit = draw(st.integers(1, 366)), draw(st.sampled_from("mhd"))
        modifiers["every"] = timedelta(**{UNITS[unit]: count})
        words.append(f"every {count}{unit}")
    for word, key, known in (
        ("on", "on", NAMES),
        ("except", "excluding", NAMES),
        ("in", "languages", LANGUAGES),
    ):
        if found := draw(st.lists(st.sampled_from(known), max_size=3)):
            modifiers[key] = tuple(found)
            words.append(f"{word} {draw(st.sampled_from([', ', ',', ' , '])).join(found)}")
    words += [word for word in ("local", "again") if draw(st.booleans())]
    modifiers |= {word: True for word in ("local", "again") if word in words}
    if at < time(23, 59) and draw(st.booleans()):
        until = draw(st.times(min_value=at).map(lambda one: one.replace(second=0, microsecond=0)))
        if until > at:
            modifiers["until"] = until
            words.append(f"until {until:%H:%M}")
    far = f"{offset:+}{'wd' if working else ''}" if offset else ""
    when = day.isoformat() if day else f"D{far}"
    text = " ".join([when, f"{at:%H:%M}", what, *draw(st.permutations(words))])
    plain = Slot(kind=kind, at=at, place=PLACE, text=text, day=day, numbers=numbers)
    if day is None:
        modifiers |= {"offset": offset, "working_days": working and offset != 0}
    return text, replace(plain, **modifiers)  # type: ignore[arg-type]


@given(line=lines())
def test_a_line_means_what_it_says(line: tuple[str, Slot]) -> None:
    text, slot = line
    assert read_line(text, PLACE, NAMES, (), LANGUAGES) == (slot, [])


@given(line=lines(), at=st.integers(0, 200), letter=st.sampled_from("xD:-, 0"))
def test_a_slip_in_a_line_is_a_fault_within_it_or_another_line(
    line: tuple[str, Slot], at: int, letter: str
) -> None:
    text = line[0]
    slipped = f"{text[:at]}{letter}{text[at + 1 :]}"
    _, faults = read_line(slipped, PLACE, NAMES, (), LANGUAGES)
    assert all(0 <= fault.offset <= len(slipped) and fault.what for fault in faults)


def test_days() -> None:
    assert (read("D+1wd 10:00 roundup").offset, read("D+1wd 10:00 roundup").working_days) == (
        1,
        True,
    )
    assert read("D-2wd 10:00 fact").offset == -2
    assert read("2021-12-20 23:59 fact").day == date(2021, 12, 20)
    assert read("D 00:00 fact").is_on_the_day


def test_numbers() -> None:
    assert read("D 10:00 fact").numbers == (1,)
    assert read("D 10:00 fact 2").numbers == (2,)
    assert read("D 10:00 recommendation 7").numbers == (7,)
    assert read("D 10:00 recommendations").numbers is None


@pytest.mark.parametrize(
    ("text", "part", "what", "mend"),
    [
        (
            "D 08:00 recomendations every 2h",
            "recomendations",
            "is not a message",
            "recommendations?",
        ),
        ("D 08:00 headlines", "headlines", '"headlines" is not a message.', "mean headline?"),
        ("D 08:00 banana", "banana", '"banana" is not a message.', "Messages are headline, fact"),
        ("d-7 10:00 fact", "d-7", '"d-7" is not a day.', "Did you mean D-7?"),
        ("D–7 10:00 fact", "D–7", '"D–7" is not a day.', "Did you mean D-7?"),
        ("D-1WD 10:00 fact", "D-1WD", '"D-1WD" is not a day.', "Did you mean D-1wd?"),
        ("D -7 10:00 fact", "-7", "A space stands before -7.", "Write D-7 in one."),
        ("D-999 10:00 fact", "D-999", "D-999 is more than a year away.", "digit too many"),
        ("2021-13-01 10:00 fact", "2021-13-01", "is not in the calendar", "YEAR-MONTH-DAY"),
        ("1021-12-01 10:00 fact", "1021-12-01", "is not in the calendar", "YEAR-MONTH-DAY"),
        ("10:00 fact", "10:00", '"10:00" is not a day.', "Write D, D-7"),
        ("D fact", "fact", "There is no time before this.", "D 08:00"),
        ("D 9:00 fact", "9:00", '"9:00" is not a time.', "Did you mean 09:00?"),
        ("D 24:00 fact", "24:00", '"24:00" is not a time.', "00:00 of the next day?"),
        ("D 10:00 headline 2", "2", "There is one headline, so it has no number.", "Take it out."),
        ("D 10:00 quote", "quote", "Which quote?", "Write quote 1."),
        ("D 10:00 recommendation", "recommendation", "Which recommendation?", "for all"),
        ("D 10:00 recommendation 1-3", "1-3", "is not the number", "write recommendations 1-3."),
        ("D 10:00 quote 0", "0", '"0" is not the number of one quote.', "1, 2, 3"),
        ("D 10:00 recommendations 3", "3", '"3" is not a range.', "write recommendation 3."),
        ("D 10:00 recommendations 5-2", "5-2", '"5-2" is not a range.', "Did you mean 2-5?"),
        ("D 10:00 fact every 2h", "every", "this line has one", "write recommendations"),
        ("D 10:00 recommendations every 0h", "0h", "not a distance in time", "every 2h"),
        ("D 10:00 recommendations every two", "two", "not a distance in time", "every 2h"),
        ("D 10:00 recommendations evry 2h", "evry", '"evry" means nothing here.', "mean every?"),
        (
            "D 10:00 fact on y",
            "y",
            '"y" is not an account here.',
            "There are mastodon, un-m and x.",
        ),
        ("D 10:00 fact except un-n", "un-n", '"un-n" is not an account', "Did you mean un-m?"),
        ("D 10:00 fact on", "on", '"on" names no account.', "Write on and mastodon, un-m or x."),
        ("D 10:00 fact on except x", "on", '"on" names no account.', "Write on and"),
        ("D 10:00 fact on x un-m", "un-m", '"un-m" is an account.', "a comma joins several"),
        ("D 10:00 fact, x", ",", "This comma joins nothing.", "Take it out."),
        ("D 10:00 recommendations as a", "a", '"a" is nothing to post as.', "Write as thread."),
        ("D 10:00 recommendations as", "", "As what?", "Write as thread."),
        ("D 10:00 fact as thread", "as", "A thread takes all", "recommendations as thread"),
        ("D 10:00 recommendations 1-3 as thread", "as", "A thread takes all", ""),
        ("D 10:00 recommendations every 1h as thread", "as", "at one time", "as thread"),
        ("D 10:00 fact until", "until", '"until" says no time.', "until 15:30"),
        ("D 10:00 fact until on x", "until", '"until" says no time.', "until 15:30"),
        ("D 10:00 fact until 9:30", "9:30", '"9:30" is not a time.', "Did you mean 09:30?"),
        ("D 10:00 fact until 10:00", "until", "cannot end at 10:00", "a later time"),
        ("D 10:00 fact locl", "locl", '"locl" means nothing here.', "Did you mean local?"),
        ("D 10:00 again fact again", "again", '"again" is not a message.', ""),
        ("D 10:00 fact again again", "again", '"again" stands twice', "Keep one of them."),
    ],
)
def test_fault_has_its_place_and_words(text: str, part: str, what: str, mend: str) -> None:
    _, faults = read_line(text, PLACE, NAMES)
    fault = faults[0]
    assert text[fault.offset : fault.offset + fault.width] == part
    assert what in fault.what
    assert mend in fault.mend


def test_several_faults_of_one_line() -> None:
    _, faults = read_line("D 8:00 recomendations evry 2h on z", PLACE, NAMES)
    assert [fault.offset for fault in faults] == [2, 7, 22, 33]


@pytest.mark.parametrize("text", ["", "D", "D 10:00", "D 10:00 recommendations every"])
def test_unfinished_line_points_behind_its_end(text: str) -> None:
    _, faults = read_line(text, PLACE, NAMES)
    assert faults[-1].offset == len(text)


def test_duration() -> None:
    assert read_duration("90m") == timedelta(minutes=90)
    assert read_duration("1d") == timedelta(days=1)
    assert read_duration("2 h") is None


def test_date() -> None:
    assert read_date("2021-12-18") == date(2021, 12, 18)
    assert read_date("20211218") is None
    assert read_date("1921-12-18") is None
