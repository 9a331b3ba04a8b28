"""Writes what each word of the markup prints into the tables of ``docs/templates.md``, from ``assets/schema``."""

import re
from pathlib import Path

from leaflet.schema.texts import load_texts

PAGE = Path(__file__).with_name("templates.md")
_ROW = re.compile(r"^(\| `<(\w+)>` \|.*\| )[^|]*(?= \|$)", re.MULTILINE)


def templates_page(text: str) -> str:
    """Return the page with the last cell of each word's row as the data has it."""
    words = load_texts()["words"]
    return _ROW.sub(lambda row: row[1] + words[row[2]].en, text)


if __name__ == "__main__":
    PAGE.write_text(templates_page(PAGE.read_text("utf-8")), "utf-8")
