"""Compare what programs made on several machines (`smoke.py`): the same bytes, or the same contents packed otherwise.

Streams of a PDF are packed by the zlib of the Python that runs, and another zlib (zlib-ng in Python 3.14 for Windows,
Apple's own) may pack the same contents into other bytes. Whatever else differs ends this with 1.

    python release/same_bytes.py results/*.json
"""

import json
import sys
from pathlib import Path
from typing import Any

Result = dict[str, Any]


def compare(results: list[Result]) -> tuple[str, bool]:
    """Return a table with a row for each program, and whether all of them made the same contents.

    Args:
        results: as `smoke.py` writes them; the first is what the others are compared with.
    """
    first, *_ = results
    words = [_word(result, first) for result in results]
    rows = [f"| {result['name']} | {word} |" for result, word in zip(results, words, strict=True)]
    return "\n".join(["| program | files |", "| --- | --- |", *rows]), "DIFFERENT" not in words


def _word(result: Result, first: Result) -> str:
    if result["sha256"] == first["sha256"]:
        return "the same bytes"
    if all(result["sha256"].get(name) == first["sha256"][name] for name in first["contents"]):
        return "the same bytes, but for the manifest, which names releases"
    return "the same contents, packed by another zlib" if result["contents"] == first["contents"] else "DIFFERENT"


def main() -> None:
    """Compare the files that are named, and print the table."""
    results = [json.loads(Path(name).read_text("utf-8")) for name in sorted(sys.argv[1:])]
    if len(results) < 2:
        sys.exit("Name at least two results of smoke.py.")
    table, is_same = compare(results)
    print(table)
    sys.exit(not is_same)


if __name__ == "__main__":
    main()
