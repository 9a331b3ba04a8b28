"""The campaign: what is voted, when and how, who publishes, which addresses may be printed.

`load_campaign` reads a ``campaign.toml`` over the dated profile of its election; `load_academies` knows the
académie of a school. The lists of schools are in `leaflet.tables`, what templates see of both in
`leaflet.records`.
"""

from leaflet.campaign.academies import Academie, Academies, Departement, load_academies, match_academie
from leaflet.campaign.election import Election, election_fields
from leaflet.campaign.links import check_link, display_parts
from leaflet.campaign.load import load_addresses, load_campaign
from leaflet.campaign.model import Campaign, Data, Document, Publisher
from leaflet.campaign.starter import write_starter

__all__ = [
    "Academie",
    "Academies",
    "Campaign",
    "Data",
    "Departement",
    "Document",
    "Election",
    "Publisher",
    "check_link",
    "display_parts",
    "election_fields",
    "load_academies",
    "load_addresses",
    "load_campaign",
    "match_academie",
    "write_starter",
]
