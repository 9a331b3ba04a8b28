"""Check the campaign for « Vérifier »: what must be mended, what is to be looked at, and what was found right."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from msgspec.structs import asdict, replace

from leaflet.campaign import load_academies
from leaflet.confidential import hide_secrets
from leaflet.faults import Fault, join_faults
from leaflet.files.words import Words
from leaflet.markup.blanks import OTHER_PORTAL
from leaflet.markup.jinja_filters import capital
from leaflet.production.build_options import InputOptions
from leaflet.production.campaign_check import CheckResult, check_campaign
from leaflet.production.materials import Materials
from leaflet.production.outcome import RowCounts
from leaflet.studio import contract
from leaflet.studio.contract import At, Way
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.json_values import OF_FACTS, accept_way, show_fault
from leaflet.studio.list_view import ShownList
from leaflet.studio.page_pictures import HELP, LOGIN, MAILBOX
from leaflet.studio.people import MOST_NAMED, say_whose
from leaflet.studio.row_states import OTHER_TWICE as TWICE
from leaflet.tables.rows import NOT_READ
from leaflet.text import grouped

_F = TypeVar("_F", bound=contract.Finding)
_MOST_LINES = 200  # of one finding
_MOST_APART = 3  # académies that are told one by one
_PART = re.compile(r"\s?[;:] ")  # what comes between what many have in common and the others
_SENTENCE = re.compile(r"\. |(?<=[?!]) ")  # what comes between the first sentence and the others


def verify(folder: CampaignFolder) -> CheckResult:
    """Check the campaign, its lists and every record, without writing anything."""
    options = InputOptions(campaign=folder.campaign, out=folder.outputs.files)
    return check_campaign(options, day=folder.environment.clock().date())


def describe(result: CheckResult, schools: ShownList) -> contract.Findings:
    """Return what the page shows of a check, with findings grouped by kind and place."""
    found = map(hide_secrets, schools.own_faults(result.faults))
    faults = [fault for fault in found if fault.severity != "note" and fault.code not in NOT_READ]
    accepted = schools.folder.state.accepted
    by_place: dict[tuple[object, ...], list[Fault]] = {}
    academies = Counter(fault.code for fault in faults if fault.entry.at_check and finding_key(fault) not in accepted)
    for fault in faults:
        place = fault.place
        key: tuple[object, ...] = fault.code, place.file, place.field if place.record is None else _cause(fault)
        if academies[fault.code] > _MOST_APART and finding_key(fault) not in accepted:
            key = (fault.code,)
        by_place.setdefault(key, []).append(fault)
    groups, materials = _errors_first(by_place), result.materials
    shown = ((_of_people(_finding(group, schools), group, schools), group[0]) for group in groups)
    findings = [replace(finding, **_of_academie(fault, materials)) for finding, fault in shown]
    return contract.Findings(
        findings=[one for one in findings if one.id not in accepted],
        accepted=[contract.Titled(id=one.id, title=one.title) for one in findings if one.id in accepted],
        passed=_passed(result, schools.words),
        counts=_count(faults, result.counts) if result.counts else None,
    )


def _count(faults: Sequence[Fault], counts: RowCounts) -> contract.CheckCounts:
    """Return how many schools are ready, stand on rows which differ, or on other rows that have errors."""
    twice = [fault.values for fault in faults if fault.code == TWICE]
    rows = {str(values[name]) for values in twice for name in ("first", "line")}
    elsewhere = len({fault.place.key for fault in faults if fault.code == OTHER_PORTAL})
    return contract.CheckCounts(
        ready=counts.ready,
        mend=counts.refused - len(rows) - elsewhere,
        twice=len({values["uai"] for values in twice}),
        look=counts.warned,
    )


def describe_made(faults: Iterable[Fault], schools: ShownList) -> list[contract.Note]:
    """Return what the page shows of the faults of something that was made: one note for each cause, errors first."""
    told = map(hide_secrets, schools.numbered(faults))
    found = {(fault.place, fault.reason("en")): fault for fault in told}  # once for all outputs
    by_cause = grouped(((fault.code, _cause(fault)), fault) for fault in found.values())
    return [_note(group, schools) for group in _errors_first(by_cause)]


def _note(faults: Sequence[Fault], schools: ShownList) -> contract.Note:
    note, code, words = _finding(faults, schools), faults[0].code, schools.words
    ways = [way for way in note.ways if way.call != "accept"]
    if faults[0].severity == "warning" and code not in OF_FACTS:
        ways.append(accept_way([*dict.fromkeys(map(finding_key, faults))], words))
    if len(faults) > 1:
        key = f"group_{code}"
        title = words.say(key, n=len(faults)) if key in words.texts else note.title
        note = replace(note, title=title, why="", text=f"{title}.")
    is_same = len({fault.reason("en") for fault in faults}) == 1
    which = [_whose(fault, schools, is_same=is_same) for fault in faults[:_MOST_LINES]]
    note = contract.Note(**{**asdict(note), "ways": ways, "count": len(faults), "which": which})
    return replace(_of_people(note, faults, schools), title=note.title)


def _of_people(note: _F, faults: Sequence[Fault], schools: ShownList) -> _F:
    """Return a finding on rows of people with whose they are, and the way there."""
    shown = say_whose(note, faults, schools.folder, schools.words)
    return note if shown is note else replace(shown, title=shown.text.rstrip("."), why="")


def _whose(fault: Fault, schools: ShownList, *, is_same: bool) -> str:
    """Return the school of a fault, with its line; what the fault says if that is not the same for all."""
    line, words = fault.place.list_row if _is_of_the_list(fault, schools.folder) else None, schools.words
    if line is None and is_same and fault.place.record:
        line = schools.line_of(fault.place.key) if fault.place.person is None else None
        if line is None:
            return fault.place.record
    if line is None:
        return show_fault(fault, words, profile=schools.folder.profile()).text
    return words.say("whose", name=schools.row(line).name or words.say("nameless"), line=schools.name(line))


def _errors_first(groups: Mapping[Any, list[Fault]]) -> list[list[Fault]]:
    return sorted(groups.values(), key=lambda group: group[0].severity != "error")


def _cause(fault: Fault) -> object:
    """Return what tells faults of one kind apart that are of many records: why, or of which group of schools."""
    return fault.values.get("why_fr") or fault.values.get("group")


def finding_key(fault: Fault) -> str:
    """Return what tells a finding from others, also after the next check."""
    place, group = fault.place, fault.values.get("group", "")
    return f"{fault.code} {place.file or ''} {place.field or place.record or ''} {group}".strip()


def _finding(faults: Sequence[Fault], schools: ShownList) -> contract.Finding:
    """Return faults of one kind as one finding, with the lines of the list that it is found on.

    An error of a row stops nothing but what is made of that row: it is to be mended, as the list says. Where staff
    vote on another portal, nothing is wrong in the list.
    """
    first, words = faults[0], schools.words
    key, is_in_list = finding_key(first), _is_of_the_list(first, schools.folder)
    is_row = is_in_list if first.entry.scope == "record" else first.family == "tables"
    is_of_rows = is_row and first.row is not None
    is_to_look_at = first.severity == "warning" or first.code == OTHER_PORTAL
    state: contract.FindingState = "look" if is_to_look_at else "mend" if is_of_rows else "settle"
    shown = show_fault(first, words, profile=schools.folder.profile())
    title, why, *_ = *_SENTENCE.split(shown.text, maxsplit=1), ""
    if (own := f"why_{first.code}") in words.texts:
        why = words.say(own, **_values(first)) or why
    title, ways = title.rstrip("."), shown.ways
    joined = join_faults(faults) if first.entry.at_check else None
    if joined is not None:
        title, why = _PART.split(joined.reason(words.lang), maxsplit=1)
        why, ways = capital(why), [Way(text=words.say("see_addresses"), at=At(station="list", part="addresses"))]
    lines = [fault.place.list_row or 0 for fault in faults if is_of_rows]
    is_listed = is_of_rows and is_in_list
    if is_listed:
        title, why, ways = _say_of_rows(first, lines, title, why, schools)
    keys = [key] if joined is None else [*map(finding_key, faults)]
    is_twice, can_be_accepted = first.code == TWICE, state == "look" and first.code not in OF_FACTS
    return contract.Finding(
        code=shown.code,
        text=shown.text,
        at=shown.at,
        room=shown.room,
        ways=[*ways, accept_way(keys, words)] if can_be_accepted else ways,
        severity="error" if state == "settle" else "warning",
        state=state,
        id=key,
        title=title,
        why=why,
        lines=[] if is_twice else lines[:_MOST_LINES],
        count=1 if is_twice or joined else len(faults),
        rows=[schools.name(line) if is_listed else str(line) for line in lines[:_MOST_LINES]],
        places=schools.names(lines[:MOST_NAMED]) if is_listed else ", ".join(map(str, lines[:MOST_NAMED])),
        record=first.place.key or "",
        document=str(first.values.get("document", "")),
        zone=(shown.at.field or None) if shown.at else None,
    )


def _of_academie(fault: Fault, materials: Materials | None) -> dict[str, str]:
    """Return where a fact of an académie is seen: the part of a page, and the first school that has it."""
    parts = (fault.place.field or "").split(".")
    if materials is None or parts[0] != "academies" or len(parts) != 3:
        return {}
    _, key, name = parts
    academies = load_academies(materials.campaign.resources)
    for school in materials.schools:
        academie = academies.by_uai(school.territory)
        if academie is not None and academie.key == key:
            is_help = materials.contexts.shared_by(school)["academie"]["mailbox"]["kind"] == "help"
            zone = LOGIN if name == "login_rule" else HELP if name == "help" and not is_help else MAILBOX
            return {"record": school.key, "zone": zone}
    return {}


def _values(fault: Fault) -> dict[str, str]:
    return {name: str(value) for name, value in fault.values.items()}


def _say_of_rows(
    fault: Fault, lines: Sequence[int], title: str, why: str, schools: ShownList
) -> tuple[str, str, list[Way]]:
    """Return title, reason and ways of a fault on some lines of the list: line and column, and which school it is."""
    line, column, words = lines[0], fault.place.field or "", schools.words
    key = f"find_{fault.code}" if f"find_{fault.code}" in words.texts else "find_row"
    if fault.code == TWICE:
        ways = [Way(text=words.say("choose_row"), at=At(station="list", part="rows", show="twice"))]
        return words.say("find_twice", n=len(schools.find_twice().items)), words.say("why_twice"), ways
    named = {**_values(fault), "line": schools.name(line), "column": column, "n": len(lines), "what": title}
    if len(lines) == 1:
        name = schools.row(line).name or words.say("nameless")
        place = words.say("row_place" if column else "row_place_alone", name=name, column=column)
    else:
        place = words.say("rows_place", column=column) if column else ""
    ways = _ways_of_rows(fault, lines, schools)
    return words.say(key, **named).rstrip("."), " ".join(filter(None, (place, why))), ways


def _ways_of_rows(fault: Fault, lines: Sequence[int], schools: ShownList) -> list[Way]:
    """Return what can be done with rows: see or mend them; a single one that is wrong can be left out."""
    is_wrong, words = fault.severity == "error", schools.words
    if len(lines) > 1:
        said = words.say("mend_rows" if is_wrong else "see_rows", n=len(lines))
        return [Way(text=said, at=At(station="list", part="rows"))]
    (line,) = lines
    shown = schools.fault(fault, line)
    ways = [way for way in shown.ways if way.call == "mend"]
    ways.append(Way(text=words.say("mend_row" if is_wrong else "see_row", line=schools.name(line)), at=shown.at))
    if is_wrong:
        ways.append(Way(text=words.say("leave_row"), call="leave", args={"line": line}))
    return ways


def _is_of_the_list(fault: Fault, folder: CampaignFolder) -> bool:
    """Tell whether a fault is in the list of schools, whose rows have names, and not in that of people."""
    schools = folder.state.schools
    return schools is not None and fault.place.file in (schools.copy, schools.file)


def _passed(result: CheckResult, words: Words) -> list[contract.Passed]:
    """Return what was found right, each with its number where one was counted."""
    families = {fault.family for fault in result.faults if fault.severity != "note"}
    ready, rows = result.ready, result.ready + result.refused
    passed = [("rows", words.say("counted", n=ready, of=rows))] if ready else []
    counted = words.say("counted", n=ready, of=ready)
    passed += [("layout", counted), ("codes", counted)] if ready and "fit" not in families else []
    passed += [("links", ""), ("hosts", "")] if "addresses" not in families else []
    passed.append(("secrets", ""))
    return [contract.Passed(text=words.say(f"passed_{name}"), figure=figure) for name, figure in passed]
