"""Does a file reveal anything private, in print, or hidden from paper but not from those who open the file?

Sources: `leaflet.confidential`; CNIL guides; ISO 19005-2 (no scripts, no embedded files); house rule: no names in
metadata.
"""

import re
from collections.abc import Iterator
from contextlib import suppress

from leaflet.files.words import in_both
from leaflet.preflight.compare.pdf_file import DAMAGED
from leaflet.preflight.pdf.attachments import count_earlier_pages
from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage
from leaflet.preflight.rule import Context, Finding, Options, rules
from leaflet.text import fold

_XMP_VALUE = re.compile(r">([^<>]+)<|=\"([^\"]*)\"")
_LOCAL = re.compile(
    r"[A-Za-z]:[\\/]\w|file:/{2,}|(?<![\w.:/])/(?:home|Users|root|tmp|var|mnt)/|\\\\\w+\\\w", re.IGNORECASE
)
_NO_COMMENT = frozenset({"/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet", "/Watermark", "/Screen"})
_UNSEEN = 1.1  # contrast under which ink is paper
_MAIL = re.compile(r"([\w’'-]+)\.([\w’'-]+)\d*@")
_FIELD = re.compile(r"\S+@|(?:identifiant|adresse pro|id\. messagerie)", re.IGNORECASE)


@rules.page("K801")
def _check_text(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check for secrets and numbers of persons, also in an address broken over lines."""
    memory = page.file.memory
    rows = [*page.text.split("\n"), *(address.text for address in page.addresses if len(address.boxes) > 1)]
    for kind in dict.fromkeys(memory.secret_in(row) for row in rows):
        if kind is not None:
            yield Finding(values=in_both("kind", f"secret_{kind}"))


@rules.file("K802")
def _check_metadata(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check values; the random identifiers that programs give to files do not count."""
    for key, value in _metadata(file):
        kind = file.memory.secret_in(value)
        if kind is not None and kind != "random":
            yield Finding(values={"key": key, **in_both("kind", f"secret_{kind}")})
            return


@rules.file("K803")
def _check_paths(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    for key in dict.fromkeys(key for key, value in _metadata(file) if _LOCAL.search(value)):
        yield Finding(values={"key": key})


def _metadata(file: FinishedFile) -> Iterator[tuple[str, str]]:
    """Yield the names and values of both kinds of metadata."""
    yield from file.info.items()
    for inside, attribute in _XMP_VALUE.findall(file.xmp):
        if not attribute.startswith("http://"):  # names of vocabularies
            yield "XMP", inside or attribute


@rules.file("K804", sees="structure")
def _check_scripts(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check for scripts, and actions that run when the file is opened or when pages are turned."""
    if file.carried.actions:
        yield Finding(values={"kinds": ", ".join(file.carried.actions)})


@rules.file("K805", sees="structure")
def _check_attachments(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    if file.carried.files:
        yield Finding(values={"count": file.carried.files})


@rules.file("K806", sees="structure")
def _check_forms(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    if file.carried.filled:
        yield Finding(values={"count": file.carried.filled})


@rules.page("K807", sees="links")
def _check_comments(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check for notes, highlights and stamps."""
    if count := sum(str(annotation.get("/Subtype")) not in _NO_COMMENT for annotation in page.annotations):
        yield Finding(values={"count": count})


@rules.file("K808")
def _check_revisions(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the file does not keep earlier versions with changed or deleted pages."""
    with suppress(*DAMAGED):
        if count := count_earlier_pages(file.data, file.pdf):
            yield Finding(values={"count": count})


@rules.page("K809", sees="piece")
def _check_unseen_text(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check all hidden text but what is also visible, and the recognised text of a scan."""
    unseen = [word for word in page.evidence.words if word.is_hidden or 0 < word.contrast < _UNSEEN]
    if not unseen:
        return
    seen = [word for word in page.evidence.words if not (word.is_hidden or 0 < word.contrast < _UNSEEN)]
    pictures = [image.box for image in page.evidence.images]
    count = sum(
        not any(other.text == word.text and other.box.holds_middle(word.box) for other in seen)
        and not any(box.holds_middle(word.box) for box in pictures)
        for word in unseen
    )
    if count:
        yield Finding(values={"count": count})


@rules.file("K810")
def _check_thumbnails(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that no page has a thumbnail, which may show an older version."""
    if count := sum("/Thumb" in page.obj for page in file.pages):
        yield Finding(values={"count": count})


@rules.file("K811")
def _check_names(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the metadata of a file with names do not repeat them."""
    if not file.is_personal:
        return
    values = [(key, fold(value)) for key, value in (*file.info.items(), ("XMP", file.xmp))]
    for page in file.pages:
        pairs = ((key, value, names) for names in _names(page.text) for key, value in values)
        has_all = (key for key, value, names in pairs if all(re.search(rf"\b{re.escape(n)}\b", value) for n in names))
        if (named := next(has_all, None)) is not None:
            yield Finding(values={"key": named}, page=page.number)
            return


def _names(text: str) -> Iterator[tuple[str, ...]]:
    """Find names of persons on a page: in mail addresses, and right above an address or a user name."""
    for match in _MAIL.finditer(text):
        yield tuple(fold(match[at]) for at in (1, 2))
    rows = text.split("\n")
    for at in range(1, len(rows)):
        words = rows[at - 1].split()
        if _FIELD.match(rows[at]) and 2 <= len(words) <= 6 and words[0][:1].isupper() and ":" not in rows[at - 1]:
            yield (fold(rows[at - 1]),)
