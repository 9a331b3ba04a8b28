"""Is it a whole PDF file at all?"""

from collections.abc import Iterator

import pikepdf

from leaflet.review.finished import FinishedFile, Page
from leaflet.review.rule import Context, Finding, Options, Rule


def check_damage(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Nothing is missing, nothing needs repair, every stream unpacks, every page can be read."""
    for problem in file.damage:
        yield Finding(values={"problem": problem})


def check_pages(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """There are pages, and something stands on each of them; a back may be left white."""
    if not file.pages:
        yield Finding(values={"what_en": "no page", "what_fr": "aucune page"})
    for page in file.pages:
        if says_nothing(page) and not is_white_back(page):
            yield Finding(values={"what_en": "nothing", "what_fr": "rien"}, page=page.number)


def says_nothing(page: Page) -> bool:
    """Whether there is nothing to read or to look at on a page; lines and marks say nothing."""
    found = page.evidence
    return not (found.words or found.images or found.codes)


def is_white_back(page: Page) -> bool:
    """Whether a page that says nothing was made so: a back whose contents are there and paint no text."""
    if page.number % 2 or not page.contents.streams:
        return False
    return page.file.memory.recall(b"white", page.look, lambda: _is_whole(page))


def _is_whole(page: Page) -> bool:
    """Whether contents paint no text, and all they name is there."""
    resources = page.obj.get("/Resources")
    forms = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    for stream in page.contents.streams:
        for instruction in pikepdf.parse_content_stream(stream):
            operator = str(instruction.operator)
            if operator in ("Tj", "TJ", "'", '"'):
                return False
            if operator == "Do" and not (isinstance(forms, pikepdf.Dictionary) and instruction.operands[0] in forms):
                return False
    return True


RULES = (
    Rule(code="K001", family="file", name="the file is whole", source="ISO 32000-1 §7.5", file=check_damage),
    Rule(code="K005", family="file", name="every page says something", source="house rule", file=check_pages),
)
