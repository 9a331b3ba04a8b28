"""Read and write ``addresses.toml``, the file of confirmed addresses beside a campaign."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from leaflet.campaign import consistency
from leaflet.campaign.academies import Academies, match_academie
from leaflet.campaign.addresses import AcademieAddresses, AddressesFile, AddressName, ConfirmedAddress
from leaflet.campaign.columns import replace_file
from leaflet.campaign.links import check_link
from leaflet.campaign.source import CampaignText, read_campaign
from leaflet.faults import LeafletError, Place, Report, fail

_LINKS: tuple[AddressName, ...] = ("webmail", "help", "site")
_HEAD = """\
# Adresses de messagerie essayées. Ce fichier se place à côté de campaign.toml et peut être partagé entre sections.
# Il est écrit par : leaflet addresses campaign.toml --confirm lyon.webmail --by "secrétariat de section"
"""


def read_addresses(path: Path, academies: Academies, report: Report) -> Mapping[str, AcademieAddresses]:
    """Return what a file confirms, by the académies' own keys; empty if there is no such file.

    Args:
        path: the file.
        academies: all of them.
        report: gets every fault, with file and line; the link rules hold for every address.
    """
    if not path.is_file():
        return {}
    try:
        text = read_campaign(path, Report())
    except LeafletError as error:
        report.extend(error.faults)
        return {}
    consistency.check_texts(text, None, report)
    file = text.validate(AddressesFile, text.tree, report)
    found: dict[str, AcademieAddresses] = {}
    for name, addresses in file.academies.items() if file is not None else ():
        academie = match_academie(academies, name, place=text.place("academies", name), report=report)
        if academie is not None and academie.key in found:
            report.add("C167", text.place("academies", name), value=name, name=academie.name)
        elif academie is not None:
            found[academie.key] = addresses
            _check_links(addresses, name, (academie.domain,) if academie.domain else (), text, report)
    return found


def write_address(path: Path, academie: str, name: AddressName, address: ConfirmedAddress) -> None:
    """Write one confirmed address into a file, made if need be; all other lines stay as they are.

    Raises:
        DataError: the file is not TOML, or cannot be written; it is then as it was.
    """
    import tomlkit  # late: only commands that edit a campaign need it
    from tomlkit.exceptions import TOMLKitError

    value = tomlkit.inline_table()
    value.update(address.model_dump(exclude_none=True))
    try:
        document = tomlkit.parse(path.read_text("utf-8-sig") if path.is_file() else _HEAD)
        tables = cast("dict[str, Any]", document.setdefault("academies", tomlkit.table(is_super_table=True)))
        table = cast("dict[str, Any]", tables.setdefault(academie, tomlkit.table()))
        table[name] = value
        text = tomlkit.dumps(document)
        tomllib.loads(text)
        if path.is_file():
            replace_file(path, text.encode(), "C225")
        else:
            _write_new(path, text)
    except (TOMLKitError, TypeError, AttributeError, ValueError) as error:  # it does not know every way to write TOML
        raise fail("C225", Place(file=str(path)), detail=str(error)) from None
    except OSError as error:
        raise fail("C225", Place(file=str(path)), detail=error.strerror or str(error)) from None


def _write_new(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:  # x: a file that appears in between stays
        file.write(text)


def _check_links(
    addresses: AcademieAddresses, name: str, domains: tuple[str, ...], text: CampaignText, report: Report
) -> None:
    for what in _LINKS:
        confirmed: ConfirmedAddress | None = getattr(addresses, what)
        if confirmed is not None:
            place = text.place("academies", name, what, "value")
            check_link(confirmed.value, place=place, report=report, academy_domains=domains)
