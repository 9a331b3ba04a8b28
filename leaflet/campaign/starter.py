"""`write_starter`: a commented campaign and a short list of schools to begin with.

The comments are French: the person who fills the file in is a union or school secretary. Every field nobody
knows yet is listed, commented out, without any example that could pass for a fact.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from leaflet.campaign.election import (
    Election,
    ElectionProfile,
    blank_fields,
    election_tree,
    load_profile,
    profile_ids,
)
from leaflet.faults import Place, fail

CAMPAIGN_FILE = "campaign.toml"
SCHOOLS_FILE = "ecoles.csv"
TO_COPY = "à recopier de votre notice de vote"
NAME = "Nom de votre organisation"

# What each field of an election is, for the person who has the notice de vote in hand.
FIELD_HELP = {
    "title": "titre de l’élection",
    "scope": "qui vote",
    "vote.opens_on": "premier jour du vote",
    "vote.opens_at": "heure d’ouverture",
    "vote.closes_on": "dernier jour du vote",
    "vote.closes_at": "heure de clôture",
    "vote.timezone": "fuseau horaire, sous son nom international",
    "vote.timezone_label": "fuseau horaire, en toutes lettres",
    "links.portal": "adresse complète du portail de vote",
    "links.help": "page d’aide du ministère ou de l’académie",
    "account.name": "nom du compte à créer",
    "account.space": "nom de l’espace où l’on vote",
    "account.login": "ce que l’on tape comme identifiant pour voter",
    "account.password": "nom du mot de passe (jamais le mot de passe lui-même)",
    "account.password_rule": "règle de composition du mot de passe",
    "account.challenge": "nom de la question de secours",
    "account.captcha": "contrôle anti-robot à la connexion",
    "mail.delay_minutes": "délai d’arrivée du courriel, en minutes (nombre sans guillemets)",
    "mail.sender": "expéditeur affiché du courriel",
    "mail.subject": "objet du courriel",
    "mail.sender_domain": "domaine de l’expéditeur, après le signe @",
    "mail.sent_on": "jour d’envoi du courriel",
    "mail.button": "texte du bouton affiché après la demande",
    "mail.confirmation": "texte de confirmation affiché",
    "notice.name": "nom du document papier",
    "notice.from_on": "premier jour de remise",
    "notice.to_on": "dernier jour de remise",
    "notice.how": "façon dont elle est remise",
    "notice.code_name": "nom du code qui y figure (jamais le code lui-même)",
    "notice.code_place": "endroit où le code figure",
    "notice.deadline_computed": "date limite de remise, si vous la calculez",
    "reissue.name": "nom de la procédure en cas de perte",
    "reissue.opens_on": "premier jour de cette procédure",
    "reissue.how": "comment elle se passe",
    "mailbox.other": "autre boîte que chacun connaît déjà",
    "mailbox.receives": "ce que l’administration y envoie",
    "mailbox.resources": "ressources auxquelles elle donne accès",
    "mailbox.results": "résultats qu’on y reçoit",
    "mailbox.forgotten": "lien ou bouton à suivre quand le mot de passe de la messagerie est oublié",
    "mailbox.forgotten_needs": "ce qui y est demandé (jamais un code lui-même)",
    "mailbox.initial_password": "premier mot de passe de la messagerie, en mots (jamais le mot de passe)",
    "memo.lines": "lignes à remplir à la main (jamais de code de vote ni de NUMEN)",
    "memo.lost": "que faire en cas de mot de passe perdu",
    "ballots": "scrutins, par groupe de votants : { who = …, sector = …, bodies = [ … ] }",
    "steps": "étapes, dans l’ordre : noms d’étapes du modèle, ou { title = …, text = … }",
}

_HEAD = """\
# Campagne de dépliants « {title} ».
# Une ligne qui commence par # est un commentaire : enlevez le # et complétez pour remplir un champ.
# Jamais de mot de passe, de code de vote ni de NUMEN dans ce fichier.

