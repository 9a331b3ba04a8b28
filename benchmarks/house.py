"""The figures of the house beside their limits: how much source there is, and how far a record has to go.

Read from the source of a checkout, none of whose modules is imported, so the package may be rebuilt inside: « code »
is lines less docstrings and blank ones; the others say what they count. Measured is the way of a record: a build of
leaflets in one process through the command line of the checkout's own ``.venv``, with a profiler of calls between the
1,488th and the 1,520th file that is opened for writing. Records go through the stages in lots, of 16 when this was
written, so these figures are means over 32. Counted are calls of functions of the package that have a name: not
comprehensions and lambdas, not those of libraries. A change of room is a call in another folder below ``leaflet/``
than the call before it.

    python benchmarks/house.py ../base
    python benchmarks/house.py --source

Ends with 1 if a figure is past its limit in ``limits.toml``.
"""

import argparse
import ast
import json
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMITS = Path(__file__).with_name("limits.toml")
CONTRACT = "studio/contract.py"  # names what the page sees of classes by their names
SHORT = 60  # lines of a file that is short
SCHOOLS = 1600
FIRST, LAST = 1488, 1520  # files of a build between which calls are counted

# Enters the command line, and counts calls from one file that is opened for writing to another.
COUNT_CALLS = """
import json, os, runpy, sys

first, last, out = int(sys.argv[1]), int(sys.argv[2]), os.fsencode(sys.argv[3])
package = os.path.join(os.getcwd(), "leaflet", "")
opened, files, calls, changes, room = set(), set(), 0, 0, None

def count(frame, event, argument):
    global calls, changes, room
    name = frame.f_code.co_filename
    if event == "call" and name.startswith(package) and frame.f_code.co_name[0] != "<":
        calls += 1
        files.add(name)
        before, room = room, name[len(package):].rpartition(os.sep)[0].partition(os.sep)[0]
        changes += before not in (None, room)

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
    print(json.dumps({"opened": len(opened), "calls": calls, "files": len(files), "changes": changes}))
"""


class HouseError(Exception):
    """A figure cannot be had of a checkout."""


def lines_below(folder: Path, pattern: str = "*.py") -> int:
    """Return the lines of all files of this kind below a folder; what is under ``vendor`` is others' work."""
    return sum(len(path.read_bytes().splitlines()) for path in folder.rglob(pattern) if "vendor" not in path.parts)


def text_lines(tree: ast.Module) -> Iterator[int]:
    """Yield the line numbers of all strings that stand by themselves: docstrings, of values too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield from range(node.lineno, (node.end_lineno or node.lineno) + 1)


def read_source(checkout: Path) -> tuple[dict[str, float], dict[str, list[str]]]:
    """Return the figures of a checkout's source, and what stands in several modules: names of classes and files."""
    package = checkout / "leaflet"
    lengths, code = [], 0
    modules: defaultdict[str, list[str]] = defaultdict(list)
    classes: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted(package.rglob("*.py")):
        text, name = path.read_text("utf-8"), str(path.relative_to(package))
        tree, lines = ast.parse(text), text.splitlines()
        lengths.append(len(lines))
        described = {*text_lines(tree)}
        code += sum(bool(line.strip()) and number not in described for number, line in enumerate(lines, 1))
        if path.name != "__init__.py":
            modules[path.name].append(name)
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and name != CONTRACT:
                classes[f"class {node.name}"].add(name)
    twice = {name: sorted(where) for found in (modules, classes) for name, where in found.items() if len(where) > 1}
    top = [path for path in package.iterdir() if path.suffix == ".py" or (path.is_dir() and any(path.rglob("*.py")))]
    figures = {
        "files": len(lengths),
        "lines": sum(lengths),
        "lines of code": code,
        f"files under {SHORT} lines": sum(length < SHORT for length in lengths),
        "file names of two or more modules": sum(name.endswith(".py") for name in twice),
        "class names of two or more modules": sum(name.startswith("class ") for name in twice),
        "entries at the top of the package": len(top),
        "lines of tests": lines_below(checkout / "tests"),
        "lines of benchmarks": lines_below(checkout / "benchmarks"),
        "lines of JavaScript": sum(lines_below(checkout / folder, "*.*js") for folder in ("assets", "site/page")),
    }
    return figures, twice


def follow_record(checkout: Path) -> dict[str, float]:
    """Return the calls, files and changes of room that a record goes through in a build of leaflets.

    Raises:
        HouseError: the build failed, or did not open so many files one after the other.
    """
    from generate import write_campaign

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
    each = LAST - FIRST
    return {"calls": found["calls"] / each, "files": found["files"], "changes of room": found["changes"] / each}


def past_limits(figures: dict[str, float], part: str) -> Iterator[str]:
    """Yield a line for each figure that is greater than its limit, or has none; and for each limit of nothing."""
    limits = tomllib.loads(LIMITS.read_text("utf-8"))[part]
    for name in figures.keys() ^ limits.keys():
        yield f"{name}: figures and {LIMITS.name} [{part}] do not name the same"
    for name in figures.keys() & limits.keys():
        if figures[name] > limits[name]:
            yield f"{name}: {figures[name]:,g}, and {LIMITS.name} allows {limits[name]:,g}"


def main() -> None:
    """Read, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path, nargs="?", default=ROOT, help="that of this script, if none is named")
    parser.add_argument("--source", action="store_true", help="measure nothing, and say only what is past its limit")
    parser.add_argument("-v", "--verbose", action="store_true", help="list names that stand in several modules")
    options = parser.parse_args()
    figures, twice = read_source(options.checkout)
    past = list(past_limits(figures, "source"))
    if not options.source:
        try:
            record = follow_record(options.checkout.resolve())
        except HouseError as error:
            sys.exit(f"{options.checkout}: {error}")
        past += past_limits(record, "record")
        for name, figure in (figures | {f"{name} of a record": figure for name, figure in record.items()}).items():
            print(f"{name:<42} {figure:>9,g}")
    if options.verbose:
        print("".join(f"{name}: {', '.join(modules)}\n" for name, modules in twice.items()), end="")
    sys.exit("\n".join(past) if past else None)


if __name__ == "__main__":
    main()
