"""Does a file reveal anything private, in print, or hidden from paper but not from those who open the file?

Sources: `leaflet.confidential`; CNIL guides; ISO 19005-2 (no scripts, no embedded files); house rule: no names in
metadata. Not here: keys in links (``links``) and in codes (``qr``), the lines of a memo (``memo``).
"""

import re
from collections.abc import Iterator
from contextlib import suppress

from leaflet.confidential import Kind
from leaflet.geometry import Box
from leaflet.preflight.compare.pdf_file import DAMAGED
from leaflet.preflight.pdf.attachments import count_earlier_pages
from leaflet.preflight.pdf.evidence import FoundWord
from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage
from leaflet.preflight.rule import Context, FileCheck, Finding, Options, Rule
from leaflet.text import fold

_KINDS: dict[Kind, tuple[str, str]] = {
    "numen": ("a NUMEN", "un NUMEN"),
    "social-security": ("a social-security number", "un numéro de sécurité sociale"),
    "link": ("a one-time link or a key in an address", "un lien à usage unique ou une clé dans une adresse"),
    "labelled": ("a password or code beside its name", "un mot de passe ou un code à côté de son nom"),
    "random": ("a long chain of letters and digits", "une longue suite de lettres et de chiffres"),
}
_XMP_VALUE = re.compile(r">([^<>]+)<|=\"([^\"]*)\"")
_LOCAL = re.compile(
    r"[A-Za-z]:[\\/]\w|file:/{2,}|(?<![\w.:/])/(?:home|Users|root|tmp|var|mnt)/|\\\\\w+\\\w", re.IGNORECASE
)
_NO_COMMENT = frozenset({"/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet", "/Watermark", "/Screen"})
_UNSEEN = 1.1  # contrast under which ink is paper
_MAIL = re.compile(r"([\w’'-]+)\.([\w’'-]+)\d*@")
_FIELD = re.compile(r"(?:probablement\s+)?\S+@|(?:identifiant|adresse pro|id\. messagerie)", re.IGNORECASE)


