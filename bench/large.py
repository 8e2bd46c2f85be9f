"""A campaign of 10,080 posts, through the real commands: 12 messages, 6 languages, 140 accounts.

Each round goes through them in this order, from new files and no database; what a command says that
it did is held against what it should have done.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.figure import Figure
from bench.stage import Stage
from bench.startup import BARE, CAMPAIGN, compile_all
from campaign.shipped import folder as shipped_folder

ACCOUNTS, LANGUAGES, MESSAGES = 140, 6, 12
POSTS = ACCOUNTS * LANGUAGES * MESSAGES
HANDLES = {"mastodon": "a{}@social.example", "bluesky": "a{}.example.org", "outbox": "a{}"}
DAY, NEXT_DAY = "2090-12-18", "2090-12-19"
CALENDAR = """\
calendar:
  - D-7 10:00 headline
  - D-3 10:00 fact
  - D-1 10:00 quote 1
  - D 08:00 recommendations every 2h
  - D 17:00 quote 2
  - D+1wd 10:00 roundup
"""
# Of each language: title, figure, two quotes, the call, what is asked, and for which seven.
STATEMENTS = {
    "en": (
        "Water Is a Right of All People",
        "Since 2018, nearly 14,000 wells have run dry.",
        "“The wells of our villages are dry,” said Ann Li, Head of Wells.",
        "“Rain no longer fills them,” she added.",
        "The Water Alliance calls on States to:",
        "protect the wells of {}",
        "villages schools hospitals markets farms towns camps",
    ),
    "fr": (
        "L'eau est un droit pour tous",
        "Depuis 2018, près de 14 000 puits sont à sec.",
        "« Nos puits sont à sec », a déclaré Marie Diop, directrice de l'Alliance.",
        "« La pluie ne les remplit plus », a-t-elle ajouté.",
        "L'Alliance pour l'eau appelle les États à :",
        "protéger les puits des {}",
        "villages écoles hôpitaux marchés fermes villes camps",
    ),
    "es": (
        "El agua es un derecho de todas las personas",
        "Desde 2018, casi 14.000 pozos se han secado.",
        "«Los pozos de nuestras aldeas están secos», dijo Ana Ruiz.",
        "«La lluvia ya no los llena», añadió ella.",
        "La Alianza por el Agua insta a los Estados a:",
        "proteger los pozos de {}",
        "aldeas escuelas hospitales mercados granjas ciudades campamentos",
    ),
    "ru": (
        "Вода — право каждого человека",
        "С 2018 года высохло почти 14 000 колодцев.",
        "«Колодцы наших деревень высохли», — заявила Анна Иванова.",
        "«Дождь их больше не наполняет», — добавила она.",
        "Водный альянс призывает государства:",
        "защищать колодцы {}",
        "деревень школ больниц рынков ферм городов лагерей",
    ),
    "ar": (
        "الماء حق للجميع في كل مكان",
        "جفّ ما لا يقل عن ١٤٬٠٠٠ بئر منذ عام 2018.",
        "وقال أحمد علي، مدير التحالف: «جفت آبار قرانا».",
        "وقالت ليلى حسن: «لم يعد المطر يملؤها».",
        "يدعو تحالف المياه الدول إلى:",
        "حماية آبار {}",
        "القرى المدارس المستشفيات الأسواق المزارع المدن المخيمات",
    ),
    "zh": (
        "水是每个人的权利",
        "自2018年以来，至少14000口水井干涸。",
        "李明表示：“我们村庄的水井干涸了。”",
        "水联盟主席李明说：“雨水不再灌满水井。”",
        "水联盟呼吁各国：",
        "保护{}的水井",
        "村庄 学校 医院 市场 农场 城镇 营地",
    ),
}
EDITED = {
    "en": "hamlets",
    "fr": "hameaux",
    "es": "caseríos",
    "ru": "хуторов",
    "ar": "الواحات",
    "zh": "岛屿",
}
EDITED_POSTS = ACCOUNTS * len(EDITED)

# What is timed, in seconds at most; on the machine of the goals, `python -c pass` takes 11 ms.
GOALS = {
    "check": None,
    "first plan": 5,
    "first schedule": None,
    "plan, nothing changed": None,
    "schedule, nothing changed": 2,
    "status": None,
    f"schedule, {EDITED_POSTS} posts edited": None,
    "schedule, a template changed": None,
    "schedule, the day moved": None,
}


def measure(stage: Stage) -> list[Figure]:
    compile_all()
    with tempfile.TemporaryDirectory(prefix="campaign-bench-") as place:
        found = stage.rounds_of(f"{POSTS:,} posts, s", _trials(Path(place) / "large"))
    figures = [
        Figure(subject=f"campaign {name}", unit="s", ours=found[f"campaign {name}"], at_most=most)
        for name, most in GOALS.items()
    ]
    return [*figures, Figure(subject=BARE, unit="s", ours=found[BARE])]


def _trials(folder: Path) -> dict[str, Callable[[], float]]:
    plan, schedule = ["plan"], ["schedule", "--yes"]
    steps: list[tuple[Callable[[Path], None] | None, list[str], str]] = [
        (build, ["check"], f"{POSTS:,} posts on {ACCOUNTS} accounts."),
        (None, plan, "Next: "),
        (None, schedule, f"{POSTS} added."),
        (None, plan, "Next: campaign status"),
        (None, schedule, "Next: campaign status"),
        (None, ["status"], "Next: campaign run"),
        (edit, schedule, f"{EDITED_POSTS} changed."),
        (change_templates, schedule, f"{POSTS} changed."),
        (move, schedule, f"{POSTS} moved, day changed."),
    ]
    trials: dict[str, Callable[[], float]] = {
        f"campaign {name}": partial(_step, folder, *step)
        for name, step in zip(GOALS, steps, strict=True)
    }
    return trials | {BARE: partial(_seconds, folder, [sys.executable, "-c", "pass"], "")}


def build(folder: Path) -> None:
    """New files, in place of any that are there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for language, (*paragraphs, asked, names) in STATEMENTS.items():
        items = "\n".join(f"- {asked.format(name)};" for name in names.split())
        text = "\n\n".join([*paragraphs, items]) + "\n"
        (folder / f"statement.{language}.md").write_text(text, "utf-8")
    spoken = f"language: [{', '.join(STATEMENTS)}]"
    accounts = [f"  x: {{handle: one, {spoken}}}"]
    for number in range(ACCOUNTS - 1):
        platform, handle = list(HANDLES.items())[number % len(HANDLES)]
        own = f"platform: {platform}, handle: {handle.format(number)}"
        accounts.append(f"  account-{number}: {{{own}, {spoken}}}")
    statements = ", ".join(f"{each}: statement.{each}.md" for each in STATEMENTS)
    (folder / "campaign.yaml").write_text(
        f"id: large\ndate: {DAY}\ntimezone: Europe/Zurich\nstatement: {{{statements}}}\n"
        "accounts:\n" + "\n".join(accounts) + "\n" + CALENDAR,
        "utf-8",
    )


