"""Load the colour profile of a print-shop file, found on the system by its name, or given as a path.

FOGRA39 (coated paper) and FOGRA47 (uncoated) come with the Debian package ``colord-data`` (CC0-1.0). They are not
shipped with the program: print shops name their own.
"""

from pathlib import Path

from msgspec import Struct

from leaflet.faults import Place, fail

PLACES = (Path("/usr/share/color/icc"), Path("/usr/local/share/color/icc"), Path("/Library/ColorSync/Profiles"))
_FILES = {"FOGRA39": "FOGRA39L_coated.icc", "FOGRA47": "FOGRA47L_uncoated.icc"}
_HINT = "apt install colord-data"
_MOST_BYTES = 10_000_000
_HEADER = 128  # bytes of an ICC header (ICC.1 §7.2): class at 12, colour space at 16, signature at 36


class Profile(Struct, frozen=True, kw_only=True):
    """A CMYK output profile: the condition it stands for, and its bytes."""

    condition: str
    path: Path
    data: bytes


def load_profile(name: str, folder: Path, place: Place, places: tuple[Path, ...] = PLACES) -> Profile:
    """Return the profile a campaign names: ``FOGRA39``, ``FOGRA47`` or a file beside the campaign.

    Raises:
        DataError: not found (with the package that has it), or not the CMYK profile of a printing condition.
    """
    path = _find(name, folder, place, places)
    try:
        data = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else b""
    except OSError as error:
        raise fail("P302", place, name=path.name, problem=error.strerror or str(error)) from None
    if len(data) < _HEADER or (data[12:16], data[16:20], data[36:40]) != (b"prtr", b"CMYK", b"acsp"):
        raise fail("P303", place, name=path.name)
    return Profile(condition=name if name in _FILES else path.stem, path=path, data=data)


def _find(name: str, folder: Path, place: Place, places: tuple[Path, ...]) -> Path:
    if name in _FILES:
        for start in places:
            if found := sorted(start.rglob(_FILES[name])):
                return found[0]
        raise fail("P301", place, name=name, file=_FILES[name], hint=_HINT)
    path = folder / name
    if not path.is_file():
        raise fail("P302", place, name=name, problem="–")
    return path
