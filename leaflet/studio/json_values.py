"""Say a fault as the page shows it: what is wrong, what to do in this window, and where.

Messages of the catalogue are for people who write a campaign file or type commands. Where they say how, the window
has words of its own: ``fault_CODE`` in ``assets/studio/words.toml`` for what is wrong, ``way_CODE`` for what to do.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TypeAlias

from msgspec import UNSET
from msgspec.structs import replace

from leaflet.campaign.academies import load_academies
from leaflet.campaign.election import ElectionProfile
from leaflet.campaign.facts import row_of
from leaflet.campaign.links import check_link, is_government, is_one_slip, is_under, registrable_domain
from leaflet.campaign.load import PORTAL
from leaflet.faults import Fault, Lang, Place, Report, show_value
from leaflet.files.words import Words
from leaflet.markup.blanks import NO_CODE, OTHER_PORTAL
from leaflet.markup.groups import group_rows, group_values
from leaflet.markup.html_page import format_day, format_hour
from leaflet.markup.jinja_filters import capital
from leaflet.production.printed_facts import MADE_AS_DRAFTS, NOT_COMPARED
from leaflet.program import assets
from leaflet.studio import contract
from leaflet.studio.contract import At, Room, Way
from leaflet.studio.free_space import describe
from leaflet.studio.sentences import is_sentence
from leaflet.tables.column_names import FIELD_NAMES
from leaflet.tables.table import column_letters

_Profile: TypeAlias = ElectionProfile | None  # which may have facts of its own
_QUESTIONS = assets() / "questions.toml"
GROUPS: Mapping[str, Sequence[str]] = tomllib.loads(_QUESTIONS.read_text("utf-8"))  # of « L'élection »
GROUP_PORTALS = {f"groups.{name}.{PORTAL}": name for name in group_rows()}  # asked for if the list has such schools
GIVEN = "given."  # before the key of an address of a mailbox that somebody types
REQUIRED = frozenset({"publisher.name", PORTAL, "vote.opens_on", "vote.closes_on"})
LEGAL = frozenset({"publisher.address"})  # the law demands it on a leaflet, which is made without it all the same

_BESIDE_A_SIGN = re.compile(r"(?<=[./:?&=_-])\s+|\s+(?=[./:?&=_-])")  # between two words one sign may be missing
_UNSAID = (time(), time(23, 59))  # the hour of a day without one
_OF_ROWS = frozenset({"P404", "P407"})  # faults that are mended in the rows they are about
_OTHER_LISTS = {  # by a field that the other one lacks: what it is, and where it is wanted
    "town": ("list_of_people", "cards", At(station="cards", part="names")),
    "first_name": ("list_of_schools", "leaflets", At(station="list", part="file")),
}
# What is probably meant where these faults are, filled with their values; somebody looks at it and presses a button.
MEANT = {"T303": "{proposal}", "T304": "{digits}{expected}", "T313": "{proposal}"}
PASTED = ("personnels-colles.csv", "liste-collee.tsv")  # what pasted names and pasted lists are kept as
_UNTITLED = re.compile(r"(?P<of>(?i:colonne|column)(?: privée)? )?[«“]\s?#(?P<nth>\d+)\s?[»”]")
_CODE_POINTS = re.compile(r"\s?\((?:U\+[\dA-F]{4,6}(?:, )?)+\)|(?<=\()(?:U\+[\dA-F]{4,6}, )+")
_KEPT = "C247"  # the fault of names that were to be deleted
OF_FACTS = frozenset({NOT_COMPARED, MADE_AS_DRAFTS})  # faults about facts that nobody has compared with a notice


def questions(profile: ElectionProfile) -> Mapping[str, Sequence[str]]:
    """Return the questions of an election by their groups, with those of votes of its kind and of its profile."""
    return {**GROUPS, "own": profile.asked if profile.academies else ("rounds", *profile.asked)}


def is_asked(key: str, profile: _Profile) -> bool:
    """Tell whether a fact is a question of « L'élection »."""
    return key in GROUP_PORTALS or any(key in keys for keys in (questions(profile) if profile else GROUPS).values())


