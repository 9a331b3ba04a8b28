"""Take the names of « Cartes »: pasted or from a list, with or without a school of their own."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import TypeVar

from msgspec.structs import replace

from leaflet.campaign import load_campaign
from leaflet.campaign.academies import load_academies
from leaflet.campaign.list_columns import read_list_settings
from leaflet.confidential import find_cell_secret, hide_secrets, normalise
from leaflet.faults import DataError, Fault, LeafletError, Place, Report, fail
from leaflet.files.resources import find_resources
from leaflet.files.words import Words
from leaflet.production.build_options import InputOptions
from leaflet.production.inputs import Loader, staff_reading_of, with_campaign_settings
from leaflet.studio import contract
from leaflet.studio.campaign_state import ListState, Pasted
from leaflet.studio.card_sheets import next_places
from leaflet.studio.contract import At, Way
from leaflet.studio.document_list import personal_documents
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.json_values import MEANT, PASTED, is_of_other_list, name_columns, on_sheet, show_fault
from leaflet.studio.raw_list import LIST_SETTINGS, STAFF_SETTINGS, refuse_secrets
from leaflet.tables import Person, ReadOptions, load_staff
from leaflet.tables.cells import BOM, UNKNOWN, csv_line
from leaflet.tables.column_names import STAFF
from leaflet.tables.encodings import find_encoding
from leaflet.tables.keys import UaiError, is_uai, parse_uai
from leaflet.tables.opening import HEADER_REFUSALS, ListFile
from leaflet.tables.person_names import common_order, name_order, split_name, without_courtesy_title, without_numbers
from leaflet.tables.rows import NOT_READ, format_spans
from leaflet.tables.staff import NAMES, for_one_school, format_places, may_be_name
from leaflet.tables.table import row_name, sheet_name

_F = TypeVar("_F", bound=contract.Fault)
_PASTED = PASTED[0]
_SCHOOL = "etablissement.csv"
_SWAPPED = {"Nom": "Prénom", "Prénom": "Nom", "Nom Prénom": "Prénom Nom", "Prénom Nom": "Nom Prénom"}
_SHEETS = "data.staff_sheet"
_OWN = {"last_name": "Nom", "first_name": "Prénom", "full_name": "Nom complet", "uai": "UAI",  # columns that are kept
        "address": "Adresse pro", "user_name": "Login", "remark": "Remarque"}  # fmt: skip
MOST_NAMED = 8  # lines, or people, of one fault
_WAITS = "waits"  # of a row that could not be read, beside its fields: what keeps it from being read in our list

BESIDE_NAMES = ("uai", "address")  # fields whose cells are shown where they are wrong


def paste_people(folder: CampaignFolder, text: str, *, swapped: bool) -> None:
    """Take names that were copied from a spreadsheet: one or several columns, with or without their names above.

    Without any above, their order is that of most names, by capitals and commas; if that of none, as in each a person
    says it, and two columns are last and first name. Of names in one column that disagree, each is of its own order.
    """
    delimiter = ";" if "\t" not in text and all(";" in line for line in text.splitlines() if line.strip()) else "\t"
    given = [*csv.reader(io.StringIO(text), delimiter=delimiter)]
    above = next((nth for nth, row in enumerate(given) if any(cell.strip() for cell in row)), 0)
    rows = given[above:]
    order = common_order(without_numbers(" ".join(row[:2])) for row in rows)
    if rows and not any(STAFF.meaning(normalise(cell)) is not None for cell in rows[0]):
        width = max(map(len, rows))
        is_last_first = order == "last-first" if width == 1 else order != "first-last"
        names = ["Nom", "Prénom"] if is_last_first != swapped else ["Prénom", "Nom"]
        others = (f"colonne {number}" for number in range(3, width + 1))
        rows.insert(0, ["Nom complet" if order == "mixed" else " ".join(names)] if width == 1 else [*names, *others])
        above -= 1
    found, titles = _under_one_header(rows)
    lines = tuple(line + above for line in titles)
    take_people(folder, _PASTED, _written(found), Pasted(above, lines, is_mixed=order == "mixed"))


def _under_one_header(rows: Sequence[list[str]]) -> tuple[list[list[str]], list[int]]:
    """Return rows with further titles blank, and cells below them put under the first ones; and these lines."""
    found, first = [*rows[:1]], [STAFF.meaning(normalise(cell)) for cell in rows[0]] if rows else []
    places: Sequence[int] = range(len(first))
    titles: list[int] = []
    for line, row in enumerate(rows[1:], 2):
        fields = [STAFF.meaning(normalise(cell)) for cell in row]
        is_named = all(one in NAMES for one, above in zip(fields, first, strict=False) if above in NAMES)
        if "".join(row).strip() and is_named and all(normalise(cell) in STAFF.known for cell in row if cell.strip()):
            is_same = set(fields) == set(first) and len(set(fields)) == len(fields)
            places = [fields.index(field) for field in first] if is_same else range(len(first))
            titles.append(line)
            row = []
        found.append([row[place] if place < len(row) else "" for place in places] + row[len(first) :])
    return found, titles


def _written(rows: Sequence[Sequence[str]]) -> bytes:
    return b"".join(csv_line(row, BOM if not number else "", guard=str) for number, row in enumerate(rows))


def take_people(folder: CampaignFolder, name: str, data: bytes, pasted: Pasted | None = None) -> None:
    """Take a list of people; nothing is kept of one that has columns of secrets, or is a list of schools."""
    file, report = folder.give("people", name, data), Report()
    load_staff(folder.path / file, schools=None, report=report)
    refused = [fault for fault in report.errors if is_of_other_list(fault)]
    whole = (fault for fault in report.errors if fault.entry.scope == "list" or fault.code in HEADER_REFUSALS)
    if refused := refused or [*whole]:  # the others are shown beside their rows
        raise DataError([_of_line(fault, pasted) for fault in refused])
    _use_people(folder, file, pasted)
    folder.set(carded={f"-{place}": digest for place, digest in folder.state.carded.items()})


def plain_lines(name: str, data: bytes) -> str:
    """Return the names of a file of text with one on each line, which has no columns; empty for any other file."""
    if not name.lower().endswith(".txt"):
        return ""
    text = data.decode(find_encoding(data, Place(file=name), Report()))
    return "" if re.search(r"[;,\t\0]", text) else text.lstrip(BOM)


def _of_line(fault: Fault, pasted: Pasted | None) -> Fault:
    """Return a fault for which nothing is read with its line and sheet in what was given, if it is of a line."""
    line, of_sheet = fault.place.list_row or 0, on_sheet(fault, (fault.place.sheet or "").strip("'"))
    values = {**of_sheet.values, "nothing_read": line + (pasted.above if pasted else 0)}
    return replace(fault, values=values) if fault.entry.scope == "row" else fault


def _use_people(folder: CampaignFolder, file: str, pasted: Pasted | None, remove: Sequence[str] = (_SHEETS,)) -> None:
    folder.edit({"data.staff": file}, remove=remove, documents=personal_documents(folder, is_personal=True))
    folder.set(staff=ListState(file), pasted=pasted)


def choose_tabs(folder: CampaignFolder, names: Sequence[str]) -> None:
    """Read the people of some sheets of a workbook; without any, of all that have names."""
    folder.edit({_SHEETS: [*names]} if names else None, remove=[_SHEETS])


def add_person(folder: CampaignFolder, first: str, last: str) -> None:
    """Add somebody at the end of the names."""
    refuse_secrets(first, last)
    _keep_rows(folder, [*_rows(folder).values(), {"first_name": first, "last_name": last}])


def mend_person(folder: CampaignFolder, sheet: str, line: int, cells: Mapping[str, str]) -> None:
    """Write another name into a line of the names, or another cell of those by their fields."""
    refuse_secrets(*cells.values())
    rows = _rows(folder)
    rows[sheet, line] |= {**cells, "full_name": "", _WAITS: ""}
    _keep_rows(folder, rows.values())


def drop_person(folder: CampaignFolder, sheet: str, line: int) -> None:
    """Take a line away from the names."""
    rows = _rows(folder)
    del rows[sheet, line]
    _keep_rows(folder, rows.values())


def drop_numbers(folder: CampaignFolder) -> None:
    """Take the numbers of rows and of namesakes away from all names."""
    _keep_rows(folder, _rows(folder, without_numbers).values())


def _keep_rows(folder: CampaignFolder, rows: Collection[Mapping[str, str]]) -> None:
    """Keep names as a list of the window's own: one that was given stays as it is, and is read no more."""
    rows = [{**row, "remark": "" if any(map(row.get, NAMES)) else "sans nom"} for row in rows]  # none is blank
    fields = [field for field in _OWN if field in ("last_name", "first_name") or any(row.get(field) for row in rows)]
    waits = ([row[_WAITS]] if row.get(_WAITS) else [] for row in rows)  # a cell more than titles: it is not read
    cells = [[row.get(field, "") for field in fields] + more for row, more in zip(rows, waits, strict=True)]
    file = folder.give("people", _PASTED, _written([[_OWN[field] for field in fields], *cells]))
    _use_people(folder, file, replace(folder.state.pasted or Pasted(), above=0), remove=STAFF_SETTINGS[1:])


