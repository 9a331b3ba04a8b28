"""Answer the questions of « L'élection »: what is known officially, what was typed, what stays blank.

A proposal from an earlier election is shown beside a blank answer. It comes into the campaign only when somebody says
that it is the same this year.
"""

import tomllib
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, time
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace
from pydantic_core import PydanticCustomError

from leaflet.campaign.academies import load_academies
from leaflet.campaign.answers import comparisons, parse_answer, parse_item, with_answers, with_comparison
from leaflet.campaign.editing import remove_value, set_tables
from leaflet.campaign.election import ElectionProfile, load_profile, read_fact
from leaflet.campaign.facts import SAMPLE_NAME, FieldRow, field_rows, in_words, row_of
from leaflet.campaign.links import BrokenRule, find_doubts, is_government
from leaflet.campaign.load import PORTAL, UNFINISHED, find_faults, read_profile
from leaflet.campaign.starter import alike_facts
from leaflet.campaign.values import Fact, parse_hour, step_id, step_rows
from leaflet.faults import DataError, Fault, Lang, Place, Report
from leaflet.files.resources import find_resources
from leaflet.files.words import Words
from leaflet.markup.html_page import format_day, format_hour
from leaflet.markup.jinja_filters import capital
from leaflet.markup.render import any_prints
from leaflet.production.schemas import OF_PUBLISHER
from leaflet.studio import contract
from leaflet.studio.campaign_state import Refusal
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.json_values import GROUP_PORTALS, LEGAL, REQUIRED, label, questions, show_fault, show_refusal
from leaflet.studio.sentences import as_written, is_sentence
from leaflet.text import french_spacing, grouped, value_at

_SECRETS = frozenset({"C146", "C147", "C148", "C149", "L105", "L114", "L115", "L131"})  # kept nowhere

_DOUBTS = frozenset({"C241", "C242", "C243", "C244", "C245"})  # the warnings that stand at a field
_IN_NO_ORDER, _OF_OTHER_YEAR = "C113", "C114"  # the faults of a day
_OF_NOBODY = "C187"  # of a group that is described as soon as a sentence is written for it


class Known(Struct, frozen=True):
    """The answers of a campaign, and where each of them may come from."""

    tree: Mapping[str, object]  # the campaign file as TOML
    profile: ElectionProfile  # the facts of its election
    like: Mapping[str, object]  # facts of an earlier election that may be the same again
    earlier: str  # the name of that election; empty for none
    needed: frozenset[str]  # what must be answered before anything is made
    compared: Mapping[str, date]  # what somebody compared with the notice as it stands there now, and when
    asked: frozenset[str]  # that, and what the law demands
    received: Mapping[str, str]  # the answers that came with a campaign which was sent

    @property
    def keys(self) -> Sequence[str]:
        """Return the questions, in the order of the page."""
        return [key for group in questions(self.profile).values() for key in group]


def read_known(folder: CampaignFolder, blanks: Iterable[str] = ()) -> Known:
    """Read what is known of the answers of a campaign, whose documents print some facts that nobody gave."""
    text, earlier, resources = folder.read(), folder.state.like, find_resources(folder.path)
    profile = read_profile(text, resources, Report())
    like = dict(alike_facts(load_profile(earlier))) if earlier else {}
    needed = REQUIRED.union(blanks)
    templates = [str(one.get("template")) for one in text.documents()]
    is_leaflet = folder.state.kind == "leaflets" or any_prints(resources, templates, "publisher.imprint")
    asked = needed | LEGAL if is_leaflet else needed
    return Known(text.tree, profile, like, earlier, needed, comparisons(text.tree), asked, folder.state.received)


