"""Do in a checkout what `same_output` asks, with its own interpreter and tests, whatever its modules are called.

python in_checkout.py cases NAME FOLDER     write the broken inputs of a module of tests, a folder for each
python in_checkout.py lycees FILE ROWS      write the list of real lycées that the tests read, or its first rows
python in_checkout.py messages FOLDER       cause every fault as the tests do; write what is said in both languages
python in_checkout.py commands              run commands of the program, given as JSON on standard input
"""

import gc
import importlib
import json
import os
import resource
import runpy
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

CAMPAIGN = """\
election = "2018"
[publisher]
name = "Section"
[data]
schools = "{}"
[[document]]
template = "leaflet-a4"
"""


def write_cases(name: str, root: Path) -> None:
    """Write a folder for each broken list or campaign of a module of tests; one without a campaign gets one."""
    if name in ("nasty", "heavy"):
        made = enumerate(module_of("tests/tables/nasty.py").nasty_files().values())
        cases = {
            f"{number:03}": lambda folder, nasty=nasty: nasty.make(folder / nasty.name)
            for number, nasty in made
            if nasty.heavy == (name == "heavy")
        }
    else:
        cases = module_of(name).CASES
    for code, case in cases.items():
        (folder := root / code).mkdir(parents=True)
        caused(case, folder)
        campaign, lists = folder / "campaign.toml", sorted(folder.glob("*.*"))
        if not campaign.exists():
            campaign.write_text(CAMPAIGN.format(lists[0].name if lists else "none.csv"), "utf-8")


def write_lycees(path: Path, rows: int) -> None:
    """Write the lycées of the package that the tests read as their CSV, each with an address for e-mail drafts."""
    lycees = module_of("tests/tables/test_real_lycees.py")
    written = [(*row, f"{row[0].lower()}@exemple.fr") for row in lycees.records()[:rows]]
    path.write_bytes(lycees.KINDS["CSV in UTF-8"].write([(*lycees.COLUMNS, "mail"), *written]))


def write_messages(root: Path) -> None:
    """Write a file for each fault of the catalogue: what is said of all that its case in the tests causes."""
    cases = {}
    for path in sorted(Path("tests").rglob("fault_cases.py")):
        cases |= module_of(str(path)).CASES
    rules = module_of("tests/preflight/rule_cases.py")
    cases |= {code: lambda _folder, code=code: rules.judged(code, "broken") for code in rules.CASES}
    for code, case in cases.items():
        (folder := root / "made" / code).mkdir(parents=True)
        said = [
            "\n".join((f"{fault.code} {fault.severity} {lang}", *fault.lines(lang)))
            for fault in caused(case, folder)
            for lang in ("en", "fr")
        ]
        (root / f"{code}.txt").write_text("\n".join(said), "utf-8")
    shutil.rmtree(root / "made")


def module_of(path: str) -> Any:
    """Return a module of the checkout."""
    return importlib.import_module(path.removesuffix(".py").replace("/", "."))


def caused(case: Callable[[Path], Iterable[Any]], folder: Path) -> list[Any]:
    """Return what a case finds; what it raises is told, and is no matter: the other checkout will do the same."""
    try:
        return list(case(folder) or ())
    except BaseException as error:  # a test that is skipped, too
        print(folder.name, repr(error)[:200], file=sys.stderr)
        return []


def run_leaflet(arguments: list[str]) -> int:
    """Run the command line in this process; return its exit code."""
    sys.argv = ["leaflet", *arguments]
    try:
        runpy.run_module("leaflet", run_name="__main__")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:
        traceback.print_exc()
        return 70
    return 0


def write_to(path: str, *streams: int) -> None:
    """Let streams of this process end in a file."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in streams:
        os.dup2(file, stream)


def run_commands(first: list[str], tasks: list[tuple[str, list[str]]]) -> None:
    """Run commands, each with the name of the file for what it says, in children that have the program loaded.

    The `first` is run for that alone: starting the program for each would take most of the time. It must leave no
    thread behind, for which a child would wait for ever.
    """
    write_to(os.devnull, 1, 2)
    run_leaflet(first)
    gc.freeze()
    for said, arguments in tasks:
        child = os.fork()
        if not child:
            write_to(said + ".1", 1)
            write_to(said + ".2", 2)
            resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
            signal.alarm(900)  # one that waits for ever
            code = run_leaflet(arguments)
            sys.stdout.flush(), sys.stderr.flush()
            os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out, err = (Path(said + end) for end in (".1", ".2"))
        Path(said).write_bytes(
            b"exit %d\n--- standard output\n%b--- standard error\n%b" % (code, out.read_bytes(), err.read_bytes())
        )
        out.unlink(), err.unlink()


if __name__ == "__main__":
    sys.path[0] = str(Path.cwd())  # the checkout's modules, not those beside this file
    match sys.argv[1:]:
        case ["cases", name, folder]:
            write_cases(name, Path(folder))
        case ["lycees", path, rows]:
            write_lycees(Path(path), int(rows))
        case ["messages", folder]:
            write_messages(Path(folder))
        case ["commands"]:
            run_commands(*json.load(sys.stdin))