def _rows(folder: CampaignFolder, clean: Callable[[str], str] = str.strip) -> dict[tuple[str, int], dict[str, str]]:
    """Return the cells of the names by sheet and line, split as when read; also of rows that cannot be read."""
    campaign = load_campaign(folder.campaign, Report())
    reading = staff_reading_of(ReadOptions(), campaign)
    assert campaign.staff is not None, "the page asks for names first"
    rows = dict[tuple[str, int], dict[str, str]]()
    opened = ListFile(campaign.staff, for_one_school(STAFF), reading).open_sheets(Report())
    for table, columns in opened:
        read = {row.line: row.cells for row in table.rows if not row.is_blank()}
        for line, texts in sorted({**read, **table.refused}.items()):
            found = {field: texts[at].strip() for field, at in columns.index.items() if at < len(texts)}
            found |= {field: clean(found[field]) for field in NAMES if field in found}
            cells = {field: "" if find_cell_secret(text) else text for field, text in found.items()}
            if not cells.get("first_name") and (whole := cells.get("full_name")):
                order = name_order(table.header[columns.index["full_name"]])
                if names := split_name(without_courtesy_title(whole), order):
                    cells |= dict(zip(("first_name", "last_name"), names, strict=True), full_name="")
            if line in table.refused and UNKNOWN not in found.values():
                cells[_WAITS] = "?"
            rows[(table.sheet or "") if opened[1:] else "", line] = cells
    return rows


