"""Choose the sheet of « Cartes »: cards of two sides, labels of one, or a sheet of one's own by its measures.

A sheet that only labels fit has the document of labels, and the other way round: nobody chooses that beside it.
"""

from collections.abc import Mapping

from msgspec import Struct

from leaflet.faults import Fault, Lang, LeafletError, Place, Report
from leaflet.files.resources import find_resources
from leaflet.files.words import Words
from leaflet.geometry import Um, mm, parse_length, to_mm
from leaflet.imposition.impose import fitting_stock, needed_sizes
from leaflet.imposition.printer import RARE_OFFSET, check_line, check_scale, load_printer
from leaflet.imposition.stock import UNPRINTABLE, Stock, both_mm, find_stock, load_stock, read_stock
from leaflet.markup.render import any_prints
from leaflet.production.calibration import write_measures
from leaflet.production.catalogue import load_paper
from leaflet.production.inputs import PRINTER_FILE
from leaflet.studio import contract
from leaflet.studio.document_list import SHEETS
from leaflet.studio.folder import CampaignFolder, numbered
from leaflet.studio.json_values import show_fault
from leaflet.studio.output_folders import MADE
from leaflet.text import slug

DOCUMENTS = ("memo-card", "memo-label", "memo-a6")  # that a sheet may be for, in this order: of two sides, of one
LENGTHS = ("width", "height", "left", "top", "acrossPitch", "downPitch")  # of one's own sheet, in mm
_A4 = mm(210), mm(297)
_EXAMPLE, _EXAMPLES = mm(99.1), (mm(50.2), mm(149.8))  # of a label; of a line of the calibration sheet, its ruler


class Measured(Struct, frozen=True):
    """A sheet of one's own, as its measures are typed; ``edge`` if printers leave a part of it white."""

    stock: Stock | None = None  # the sheet; None while they are none
    table: Mapping[str, object] = {}  # the same as a campaign file has it
    state: contract.MeasuredState = "blank"
    text: str = ""  # what is to be said of it
    field: str = ""  # the measure that is wrong; empty for none

    def shown(self) -> contract.Measured:
        """Return what the page shows of it."""
        sheet = _describe(self.stock, "", self.stock.sides) if self.stock is not None else None
        return contract.Measured(state=self.state, text=self.text, field=self.field, sheet=sheet)


def list_sheets(folder: CampaignFolder, lang: Lang = "fr") -> contract.Sheets:
    """Return the sheets that cards or labels can be printed on or not, the one chosen, and the first free place.

    A campaign that has no cards has those that are usual. The sizes that others would need are said in `lang`.
    """
    usual = {"template": DOCUMENTS[0], "sheet": SHEETS[DOCUMENTS[0]]}
    chosen = next((one for one in folder.read().documents() if one.get("sheet")), usual)
    stocks, items, template = _stocks(folder), list[contract.LabelSheet](), str(chosen["template"])
    sheet = find_stock(stocks, str(chosen["sheet"]))
    left = dict(stocks)
    two_sided = () if template == "memo-label" else (template,)  # which sheets of two sides can stay with
    for document in dict.fromkeys((*two_sided, *DOCUMENTS)):
        paper = load_paper(find_resources(folder.path), document)
        fitting = fitting_stock(left.values(), *paper)
        items += [_describe(left.pop(stock.key), document, min(stock.sides, paper.pages)) for stock in fitting]
    key = sheet.key if sheet is not None else ""
    resources, made = find_resources(folder.path), folder.outputs.files
    needed = [_needed(folder, sides)[f"needed_{lang}"] for sides in (1, 2)]
    return contract.Sheets(
        items=items,
        unfit=[_describe(one, "", one.sides, needed[one.sides - 1]) for one in left.values()],
        sheet=key,
        start=folder.state.start,
        free=folder.state.free_of.get(key, 1),
        is_begun=folder.state.is_begun,
        document=template,
        made=[f"{MADE}/{file.relative_to(made).as_posix()}" for file in sorted((made / template).rglob("*.pdf"))],
        has_names=folder.state.staff is not None or "people" in dict(folder.given()) or bool(folder.state.carded),
        prints_mailbox=any_prints(resources, [template], "academie."),
        prints_publisher=any_prints(resources, [template], "publisher."),
    )


def _needed(folder: CampaignFolder, sides: int) -> dict[str, str]:
    """Return the sizes that a place of a sheet of so many sides needs, in both languages."""
    return needed_sizes(load_paper(find_resources(folder.path), DOCUMENTS[2 - sides]).theme.page)


