"""Read and write ``[columns.schools]`` and ``[columns.staff]``: which column of a list is which field.

Reading them is part of loading a campaign. Here they are also read alone, from a campaign that is not finished, and
columns that somebody accepted are written into a campaign file, of which every other byte stays.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from pydantic import ValidationError

from leaflet.campaign.editing import set_values
from leaflet.campaign.model import Data
from leaflet.campaign.source import CampaignText, read_campaign
from leaflet.confidential import normalise
from leaflet.faults import Report
from leaflet.files.plain_files import replace_file
from leaflet.files.toml_files import StrictModel
from leaflet.text import nearest

LISTS = ("schools", "staff")
_BOM = "\ufeff"


class ListSettings(Struct, frozen=True, kw_only=True):
    """The settings of the lists of a campaign, finished or not."""

    columns: Mapping[str, Mapping[str, str]]  # field to header as written, by list
    lists: Mapping[str, Path]  # the files named under ``[data]``, by list; they need not exist
    data: Data  # what ``[data]`` says rightly


class _Columns(StrictModel):
    """The one table that is read here."""

    columns: dict[str, dict[str, str]] = {}


def check_columns(text: CampaignText, report: Report) -> None:
    """Report names of lists that do not exist (C190) and headers that no column can have (C191)."""
    given = text.get("columns")
    for name, columns in given.items() if isinstance(given, dict) else ():
        if name not in LISTS:
            place = text.place("columns", name)
            report.add("C190", place, value=name, known=", ".join(LISTS), proposal=nearest(name, LISTS))
            continue
        for key, header in columns.items() if isinstance(columns, dict) else ():
            if isinstance(header, str) and not normalise(header):
                report.add("C191", text.place("columns", name, key), value=header)


def read_list_settings(path: Path) -> ListSettings:
    """Read what the campaign at `path` says of its lists; the rest of it may be unfinished or wrong."""
    report = Report()
    text = read_campaign(path, report)
    found = text.validate(_Columns, {"columns": text.tree.get("columns", {})}, report)
    check_columns(text, report)
    report.raise_errors()
    data = given if isinstance(given := text.get("data"), dict) else {}
    return ListSettings(
        columns=found.columns if found is not None else {},
        lists={key: path.parent / data[key] for key in LISTS if isinstance(data.get(key), str)},
        data=known_data(data),
    )


def known_data(tree: Any) -> Data:
    """Return what a table ``[data]`` says rightly; what is wrong is as if it were not there."""
    given = {"schools": "–", **(tree if isinstance(tree, dict) else {})}
    try:
        return Data.model_validate(given)
    except ValidationError as error:
        wrong = {details["loc"][0] for details in error.errors()}
        return known_data({key: value for key, value in given.items() if key not in wrong})


def store_columns(path: Path, name: str, columns: Mapping[str, str]) -> None:
    """Add to ``[columns.<name>]`` of the campaign file; comments and order stay, and so does every other line."""
    read_campaign(path, Report())  # a faulty file is not added to
    data = path.read_bytes().decode("utf-8")
    edited = set_values(data.removeprefix(_BOM), _named(name, columns), str(path), "C192")
    replace_file(path, (_BOM * data.startswith(_BOM) + edited).encode("utf-8"), "C192")


def columns_toml(name: str, columns: Mapping[str, str]) -> str:
    """Return the table as it is written: ``[columns.schools]`` and a line for each field."""
    return set_values("", _named(name, columns), "")


def _named(name: str, columns: Mapping[str, str]) -> dict[str, str]:
    return {f"columns.{name}.{key}": header for key, header in columns.items()}
