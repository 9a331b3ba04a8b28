"""Lay the values of a campaign over the facts of its election's profile.

A profile (``assets/elections/*.toml``) holds facts by dotted name. Each has a source, a confidence and two dates
(`leaflet.campaign.values`). A fact that nobody found is absent, never guessed: every field may be unknown (None), and
a template that needs an unknown one gets a fault naming the field; see `leaflet.markup.record_values`.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    create_model,
    model_validator,
)
from pydantic_core import PydanticCustomError

from leaflet.campaign.values import Condition, Day, Fact, Hour, InEach, Line, OwnFact, StepId, Zone, or_table
from leaflet.faults import Place, fail
from leaflet.files.resources import Resources, program_resources
from leaflet.files.toml_files import STRICT, StrictModel, as_tuple, read_resource_toml, table_model, validate_resource
from leaflet.text import texts_in

AnyModel = TypeVar("AnyModel", bound=BaseModel)


_TYPES: dict[str, Any] = {"text": Line, "number": Annotated[int, Field(strict=True)], "day": Day, "hour": Hour}
_HOURS = ("opens_at", "closes_at")


class AskedFact(BaseModel):
    """A fact of a vote's own that a campaign is asked for, as `assets/fields.toml` asks for the program's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["text", "number", "day", "hour"]
    what: InEach  # what it is
    question: InEach  # how a person is asked for it
    where: InEach  # where it is read


class ElectionProfile(BaseModel):
    """The facts known about one election, by dotted name (``vote.opens_on``)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str  # its name in campaign files, which is that of its file
    year: Annotated[int, Field(strict=True, ge=1900, le=2999)]  # in which the vote takes place
    description: str = ""  # one sentence, for lists of elections
    academies: bool = False  # voters are staff of the Éducation nationale, with mailboxes of académies
    facts: dict[str, Fact] = {}
    asks: dict[Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")], AskedFact] = {}  # by their names in [facts]

    @property
    def types(self) -> dict[str, Any]:
        """Return the types of the facts that are asked for, as the context that an `Election` is validated in."""
        return {name: _TYPES[asked.type] for name, asked in self.asks.items()}

    @property
    def asked(self) -> tuple[str, ...]:
        """Return the dotted names of the facts that are asked for."""
        return tuple(f"facts.{name}" for name in self.asks)

    def place(self, name: str) -> Place:
        """Return the place of a fact."""
        return Place(file=f"elections/{self.id}.toml", field=name)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield the texts of the facts fit to print, with the names of these."""
        for name, fact in self.facts.items():
            if fact.is_printable:
                yield from ((name, text) for _, text in texts_in(fact.value))


def profile_ids(resources: Resources | None = None) -> list[str]:
    """Return the elections that have a profile, by default those of the program, oldest first."""
    return (resources or program_resources()).names("elections")


def load_profile(election: str, resources: Resources | None = None) -> ElectionProfile:
    """Load the profile called `election`, one of `profile_ids`."""
    found = (resources or program_resources()).find("elections", election)
    assert found is not None, "the caller asks for one of profile_ids"
    name = f"elections/{found.path.name}"
    tables = read_resource_toml(found, name, "M406")
    if tables.get("id", election) != election:
        raise fail("M407", Place(file=name, field="id"), problem="an election is called as its file")
    return validate_resource(ElectionProfile, {"id": election, **tables}, "M407", name)


@cache
def program_profiles() -> tuple[ElectionProfile, ...]:
    """Return the profiles that come with the program, oldest first."""
    return tuple(map(load_profile, profile_ids()))


def previous_vote(year: int) -> date | None:
    """Return the last day of the last vote before `year` that has a profile; None if there is none."""
    closings = (profile.facts.get("vote.closes_on") for profile in program_profiles())
    days = [fact.value for fact in closings if fact is not None and isinstance(fact.value, date)]
    return max((day for day in days if day.year < year), default=None)


class Vote(StrictModel):
    """The days and hours in which votes are taken."""

    opens_on: Day | None = None
    opens_at: Hour | None = None
    closes_on: Day | None = None
    closes_at: Hour | None = None
    daily: bool = False  # whether the vote closes each evening, and opens again the next morning
    quiet_from: Day | None = None  # on which no leaflet may be handed out any more
    timezone: Zone | None = None
    timezone_label: Line | None = None


class Links(StrictModel):
    """Web addresses of the election."""

    portal: Line | None = None
    help: Line | None = None
    lsf: Line | None = None  # a video in French sign language


