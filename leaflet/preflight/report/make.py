"""All steps of a report: read the built files, judge them, compare them, choose pages, write both texts."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.faults import LANGUAGES, Fault, Lang, LeafletError, Place, Report, lowest_exit_code
from leaflet.files.words import Words, load_words
from leaflet.markup.html_page import format_day
from leaflet.preflight.compare.compare_builds import compare_paths
from leaflet.preflight.compare.differences import Comparison
from leaflet.preflight.expected_files import expecting
from leaflet.preflight.judge_processes import judge_files, judge_output
from leaflet.preflight.report import gallery, html
from leaflet.preflight.report.changes import compared_changes, headline, no_changes
from leaflet.preflight.rule import OutputFolder
from leaflet.preflight.rule_settings import load_context
from leaflet.preflight.targets import CheckTarget
from leaflet.preflight.verdict import CampaignVerdict, FileVerdict, Verdict, tally
from leaflet.production.build_options import InputOptions, Progress
from leaflet.production.campaign_check import Made, check_campaign
from leaflet.production.inputs import check_campaign_file
from leaflet.production.materials import Materials
from leaflet.production.outcome import RowCounts
from leaflet.production.staging import Staging

PICTURES = 3_500_000  # bytes of pages shown; a third more as text
_SUFFIXES = {"--html": (".html", ".htm"), "--summary": (".md",)}


class Asked(Struct, frozen=True, kw_only=True):
    """The options that a report and a review have in common."""

    lang: Lang  # of the report
    message_lang: Lang | None = None  # of the two lines of the result; that of the report by default
    day: date  # the day that the leaflets are judged on
    is_day_shown: bool = False  # whether the report names that day
    jobs: int = 1  # number of processes that build and judge
    progress: Progress = lambda _done, _total, _name: None  # called after every file


class ReportOptions(Asked, frozen=True, kw_only=True):
    """The options of a report."""

    out: Path  # the folder a build wrote into
    campaign: Path | None  # its campaign file; None if it is not known
    baseline: Path | None  # an earlier build to compare with, or None
    html: Path  # file to write
    summary: Path | None  # Markdown file to write; None for none
    replace_others: bool = False  # replace what has the names of the files, whoever made it
    build_faults: tuple[Fault, ...] = ()  # of the build; those that the check of the campaign does not find are added
    baseline_faults: tuple[Fault, ...] = ()  # why there is no earlier build to compare with, though one was asked for
    may_be_empty: bool = False  # the campaign is so faulty that no file could be made


class ReportResult(Struct, frozen=True, kw_only=True):
    """The result of a report."""

    written: tuple[Path, ...]  # the files
    verdict: str  # in a line
    changes: str  # in a line
    campaign_faults: tuple[Fault, ...]  # those of the campaign, its lists and its records, which a build finds too
    file_faults: tuple[Fault, ...]  # those of the finished files, which a build does not look for
    problems: tuple[Fault, ...]  # why the comparison that was asked for could not be made
    judged: Verdict  # the faults by campaign, file and folder, for other programs
    comparison: Comparison | None  # with the baseline; None without one, or if it could not be made

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All that were found."""
        return *self.campaign_faults, *self.file_faults

    @property
    def exit_code(self) -> int:
        """The exit code of a build with these faults: the lowest one of its errors."""
        return lowest_exit_code((*self.faults, *self.problems))


def make_report(options: ReportOptions) -> ReportResult:
    """Write the report, whatever faults the files have."""
    if options.campaign is not None:
        check_campaign_file(options.campaign)
    check_names(options)
    built = gallery.read_output(options.out, may_be_empty=options.may_be_empty)
    words = load_words(html.FOLDER, options.lang)
    messages = load_words(html.FOLDER, options.message_lang or options.lang)
    rule_notes = Report()
    context, settings = load_context(options.campaign, options.day, rule_notes)
    targets = [CheckTarget(path=one.path, name=one.name, is_personal=one.is_personal) for one in built.files]
    with expecting(targets) as expected:
        materials, known, rows = _read_campaign(options, expected.see)
        held = expected.held(materials) if materials else targets
        found = judge_files(held, context, settings, jobs=options.jobs, progress=options.progress)
        pairs = zip(built.files, found, strict=True)
        files = tuple(gallery.ReportFile(file=one, judged=judged) for one, judged in pairs)
    galleries = gallery.choose_pages(files)
    lists = {school.key: school for school in materials.schools} if materials else None
    comparison, compare_faults = _compare(options)
    # what could not be compared, though it was asked for, has failed
    problems = compare_faults if comparison is None else ()
    changes = no_changes(problems, words) if comparison is None else compared_changes(comparison, lists, words)
    output = OutputFolder(folder=built.folder, manifest=built.manifest, files=[file.path for file in built.files])
    in_output = tuple(_in_folder(fault, options) for fault in judge_output(output, context, settings))
    in_files = [*rule_notes, *in_output, *(fault for read in files for fault in read.judged.faults)]
    in_files += compare_faults if not problems else ()
    campaign = options.campaign
    of_campaign = (*known, *rule_notes)
    judged, seconds = tally(file.judged for file in files)
    content = html.Content(
        html.ReportInput(
            built=built,
            files=files,
            campaign=materials.campaign if materials else None,
            has_failed=options.campaign is not None and materials is None,
            lists=lists,
            campaign_faults=known,
            file_faults=in_files,
            galleries=galleries,
            pictures=_draw(galleries),
            changes=changes,
            day=format_day(options.day, words.lang) if options.is_day_shown else "",
            packages=settings.packages(),
            words=words,
        )
    )
    return ReportResult(
        written=tuple(_write(options, content, words)),
        verdict=html.verdict_sentence((*known, *in_files), messages),
        changes=headline(changes.state, changes.counts, messages),
        campaign_faults=known,
        file_faults=tuple(in_files),
        problems=problems,
        judged=Verdict(
            campaigns=(CampaignVerdict(path=campaign, rows=rows, faults=of_campaign),)
            if campaign is not None
            else (),
            files=judged,
            outputs=(FileVerdict(name=options.out.resolve().name, faults=in_output),) if files else (),
            seconds=seconds,
        ),
        comparison=comparison,
    )