def list_answers(
    folder: CampaignFolder, words: Words, blanks: Iterable[str], draw: Callable[[str], str], others: Mapping[str, int]
) -> contract.Answers:
    """Return all questions with their answers, in groups; `draw` returns the key of the code of an address.

    `others` counts the schools of the list whose staff are of another ministry, by their group.
    """
    known, faults, groups = read_known(folder, blanks), _faults_by_field(folder), []

    def answer(key: str, hint: str = "") -> contract.Answer:
        found = _answer(folder, key, known, faults, words)
        return replace(_with_trial(found, known, words, draw), hint=hint or found.hint)

    for group, members in questions(known.profile).items():
        if items := [answer(key) for key in members]:
            groups.append(contract.Group(id=group, label=words.say(f"group_{group}"), items=items))
    items = [answer(f"groups.{name}.{PORTAL}", words.say("hint_elsewhere", n=n)) for name, n in others.items()]
    if items:
        groups.insert(1, contract.Group(id="elsewhere", label=words.say("group_elsewhere"), items=items))
    return contract.Answers(groups=groups)


def _with_trial(answer: contract.Answer, known: Known, words: Words, draw: Callable[[str], str]) -> contract.Answer:
    """Return an answer, and how it is tried if it is a portal that nobody has compared."""
    key = answer.key
    if not (key.endswith(PORTAL) and answer.is_to_compare) or answer.faults or answer.refused is not None:
        return answer
    doubts = [show_fault(Fault(one.code, Place(field=key), one.values), words) for one in _doubts(key, known)]
    return replace(answer, trial=contract.Trial(code=f"picture/{draw(answer.value)}.png", doubts=doubts))


def shown_texts(folder: CampaignFolder, asked: Iterable[str], words: Words) -> dict[str, str]:
    """Return the texts of some facts as a person types them; empty where there is none."""
    known = read_known(folder)
    return {key: _value(key, known, words.lang)[0] for key in asked}


def keys_to_compare(known: Known) -> list[str]:
    """Return the questions whose answers nobody has compared with a notice yet, in the order of the page."""
    return [key for key in (*known.keys, *GROUP_PORTALS) if _is_to_compare(key, known)]


def _is_to_compare(key: str, known: Known) -> bool:
    """Tell whether an answer is a fact of the election that nobody compared, and that is not known officially."""
    value, profile = value_at(known.tree, key), known.profile
    fact = profile.facts.get(key)
    if value is None or key in known.compared or key.startswith(OF_PUBLISHER):
        return False
    if fact is None or not fact.is_printable:
        return True
    return read_fact(key, fact.value, profile) != read_fact(key, value, profile)


def _doubts(key: str, known: Known) -> list[BrokenRule]:
    """Return why a portal that was typed may be another address."""
    return find_doubts(str(value_at(known.tree, key)), known.profile.year)


def blank_keys(known: Known, among: Container[str]) -> list[str]:
    """Return the questions that have no answer, of those asked or of those proposed for, in the order of the page."""
    return [key for key in known.keys if key in among and _value(key, known, "fr")[1] == "blank"]


def describe_contents(folder: CampaignFolder, blanks: Iterable[str]) -> contract.Contents:
    """Return how many questions of the notice a campaign answers and lacks, and what of its publisher's it has."""
    known = read_known(folder, blanks)
    answered = {key for key in known.keys if _value(key, known, "fr")[1] != "blank"}
    notice = {key for key in known.keys if not key.startswith("publisher.")}
    return contract.Contents(
        answered=len(answered & notice),
        missing=len(known.needed & notice - answered),
        own=[key for key in ("publisher.color", "publisher.logo") if key in answered],
    )


def given_values(folder: CampaignFolder) -> dict[str, str]:
    """Return the answers of a campaign file, as texts to compare later ones with."""
    known = read_known(folder)
    return {key: str(value) for key in known.keys if (value := value_at(known.tree, key)) is not None}


def proposed_values(folder: CampaignFolder) -> dict[str, object]:
    """Return what an earlier election proposes for blank answers; nothing unless somebody asked for it."""
    if not folder.state.like:
        return {}
    known = read_known(folder)
    return {key: known.like[key] for key in blank_keys(known, known.like)}


