"""ARCHITECTURE's one arrow, held by reading all imports, also in functions and for types: who may know whom."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support import tables_of

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "leaflet"

# A room is a folder or a module right under leaflet/.
FOUNDATION = {"confidential", "faults", "files", "geometry", "program", "text"}
ALLOWED: dict[str, set[str]] = {
    "program": set(),
    "geometry": set(),
    "text": set(),
    "faults": {"program"},
    "confidential": {"faults", "program", "text"},
    "files": {"confidential", "faults", "program", "text"},
    "campaign": FOUNDATION,
    "tables": FOUNDATION,
    "markup": FOUNDATION | {"campaign", "tables"},
    "layout": FOUNDATION | {"markup"},
    "imposition": FOUNDATION | {"layout"},
    "pdf": FOUNDATION | {"layout"},
    "reuse": FOUNDATION | {"layout", "markup", "pdf"},
    "production": FOUNDATION | {"campaign", "imposition", "layout", "markup", "pdf", "reuse", "tables"},
    "preflight": FOUNDATION | {"campaign", "imposition", "layout", "markup", "pdf", "production", "tables"},
    "api": {"preflight", "production", "tables"},
    "studio": FOUNDATION | {"api", "campaign", "imposition", "layout", "markup", "pdf", "production", "tables"},
    "cli": FOUNDATION | {"api", "campaign", "preflight", "production", "studio", "tables"},
    "__init__": {"api", "faults", "program"},
    "__main__": {"cli"},
}

KEPT_IN: dict[str, list[str]] = tables_of(__file__)["kept_in"]

# Clocks, chance and the network have no part in a leaflet; pickle and marshal run what they read.
NOWHERE = {"random", "uuid", "getpass", "ssl", "requests", "httpx", "urllib3"}
NOWHERE |= {"http.client", "http.server", "socketserver"}
NOWHERE |= {"pickle", "marshal", "shelve", "yaml", "urllib.request", "reportlab.lib.fontfinder"}

# Modules that come with a declared dependency, which pins them.
BROUGHT_BY = {"fontTools": "fonttools", "PIL": "pillow", "markupsafe": "jinja2", "pydantic_core": "pydantic"}
BROUGHT_BY |= {"zxingcpp": "zxing-cpp", "page": "page-validation"}


class Import(NamedTuple):
    """One name that a module imports, dotted, and where."""

    path: Path
    line: int
    name: str

    @property
    def room(self) -> str:
        """The room that imports."""
        return room_of(self.path)

    @property
    def target(self) -> str | None:
        """The room imported, None for what is not ours."""
        first, *rest = self.name.split(".")
        if first != "leaflet":
            return None
        return rest[0] if rest and rest[0] in ROOMS else "__init__"

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line} imports {self.name}"


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def read_tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def find_imports(path: Path) -> Iterator[Import]:
    """All imports of a file; ``from a import b`` gives ``a.b``."""
    for node in ast.walk(read_tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(path, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield Import(path, node.lineno, "." * node.level + f"{node.module or ''}.{alias.name}")


@cache
def all_imports() -> list[Import]:
    return [found for path in MODULES for found in find_imports(path)]


MODULES = sorted(PACKAGE.rglob("*.py"))
ROOMS = {room_of(path) for path in MODULES}
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = SETTINGS["project"]
LOCKS = ("run", "test", "release", "documents")


def is_name(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def read_names(requirements: list[str]) -> set[str]:
    """The distributions that requirements name, without versions."""
    return {re.split(r"[^A-Za-z0-9._-]", text)[0].lower() for text in requirements}


def test_rooms_import_along_the_arrow() -> None:
    """Each room has its rule, knows none after it, and all can be put in one order, whatever the table says."""
    assert set(ALLOWED) == ROOMS
    ours = [(found, found.target) for found in all_imports() if found.target is not None]
    assert ours
    assert [str(found) for found, target in ours if target not in ALLOWED[found.room] | {found.room}] == []
    graph: dict[str, set[str]] = {room: set() for room in ROOMS}
    for found in all_imports():
        if found.target is not None and found.target != found.room:
            graph[found.room].add(found.target)
    order = list(TopologicalSorter(graph).static_order())
    assert order.index("layout") < order.index("pdf") < order.index("production") < order.index("preflight")
    assert order.index("production") < order.index("studio") < order.index("cli")


def test_imports_are_absolute_and_declared() -> None:
    """One way to write an import; what is imported the wheel, or one of its extras, asks for."""
    assert [str(found) for found in all_imports() if found.name.startswith(".")] == []
    extras = PROJECT["optional-dependencies"]
    asked = read_names([*PROJECT["dependencies"], *extras["check"]])
    tops = {found.name.split(".")[0] for found in all_imports()} - set(sys.stdlib_module_names) - {"leaflet"}
    assert {BROUGHT_BY.get(top, top) for top in tops} - asked == set()


@pytest.mark.parametrize("module", KEPT_IN)
def test_libraries_keep_to_their_room(module: str) -> None:
    """What knows a library is one place, so that it can be replaced there."""
    users = [found for found in all_imports() if is_name(found.name, module)]
    places = {found: found.path.relative_to(PACKAGE) for found in users}
    kept = {*KEPT_IN[module]}
    assert [str(one) for one in users if kept.isdisjoint(map(str, (places[one], *places[one].parents)))] == []


@pytest.mark.parametrize("module", sorted(NOWHERE))
def test_modules_used_nowhere(module: str) -> None:
    """Chance, clocks, the network and readers that run what they read stay out."""
    assert [str(found) for found in all_imports() if is_name(found.name, module)] == []


def test_nobody_asks_the_clock_or_runs_text() -> None:
    """No now, no today and no random but where somebody calls, not even handed on; no eval and no exec anywhere."""
    found = []
    for path in MODULES:
        for node in ast.walk(read_tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today", "random"}:
                if room_of(path) not in {"api", "cli"}:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}")
            elif isinstance(node, ast.Name) and node.id in {"eval", "exec", "compile", "__import__"}:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {node.id}")
    assert found == []


@pytest.mark.parametrize("word", [r"\beval\(", r"\bexec\(", r"\bpickle\b", r"\bfontfinder\b", r"\byaml\b"])
def test_words_found_nowhere(word: str) -> None:
    """The same for text that is no Python: templates, themes and facts."""
    ours = {name: text for name, text in read_texts("leaflet", "templates", "assets").items() if "vendor" not in name}
    assert search(word, ours) == []


def test_no_host_of_a_registry() -> None:
    """Where packages come from is the business of the machine that installs them."""
    hosts = r"\b(pypi|pythonhosted|npmjs|debian|ubuntu|conda|anaconda)\s*\.\s*(org|com)\b"
    texts = read_texts("leaflet", "templates", "assets", "tests", "docs", "examples", "benchmarks", "requirements")
    texts |= read_texts(".ci", ".github", "*.md", "pyproject.toml", "Makefile")
    assert search(hosts, texts) == []
    assert search(r"https?:|/(?:home|root|tmp|work)/", read_texts("requirements", ".ci")) == []


def read_texts(*places: str) -> dict[str, str]:
    """The text files under places of the project, by name; a file that is not UTF-8 is no text."""
    texts = {}
    for place in places:
        for start in ROOT.glob(place):
            for path in [start] if start.is_file() else sorted(start.rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    try:
                        texts[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
                    except UnicodeDecodeError:
                        continue
    return texts


def search(pattern: str, texts: dict[str, str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_dependencies_are_locked_and_explained() -> None:
    """Each dependency has its releases in the lock, all with hashes, and its reason in docs/dependencies.md."""
    extras = PROJECT["optional-dependencies"]
    run = read_names(PROJECT["dependencies"])
    judging = read_names(extras["check"])
    test = run | judging | read_names(extras["test"])
    releasing = read_names(extras["release"])
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `([a-z0-9-]+)` ", reasons, re.MULTILINE))
    documents = read_names(SETTINGS["dependency-groups"]["documents"])
    assert (test | releasing | documents | read_names(extras["bench"])) - explained == set()
    run_lock, test_lock, release_lock, documents_lock = (
        read_lock(ROOT / f"requirements/{name}.lock") for name in LOCKS
    )
    assert run | judging <= {name for name, _ in run_lock} and test <= {name for name, _ in test_lock}
    assert releasing <= {name for name, _ in release_lock}
    assert run_lock <= test_lock & release_lock, "the locks hold different releases; run make lock"
    assert documents <= {name for name, _ in documents_lock}
    shared = {name for name, _ in test_lock} & {name for name, _ in documents_lock}
    assert {one for one in documents_lock if one[0] in shared} <= test_lock, "different releases; run make lock"


def read_lock(path: Path) -> set[tuple[str, str]]:
    """The releases of a lock file, as name and version; each must have a hash."""
    text = path.read_text(encoding="utf-8")
    heads = re.findall(r"^([a-z0-9-]+)==(\S+)(?: ; [^\\\n]+)? \\\n +--hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
    assert len(heads) == len(re.findall(r"^[^\s#]", text, re.MULTILINE))
    return set(heads)
