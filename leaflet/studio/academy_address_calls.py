"""Show the addresses of mailboxes that are to be tried, and keep what was said of each.

A campaign that begins in the window prints no address of a mailbox until somebody has tried it: its file says so for
each académie, with ``webmail = false``. A campaign from elsewhere prints what its own file says.
"""

from collections.abc import Callable, Sequence
from typing import get_args

from msgspec.structs import replace

from leaflet.campaign import Campaign, load_academies, load_campaign
from leaflet.campaign.academies import Academie
from leaflet.campaign.links import check_link
from leaflet.campaign.model import Tryable
from leaflet.faults import Place, Report
from leaflet.files.resources import find_resources
from leaflet.files.words import Words
from leaflet.markup.mailbox import find_doubtful, find_mailbox, warn_of_doubtful
from leaflet.production.address_check import Candidate, collect_candidates
from leaflet.studio import contract
from leaflet.studio.answers import source_name
from leaflet.studio.findings_view import finding_key
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.json_values import GIVEN, accept_way, is_of_login_rule, show_fault
from leaflet.tables import School

_WHY = "# Adresses que personne n’a essayées\u00a0: «\u00a0La liste\u00a0» les fait essayer avant de les imprimer."
_TRYABLE: tuple[Tryable, ...] = get_args(Tryable)


def untried_tables() -> str:
    """Return the tables of a campaign file that keep every address from being printed before it was tried."""
    tables = ""
    for academie in load_academies().by_key.values():
        facts = {name: getattr(academie, name) for name in _TRYABLE}
        if names := [name for name, fact in facts.items() if fact is not None and fact.is_printable]:
            tables += f"\n[academies.{academie.key}]\n" + "".join(f"{name} = false\n" for name in names)
    return f"\n{_WHY}\n{tables[1:]}"


def list_addresses(
    folder: CampaignFolder, schools: Sequence[School], draw: Callable[[str], str], words: Words
) -> contract.Addresses:
    """Return the académies of schools that something is made for, each with its addresses; `draw` draws their codes.

    There is a question if the rule of user names of an académie is old.
    """
    campaign = load_campaign(folder.campaign, Report())
    sheets, others = collect_candidates(campaign, schools)
    academies, given = load_academies(campaign.resources).by_key, folder.state.given
    items = [
        contract.Address(
            academie=sheet.key,
            name=sheet.title,
            schools=sheet.schools,
            printed=sheet.printed,
            candidates=[
                *(_given(key, url, draw) for key, url in given.items() if key.startswith(f"{sheet.key}.")),
                *(_describe(one, folder, draw) for one in sheet.candidates if one.key not in given),
            ],
            login=_ask_of_login(folder, campaign, academies[sheet.key], words),
        )
        for sheet in sheets
    ]
    return contract.Addresses(items=items, without=others)


def _ask_of_login(
    folder: CampaignFolder, campaign: Campaign, academie: Academie, words: Words
) -> contract.Fault | None:
    """Return the fault of how user names are made; None if it is not old, or somebody said that it is right."""
    report, doubtful = Report(), find_doubtful(campaign, academie)
    if find_mailbox(campaign, academie).kind != "webmail":
        doubtful = {name: fact for name, fact in doubtful.items() if name == "login_rule"}
    warn_of_doubtful(doubtful, academie, campaign, report)
    fault = next(filter(is_of_login_rule, report), None)
    if fault is None or finding_key(fault) in folder.state.accepted:
        return None
    shown = show_fault(fault, words, of_cards=folder.state.kind == "cards")
    return replace(shown, ways=[accept_way([finding_key(fault)], words), *shown.ways])


def give_address(folder: CampaignFolder, key: str, url: str) -> None:
    """Keep an address that somebody typed for ``lyon.webmail``, if it may be one of its académie."""
    academie, report = load_academies(find_resources(folder.path)).by_key[key.partition(".")[0]], Report()
    domains = (academie.domain,) if academie.domain else ()
    check_link(url, place=Place(field=f"{GIVEN}{key}"), report=report, academy_domains=domains)
    report.raise_errors()
    folder.set(given={**folder.state.given, key: url})


def take_back(folder: CampaignFolder, key: str) -> None:
    """Forget an address that was typed: it was tried, or is not to be printed."""
    folder.set(given={other: url for other, url in folder.state.given.items() if other != key})


def _given(key: str, url: str, draw: Callable[[str], str]) -> contract.Candidate:
    kind, code, never = key.rpartition(".")[2], f"picture/{draw(url)}.png", {"confirmed": False, "declined": False}
    return contract.Candidate(
        key=key, kind=kind, url=url, is_link=True, source="", attested="given", use="waiting", code=code, **never
    )


def _describe(one: Candidate, folder: CampaignFolder, draw: Callable[[str], str]) -> contract.Candidate:
    confirmed = one.source == "addresses.toml" or "confirmation" in one.state
    return contract.Candidate(
        key=one.key,
        kind=one.key.rpartition(".")[2],
        url=one.value,
        is_link=one.is_link,
        source=source_name(one.source),
        attested=one.attested,
        use=one.use,
        code=f"picture/{draw(one.value)}.png" if one.is_link else None,
        confirmed=confirmed,
        declined=not confirmed and one.use != "printed" and one.key in folder.state.declined,
    )