class Account(StrictModel):
    """The words of the voting site: names of things, never their values."""

    name: Line | None = None
    space: Line | None = None
    login: Line | None = None
    password: Line | None = None
    password_rule: Line | None = None
    challenge: Line | None = None
    captcha: Line | None = None
    never_asked: Annotated[tuple[Line, ...], BeforeValidator(as_tuple)] = ()  # besides the password and the code


class Mail(StrictModel):
    """The message that lets an elector create the account."""

    delay_minutes: Annotated[int, Field(ge=1, le=10_000)] | None = None
    sender: Line | None = None
    subject: Line | None = None
    sender_domain: Line | None = None
    sent_on: Day | None = None
    button: Line | None = None
    confirmation: Line | None = None


class Notice(StrictModel):
    """The paper that carries an elector's personal code."""

    name: Line | None = None
    from_on: Day | None = None
    to_on: Day | None = None
    how: Line | None = None
    code_name: Line | None = None
    code_place: Line | None = None
    deadline_computed: Day | None = None


class Reissue(StrictModel):
    """The procedure for a lost or undelivered code."""

    name: Line | None = None
    opens_on: Day | None = None
    how: Line | None = None


class Mailbox(StrictModel):
    """The professional mailbox, as far as it is the same everywhere."""

    other: Line | None = None  # the mailbox that staff know already, such as « I-Prof »
    receives: Line | None = None  # what the administration sends there
    resources: Line | None = None  # what an account gives access to
    results: Line | None = None  # results that arrive there
    initial_password: Line | None = None  # what it is made of, in words, never a password
    forgotten: Line | None = None  # the link or button for a forgotten password
    forgotten_needs: Line | None = None  # what is asked for there


class Ballot(StrictModel):
    """The votes of one group of voters."""

    who: Line  # the group, such as « titulaires »
    sector: Literal["public", "private"] | None = None  # of the schools it works in; None for both
    bodies: Annotated[tuple[Line, ...], BeforeValidator(as_tuple)]  # each name in full with its abbreviation


class Round(StrictModel):
    """One round of a vote that has several, of all voters or of those of a college."""

    name: Line
    college: Line | None = None
    opens_on: Day
    opens_at: Hour | None = None
    closes_on: Day | None = None  # of None on the day it opens
    closes_at: Hour | None = None


class Memo(StrictModel):
    """The labels of the writing lines, and what to do when the password is lost."""

    lines: Annotated[tuple[Line, ...], BeforeValidator(as_tuple)] | None = None
    lost: Line | None = None


def _check_text(value: object) -> object:
    """Check a text of pages, or each in a table of them."""
    return (_TABLE if isinstance(value, dict) else _TEXT).validate_python(value)


_TEXT = TypeAdapter[Any](Line)
_TEXTS = {"anyOf": [_TEXT.json_schema(), {"type": "object", "additionalProperties": True}]}
PageText = Annotated[Any, BeforeValidator(_check_text), Field(json_schema_extra=_TEXTS)]
_TABLE = TypeAdapter[Any](dict[str, PageText])


class ElectionWords(BaseModel):
    """The words for what lists are of, a school or a hospital, its area and who votes; and texts of pages by name."""

    model_config = ConfigDict(**{**STRICT, "extra": "allow"})
    __pydantic_extra__: dict[str, PageText] = Field(init=False)

    establishment: Line = "établissement"
    area: Line = "académie"
    voters: Line = ""  # in the plural: « parents d’élèves »; personnels without it


class Step(BaseModel):
    """One thing to do: either an id whose text the template has, or a title and a text."""

    model_config = ConfigDict(
        **STRICT, json_schema_extra={"anyOf": [{"required": ["id"]}, {"required": ["title", "text"]}]}
    )

    id: StepId | None = None
    title: Line | None = None
    text: Line | None = None
    message: Line | None = None
    button: Line | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> "Step":
        if self.id is None and (self.title is None or self.text is None):
            raise PydanticCustomError("C157", "incomplete step", {})
        return self


StepOrId = Annotated[Step, or_table("id", Step | StepId)]


def _typed(facts: object, info: ValidationInfo) -> object:
    """Return the facts of a vote's own, those that its profile asks for in the types it gives."""
    if not info.context or not isinstance(facts, dict):
        return facts
    types: dict[str, Any] = {name: (kind, None) for name, kind in info.context.items() if name in facts}
    return create_model("OwnFacts", __config__=ConfigDict(extra="allow"), **types).model_validate(facts).model_dump()


