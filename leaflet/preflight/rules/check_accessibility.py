"""Can a file be heard, searched, enlarged and kept: claims that hold, tags, title, links, figures, headings?

Files that claim PDF/X or PDF/VT are for a machine, and our print runs for the copy room claim to be archivable and
no more: nobody reads them on a screen, and nothing here is asked of them.

The standards that a file claims to keep, whether it does (page-validation), and whether it is read on a screen.
"""

import re
from collections.abc import Iterator

import page as validation
import pikepdf

from leaflet.confidential import normalise
from leaflet.geometry import mm
from leaflet.preflight.pdf.evidence import FoundLink
from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage, read_text
from leaflet.preflight.pdf.tag_outline import Outline, read_outline
from leaflet.preflight.rule import Context, Finding, Options, Rule

ARCHIVES = ("1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u")
_LENGTH = "STREAM-LENGTH"  # told wrongly where a stream's last byte is a carriage return; K001 tells true ones
_CARRIAGE_RETURN = b"\r\nendstream"
_BY_TEXT = ("NOTDEF-GLYPH", "FONT-UNICODE-MAPPING")  # what the texts of a file decide, not its structure

Failures = tuple[tuple[str, str], ...]  # rule and message of each


def claimed(file: FinishedFile, *profiles: str) -> list[str]:
    """Return those of some profiles of page-validation that a file claims."""
    return [profile for profile in profiles if profile in file.claims]


def validate(file: FinishedFile, profile: str, most_forms: int) -> Failures | str:
    """Return rule and message of all that page-validation finds; one message if the file is too large for it."""

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


def tree(file: FinishedFile) -> pikepdf.Dictionary | None:
    """Return the root of the structure tree of a file; None without tags."""
    found = file.root.get("/StructTreeRoot")
    return found if isinstance(found, pikepdf.Dictionary) else None


def claims_tags(file: FinishedFile) -> bool:
    """Check whether a file says it is accessible, or archivable at the level that asks for tags."""
    return bool(file.claims & {"ua1", "1a", "2a", "3a"})


def is_for_people(file: FinishedFile) -> bool:
    """Check whether anybody reads a file on a screen: it is neither for a press nor one of our print runs."""
    is_press = any(claim.startswith(("x", "vt")) for claim in file.claims)
    return not is_press and not (file.is_ours and tree(file) is None)


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


