"""All steps of a review: build, build the base, report on both, attach what changed, write the faults for hosts.

Files that hold names are never among the PDFs and pictures that are attached. The base is the merge base: where the
branch of the change left the base branch. What others have put into the base branch since does not count as a change.
Nothing is fetched: a recipe says how much history its clone has.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from msgspec import Struct

from leaflet.faults import LANGUAGES, Fault, LeafletError, Place, count_faults, fail
from leaflet.files.words import load_words
from leaflet.preflight.compare.compare_builds import compare_paths
from leaflet.preflight.compare.differences import Comparison
from leaflet.preflight.formats import Format, to_gitlab, to_json, to_sarif
from leaflet.preflight.report.changes import change_groups
from leaflet.preflight.report.gallery import Built, read_output
from leaflet.preflight.report.html import FOLDER
from leaflet.preflight.report.make import Asked, ReportOptions, ReportResult, make_report
from leaflet.preflight.verdict import Verdict
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from leaflet.production.inputs import check_campaign_file
from leaflet.production.staging import check_out

FILES: Mapping[str, Format] = {
    "findings.json": to_json,
    "findings.sarif": to_sarif,
    "findings.gitlab.json": to_gitlab,
}
COUNTS = "counts.env"


def write_counts(out: Path, verdict: Verdict, found: Comparison | None) -> None:
    """Write counts as lines ``NAME=value``, which GitHub takes as outputs of a step and GitLab as variables of a job.

    What was not compared is empty, not nought.
    """
    faults = count_faults(one.fault for one in verdict.located())
    counts = found.counts if found else {}
    values = {name: counts.get(name, "") for name in ("changed", "added", "removed", "unreadable")}
    values |= {"errors": faults["error"], "warnings": faults["warning"], "files": len(verdict.files)}
    lines = (f"LEAFLET_{name.upper()}={value}\n" for name, value in values.items())
    (out / COUNTS).write_text("".join(lines), "utf-8")


PDF, PICTURES = "pdf", "pictures"  # folders
WhichPdf = Literal["changed", "all", "none"]


REPORT, SUMMARY = "report.html", "summary.md"


class ReviewOptions(Asked, frozen=True, kw_only=True):
    """The options of a review."""

    campaign: Path  # the campaign file
    base: str  # the branch or commit to compare with; empty for none
    out: Path  # the folder to write, which must be new or empty
    pdf: WhichPdf = "changed"  # the PDFs that are put beside the report
    most: int = 50  # how many changed files are attached at most
    with_pictures: bool = True  # whether changed pages are drawn
    epoch: int | None = None  # SOURCE_DATE_EPOCH, or None


def make_review(options: ReviewOptions) -> ReportResult:
    """Write the folder that a reviewer looks at, whatever faults the campaign has; return what the report found."""
    check_campaign_file(options.campaign)
    out = options.out  # what an earlier review left would be taken for a part of this one
    check_out(out)
    if out.exists() and any(out.iterdir()):
        raise fail("U132", Place(field="--out"), value=str(out))
    with TemporaryDirectory(prefix="leaflet-") as folder:
        new = Path(folder, "new", options.campaign.resolve().parent.name or "out")  # reports name this folder
        faults = _build(options.campaign, new, options)
        baseline, baseline_faults = build_base(options, Path(folder), is_needed=new.is_dir())
        result = make_report(
            ReportOptions(
                out=new,
                campaign=options.campaign,
                baseline=baseline,
                html=options.out / REPORT,
                summary=options.out / SUMMARY,
                build_faults=tuple(faults),
                baseline_faults=baseline_faults,
                may_be_empty=True,
                **{name: getattr(options, name) for name in Asked.__struct_fields__},
            )
        )
        attached = attach_files(options, read_output(new, may_be_empty=True), result.comparison)
    for name, form in FILES.items():
        (options.out / name).write_text(form(result.judged, options.lang), "utf-8")
    write_counts(options.out, result.judged, result.comparison)
    with (options.out / SUMMARY).open("a", encoding="utf-8") as summary:
        words = load_words(FOLDER, options.lang)
        lines = [f"- {words.say(f'attached_{name}', n=number)}" for name, number in attached.items() if number]
        summary.write("\n".join(("", f"## {words.say('attached')}", "", *lines, "")) if lines else "")
    return result


def attach_files(options: ReviewOptions, built: Built, found: Comparison | None) -> dict[str, int]:
    """Copy PDFs and draw pictures into the folders ``pdf`` and ``pictures``; return how many, and what was left out.

    Without a comparison every file is new. There is one changed file of each way of changing first, the commonest
    first; files with names stay where they are.
    """
    out, most = options.out, options.most
    personal = {file.name for file in built.files if file.is_personal}
    everything = [file.name for file in built.files if file.name not in personal]
    groups = change_groups(found.records) if found else []
    samples = list(dict.fromkeys((group.record.document, group.record.record) for group in groups))[:most]
    changed = _changed(found, samples) if found else everything
    wanted = {"changed": changed[:most], "all": everything, "none": []}[options.pdf]
    for name in wanted:
        path = out / PDF / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(built.folder / name, path)
    folder = out / PICTURES
    if found and samples and options.with_pictures:
        compare_paths(found.old, found.new, records=samples, pictures=folder, progress=options.progress)
    left_out = len(changed[most:]) if options.pdf == "changed" else 0
    pictures = sum(1 for _ in folder.rglob("*.png"))
    return {"pdf": len(wanted), "pictures": pictures, "left_out": left_out, "personal": len(personal)}


def _changed(found: Comparison, samples: Sequence[tuple[str, str]]) -> list[str]:
    """Return the names of new and changed files without names of people, the samples first."""
    places = {key: place for place, key in enumerate(samples)}
    wanted = (record for record in found.records if record.status in ("changed", "added") and not record.personal)
    records = sorted(wanted, key=lambda record: places.get((record.document, record.record), len(places)))
    return [record.new_file for record in records if record.new_file]


def _build(campaign: Path, out: Path, options: ReviewOptions) -> Sequence[Fault]:
    """Build what can be built of a campaign, drafts of what nobody has compared, and return the faults."""
    asked = BuildOptions(
        campaign=campaign, out=out, keep_going=True, draft=True,
        jobs=options.jobs, epoch=options.epoch, progress=options.progress,
    )  # fmt: skip
    try:
        build(asked)
    except LeafletError as error:
        asked.outcome.add_faults(error.faults)
    return tuple(asked.outcome.report)


def build_base(options: ReviewOptions, work: Path, *, is_needed: bool) -> tuple[Path | None, tuple[Fault, ...]]:
    """Build the campaign of the base in a folder to work in, if something was made of the campaign as it is now.

    Returns:
        The folder it was built into; None, with the reason, if there is nothing to compare; None alone if there was
        no campaign yet, or no base was named.
    """
    base = find_base(options.campaign, options.base)
    if base is None:
        return None, ()
    if not is_needed:
        return None, (Fault("U134", Place(file=options.campaign.name)),)
    out = work / "old" / base.name
    with checked_out(base, work / "base") as campaign:
        if not campaign.is_file():
            return None, ()
        faults = _build(campaign, out, options)
    if out.is_dir():
        return out, ()
    first = next(fault for fault in faults if fault.severity == "error")
    reasons = {f"why_{lang}": first.reason(lang) for lang in LANGUAGES}
    return None, (Fault("U133", Place(file=options.campaign.name), {"value": base.name, **reasons}),)


_UNSAFE = re.compile(r"[^A-Za-z0-9._]+")
_LONGEST = 60  # characters of a name of a folder
_SHORT = 7  # digits of a commit, as git shows it
_NO_COMMIT = re.compile(r"0*")  # what hosts give as the commit before the first one


class Base(Struct, frozen=True, kw_only=True):
    """The commit that is compared with."""

    repository: Path  # its folder
    commit: str  # the hash of the merge base
    name: str  # of the folders made from it, which reports show
    campaign: Path  # the path of the campaign in the repository


def find_base(campaign: Path, revision: str) -> Base | None:
    """Find the merge base of a revision and what is checked out; None if the revision is empty, or noughts alone."""
    if _NO_COMMIT.fullmatch(revision):
        return None
    path = campaign.parent.resolve() / campaign.name
    place = Place(field="--base")
    try:
        repository = Path(_git(path.parent, "rev-parse", "--show-toplevel")).resolve()
    except (OSError, subprocess.CalledProcessError) as error:
        raise fail("U130", place, value=campaign.name, problem=_reason(error)) from None
    try:
        commit = _git(repository, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    except subprocess.CalledProcessError:
        raise fail("U131", place, value=revision) from None
    name = "" if commit.startswith(revision) else _UNSAFE.sub("-", revision).strip("-.")[:_LONGEST]
    with suppress(subprocess.CalledProcessError):  # no common history: the commit itself
        commit = _git(repository, "merge-base", "HEAD", commit)
    return Base(
        repository=repository,
        commit=commit,
        name=f"{name}-{commit[:_SHORT]}".strip("-"),
        campaign=path.relative_to(repository),
    )


@contextmanager
def checked_out(base: Base, folder: Path) -> Iterator[Path]:
    """Check the commit out into a folder, and yield the path of its campaign file, which may not be there.

    Hooks of the clone are not run. The folder is removed at the end.
    """
    try:
        _git(base.repository, "worktree", "add", "--quiet", "--detach", "--force", str(folder), base.commit)
    except subprocess.CalledProcessError as error:
        raise fail("U130", Place(field="--base"), value=base.campaign.name, problem=_reason(error)) from None
    try:
        yield folder / base.campaign
    finally:
        with suppress(subprocess.CalledProcessError):
            _git(base.repository, "worktree", "remove", "--force", str(folder))


def _git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, and return what it prints."""
    command = ["git", "-c", "core.hooksPath=/dev/null", *arguments]
    nothing = subprocess.DEVNULL
    done = subprocess.run(command, cwd=folder, stdin=nothing, capture_output=True, check=True, encoding="utf-8")
    return done.stdout.strip()


def _reason(error: OSError | subprocess.CalledProcessError) -> str:
    """Return why git failed, in its own words."""
    if isinstance(error, OSError):
        return f"git: {error.strerror}"
    lines = str(error.stderr).strip().splitlines()
    return lines[-1] if lines else "git"
