"""Pass a campaign on as one file: its own file, what stands beside it for it, and never a list.

The file (``.leaflet``) is a ZIP archive. It may come from anybody, so it holds nothing but what a campaign consists
of, under names that stay in its folder, and is refused as a whole otherwise. The same campaign gives the same bytes.
"""

import os
import re
import stat
import tempfile
import tomllib
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

from msgspec import Struct

from leaflet.campaign.academies import ADDRESSES_FILE
from leaflet.campaign.answers import without_comparison
from leaflet.campaign.editing import remove_value
from leaflet.campaign.load import PORTAL, UNFINISHED, find_errors, read_profile
from leaflet.campaign.source import read_campaign
from leaflet.campaign.starter import CAMPAIGN_FILE
from leaflet.faults import Fault, LeafletError, Place, Report, error_of, fail
from leaflet.files.plain_files import disk_faults, read_plain_file, replace_file, writing_new
from leaflet.files.resources import Kind, TableFile, find_resources
from leaflet.text import DEVICES, value_at

SUFFIX = ".leaflet"
MAX_BYTES = 50_000_000  # of a pack, and of all its files together
_MAX_FILE = 10_000_000
_MAX_FILES = 500
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP archive can hold
_UNIX = 3  # the system whose rights `external_attr` holds
_RIGHTS = stat.S_IFREG | 0o644
_MISSING_LISTS = frozenset({"C130", "C131"})  # whoever takes a campaign has lists of their own
# What a campaign says of the lists at home, other than their names.
OF_LISTS = (
    *("columns", "data.sheet", "data.header_row", "data.encoding", "data.where", "data.state"),
    *("data.staff_sheet", "data.staff_header_row"),
)
_FIXED = frozenset({CAMPAIGN_FILE, ADDRESSES_FILE, *get_args(TableFile)})
_SUFFIXES: dict[Kind, tuple[str, ...]] = {"templates": (".xml", ".toml"), "mails": (".txt",)}
_SUFFIXES |= dict.fromkeys(("themes", "formats", "elections"), (".toml",))
_SUFFIXES |= dict.fromkeys(("icons", "scenes"), (".svg",))
_LOGOS = (".png", ".jpg", ".jpeg", ".svg", ".pdf")
_PROFILES = (".icc", ".icm")
# A part of a name that every system has as it stands: no device, nothing hidden, no dot or space at the end.
_PART = re.compile(rf'(?!(?:{DEVICES.pattern})(?:\.|$))(?![. ])[^/\\:*?"<>|]{{1,120}}(?<![. ])', re.IGNORECASE)
# What zipfile raises for an archive that is damaged, encrypted (RuntimeError), or packed in a way unknown to it.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)

Files = Mapping[str, bytes]
"""The files of a campaign by their names below its folder, with slashes."""


class CampaignPack(Struct, frozen=True, kw_only=True):
    """The contents of a pack, to be looked at before it is used."""

    files: Files
    title: str  # of the election
    portal: str  # the address of the voting portal; empty while it is blank
    publisher: str  # by name
    issued: date | None  # the date of the leaflets, if there is one
    documents: tuple[str, ...]  # their templates
    faults: tuple[Fault, ...]  # errors, but for the lists that it lacks and what is still to be filled in


def pack_campaign(campaign: Path, out: Path, *, replace_others: bool = False) -> list[str]:
    """Write a campaign without errors as one file, without its lists; return the names of the files in it.

    What it says of these lists, such as their columns, stays at home with them.
    """
    files = dict(campaign_files(campaign))
    _check_size(files, Place(file=campaign.name))
    if errors := _find_errors(campaign):
        raise error_of(errors)
    text = files[CAMPAIGN_FILE].decode("utf-8-sig")
    for name in OF_LISTS:
        text = remove_value(text, name, CAMPAIGN_FILE)
    files[CAMPAIGN_FILE] = text.encode()
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _EPOCH)  # not compressed: releases of zlib differ
            info.create_system, info.external_attr = _UNIX, _RIGHTS << 16
            archive.writestr(info, data)
    may_replace = _is_dossier(out) or (replace_others and (out.is_file() or out.is_symlink()))
    if os.path.lexists(out) and not may_replace:
        raise fail("U092", Place(file=str(out)))
    with disk_faults(out, "W113"):
        out.parent.mkdir(parents=True, exist_ok=True)
    replace_file(out, packed.getvalue(), "W113")
    return list(files)


def read_pack(data: bytes, name: str) -> CampaignPack:
    """Return what a pack holds, keeping nothing; refuse what is none (U100), has other things (U101) or too much."""
    files = _unzip(data, Place(file=name))
    with tempfile.TemporaryDirectory(prefix="leaflet-") as folder:
        campaign = Path(folder) / CAMPAIGN_FILE
        _write(files, Path(folder))
        text = read_campaign(campaign, Report())
        profile = read_profile(text, find_resources(campaign.parent), Report())
        facts = {fact: str(profile.facts[fact].value) for fact in ("title", "links.portal") if fact in profile.facts}
        issued = text.get("issued_on")
        return CampaignPack(
            files=files,
            title=str(text.get("title") or facts.get("title", "")),
            portal=str(text.get("links", "portal") or facts.get("links.portal", "")),
            publisher=str(text.get("publisher", "name") or ""),
            issued=issued if type(issued) is date else None,
            documents=tuple(str(one["template"]) for one in text.documents() if "template" in one),
            faults=tuple(_find_errors(campaign)),
        )


