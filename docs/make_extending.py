"""Writes the files of the example package into ``docs/extending.md``, each below its name: ``make docs``."""

import re
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "tests" / "extending" / "example"
PAGE = Path(__file__).with_name("extending.md")
_BLOCK = re.compile(r"(^`(\S+)`:\n\n```\w+\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)


def extending_page() -> str:
    """The page, with the files as they are now."""
    return _BLOCK.sub(lambda block: block[1] + (EXAMPLE / block[2]).read_text("utf-8"), PAGE.read_text("utf-8"))


def shown_files() -> set[str]:
    """The files of the example that the page shows."""
    return {block[2] for block in _BLOCK.finditer(PAGE.read_text("utf-8"))}


if __name__ == "__main__":
    PAGE.write_text(extending_page(), "utf-8")
