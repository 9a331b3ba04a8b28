"""Know the names of the settings of a campaign, and what a French reader calls them."""

from collections.abc import Iterator
from functools import cache

from pydantic import BaseModel

from leaflet.campaign.election import Election
from leaflet.campaign.model import CampaignSettings
from leaflet.validation import table_model

BY_FRENCH_NAME = {
    **dict.fromkeys(("editeur", "syndicat", "section"), "publisher"),
    **dict.fromkeys(("nom", "intitule"), "name"),
    **dict.fromkeys(("donnees", "listes"), "data"),
    **dict.fromkeys(("ecoles", "etablissements", "liste"), "schools"),
    **dict.fromkeys(("personnel", "personnels", "agents"), "staff"),
    **dict.fromkeys(("modele", "gabarit"), "template"),
    **dict.fromkeys(("liens", "adresses"), "links"),
    **dict.fromkeys(("date", "date_edition", "edite_le"), "issued_on"),
    "adresse": "address",
    "couleur": "color",
    "portail": "portal",
    "etapes": "steps",
    "titre": "title",
    "planche": "sheet",
    "par": "per",
    "scrutin": "vote",
    "ouverture": "opens_at",
    "fermeture": "closes_at",
}
"""The setting or part that a French name means; the names are without accents."""


@cache
def setting_names() -> frozenset[str]:
    """Return the names of all settings that a campaign may have, in whatever part; no names of parts."""
    return frozenset((*_names_in(Election), *_names_in(CampaignSettings)))


def _names_in(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = table_model(field.annotation)
        yield from _names_in(inner) if inner is not None else (name,)
