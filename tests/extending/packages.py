"""Installed packages of a few lines, which add something to leaflet or fail to."""

import importlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

RULE = """
from leaflet.preflight.extending import Finding, Message, Rule, RuleSet
def check(judged, context, options):
    {check}
    yield Finding(values={{"count": 1}})
message = Message(severity="note", reason={{"en": "It has {{count}}.", "fr": "Il a {{count}}."}},
                  way_out={{"en": "Nothing.", "fr": "Rien."}})
rule = dict(code="KZZ1", family="essai", name="essai", source="essai", message=message)
IT = RuleSet(api=1, rules=[Rule(page=check, **rule)])
"""  # a package with one rule; `check` is a line of its check

Entries = Mapping[str, Mapping[str, str]]


def write_package(site: Path, name: str, code: str, entries: Entries, *, release: str = "1.0") -> Path:
    """Write a package as an installer leaves it: its folder, and the metadata beside it; return the folder."""
    folder = site / name
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(code, "utf-8")
    info = site / f"{name}-{release}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {release}\n", "utf-8")
    groups = [
        f"[{group}]\n" + "".join(f"{called} = {value}\n" for called, value in points.items())
        for group, points in entries.items()
    ]
    (info / "entry_points.txt").write_text("\n".join(groups), "utf-8")
    return folder


@contextmanager
def installed(site: Path) -> Iterator[None]:
    """Have the packages of a folder installed within the block, and forgotten after it."""
    before = set(sys.modules)
    sys.path.insert(0, str(site))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(site))
        for name in set(sys.modules) - before:
            if (getattr(sys.modules[name], "__file__", None) or "").startswith(str(site)):
                del sys.modules[name]
