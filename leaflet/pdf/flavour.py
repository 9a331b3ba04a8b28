"""The standards a file claims to keep, and what they ask for: version, output intent, tags, viewer preferences.

What is read and printed at home is PDF/UA-1 and PDF/A-2a. A long run for the copy room has thousands of like pages,
whose tags nobody would read, so it claims PDF/A-2b alone. For the print shop files are PDF/X-4, which forbids links,
so one file cannot be both (ISO 15930-7 §6.17).
"""

from functools import cache
from typing import Literal

from msgspec import Struct

from leaflet.program import assets

Claim = Literal["ua1-2a", "2b", "x4"]
Duplex = Literal["", "DuplexFlipLongEdge", "DuplexFlipShortEdge", "Simplex"]


class OutputIntent(Struct, frozen=True, kw_only=True):
    """The colours a file is meant for."""

    subtype: Literal["GTS_PDFA1", "GTS_PDFX"]
    condition: str  # its name in the registry of characterised conditions, such as FOGRA39
    profile: bytes  # the ICC profile; `components` is its number of inks
    components: int


class Flavour(Struct, frozen=True, kw_only=True):
    """The frame of a build's files."""

    claim: Claim
    intent: OutputIntent
    version: str = "1.7"
    duplex: Duplex = ""
    language: str = "fr-FR"  # that of the text, by BCP 47

    @property
    def is_tagged(self) -> bool:
        """Tell whether files carry a structure tree and links."""
        return self.claim == "ua1-2a"

    @property
    def is_press(self) -> bool:
        """Tell whether files are for a print shop."""
        return self.claim == "x4"


@cache
def _srgb() -> OutputIntent:
    """Return the sRGB profile that comes with the program (`assets/profiles/README.md` says from where)."""
    profile = assets() / "profiles" / "sRGB.icc"
    condition = "sRGB IEC61966-2.1"
    return OutputIntent(subtype="GTS_PDFA1", condition=condition, profile=profile.read_bytes(), components=3)


def screen_flavour() -> Flavour:
    """Return the flavour of files for screens and home printers: tagged, archivable."""
    return Flavour(claim="ua1-2a", intent=_srgb())


def office_flavour() -> Flavour:
    """Return the flavour of a long run of pages for the copy room."""
    return Flavour(claim="2b", intent=_srgb())


def press_flavour(condition: str, profile: bytes) -> Flavour:
    """Return the flavour of files for the print shop; X-4 needs PDF 1.6."""
    intent = OutputIntent(subtype="GTS_PDFX", condition=condition, profile=profile, components=4)
    return Flavour(claim="x4", intent=intent, version="1.6")