def show_fault(
    fault: Fault, words: Words, room: Room | None = None, *, profile: _Profile = None, of_cards: bool = False
) -> contract.Fault:
    """Return a fault, with the way to its place in the window, if it has one there.

    Of a full disk the `room` is said; `of_cards` are those whose words are known; a `profile` names its own facts.
    """
    lang, at, key = words.lang, find_place(fault, profile), _own_text(fault, words)
    of_mailbox = (fault.place.field or "").startswith(("academies.", GIVEN))
    values = {"left": describe(room, words) if room is not None else "", **said_values(fault, words, profile)}
    values["dated"] = words.say("dated_in", year=values["year"]) if "year" in values else words.say("not_dated")
    values["original"] = words.say("original_mailbox" if of_mailbox else "original_portal")
    if "document" in values:
        template = values.get("template", values["document"])
        values["document"] = words.text(f"document_{template}", values["document"])
    for name in {"seen", "instead"} & values.keys():  # an address as one types it
        values[name] = values[name].removeprefix("https://").rstrip("/")
    way = f"way_{key.partition('_')[2] or fault.code}"
    ways = [Way(text=words.say(way, **values))] if way in words.texts else [] if key else ways_out(fault, lang)
    if key == "fault_login_rule" and of_cards:
        key = "fault_login_rule_cards"
    if "login" in fault.values:  # the message of an académie names its rule for user names
        setting = f"{fault.values['key']}.login_rule"
        ways.append(Way(text=words.say("decline_login_rule"), call="declineAddress", args={"key": setting}))
    if fault.code == "W203":
        ways.append(Way(text=words.say("take_over"), call="take"))
    if at is not None:
        place = "addresses" if at.part == "addresses" else at.station
        own = f"go_{at.field}"
        named = name_facts([at.field], words, profile) if at.station == "election" and at.field else ""
        text = words.say("go_question", what=named) if named else words.say(f"go_{place}")
        ways.append(Way(text=words.say(own) if own in words.texts else text, at=at))
    return contract.Fault(
        code=fault.code,
        severity=fault.severity,
        text=name_sheet(fault, words.say(key, **values) if key else _with_labels(fault, words).reason(lang), words),
        ways=ways,
        at=at if at is not None else UNSET,
        room=room if room is not None else UNSET,
    )


def _with_labels(fault: Fault, words: Words) -> Fault:
    """Return a fault that calls documents by their names in the window."""
    templates = str(fault.values.get("template") or fault.values.get("templates") or "")
    if not templates:
        return fault
    labels = [words.text(f"document_{name}", name) for name in templates.split(", ")]
    return replace(fault, values={**fault.values, **dict.fromkeys(("document", "known"), ", ".join(labels))})


def show_refusal(fault: Fault, key: str, text: str, words: Words) -> contract.Fault:
    """Return a fault of an answer as its field shows it, with what can be done there at once."""
    shown = show_fault(fault, words)
    elsewhere = [way for way in shown.ways if not way.at or (way.at.field and way.at.field != key)]
    args = {"key": key, "value": text}
    meant = filter(_may_be_meant, _proposals(fault, text))
    here = [Way(text=words.say("put", value=one), call="answer", args={**args, "value": one}) for one in meant]
    if fault.code == "L110" and key.startswith("links."):
        asks = contract.Question(key="reason", label=words.say("allow_reason"), hint=words.say("allow_reason_hint"))
        here.append(Way(text=words.say("allow"), call="answer", args=args, asks=asks))
    return replace(shown, ways=[*elsewhere, *here])


def _proposals(fault: Fault, text: str) -> Iterator[str]:
    """Yield the address that may be meant by one that was typed."""
    if fault.code == "L101" and "." in text and "/" not in text.partition(".")[0]:
        yield f"https://{text.rstrip('.')}"
    if fault.code == "L102" and " " not in (joined := _BESIDE_A_SIGN.sub("", text.strip())) != text:
        yield joined
    if fault.code == "L103":
        yield text.replace("http://", "https://", 1)
    if fault.code == "L106":
        host = str(fault.values["host"])
        yield text.replace(f"{host}:{fault.values['port']}", host, 1)
    if fault.code == "L109" and (host := str(fault.values["host"])).endswith("."):
        yield text.replace(host, host.rstrip("."), 1)
    if fault.code == "L110" and is_government(f"https://{(cut := str(fault.values['host']))}.fr"):
        yield text.replace(cut, f"{cut}.fr", 1)
    if fault.code == "L118":
        host, meant = str(fault.values["host"]), str(fault.values["meant"])
        yield text.replace(host if is_one_slip(host, meant) else registrable_domain(host), meant, 1)