def write_answer(folder: CampaignFolder, key: str, text: str, lang: Lang, reason: str = "") -> None:
    """Write what somebody typed into the campaign file, and with it other answers that were refused and fit now.

    An empty text leaves the fact blank. Steps are the sentences that the page offers in its language, one on each
    line. A `reason` says why an address may be printed although its site is not known.
    """
    _write_answer(folder, key, text, lang, reason)
    for other, refused in folder.state.refused.items():
        if not refused.code:
            with suppress(DataError):
                _write_answer(folder, other, refused.text, lang)


def _write_answer(folder: CampaignFolder, key: str, text: str, lang: Lang, reason: str = "") -> None:
    edited = _with_answer(folder, key, text, lang, reason)
    folder.set(refused=refused_but(folder, key))
    folder.write(folder.campaign.name, edited.encode())


def _with_answer(folder: CampaignFolder, key: str, text: str, lang: Lang, reason: str = "") -> str:
    """Return the text of the campaign with an answer in it; a reason makes an exception of an address."""
    before, file = folder.read_text() or "", folder.campaign.name
    tree, value = tomllib.loads(before), _parse(key, text, lang, folder.profile()) if text.strip() else None
    if key.startswith("links.") or key in GROUP_PORTALS:
        now = value_at(tree, key)
        left = [one for one in tree.get("allow", ()) if one.get("url") != now]
        added = [{"rule": "host", "url": value, "reason": reason}] if reason else []
        if left + added != tree.get("allow", []) and now != value:
            before = set_tables(before, "allow", left + added, file)
    if key in GROUP_PORTALS:  # the address of the others says that theirs is the same vote
        same = key.replace(PORTAL, "same_portal")
        before = remove_value(before, same, file)
        if value is not None and value == value_at(tree, PORTAL):
            return with_answers(folder.campaign, remove_value(before, key, file), {same: True})
    if value is not None:
        return with_answers(folder.campaign, before, {key: value})
    if key == "publisher.name":
        return with_answers(folder.campaign, before, {key: SAMPLE_NAME})
    return remove_value(before, key, file)


def refuse_answer(folder: CampaignFolder, key: str, text: str, faults: Iterable[Fault]) -> None:
    """Remember an answer that the campaign does not take, to be shown at its field; a secret is not kept."""
    code = next((fault.code for fault in faults if fault.code in _SECRETS), "")
    folder.note(refused={**folder.state.refused, key: Refusal("" if code else text, code)})


def refused_but(folder: CampaignFolder, *keys: str) -> dict[str, Refusal]:
    """Return the answers that were refused but for some, whose fields have again what the campaign has."""
    return {key: refused for key, refused in folder.state.refused.items() if key not in keys}


def find_refusal(folder: CampaignFolder, key: str, words: Words) -> contract.Refused | None:
    """Return what was typed in vain for a fact, and why; None if its field has what the campaign has."""
    refused = folder.state.refused.get(key)
    if refused is None:
        return None
    if refused.code:
        fault = show_fault(Fault(refused.code, Place(field=key)), words, profile=folder.profile())
        return contract.Refused(value=None, faults=[fault])
    try:
        _with_answer(folder, key, refused.text, words.lang)
    except DataError as error:
        found = [*error.faults]
        found = [fault for fault in found if fault.code != _OF_NOBODY] or found
        if any(fault.code == _OF_OTHER_YEAR for fault in found):  # which says how to mend the order, too
            found = [fault for fault in found if fault.code != _IN_NO_ORDER]
        faults = [show_refusal(fault, key, refused.text, words) for fault in found]
        return contract.Refused(value=refused.text, faults=faults)
    return None


def keep_like(folder: CampaignFolder, asked: Iterable[str]) -> None:
    """Write the values of the earlier election: somebody says that the notice has the same this year."""
    known, asked = read_known(folder), tuple(asked)
    folder.set(refused=refused_but(folder, *asked))
    folder.edit({key: known.like[key] for key in asked})
    compare(folder, [key for key in asked if not key.startswith(OF_PUBLISHER)])