def check_ua(file: FinishedFile, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that a file which claims to be accessible is, as far as a program can tell."""
    for profile in claimed(file, "ua1"):
        yield from _validated(file, profile, options)


def check_archive(file: FinishedFile, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that a file which claims to be archivable is."""
    for profile in claimed(file, *ARCHIVES):
        yield from _validated(file, profile, options)


def check_limits(file: FinishedFile, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that all claims could be checked."""
    for profile in claimed(file, "ua1", *ARCHIVES):
        found = validate(file, profile, int(options["most_forms"]))
        if isinstance(found, str):
            yield Finding(values={"problem": found, "profile": profile})


def _validated(file: FinishedFile, profile: str, options: Options) -> Iterator[Finding]:
    found = validate(file, profile, int(options["most_forms"]))
    for number, problem in () if isinstance(found, str) else found:
        yield Finding(values={"problem": problem, "number": number})


def check_tagged(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the file has tags."""
    if is_for_people(file) and tree(file) is None:
        yield Finding()


def check_archivable(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the file claims to be archivable."""
    if is_for_people(file) and not file.claims.intersection(ARCHIVES):
        yield Finding()


def check_structure(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that tags and contents agree in a file that claims to be tagged."""
    if claims_tags(file):
        for problem in file.structure:
            yield Finding(values={"problem": problem})


def check_loose_structure(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that tags and contents agree in a file that claims nothing."""
    if is_for_people(file) and tree(file) is not None and not claims_tags(file) and (found := file.structure):
        yield Finding(values={"problem": found[0], "count": len(found)})


def check_title(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the file states its title and its language, and that readers show the title."""
    if not is_for_people(file):
        return
    if not file.info.get("Title", "").strip() and not _TITLE.search(file.xmp):
        yield Finding(values={"what_en": "its title", "what_fr": "son titre"})
    if not (read_text(file.root.get("/Lang")) or "").strip():
        yield Finding(values={"what_en": "its language", "what_fr": "sa langue"})
    preferences = file.root.get("/ViewerPreferences")
    shown: object = preferences.get("/DisplayDocTitle") if isinstance(preferences, pikepdf.Dictionary) else None
    if tree(file) is not None and shown is not True:
        what_fr = "que son titre doit s’afficher (DisplayDocTitle)"
        yield Finding(values={"what_en": "that its title is to be shown (DisplayDocTitle)", "what_fr": what_fr})


def check_link_text(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the words of a link name its destination."""
    if not is_for_people(page.file):
        return
    for link in page.links:
        shown = _shown(page, link)
        if shown and normalise(shown).replace("_", " ") in _VAGUE:
            yield Finding(values={"text": shown})


def _shown(page: FinishedPage, link: FoundLink) -> str:
    """Return the words under a link."""
    area = link.box.grown(_SLACK)
    return " ".join(word.text for word in page.evidence.words if area.contains(word.box))


def check_link_description(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that links have a description for those who do not see them."""
    if not is_for_people(page.file) or tree(page.file) is None:
        return
    bare = [link for link in page.links if link.uri is not None and not link.contents.strip()]
    if bare:
        yield Finding(values={"count": len(bare)})


def check_figures(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that figures are described in words."""
    outline = _outline(file)
    for number in outline.figures if outline else ():
        figure = file.pdf.get_object(number)
        alt = (read_text(figure.get("/Alt")) or read_text(figure.get("/ActualText")) or "").strip()
        if not alt:
            yield Finding(values={"what_en": "is not described", "what_fr": "n’est pas décrite", "text": "–"})
        elif _FILE_NAME.fullmatch(alt):
            what_fr = "n’a qu’un nom de fichier pour description"
            yield Finding(values={"what_en": "has but a file's name as description", "what_fr": what_fr, "text": alt})


def check_headings(file: FinishedFile, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that headings and tables are tagged as such."""
    outline = _outline(file)
    if outline is None:
        return
    if not outline.headings and len(file.pages) >= options["pages"]:
        yield Finding(values={"what_en": "there is no heading", "what_fr": "il n’y a aucun titre"})
    if outline.bare_tables:
        what_fr = f"{outline.bare_tables} tableaux n’ont pas d’en-têtes"
        yield Finding(values={"what_en": f"{outline.bare_tables} tables have no header cells", "what_fr": what_fr})


def _outline(file: FinishedFile) -> Outline | None:
    root = tree(file)
    if root is None or not is_for_people(file):
        return None
    return file.memory.recall(b"outline", file.structure_key, lambda: read_outline(root))


_LIMITS = {"most_forms": 1_000_000}  # drawn in a file: a run of 15,000 pages has some 150,000
_UA, _A, _WCAG = "ISO 14289-1", "ISO 19005", "WCAG 2.2"

RULES = (
    Rule(
        code="K701",
        family="accessibility",
        name="a claim of PDF/UA holds",
        source=f"{_UA}; page-validation",
        file=check_ua,
        options=_LIMITS,
        by_structure=True,
    ),
    Rule(
        code="K702",
        family="accessibility",
        name="a claim of PDF/A holds",
        source=f"{_A}; page-validation",
        file=check_archive,
        options=_LIMITS,
        by_structure=True,
    ),
    Rule(
        code="K703",
        family="accessibility",
        name="there are tags",
        source=f"{_UA} §7.1; RGAA 13.3",
        file=check_tagged,
        by_structure=True,
    ),
    Rule(
        code="K704",
        family="accessibility",
        name="it can be archived",
        source=f"{_A}-2",
        file=check_archivable,
        by_structure=True,
    ),
    Rule(
        code="K705",
        family="accessibility",
        name="tags and contents agree",
        source="ISO 32000-1 §14.7; leaflet.pdf.standards.tags",
        file=check_structure,
        by_structure=True,
    ),
    Rule(
        code="K706",
        family="accessibility",
        name="tags and contents agree, without a claim",
        source="ISO 32000-1 §14.7; leaflet.pdf.standards.tags",
        file=check_loose_structure,
        by_structure=True,
    ),
    Rule(
        code="K707",
        family="accessibility",
        name="title and language are told",
        source=f"{_UA} §7.1 and §7.2; {_WCAG} §2.4.2, §3.1.1",
        file=check_title,
    ),
    Rule(
        code="K708",
        family="accessibility",
        name="links say where they lead",
        source=f"{_WCAG} §2.4.4; RGAA 6.1",
        page=check_link_text,
    ),
    Rule(
        code="K709",
        family="accessibility",
        name="links are described",
        source=f"{_UA} §7.18.5",
        page=check_link_description,
    ),
    Rule(
        code="K710",
        family="accessibility",
        name="figures are described",
        source=f"{_UA} §7.3; {_WCAG} §1.1.1",
        file=check_figures,
    ),
    Rule(
        code="K712",
        family="accessibility",
        name="headings and tables are tagged",
        source=f"{_UA} §7.4 and §7.5",
        file=check_headings,
        options={"pages": 2},
        by_structure=True,
    ),
    Rule(
        code="K714",
        family="accessibility",
        name="claims can be checked",
        source="page-validation",
        file=check_limits,
        options=_LIMITS,
        by_structure=True,
    ),
)
