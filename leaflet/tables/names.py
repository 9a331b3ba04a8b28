"""Names of columns, as facts: which mean which field, which are known and unused, which are refused.

All are normalised (`headers.normalise`). Sources: the Annuaire de l'éducation on data.education.gouv.fr
(both of its spellings), its sister data sets, lists of DSDENs, exports of ONDE.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

Field = Literal[
    "uai", "name", "town", "address_1", "address_2", "address_3", "postcode", "academie", "copies", "state"
]  # fmt: skip
FIELDS: tuple[Field, ...] = get_args(Field)
REQUIRED: tuple[Field, ...] = ("uai", "name", "town")

ALIASES: Mapping[Field, tuple[str, ...]] = MappingProxyType(
    {
        "uai": (
            "uai", "rne", "numero_uai", "code_uai", "n_uai", "numero_rne", "code_rne", "uai_ecole",
            "code_ecole", "uai_etablissement", "code_etablissement", "identifiant_de_l_etablissement",
        ),
        "name": (
            "nom", "nom_etablissement", "nom_de_l_etablissement", "appellation_officielle", "nom_ecole",
            "nom_de_l_ecole", "etablissement", "ecole",
        ),
        "town": (
            "commune", "nom_commune", "nom_de_la_commune", "libelle_commune", "ville", "ville_ecole",
            "ville_etablissement",
        ),
        "address_1": ("adresse", "adresse_1", "adresse1", "adresse_uai"),
        "address_2": ("adresse_2", "adresse2"),
        "address_3": ("adresse_3", "adresse3"),
        "postcode": ("code_postal", "cp", "code_postal_uai", "codepostal"),
        "academie": ("academie", "libelle_academie", "nom_academie"),
        "copies": ("exemplaires", "nombre", "copies", "nombre_d_exemplaires", "nb_exemplaires"),
        "state": ("etat", "etat_etablissement_libelle"),
    }
)  # fmt: skip

# Known columns that leaflets have no use for; listed so that they are not taken for misspellings.
UNUSED = frozenset(
    {
        "type_etablissement", "statut_public_prive", "code_commune", "code_departement", "code_academie",
        "code_region", "ecole_maternelle", "ecole_elementaire", "voie_generale", "voie_technologique",
        "voie_professionnelle", "telephone", "fax", "web", "mail", "restauration", "hebergement", "ulis",
        "apprentissage", "segpa", "section_arts", "section_cinema", "section_theatre", "section_sport",
        "section_internationale", "section_europeenne", "lycee_agricole", "lycee_militaire",
        "lycee_des_metiers", "post_bac", "appartenance_education_prioritaire", "greta", "siren_siret",
        "nombre_d_eleves", "fiche_onisep", "position", "type_contrat_prive", "libelle_departement",
        "libelle_region", "coordx_origine", "coordy_origine", "epsg_origine", "nom_circonscription",
        "latitude", "longitude", "precision_localisation", "date_ouverture", "date_maj_ligne",
        "ministere_tutelle", "multi_uai", "rpi_concentre", "rpi_disperse", "code_nature",
        "libelle_nature", "code_type_contrat_prive", "pial", "etablissement_mere",
        "type_rattachement_etablissement_mere", "code_zone_animation_pedagogique",
        "libelle_zone_animation_pedagogique", "denomination_principale", "patronyme_uai",
        "circonscription", "departement", "region", "etat_etablissement", "lieu_dit_uai",
        "boite_postale_uai", "localite_acheminement_uai",
    }
)  # fmt: skip

# Whole words only, so that « Épinal » and « Numéro » pass. « clé » alone is too common to refuse.
SECRET_WORDS: tuple[str, ...] = (
    "mot_de_passe", "mots_de_passe", "mot_passe", "motdepasse", "mdp", "password", "passwords", "passwd",
    "pwd", "numen", "code_de_vote", "code_du_vote", "code_vote", "codes_de_vote", "codevote",
    "codedevote", "code_secret", "pin", "otp", "token", "jeton", "secret", "secrets",
    "question_defi", "reponse_defi", "reponse_secrete", "cle_secrete",
)  # fmt: skip

# Columns of the exports of ONDE and SIECLE, which list pupils and their parents.
PUPIL_COLUMNS = frozenset(
    {
        "nom_eleve", "prenom_eleve", "nom_de_l_eleve", "prenom_de_l_eleve", "nom_d_usage_eleve",
        "nom_de_famille_eleve", "prenoms_eleve", "ine", "ine_eleve", "identifiant_national_eleve",
        "date_naissance", "date_de_naissance", "date_naissance_eleve", "ne_e_le", "nom_responsable",
        "prenom_responsable", "nom_responsable_legal",
    }
)  # fmt: skip