election = "{election}"
version = "v1"                # imprimée sur chaque feuille : changez-la à chaque retirage
# issued_on = AAAA-MM-JJ      # date de la feuille, sans guillemets
"""

_BODY = """
[publisher]
name = "{name}"   # obligatoire : à remplacer
# address = ""    # adresse postale : la loi du 29 juillet 1881 la demande sur un imprimé
# contact = ""    # téléphone ou courriel de votre section
# logo = ""       # image PNG ou JPEG, placée à côté de ce fichier

[data]
schools = "{schools}"   # liste des écoles, à côté de ce fichier
# staff = "personnels.csv"   # liste des personnels (prenom;nom;uai;adresse_pro), pour des fiches nominatives
# clean = ["fix-codes", "french-capitals"]   # remet les zéros perdus, les capitales françaises (docs/fr/nettoyer.md)
# state = ["OUVERT"]                         # seulement les établissements dans cet état
# where = ["commune=Tours"]                  # seulement ceux-là ; aussi != et ~ (contient)

[[document]]
template = "leaflet-a4"
theme = "default"
per = "school"

# Des cartes aide-mémoire sur planches prédécoupées (docs/fr/cartes.md) :
# [[document]]
# template = "memo-card"
# per = "school"              # "person" : une carte au nom de chaque personne de la liste des personnels
# sheet = "avery-c32011"      # "cards-a4" : papier ordinaire avec traits de coupe

# Adresses propres à une académie ou à un département, à vérifier sur place avant d’imprimer :
# [academies.orleans-tours]
# webmail = ""                # adresse de la messagerie professionnelle
# confirmed = ["webmail"]     # ou : confirmer l’adresse que le programme connaît
# [departements.37]
# site = ""                   # site des services départementaux

# Contrôle des fichiers finis (leaflet check campaign.toml --out out ; leaflet check --list-rules les énumère) :
# [check]
# off = []                    # codes des contrôles à ne pas faire, par exemple ["K005"]
"""

_SCHOOLS = """\
uai;nom;adresse;code_postal;commune;exemplaires
0370001A;Lycée Léonard de Vinci;;37400;Amboise;12
0370040T;Lycée professionnel Albert Bayet;;37000;Tours;8
"""


def write_starter(folder: Path, election: str) -> list[Path]:
    """Write ``campaign.toml`` and ``ecoles.csv`` into `folder`, made if need be; return their paths.

    Raises:
        DataError: no such election, a file is there already, or the folder cannot be written.
    """
    if election not in profile_ids():
        raise fail("C108", Place(field="--election"), value=election, known=", ".join(profile_ids()))
    texts = {folder / CAMPAIGN_FILE: starter_text(load_profile(election)), folder / SCHOOLS_FILE: _SCHOOLS}
    for path in texts:
        if os.path.lexists(path):
            raise fail("C180", Place(file=str(path)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            # mode x: a file that appears in between is not overwritten either
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except OSError as error:
        raise fail("C181", Place(file=str(folder)), detail=error.strerror or str(error)) from None
    return list(texts)


def starter_text(profile: ElectionProfile) -> str:
    """Return the campaign file to start from, with the blank fields of `profile` as commented lines."""
    election = Election.model_validate(election_tree(profile, {}))
    head = _HEAD.format(title=election.title or profile.id, election=profile.id)
    blanks = "".join(_blank_lines(blank_fields(election)))
    return head + blanks + _BODY.format(name=NAME, schools=SCHOOLS_FILE)


def _blank_lines(fields: list[str]) -> Iterator[str]:
    """Yield a commented line for each field, those outside tables first, as TOML wants them."""
    table = ""
    for dotted in sorted(fields, key=lambda dotted: "." in dotted):
        new_table, _, key = dotted.rpartition(".")
        if new_table != table:
            table = new_table
            yield f"\n[{table}]\n"
        yield f"{f'# {key} = {_shape(key)}':<30}# {FIELD_HELP[dotted]} — {TO_COPY}\n"


def _shape(key: str) -> str:
    """Return how the value of a field is written, without being one."""
    if key.endswith("_on") or key == "deadline_computed":
        return "AAAA-MM-JJ"
    return {"delay_minutes": "…", "lines": "[]", "ballots": "[]", "steps": "[]"}.get(key, '""')