def swap_names(folder: CampaignFolder) -> None:
    """Take first and last names of pasted people the other way round."""
    folder.set(swapped=not folder.state.swapped)
    if folder.state.staff is None or folder.state.pasted is None:
        return
    header, _, rest = (folder.read_text(folder.state.staff.file) or "").partition("\r\n")
    names = next(csv.reader([header], delimiter=";"), [])
    other = {} if names == ["Nom"] else _SWAPPED  # alone, it is of whole names
    line = csv_line([other.get(name, name) for name in names], BOM, guard=str)
    _use_people(folder, folder.give("people", _PASTED, line + rest.encode()), folder.state.pasted)


def set_school(folder: CampaignFolder, uai: str, name: str, town: str) -> None:
    """Write the one school whose people the cards are for; without a UAI, the mailbox of its académie is unknown."""
    try:
        key, code = ("uai", parse_uai(uai)) if uai.strip() else ("code", "1")
    except UaiError as error:
        raise fail(error.code, Place(field="uai"), **error.values) from None
    refuse_secrets(name, town)
    data = csv_line((key, "nom", "commune"), BOM) + csv_line((code, name, town), guard=str)
    file = folder.give("school", _SCHOOL, data)
    folder.edit({"data.schools": file, "data.key": key}, remove=LIST_SETTINGS)
    folder.set(schools=ListState(file))


