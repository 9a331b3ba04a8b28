"""The known names of columns: which mean which field, which are not read, which are refused.

All are normalised (`leaflet.confidential.normalise`). Sources: the Annuaire de l'éducation on data.education.gouv.fr
(both of its spellings), its sister data sets, lists of DSDENs, exports of ONDE; staff lists as people make them.
Names of secrets are refused in every list: see ``leaflet.confidential``.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from msgspec import Struct, field

from leaflet.faults import Lang


class Vocabulary(Struct, frozen=True, kw_only=True):
    """The columns of one kind of list.

    Attributes:
        replaces: Fields that stand for others: with a column of whole names, no list needs first and last names.
        unused: Known columns that leaflets have no use for; listed so that they do not pass for misspellings.
        refused: Columns refused for their contents, with the code of the fault.
        second: Names of a field that count where no column has one of its aliases.
    """

    aliases: Mapping[str, tuple[str, ...]]  # The names of each field; the first is the one to propose
    required: tuple[str, ...]  # The fields that every list must have
    unused: frozenset[str]
    pupils: frozenset[str]  # Columns of lists of pupils, refused with T205
    refused: Mapping[str, str] = field(default_factory=dict)
    unneeded: frozenset[str] = frozenset()  # Private columns that no leaflet needs; they are not read (T208)
    replaces: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    second: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_private: bool = False  # Whether messages must not show the text of cells

    def missing(self, fields: Collection[str | None]) -> tuple[str, ...]:
        """Return the required fields that a list with these fields lacks."""
        there = {*fields, *(other for field in fields if field for other in self.replaces.get(field, ()))}
        return tuple(field for field in self.required if field not in there)

    def absent(self, fields: Collection[str | None]) -> tuple[str, ...]:
        """Return the fields that a list with these fields lacks, without those that another column makes needless."""
        whole = [other for other, parts in self.replaces.items() if not set(parts).isdisjoint(fields)]
        parts = [part for other in self.replaces if other in fields for part in self.replaces[other]]
        return tuple(field for field in self.aliases if field not in {*fields, *whole, *parts})

    @property
    def known(self) -> frozenset[str]:
        """All names that can only be the name of a column, never the text of a cell."""
        names = frozenset(name for aliases in self.aliases.values() for name in aliases)
        return names | self.unused | self.pupils | self.unneeded | frozenset(self.refused)

    def meaning(self, name: str) -> str | None:
        """Return the field that a normalised header means; None for no field."""
        return next((field for field, aliases in self.aliases.items() if name in aliases), None)


_UAI = (
    "uai", "rne", "numero_uai", "code_uai", "n_uai", "numero_rne", "code_rne", "uai_ecole", "code_ecole",
    "uai_etablissement", "code_etablissement", "identifiant_de_l_etablissement",
)  # fmt: skip
_SCHOOL_ALIASES: Mapping[str, tuple[str, ...]] = {
    "uai": _UAI,
    "name": (
        "nom", "nom_etablissement", "nom_de_l_etablissement", "appellation_officielle", "nom_ecole",
        "nom_de_l_ecole", "etablissement", "ecole", "denomination", "denomination_complete",
        "denomination_etablissement",
        "denomination_de_l_etablissement", "libelle_etablissement", "libelle_de_l_etablissement", "nom_etab", "etab",
        "designation", "raison_sociale",
    ),
    "town": (
        "commune", "nom_commune", "nom_de_la_commune", "libelle_commune", "ville", "ville_ecole",
        "ville_etablissement", "localite", "bureau_distributeur", "libelle_ville",
    ),
    "address_1": ("adresse", "adresse_1", "adresse1", "adresse_uai", "adresse_ligne_1", "rue", "voie", "adr1"),
    "address_2": ("adresse_2", "adresse2", "adresse_ligne_2", "complement_d_adresse", "complement_adresse", "adr2"),
    "address_3": ("adresse_3", "adresse3", "adresse_ligne_3", "adr3"),
    "full_address": (
        "adresse_postale", "adresse_complete", "adresse_postale_complete", "adresse_entiere", "coordonnees_postales",
        "adresse_de_livraison", "adresse_et_ville", "adresse_cp_ville",
    ),
    "postcode": ("code_postal", "cp", "code_postal_uai", "codepostal", "code_postal_etablissement", "c_p"),
    "academie": ("academie", "libelle_academie", "nom_academie"),
    "copies": (
        "exemplaires", "nombre", "copies", "nombre_d_exemplaires", "nb_exemplaires", "nb_ex", "nbre_ex", "nb_d_ex",
        "nbre_d_exemplaires", "nbre_exemplaires", "nb_d_exemplaires", "nombre_exemplaires", "nombre_d_ex",
        "nb_copies",
        "quantite", "qte", "nombre_de_copies", "nb_depliants", "nombre_de_depliants",
    ),
    "staff": (
        "personnels", "effectif", "effectif_personnels", "nb_personnels", "nombre_de_personnels", "nb_agents",
        "nombre_d_agents", "effectif_agents", "nbre_personnels", "nbre_agents", "effectif_enseignants",
    ),
    "state": ("etat", "etat_etablissement_libelle"),
    "ministry": ("ministere_tutelle", "ministere_de_tutelle", "ministere"),
    "sector": ("statut_public_prive", "secteur_public_prive_libe", "secteur_public_prive"),
    "email": (
        "mail", "courriel", "email", "e_mail", "mel", "adresse_mail", "adresse_email", "adresse_electronique",
        "mail_etablissement", "courriel_etablissement", "email_etablissement", "mel_etablissement",
    ),
}  # fmt: skip
_SCHOOL_UNUSED = frozenset(
    {
        "type_etablissement", "code_commune", "code_departement", "code_academie",
        "code_region", "ecole_maternelle", "ecole_elementaire", "voie_generale", "voie_technologique",
        "voie_professionnelle", "telephone", "fax", "web", "restauration", "hebergement", "ulis",
        "apprentissage", "segpa", "section_arts", "section_cinema", "section_theatre", "section_sport",
        "section_internationale", "section_europeenne", "lycee_agricole", "lycee_militaire",
        "lycee_des_metiers", "post_bac", "appartenance_education_prioritaire", "greta", "siren_siret",
        "nombre_d_eleves", "fiche_onisep", "position", "type_contrat_prive", "libelle_departement",
        "libelle_region", "coordx_origine", "coordy_origine", "epsg_origine", "nom_circonscription",
        "latitude", "longitude", "precision_localisation", "date_ouverture", "date_maj_ligne",
        "multi_uai", "rpi_concentre", "rpi_disperse", "code_nature",
        "libelle_nature", "code_type_contrat_prive", "pial", "etablissement_mere",
        "type_rattachement_etablissement_mere", "code_zone_animation_pedagogique",
        "libelle_zone_animation_pedagogique", "denomination_principale", "patronyme_uai",
        "circonscription", "departement", "region", "etat_etablissement", "lieu_dit_uai",
        "boite_postale_uai", "localite_acheminement_uai",
    }
)  # fmt: skip

# Columns of the exports of ONDE and SIECLE, which list pupils and their parents.
_PUPIL_COLUMNS = frozenset(
    {
        "nom_eleve", "prenom_eleve", "nom_de_l_eleve", "prenom_de_l_eleve", "nom_d_usage_eleve",
        "nom_de_famille_eleve", "prenoms_eleve", "ine", "ine_eleve", "identifiant_national_eleve",
        "date_naissance_eleve", "nom_responsable", "prenom_responsable", "nom_responsable_legal",
    }
)  # fmt: skip
_BIRTH = frozenset({"date_naissance", "date_de_naissance", "ne_e_le", "ne_le", "nee_le", "naissance"})

SCHOOLS = Vocabulary(
    aliases=MappingProxyType(_SCHOOL_ALIASES),
    required=("uai", "name", "town"),
    replaces=MappingProxyType({"full_address": ("town",)}),
    unused=_SCHOOL_UNUSED,
    pupils=_PUPIL_COLUMNS | _BIRTH,
)

_STAFF_ALIASES: Mapping[str, tuple[str, ...]] = {
    "full_name": (
        "nom_prenom", "nom_et_prenom", "nom_prenoms", "nom_et_prenoms", "noms_prenoms", "noms_et_prenoms",
        "prenom_nom",
        "prenom_et_nom", "nom_complet", "nom_prenom_agent", "nom_et_prenom_agent", "agent", "personnel", "enseignant",
        "professeur", "civilite_nom_prenom", "identite", "full_name", "nom_de_l_agent",
    ),
    "first_name": (
        "prenom", "prenoms", "prenom_usuel", "prenom_d_usage", "prenom_agent", "first_name", "firstname",
        "prenom_1", "prenom_enseignant", "prenom_professeur", "prenom_personnel", "prenom_principal",
    ),
    "last_name": (
        "nom", "nom_de_famille", "nom_d_usage", "nom_usage", "nom_usuel", "nom_agent", "last_name", "lastname",
        "nom_enseignant", "nom_professeur", "nom_personnel",
    ),
    "uai": (*_UAI, "uai_affectation", "uai_d_affectation", "rne_affectation", "rne_d_affectation"),
    "address": (
        "adresse_pro", "adresse_professionnelle", "mail_professionnel", "courriel_professionnel", "mel",
        "mail_pro", "courriel_pro", "email_pro", "email_professionnel", "mel_pro", "mel_professionnel",
        "adresse_mail_pro", "adresse_mail_professionnelle", "adresse_e_mail", "adresse_email",
        "adresse_electronique_professionnelle",
        "adresse_de_messagerie_professionnelle", "messagerie_professionnelle", "mail_academique",
        "courriel_academique", "adresse_academique", "adresse_mail_academique", "mail", "email", "e_mail",
        "courriel", "adresse_mail", "adresse_electronique",
    ),
    "user_name": (
        "identifiant_messagerie", "login", "nom_utilisateur", "nom_d_utilisateur", "identifiant_de_messagerie",
        "identifiant_webmail", "login_messagerie", "identifiant_academique", "user_name", "username",
    ),
}  # fmt: skip
_NIR = frozenset({"insee", "numero_insee", "n_insee", "no_insee", "num_insee"})  # names that people give it

STAFF = Vocabulary(
    aliases=MappingProxyType(_STAFF_ALIASES),
    required=("first_name", "last_name", "uai"),
    replaces=MappingProxyType({"full_name": ("first_name", "last_name")}),
    unused=frozenset(
        {
            "civilite", "civ", "titre", "m_mme", "discipline", "matiere", "matieres", "corps", "grade",
            "fonction", "statut", "etablissement", "ecole",
            "nom_etablissement", "nom_de_l_etablissement", "commune", "academie", "departement", "circonscription",
            "quotite", "service", "secteur", "categorie", "numero", "ordre", "remarque", "remarques", "observations",
            "classe", "classes", "emploi", "poste", "code_discipline", "libelle_discipline", "niveau", "salle",
            "professeur_principal", "modalite_de_service", "orrs", "hsa", "echelon", "libelle_grade", "signature",
        }
    ),
    pupils=_PUPIL_COLUMNS,
    refused=MappingProxyType(
        dict.fromkeys(_BIRTH | _NIR, "T207")
        # the identifiant of 2018 was half of the key to the vote
        | dict.fromkeys(("identifiant", "identifiants", "identifiant_personnel", "votre_identifiant"), "T209")
    ),
    unneeded=frozenset(
        {
            "telephone", "tel", "telephone_personnel", "telephone_portable", "tel_portable", "portable", "mobile",
            "gsm", "numero_de_telephone", "adresse", "adresse_1", "adresse_2", "adresse_3", "adresse_personnelle",
            "adresse_perso", "adresse_postale", "adresse_domicile", "domicile", "code_postal", "cp", "ville",
            "mail_personnel", "mail_perso", "email_personnel", "email_perso", "courriel_personnel", "courriel_perso",
            "mel_personnel", "mel_perso", "adresse_mail_personnelle", "adresse_electronique_personnelle",
            "nom_de_naissance", "nom_patronymique", "nom_de_jeune_fille", "lieu_de_naissance", "age", "sexe",
            "nationalite", "situation_familiale", "enfants", "syndicat", "adherent", "iban", "rib",
        }
    ),
    is_private=True,
)  # fmt: skip

# Columns about one person, whatever list they are in: no sample of them is shown, and no filter reads them.
PERSONAL = (
    frozenset(
        name
        for field in ("full_name", "first_name", "last_name", "address", "user_name")
        for name in STAFF.aliases[field]
    )
    | STAFF.unneeded
    | frozenset(STAFF.refused)
) - (SCHOOLS.known - frozenset(_SCHOOL_ALIASES["email"]))

FIELD_NAMES: Mapping[str, dict[Lang, str]] = MappingProxyType(
    {
        "uai": {"en": "UAI", "fr": "UAI"},
        "name": {"en": "name of the school", "fr": "nom de l’établissement"},
        "town": {"en": "town", "fr": "commune"},
        "address_1": {"en": "address, line 1", "fr": "adresse, ligne 1"},
        "address_2": {"en": "address, line 2", "fr": "adresse, ligne 2"},
        "address_3": {"en": "address, line 3", "fr": "adresse, ligne 3"},
        "full_address": {
            "en": "whole address, with postcode and town",
            "fr": "adresse entière, avec code postal et commune",
        },
        "postcode": {"en": "postcode", "fr": "code postal"},
        "academie": {"en": "académie", "fr": "académie"},
        "copies": {"en": "number of copies", "fr": "nombre d’exemplaires"},
        "staff": {"en": "number of staff", "fr": "nombre de personnels"},
        "state": {"en": "open or closed", "fr": "ouvert ou fermé"},
        "ministry": {"en": "ministry of the school", "fr": "ministère de tutelle"},
        "sector": {"en": "public or private", "fr": "public ou privé"},
        "email": {"en": "e-mail address of the school", "fr": "adresse électronique de l’établissement"},
        "full_name": {"en": "first and last name in one cell", "fr": "nom et prénom dans une cellule"},
        "first_name": {"en": "first name", "fr": "prénom"},
        "last_name": {"en": "last name", "fr": "nom"},
        "address": {"en": "professional address", "fr": "adresse professionnelle"},
        "user_name": {"en": "user name of the mailbox", "fr": "identifiant de messagerie"},
    }
)
"""What messages call each field."""
