"""The campaign: what is voted, when and how, who publishes, which addresses may be printed.

`load_campaign` reads a ``campaign.toml`` over the dated profile of its election; `load_academies` knows the
académie of a school; the ``*_context`` functions give templates plain values, with a `Blank` for whatever
nobody gave. The lists of schools are in `leaflet.tables`, the templates in `leaflet.markup`.
"""

from leaflet.campaign.academies import Academie, Academies, Departement, load_academies, match_academie
from leaflet.campaign.blanks import Blank, BlankFieldError, blank
from leaflet.campaign.context import (
    academie_context,
    campaign_context,
    departement_context,
    election_context,
    publisher_context,
)
from leaflet.campaign.election import Election, election_fields
from leaflet.campaign.links import check_link, display_parts
from leaflet.campaign.load import load_campaign
from leaflet.campaign.model import Campaign, Document, Publisher, slugify
from leaflet.campaign.starter import write_starter

__all__ = [
    "Academie",
    "Academies",
    "Blank",
    "BlankFieldError",
    "Campaign",
    "Departement",
    "Document",
    "Election",
    "Publisher",
    "academie_context",
    "blank",
    "campaign_context",
    "check_link",
    "departement_context",
    "display_parts",
    "election_context",
    "election_fields",
    "load_academies",
    "load_campaign",
    "match_academie",
    "publisher_context",
    "slugify",
    "write_starter",
]
