"""Choose the sheet of « Cartes »: cards of two sides, labels of one, or a sheet of one's own by its measures.

A sheet that only labels fit has the document of labels, and the other way round: nobody chooses that beside it.
"""

from collections.abc import Mapping

from msgspec import Struct

from leaflet.campaign.answers import with_answers
from leaflet.campaign.editing import set_tables
from leaflet.campaign.source import read_campaign
from leaflet.faults import Place, Report
from leaflet.files.resources import find_resources
from leaflet.files.words import Words
from leaflet.geometry import Um, mm, parse_length, to_mm
from leaflet.imposition.impose import fitting_stock, needed_sizes
from leaflet.imposition.stock import UNPRINTABLE, Stock, find_stock, load_stock, read_stock
from leaflet.production.catalogue import load_paper
from leaflet.studio import contract
from leaflet.studio.document_list import SHEETS, list_documents
from leaflet.studio.folder import CampaignFolder
from leaflet.text import slug

DOCUMENTS = ("memo-card", "memo-label", "memo-a6")  # that a sheet may be for, in this order
LENGTHS = ("width", "height", "left", "top", "acrossPitch", "downPitch")  # of one's own sheet, in mm
_A4 = mm(210), mm(297)


class Measured(Struct, frozen=True):
    """A sheet of one's own, as its measures are typed.

    Args:
        state: whether it can be used: ``right``, ``edge`` if printers leave a part of it white, ``bad``, ``blank``.
    """

    stock: Stock | None = None  # the sheet; None while they are none
    table: Mapping[str, object] = {}  # the same as a campaign file has it
    state: contract.MeasuredState = "blank"
    text: str = ""  # what is to be said of it
    field: str = ""  # the measure that is wrong; empty for none


def list_sheets(folder: CampaignFolder) -> contract.Sheets:
    """Return the sheets that cards or labels can be printed on, the one chosen, and the first free place.

    A campaign that has no cards has those that are usual.
    """
    usual = {"template": DOCUMENTS[0], "sheet": SHEETS[DOCUMENTS[0]]}
    chosen = next((one for one in list_documents(folder) if one.get("sheet")), usual)
    stocks, items = _stocks(folder), list[contract.LabelSheet]()
    sheet = find_stock(stocks, str(chosen["sheet"]))
    left = dict(stocks)
    for document in dict.fromkeys((*_two_sided(str(chosen["template"])), *DOCUMENTS)):
        paper = load_paper(find_resources(folder.path), document)
        fitting = fitting_stock(left.values(), *paper)
        items += [_describe(left.pop(stock.key), document, min(stock.sides, paper.pages)) for stock in fitting]
    return contract.Sheets(
        items=items,
        sheet=sheet.key if sheet is not None else "",
        start=folder.state.start,
        document=str(chosen["template"]),
    )


def _two_sided(template: str) -> tuple[str, ...]:
    """Return the document that is chosen, if sheets of two sides can stay with it."""
    return () if template == "memo-label" else (template,)


def _describe(stock: Stock, document: str, sides: int) -> contract.LabelSheet:
    return contract.LabelSheet(
        id=stock.key,
        label=stock.name,
        names=[stock.key, *stock.also],
        across=stock.columns,
        down=stock.rows,
        width=round(to_mm(stock.width), 1),
        height=round(to_mm(stock.height), 1),
        plain=stock.cut,
        sides=sides,
        document=document,
    )


def choose_sheet(folder: CampaignFolder, sheet: str, start: int) -> None:
    """Write the sheet of the campaign's cards, and the document that it is for.

    The first free place is remembered, as it changes with every sheet.

    Raises:
        DataError: the campaign file cannot be changed.
    """
    found = next(one for one in list_sheets(folder).items if one.id == sheet)
    chosen = {"sheet": sheet, "template": found.document}
    documents = [{**one, **chosen} if one.get("sheet") else one for one in list_documents(folder)]
    text = set_tables(folder.read_text() or "", "document", documents, folder.campaign.name)
    folder.write(folder.campaign.name, text.encode())
    folder.set(start=max(1, start))