def compare(folder: CampaignFolder, asked: Sequence[str]) -> None:
    """Write of some answers that somebody compared them with the notice today."""
    text = with_comparison(folder.campaign, folder.read_text() or "", asked, folder.environment.clock().date())
    folder.write(folder.campaign.name, text.encode())


def _parse(key: str, text: str, lang: Lang, profile: ElectionProfile | None) -> object:
    """Return what was typed as the campaign file has it: a choice by its name, a French day by its date."""
    if key == "steps":
        names = {capital(row.what[lang]): row.fr for row in step_rows().values()}
        return [names.get(line, line) for line in _lines(text)]
    if key == "vote.timezone":
        return _zones().get(text.strip(), text.strip())
    if is_sentence(key):
        return as_written(key, text)
    rows = field_rows(profile)
    example = rows[key].value if key in rows else ""
    if isinstance(example, list):
        return [parse_item(key, line) for line in _lines(text)]
    if key == "publisher.message.text":  # in the lines that its field has
        first, *others = [" ".join(line.split()) for line in _lines(text)]
        return "\n".join(filter(None, (first, *others[:1], " ".join(others[1:]))))
    text = " ".join(text.split())
    if _is_hour(key, profile):
        with suppress(PydanticCustomError):
            return f"{parse_hour(f'{text} h' if text.isdecimal() else text):%H:%M}"
    return parse_answer(key, text, profile) if key in rows else text


def _is_hour(key: str, profile: ElectionProfile | None) -> bool:
    """Tell whether an answer is an hour: as the profile says of its own facts, by the name of all others."""
    asked = profile.asks.get(key.removeprefix("facts.")) if profile is not None else None
    return asked.type == "hour" if asked is not None else key.endswith("_at")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _zones() -> dict[str, str]:
    """Return the time zones of those who vote, by the names of their places."""
    others = {one.name: one.timezone for one in load_academies().by_key.values() if one.timezone is not None}
    return {"Paris": "Europe/Paris", **others}


def _answer(
    folder: CampaignFolder, key: str, known: Known, faults: Mapping[str, list[Fault]], words: Words
) -> contract.Answer:
    row, lang = row_of(key, known.profile), words.lang
    value, origin, fact = _value(key, known, lang)
    choices = [*_zones()] if key == "vote.timezone" else []
    if key == "steps":
        choices = [capital(one.what[lang]) for one in step_rows().values()]
    like = known.like.get(key) if origin == "blank" else None
    same = contract.Like(value=_shown(key, like, lang, known), election=known.earlier) if like is not None else None
    day, by = known.compared.get(key), value_at(known.tree, "publisher.compared_by")
    said = "compared_by" if by else "compared_on"
    compared = words.say(said, day=format_day(day, lang), by=by) if day is not None else ""
    return contract.Answer(
        key=key,
        label=label(key, words, known.profile),
        hint=_hint(key, row, words),
        kind=_kind(key, row, known),
        value=value,
        choices=choices,
        origin=origin,
        source=_source(fact, words) if fact is not None else compared,
        is_to_compare=_is_to_compare(key, known),
        officially=_official(key, known, words),
        official=_value(key, replace(known, tree={}), lang)[0],
        is_official=key == PORTAL and is_government(value) and not _doubts(key, known),
        like=same,
        example=words.text(f"example_{key}") or _shown(key, row.value, lang, known).strip("…"),
        required=key in known.asked,
        is_legal=key in LEGAL,
        faults=[show_fault(fault, words, profile=known.profile) for fault in faults.get(key, ())],
        refused=find_refusal(folder, key, words),
    )