def check_text(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that no page prints a secret or a person's number, also not in an address broken over lines."""
    memory = page.file.memory
    rows = [*page.text.split("\n"), *(address.text for address in page.addresses if len(address.boxes) > 1)]
    for kind in dict.fromkeys(memory.secret_in(row) for row in rows):
        if kind is not None:
            yield Finding(values={"kind_en": _KINDS[kind][0], "kind_fr": _KINDS[kind][1]})


def check_metadata(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the metadata hold no secret; the random identifiers that programs give to files do not count."""
    for key, value in _metadata(file):
        kind = file.memory.secret_in(value)
        if kind is not None and kind != "random":
            yield Finding(values={"key": key, "kind_en": _KINDS[kind][0], "kind_fr": _KINDS[kind][1]})
            return


def check_paths(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the metadata hold no path of somebody's computer."""
    for key in dict.fromkeys(key for key, value in _metadata(file) if _LOCAL.search(value)):
        yield Finding(values={"key": key})


def _metadata(file: FinishedFile) -> Iterator[tuple[str, str]]:
    """Yield the names and values of both kinds of metadata."""
    yield from file.info.items()
    for inside, attribute in _XMP_VALUE.findall(file.xmp):
        if not attribute.startswith("http://"):  # names of vocabularies
            yield "XMP", inside or attribute


def check_scripts(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the file has no script and no action that runs when it is opened or when pages are turned."""
    if file.carried.actions:
        yield Finding(values={"kinds": ", ".join(file.carried.actions)})


def check_attachments(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that no other file is attached."""
    if file.carried.files:
        yield Finding(values={"count": file.carried.files})


def check_forms(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that no field of a form is filled in."""
    if file.carried.filled:
        yield Finding(values={"count": file.carried.filled})


def check_comments(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that nobody's notes, highlights or stamps are left on a page."""
    count = sum(str(annotation.get("/Subtype")) not in _NO_COMMENT for annotation in page.annotations)
    if count:
        yield Finding(values={"count": count})


def check_revisions(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the file does not keep earlier versions with changed or deleted pages."""
    with suppress(*DAMAGED):
        count = count_earlier_pages(file.data, file.pdf)
        if count:
            yield Finding(values={"count": count})


def check_unseen_text(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that no text is hidden, except text that is also visible, and the recognised text of a scan."""
    unseen = [word for word in page.evidence.words if word.is_hidden or 0 < word.contrast < _UNSEEN]
    if unseen:
        seen = [word for word in page.evidence.words if not (word.is_hidden or 0 < word.contrast < _UNSEEN)]
        pictures = [image.box for image in page.evidence.images]
        count = sum(not _is_seen(word, seen) and not _lies_in(word.box, pictures) for word in unseen)
        if count:
            yield Finding(values={"count": count})


def _is_seen(word: FoundWord, seen: list[FoundWord]) -> bool:
    return any(other.text == word.text and _lies_in(word.box, [other.box]) for other in seen)


def _lies_in(box: Box, places: list[Box]) -> bool:
    x, y = box.x + box.width // 2, box.y + box.height // 2
    return any(place.x <= x <= place.right and place.y <= y <= place.bottom for place in places)


def check_thumbnails(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that no page has a thumbnail, which may show an older version."""
    count = sum("/Thumb" in page.obj for page in file.pages)
    if count:
        yield Finding(values={"count": count})


def check_names(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the metadata of a file with names do not repeat them."""
    if not file.is_personal:
        return
    values = [(key, fold(value)) for key, value in (*file.info.items(), ("XMP", file.xmp))]
    for page in file.pages:
        named = next((key for names in _names(page.text) for key, value in values if _has_all(value, names)), None)
        if named is not None:
            yield Finding(values={"key": named}, page=page.number)
            return


def _has_all(value: str, names: tuple[str, ...]) -> bool:
    return all(re.search(rf"\b{re.escape(name)}\b", value) for name in names)


def _names(text: str) -> Iterator[tuple[str, ...]]:
    """Find names of persons on a page: in mail addresses, and right above an address or a user name."""
    for match in _MAIL.finditer(text):
        yield tuple(fold(match[at]) for at in (1, 2))
    rows = text.split("\n")
    for at in range(1, len(rows)):
        words = rows[at - 1].split()
        if _FIELD.match(rows[at]) and 2 <= len(words) <= 6 and words[0][:1].isupper() and ":" not in rows[at - 1]:
            yield (fold(rows[at - 1]),)


def _rule(code: str, name: str, source: str, file: FileCheck, *, by_structure: bool = False) -> Rule:
    return Rule(code=code, family="privacy", name=name, source=source, file=file, by_structure=by_structure)


_CONFIDENTIAL, _ARCHIVE = "leaflet.confidential", "ISO 19005-2 §6.5, §6.6, §6.8"
_NAMES = "CNIL: no more data than needed; house rule: no names in metadata"

RULES = (
    Rule(code="K801", family="privacy", name="no secret is printed", source=_CONFIDENTIAL, page=check_text),
    _rule("K802", "no secret is in the metadata", _CONFIDENTIAL, check_metadata),
    _rule("K803", "no path of a computer is in the metadata", _NAMES, check_paths),
    _rule("K804", "nothing runs by itself", _ARCHIVE, check_scripts, by_structure=True),
    _rule("K805", "no file is attached", _ARCHIVE, check_attachments, by_structure=True),
    _rule("K806", "no form is filled in", _NAMES, check_forms, by_structure=True),
    Rule(code="K807", family="privacy", name="no comments are left", source=_NAMES, page=check_comments),
    _rule("K808", "no earlier version is left", "ISO 32000-1 §7.5.6", check_revisions),
    Rule(code="K809", family="privacy", name="no text is hidden", source=_NAMES, page=check_unseen_text),
    _rule("K810", "no thumbnails", "ISO 32000-1 §12.3.4", check_thumbnails),
    _rule("K811", "metadata do not name persons", _NAMES, check_names),
)
