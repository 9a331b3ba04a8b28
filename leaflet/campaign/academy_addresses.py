"""Read and write ``addresses.toml``, the file of confirmed addresses beside a campaign."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from leaflet.campaign import academies, consistency
from leaflet.campaign.editing import set_values
from leaflet.campaign.links import check_link
from leaflet.campaign.source import CampaignText, read_campaign
from leaflet.campaign.values import AddressFact
from leaflet.faults import LeafletError, Place, Report, fail, fault_of
from leaflet.files.plain_files import replace_file
from leaflet.files.resources import find_resources
from leaflet.files.toml_files import Codes, validate

_LINKS: tuple[academies.AddressName, ...] = ("webmail", "help", "site")
_HEAD = """\
# Adresses de messagerie essayées. Ce fichier se place à côté de campaign.toml et peut être partagé entre sections.
# Il est écrit par : leaflet addresses campaign.toml --confirm lyon.webmail --by "secrétariat de section"
"""


def read_addresses(
    path: Path, known: academies.Academies, report: Report
) -> Mapping[str, academies.AcademieAddresses]:
    """Return what a file confirms, by the académies' own keys; empty if there is none. The link rules hold, too."""
    if not path.is_file():
        return {}
    try:
        text = read_campaign(path, Report())
    except LeafletError as error:
        report.extend(error.faults)
        return {}
    consistency.check_texts(text, None, report)
    file = text.validate(academies.AddressesFile, text.tree, report)
    found: dict[str, academies.AcademieAddresses] = {}
    for name, addresses in file.academies.items() if file is not None else ():
        academie = academies.match_academie(known, name, place=text.place("academies", name), report=report)
        if academie is not None and academie.key in found:
            report.add("C167", text.place("academies", name), value=name, name=academie.name)
        elif academie is not None:
            found[academie.key] = addresses
            _check_links(addresses, name, (academie.domain,) if academie.domain else (), text, report)
    return found


def confirm_address(campaign: Path, asked: str, *, day: date, by: str | None, given: str | None = None) -> Path:
    """Write one address that was tried into ``addresses.toml`` beside a campaign; return that file.

    The académie and the kind of address are `asked` as ``lyon.webmail``; `by` is the role of who tried it. Without a
    `given` address, it confirms the one that the program knows.
    """
    option = "--confirm" if given is None else "--set"
    place, report = Place(field=option), Report()
    key, _, kind = asked.rpartition(".")
    name = next((name for name in academies.ADDRESS_NAMES if name == kind.strip()), None)
    if name is None or not key or given == "":
        raise fail("U080", place, value=asked, allowed=", ".join(academies.ADDRESS_NAMES))
    known = academies.load_academies(find_resources(campaign.parent))
    academie = academies.match_academie(known, key, place=place, report=report)
    report.raise_errors()
    assert academie is not None
    fact: AddressFact | None = getattr(academie, name) if name != "site" else None
    value = given if given is not None else academie.site if name == "site" else fact.value if fact else None
    if value is None:
        raise fail("U081", place, value=name, name=academie.name, key=academie.key)
    if name != "path":
        check_link(value, place=place, report=report, academy_domains=(academie.domain,) if academie.domain else ())
    tree = {"value": value, "confirmed_on": day} | ({"confirmed_by": by} if by is not None else {})
    codes = Codes(unknown="C105", missing="C107", wrong="C106")
    confirmed = validate(academies.ConfirmedAddress, tree, codes, lambda *_: Place(field="--by"), report)
    report.raise_errors()
    assert confirmed is not None
    path = campaign.parent / academies.ADDRESSES_FILE
    read_addresses(path, known, report)  # a faulty file is not added to
    report.raise_errors()
    write_address(path, academie.key, name, confirmed)
    return path


def write_address(
    path: Path, academie: str, name: academies.AddressName, address: academies.ConfirmedAddress
) -> None:
    """Write one confirmed address into a file, made if need be; all other lines stay as they are."""
    values = {f"academies.{academie}.{name}": address.model_dump(exclude_none=True)}
    try:
        if path.is_file():
            replace_file(path, set_values(path.read_text("utf-8-sig"), values, str(path), "C225").encode(), "C225")
        else:
            with path.open("x", encoding="utf-8", newline="\n") as file:  # x: a file that appears in between stays
                file.write(set_values(_HEAD, values, str(path), "C225"))
    except (OSError, ValueError) as error:
        raise fault_of(error, "C225", path) from None


def _check_links(
    addresses: academies.AcademieAddresses, name: str, domains: tuple[str, ...], text: CampaignText, report: Report
) -> None:
    for what in _LINKS:
        if confirmed := getattr(addresses, what):
            place = text.place("academies", name, what, "value")
            check_link(confirmed.value, place=place, report=report, academy_domains=domains)