def drop_names(folder: CampaignFolder) -> None:
    """Have cards without names from now on; the list that they were in stays until it is erased."""
    folder.edit(remove=STAFF_SETTINGS, documents=personal_documents(folder, is_personal=False))
    folder.set(staff=None, pasted=None)


def school_of_cards(folder: CampaignFolder) -> contract.School | None:
    """Return the one school that cards are for, with names or without; what was typed stays when names are erased."""
    with suppress(LeafletError):
        return _load(folder, Report())[1] if folder.state.kind == "cards" or folder.state.staff is not None else None
    return None


def judge_uai(folder: CampaignFolder, uai: str, words: Words) -> contract.JudgedUai:
    """Return the académie of a UAI that is typed; what is wrong with one that is none, and what may be meant."""
    try:
        academie = load_academies(find_resources(folder.path)).by_uai(parse_uai(uai))
        return contract.JudgedUai(academie=academie.title if academie is not None else "")
    except UaiError as error:
        meant = MEANT.get(error.code, "").format_map(error.values)
        return contract.JudgedUai(fault=words.say(f"list_{error.code}", **error.values), proposal=meant)


def list_people(folder: CampaignFolder, words: Words) -> contract.People | None:
    """Return the people as they were read, each with what is wrong; None without a list of them."""
    if folder.state.staff is None:
        return None
    report, name = Report(), folder.state.staff.file
    people, school = list[Person](), None
    try:
        people, school = _load(folder, report)
    except LeafletError as error:
        report.extend(error.faults)
    found = {(person.sheet, person.line): person for person in people}
    given = _rows(folder) if school is not None else {}
    tabs = {sheet_name(sheet): sheet for sheet, _ in (*given, *found) if sheet}
    by_row: dict[tuple[str, int], list[Fault]] = {}
    others: list[Fault] = []
    for fault in map(hide_secrets, report):
        line = fault.row if fault.place.file == name else None
        if line is None:
            others.append(on_sheet(fault, tabs.get(fault.place.sheet or "", "")))
        else:
            by_row.setdefault((tabs.get(fault.place.sheet or "", ""), line), []).append(fault)
    told = [one for one in others if one.severity != "note" and one.code != "T162"]  # the page shows the sheets
    if school is None:  # for which it asks by itself
        told = [one for one in told if one.code != "T203" or one.values.get("field") != "uai"]
    pasted = folder.state.pasted or Pasted()
    told = [_moved(fault, pasted.above) if fault.code in NOT_READ else fault for fault in told]
    lines = pasted.titles
    titles = [words.say("titles_not_read", n=len(lines), rows=format_spans(lines))] if lines else []
    order = {sheet: nth for nth, sheet in enumerate(tabs.values())}
    rows = sorted({*found, *by_row, *given}, key=lambda row: (order.get(row[0], 0), row[1]))
    carded = frozenset(map(_digest, people))
    is_whole = school is not None and given.keys() >= set(rows) and all(one.severity != "error" for one in told)
    numbers = {str(row_name(*row)): nth for nth, row in enumerate(rows, 1)}
    shown = []
    for nth, row in enumerate(rows, 1):
        sheet, line = row
        person, given_cells = found.get(row), given.get(row, {})
        cells = {field: "" if text == UNKNOWN else text for field, text in given_cells.items()}
        faults = [_numbered(fault, numbers) for fault in by_row.get(row, ())]
        lost = {field for field, text in given_cells.items() if text == UNKNOWN}
        faults = [replace(one, code="T143") if one.code != "T144" and _field(one) in lost else one for one in faults]
        wrong = {field: cells.get(field, "") for field in map(_field, faults) if field in BESIDE_NAMES}
        read = [person.name, person.first_name, person.last_name] if person is not None else None
        names = read or [cells.get(field, "") for field in NAMES]
        name, first, last = [""] * 3 if person is None and any(map(find_cell_secret, names)) else names
        drop = Way(text=words.say("leave_row"), call="dropPerson", args={"nth": nth, "sheet": sheet, "line": line})
        severities, ways = {fault.severity for fault in faults}, list[Way]()
        if is_whole:  # else a change would lose rows that are not known
            kept = {"sheet": sheet, "line": line, "first": first, "last": last}
            for field, text in wrong.items():
                empty = words.say("empty_cell", value=text) if text else words.say("blank_cell")
                ways.append(Way(text=empty, call="mendPerson", args={**kept, field: ""}))
            bare = [without_numbers(text) for text in (name, first, last) if text]
            if bare and all(map(may_be_name, bare)) and any(one.code == "T420" for one in faults):
                ways.append(Way(text=words.say("drop_numbers"), call="dropNumbers"))
            ways += [drop] if any(one.severity == "error" or one.code == "T424" for one in faults) else []
            if any(one.code == "T402" for one in faults):  # two people with one name are told apart by it
                wrong["address"] = cells.get("address", "")
        looked_at = [one for one in faults if one.severity != "note" or (one.code == "T418" and pasted.is_mixed)]
        shown.append(
            contract.Person(
                nth=nth,
                at=words.say("row_of_sheet", line=str(line), sheet=sheet) if sheet else str(line),
                line=line,
                sheet=sheet,
                place=format_places((person,)) if person is not None else "",
                card=_card(person, folder.state.carded, carded),
                name=name,
                first=first,
                last=last,
                state="mend" if person is None or "error" in severities else "look" if looked_at else "ready",
                wrong=wrong,
                faults=[_show_cell(fault, wrong, words, ways) for fault in looked_at],
            )
        )
    return contract.People(
        people=shown,
        total=len(people),
        faults=[_show(fault, words) for fault in told if fault.code not in NOT_READ],
        not_read=[*titles, *(_show(fault, words).text for fault in told if fault.code in NOT_READ)],
        school=school,
        pasted=folder.state.pasted is not None,
        editable=is_whole,
        sheets=_list_tabs(folder, people),
    )


