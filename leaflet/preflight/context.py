"""What a campaign says for judging its files: the official domains, its own addresses, its rules."""

from datetime import date
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from leaflet.campaign import load_academies, load_addresses, load_campaign
from leaflet.campaign.source import read_campaign
from leaflet.faults import LeafletError, Report
from leaflet.preflight.rule import Context
from leaflet.preflight.rules import RULES
from leaflet.preflight.settings import Settings, read_settings


def make_context(day: date) -> Context:
    """The context of files that belong to no campaign."""
    return Context(day=day, domains=load_academies().domains)


def load_context(campaign: Path, day: date, report: Report) -> tuple[Context, Settings]:
    """The context of a campaign's files, and which rules it asks.

    A campaign that is faulty itself, which its own check tells, gives what it can: files are judged all the same.

    Args:
        report: gets what is wrong under ``[check]``.
    """
    context = make_context(day)
    try:
        loaded = load_campaign(campaign, Report())
    except LeafletError:
        return context, Settings()
    place = partial(read_campaign(campaign, Report()).place, "check")
    settings = read_settings(loaded.check, place, report, RULES)
    return replace(context, addresses=load_addresses(campaign), campaign=loaded), settings
