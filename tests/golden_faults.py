"""What cases of faults say, in tests/golden/faults.txt; ``python -m tests.golden_faults [code …]`` writes it anew."""

import re
import sys
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from msgspec.structs import replace

from leaflet.faults import LANGUAGES, Fault
from tests.campaign.fault_cases import CASES as CAMPAIGN_CASES
from tests.compare.fault_cases import CASES as DIFF_CASES
from tests.delivery.fault_cases import CASES as POST_CASES
from tests.extending.fault_cases import CASES as PACKAGE_CASES
from tests.fault_cases import CASES as OTHER_CASES
from tests.imposition.fault_cases import CASES as PRESS_CASES
from tests.preflight.fault_cases import CASES as REVIEW_CASES
from tests.preflight.rule_cases import CASES as RULE_CASES
from tests.preflight.rule_cases import judged
from tests.review.fault_cases import CASES as PROPOSED_CASES
from tests.tables.fault_cases import CASES as TABLE_CASES

ROOMS = (
    *(OTHER_CASES, CAMPAIGN_CASES, TABLE_CASES, PRESS_CASES, REVIEW_CASES),
    *(DIFF_CASES, POST_CASES, PROPOSED_CASES, PACKAGE_CASES),
)
CASES = {code: case for cases in ROOMS for code, case in cases.items()}
FILE = Path(__file__).parent / "golden" / "faults.txt"
_PROGRAM = f"{Path(__file__).parents[1]}/"
_FOLDER = re.compile(re.escape(gettempdir()) + r"/tmp\w{8}")  # of a sample
# Values that no two runs have in common: a port, a commit, an hour, how far a build came.
_VARYING = {"U051": ("port", "problem"), "U133": ("value",), "W108": ("done",), "W203": ("since",)}
_HEAD = re.compile(r"^=== (.+)\n", re.MULTILINE)


def told(faults: Iterable[Fault], folder: Path) -> str:
    """Return all that a case says in both languages, each message once, without names of this machine's folders."""
    shown = [_plain(fault, folder) for fault in faults]
    said = ("\n".join(line for lang in LANGUAGES for line in fault.lines(lang)) for fault in shown)
    return "\n".join(dict.fromkeys(said))


def told_of_case(code: str) -> str:
    """Return all that the case of a code says."""
    if code in RULE_CASES:
        return told_of_rule(code)
    with TemporaryDirectory() as folder:
        return told(CASES[code](Path(folder)), Path(folder))


def told_of_rule(code: str) -> str:
    """Return what a rule says of the sample that breaks it."""
    return told((fault for fault in judged(code, "broken") if fault.code == code), Path("/no folder"))


@cache
def golden() -> dict[str, str]:
    """Return what stands in the file, by code."""
    _, *parts = _HEAD.split(FILE.read_text("utf-8"))
    return {code: text.rstrip("\n") for code, text in zip(parts[::2], parts[1::2], strict=True)}


def _plain(fault: Fault, folder: Path) -> Fault:
    def hide(value: object) -> str:
        text = _FOLDER.sub("/folder", str(value).replace(str(folder), "/folder"))
        return text.replace(folder.name, "folder").replace(_PROGRAM, "/program/")

    place = fault.place
    texts = {name: hide(text) for name in ("file", "sheet", "field", "source") if (text := getattr(place, name))}
    kept = (int, float, datetime)
    values = {name: value if isinstance(value, kept) else hide(value) for name, value in fault.values.items()}
    values |= dict.fromkeys(_VARYING.get(fault.code, ()), "~")
    return replace(fault, place=replace(place, **texts), values=values)


if __name__ == "__main__":
    codes = sys.argv[1:] or sorted([*CASES, *RULE_CASES])
    found = {**(golden() if sys.argv[1:] else {}), **{code: told_of_case(code) for code in codes}}
    FILE.write_text("".join(f"=== {code}\n{found[code]}\n" for code in sorted(found)), "utf-8")
