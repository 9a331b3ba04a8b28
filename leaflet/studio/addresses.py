"""Show the addresses of mailboxes that are to be tried, and keep what was said of each.

A campaign that begins in the window prints no address of a mailbox until somebody has tried it: its file says so for
each académie, with ``webmail = false``. A campaign from elsewhere prints what its own file says.
"""

from collections.abc import Callable, Sequence
from typing import Any, get_args

from leaflet.campaign import load_academies, load_campaign
from leaflet.campaign.answers import with_answers
from leaflet.campaign.model import Untried
from leaflet.faults import Report
from leaflet.production.address_candidates import Candidate, collect_candidates
from leaflet.studio.answers import source_name
from leaflet.studio.folder import CampaignFolder
from leaflet.tables import School

_UNTRIED: tuple[Untried, ...] = get_args(Untried)


def untried() -> dict[str, object]:
    """Return the settings of a campaign, by dotted name, that print no address before it was tried."""
    settings: dict[str, object] = {}
    for academie in load_academies().by_key.values():
        for name in _UNTRIED:
            fact = getattr(academie, name)
            if fact is not None and fact.is_printable:
                settings[f"academies.{academie.key}.{name}"] = False
    return settings


def list_addresses(folder: CampaignFolder, schools: Sequence[School], draw: Callable[[str], str]) -> dict[str, Any]:
    """Return the académies of some schools, each with its addresses.

    Args:
        folder: of the campaign.
        schools: those that something is made for.
        draw: draws the code of an address, and returns the key of the picture.
    """
    sheets, others = collect_candidates(load_campaign(folder.campaign, Report()), schools)
    return {
        "items": [
            {
                "academie": sheet.key,
                "name": sheet.title,
                "schools": sheet.schools,
                "printed": sheet.printed,
                "candidates": [_describe(one, folder, draw) for one in sheet.candidates],
            }
            for sheet in sheets
        ],
        "without": others,
    }


def _describe(one: Candidate, folder: CampaignFolder, draw: Callable[[str], str]) -> dict[str, Any]:
    confirmed = one.source == "addresses.toml" or "confirmation" in one.state
    return {
        "key": one.key,
        "kind": one.key.rpartition(".")[2],
        "url": one.value,
        "isLink": one.is_link,
        "source": source_name(one.source),
        "attested": one.attested,
        "use": one.use,
        "code": f"picture/{draw(one.value)}.png" if one.is_link else None,
        "confirmed": confirmed,
        "declined": not confirmed and one.use != "printed" and one.key in folder.state.declined,
    }


def decline(folder: CampaignFolder, key: str) -> None:
    """Keep that an address, such as ``lyon.webmail``, is not to be printed.

    Raises:
        DataError: the campaign file cannot be changed.
    """
    text = with_answers(folder.campaign, folder.read_text() or "", {f"academies.{key}": False})
    folder.write(folder.campaign.name, text.encode())
    folder.set(declined=(*folder.state.declined, key))
