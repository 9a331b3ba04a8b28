"""``RESULTS.md``, the figures that were measured last: one section for each benchmark, written by it alone.

A section says what it was measured on: processor, memory, system, file system, releases of what took part; and at
which commit. ``python benchmarks/results.py`` lists those of a commit before the last change of what they are about.
"""

import argparse
import os
import platform
import re
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
_ABOUT = ("leaflet", "templates", "assets/themes", "assets/formats", "assets/scenes")  # what figures are about
_MEASURED = "Measured at commit {}, {}."
_HEAD = """\
# Results

Written by the benchmarks themselves (`--write`). Compare ratios within one section, never times of two.
"""


def write_section(title: str, text: str) -> None:
    """Put a section in the place of the earlier one of the same title, or at the end."""
    content = RESULTS.read_text("utf-8") if RESULTS.is_file() else _HEAD
    measured = _MEASURED.format(*_git("log", "-1", "--format=%h %cs").split())
    section = f"\n## {title}\n\n{measured}\n\n{text.strip()}\n"
    old = re.compile(rf"\n## {re.escape(title)}\n.*?(?=\n## |\Z)", re.DOTALL)
    content = old.sub(lambda _found: section, content) if old.search(content) else content + section
    RESULTS.write_text(content, "utf-8")


def markdown_table(header: tuple[str, ...], rows: list[tuple[str, ...]], left: int = 1) -> str:
    """A table as Markdown, all but its first `left` columns set to the right."""
    rule = ["---"] * left + ["---:"] * (len(header) - left)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rule, *rows))


def parser_of(text: str) -> argparse.ArgumentParser:
    """Return a parser that shows the head of a script, with the option that all benchmarks have."""
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the figures into RESULTS.md, too")
    return parser


def publish(title: str, text: str, *, is_written: bool) -> None:
    """Print a section, and write it if that is asked for."""
    print(text)
    if is_written:
        write_section(title, text)


def describe_machine(folder: Path) -> str:
    """One line: cores, processor, memory, system, the file system that `folder` lies on, Python."""
    parts = (
        f"{os.cpu_count()} cores",
        _processor(),
        _memory(),
        _system(),
        f"{file_system(folder.resolve())} for files",
        f"Python {platform.python_version()}",
    )
    return " · ".join(filter(None, parts))


def describe_releases(packages: list[str]) -> str:
    """One line: the packages that are installed, with their releases."""
    found = []
    for package in packages:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return " · ".join(found)


def _processor() -> str:
    """The processor's own name, or the name of its kind."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _memory() -> str:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return ""
    return f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB"


def _system() -> str:
    kernel = f"{platform.system()} {platform.release()}"
    try:
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {kernel}"
    except OSError:
        return kernel


def file_system(folder: Path) -> str:
    """The kind of the file system that is mounted nearest above a folder."""
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]
    except OSError:
        return "unknown file system"
    above = [(len(place), kind) for place, kind in mounts if folder.is_relative_to(place)]
    return max(above)[1] if above else "unknown file system"


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=Path(__file__).parents[1], check=True, capture_output=True, text=True
    ).stdout


def main() -> None:
    """List the sections whose figures are older than what they are about."""
    pattern = re.escape(_MEASURED).replace(re.escape("{}"), "(.+)")
    for title, text in re.findall(r"^## (.+)\n((?:(?!## ).*\n)*)", RESULTS.read_text("utf-8"), re.MULTILINE):
        found = re.search(pattern, text)
        since = _git("log", "--format=%h", f"{found[1]}..", "--", *_ABOUT).split() if found else []
        print(f"{title}: {len(since)} changes since {found[1]}" if found else f"{title}: no commit is named")


if __name__ == "__main__":
    main()
