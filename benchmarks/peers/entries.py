"""The rows of both tables, before anything is known about them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One row."""

    peer: str
    variant: str = ""
    module: str = ""  # must be importable
    install: str = ""
    slow: bool = False  # takes part with `--slow-cap` schools at most
    note: str = ""  # what the row does not do that the others do

    @property
    def label(self) -> str:
        """How the row is called."""
        return f"{self.peer} {self.variant}".strip()

    def variants(self, *names: str) -> list["Entry"]:
        """The same engine in several modes."""
        return [replace(self, variant=name) for name in names]


LEAFLET = Entry(peer="leaflet")
TYPST = Entry(peer="typst", module="typst", install="typst")
WEASYPRINT = Entry(peer="weasyprint", module="weasyprint", install="weasyprint", slow=True)
FULLBLEED = Entry(peer="fullbleed", module="fullbleed", install="fullbleed")
REPORTLAB = Entry(peer="platypus", module="reportlab", install="reportlab", slow=True)
COPY = Entry(peer="copy")
FIXED = "long names are not wrapped and run over what stands beside them; no link can be clicked"

FILES = (
    *LEAFLET.variants("verified", "no-verify"),
    *TYPST.variants("tagged", "ua-1", "ua-1 a-2a"),
    replace(TYPST, variant="sys_inputs", slow=True),
    *WEASYPRINT.variants("tagged", "ua-1"),
    REPORTLAB,
    *replace(FULLBLEED, slow=True, note="no link can be clicked").variants("plain", "tagged"),
    *replace(FULLBLEED, note=FIXED).variants("compiled", "base-14"),
    COPY,
)
MERGED = (
    *replace(LEAFLET, note="writes a packing list as CSV").variants("verified", "no-verify"),
    replace(TYPST, variant="tagged"),
    *replace(FULLBLEED, note=FIXED).variants("compiled", "base-14"),
    replace(FULLBLEED, variant="reflow", slow=True, note="no link can be clicked"),
    replace(REPORTLAB, peer="forms", slow=False),
)
PEERS = tuple(dict.fromkeys(entry.peer for entry in (*FILES, *MERGED)))
PACKAGES = ["typst", "weasyprint", "reportlab", "fullbleed", "qrcode", "pypdfium2", "zxing-cpp"]


def chosen(entries: Sequence[Entry], peers: Sequence[str]) -> list[Entry]:
    """The rows of the peers asked for."""
    return [entry for entry in entries if entry.peer in peers]


def missing_package(entry: Entry) -> str:
    """``not installed (pip install …)``, or nothing; ours is run as the checkout has it."""
    if entry.peer in ("copy", "leaflet"):
        return ""
    for module, package in ((entry.module, entry.install), ("qrcode", "qrcode")):
        if find_spec(module) is None:
            return f"not installed (pip install {package})"
    return ""