def _value(key: str, known: Known, lang: Lang) -> tuple[str, contract.Origin, Fact | None]:
    """Return the text of an answer, where it comes from, and the official fact if it is one."""
    here = value_at(known.tree, key)
    if key in GROUP_PORTALS and value_at(known.tree, key.replace(PORTAL, "same_portal")):
        here = value_at(known.tree, PORTAL)
    if here is not None and not (key == "publisher.name" and here == SAMPLE_NAME):
        given: contract.Origin = "received" if known.received.get(key) == str(here) else "typed"
        return _shown(key, here, lang, known), "compared" if key in known.compared else given, None
    fact = known.profile.facts.get(key)
    if fact is not None and fact.is_printable:
        return _shown(key, fact.value, lang, known), "official", fact
    return "", "blank", None


def _shown(key: str, value: object, lang: Lang, known: Known) -> str:
    """Return a value as a person types it; steps as sentences, one on each line."""
    if key == "rounds" and isinstance(read := (read_fact(key, value) or ("",))[-1], tuple):
        return "\n".join(in_words(one, lang) for one in read)
    if isinstance(value, list | tuple):
        return "\n".join(_sentence(one, lang) if key == "steps" else str(one) for one in value)
    if isinstance(value, time):
        return format_hour(f"{value:%H:%M}", lang)
    if _is_hour(key, known.profile):
        return format_hour(str(value), lang)
    if key == "vote.timezone":
        return next((name for name, zone in _zones().items() if zone == value), str(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _sentence(step: object, lang: Lang) -> str:
    """Return what a step says, by its name or id; of one of somebody's own, its title."""
    if isinstance(step, Mapping):
        return str(step.get("title", ""))
    row = step_rows().get(step_id(str(step)))
    return capital(row.what[lang]) if row is not None else str(step)


def _hint(key: str, row: FieldRow, words: Words) -> str:
    """Return what an answer is for, or where it stands on the notice, if it stands there."""
    if own := words.text(f"hint_{key}"):
        return own
    where = french_spacing(row.where["fr"]) if words.lang == "fr" else row.where["en"]
    if row.is_on_notice:
        return words.say("on_the_paper" if key.startswith("facts.") else "on_the_notice", where=where)
    return capital(where.partition(":")[2].strip())


def _kind(key: str, row: FieldRow, known: Known) -> contract.AnswerKind:
    own: dict[str, contract.AnswerKind] = {"publisher.color": "color", "publisher.logo": "picture", "steps": "steps"}
    if key in own:
        return own[key]
    if isinstance(row.value, list):
        return "lines"
    if isinstance(row.value, date):
        return "day"
    if _is_hour(key, known.profile):
        return "time"
    if isinstance(row.value, int):
        return "number"
    return "choice" if key == "vote.timezone" else "address" if "links." in key else "text"


def _source(fact: Fact, words: Words) -> str:
    source = source_name(fact.source)
    return words.say("source_of", source=source, day=format_day(fact.read_on, words.lang)) if source else ""


def _official(key: str, known: Known, words: Words) -> str:
    """Return what is known officially, with its source, where the campaign says something else; empty otherwise."""
    value, fact = value_at(known.tree, key), known.profile.facts.get(key)
    if value is None or fact is None or not fact.is_printable or not key.startswith("vote."):
        return ""
    if read_fact(key, fact.value) == read_fact(key, value):
        return ""
    lang = words.lang
    shown = format_day(fact.value, lang) if isinstance(fact.value, date) else _shown(key, fact.value, lang, known)
    return words.say("officially", value=shown, source=_source(fact, words))


def source_name(source: str) -> str:
    """Return the site that a fact was read on; empty for a source in words, which are not in the page's language."""
    return urlsplit(source).hostname or ""


def _faults_by_field(folder: CampaignFolder) -> dict[str, list[Fault]]:
    found = find_faults(folder.campaign, folder.read_text() or "")
    shown = (fault for fault in found if fault.severity == "error" or fault.code in _DOUBTS)
    asked = (fault for fault in shown if fault.code not in UNFINISHED)  # for those the page asks
    return grouped((field, fault) for fault in asked if (field := fault.place.field))