def unpack_campaign(data: bytes, name: str, folder: Path) -> CampaignPack:
    """Write the files of a pack without errors into a folder, made if need be; none if one is there (U092).

    Whoever takes it compares the portal: that the sender has done so is not taken over.
    """
    pack = read_pack(data, name)
    if pack.faults:
        raise error_of(pack.faults)
    text = without_comparison(pack.files[CAMPAIGN_FILE].decode("utf-8-sig"), PORTAL, CAMPAIGN_FILE)
    _write({**pack.files, CAMPAIGN_FILE: text.encode()}, folder)
    return pack


def campaign_files(campaign: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a campaign that are passed on, by their names below its folder: never a list."""
    folder = campaign.parent
    yield CAMPAIGN_FILE, _read(campaign, campaign)
    names = {name for name in _FIXED if name != CAMPAIGN_FILE and (folder / name).exists()}
    for kind, suffixes in _SUFFIXES.items():
        found = (path for path in (folder / kind).rglob("*") if path.suffix in suffixes)
        names |= {path.relative_to(folder).as_posix() for path in found}
    tree = read_campaign(campaign, Report()).tree
    names |= {name for name in _named(tree) if (folder / name).exists()}
    yield from ((name, _read(folder / name, campaign)) for name in sorted(names) if _is_part(name, tree))


def _named(tree: Mapping[str, Any]) -> Iterator[str]:
    """Yield the files that a campaign names besides its lists: a logo, a colour profile."""
    for setting, suffixes in (("publisher.logo", _LOGOS), ("press.profile", _PROFILES)):
        name = value_at(tree, setting)
        if isinstance(name, str) and name.lower().endswith(suffixes):
            yield name.removeprefix("./")


def _is_part(name: str, tree: Mapping[str, Any]) -> bool:
    """Check that a name is that of a part of a campaign, and of a file in its folder on every system."""
    parts = name.split("/")
    if not name.isprintable() or not all(_PART.fullmatch(part) for part in parts):
        return False
    if name in _FIXED or name in _named(tree):
        return True
    suffixes = next((suffixes for kind, suffixes in _SUFFIXES.items() if kind == parts[0]), ())
    return len(parts) > 1 and name.endswith(suffixes)


def _read(path: Path, campaign: Path) -> bytes:
    """Return the bytes of a file in the folder of a campaign."""
    place = Place(file=path.name)
    with disk_faults(place, "M403"):
        if not path.resolve().is_relative_to(campaign.parent.resolve()) or not path.is_file():
            raise fail("M401", place)
        if path.stat().st_size > _MAX_FILE:
            raise _too_much(place)
        return path.read_bytes()


def _find_errors(campaign: Path) -> list[Fault]:
    """Return the errors of a campaign but for those that whoever takes it is to mend."""
    text = campaign.read_bytes().decode("utf-8-sig", "replace")
    return [fault for fault in find_errors(campaign, text) if fault.code not in _MISSING_LISTS | UNFINISHED]


def _unzip(data: bytes, place: Place) -> Files:
    """Return the files of a pack, each looked at before it is used."""
    if len(data) > MAX_BYTES:
        raise _too_much(place)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if len(archive.infolist()) > _MAX_FILES:
                raise _too_much(place)
            files: dict[str, bytes] = {}
            for info in archive.infolist():
                # an ordinary file, under the name that it says
                kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system == _UNIX else 0
                is_file = kind in (0, stat.S_IFREG) and not info.is_dir() and info.filename == info.orig_filename
                if not is_file or info.filename in files:
                    raise fail("U101", place, name=info.orig_filename)
                with archive.open(info) as member:
                    files[info.filename] = member.read(_MAX_FILE + 1)
                _check_size(files, place)
    except _BROKEN:
        raise fail("U100", place) from None
    _check_names(files, place)
    return files


def _is_dossier(path: Path) -> bool:
    try:
        _unzip(read_plain_file(path, MAX_BYTES), Place())
    except (OSError, LeafletError):
        return False
    return True


def _check_names(files: Files, place: Place) -> None:
    """Check that all files are parts of a campaign, and that no system takes two of them for one."""
    if CAMPAIGN_FILE not in files:
        raise fail("U100", place)
    tree: Mapping[str, Any] = {}
    with suppress(ValueError, RecursionError):  # what is wrong with it is said when it is read
        tree = tomllib.loads(files[CAMPAIGN_FILE].decode("utf-8-sig"))
    known: set[str] = set()
    for name in files:
        key = unicodedata.normalize("NFC", name).casefold()
        if key in known or not _is_part(name, tree):
            raise fail("U101", place, name=name)
        known.add(key)


def _check_size(files: Files, place: Place) -> None:
    sizes = [len(data) for data in files.values()]
    if len(sizes) > _MAX_FILES or max(sizes) > _MAX_FILE or sum(sizes) > MAX_BYTES:
        raise _too_much(place)


def _too_much(place: Place) -> LeafletError:
    return fail("U102", place, files=_MAX_FILES, size=_MAX_FILE // 1_000_000, total=MAX_BYTES // 1_000_000)


def _write(files: Files, folder: Path) -> None:
    """Write all files, none of which may be there, or none of them."""
    paths = {folder / name: data for name, data in files.items()}
    for path in paths:
        if path.exists() or path.is_symlink():
            raise fail("U092", Place(file=str(path)))
        if not path.parent.resolve().is_relative_to(folder.resolve()):
            raise fail("M401", Place(file=str(path)))
    with disk_faults(folder, "W113"), writing_new(paths):
        pass
