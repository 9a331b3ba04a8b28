"""Put the answers to ``leaflet init`` and ``leaflet fill``, from a file or a person, into a campaign's text.

An answer is held to all rules of a campaign file before it is written.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from leaflet.campaign.dates import parse_french_day
from leaflet.campaign.editing import set_tables, set_values
from leaflet.campaign.election import ElectionProfile, flat, read_fact
from leaflet.campaign.facts import field_rows, row_of
from leaflet.campaign.load import UNFINISHED, find_errors
from leaflet.campaign.source import MAX_BYTES, parse_campaign
from leaflet.campaign.toml_slips import syntax_problem
from leaflet.faults import DataError, Fault, Place, Report, fail, fault_of
from leaflet.files.plain_files import SETTINGS, meant_file, read_plain_file
from leaflet.text import nearest, value_at

COMPARED = "compared"  # the facts that somebody held against the notice de vote
_SEPARATORS = re.compile(r"\s*;\s*")
_BARE_COLOR = re.compile(r"[0-9a-fA-F]{6}")
_STEP_SEPARATORS = re.compile(r"[\s,;]+")
# a round as `in_words` of facts writes it, and a person types it: « 2d tour (cadres) : day, hour – day, hour »
_ROUND = re.compile(r"([^(:]+?)\s*(?:\((.+)\)\s*)?:\s*(.+?)(?:\s+(?:–|-|au)\s+(.+))?")


def read_answers(path: Path) -> dict[str, object]:
    """Return the answers of a file, by the dotted names of their fields."""
    try:
        data = read_plain_file(path, MAX_BYTES)
    except (OSError, ValueError) as error:
        proposal = "" if path.is_file() else meant_file(str(path), SETTINGS)
        raise fault_of(error, "C185", path.name, proposal=proposal) from None
    report, known = Report(), (*field_rows(), COMPARED)
    answers = dict(flat(parse_campaign(path, data, report).tree))
    for field in answers:
        if field not in known and not field.startswith("facts."):
            report.add("C184", Place(file=path.name, field=field), value=field, proposal=nearest(field, known))
    report.raise_errors()
    return answers


def parse_answer(field: str, text: str, profile: ElectionProfile | None = None) -> object:
    """Return what a person typed as the value of a field; what does not fit is left to the rules of the campaign."""
    example = row_of(field, profile).value
    if field == "steps":
        return [name for name in _STEP_SEPARATORS.split(text) if name]
    if isinstance(example, list) and text.startswith("["):
        with suppress(ValueError):
            return tomllib.loads(f"x = {text}")["x"]
    if isinstance(example, list):
        return [parse_item(field, line) for line in _SEPARATORS.split(text) if line]
    if isinstance(example, int) and text.isascii() and text.isdigit():
        return int(text)
    if isinstance(example, date) or example == "":  # of a fact that nobody gave a type
        with suppress(ValueError):
            return date.fromisoformat(parse_french_day(text) or text)
    return f"#{text}" if field == "publisher.color" and _BARE_COLOR.fullmatch(text) else text


def parse_item(field: str, text: str) -> object:
    """Return what a person typed as one item of a list; a round as the campaign file has it (C251)."""
    if field.rpartition(".")[2] != "rounds":  # those of a group have its name before
        return text
    match = _ROUND.fullmatch(text.strip())
    if match is None:
        raise fail("C251", Place(field=field), value=text)
    name, college, *moments = match.groups()
    row: dict[str, object] = {"name": name, "college": college}
    for verb, moment in zip(("opens", "closes"), moments, strict=True):
        day, _, hour = (moment or "").partition(",")
        row |= {f"{verb}_on": parse_answer("vote.opens_on", day.strip()), f"{verb}_at": hour.strip()}
    return {key: value for key, value in row.items() if value}


def with_answers(path: Path, text: str, answers: Mapping[str, object], source: str | None = None) -> str:
    """Return the text of a campaign with answers in it; what was compared and changed now is compared no more.

    `source` is the file that the answers are from, if any: what is wrong is wrong there.
    """
    before = find_errors(path, text)
    if syntax_problem(text) is not None:  # nothing can be put into it
        raise DataError(before)
    rows = _rows(answers if COMPARED in answers else tomllib.loads(text))
    left = [row for row in rows if answers.get(str(row.get("field")), row.get("value")) == row.get("value")]
    edited = set_values(text, {field: value for field, value in answers.items() if field != COMPARED}, path.name)
    if _rows(tomllib.loads(edited)) != left:
        edited = set_tables(edited, COMPARED, left, path.name, inline=True)
    known = {_key(fault) for fault in before}
    if new := [f for f in find_errors(path, edited) if _key(f) not in known and f.code not in UNFINISHED]:
        raise DataError([replace(f, place=replace(f.place, file=source, line=None)) for f in new] if source else new)
    return edited


def with_comparison(path: Path, text: str, fields: Sequence[str], day: date) -> str:
    """Return the text of a campaign that says that somebody compared some of its facts, as they stand there."""
    tree = tomllib.loads(text)
    values = {field: value_at(tree, field) for field in fields}  # written anew, without the remark beside them
    rows = [row for row in _rows(tree) if row.get("field") not in values]
    rows += [{"field": field, "value": value, "on": day} for field, value in values.items()]
    return with_answers(path, text, {**values, COMPARED: rows})


def without_comparison(text: str, field: str, file: str) -> str:
    """Return the text of a campaign that does not say any more that somebody compared a fact."""
    rows = _rows(tomllib.loads(text))
    left = [row for row in rows if row.get("field") != field]
    return set_tables(text, COMPARED, left, file, inline=True) if left != rows else text


def comparisons(tree: Mapping[str, object]) -> dict[str, date]:
    """Return the facts that somebody compared as they stand in a campaign now, each with the day."""
    return {
        field: day
        for row in _rows(tree)
        if isinstance(field := row.get("field"), str)
        and isinstance(day := row.get("on"), date)
        and (found := read_fact(field, value_at(tree, field))) is not None
        and found == read_fact(field, row.get("value"))
    }


def _rows(tree: Mapping[str, object]) -> list[dict[str, object]]:
    """Return the comparisons of a campaign as TOML has them."""
    rows = tree.get(COMPARED, [])
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _key(fault: Fault) -> tuple[str, str | None, str]:
    return fault.code, fault.place.field, fault.reason("en")
