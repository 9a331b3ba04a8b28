"""For each fault code of reviews, the smallest campaign and repository that has it."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from leaflet.faults import Fault
from leaflet.preflight.check import find_named_people
from leaflet.preflight.report.review import ReviewOptions, build_base, make_review
from tests.git_folders import NO_GIT, commit, make_repository
from tests.report.support import CAMPAIGN, campaign, with_cards
from tests.support import caught

Case = Callable[[Path], list[Fault]]


def options(folder: Path, **given: Any) -> ReviewOptions:
    values: dict[str, Any] = {"base": "main", "lang": "fr", "message_lang": "fr", "day": date(2018, 11, 25)}
    return ReviewOptions(campaign=folder / "campaign.toml", **{"out": folder / "review", **values, **given})


def _stopped(**given: Any) -> Case:
    def case(folder: Path) -> list[Fault]:
        campaign(folder)
        return caught(lambda: make_review(options(folder, **given)))

    return case


def _in_use(folder: Path) -> list[Fault]:
    (folder / "review").mkdir()
    (folder / "review" / "autre.txt").write_text("x", "utf-8")
    return _stopped()(folder)


def _no_repository(folder: Path) -> list[Fault]:
    return caught(lambda: build_base(options(campaign(folder).parent), folder, is_needed=True))


def _no_commit(folder: Path) -> list[Fault]:
    _need_git()
    make_repository(campaign(folder).parent)
    return caught(lambda: build_base(options(folder, base="nulle-part"), folder, is_needed=True))


def _broken_before(folder: Path) -> list[Fault]:
    """The branch mends what the base has wrong."""
    _need_git()
    path = campaign(folder / "c", CAMPAIGN.replace('"2018"', '"1918"'))
    make_repository(path.parent)
    path.write_text(CAMPAIGN, "utf-8")
    commit(path.parent)
    return list(build_base(options(path.parent, base="HEAD^"), folder, is_needed=True)[1])


def _broken_now(folder: Path) -> list[Fault]:
    _need_git()
    make_repository(campaign(folder).parent)
    return list(build_base(options(folder), folder, is_needed=False)[1])


def _staff_list(folder: Path) -> list[Fault]:
    campaign(folder, with_cards())
    return list(find_named_people([folder / "ecoles.csv", folder / "personnels.csv"], folder))


def _other_list(folder: Path) -> list[Fault]:
    campaign(folder, with_cards())
    return list(find_named_people([folder / "ecoles.csv", folder / "autre.csv"], folder))


def _need_git() -> None:
    if shutil.which("git") is None:
        pytest.skip(NO_GIT)


CASES: dict[str, Case] = {
    "U130": _no_repository,
    "U131": _no_commit,
    "U132": _in_use,
    "U133": _broken_before,
    "U134": _broken_now,
    "U135": _staff_list,
    "U136": _other_list,
}