def _may_be_meant(url: str) -> bool:
    """Tell whether an address would not be refused itself, unless for a site that nobody knows."""
    report = Report()
    check_link(url, place=Place(), report=report, academy_domains=load_academies().domains)
    return {fault.code for fault in report.errors} <= {"L110"}


def accept_way(keys: Sequence[str], words: Words) -> Way:
    """Return the way out of findings that are right as they are."""
    return Way(text=words.say("accept"), call="accept", args={"ids": keys})


def is_of_login_rule(fault: Fault) -> bool:
    """Tell whether a fault is of how user names are made, which nobody can try."""
    return (fault.place.field or "").endswith(".login_rule")


def is_full(fault: Fault) -> bool:
    """Tell whether something could not be written because the disk is full."""
    return fault.cause == "disk full" and fault.code in ("W101", "W202")


def said_values(fault: Fault, words: Words, profile: _Profile = None) -> dict[str, str]:
    """Return the values of a message as one says them: days, hours and the fields of lists in the page's language."""
    values = {"row_of_titles": str(fault.place.list_row or "")}
    for name, value in fault.values.items():
        if not isinstance(value, date):
            values[name] = show_value(name, value, words.lang)
            continue
        values[name] = day = format_day(value, words.lang)
        if isinstance(value, datetime) and value.time() not in _UNSAID:
            values[name] = words.say("moment", day=day, hour=format_hour(f"{value:%H:%M}", words.lang))
    if fault.code == "L110":
        values["academie"] = _academie_of(str(fault.values["host"]))
    if fault.code in OF_FACTS:
        values["known"] = name_facts(values["known"].split(", "), words, profile)
    field = FIELD_NAMES.get(values.get("field", ""))
    return {**values, "field": field[words.lang]} if field is not None else values


def name_facts(keys: Iterable[str], words: Words, profile: _Profile) -> str:
    """Return the names of facts as a list in a sentence."""
    names = (label(key, words, profile) for key in keys)
    return ", ".join(f"{name[:1].lower()}{name[1:]}" for name in names)


def label(key: str, words: Words, profile: _Profile) -> str:
    """Return the name of a fact, as the page shows it."""
    if key in GROUP_PORTALS:
        return words.say("label_elsewhere", **group_values(GROUP_PORTALS[key]))
    return words.text(f"label_{key}") or capital(row_of(key, profile).what[words.lang])


def _own_text(fault: Fault, words: Words) -> str:
    """Return the text that the window has of its own for a fault; empty if it says what the catalogue says.

    What the system says of a disk is in English, and is no news for somebody with a window.
    """
    if fault.code in ("C220", "C221") and is_of_login_rule(fault):
        return "fault_login_rule"
    if fault.code == "L110" and _academie_of(str(fault.values["host"])):
        return "fault_L110_academie"
    if fault.code == "L109" and str(fault.values["host"]).endswith("."):
        return "fault_L109_dot"
    if is_full(fault):
        return f"fault_full_{fault.code}"
    if fault.cause == "not permitted" and fault.code in ("W101", "W202"):
        return "fault_protected"
    of_person = f"fault_{fault.code}_person" if fault.place.person is not None else ""
    return next((key for key in (of_person, f"fault_{fault.code}", key_of_list(fault)) if key in words.texts), "")