_OwnFacts = Annotated[dict[Line, OwnFact], BeforeValidator(_typed)]


class Facts(StrictModel):
    """The facts of an election, which may be unknown, and the words of its pages."""

    title: Line | None = None
    scope: Line | None = None
    vote: Vote = Vote()
    links: Links = Links()
    account: Account = Account()
    mail: Mail = Mail()
    notice: Notice = Notice()
    reissue: Reissue = Reissue()
    mailbox: Mailbox = Mailbox()
    memo: Memo = Memo()
    words: ElectionWords = ElectionWords()
    ballots: Annotated[tuple[Ballot, ...], BeforeValidator(as_tuple)] | None = None
    rounds: Annotated[tuple[Round, ...], BeforeValidator(as_tuple)] | None = None
    steps: Annotated[tuple[StepOrId, ...], BeforeValidator(as_tuple)] | None = None
    facts: _OwnFacts = {}  # of a campaign's own, which templates and words of its own print


class GroupFacts(Facts):
    """A group of schools, and the facts in which it differs from the others.

    Its name tells its schools where there is no condition: see `leaflet.markup.groups`.
    """

    where: Annotated[tuple[Condition, ...], BeforeValidator(as_tuple)] = ()
    same_portal: bool = False  # their staff vote on the portal of the others, by their own notice


class Election(Facts):
    """All that is known about the election of a campaign, and the groups of schools for which it is not the same."""

    groups: dict[Line, GroupFacts] = {}

    @property
    def needs_mailbox(self) -> bool:
        """Tell whether one votes by way of a mailbox: a fact or a step is of it, or its address is the login."""
        login = (self.account.login or "").lower()
        steps = {step.id for step in self.steps or ()}
        return self.mailbox != Mailbox() or "open-mailbox" in steps or "adress" in login or "mail" in login

    @property
    def is_by_paper(self) -> bool:
        """Tell whether one votes without a portal: no code is named, and the steps, which are known, lead to none."""
        steps = {step.id for step in self.steps or ()} - {"receive-notice"}
        return self.steps is not None and steps <= {None} and not (self.links.portal or self.notice.code_name)


def election_tree(profile: ElectionProfile, given: Mapping[str, object]) -> dict[str, object]:
    """Return the values of `profile` fit to print, with those `given` by the campaign laid over them."""
    return merge(nest({name: fact.value for name, fact in profile.facts.items() if fact.is_printable}), given)


def known_election(profile: ElectionProfile) -> Election:
    """Return what a profile says of its election, as far as it is fit to print."""
    return Election.model_validate(election_tree(profile, {}), context=profile.types)


def laid_over(facts: AnyModel, other: BaseModel) -> AnyModel:
    """Return facts with those that another model gives laid on them, table by table; lists are replaced whole."""
    own = {name: getattr(other, name) for name in other.model_fields_set if hasattr(facts, name)}
    tables = {name: laid_over(getattr(facts, name), one) for name, one in own.items() if isinstance(one, BaseModel)}
    dicts = {name: getattr(facts, name) | one for name, one in own.items() if isinstance(one, dict)}
    return facts.model_copy(update={**own, **tables, **dicts})


def last_days(facts: Facts) -> list[date]:
    """Return the last day of each round."""
    return [one.closes_on or one.opens_on for one in facts.rounds or ()]


def at_round(election: Election, read_on: date | None) -> Election:
    """Return an election whose vote is its round at hand: the first that is not over on the day of a sheet.

    Of rounds of several colleges at one time it has the first and the last day, and the hours that are the same. A
    vote whose days are before all rounds that are listed is the first one.
    """
    first = election.vote.closes_on
    if not election.rounds or (first and (read_on or first) <= first < election.rounds[0].opens_on):
        return election
    rounds = [*zip(election.rounds, last_days(election), strict=True)]
    now, ends = next((one for one in rounds if read_on is None or read_on <= one[1]), rounds[-1])
    at_once = [(one, end) for one, end in rounds if one.opens_on <= ends and now.opens_on <= end]
    days = {"opens_on": min(one.opens_on for one, _ in at_once), "closes_on": max(end for _, end in at_once)}
    found = {name: {getattr(one, name) or getattr(election.vote, name) for one, _ in at_once} for name in _HOURS}
    hours = {name: times.pop() if len(times) == 1 else None for name, times in found.items()}
    return election.model_copy(update={"vote": election.vote.model_copy(update={**days, **hours})})