def check_names(options: ReportOptions) -> None:
    """Refuse a name with the suffix of another kind of file, or in a folder that is read (U072)."""
    report = Report()
    folders = [folder for folder in (options.out, options.baseline) if folder is not None]
    for name, path in (("--html", options.html), ("--summary", options.summary)):
        if path is None:
            continue
        allowed = _SUFFIXES[name]
        is_inside = options.baseline is not None and path.resolve().is_relative_to(options.baseline.resolve())
        if path.suffix.lower() not in allowed or is_inside or path.resolve() in [f.resolve() for f in folders]:
            proposal = f"report{allowed[0]}"
            report.add("U072", Place(field=name), value=str(path), allowed=", ".join(allowed), proposal=proposal)
    report.raise_errors()


def _read_campaign(
    options: ReportOptions, made: Made
) -> tuple[Materials | None, tuple[Fault, ...], RowCounts | None]:
    """Read the campaign with its lists, None if it is not known or cannot be read; check it, and count its rows."""
    if options.campaign is None:
        return None, (), None
    asked = InputOptions(campaign=options.campaign, out=options.out, keep_going=True, progress=options.progress)
    materials = check_campaign(asked, made).materials
    asked.outcome.add_faults(options.build_faults)
    return materials, tuple(asked.outcome.report), asked.outcome.count_rows()


def _compare(options: ReportOptions) -> tuple[Comparison | None, tuple[Fault, ...]]:
    """Compare with the baseline; None if there is none. The faults are those of the comparison."""
    if options.baseline is None:
        return None, options.baseline_faults
    try:
        found = compare_paths(options.baseline, options.out, progress=options.progress)
        return found, tuple(_in_folder(fault, options) for fault in found.faults)
    except LeafletError as error:
        return None, tuple(error.faults)


def _in_folder(fault: Fault, options: ReportOptions) -> Fault:
    """Return a fault whose place begins with the name of its folder: its place on this machine is private."""
    for folder in (options.out, options.baseline):
        if folder is not None and fault.place.file is not None:
            path = Path(fault.place.file)
            if path.is_relative_to(folder):
                name = Path(folder.resolve().name, path.relative_to(folder)).as_posix()
                return replace(fault, place=replace(fault.place, file=name))
    return fault


def _draw(galleries: Sequence[gallery.DocumentGallery]) -> html.Pictures:
    """Draw pages, the typical ones first, until there is no more room."""
    pages = [page for shown in galleries for page in shown.shown]
    pictures: dict[tuple[str, int], gallery.PngPicture | None] = {}
    room = PICTURES
    for page in sorted(pages, key=lambda page: gallery.KINDS.index(page.kind)):
        picture = gallery.draw_page(page.file.path, page.number)
        room -= len(picture.data) if picture else 0
        if room < 0:
            break
        pictures[page.file.name, page.number] = picture
    return pictures


def _write(options: ReportOptions, content: html.Content, words: Words) -> Iterator[Path]:
    texts = [(options.html, html.render_page(content, words))]
    if options.summary is not None:
        texts.append((options.summary, html.render_summary(content, words)))
    heads = [html.summary_head(load_words(html.FOLDER, lang)).encode() for lang in LANGUAGES]
    with ExitStack() as stack:
        stagings = []
        for path, text in texts:
            staging = stack.enter_context(Staging(path.parent, replace_others=options.replace_others))
            staging.write(path.name, text.encode(), heads=heads)
            stagings.append(staging)
        for staging in stagings:
            staging.commit()
    yield from (path for path, _ in texts)
