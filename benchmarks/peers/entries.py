"""The rows of both tables, before anything is known about them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec

from peers import leaflet_peer


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One row.

    Args:
        module: what must be importable.
        slow: takes part with `--slow-cap` schools at most.
        first, pages: of the first leaflet in a merged file: the page it begins on, and how many pages a school has.
        note: what the row does not do that the others do.
    """

    peer: str
    variant: str = ""
    module: str = ""
    install: str = ""
    slow: bool = False
    first: int = 0
    pages: int = 2
    note: str = ""

    @property
    def label(self) -> str:
        """How the row is called."""
        return f"{self.peer} {self.variant}".strip()

    def variants(self, *names: str) -> list["Entry"]:
        """The same engine in several modes."""
        return [replace(self, variant=name) for name in names]


LEAFLET = Entry(peer="leaflet", module="leaflet", install="the project itself: pip install .")
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
    Entry(peer="fpdf2", module="fpdf", install="fpdf2", slow=True),
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
PACKAGES = ["typst", "weasyprint", "reportlab", "fpdf2", "fullbleed", "qrcode", "pypdfium2", "zxing-cpp"]
_SHARED = {"qrcode": "qrcode"}


def chosen(entries: Sequence[Entry], peers: Sequence[str]) -> list[Entry]:
    """The rows of the peers asked for."""
    return [entry for entry in entries if entry.peer in peers]


def missing_package(entry: Entry) -> str:
    """``not installed (pip install …)``, or nothing."""
    if entry.module and not _is_importable(entry.module):
        return f"not installed (pip install {entry.install})"
    needed = {} if entry.peer in ("copy", "leaflet") else _SHARED
    absent = [package for module, package in needed.items() if not _is_importable(module)]
    return f"not installed (pip install {' '.join(absent)})" if absent else ""


def _is_importable(module: str) -> bool:
    """Whether the package is there; ours may also be the checkout's."""
    if module == "leaflet":
        return (leaflet_peer.CHECKOUT / "leaflet" / "__main__.py").is_file() or find_spec(module) is not None
    return find_spec(module) is not None