def _describe(stock: Stock, document: str, sides: int, needed: str = "") -> contract.LabelSheet:
    return contract.LabelSheet(
        id=stock.key,
        label=stock.name,
        names=[*stock.names],
        across=stock.columns,
        down=stock.rows,
        width=round(to_mm(stock.width), 1),
        height=round(to_mm(stock.height), 1),
        plain=stock.cut,
        sides=sides,
        document=document,
        needed=needed,
    )


def choose_sheet(folder: CampaignFolder, sheet: str, start: int) -> None:
    """Write the sheet of the campaign's cards, and the document that it is for; remember its first free place."""
    sheets = list_sheets(folder)
    chosen = {"sheet": sheet, "template": next(one for one in sheets.items if one.id == sheet).document}
    folder.edit(documents=[{**one, **chosen} if one.get("sheet") else one for one in folder.read().documents()])
    folder.set(start=max(1, start), is_begun=sheet != sheets.sheet)  # of another one nobody has chosen a place yet


def first_place(folder: CampaignFolder, *, of_some: bool) -> int:
    """Return where cards begin: where somebody said; those of some people go on where the last ones ended."""
    return list_sheets(folder).free if of_some and folder.state.is_begun else folder.state.start


def next_places(folder: CampaignFolder, made: int, *, of_some: bool) -> dict[str, int]:
    """Return the first free place of the last sheet of each kind after so many cards: 1 if it is full, or plain."""
    sheets = list_sheets(folder)
    chosen = next((one for one in sheets.items if one.id == sheets.sheet), None)
    if chosen is None or chosen.plain:
        return folder.state.free_of
    free = (first_place(folder, of_some=of_some) - 1 + made) % (chosen.across * chosen.down) + 1
    return {**folder.state.free_of, chosen.id: free}


def measure(folder: CampaignFolder, typed: Mapping[str, str], sides: int, words: Words) -> Measured:
    """Return a sheet of one's own of A4, with as many places as its lengths leave room for; of 1 or 2 `sides`.

    What is `typed` are millimetres by `LENGTHS`, and its name; a decimal comma is one, too.
    """
    lengths: dict[str, Um] = {}
    for field in LENGTHS:
        if text := str(typed.get(field, "")).strip():
            length = _parse(text)
            if length is None or length < 0 or not (length or field in ("left", "top")):
                said = words.say("measure_number", value=text, example=_said(_EXAMPLE, words))
                return Measured(state="bad", text=said, field=field)
            lengths[field] = length
    for number, field in enumerate(LENGTHS, 1):
        if field not in lengths:
            return Measured(text=words.say("measure_missing", nth=number), field=field)
    counts = {}
    for axis, sheet, start, size in (("across", _A4[0], "left", "width"), ("down", _A4[1], "top", "height")):
        room, pitch = sheet - lengths[start] - lengths[size], lengths[f"{axis}Pitch"]
        if room < 0:
            return Measured(state="bad", text=words.say(f"measure_out_{axis}"), field=size)
        if pitch < lengths[size]:
            least = _said(lengths[size], words)
            return Measured(state="bad", text=words.say("measure_overlap", least=least), field=f"{axis}Pitch")
        counts[axis] = 1 + room // max(pitch, 1)
    table = {
        "sheet": "A4",
        "card": [_mm(lengths["width"]), _mm(lengths["height"])],
        "columns": counts["across"],
        "rows": counts["down"],
        "left": _mm(lengths["left"]),
        "top": _mm(lengths["top"]),
        "pitch": [_mm(lengths["acrossPitch"]), _mm(lengths["downPitch"])],
        "sides": sides,
        "edge": True,
        "name": str(typed.get("name", "")).strip() or words.say("own_sheet"),
    }
    key, known = slug(str(table["name"])) or "planche", load_stock(find_resources(folder.path))
    free = next(one for one in numbered(key) if one not in known)  # a sheet of the program may have this name
    stock = read_stock(free, table, Place(), Report())
    return _judge(folder, stock, table, words) if stock is not None else Measured(field=LENGTHS[0])


