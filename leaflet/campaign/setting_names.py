"""Know what a French reader calls the settings of a campaign."""

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
