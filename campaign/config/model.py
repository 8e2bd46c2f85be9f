"""The campaign file's keys, as pydantic checks them: what is text, what a list, what a group.

Every key may be None here: absent, or reported already. What is required is said in `load`.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Text = str | None
Texts = list[str | None]


class Keys(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AccountKeys(Keys):
    """An identity on a network. A text alone is its handle: `x: example-network`.

    Further keys are its platform's own; `accounts` looks at them.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Text]

    platform: Text = Field(None, description="The network. A name that is a network's implies it.")
    handle: Text = Field(
        None,
        description="The name it posts under, without @.",
        examples=["example-network", "migration@social.example"],
    )
    folder: Text = Field(None, description="Where an outbox writes its files.", examples=["sent"])
    language: str | Texts | None = Field(
        None,
        description="What it speaks, in the order of posting; else the statement's first language.",
        examples=["fr", ["en", "fr"]],
    )
    stagger: Text = Field(
        None, description="How far apart its languages follow each other.", examples=["10m"]
    )
    timezone: Text = Field(
        None, description="The city whose clock it lives by.", examples=["Asia/Bangkok"]
    )
    lead: Text = Field(
        None,
        description="A line above each of its posts that carries the statement's words.",
        examples=["From our partners at the UN Network on Migration:"],
    )
    limit: Text = Field(
        None,
        description="The most that goes out on it in a minute, hour, day or week.",
        examples=["100/day"],
    )
    spacing: Text = Field(
        None, description="The least between two of its posts going out.", examples=["2m"]
    )


class ApprovalKeys(Keys):
    """Who approves, and by when. A role or a list of roles alone is `by`."""

    by: Texts | None = Field(
        None, description="Roles under people: one person of each.", examples=[["comms", "legal"]]
    )
    before: Text = Field(
        None,
        description="How long before a post's time it must be approved.",
        examples=["1 working day", "2 days", "12 hours"],
    )


class LateKeys(Keys):
    """What happens behind time. A wait or a word alone will do: `2h`, `skip`."""

    after: Text = Field(
        None, description="How far behind its time a post still goes out.", examples=["1h"]
    )
    then: Literal["ask", "skip", "send"] | None = Field(
        None, description="Then ask a person, leave it out, or send it for up to 24 hours."
    )


class ClocksKeys(Keys):
    """What a time means in a night in which the clocks change."""

    gap: Literal["error", "shift", "earlier"] | None = Field(
        None, description="A time that is skipped: an error, an hour later, or an hour earlier."
    )
    fold: Literal["first", "second"] | None = Field(
        None, description="A time that comes twice: the first or the second."
    )


class MessageKeys(Keys):
    """A message of your own. A text alone is its text."""

    text: str | dict[str, Text] | None = Field(
        None,
        description="Your words: a text in the statement's first language, or one for each.",
        examples=["Thank you for speaking with one voice."],
    )
    link: Text = Field(None, description="Where it leads.", examples=["https://example.org/event"])


class FactKeys(Keys):
    """A figure that the statement does not have."""

    text: str | dict[str, Text] | None = Field(
        None, description="The sentence with the figure, or one for each language."
    )
    source: Text = Field(
        None, description="Whose figure it is.", examples=["Missing Migrants Project"]
    )
    link: Text = Field(
        None, description="Where the figure stands.", examples=["https://example.org/data"]
    )
    as_of: Text = Field(
        None, alias="as-of", description="The figure's date.", examples=["2021-11-30"]
    )


