"""What a figure was measured on: processor, memory, system, file system, and the releases of what took part."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


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
