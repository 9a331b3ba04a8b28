"""The figures of the house: how many files, how long, how they are described, and how far a record has to go.

Read from the source of a checkout with a ``.venv`` of its own, none of whose modules is imported, so the package may
be rebuilt inside. The last two figures are measured: a build of leaflets in one process, through its command line,
with a profiler of calls set between the 1,488th and the 1,520th file that is opened for writing. Records go
through the stages in lots, of 16 when this was written, so the figures are means over these 32. Counted are
calls of Python functions of the package, comprehensions and generators included; not those of libraries.

    python benchmarks/house.py ../base
    python benchmarks/house.py -v --json
"""

import argparse
import ast
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import ceil
from pathlib import Path
from statistics import median

from generate import write_campaign

ROOT = Path(__file__).resolve().parents[1]
SHORT = 60  # lines of a file that is short
SCHOOLS = 1600
FIRST, LAST = 1488, 1520  # files of a build between which calls are counted
OPENINGS = re.compile(r"(What|As|Of|The same|Who|Where|Whether)\b")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

# Enters the command line, and counts calls from one file that is opened for writing to another.
COUNT_CALLS = """
import json, os, runpy, sys

first, last, out = int(sys.argv[1]), int(sys.argv[2]), os.fsencode(sys.argv[3])
package = os.path.join(os.getcwd(), "leaflet", "")
opened, files, calls = set(), set(), 0

def count(frame, event, argument):
    global calls
    if event == "call" and frame.f_code.co_filename.startswith(package):
        calls += 1
        files.add(frame.f_code.co_filename)

def listen(event, arguments):
    if event != "open" or len(opened) >= last or not isinstance(arguments[0], (str, bytes)):
        return
    path, _, flags = arguments
    if flags & (os.O_WRONLY | os.O_RDWR) and (path := os.fsencode(path)).endswith(b".pdf"):
        before = len(opened)
        opened.add(path)
        if before < len(opened) == first:
            sys.setprofile(count)
        elif before < len(opened) == last:
            sys.setprofile(None)

sys.addaudithook(listen)
sys.argv = ["leaflet", *sys.argv[4:], "-o", sys.argv[3]]
try:
    runpy.run_module("leaflet", run_name="__main__")
finally:
    sys.setprofile(None)
    print(json.dumps({"opened": len(opened), "calls": calls, "files": len(files)}))
"""


class HouseError(Exception):
    """A figure cannot be had of a checkout."""


def share(values: Sequence[int], part: float) -> int:
    """Return the least of the values that so large a part of them does not exceed; 0 of none."""
    return sorted(values)[max(ceil(part * len(values)) - 1, 0)] if values else 0


def first_sentence(text: str) -> str:
    """Return the first sentence of a docstring, on one line."""
    return re.split(r"(?<=[.!?])\s|\n\s*\n", text.strip(), maxsplit=1)[0]


def functions_of(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield all functions of a module, methods and inner ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, FUNCTIONS))