def measure(folder: CampaignFolder, typed: Mapping[str, str], sides: int, words: Words) -> Measured:
    """Return a sheet of one's own by its measures, of A4; as many places as its lengths leave room for.

    Args:
        folder: of the campaign.
        typed: millimetres by `LENGTHS`, and its name; a decimal comma is one, too.
        sides: 1 for labels, 2 for cards.
        words: the texts of the page.
    """
    lengths: dict[str, Um] = {}
    for field in LENGTHS:
        if text := str(typed.get(field, "")).strip().removesuffix("mm").strip():
            try:
                lengths[field] = parse_length(f"{text} mm")
            except ValueError:
                return Measured(state="bad", text=words.say("measure_number", value=text), field=field)
    if set(lengths) != set(LENGTHS):
        return Measured()
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
    stock = read_stock(_key(folder, str(table["name"])), table, Place(), Report())
    return _judge(folder, stock, table, words) if stock is not None else Measured()


def _judge(folder: CampaignFolder, stock: Stock, table: dict[str, object], words: Words) -> Measured:
    """Say of a sheet whether something fits it, and how much of its edge stays white."""
    resources = find_resources(folder.path)
    papers = {document: load_paper(resources, document) for document in DOCUMENTS}
    if not any(fitting_stock((stock,), *paper) for paper in papers.values()):
        needed = needed_sizes(papers["memo-label" if stock.sides == 1 else "memo-card"].theme.page)
        return Measured(
            stock, table, "bad", words.say("measure_small", needed=needed[f"needed_{words.lang}"]), "width"
        )
    margin = min(stock.left, stock.top, stock.right, stock.bottom)
    rest = {"right": _said(stock.right, words), "bottom": _said(stock.bottom, words)}
    text = words.say("measure_right", n=stock.count, across=stock.columns, down=stock.rows, **rest)
    if margin >= UNPRINTABLE:
        del table["edge"]
        return Measured(stock, table, "right", text)
    edge = words.say("measure_edge", margin=_said(UNPRINTABLE, words))
    return Measured(stock, table, "edge", f"{text} {edge}")


def keep_sheet(folder: CampaignFolder, measured: Measured) -> None:
    """Write a sheet of one's own into the campaign, under the name of its box, and choose it.

    Raises:
        DataError: the campaign file cannot be changed.
    """
    assert measured.stock is not None, "the page keeps what can be used"
    key = measured.stock.key
    values = {f"stock.{key}.{name}": value for name, value in measured.table.items()}
    text = with_answers(folder.campaign, folder.read_text() or "", values)
    folder.write(folder.campaign.name, text.encode())
    choose_sheet(folder, key, 1)


def show_measured(measured: Measured) -> contract.Measured:
    """Return what the page shows of a sheet of one's own."""
    stock = measured.stock
    return contract.Measured(
        state=measured.state,
        text=measured.text,
        field=measured.field,
        sheet=_describe(stock, "", stock.sides) if stock is not None else None,
    )


def _mm(length: Um) -> str:
    return f"{to_mm(length):g} mm"


def _said(length: Um, words: Words) -> str:
    text = f"{to_mm(length):g}"
    return text.replace(".", ",") if words.lang == "fr" else text


def _key(folder: CampaignFolder, name: str) -> str:
    """Return the key of a sheet of one's own: its name, with a number if a sheet of the program has it."""
    wanted, known, number = slug(name) or "planche", load_stock(find_resources(folder.path)), 1
    key = wanted
    while key in known:
        number += 1
        key = f"{wanted}-{number}"
    return key


def _own(folder: CampaignFolder) -> Mapping[str, object]:
    tables = read_campaign(folder.campaign, Report()).tree.get("stock")
    return tables if isinstance(tables, dict) else {}


def _stocks(folder: CampaignFolder) -> dict[str, Stock]:
    """Return the sheets of the program and of the campaign, whose faults are told by whoever makes something."""
    stocks = load_stock(find_resources(folder.path))
    for key, table in _own(folder).items():
        if isinstance(table, dict) and (stock := read_stock(key, table, Place(), Report())) is not None:
            stocks[key] = stock
    return stocks