def edit(folder: Path) -> None:
    """Other words for the first recommendation, in all languages."""
    for language, name in EDITED.items():
        path = folder / f"statement.{language}.md"
        before = STATEMENTS[language][-1].split()[0]
        start, item, end = path.read_text("utf-8").rpartition(
            f"- {STATEMENTS[language][-2].format(before)};"
        )
        path.write_text(start + item.replace(before, name) + end, "utf-8")


def change_templates(folder: Path) -> None:
    """A drop of water before the hashtags, in every template."""
    (folder / "templates").mkdir()
    for shipped in (shipped_folder("messages") / "templates").iterdir():
        text = shipped.read_text("utf-8").replace("{{ hashtags }}", "💧 {{ hashtags }}")
        (folder / "templates" / shipped.name).write_text(text, "utf-8")


def move(folder: Path) -> None:
    path = folder / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace(DAY, NEXT_DAY), "utf-8")


def _step(
    folder: Path, before: Callable[[Path], None] | None, command: list[str], expected: str
) -> float:
    if before is not None:
        before(folder)
    return _seconds(folder, [str(CAMPAIGN), *command], expected)


def _seconds(folder: Path, command: list[str], expected: str) -> float:
    """One whole process."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    spent = time.perf_counter() - start
    if done.returncode or expected not in done.stdout:
        raise RuntimeError(f"{command} did not say {expected!r}:\n{done.stdout}{done.stderr}")
    return spent
