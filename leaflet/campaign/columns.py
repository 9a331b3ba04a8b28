"""``[columns.schools]`` and ``[columns.staff]``: which column of a list is which field, in the campaign's own words.

Reading them is part of loading a campaign; here they are also read alone, of a campaign that is not finished.
Writing them is in ``column_edits``. Which fields and headers there are is known to ``leaflet.tables``.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from pydantic import BaseModel

from leaflet.campaign.source import CampaignText, read_campaign
from leaflet.confidential import normalise
from leaflet.faults import Report
from leaflet.text import nearest
from leaflet.validation import STRICT

LISTS = ("schools", "staff")


class ListSettings(Struct, frozen=True, kw_only=True):
    """What a campaign, finished or not, says of its lists.

    Args:
        file: name of the campaign file.
        columns: field to header as written, by list.
        lists: the files named under ``[data]``, by list; they need not exist.
        data: the table ``[data]`` as it is written.
    """

    file: str
    columns: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, Path]
    data: Mapping[str, Any]


class _Columns(BaseModel):
    """The one table that is read here."""

    model_config = STRICT

    columns: dict[str, dict[str, str]] = {}


def check_columns(text: CampaignText, report: Report) -> None:
    """Names of lists that there are not (C190), and headers that no column can have (C191)."""
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
    """What the campaign at `path` says of its lists; the rest of it may be unfinished or wrong.

    Raises:
        DataError: there is no such file, it is not TOML, or these very tables are wrong.
    """
    report = Report()
    text = read_campaign(path, report)
    found = text.validate(_Columns, {"columns": text.tree.get("columns", {})}, report)
    check_columns(text, report)
    report.raise_errors()
    data = text.get("data")
    data = data if isinstance(data, dict) else {}
    lists = {key: path.parent / data[key] for key in LISTS if isinstance(data.get(key), str)}
    return ListSettings(
        file=path.name,
        columns=MappingProxyType(found.columns if found is not None else {}),
        lists=MappingProxyType(lists),
        data=MappingProxyType(data),
    )