def _judge(folder: CampaignFolder, stock: Stock, table: dict[str, object], words: Words) -> Measured:
    """Say of a sheet whether something fits it, and how much of its edge stays white."""
    resources = find_resources(folder.path)
    papers = {document: load_paper(resources, document) for document in DOCUMENTS}
    if not any(fitting_stock((stock,), *paper) for paper in papers.values()):
        text = words.say("measure_small", needed=_needed(folder, stock.sides)[f"needed_{words.lang}"])
        return Measured(stock, table, "bad", text, "width")
    rest = {"right": _said(stock.right, words), "bottom": _said(stock.bottom, words)}
    text = words.say("measure_right", n=stock.count, across=stock.columns, down=stock.rows, **rest)
    if min(stock.left, stock.top, stock.right, stock.bottom) >= UNPRINTABLE:
        del table["edge"]
        return Measured(stock, table, "right", text)
    edge = words.say("measure_edge", margin=_said(UNPRINTABLE, words))
    return Measured(stock, table, "edge", f"{text} {edge}")


def keep_sheet(folder: CampaignFolder, measured: Measured) -> None:
    """Write a sheet of one's own into the campaign, under the name of its box, and choose it."""
    assert measured.stock is not None, "the page keeps what can be used"
    key = measured.stock.key
    folder.edit({f"stock.{key}.{name}": value for name, value in measured.table.items()})
    choose_sheet(folder, key, 1)


def judge_measures(typed: Mapping[str, str], words: Words) -> tuple[dict[str, float], dict[str, str]]:
    """Return the millimetres that were measured on the calibration sheet, and why others cannot be.

    What is `typed` are the measures to its lines, ``a`` to ``d``, and of its ``ruler``.
    """
    found, wrong = dict[str, float](), dict[str, str]()
    for name, text in typed.items():
        if (length := _parse(str(text))) is None:
            wrong[name] = words.say("measure_number", value=text, example=_said(_EXAMPLES[name == "ruler"], words))
            continue
        found[name] = to_mm(length)
        if (fault := check_scale(found[name]) if name == "ruler" else check_line(found[name])) is not None:
            shown = show_fault(fault, words)
            wrong[name] = f"{shown.text} {shown.ways[0].text}"
    return found, wrong


def correct_printer(folder: CampaignFolder, measured: Mapping[str, float]) -> None:
    """Keep the correction of the printer, as `leaflet calibrate` does; none if nothing was measured."""
    if measured:
        back = (measured["c"], measured["d"]) if "c" in measured else None  # labels have none
        write_measures(folder.path / PRINTER_FILE, (measured["a"], measured["b"]), back, measured["ruler"])
    else:
        folder.remove(PRINTER_FILE)


def say_correction(folder: CampaignFolder, words: Words, *, of_label: bool) -> list[str]:
    """Return how each side is moved, as one says it, or what is wrong with the file of the printer."""
    if not (path := folder.path / PRINTER_FILE).is_file():
        return []
    try:
        printer = load_printer(path)
    except LeafletError as error:
        return [fault.reason(words.lang) for fault in error.faults]
    said = []
    for side, offset in (("front", printer.front), ("back", printer.back)):
        ways = (("right" if offset.dx > 0 else "left", offset.dx), ("down" if offset.dy > 0 else "up", offset.dy))
        moved = [words.say(f"moved_{way}", by=_said(abs(by), words)) for way, by in ways if by]
        said += [words.say(f"moved_{side}", moved=", ".join(moved))] if moved else []
    said += [words.say("moved_back_not")] if said and not (of_label or printer.back.dx or printer.back.dy) else []
    most = max(map(abs, (printer.front.dx, printer.front.dy, printer.back.dx, printer.back.dy)))
    rare = Fault("P210", Place(), both_mm(value=most))
    told = [rare.reason(words.lang), rare.way_out(words.lang)] if most > RARE_OFFSET else []
    return [*(said or [words.say("moved_nowhere")]), *told]


def _parse(text: str) -> Um | None:
    """Return a length in millimetres as it is typed, with its unit or without; None of what is none."""
    try:
        return parse_length(f"{text.strip().removesuffix('mm').strip()} mm")
    except (ValueError, OverflowError):  # OverflowError: hundreds of digits
        return None


def _mm(length: Um) -> str:
    return f"{to_mm(length):g} mm"


def _said(length: Um, words: Words) -> str:
    text = f"{to_mm(length):g}"
    return text.replace(".", ",") if words.lang == "fr" else text


def _stocks(folder: CampaignFolder) -> dict[str, Stock]:
    """Return the sheets of the program and of the campaign, whose faults are told by whoever makes something."""
    stocks, own = load_stock(find_resources(folder.path)), folder.read().get("stock")
    for key, table in own.items() if isinstance(own, dict) else ():
        if isinstance(table, dict) and (stock := read_stock(key, table, Place(), Report())) is not None:
            stocks[key] = stock
    return stocks
