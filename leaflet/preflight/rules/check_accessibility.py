"""Can a file be heard, searched, enlarged and kept: claims that hold, tags, title, links, figures, headings?

Files that claim PDF/X or PDF/VT are for a machine, and our print runs for the copy room claim to be archivable and
no more: nobody reads them on a screen, and nothing here is asked of them. Claims are checked by page-validation.
"""

import re
from collections.abc import Iterator
from functools import partial

import page as validation
import pikepdf
from msgspec import Struct

from leaflet.confidential import normalise
from leaflet.files.words import in_both
from leaflet.geometry import mm
from leaflet.pdf.standards.pdf_objects import entries
from leaflet.pdf.standards.tags import StructTree
from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage, read_text
from leaflet.preflight.rule import Context, Finding, Options, rules

_ARCHIVES = ("1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u")
_LENGTH = "STREAM-LENGTH"  # told wrongly where a stream's last byte is a carriage return; K001 tells true ones
_CARRIAGE_RETURN = b"\r\nendstream"
_BY_TEXT = ("NOTDEF-GLYPH", "FONT-UNICODE-MAPPING")  # what the texts of a file decide, not its structure
_TITLE = re.compile(r"<dc:title>.*?<rdf:li[^>]*>\s*[^\s<]", re.DOTALL)
_VAGUE = frozenset({"ici", "cliquez ici", "cliquer ici", "cliquez", "lien", "ce lien", "lien ici", "en savoir plus",
                    "plus d infos", "plus d informations", "lire la suite", "la suite", "voir", "here", "click here",
                    "link", "read more", "more", "suivre ce lien", "par ici"})  # fmt: skip
_FILE_NAME = re.compile(
    r"\S+\.(?:png|jpe?g|gif|svg|tiff?|webp|bmp|eps|pdf)|"
    r"(?:img|dsc|image|picture|photo|graphique|graphic|figure|logo|capture|screenshot)[ _-]*\d*",
    re.IGNORECASE,
)
_SLACK = mm(1)

Failures = tuple[tuple[str, str], ...]  # rule and message of each


class Outline(Struct, frozen=True, kw_only=True):
    """A structure tree in short; files of one skeleton share one."""

    figures: tuple[tuple[int, int], ...]  # numbers of the objects of figures
    headings: int  # how many there are
    tables: int  # how many tables there are
    bare_tables: int  # how many tables of two rows and more have no header cell


def read_outline(root: pikepdf.Dictionary) -> Outline:
    """Return the outline of a structure tree."""
    elements = list(StructTree(root))
    tables = [[inner.role for inner in one.walk()] for one in elements if one.role == "Table"]
    headings = [one for one in elements if one.role in ("H", "Title") or re.fullmatch(r"H\d", one.role)]
    return Outline(
        figures=tuple(element.id for element in elements if element.role == "Figure"),
        headings=len(headings),
        tables=len(tables),
        bare_tables=sum(roles.count("TR") > 1 and "TH" not in roles for roles in tables),
    )


def _validate(file: FinishedFile, profile: str, options: Options) -> Failures | str:
    """Return rule and message of all that page-validation finds; one message if the file is too large for it."""
    most_forms = int(options["most_forms"])

    def make() -> Failures | str:
        limits = validation.SafetyLimits(max_form_invocations=most_forms)
        try:
            report = validation.validate_pdf_bytes(file.data, profile=profile, limits=limits)
        except validation.SafetyLimitError as error:
            return str(error)
        except validation.PageError as error:
            return ((profile, str(error)),)
        beside = (*_BY_TEXT, _LENGTH) if _CARRIAGE_RETURN in file.data else _BY_TEXT
        failures = ((found.rule_id, found.message) for found in report.failures)
        return tuple((rule, text) for rule, text in failures if not any(part in rule for part in beside))

    return file.memory.recall(f"claim {profile} {most_forms}".encode(), file.structure_key, make)


def _tree(file: FinishedFile) -> pikepdf.Dictionary | None:
    """Return the root of the structure tree of a file; None without tags."""
    found = file.root.get("/StructTreeRoot")
    return found if isinstance(found, pikepdf.Dictionary) else None


