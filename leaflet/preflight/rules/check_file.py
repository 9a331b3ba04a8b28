"""Check that a file is whole, unchanged since it was written, and the one that its campaign makes."""

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256

import pikepdf

from leaflet.faults import Lang
from leaflet.geometry import Box, to_mm
from leaflet.pdf.standards.content_stream import SHOW_TEXT, read_instructions
from leaflet.preflight.compare.differences import LinkChange, PageChange, Token
from leaflet.preflight.compare.pdf_file import DAMAGED
from leaflet.preflight.compare.with_expected import Difference, Part
from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage
from leaflet.preflight.rule import Context, Finding, Options, Rule

_NOTHING: dict[Lang, str] = {"en": "nothing", "fr": "rien"}
_PARTS: dict[Part, dict[Lang, str]] = {
    "pages": {
        "en": "what its pages are made of (fonts, texts for screen readers and for copying)",
        "fr": "ce dont ses pages sont faites (polices, textes pour les lecteurs d’écran et la copie)",
    },
    "tags": {"en": "what screen readers read out", "fr": "ce que lisent les lecteurs d’écran"},
    "metadata": {"en": "its title and other properties", "fr": "son titre et ses autres propriétés"},
    "actions": {
        "en": "scripts, attached files, bookmarks or form fields",
        "fr": "des scripts, des fichiers joints, des signets ou des champs de formulaire",
    },
    "settings": {"en": "its settings for readers and printers", "fr": "ses réglages d’affichage et d’impression"},
}
_What = dict[Lang, str]


def _difference(file: FinishedFile) -> Difference | None:
    """Return what differs; None if nothing is expected, or it cannot be read, which `check_looks` tells."""
    try:
        return file.difference
    except DAMAGED:
        return None


