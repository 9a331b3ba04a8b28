"""Answer the questions of « L'élection »: what is known officially, what was typed, what stays blank.

A proposal from an earlier election is shown beside a blank answer. It comes into the campaign only when somebody says
that it is the same this year.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from urllib.parse import urlsplit

from msgspec import Struct

from leaflet.campaign.answers import parse_answer, with_answers
from leaflet.campaign.editing import remove_value
from leaflet.campaign.election import ElectionProfile, load_profile
from leaflet.campaign.fact import Fact
from leaflet.campaign.fields import SAMPLE_NAME, FieldRow, field_rows
from leaflet.campaign.load import find_errors, read_profile
from leaflet.campaign.source import read_campaign
from leaflet.campaign.starter import alike_facts
from leaflet.faults import Fault, Lang, Report
from leaflet.page_words import Words
from leaflet.resources import find_resources
from leaflet.step_names import step_id, step_rows
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.questions import GROUPS, LEGAL, REQUIRED, keys
from leaflet.studio.shown import show_fault
from leaflet.typography import french_spacing

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_HOUR = re.compile(r"(\d{1,2})\s*h\s*(\d{2})?")
_KINDS = {"publisher.color": "color", "publisher.logo": "picture", "steps": "steps"}


class Known(Struct, frozen=True):
    """The answers of a campaign, and where each of them may come from.

    Args:
        tree: the campaign file as TOML.
        profile: the facts of its election.
        like: facts of an earlier election that may be the same again.
        earlier: the name of that election; empty for none.
        needed: what must be answered before anything is made.
        kept: what somebody compared with the notice, and found the same.
        asked: that, and what the law demands.
    """

    tree: Mapping[str, object]
    profile: ElectionProfile
    like: Mapping[str, object]
    earlier: str
    needed: frozenset[str]
    kept: frozenset[str]
    asked: frozenset[str]


def read_known(folder: CampaignFolder, blanks: Iterable[str] = ()) -> Known:
    """Read what is known of the answers of a folder's campaign.

    Args:
        folder: of the campaign.
        blanks: the facts that its documents print and nobody gave.

    Raises:
        DataError: the campaign file is no TOML, or names no election that is known.
    """
    text, earlier = read_campaign(folder.campaign, Report()), folder.state.like
    profile = read_profile(text, find_resources(folder.path), Report())
    like = dict(alike_facts(load_profile(earlier))) if earlier else {}
    needed = REQUIRED.union(blanks)
    asked = needed | LEGAL if folder.state.kind == "leaflets" else needed
    return Known(text.tree, profile, like, earlier, needed, frozenset(folder.state.kept), asked)


def list_answers(folder: CampaignFolder, words: Words, blanks: Iterable[str]) -> dict[str, object]:
    """Return all questions with their answers, in groups."""
    known, faults = read_known(folder, blanks), _faults_by_field(folder)
    groups = [
        {
            "id": group,
            "label": words.say(f"group_{group}"),
            "items": [_answer(key, known, faults, words) for key in members],
        }
        for group, members in GROUPS.items()
    ]
    return {"groups": groups}


def find_answer(folder: CampaignFolder, key: str, words: Words, blanks: Iterable[str] = ()) -> dict[str, object]:
    """Return one question with its answer."""
    return _answer(key, read_known(folder, blanks), _faults_by_field(folder), words)


def shown_texts(folder: CampaignFolder, asked: Iterable[str], words: Words) -> dict[str, str]:
    """Return the texts of some facts as a person types them; empty where there is none."""
    known = read_known(folder)
    return {key: _value(key, known, words.lang)[0] for key in asked}


def missing_keys(known: Known) -> list[str]:
    """Return the questions that are to be answered and are not, in the order of the page."""
    return [key for key in keys() if key in known.asked and _value(key, known, "fr")[1] == "blank"]


def proposed_keys(known: Known) -> list[str]:
    """Return the questions that an earlier election proposes an answer for, in the order of the page."""
    return [key for key in keys() if key in known.like and _value(key, known, "fr")[1] == "blank"]


def count_to_compare(proposed: Sequence[str]) -> int:
    """Return how many answers the page has to compare: days and hours of the vote are one line there."""
    days = [key for key in proposed if key in GROUPS["days"]]
    return len(proposed) - len(days[1:])


def describe_contents(folder: CampaignFolder, blanks: Iterable[str]) -> dict[str, object]:
    """Return how many questions of the notice a campaign answers and lacks, and what of its publisher's it has."""
    known = read_known(folder, blanks)
    answered = {key for key in keys() if _value(key, known, "fr")[1] != "blank"}
    notice = {key for key in keys() if not key.startswith("publisher.")}
    own = ("publisher.color", "publisher.logo", "publisher.message.text")
    return {
        "answered": len(answered & notice),
        "missing": len(known.needed & notice - answered),
        "own": [key for key in own if key in answered],
    }


def proposed_values(folder: CampaignFolder) -> dict[str, object]:
    """Return what an earlier election proposes for blank answers; nothing unless somebody asked for it."""
    if not folder.state.like:
        return {}
    known = read_known(folder)
    return {key: known.like[key] for key in proposed_keys(known)}


def write_answer(folder: CampaignFolder, key: str, text: str, lang: Lang) -> None:
    """Write what somebody typed into the campaign file; an empty text leaves the fact blank.

    Args:
        folder: of the campaign.
        key: the fact.
        text: what was typed; steps are the sentences that the page offers, one on each line.
        lang: the language of these sentences.

    Raises:
        DataError: it breaks a rule of campaign files; the file is then as it was.
    """
    before, known = folder.read_text() or "", read_known(folder)
    is_kept = _value(key, known, lang)[:2] == (text.strip(), "like")
    folder.set(kept=tuple(sorted(known.kept - {key} | ({key} if is_kept else set()))))
    if not text.strip():
        if key == "publisher.name":
            edited = with_answers(folder.campaign, before, {key: SAMPLE_NAME})
        else:
            edited = remove_value(before, key, folder.campaign.name)
    else:
        edited = with_answers(folder.campaign, before, {key: _parse(key, text.strip(), lang)})
    folder.write(folder.campaign.name, edited.encode())


