"""Read and check a campaign: what is voted, when and how, who publishes, which addresses may be printed.

`load_campaign` takes a ``campaign.toml`` and lays it over the dated profile of its election; `load_academies` finds
the académie of a school. ``editing`` changes the text of the file back. Lists of schools are in `leaflet.tables`.
"""

from leaflet.campaign.academies import Academies, load_academies
from leaflet.campaign.load import load_addresses, load_campaign
from leaflet.campaign.model import Campaign, Data, Document
from leaflet.campaign.starter import write_starter

__all__ = ["Academies", "Campaign", "Data", "Document", "load_academies", "load_addresses", "load_campaign"]
__all__ += ["write_starter"]