def check_words(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that every page says what the campaign says."""
    found = _difference(file)
    for page in found.pages if found else ():
        for change in page.words:
            said, expected = _changed(change.new), _changed(change.old)
            yield Finding(
                values={f"found_{lang}": said or nothing for lang, nothing in _NOTHING.items()}
                | {f"text_{lang}": expected or nothing for lang, nothing in _NOTHING.items()},
                page=page.number,
            )


def _changed(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens if token.is_changed)


def check_looks(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that every page looks as the campaign makes it, and has its links."""
    try:
        found = file.difference
    except DAMAGED:
        yield _of_page(
            {"en": "cannot be read to be compared with it", "fr": "n’est pas lisible pour être comparée"}, 1
        )
        return
    for page in found.pages if found else ():
        for what in _looks(page):
            yield _of_page(what, page.number)


def _of_page(what: _What, number: int) -> Finding:
    return Finding(values={f"what_{lang}": text for lang, text in what.items()}, page=number)


def _looks(page: PageChange) -> Iterator[_What]:
    """Yield what differs on a page besides its words."""
    if page.status == "removed":
        yield {"en": "is missing", "fr": "manque"}
    if page.status == "added":
        yield {"en": "is one too many", "fr": "est en trop"}
    if page.sizes:
        yield {"en": "has another size", "fr": "a un autre format"}
    if page.boxes and not page.words:
        yield from map(_place, page.boxes)
    for link in page.links:
        yield _link(link)
    if page.is_reordered:
        yield {"en": "reads its words in another order", "fr": "fait lire ses mots dans un autre ordre"}
    if page.has_other_notes:
        yield {"en": "has other comments or form fields", "fr": "a d’autres commentaires ou champs de formulaire"}


def _place(box: Box) -> _What:
    left, top = round(to_mm(box.x)), round(to_mm(box.y))
    return {
        "en": f"looks different {left} mm from the left and {top} mm from the top",
        "fr": f"a un autre aspect à {left} mm du bord gauche et {top} mm du haut",
    }


def _link(link: LinkChange) -> _What:
    if link.kind == "removed":
        return {"en": f"lacks the link to {link.old}", "fr": f"n’a pas le lien vers {link.old}"}
    if link.kind == "added":
        return {"en": f"has a link more, to {link.new}", "fr": f"a un lien de plus, vers {link.new}"}
    if link.kind == "moved":
        return {"en": f"has the link to {link.new} elsewhere", "fr": f"a ailleurs le lien vers {link.new}"}
    return {"en": f"leads to {link.new}, not to {link.old}", "fr": f"mène à {link.new}, et non à {link.old}"}


def check_unseen(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that all that no page shows is as the campaign makes it."""
    found = _difference(file)
    for part in found.parts if found else ():
        yield Finding(values={f"what_{lang}": text for lang, text in _PARTS[part].items()})


def check_packing(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Note that a file is packed in another way, and differs in nothing else."""
    found = _difference(file)
    if found is not None and found.is_packing:
        yield Finding()


_CAMPAIGN = "the campaign, made again"

RULES = tuple(
    Rule(code=code, family="file", name=name, source=_CAMPAIGN, file=check)
    for code, name, check in (
        ("K010", "pages say what the campaign says", check_words),
        ("K011", "pages look as the campaign makes them", check_looks),
        ("K012", "nothing unseen was changed", check_unseen),
        ("K013", "the file is packed as it was", check_packing),
    )
)


_RUNS = frozenset({"2b", "x4", "vt1"})
_START = re.compile(rb"startxref\s+(\d{1,10})")
_END = 64  # bytes that hold the last of them
_ID = 16  # bytes of the hash that are the identifier


def check_damage(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that nothing is missing or repaired, every stream unpacks, and every page can be read."""
    for problem in file.damage:
        yield Finding(values={"problem": problem})


def check_pages(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that there are pages, and that something stands on each of them; a back may be left white."""
    if not file.pages:
        yield Finding(values={"what_en": "no page", "what_fr": "aucune page"})
    for page in file.pages:
        if says_nothing(page) and not is_white_back(page):
            yield Finding(values={"what_en": "nothing", "what_fr": "rien"}, page=page.number)


def says_nothing(page: FinishedPage) -> bool:
    """Check whether there is nothing to read or to look at on a page; lines and marks say nothing."""
    found = page.evidence
    return not (found.words or found.images or found.codes)


def is_white_back(page: FinishedPage) -> bool:
    """Check whether an empty page was made so: a back whose contents are there and paint no text."""
    if page.number % 2 or not page.contents.streams:
        return False
    return page.file.memory.recall(b"white", page.content_key, lambda: _is_whole(page))


def _is_whole(page: FinishedPage) -> bool:
    """Check whether contents paint no text, and all they name is there.

    Two operators say it, whatever the graphics state, and the first of them may.
    """
    resources = page.obj.get("/Resources")
    forms = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    for instruction in read_instructions(*page.contents.streams):
        operator = str(instruction.operator)
        if operator in SHOW_TEXT:
            return False
        if operator == "Do" and not (isinstance(forms, pikepdf.Dictionary) and instruction.operands[0] in forms):
            return False
    return True


def check_digest(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that a file of ours is as it was written: its identifier is a hash of its objects.

    Print runs have another identifier. Where it is known what the file should be, `expected` has more to say.
    """
    if not file.names_us or file.claims & _RUNS or file.expected is not None:
        return
    start = _START.findall(file.data[-_END:])
    written = file.data[: int(start[-1])] if start else b""
    if sha256(written).digest()[:_ID] != _identifier(file):
        yield Finding()


def _identifier(file: FinishedFile) -> bytes:
    found = file.pdf.trailer.get("/ID")
    return bytes(found[0]) if isinstance(found, pikepdf.Array) and len(found) else b""


FILE_RULES = (
    Rule(code="K001", family="file", name="the file is whole", source="ISO 32000-1 §7.5", file=check_damage),
    Rule(code="K005", family="file", name="every page says something", source="house rule", file=check_pages),
    Rule(code="K006", family="file", name="our own file is as it was written", source="house rule",
         file=check_digest),
)  # fmt: skip