def without_secrets(election: Election) -> Election:
    """Return an election for people who have none of its secrets: without these, and without what names them."""
    secrets = election.account.never_asked
    texts = {name: value for name in election_fields() if isinstance(value := value_of(election, name), str)}
    gone = {name: None for name, text in texts.items() if any(secret in text for secret in secrets)}
    return laid_over(election, Election.model_validate(nest({**gone, "account.never_asked": ()})))


def parts_of(election: Election) -> Iterator[tuple[tuple[str, ...], Facts]]:
    """Yield the facts of an election, then those of its groups, with the keys that lead to them."""
    yield (), election
    for name, group in election.groups.items():
        yield ("groups", name), group


def election_fields() -> list[str]:
    """Return the dotted names of all facts of an election; what is never unknown, such as `words`, is none."""
    return [name for name, default in dotted_fields(Facts) if default is None]


def value_of(facts: Facts, dotted: str) -> object:
    """Return the value of one field by its dotted name; None when it is unknown."""
    value: Any = facts
    for name in dotted.split("."):
        value = value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)
    return value


def given_facts(election: Election) -> dict[str, object]:
    """Return the facts that have a value, by dotted name: the election's, then those of its groups."""
    found: dict[str, object] = {}
    for at, part in parts_of(election):
        names = (*election_fields(), *(f"facts.{name}" for name in part.facts))
        found |= {".".join((*at, name)): value_of(part, name) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def facts_not_compared(
    election: Election, profile: ElectionProfile, compared: Iterable[tuple[str, object]]
) -> tuple[str, ...]:
    """Return the facts of a campaign that nobody held against an official paper, in the order of the model.

    A fact is compared if the profile of this very election holds the same value, with its source, or if somebody
    compared the value that stands there now: `compared` has dotted names and values.
    """
    known = given_facts(known_election(profile))
    seen = [found for row in compared if (found := read_fact(*row, profile)) is not None]
    facts = given_facts(election).items()
    return tuple(name for name, value in facts if known.get(name) != value and (name, value) not in seen)


def read_fact(name: str, value: object, profile: ElectionProfile | None = None) -> tuple[str, object] | None:
    """Return a fact with the value that the model makes of what TOML has; None if it makes none."""
    try:
        types = profile.types if profile is not None else None
        return name, value_of(Election.model_validate(nest({name: value}), context=types), name)
    except ValidationError:
        return None


def blank_fields(election: Election, asked: Iterable[str] = ()) -> list[str]:
    """Return the dotted names of the fields nobody has given a value, and of the facts that a profile asks for."""
    return [dotted for dotted in (*election_fields(), *asked) if value_of(election, dotted) is None]


@cache
def dotted_fields(model: type[BaseModel], prefix: str = "") -> tuple[tuple[str, object], ...]:
    """Return the dotted name of every field of a model and of the tables in it, behind a prefix, and its default."""
    found: list[tuple[str, object]] = []
    for name, info in model.model_fields.items():
        inner = table_model(info.annotation)
        if inner is not None and not get_args(info.annotation):
            found.extend(dotted_fields(inner, f"{prefix}{name}."))
        else:
            found.append((f"{prefix}{name}", info.default))
    return tuple(found)


def nest(values: Mapping[str, object]) -> dict[str, object]:
    """Return tables inside tables from dotted names: ``{"vote.opens_on": x}`` → ``{"vote": {"opens_on": x}}``."""
    tree: dict[str, object] = {}
    for dotted, value in values.items():
        *tables, last = dotted.split(".")
        here = tree
        for table in tables:
            inner = here.setdefault(table, {})
            assert isinstance(inner, dict), dotted
            here = inner
        here[last] = value
    return tree


def flat(tree: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield the values of tables inside tables by dotted name, as `nest` takes them; those of lists stay in them."""
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def merge(under: Mapping[str, object], over: Mapping[str, object]) -> dict[str, object]:
    """Return `under` with the values of `over` laid on it, table by table; lists are replaced whole."""
    both = ((key, under.get(key), above) for key, above in over.items())
    tables = {k: merge(a, b) for k, a, b in both if isinstance(a, Mapping) and isinstance(b, Mapping)}
    return {**under, **over, **tables}
