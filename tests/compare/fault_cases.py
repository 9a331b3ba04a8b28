"""For each fault code of comparisons, the smallest pair of builds or files that has it."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pikepdf

from leaflet.faults import Fault, LeafletError
from leaflet.preflight.compare.compare_builds import compare_paths
from leaflet.production.manifest import NAME, Entry
from tests.preflight.samples import edited
from tests.support import compose_page, later, listing_of, write

Case = Callable[[Path], list[Fault]]


def compared(old: Path, new: Path, **options: Any) -> list[Fault]:
    """All that is said of a comparison, or that stops it."""
    try:
        return list(compare_paths(old, new, **options).faults)
    except LeafletError as error:
        return error.faults


def page(text: str = "Essai") -> bytes:
    return write(compose_page(f'<p at="t.xml:3">{text}</p>'))


def listed(folder: Path, data: bytes | None, sha256: str = "0" * 64, **fields: Any) -> Path:
    values = {"record": "0370035M", "document": "d", "file": "d/a.pdf", "pages": 1, "sha256": sha256, **fields}
    (folder / "d").mkdir(parents=True)
    (folder / NAME).write_bytes(listing_of([Entry(**values)], "c.toml"))
    if data is not None:
        (folder / "d" / "a.pdf").write_bytes(data)
    return folder


def sound(folder: Path, text: str = "Essai", **fields: Any) -> Path:
    data = page(text)
    return listed(folder, data, hashlib.sha256(data).hexdigest(), **fields)


@later
def baseline(folder: Path, make: Callable[[Path], object]) -> list[Fault]:
    """A case from comparing a sound build with what `make` puts in a folder called « old »."""
    (folder / "old").mkdir()
    make(folder / "old")
    return compared(folder / "old", sound(folder / "new"))


@later
def files(folder: Path, old: bytes, new: bytes) -> list[Fault]:
    (folder / "old.pdf").write_bytes(old)
    (folder / "new.pdf").write_bytes(new)
    return compared(folder / "old.pdf", folder / "new.pdf")


def locked(folder: Path) -> list[Fault]:
    for name in ("old.pdf", "new.pdf"):
        (folder / name).write_bytes(page())
    with patch("pathlib.Path.open", side_effect=PermissionError(13, "Permission denied")):
        return compared(folder / "old.pdf", folder / "new.pdf")


def into_a_build(folder: Path) -> list[Fault]:
    old, new = sound(folder / "old"), sound(folder / "new", "Autre")
    return compared(old, new, pictures=new / "pictures")


def same_twice(folder: Path) -> list[Fault]:
    """A build held against itself, by another way to it."""
    build = sound(folder / "new")
    (folder / "link").symlink_to(build)
    return compared(folder / "link", build)


def beside(folder: Path) -> list[Fault]:
    """A file in a build that its list does not name."""
    old, new = sound(folder / "old"), sound(folder / "new", "Autre")
    (new / "d" / "b.pdf").write_bytes(page())
    return compared(old, new)


CASES: dict[str, Case] = {
    "U060": lambda folder: compared(folder / "nothing", sound(folder / "new")),
    "U061": baseline(lambda folder: (folder / "a.pdf").write_bytes(page())),
    "U062": baseline(lambda folder: (folder / NAME).write_text("{", "utf-8")),
    "U063": baseline(lambda folder: (folder / NAME).write_text('{"campaign": "c", "election": "2018", "files": []}')),
    "U064": lambda folder: compared(sound(folder / "old"), sound(folder / "new") / "d" / "a.pdf"),
    "U065": same_twice,
    "U066": files(b"uai;nom\n", page()),
    "U067": locked,
    "U068": lambda folder: compared(sound(folder / "old"), listed(folder / "new", page(), file="../old/d/a.pdf")),
    "U069": into_a_build,
    "D101": lambda folder: compared(listed(folder / "old", None), sound(folder / "new")),
    "D103": files(page(), page("Autre")[:600]),
    "D104": files(page(), edited(page("Autre"), encryption=pikepdf.Encryption(owner="o", user="u"))),
    "D105": lambda folder: compared(listed(folder / "old", page()), sound(folder / "new", "Autre")),
    "D106": beside,
    "D107": files(page(), page().replace(b"startxref\n", b"startxref\n1")),
}