def _claims_tags(file: FinishedFile) -> bool:
    """Check whether a file says it is accessible, or archivable at the level that asks for tags."""
    return bool(file.claims & {"ua1", "1a", "2a", "3a"})


def _is_for_people(file: FinishedFile) -> bool:
    """Check whether anybody reads a file on a screen: it is neither for a press nor one of our print runs."""
    return not file.is_print_run and not any(claim.startswith(("x", "vt")) for claim in file.claims)


def _check_claims(
    file: FinishedFile, _context: Context, options: Options, *, profiles: tuple[str, ...]
) -> Iterator[Finding]:
    for profile in profiles:
        if profile in file.claims and not isinstance(found := _validate(file, profile, options), str):
            for number, problem in found:
                yield Finding(values={"problem": problem, "number": number})


for _code, _profiles in (("K701", ("ua1",)), ("K702", _ARCHIVES)):
    rules.file(_code, sees="structure")(partial(_check_claims, profiles=_profiles))


@rules.file("K703", sees="structure")
def _check_tagged(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    if _is_for_people(file) and _tree(file) is None:
        yield Finding()


@rules.file("K704", sees="structure")
def _check_archivable(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    if _is_for_people(file) and not file.claims.intersection(_ARCHIVES):
        yield Finding()


@rules.file("K705", sees="structure")
def _check_structure(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    for problem in file.structure if _claims_tags(file) else ():
        yield Finding(values={"problem": problem})


@rules.file("K706", sees="structure")
def _check_loose_structure(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    if _is_for_people(file) and _tree(file) is not None and not _claims_tags(file) and (found := file.structure):
        yield Finding(values={"problem": found[0], "count": len(found)})


@rules.file("K707")
def _check_title(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the file states its title and its language, and that readers show the title."""
    if not _is_for_people(file):
        return
    if not file.info.get("Title", "").strip() and not _TITLE.search(file.xmp):
        yield Finding(values=in_both("what", "untold_title"))
    if not (read_text(file.root.get("/Lang")) or "").strip():
        yield Finding(values=in_both("what", "untold_language"))
    if _tree(file) is not None and entries(file.root, "/ViewerPreferences").get("/DisplayDocTitle") is not True:
        yield Finding(values=in_both("what", "untold_display"))


@rules.page("K708")
def _check_link_text(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    for link in page.links if _is_for_people(page.file) else ():
        area = link.box.grown(_SLACK)
        shown = " ".join(word.text for word in page.evidence.words if area.contains(word.box))
        if normalise(shown).replace("_", " ") in _VAGUE:
            yield Finding(values={"text": shown})


@rules.page("K709")
def _check_link_description(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    if _is_for_people(page.file) and _tree(page.file) is not None:
        bare = [link for link in page.links if link.uri is not None and not link.contents.strip()]
        if bare:
            yield Finding(values={"count": len(bare)})


@rules.file("K710")
def _check_figures(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    outline = _outline(file)
    for number in outline.figures if outline else ():
        figure = file.pdf.get_object(number)
        alt = (read_text(figure.get("/Alt")) or read_text(figure.get("/ActualText")) or "").strip()
        if not alt:
            yield Finding(values={**in_both("what", "figure_bare"), "text": "–"})
        elif _FILE_NAME.fullmatch(alt):
            yield Finding(values={**in_both("what", "figure_named"), "text": alt})


@rules.file("K712", sees="structure")
def _check_headings(file: FinishedFile, _context: Context, options: Options) -> Iterator[Finding]:
    outline = _outline(file)
    if outline and not outline.headings and len(file.pages) >= options["pages"]:
        yield Finding(values=in_both("what", "no_heading"))
    if outline and outline.bare_tables:
        yield Finding(values=in_both("what", "bare_tables", count=str(outline.bare_tables)))


def _outline(file: FinishedFile) -> Outline | None:
    root = _tree(file)
    if root is None or not _is_for_people(file):
        return None
    return file.memory.recall(b"outline", file.structure_key, lambda: read_outline(root))


@rules.file("K714", sees="structure")
def _check_limits(file: FinishedFile, _context: Context, options: Options) -> Iterator[Finding]:
    for profile in ("ua1", *_ARCHIVES):
        if profile in file.claims and isinstance(found := _validate(file, profile, options), str):
            yield Finding(values={"problem": found, "profile": profile})