def say_whose(shown: _F, faults: Sequence[Fault], folder: CampaignFolder, words: Words) -> _F:
    """Return what is shown of faults of people with whose they are, as on « Les noms », and the way there."""
    staff, place = folder.state.staff, faults[0].place
    if staff is None or (place.file != staff.file and place.person is None):
        return shown
    people, lines = list_people(folder, words), {fault.place.person for fault in faults}
    assert people is not None, "there is a list"
    found = ((one, [fault for fault in one.faults if fault.code == shown.code]) for one in people.people)
    rows = [(one, told) for one, told in found if told or one.line in lines]
    if not rows:
        return shown
    named = ", ".join(
        words.say("person_named", nth=one.nth, name=one.name or f"{one.first} {one.last}").strip()
        for one, _ in rows[:MOST_NAMED]
    )
    what = (rows[0][1][0] if rows[0][1] and not faults[1:] else shown).text.rstrip(".")
    ways = [way for way in shown.ways if not way.at]
    see = Way(text=words.say("see_people", n=len(faults)), at=At(station="cards", part="names"))
    return replace(shown, text=f"{what} ({named}{'…' if rows[MOST_NAMED:] else ''}).", at=see.at, ways=[see, *ways])


def _list_tabs(folder: CampaignFolder, people: Sequence[Person]) -> list[contract.StaffSheet]:
    """Return the sheets of a workbook with several, each with how many names are read of it."""
    staff = folder.state.staff
    names = ListFile(folder.path / staff.file).sheet_names() if staff is not None else ()
    chosen = read_list_settings(folder.campaign).data.staff_sheet
    if staff is None or not names:
        return []
    tried = ListFile(folder.path / staff.file, for_one_school(STAFF)).try_sheets(names)
    lists = [sheet.name for sheet in tried if sheet.columns is not None]
    read = [name for name in lists if name in chosen] if chosen else lists
    counts = Counter(person.sheet or read[0] for person in people)  # of one sheet alone, nobody says which
    return [contract.StaffSheet(name=one, is_list=one in lists, read=one in read, names=counts[one]) for one in names]