class CampaignKeys(Keys):
    """A campaign: a statement, accounts, and a calendar of posts."""

    id: Text = Field(
        None,
        description="Its name in the queue. Never change it after scheduling.",
        examples=["imd-2021"],
    )
    campaign: Text = Field(
        None, description="The title people see.", examples=["International Migrants Day 2021"]
    )
    day: Text = Field(
        None,
        description="An observance and its year. The calendar calls it D.",
        examples=["international-migrants-day 2021"],
    )
    date: Text = Field(
        None, description="D, where it is no observance day.", examples=["2021-12-18"]
    )
    timezone: Text = Field(
        None, description="The city whose clock counts. Never guessed.", examples=["Europe/Zurich"]
    )
    statement: str | dict[str, Text] | None = Field(
        None,
        description="The statement's file, .md or .txt; or one for each language.",
        examples=["statement.en.md", {"en": "statement.en.md", "fr": "declaration.fr.md"}],
    )
    link: str | dict[str, Text] | None = Field(
        None,
        description="Where people can read the statement; or one for each language.",
        examples=["https://example.org/statement"],
    )
    accounts: dict[str, AccountKeys | None] | None = Field(
        None,
        description="The accounts that post, each under a name of yours.",
        examples=[{"x": {"handle": "example-network"}}],
    )
    groups: dict[str, Texts | None] | None = Field(
        None,
        description="Names for several accounts, for on and except in the calendar.",
        examples=[{"regions": ["asia", "east-africa"]}],
    )
    calendar: Texts | None = Field(
        None,
        description="What goes out when, a line for each message. Left out: the usual one.",
        examples=[["D-7 10:00 headline", "D 08:00 recommendations every 2h"]],
    )
    form: Literal["verbatim", "imperative"] | None = Field(
        None, description='imperative turns "Recognizing …" into "Recognize …".'
    )
    number: Literal["posted", "source"] | None = Field(
        None,
        description="What is skipped: posted does not count it, source numbers as the statement.",
    )
    voice: Literal["own", "partner"] | None = Field(
        None, description='partner names whose statement it is, where posts say "Our statement".'
    )
    hashtags: Texts | dict[str, Texts | None] | None = Field(
        None,
        description="Bare words, without the sign; or a list for each language.",
        examples=[["MigrantsDay"], {"en": ["MigrantsDay"], "fr": ["JourneeDesMigrants"]}],
    )
    people: dict[str, Texts | None] | None = Field(
        None,
        description="Roles, and who is in each.",
        examples=[{"comms": ["a.diallo", "m.ito"], "legal": ["r.haddad"]}],
    )
    approval: ApprovalKeys | None = Field(
        None,
        description="Who must approve every post. Left out: whoever schedules.",
        examples=[{"by": ["comms", "legal"], "before": "1 working day"}],
    )
    late: LateKeys | None = Field(
        None,
        description="How late a post may go out, and what then.",
        examples=[{"after": "1h", "then": "ask"}],
    )
    quiet: Text = Field(
        None, description="Hours in which nothing goes out.", examples=["22:00-07:00"]
    )
    embargo: Text = Field(
        None, description="Nothing goes out before.", examples=["D 06:00", "2021-12-18 06:00"]
    )
    weekend: Text = Field(
        None, description="The days on which nobody works.", examples=["sat-sun", "fri-sat"]
    )
    clocks: ClocksKeys | None = Field(
        None,
        description="What times mean in the nights in which the clocks change.",
        examples=[{"gap": "error", "fold": "first"}],
    )
    short: dict[str, str | dict[str, Text] | None] | None = Field(
        None,
        description="A text of your own where an excerpt would become a thread.",
        examples=[{"recommendation 3": "Help people to build a life where they are."}],
    )
    skip: Texts | dict[str, Texts | None] | None = Field(
        None,
        description="What is left out; or a list for each language.",
        examples=[["quote 1", "recommendation 7"], {"fr": ["recommendation 4"]}],
    )
    replace: dict[str, Text] | None = Field(
        None,
        description="An excerpt, and the message of your own that goes out in its place.",
        examples=[{"recommendation 4": "shipwreck"}],
    )
    links: dict[str, Text] | None = Field(
        None,
        description="Words whose link leads nowhere: an address for them, or omit.",
        examples=[{"Missing Migrants Project": "https://missingmigrants.iom.int"}],
    )
    messages: dict[str, MessageKeys | None] | None = Field(
        None,
        description="Messages of your own, which the calendar calls by name.",
        examples=[{"thanks": {"text": "Thank you for speaking with one voice."}}],
    )
    facts: dict[str, FactKeys | None] | None = Field(
        None,
        description="Figures that the statement does not have. A number replaces that fact.",
        examples=[{"1": {"text": "…", "source": "…", "as-of": "2021-11-30"}}],
    )
    mentions: dict[str, dict[str, Text] | None] | None = Field(
        None,
        description="Who may be mentioned, with a handle for each network.",
        examples=[{"iom": {"x": "UNmigration", "name": "IOM"}}],
    )
    templates: Text = Field(
        None,
        description="The folder of your own templates. Left out: templates.",
        examples=["our-templates"],
    )
    spacing: Text = Field(
        None, description="How far apart the posts of one account stay.", examples=["2m"]
    )
    issued: Text = Field(None, description="The statement's own date.", examples=["2021-12-18"])
    aged: dict[str, Text] | None = Field(
        None,
        description="What becomes of that which was true in another year: dated or skip.",
        examples=[{"fact 1": "dated", "quote 1": "skip"}],
    )
    pick: Texts | dict[str, Texts | None] | None = Field(
        None,
        description="The numbers of the statement's lists that are its recommendations.",
        examples=[[2], {"en": [2], "fr": [1]}],
    )
    plugins: Texts | None = Field(
        None,
        description="Platforms whose adapters come from elsewhere and may see your secrets.",
        examples=[["pixelfed"]],
    )
