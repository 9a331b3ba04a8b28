"""docs/extending.md: the files of the example package as they are, and every name that a package may use."""

import re
from pathlib import Path

from docs.make_extending import EXAMPLE, PAGE, extending_page, shown_files
from leaflet.faults import entry_of
from leaflet.files.extensions import API, RESOURCES, RULES
from leaflet.preflight import extending
from leaflet.preflight.pdf.evidence import FoundImage
from leaflet.preflight.pdf.finished_file import FinishedFile
from leaflet.preflight.pdf.page_pieces import Memory
from leaflet.preflight.rule import OutputFolder
from tests.preflight.samples import CONTEXT
from tests.support import leaflet_pdf

TEXT = PAGE.read_text("utf-8")


def test_the_page_has_the_files_as_they_are() -> None:
    """docs/extending.md is what docs/make_extending.py writes: run `make docs`. No file is left out."""
    assert extending_page() == TEXT
    files = {
        path.relative_to(EXAMPLE).as_posix() for path in EXAMPLE.rglob("*") if path.suffix in (".py", ".toml", ".xml")
    }
    assert files - shown_files() == {"src/federation_leaflets/__init__.py"}
    listed = TEXT.partition("Its files:\n\n```\n")[2].partition("```")[0].split()
    assert {*listed} == files


def test_what_a_package_may_use_is_closed_and_explained() -> None:
    """`leaflet.preflight.extending` has no other public name; each has its own docstring and stands on the page."""
    public = {name for name in vars(extending) if not name.startswith("_")}
    assert public == {*extending.__all__} and extending.__all__ == sorted(extending.__all__)
    assert {*re.findall(r"`(\w+)`", TEXT.partition("| For | Names |")[2].partition("\n\n")[0])} == public
    assert [name for name in public if isinstance(one := getattr(extending, name), type) and not one.__doc__] == []


def test_what_a_rule_may_rely_on_is_there() -> None:
    """Every attribute that the page promises of what a rule is given."""
    with FinishedFile("a.pdf", leaflet_pdf(), Memory()) as file:
        page = file.pages[0]
        given = {
            "`FinishedPage`": page, "its `evidence`": page.evidence, "a word": page.evidence.words[0],
            "a QR code": page.evidence.codes[0], "an image": FoundImage(box=page.trim, width=9, height=9, dpi=300.0),
            "a link": page.links[0], "`FinishedFile`": file,
            "`OutputFolder`": OutputFolder(folder=Path(), manifest=None, files=()), "`Context`": CONTEXT,
        }  # fmt: skip
        table = TEXT.partition("| Of | Rely on |\n| --- | --- |\n")[2].partition("\n\n")[0]
        rows = [row.strip("| ").split(" | ") for row in table.splitlines()]
        assert [name for name, _ in rows] == [*given]
        missing = [
            (of, one) for of, names in rows for one in re.findall(r"`(\w+)`", names) if not hasattr(given[of], one)
        ]
    assert missing == []


def test_what_the_page_names() -> None:
    """Groups, version and faults are those of the program; files and headings it leads to are there."""
    for group in (RESOURCES, RULES):
        assert f"| `{group}` |" in TEXT and f'."{group}"]' in (EXAMPLE / "pyproject.toml").read_text("utf-8")
    assert f"is the version of these names: {API}." in TEXT
    assert [code for code in re.findall(r"\b[CKU]\d{3}\b", TEXT) if not entry_of(code)] == []
    for file, heading in re.findall(r"\]\(((?:\.\./)?[A-Z\w-]+\.md)(?:#([\w-]+))?\)", TEXT):
        text = (Path(PAGE).parent / file).read_text("utf-8")
        headings = {
            re.sub(r"[^\w-]", "", line[3:].lower().replace(" ", "-")) for line in re.findall(r"^## .*", text, re.M)
        }
        assert not heading or heading in headings