def docstrings_of(tree: ast.Module) -> Iterator[str]:
    """Yield the docstrings of a module, of its classes and its functions."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, *FUNCTIONS)) and (text := ast.get_docstring(node)):
            yield text


def read_source(package: Path) -> tuple[dict[str, float], dict[str, list[str]]]:
    """Return the figures of the modules below a folder.

    Args:
        package: the folder of the package.

    Returns:
        The figures by their names, and the modules of every class name that is defined in several.
    """
    lines, lengths, classes = [], [], defaultdict(set)
    docstrings: list[str] = []
    for path in sorted(package.rglob("*.py")):
        text = path.read_text("utf-8")
        tree = ast.parse(text)
        lines.append(len(text.splitlines()))
        lengths += [(node.end_lineno or node.lineno) - node.lineno + 1 for node in functions_of(tree)]
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                classes[node.name].add(str(path.relative_to(package)))
        docstrings += docstrings_of(tree)
    shared = {name: sorted(modules) for name, modules in sorted(classes.items()) if len(modules) > 1}
    openings = sum(bool(OPENINGS.match(first_sentence(text))) for text in docstrings)
    figures = {
        "files": len(lines),
        "lines": sum(lines),
        "median lines of a file": median(lines) if lines else 0,
        f"files under {SHORT} lines": sum(count < SHORT for count in lines),
        "functions": len(lengths),
        "lines of a function, p50": share(lengths, 0.5),
        "lines of a function, p90": share(lengths, 0.9),
        "class names in two or more modules": len(shared),
        "docstrings": len(docstrings),
        "docstrings that open with What, As, Of, …": openings,
        "the same in %": round(100 * openings / max(len(docstrings), 1), 1),
    }
    return figures, shared


def read_tests(folder: Path) -> dict[str, float]:
    """Return how many files and functions there are below a folder of tests."""
    trees = [ast.parse(path.read_text("utf-8")) for path in sorted(folder.rglob("*.py"))]
    names = [node.name for tree in trees for node in functions_of(tree)]
    return {
        "test files and what they share": len(trees),
        "test functions": sum(name.startswith("test_") for name in names),
        "all functions under tests/": len(names),
    }


def refused_docstrings(checkout: Path) -> Counter[str]:
    """Return how many docstrings the linter refuses by Google's convention, by rule.

    Raises:
        HouseError: the linter of the checkout cannot be run.
    """
    command = [".venv/bin/python", "-m", "ruff", "check", "--no-cache", "--select", "D", "--output-format", "json"]
    command += ["--config", 'lint.pydocstyle.convention="google"', "leaflet"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise HouseError(done.stderr.strip())
    return Counter(fault["code"] for fault in json.loads(done.stdout))


def count_calls(checkout: Path) -> tuple[float, int]:
    """Return the calls that a record goes through in a build of leaflets, and in how many files they are.

    Raises:
        HouseError: the build failed, or did not open so many files one after the other.
    """
    with tempfile.TemporaryDirectory(prefix="leaflet-") as name:
        campaign = write_campaign(Path(name), SCHOOLS)
        command = [".venv/bin/python", "-c", COUNT_CALLS, str(FIRST), str(LAST), f"{name}/out"]
        command += ["build", "-q", "--jobs", "1", str(campaign)]
        done = subprocess.run(command, cwd=checkout, capture_output=True, text=True)
    if done.returncode:
        raise HouseError(done.stderr.strip())
    found = json.loads(done.stdout.splitlines()[-1])
    if found["opened"] < LAST:
        raise HouseError(f"{found['opened']} files were opened for writing, {LAST} are needed")
    return found["calls"] / (LAST - FIRST), found["files"]


def main() -> None:
    """Read, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path, nargs="?", default=ROOT, help="that of this script, if none is named")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("-v", "--verbose", action="store_true", help="list the class names and their modules too")
    options = parser.parse_args()
    checkout = options.checkout.resolve()
    try:
        figures, shared = read_source(checkout / "leaflet")
        refused = refused_docstrings(checkout)
        calls, files = count_calls(checkout)
    except HouseError as error:
        sys.exit(f"{checkout}: {error}")
    figures |= {"docstrings refused by ruff": refused.total()} | read_tests(checkout / "tests")
    figures |= {"calls a record goes through": round(calls, 1), "files a record goes through": files}
    if options.json:
        everything = {"figures": figures, "refused": dict(refused.most_common()), "class names": shared}
        print(json.dumps(everything, ensure_ascii=False, indent=1))
        return
    for name, figure in figures.items():
        print(f"{name:<42} {figure:>9,}")
        if name == "docstrings refused by ruff":
            print("".join(f"  {code:<40} {count:>9,}\n" for code, count in refused.most_common()), end="")
    if options.verbose:
        print("".join(f"{name}: {', '.join(modules)}\n" for name, modules in shared.items()), end="")


if __name__ == "__main__":
    main()