def key_of_list(fault: Fault) -> str:
    """Return the key of the text for a fault of a list; of its own if schools are where people are asked for.

    Nobody knows the file of cells that were pasted.
    """
    if fault.code == "T206" and (fault.place.file or "").startswith(tuple(Path(name).stem for name in PASTED)):
        return "list_of_secrets_pasted"
    if fault.values.get("of_people") and not fault.values["is_other"]:
        return "list_without_school" if fault.values["field"] == "uai" else "list_without_names"
    return _OTHER_LISTS[str(fault.values["field"])][0] if is_of_other_list(fault) else f"list_{fault.code}"


def is_of_other_list(fault: Fault) -> bool:
    """Tell whether a fault says that a list is one of people where schools are asked for, or the other way round."""
    return bool(fault.values.get("is_other")) and fault.values.get("field") in _OTHER_LISTS


def door_ways(fault: Fault, words: Words) -> list[Way]:
    """Return the way to where a list is wanted that was given where one of the other kind is asked for."""
    if not is_of_other_list(fault):
        return []
    _, kind, at = _OTHER_LISTS[str(fault.values["field"])]
    return [Way(text=words.say(f"to_{kind}"), call="openBeside", args={"kind": kind}, at=at)]


def _academie_of(host: str) -> str:
    """Return the title of the académie that a site is of; empty for any other site."""
    known = load_academies().by_key.values()
    return next((one.title for one in known if one.domain and is_under(host, [one.domain])), "")


def ways_out(fault: Fault, lang: Lang) -> list[Way]:
    """Return the way out of the catalogue, unless it is something to type into a file or a terminal."""
    return [Way(text=fault.way_out(lang))] if fault.entry.audience == "anyone" else []


def on_sheet(fault: Fault, sheet: str) -> Fault:
    """Return a fault of a whole list as that of one of its sheets; `name_sheet` says of which."""
    return replace(fault, values={**fault.values, "on_sheet": sheet}) if sheet else fault


def name_sheet(fault: Fault, text: str, words: Words) -> str:
    """Return the text of a fault with the sheet that it is of, if several are read, and without code points."""
    sheet, typed = fault.values.get("on_sheet"), str(fault.values.get("value"))
    text = _CODE_POINTS.sub("", text if typed.startswith("#") else name_columns(text, words))  # a colour is no column
    return f"{text} {words.say('on_sheet', sheet=sheet)}" if sheet else text


def name_columns(text: str, words: Words) -> str:
    """Return a text that calls columns whose titles are not repeated by their letters."""

    def name(found: re.Match[str]) -> str:
        column = column_letters(int(found["nth"]) - 1)
        said = f"{found['of']}{column}" if found["of"] else words.say("nth_column", column=column)
        return said if found.start() else capital(said)

    return _UNTITLED.sub(name, text)


def find_place(fault: Fault, profile: _Profile = None) -> At | None:
    """Return the station, and the field or line, where a fault is mended; None if it is in no station."""
    field = (fault.place.field or "").partition("[")[0]  # of a line of an answer, the answer
    if fault.family in ("usage", "writing") or is_of_login_rule(fault) or field.startswith(GIVEN):
        return None
    if fault.place.person is not None or fault.values.get("of_people") or fault.code == _KEPT:
        return At(station="cards", part="names")
    line = fault.place.list_row or UNSET
    is_of_a_name = fault.code == "G101" and fault.place.key and fault.place.source is None
    if fault.family == "tables" or is_of_a_name:
        return At(station="list", part="rows" if line else "columns", line=line)
    if (fault.family == "fit" and field) or is_sentence(field):
        return At(station="pages", field=field)
    if fault.code in (OTHER_PORTAL, NO_CODE):
        return At(station="list", part="rows", show="elsewhere")
    if fault.code in _OF_ROWS:
        return At(station="list", part="rows", line=line if fault.family == "press" else UNSET)
    if is_asked(field, profile):
        return At(station="election", field=field)
    if fault.code in OF_FACTS:
        first = next((one for one in str(fault.values["known"]).split(", ") if is_asked(one, profile)), UNSET)
        return At(station="election", field=first)
    if field.startswith("academies.") or fault.code in ("C165", "C166"):
        return At(station="list", part="addresses")
    if field.startswith(("data.", "columns.")):
        return At(station="list", part="columns")
    return At(station="election" if fault.family in ("campaign", "addresses") else "pages")
