"""Leaflets of real schools are judged without an error and without a warning: each académie with each template.

The schools are those of `tests.tables.test_real_lycees`, one for each académie and authority: by turns the one with
the shortest name, with the longest, with one between. Nothing is said of our own pages.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from leaflet.campaign import load_academies
from leaflet.faults import Report
from leaflet.markup.groups import group_rows
from leaflet.preflight.judge import Judge
from leaflet.preflight.rule_settings import load_context
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from tests.support import EXAMPLE, tables_of
from tests.tables.test_real_lycees import COLUMNS, is_valid, records


class Vote(NamedTuple):
    """An election that we know all of, or that an example says all of: its campaign, a day some days before it."""

    example: str
    day: date


VOTES = {"2022": Vote("un-etablissement-2018", date(2022, 11, 20)), "2026": Vote("essai-2026", date(2026, 11, 27))}
MADE = tables_of(__file__)["made"]
# A school of each académie is made, whatever its ministry.
SAME_PORTAL = "".join(f"[groups.{name}]\nsame_portal = true\n" for name in group_rows())


@cache
def schools() -> Mapping[str, tuple[str, ...]]:
    """A row of the list for each académie and authority, by its key."""
    academies, by_key = load_academies(), defaultdict(list)
    for row in records():
        academie = academies.by_uai(row[0]) if is_valid(row[0]) else None
        if academie is not None:
            by_key[academie.key].append(row)
    ordered = {key: sorted(rows, key=lambda row: (len(row[1]), row[0])) for key, rows in sorted(by_key.items())}
    return {key: rows[(0, -1, len(rows) // 2)[at % 3]] for at, (key, rows) in enumerate(ordered.items())}


@pytest.fixture(scope="module")
def votes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Path, Judge]]:
    """The files of each vote, with what judges them."""
    found = {}
    for name, vote in VOTES.items():
        folder = tmp_path_factory.mktemp(name)
        text = (EXAMPLE.with_name(vote.example) / "campaign.toml").read_text("utf-8").partition("[[document]]")[0]
        for old, new in (('"2018"', f'"{name}"'), ("2018-11", f"{name}-11"), ('staff = "personnels.csv"', "")):
            text = text.replace(old, new)
        text += SAME_PORTAL
        for template, (election, theme) in MADE.items():
            if election == name:
                text += f'[[document]]\nname = "{template}"\ntemplate = "{template}"\ntheme = "{theme}"\n'
        (folder / "campaign.toml").write_text(text, "utf-8")
        with (folder / "ecoles.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([COLUMNS, *schools().values()])
        build(BuildOptions(campaign=folder / "campaign.toml", out=folder / "out", keep_going=True, verify=False))
        found[name] = folder / "out", Judge(load_context(folder / "campaign.toml", vote.day, Report())[0])
    return found


def test_each_academie_and_each_length_of_name_is_there() -> None:
    """All 35, Wallis-et-Futuna and the schools abroad among them; names of four letters, and of a hundred."""
    lengths = sorted(len(row[1]) for row in schools().values())
    assert schools().keys() == load_academies().by_key.keys()
    assert lengths[0] <= 6 and lengths[-1] >= 100 and any(20 < length < 40 for length in lengths)


@pytest.mark.drill
@pytest.mark.parametrize("template", MADE)
def test_nothing_is_said_of_our_own_pages(template: str, votes: Mapping[str, tuple[Path, Judge]]) -> None:
    out, judge = votes[MADE[template][0]]
    paths = {path.name[:8]: path for path in (out / template).rglob("*.pdf")}
    assert paths.keys() == {row[0] for row in schools().values()}
    found = [
        (uai, fault.code, fault.reason("en"))
        for uai, path in paths.items()
        for fault in judge.judge_bytes(path.read_bytes(), path.name).faults
        if fault.severity != "note"
    ]
    assert found == []