def keep_like(folder: CampaignFolder, asked: Iterable[str]) -> None:
    """Write the values of the earlier election: somebody says that they are the same this year.

    Raises:
        DataError: it breaks a rule of campaign files; the file is then as it was.
    """
    known, asked = read_known(folder), tuple(asked)
    folder.set(kept=tuple(sorted(known.kept.union(asked))))
    text = with_answers(folder.campaign, folder.read_text() or "", {key: known.like[key] for key in asked})
    folder.write(folder.campaign.name, text.encode())


def _parse(key: str, text: str, lang: Lang) -> object:
    """Return what was typed as the campaign file has it; a step by its name, any other line as it stands."""
    if key.endswith("_at") and (found := _HOUR.fullmatch(text)):
        return f"{int(found[1]):02}:{found[2] or '00'}"
    if key != "steps":
        return parse_answer(key, text)
    names = {_capital(row.what[lang]): row.fr for row in step_rows().values()}
    return [names.get(line.strip(), line.strip()) for line in text.splitlines() if line.strip()]


def _answer(key: str, known: Known, faults: Mapping[str, list[Fault]], words: Words) -> dict[str, object]:
    row = field_rows()[key]
    value, origin, fact = _value(key, known, words.lang)
    like = known.like.get(key) if origin == "blank" else None
    return {
        "key": key,
        "label": label(key, words),
        "hint": _hint(key, row, words),
        "kind": _kind(key, row),
        "value": value,
        "choices": [_capital(row.what[words.lang]) for row in step_rows().values()] if key == "steps" else [],
        "origin": origin,
        "source": _source(fact, words) if fact is not None else "",
        "like": {"value": _shown(key, like, words.lang), "election": known.earlier} if like is not None else None,
        "example": words.texts.get(f"example_{key}") or _shown(key, row.value, words.lang),
        "required": key in known.asked,
        "isLegal": key in LEGAL,
        "faults": [show_fault(fault, words) for fault in faults.get(key, ())],
    }


def _value(key: str, known: Known, lang: Lang) -> tuple[str, str, Fact | None]:
    """Return the text of an answer, where it comes from, and the official fact if it is one."""
    here: object = known.tree
    for name in key.split("."):
        here = here.get(name) if isinstance(here, Mapping) else None
    if here is not None and not (key == "publisher.name" and here == SAMPLE_NAME):
        return _shown(key, here, lang), "kept" if key in known.kept else "typed", None
    fact = known.profile.facts.get(key)
    if fact is not None and fact.is_printable:
        return _shown(key, fact.value, lang), "official", fact
    return "", "blank", None


def _shown(key: str, value: object, lang: Lang) -> str:
    """Return a value as a person types it; steps as sentences, one on each line."""
    if key == "steps" and isinstance(value, list | tuple):
        return "\n".join(_sentence(step, lang) for step in value)
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    if isinstance(value, time):
        return _hour(f"{value:%H:%M}", lang)
    if key.endswith("_at"):
        return _hour(str(value), lang)
    return value.isoformat() if isinstance(value, date) else str(value)


def _hour(text: str, lang: Lang) -> str:
    """Return a time of day as one says it: « 8 h 00 »."""
    found = _CLOCK.fullmatch(text)
    return f"{int(found[1])}\u00a0h\u00a0{found[2]}" if found and lang == "fr" else text


def _sentence(step: object, lang: Lang) -> str:
    """Return what a step says, by its name or id; of one of somebody's own, its title."""
    if isinstance(step, Mapping):
        return str(step.get("title", ""))
    row = step_rows().get(step_id(str(step)))
    return _capital(row.what[lang]) if row is not None else str(step)


def label(key: str, words: Words) -> str:
    """Return the name of a fact, as the page shows it."""
    own = f"label_{key}"
    return words.say(own) if own in words.texts else _capital(field_rows()[key].what[words.lang])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _hint(key: str, row: FieldRow, words: Words) -> str:
    """Return what an answer is for, or where it stands on the notice, if it stands there."""
    if (own := f"hint_{key}") in words.texts:
        return words.say(own)
    where = french_spacing(row.where["fr"]) if words.lang == "fr" else row.where["en"]
    elsewhere = where.removeprefix("pas sur la notice").removeprefix("not on the notice")
    if elsewhere != where:
        return _capital(elsewhere.lstrip(" :\u00a0\u202f;,"))
    return words.say("on_the_notice", where=where)


def _kind(key: str, row: FieldRow) -> str:
    if key in _KINDS:
        return _KINDS[key]
    value = row.value
    if isinstance(value, list):
        return "lines"
    if isinstance(value, date):
        return "day"
    if key.endswith("_at"):
        return "time"
    return "address" if key.startswith("links.") else "text"


def _source(fact: Fact, words: Words) -> str:
    source = source_name(fact.source)
    return words.say("source_of", source=source, day=words.day(fact.read_on)) if source else ""


def source_name(source: str) -> str:
    """Return the site that a fact was read on; empty for a source in words, which are not in the page's language."""
    return urlsplit(source).hostname or ""


def _faults_by_field(folder: CampaignFolder) -> dict[str, list[Fault]]:
    found: dict[str, list[Fault]] = {}
    for fault in find_errors(folder.campaign, folder.read_text() or ""):
        if fault.place.field:
            found.setdefault(fault.place.field, []).append(fault)
    return found
