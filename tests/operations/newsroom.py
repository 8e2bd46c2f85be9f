"""The files of a campaign as a press office edits them: every edit that a plan has to understand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from campaign.operations.draft import Drafted, draft

LANGUAGES = ("en", "fr")
# One word of each call stands nowhere else: by it the test knows it again, whatever is around it.
CODES = {
    "en": ("aldan", "borea", "cedar", "delta", "ember", "fjord"),
    "fr": ("aldane", "borée", "cèdre", "delto", "braise", "fiordo"),
}
CALLS = {
    "en": (
        (
            "recognize the aldan obligation to respect and protect{v} the rights of all migrants,"
            " whatever their status and wherever they live"
        ),
        (
            "maximize the borea contribution of diasporas{v} as partners in development, with full"
            " access to education, health and decent work"
        ),
        (
            "accelerate the cedar agenda by addressing{v} the drivers that hinder people from building"
            " sustainable livelihoods in their countries of origin, and thus compel them to seek a"
            " future elsewhere, in hardship and often in danger of their lives"
        ),
        (
            "open the delta avenues for regular migration{v} as an alternative to precarious journeys"
            " and the networks of smugglers"
        ),
        (
            "dismantle the ember groups that engage in trafficking{v}, and disrupt the finances which"
            " sustain what they do to people"
        ),
        (
            "partner with the fjord councils of children and youth{v} in the review of every promise"
            " that was made to them"
        ),
    ),
    "fr": (
        (
            "reconnaître l'obligation aldane de respecter et protéger{v} les droits de tous les"
            " migrants, quel que soit leur statut et où qu'ils vivent"
        ),
        (
            "maximiser la contribution borée des diasporas{v} comme partenaires du développement, avec"
            " un plein accès à l'éducation, à la santé et au travail décent"
        ),
        (
            "accélérer le programme cèdre en s'attaquant{v} aux facteurs qui empêchent les gens de"
            " construire des moyens de subsistance durables dans leur pays, et qui les obligent ainsi à"
            " chercher un avenir ailleurs, souvent au péril de leur vie"
        ),
        (
            "ouvrir les voies delto de la migration régulière{v} pour remplacer les voyages précaires"
            " et les réseaux de passeurs"
        ),
        (
            "démanteler les groupes braise qui se livrent à la traite{v}, et couper les finances qui"
            " soutiennent ce qu'ils font aux gens"
        ),
        (
            "associer les conseils fiordo des enfants et des jeunes{v} à l'examen de chaque promesse"
            " qui leur a été faite"
        ),
    ),
}
# What a correction puts in. The last one makes a thread of some texts on X.
VERSIONS = {
    "en": (
        "",
        " openly",
        " without delay",
        " in every region, with all the means and the time that so large an effort needs",
    ),
    "fr": (
        "",
        " ouvertement",
        " sans délai",
        " dans chaque région, avec tous les moyens et le temps que demande un tel effort",
    ),
}
LEAD = {"en": "We urge States to:", "fr": "Nous appelons les États à :"}
OPENING = {
    "en": "Geneva - On the occasion of this day, the network calls for more.",
    "fr": "Genève - À l'occasion de cette journée, le réseau demande davantage.",
}
TEMPLATE = "{{ lead }}{{ colon }}\n{{ text }}{{ stop }}\nRead on.\n{{ hashtags }} {{ reference }}\n"
RULES = (
    "",
    "approval: {by: [editor]}\n",
    "approval: {by: [editor, chief]}\n",
)
PEOPLE = "people: {editor: [Ada], chief: [Bo]}\n"
ROLES = {"Ada": "editor", "Bo": "chief"}


@dataclass(slots=True)
class Call:
    """A call of the statement, and which version of its words stands there, by language."""

    number: int
    versions: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LANGUAGES, 0))


@dataclass(slots=True)
class Newsroom:
    """One campaign's folder. Each edit takes two numbers, to choose by."""

    folder: Path
    name: str
    calls: list[Call]
    taken_out: list[Call] = field(default_factory=list)
    title: str = "A day"
    headline: int = 0
    hour: int = 8
    every: int = 60
    lines: set[str] = field(default_factory=lambda: {"headline", "calls", "thanks"})
    own: str = "thanks"
    names: tuple[str, ...] = ("x", "un-m", "box")
    left_out: str = ""
    handles: tuple[str, str] = ("bureau", "shelf")
    french: bool = True
    link: int = 1
    hashtag: str = "MigrantsDay"
    lead: str = ""
    template: bool = False
    again: str = ""
    rule: int = 0
    late: str = "ask"

    @property
    def id(self) -> str:
        return f"{self.name}-2021"

    def draft(self) -> Drafted:
        """Raises ContentError for what `check` refuses."""
        self._write()
        return draft(self.folder / "campaign.yaml")

    def _write(self) -> None:
        own = self.folder / "templates" / "recommendation.j2"
        own.parent.mkdir(parents=True, exist_ok=True)
        own.unlink(missing_ok=True)
        if self.template:
            own.write_text(TEMPLATE, "utf-8")
        for language in LANGUAGES:
            text = self._statement(language)
            (self.folder / f"statement.{language}.md").write_text(text, "utf-8")
        (self.folder / "campaign.yaml").write_text(self._campaign(), "utf-8")

    def _statement(self, language: str) -> str:
        words = {"en": "Amber{} call of the network{}", "fr": "Appel ambre{} du réseau{}"}[language]
        title = words.format(self.name, VERSIONS[language][self.headline % 3])
        items = [
            CALLS[language][call.number].format(v=VERSIONS[language][call.versions[language]])
            for call in self.calls
        ]
        listed = ";\n".join(f"- {item}" for item in items)
        return f"{title}\n\n{OPENING[language]}\n\n{LEAD[language]}\n\n{listed}.\n"

    def _campaign(self) -> str:
        x, mastodon, box = self.names
        lead = f', lead: "{self.lead}"' if self.lead else ""
        accounts = {
            x: f"{{platform: x, handle: {self.handles[0]}}}",
            mastodon: "{platform: mastodon, handle: a@b.example, language: "
            f"{'[en, fr]' if self.french else 'en'}{lead}}}",
            box: f"{{platform: outbox, handle: {self.handles[1]}}}",
        }
        accounts.pop(self.left_out, None)
        listed = "".join(f"  {name}: {what}\n" for name, what in accounts.items())
        french = f', fr: "Merci, crécerelle{self.name}."' if self.french else ""
        statement = (
            "{en: statement.en.md, fr: statement.fr.md}" if self.french else "statement.en.md"
        )
        return (
            f"id: {self.id}\ncampaign: {self.title}\ndate: 2021-12-18\ntimezone: Europe/Zurich\n"
            f"statement: {statement}\nlink: https://example.org/{self.link}\n"
            f"hashtags: [{self.hashtag}]\naccounts:\n{listed}calendar:\n{self._calendar()}"
            f'messages: {{{self.own}: {{text: {{en: "Thanks, kestrel{self.name}."{french}}}}}}}\n'
            f"late: {{after: 1h, then: {self.late}}}\n{PEOPLE}{RULES[self.rule]}"
        )

    def _calendar(self) -> str:
        lines = {
            "headline": "  - D 07:10 headline\n",
            "calls": f"  - D {self.hour:02}:00 recommendations every {self.every}m{self.again}\n",
            "thanks": f"  - D 15:32 {self.own}\n",
            "later": "  - D 17:20 recommendation 1 again\n",
            "last": f"  - D 19:42 {self.own} again\n",
        }
        return "".join(text for line, text in lines.items() if line in self.lines)

    def edit(self, what: str, one: int, other: int) -> None:
        EDITS[what](self, one, other)

    # the statement

    def insert(self, one: int, other: int) -> None:
        number = one % len(CODES["en"])
        if number not in {call.number for call in (*self.calls, *self.taken_out)}:
            self.calls.insert(other % (len(self.calls) + 1), Call(number))

    def take_out(self, one: int, _other: int) -> None:
        if len(self.calls) > 1:
            self.taken_out.append(self.calls.pop(one % len(self.calls)))

    def put_back(self, one: int, other: int) -> None:
        if self.taken_out:
            call = self.taken_out.pop(one % len(self.taken_out))
            self.calls.insert(other % (len(self.calls) + 1), call)

    def swap(self, one: int, other: int) -> None:
        here, there = one % len(self.calls), other % len(self.calls)
        self.calls[here], self.calls[there] = self.calls[there], self.calls[here]

    def correct(self, one: int, other: int) -> None:
        for language in LANGUAGES:
            self.calls[one % len(self.calls)].versions[language] = other % 4

    def correct_one_language(self, one: int, other: int) -> None:
        language = LANGUAGES[other % 2]
        self.calls[one % len(self.calls)].versions[language] = other % 4

    def correct_headline(self, one: int, _other: int) -> None:
        self.headline = one

    # the calendar

    def line(self, one: int, other: int) -> None:
        """Take a line out, or put it in, at another time."""
        every = ("headline", "calls", "thanks", "later", "last")
        self.lines ^= {every[one % len(every)]}
        self.hour = 8 + other % 4

    def move(self, one: int, other: int) -> None:
        self.hour, self.every = 8 + one % 4, (40, 60)[other % 2]

    def say_again(self, one: int, _other: int) -> None:
        self.again = ("", " again")[one % 2]

    def rename_own(self, one: int, _other: int) -> None:
        self.own = ("thanks", "gratitude")[one % 2]

    # the accounts

    def rename_account(self, one: int, other: int) -> None:
        here = other % 3
        names = (("x", "un-x"), ("un-m", "toots"), ("box", "shelf"))[here]
        self.names = (*self.names[:here], names[one % 2], *self.names[here + 1 :])

    def capitals(self, one: int, _other: int) -> None:
        self.handles = (("bureau", "Bureau")[one % 2], self.handles[1])

    def handle(self, one: int, other: int) -> None:
        """Another account on the network, under the same name or under one of its own."""
        self.handles = (self.handles[0], ("shelf", "drawer")[one % 2])
        if other % 2:
            self.names = (*self.names[:2], ("box", "drawer")[one % 2])

    def leave_out(self, one: int, _other: int) -> None:
        self.left_out = (*self.names, "")[one % 4]

    def languages(self, one: int, _other: int) -> None:
        self.french = bool(one % 2)

    # what stands around the words, and who decides

    def furniture(self, one: int, other: int) -> None:
        match one % 4:
            case 0:
                self.hashtag = ("MigrantsDay", "OurDay")[other % 2]
            case 1:
                self.link = other
            case 2:
                self.lead = ("", "From our office")[other % 2]
            case 3:
                self.template = bool(other % 2)

    def retitle(self, one: int, _other: int) -> None:
        self.title = f"A day {one}"

    def rules(self, one: int, other: int) -> None:
        self.rule = one % 3
        self.late = ("ask", "skip", "send")[other % 3]


EDITS: dict[str, Callable[[Newsroom, int, int], None]] = {
    edit.__name__: edit
    for edit in (
        Newsroom.insert, Newsroom.take_out, Newsroom.put_back, Newsroom.swap, Newsroom.correct,
        Newsroom.correct_one_language, Newsroom.correct_headline, Newsroom.line, Newsroom.move,
        Newsroom.say_again, Newsroom.rename_own, Newsroom.rename_account, Newsroom.capitals,
        Newsroom.handle, Newsroom.leave_out, Newsroom.languages, Newsroom.furniture,
        Newsroom.retitle, Newsroom.rules,
    )
}  # fmt: skip
