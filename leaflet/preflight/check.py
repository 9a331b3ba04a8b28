"""Check campaigns before anything is written, and finished files: find them, check the one, judge the others.

What files of a repository that are about to be committed mean for its campaigns is found, too.
"""

import os
import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from leaflet.campaign.starter import CAMPAIGN_FILE
from leaflet.faults import Fault, Place, Report
from leaflet.files.extensions import require_judging
from leaflet.preflight.expected_files import expecting
from leaflet.preflight.judge_processes import judge_files, judge_output
from leaflet.preflight.rule_settings import load_context, read_codes
from leaflet.preflight.targets import FileFilter, find_targets, is_personal
from leaflet.preflight.verdict import CampaignVerdict, FileVerdict, Verdict, tally
from leaflet.production.build_options import InputOptions
from leaflet.production.campaign_check import check_campaign
from leaflet.production.inputs import LISTS
from leaflet.production.materials import Materials
from leaflet.production.outcome import RowCounts
from leaflet.tables import ReadOptions
from leaflet.tables.opening import lists_people
from leaflet.text import texts_in


def find_campaigns_using(changed: Iterable[Path], root: Path) -> tuple[Path, ...]:
    """Return the campaign files below a folder that use any of some files, sorted."""
    named = {campaign: {path for _, path in pairs} for campaign, pairs in _find_campaigns(root).items()}
    found = set()
    for path in (path.absolute() for path in changed):
        nearest = next((folder / CAMPAIGN_FILE for folder in path.parents if folder / CAMPAIGN_FILE in named), None)
        found |= {campaign for campaign, paths in named.items() if campaign == nearest or _real(path) in paths}
    return tuple(sorted(found))


def find_named_people(changed: Sequence[Path], root: Path) -> tuple[Fault, ...]:
    """Return a fault for each file with names of people, of a campaign or made per person; and for unknown lists."""
    named = [*chain.from_iterable(_find_campaigns(root).values())]
    staff, known, found = {path for key, path in named if key == "staff"}, {path for _, path in named}, Report()
    for path, kind in ((path, path.suffix.lower()) for path in changed):
        is_unknown = kind in LISTS and _real(path) not in known
        has_names = lists_people(path, ReadOptions()) if is_unknown else kind == ".pdf" and is_personal(path)
        if has_names or _real(path) in staff:
            found.add("U135", Place(file=str(path)), value=path.name)
        elif is_unknown:
            found.add("U136", Place(file=str(path)), value=path.name)
    return tuple(found)


def _find_campaigns(root: Path) -> dict[Path, list[tuple[str | int, Path]]]:
    """Return the campaigns below a folder, whatever they are called, with what they name; none in hidden folders."""
    found = {}
    for folder, folders, files in os.walk(root.absolute()):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(folder, name) for name in files if name.endswith(".toml")):
            named = list(_named_files(path))
            if path.name == CAMPAIGN_FILE or any(key in ("schools", "staff") for key, _ in named):
                found[path] = named
    return found


def _named_files(campaign: Path) -> Iterator[tuple[str | int, Path]]:
    """Yield the key and the real path of each value of a campaign that may be a file; nothing if it is no TOML."""
    try:
        values = tomllib.loads(campaign.read_text("utf-8"))
    except (OSError, ValueError):  # the check says what is wrong with it
        return
    yield from ((path[-1], _real(campaign.parent / value)) for path, value in texts_in(values) if "\0" not in value)


def _real(path: Path) -> Path:
    """Return a path with its links followed, as far as there is anything."""
    return Path(os.path.realpath(path))


def check(
    paths: Sequence[Path], inputs: InputOptions, *, out: Path | None, day: date, off: Collection[str], jobs: int
) -> Verdict:
    """Check campaign files, PDF files and folders of them, and write nothing.

    Args:
        paths: the files and folders.
        inputs: how a campaign is checked; its `campaign` is set for each.
        out: what a build of the campaign has written, to be judged too.
        day: the day that leaflets are judged on.
        off: codes of rules that are switched off.
        jobs: processes that judge files.
    """
    report = Report()
    wanted = FileFilter(document=inputs.document, records=inputs.only)
    codes: frozenset[str] = frozenset()
    if off:
        require_judging("leaflet check --off")
        from leaflet.preflight.rules.rule_list import all_rules

        codes = read_codes(off, Place(field="--off"), report, all_rules())
    targets = find_targets(map(_relative, paths), report, wanted, _relative(out) if out else None)
    report.raise_errors()
    if targets.finished:
        require_judging(f"leaflet check {targets.finished[0]}")
    collected: list[CampaignVerdict] = []
    materials: Materials | None = None
    rows: RowCounts | None = None
    context, settings = load_context(None, day, report)
    with expecting(targets.files) as expected:
        for path in targets.campaigns:
            found = Report()
            result = check_campaign(replace(inputs, campaign=path), expected.see, day)
            materials = result.materials
            context, settings = load_context(path, day, found)
            rows = result.counts
            if rows is not None:
                errors, warned = len(found.errors), rows.warned_elsewhere + len(found.warnings)
                rows = replace(rows, elsewhere=rows.elsewhere + errors, warned_elsewhere=warned)
            collected.append(CampaignVerdict(path=path, rows=rows, faults=(*result.faults, *found)))
        files = expected.held(materials) if materials else targets.files
        schools = materials.schools if materials and rows and not rows.refused else ()
        settings = replace(settings, off=settings.off | codes)
        found_in = judge_files(files, context, settings, jobs=jobs, progress=inputs.progress)
        judged, seconds = tally(found_in)
        of_folders = replace(context, schools=schools)  # too many to send to each process
        folders = tuple(
            FileVerdict(name=output.folder.as_posix(), faults=judge_output(output, of_folders, settings))
            for output in targets.outputs
        )
    packages = settings.packages() if judged or folders else ()
    verdict = Verdict(files=judged, outputs=folders, seconds=seconds, packages=packages)
    inputs.outcome.add_faults(one.fault for one in verdict.located())
    return replace(verdict, campaigns=tuple(collected))


def _relative(path: Path) -> Path:
    """Return a path as reports show it: relative to the working directory if it is in there."""
    return path.relative_to(Path.cwd()) if path.is_absolute() and path.is_relative_to(Path.cwd()) else path
