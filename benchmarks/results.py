"""``RESULTS.md``, the figures that were measured last: one section for each benchmark, written by it alone."""

import re
from pathlib import Path
from statistics import median

RESULTS = Path(__file__).with_name("RESULTS.md")
_HEAD = """\
# Results

Written by the benchmarks themselves (`--write`). Compare ratios within one section, never times of two.
"""


def write_section(title: str, text: str) -> None:
    """Put a section in the place of the earlier one of the same title, or at the end."""
    content = RESULTS.read_text("utf-8") if RESULTS.is_file() else _HEAD
    section = f"\n## {title}\n\n{text.strip()}\n"
    old = re.compile(rf"\n## {re.escape(title)}\n.*?(?=\n## |\Z)", re.DOTALL)
    content = old.sub(lambda _found: section, content) if old.search(content) else content + section
    RESULTS.write_text(content, "utf-8")


def spread(seconds: list[float]) -> tuple[str, str]:
    """Two cells of a table: the median, and the least and the most."""
    return f"{median(seconds):.2f}", f"{min(seconds):.2f}–{max(seconds):.2f}"


def markdown_table(header: tuple[str, ...], rows: list[tuple[str, ...]], left: int = 1) -> str:
    """A table as Markdown, all but its first `left` columns set to the right."""
    rule = ["---"] * left + ["---:"] * (len(header) - left)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rule, *rows))