def _load(folder: CampaignFolder, report: Report) -> tuple[list[Person], contract.School | None]:
    """Return the people as they are read, and their school if the list has one alone."""
    campaign = load_campaign(folder.campaign, Report())
    options = with_campaign_settings(InputOptions(campaign=folder.campaign, out=folder.path), campaign)
    if folder.state.schools is None:  # the campaign has the sample of the start: nobody has said whose the names are
        found = Report()
        if campaign.staff is not None:
            reading = staff_reading_of(options.reading, campaign)
            load_staff(campaign.staff, schools=None, report=found, options=reading)
        report.extend(fault for fault in found.errors if fault.row is None)
        return [], None
    schools = Loader().schools(campaign, options, Report())
    people = [person for people in Loader().people(campaign, schools, options, report).values() for person in people]
    if len(schools) != 1:
        return people, None
    (school,) = schools
    uai = school.key if is_uai(school.key) else ""
    return people, contract.School(uai=uai, name=school.name, town=school.town)


def _numbered(fault: Fault, numbers: Mapping[str, int]) -> Fault:
    """Return a fault of a row that calls the row of somebody's first mention by its number on the page."""
    nth = numbers.get(str(fault.values.get("first")))
    return replace(fault, values={**fault.values, "first": nth}) if nth else fault


def _moved(fault: Fault, above: int) -> Fault:
    """Return a fault of some lines of what was pasted by their numbers there."""
    rows = re.sub(r"\d+", lambda line: str(int(line[0]) + above), str(fault.values["rows"]))
    return replace(fault, values={**fault.values, "rows": rows})


def _show(fault: Fault, words: Words, ways: Sequence[Way] = ()) -> contract.Fault:
    """Return a fault as the page shows it, without the way to the list of schools: that is another one."""
    shown = show_fault(fault, words)
    own = (way for way in shown.ways if not way.at or way.at.station not in ("list", "cards"))
    return replace(shown, ways=[*own, *ways])


def _field(fault: Fault) -> str:
    """Return the field of the cell that a fault is of; empty if it is of none."""
    return STAFF.meaning(normalise(fault.place.field or "")) or ""


def _show_cell(fault: Fault, wrong: Mapping[str, str], words: Words, ways: Sequence[Way]) -> contract.Fault:
    """Return a fault of a row, with its column and what stands there; the ways out are those of the window."""
    if (field := _field(fault)) in wrong:
        fault = replace(fault, values={**fault.values, "value": wrong[field] or fault.values.get("value")})
    shown = _show(fault, words, ways)
    said = words.say("in_column", header=fault.place.field) if fault.place.field and fault.severity == "error" else ""
    text = name_columns(f"{said} {shown.text}".strip(), words)
    return replace(shown, text=text, ways=[*ways] if field in wrong else shown.ways)


def _card(person: Person | None, carded: Mapping[str, str], now: Collection[str]) -> contract.Card:
    """Return what a person’s card is since cards were made, by who had one at which place, and is in the list now."""
    if person is None or not carded:
        return ""
    if _digest(person) in carded.values():
        return "made"
    before = carded.get(format_places((person,)))
    return "mended" if before is not None and before not in now else "new"


def _digest(person: Person) -> str:
    """Return what tells a person from others, and is no name."""
    said = (person.first_name, person.last_name, person.address, person.user_name)
    return sha256("\0".join(said).encode()).hexdigest()[:16]


def note_cards(folder: CampaignFolder, places: Collection[str]) -> None:
    """Remember whose cards were made: of those at some places of the list, or of everybody."""
    with suppress(LeafletError):
        people, _ = _load(folder, Report())
        by_place = {format_places((person,)): _digest(person) for person in people}
        made = {place: digest for place, digest in by_place.items() if not places or place in places}
        kept = {place: digest for place, digest in folder.state.carded.items() if digest in by_place.values()}
        free_of = next_places(folder, len(made), of_some=bool(places))
        start = 1 if places else folder.state.start  # where some were put, the cards of everybody do not begin
        folder.note(carded={**kept, **made} if places else made, free_of=free_of, is_begun=True, start=start)
