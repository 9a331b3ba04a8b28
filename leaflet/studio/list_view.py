"""Show the list of schools on « La liste »: its columns, its rows with what is wrong in them, and what to press."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby

from msgspec import UNSET
from msgspec.structs import replace

from leaflet.campaign.load import PORTAL
from leaflet.confidential import normalise
from leaflet.faults import Fault, LeafletError
from leaflet.markup.blanks import OTHER_PORTAL
from leaflet.markup.groups import group_values
from leaflet.markup.jinja_filters import capital
from leaflet.studio import contract
from leaflet.studio.contract import At, Way
from leaflet.studio.json_values import MEANT, door_ways, key_of_list, name_sheet, said_values, ways_out
from leaflet.studio.raw_list import Change, Editions, as_shown
from leaflet.studio.row_states import JudgedRows
from leaflet.studio.school_list import FIELDS, FoundSheet, SchoolList, join_cells
from leaflet.studio.sentences import Cell
from leaflet.tables.column_mapping import Match
from leaflet.tables.column_names import FIELD_NAMES
from leaflet.tables.filters import is_filterable
from leaflet.tables.keys import FIELD as KEY
from leaflet.tables.rows import NOT_READ
from leaflet.tables.table import column_letters
from leaflet.text import grouped

NEEDED = frozenset({"uai", "name", "town"})
_HOW: dict[str, contract.How] = {
    **dict.fromkeys(("exact", "normalised", "synonym"), "exact"),
    "campaign": "chosen",
    "proposed": "proposed",
    "refused": "refused",
}
_SURE = ("T303", "T313")  # faults where no other value can be meant: many are put at one go


class ShownList:
    """The list of schools as the page shows it."""

    def __init__(self, schools: SchoolList) -> None:
        self._schools, self.folder, self.words = schools, schools.folder, schools.words

    @property
    def _judged(self) -> JudgedRows:
        return self._schools.judge()

    def describe(self) -> contract.List | None:
        """Return the list with its columns; None while the campaign has none of its own."""
        if (state := self.folder.state.schools) is None:
            return None
        judged = self._judged
        by_field = {field: column for column, field in _fields(judged).items() if field not in judged.unsettled}
        told, needed = [fault for fault in judged.others if fault.severity != "note"], NEEDED | judged.unsettled
        fields = [
            contract.Field(key=field, label=self._label(field), required=field in needed, column=by_field.get(field))
            for field in FIELDS
        ]
        columns = [
            contract.Column(
                index=match.column,
                name=self._name(match),
                samples=list(match.samples),
                field=match.field,
                how=_how(match),
                why=match.explain(self.words.lang),
            )
            for match in judged.columns.matches
        ]
        return contract.List(
            file=state.file,
            copy=state.copy or None,
            sheets=self._describe_sheets(judged),
            sheet=", ".join(judged.raw.sheets),
            header_row=judged.raw.header_line,
            lines=len(judged.lines),
            is_read=judged.is_readable,
            columns=columns,
            fields=fields,
            faults=[self.fault(fault) for fault in told if fault.code not in NOT_READ],
            not_read=[self.fault(fault).text for fault in told if fault.code in NOT_READ],
            counts=self.counts(),
            again=self._describe_changes(judged),
        )

    def _describe_changes(self, judged: JudgedRows) -> contract.Again | None:
        """Return what has changed in a list that was sent again; None for the first one."""
        state, editions = self._schools.state(), self._schools.editions()
        if state.before is None or editions is None:
            return None
        rows = [self._describe_change(judged, editions, change) for change in editions.changes()]
        kinds = Counter(row.kind for row in rows)
        changed = {row.line for row in rows if row.kind not in ("new", "gone")}
        made = [line for line in editions.pairs.values() if line not in judged.edits.left]
        counts = contract.ChangeCounts(
            new=kinds["new"],
            gone=kinds["gone"],
            changed=len(changed),
            same=len(made) - len(changed.intersection(made)),
            kept=editions.count_kept(judged.edits),
            there=editions.count_there(),
        )
        few, left = editions.is_few, len(state.left)
        return contract.Again(at=state.at, before=state.before.at, few=few, counts=counts, left=left, rows=rows)

    def _describe_change(self, judged: JudgedRows, editions: Editions, change: Change) -> contract.Change:
        """Return something that has changed, with its way back."""
        fields = self._schools.columns()
        if is_gone := change.kind == "gone":
            cells = editions.old_cells(change.line)
        else:
            cells = {field: judged.cell(change.line, column) for field, column in fields.items()}
        row = contract.Change(
            kind=change.kind,
            line=change.line,
            at="" if is_gone else judged.name(change.line),
            name=cells.get("name", ""),
            town=cells.get("town", ""),
            copies=cells.get("copies", ""),
        )
        if not change.field:
            return row
        now, before = cells[change.field].strip(), change.yours or change.before
        is_back, is_conflict = now == before and change.kind == "changed", change.yours and now == change.yours
        kind: contract.ChangeKind = "back" if is_back else "conflict" if is_conflict else "changed"
        value, said = (before, "take_back") if kind == "changed" else (change.theirs, "take_theirs")
        way = {"line": change.line, "field": change.field, "value": value}
        return replace(
            row,
            kind=kind,
            column=self._label(change.field),
            before=change.before,
            theirs=change.theirs,
            yours=change.yours or UNSET,
            way=Way(text=self.words.say(said, value=value), call="mend", args=way),
        )

    def _describe_sheets(self, judged: JudgedRows) -> list[contract.SheetOfList]:
        """Return the sheets of a workbook with several, each with what there is on it, and what it lacks."""
        sheets, say, lang, read = self._schools.sheets(), self.words.say, self.words.lang, judged.raw.sheets
        fields = next((sheet.fields for sheet in sheets if sheet.is_list), ())

        def found(sheet: FoundSheet) -> str:
            if not sheet.fields:
                cells = next((cells for line, cells in sheet.first if line == sheet.header_row), ())
                titles = [as_shown(cell) for cell in cells if cell.strip()]
                if titles[1:]:
                    return say("sheet_other", titles=", ".join(titles))
                return say("sheet_text" if sheet.first else "sheet_empty")
            if sheet.is_list and sheet.fields is not fields and {*sheet.fields} == {*fields}:
                return say("sheet_same" if sheet.fields == fields else "sheet_same_mixed")
            names = (self.words.text(f"short_{field}", FIELD_NAMES[field][lang]) for field in sheet.fields)
            return capital(", ".join(name.lower() if name != FIELD_NAMES[KEY][lang] else name for name in names))

        return [
            contract.SheetOfList(
                name=sheet.name,
                read=sheet.name in read,
                is_list=sheet.is_list,
                found=found(sheet),
                lacks=", ".join(FIELD_NAMES[field][lang] for field in sheet.missing if sheet.fields),
                header_row=sheet.header_row if sheet.fields or sheet.name in read else 0,
                lines=sheet.lines if sheet.fields or sheet.name in read else 0,
                first=[contract.FirstRow(line=line, cells=[*map(as_shown, row)]) for line, row in sheet.first],
            )
            for sheet in sheets
        ]

    def _name(self, match: Match) -> str:
        """Return the name of a column, or which one it is if it has none that may be shown."""
        letters = column_letters(match.column)
        return self.words.say("unnamed", column=letters) if match.title.startswith("#") else match.title

    def printable(self) -> dict[str, str]:
        """Return the titles of the columns that a sentence of a page may name, by their normalised names."""
        if self.folder.state.schools is None:
            return {}
        others = (match.title for match in self._judged.columns.matches if match.field is None)
        return {normalise(title): title for title in filter(is_filterable, others)}

    def cells_of_others(self, line: int, lines: Sequence[int]) -> Iterator[Cell]:
        """Yield what a row has in its `printable` columns, and how many rows, of some, have the same."""
        judged, printable = self._judged, self.printable().values()
        own, rows = judged.cells(line), [judged.cells(one) for one in lines]
        for match in judged.columns.matches:
            cell = "".join(own[match.column : match.column + 1])
            if cell.strip() and match.title in printable and not {*"=!~"} & {*match.title}:
                yield match.title, cell.strip(), sum(cell in row[match.column : match.column + 1] for row in rows)

    def _label(self, field: str, kind: str = "field") -> str:
        """Return the name of a field, as the page shows it; a short one where there is little room."""
        return self.words.text(f"{kind}_{field}") or capital(FIELD_NAMES[field][self.words.lang])

    def count_undecided(self) -> int:
        """Return how many columns somebody has to choose: those that are only proposed, and needed ones not found."""
        judged = self._judged
        proposed = {match.field for match in judged.columns.matches if _how(match) == "proposed"}
        found = proposed | judged.unsettled | (NEEDED - {*_fields(judged).values()})
        return len(found) or int(not judged.is_readable)

    def counts(self) -> contract.Counts:
        """Return how many schools are made, what they lack, and how many rows there are.

        Schools are ready whether they are to be looked at or not, unless they vote on another portal. One that stands
        on rows which differ is one school.
        """
        judged = self._judged
        found = Counter(judged.states.values())
        return contract.Counts(
            ready=len(judged.voting_here()),
            mend=found["mend"],
            twice=len(judged.twice()),
            look=found["look"],
            elsewhere=found["elsewhere"],
            left=found["left"],
            all=len(judged.lines),
        )

    def own_faults(self, faults: Iterable[Fault]) -> list[Fault]:
        """Return the faults of a check as the list has them.

        Their rows have the lines that they have here; rows that the copy cannot have are told with their own faults,
        and so are those to look at, of which a copy does not know the sheets, nor the check that labels are made.
        """
        state, own = self.folder.state.schools, self.numbered(faults)
        if state is None:
            return own
        judged, lost = self._judged, self._judged.lost if state.copy else {}
        others = [fault for fault in own if fault.place.file != state.copy or fault.place.list_row not in lost]
        told = {(fault.code, fault.place.list_row) for fault in others if fault.severity != "note"}
        looks = (judged.faults.get(line, ()) for line, row in judged.states.items() if row == "look")
        found = (fault for faults in (*lost.values(), *looks) for fault in faults if fault.severity != "note")
        return [*others, *(fault for fault in found if (fault.code, fault.place.list_row) not in told)]

    def numbered(self, faults: Iterable[Fault]) -> list[Fault]:
        """Return faults with the lines that their rows have here, if they are of the list."""
        if (state := self.folder.state.schools) is None:
            return [*faults]
        judged = self._judged
        return [judged.numbered(fault) if fault.place.file == state.file else fault for fault in faults]

    def find_twice(self) -> contract.Pairs:
        """Return each school that stands on rows which differ, with these rows side by side."""
        judged = self._judged
        return contract.Pairs(items=[self._pair(judged, key, lines) for key, lines in judged.twice().items()])

    def _pair(self, judged: JudgedRows, key: str, lines: Sequence[int]) -> contract.Pair:
        rows: dict[tuple[str, ...], contract.Row] = {}
        for line in lines:  # those that say the same are shown once
            row = self._row(judged, line)
            rows.setdefault(tuple(row.cells.values()), row)
        cells = [row.cells for row in rows.values()]
        joined = join_cells(cells)
        copies = joined.get("copies", cells[0].get("copies", ""))
        (sheet, number), sheets = judged.find(lines[0]), {judged.find(line)[0] for line in lines}
        first = judged.name(lines[0]) if sheets - {sheet} else str(number)
        said = "join_copies" if copies else "join_cells"
        fields = [
            contract.PairField(
                key=field, label=self._label(field, "short"), differs=len({row[field].strip() for row in cells}) > 1
            )
            for field in FIELDS
            if field in cells[0] and field != KEY
        ]
        merge = contract.Said(text=self.words.say(said, row=first, n=int(copies or 0))) if joined else None
        return contract.Pair(key=key, rows=[*rows.values()], fields=fields, merge=merge)

    def find_rows(self, show: str, search: str, start: int, count: int) -> contract.Rows:
        """Return some rows of one state that hold a text."""
        judged, wanted = self._judged, search.strip()
        found: Sequence[int] = judged.search(wanted) if wanted else judged.lines
        if show != "all":
            found = [line for line in found if judged.state(line) == show]
        shown = [self._row(judged, line) for line in found[start : start + count]]
        return contract.Rows(total=len(found), counts=self.counts(), rows=shown, repairs=self.repairs(show))

    def repairs(self, show: str) -> list[Way]:
        """Return the ways to deal with many rows of a state at one go: mend their cells, or leave a group out."""
        say, ways = self.words.say, list[tuple[int, Way]]()
        for code in _SURE if show == "mend" else ():
            n = len(self.find_repairs(code))
            ways.append((n, Way(text=say(f"put_all_{code}", n=n), call="mendAll", args={"code": code})))
        for group, lines in self.find_elsewhere().items() if show == "elsewhere" else ():
            text = say("leave_group", n=len(lines), **group_values(group))
            ways.append((len(lines), Way(text=text, call="leaveGroup", args={"group": group})))
        return [way for n, way in ways if n > 1]

    def find_elsewhere(self) -> dict[str, list[int]]:
        """Return the rows whose staff vote on a portal that nobody gave, by their groups."""
        judged = self._judged
        lines = (line for line, state in sorted(judged.states.items()) if state == "elsewhere")
        found = ((fault, line) for line in lines for fault in judged.faults[line] if fault.code == OTHER_PORTAL)
        return grouped((str(fault.values["group"]), line) for fault, line in found)

    def find_repairs(self, code: str) -> list[tuple[int, str, str]]:
        """Return the cells with a fault of which it is known what was meant, with that."""
        judged = self._judged
        return [
            (line, self._field_of(fault), MEANT[code].format_map(fault.values))
            for line, faults in sorted(judged.faults.items())
            for fault in faults
            if fault.code == code and judged.state(line) == "mend"
        ]

    def next_to_mend(self, line: int) -> int | None:
        """Return the next line that has something to mend, after a line and else from the beginning."""
        lines = sorted(other for other, state in self._judged.states.items() if state == "mend")
        return next((other for other in lines if other > line), lines[0] if lines else None)

    def name(self, line: int) -> str:
        """Return how a row is named: by its line, with the sheet if several are read."""
        return self._judged.name(line)

    def names(self, lines: Sequence[int]) -> str:
        """Return how some rows are named: by their lines, those of each sheet together if several are read."""
        judged, say = self._judged, self.words.say
        sheets = groupby(lines, key=lambda line: judged.find(line)[0])
        rows = [(sheet, ", ".join(str(judged.find(line)[1]) for line in some)) for sheet, some in sheets]
        return ", ".join(say("row_of_sheet", line=some, sheet=sheet) if sheet else some for sheet, some in rows)

    def line_of(self, key: str | None) -> int | None:
        """Return the first line of a key; None if it is on none, or there is no list."""
        return self._judged.line_of(key) if self.folder.state.schools is not None else None

    def row(self, line: int) -> contract.Row:
        """Return one row as the page shows it."""
        return self._row(self._judged, line)

    def _row(self, judged: JudgedRows, line: int) -> contract.Row:
        fields, texts = _fields(judged), judged.cells(line) or judged.unread(line)
        mends = self._schools.state().mends if line in judged.edits.mended else ()
        cells = {field: texts[column] if column < len(texts) else "" for column, field in fields.items()}
        sheet, nth = judged.find(line)
        own = ((fields.get(mend.column, ""), mend) for mend in mends if mend.line == line)
        return contract.Row(
            line=line,
            at=judged.name(line),
            nth=nth,
            sheet=sheet,
            key=cells.get("uai", ""),
            name=cells.get("name", "") or (self.words.say("name_unread") if line not in judged.raw else ""),
            town=cells.get("town", ""),
            state=judged.state(line),
            cells=cells,
            faults=[self.fault(fault, line) for fault in judged.faults.get(line, ()) if fault.severity != "note"],
            mended=[contract.Mended(field=field, before=mend.before, after=mend.after) for field, mend in own],
            why=judged.why(line),
        )

    def fault(self, fault: Fault, line: int | None = None) -> contract.RowFault:
        """Return a fault of the list as the page shows it, with what to press."""
        is_unread = line is not None and line not in self._judged.raw  # nothing can be mended there
        field = "" if is_unread else self._field_of(fault)
        proposal = MEANT.get(fault.code, "").format_map(fault.values)
        ways = door_ways(fault, self.words)
        if line is not None:
            if proposal:
                args = {"line": line, "field": field, "value": proposal}
                ways.append(Way(text=self.words.say("put", value=proposal), call="mend", args=args))
            ways.append(Way(text=self.words.say("leave_row"), call="leave", args={"line": line}))
        if fault.code == OTHER_PORTAL:
            theirs = f"groups.{fault.values['group']}.{PORTAL}"
            same = {"key": theirs, "value": self.folder.read().get(*PORTAL.split("."))}
            ways.append(Way(text=self.words.say("same_portal"), call="answer", args=same))
            ways.append(Way(text=self.words.say("give_portal"), at=At(station="election", field=theirs)))
        key = key_of_list(fault)
        values = {"file": fault.place.file or "", **said_values(fault, self.words)}
        said = self.words.say(key, **values) if key in self.words.texts else fault.reason(self.words.lang)
        if line_read := fault.values.get("nothing_read"):
            column = f"{self.words.say('in_column', header=title)} " if (title := fault.place.field) else ""
            said = self.words.say("nothing_read", line=str(line_read), said=column + said.partition(". ")[0])
        if is_unread or key not in self.words.texts:
            ways += ways_out(fault, self.words.lang)
        return contract.RowFault(
            code=fault.code,
            severity=fault.severity,
            text=name_sheet(fault, said, self.words),
            ways=ways,
            at=At(station="list", line=line, column=field) if line is not None else At(station="list"),
            proposal=proposal,
            can_be_empty=bool(field) and field not in NEEDED,
        )

    def _field_of(self, fault: Fault) -> str:
        """Return the field of the cell that a fault is in; empty for other faults, and without a list."""
        matches: Sequence[Match] = ()
        if self.folder.state.schools is not None:
            with suppress(LeafletError):  # the fault may be that the list cannot be read
                matches = self._judged.columns.matches
        return next((match.field or "" for match in matches if match.title == fault.place.field), "")


def _fields(judged: JudgedRows) -> dict[int, str]:
    """Return the field of each column that is read, or proposed to be."""
    return {match.column: match.field for match in judged.columns.matches if match.field and _how(match) != "none"}


def _how(match: Match) -> contract.How:
    return _HOW.get(match.certainty, "none")
