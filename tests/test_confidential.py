"""Secrets are refused wherever they stand, never shown again, and nothing that only resembles one is refused.

Every case goes the whole way: through a list, a campaign or a template, not just through the function that judges.
"""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaflet import confidential
from leaflet.campaign import load_campaign
from leaflet.confidential import (
    find_asked_secret,
    find_cell_secret,
    find_secret,
    hide_secrets,
    is_random,
    is_secret_file,
    is_secret_name,
    is_secret_parameter,
)
from leaflet.faults import LANGUAGES, Fault, LeafletError, Place, Report
from leaflet.tables import load_schools, load_staff
from tests.campaign.fault_cases import BODY, HEAD, write_campaign
from tests.support import make_template, parse_all

NUMEN = "12E3456789ABC"  # invented, like every secret here
NIR = "2 85 05 37 261 001 42"
PAGE = '<leaflet title="T">\n<page>\n{}\n</page>\n</leaflet>'


# --- the ways in ----------------------------------------------------------------------------------------------


def school_list(folder: Path, column: str, cell: str, name: str = "ecoles.csv") -> list[Fault]:
    """The faults of a school list with one more column and a value in it."""
    return _list(folder, name, ["uai", "nom", "commune", column], ["0370001A", "Lycée", "Amboise", cell])


def staff_list(folder: Path, column: str, cell: str, name: str = "personnels.csv") -> list[Fault]:
    """The faults of a staff list with one more column and a value in it."""
    return _list(folder, name, ["prenom", "nom", "uai", column], ["Julie", "Labert", "0370001A", cell])


def _list(folder: Path, name: str, *rows: list[str]) -> list[Fault]:
    path, report = folder / name, Report()
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    if rows[0][0] == "prenom":
        assert not load_staff(path, schools={"0370001A"}, report=report) or not report.errors
    else:
        assert not load_schools(path, report=report) or not report.errors
    return list(report)


def campaign(folder: Path, text: str, name: str = "campaign.toml") -> list[Fault]:
    """The faults of a campaign."""
    path = write_campaign(folder, text).rename(folder / name)
    for other in ("personnels.csv", "liste.csv"):
        (folder / other).write_text("prenom;nom;uai\n", "utf-8")
    report = Report()
    try:
        load_campaign(path, report)
    except LeafletError as error:
        assert error.faults == report.errors
    return list(report)


def field(folder: Path, value: str) -> list[Fault]:
    """The faults of a text of the campaign."""
    return campaign(folder, HEAD + BODY + f"[notice]\nhow = '''{value}'''\n")


def template(folder: Path, content: str) -> list[Fault]:
    """The faults of a template with this on its third line."""
    try:
        parse_all(make_template(folder, leaflet=PAGE.format(content)).render({"label": "Code de vote", "name": "x"}))
    except LeafletError as error:
        return error.faults
    return []


def said(faults: list[Fault]) -> str:
    """All that is printed about faults."""
    return "\n".join(line for fault in faults for lang in LANGUAGES for line in fault.lines(lang))


def codes(faults: list[Fault]) -> list[str]:
    return [fault.code for fault in faults]


# --- columns --------------------------------------------------------------------------------------------------

SECRET_COLUMNS = [
    *("Mot de passe", "mots de passe", "mot_de_passe_elections", "Mot de passe élections", "MDP", "mdp2", "M.D.P."),
    *("password", "Passwd", "pwd", "voterPassword", "user-password", "motdepasse", "Mot de pas\u00adse"),
    *("Code de vote", "codes de vote", "CODE VOTE", "votingCode", "codeDeVote", "code secret", "Code d'activation"),
    *("code de réassort", "code d’accès", "code PIN", "PIN", "OTP", "token", "access_token", "jeton", "Secret"),
    *("NUMEN", "N.U.M.E.N.", "n° NUMEN", "question défi", "Réponse défi", "Réponse à la question défi", "NIR"),
    *("réponse secrète", "clé secrète", "secretKey", "identifiant de vote", "n° de sécurité sociale"),
    *("pass", "Pass ENT", "passe", "PW", "id_vote", "IdVote", "electeur_id", "code1", "codeUnique", "cle_activation"),
    *("clé de vote", "code reçu", "code de connexion", "code d'identification", "N° sécu", "nss", "num_ss", "sésame"),
    *("N° électeur", "num_electeur", "N° de votant", "code SMS", "code à gratter", "clef activation", "mdpasse"),
    *("user/pass", "login - passe", "Passe (ENT)", "Mot 2 passe", "mot2passe", "code perso", "num_en", "NUM EN"),
    *("Code (10 chiffres)", "code à 8 chiffres"),
    *("m\u043et de passe", "\u0441ode de vote", "\u039dUMEN"),  # with Cyrillic and Greek letters
]
PLAIN_COLUMNS = [
    *("Épinal", "Pinard", "Le Pin", "Pinède", "secrétaire", "Secrétariat", "codex", "code postal 2", "code INSEE"),
    *("Code commune", "Numéro", "Votes", "bureau de vote", "date du vote", "clé USB", "token ring", "Monument"),
    *("nb électeurs", "nombre d’électeurs", "électeurs"),
    *("passage", "mots", "note", "scrutin secret", "opinion", "bâtiment", "Pass Culture", "num en cours"),
    *("remarque", "latitude", "siren_siret"),
]


@pytest.mark.parametrize("column", SECRET_COLUMNS)
def test_secret_columns_are_refused(tmp_path: Path, column: str) -> None:
    """In both lists, under any dress, even when the column is empty."""
    assert codes(school_list(tmp_path, column, "")) == ["T206"]
    assert codes(staff_list(tmp_path, column, "")) == ["T206"]


@pytest.mark.parametrize("column", PLAIN_COLUMNS)
def test_columns_that_resemble_secrets_pass(tmp_path: Path, column: str) -> None:
    """Only whole words count, and villages are no numbers."""
    for faults in (school_list(tmp_path, column, "x"), staff_list(tmp_path, column, "x")):
        assert [fault for fault in faults if fault.severity == "error"] == []


# --- values ---------------------------------------------------------------------------------------------------

# A value, the part of it that must not be shown again, and its kind.
_KINDS = {
    "numen": (
        *((NUMEN, NUMEN), ("mon numen : 12e3456789abc.", "12e3456789abc"), ("12 E 34 56789 ABC", "56789")),
        *(("12-E-34-56789-ABC", "56789"), ("12.E.34.56789.ABC", "56789"), ("12E34\u00a056789\u00a0ABC", "56789")),
        *(("12E34\u200b56789ABC", "56789"), ("\uff11\uff12E3456789ABC", "3456789")),
        ("(NUMEN_12E3456789ABC)", "12E3456789ABC"),
    ),
    "social-security": (
        *((NIR, "261 001"), ("185052A261001", "261001"), ("1.85.05.37.261.001.42", "261.001")),
        ("n° sécu 1850537261001", "1850537261001"),
    ),
    "labelled": (
        *(("mot de passe : Azerty123", "Azerty123"), ("Mot de passe élections 2026 : Xx12yyZZ", "Xx12yyZZ")),
        *(("mot de passe: Xx12yy", "Xx12yy"), ("mot de passe Azerty123", "Azerty123")),
        *(("mon mot de passe est Azerty12", "Azerty12"), ("Mot de passe : « P@ssword! »", "P@ssword")),
        *(("mdp=azerty", "azerty"), ("Mdp Julie -> Xx12yy", "Xx12yy"), ("password: hunter2", "hunter2")),
        *(("pwd = azer12ty", "azer12ty"), ("code de vote : 1234", "1234")),
        *(("Code de vote personnel = 9f3k2m", "9f3k2m"), ("code de vote : 1234-5678", "1234-5678")),
        *(("Code PIN : 4321", "4321"), ("otp: 123456", "123456"), ("NUMEN 987654321", "987654321")),
        *(("identifiant de vote : 12345678", "12345678"), ("code d’activation : AB12CD", "AB12CD")),
        *(("code de réassort : 7K9Q2M", "7K9Q2M"), ("jeton : 7777777", "7777777"), ("réponse défi : Médor", "Médor")),
        *(("Réponse à la question défi : rex", ": rex"), ("Réponse secrète = Minou", "Minou")),
        *(("Mot de passe: azertyuiop", "azertyuiop"), ("m\u043et de p\u0430sse : azertyuiop", "azertyuiop")),
        *(("MDP : 12 34 56 78", "12 34"), ("Mot de passe : ................ Azerty12", "Azerty12")),
        ("Passphrase : cheval correct batterie agrafe", "batterie"),
        *(("mot de passe provisoire « Rentrée2026 »", "Rentrée2026"), ("MOT-DE-PASSE-VOTE2026", "VOTE2026")),
        *(("Pass Vote : 88XJ21", "88XJ21"), ("user: dupont pass: Tonnerre37", "Tonnerre37")),
        *(("secret: hunter2", "hunter2"), ("api_key: 12345abcde", "12345abcde")),
        *(("vos identifiants : jdupont / Tonnerre37!", "Tonnerre37"), ("PIN 4821", "4821")),
        *(("code confidentiel 9031", "9031"), ("Code secret 0000", "0000")),
        *(("Code vote (10 chiffres) 1234567890", "1234567890"), ("code à 8 chiffres : 12345678", "12345678")),
        *(("Code à usage unique: 993 114", "993 114"), ("Code reçu par courrier : 7YH4KP", "7YH4KP")),
        *(("Code candidat 7H2K9LMN", "7H2K9LMN"), ("Identifiant électeur : 20261203-7788", "20261203-7788")),
        *(("question secrète réponse = minou", "minou"), ("m.d.p. : pervenche", "pervenche")),
        *(("m0t de pase : Pivoine44", "Pivoine44"), ("C0de PIN 4829", "4829")),
        *(("mdp1: jonquille, mdp2: pervenche", "jonquille"), ("Mdp. Pivoine44", "Pivoine44")),
        *(("Mdp provisoire – azerty", "azerty"), ("mot de passe ➜ Pivoine44", "Pivoine44")),
        *(("mot de passe 🔑 Pivoine44", "Pivoine44"), ("Mot de passe | Zx81kk", "Zx81kk")),
        *(("pwd/ Hirondelle8", "Hirondelle8"), ("le mot de passe de la messagerie, c’est Tournesol!8", "Tournesol")),
        *(("Hirondelle8 (mot de passe)", "Hirondelle8"), ("Hirondelle8 = mot de passe", "Hirondelle8")),
        *(("4829 comme code PIN", "4829"), ("codes d’accès : 48291, 55312", "48291")),
        *(("identifiant de vote n° 12045587", "12045587"), ("N° d’électeur 12045587", "12045587")),
        *(("numéro de votant : 12045587", "12045587"), ("code de vérification 552913", "552913")),
        *(("code SMS : 552 913", "552 913"), ("code de retrait 48 27 11", "48 27 11")),
        *(("clef d’activation : AX7-99B-K21", "AX7-99B"), ("Clé WiFi : A1B2C3D4E5", "A1B2C3D4E5")),
        *(("code provisoire 9031XZ", "9031XZ"), ("code confid. 9031", "9031")),
        *(("code vote électronique 1234-5678-9012", "1234-5678"), ("question défi : nom du chien → Médor", "Médor")),
    ),
    "random": (
        ("clé 9f86d081884c7d659a2feaa0c55ad015", "9f86d081884c7d65"),
        ("eyJhbGciOiJIUzI1NiJ9abc", "eyJhbGciOiJIUzI1NiJ9"),
    ),
}
SECRETS = [(value, secret, kind) for kind, pairs in _KINDS.items() for value, secret in pairs]
LINKS = [
    *("https://vote.gouv.fr/?token=abc", "https://vote.gouv.fr/?a=1&jeton=zz9", "vote.gouv.fr/?ticket=ST-12"),
    *("vote.gouv.fr/?code=ABC123", "vote.gouv.fr/%3Ftoken%3Dabc", "vote.gouv.fr/?x=1&amp;otp=991", "token = abc"),
]
PASSWORDS = ["Xk9$mP2q!vR7", "aB3dE5fG7hJ9", "Motdepasse2026!", "9F3K-2M7Q-8ZP4", "a1b2c3d4e5f6g7"]
CELL_CODES = {"numen": "T317", "link": "T318", "social-security": "T319", "labelled": "T320", "random": "T320"}
FIELD_CODES = {"numen": "C146", "social-security": "C148", "labelled": "C147", "random": "C147"}

PLAIN = [
    *("https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000037305544", "LEGITEXT000037312241"),
    *("Lycée Jean-Baptiste-Corot 2", "École de L’Île-Bouchard", "Eugène Jacob de Cordemoy", "Le Pin 77181"),
    *("LA TOUR-DU-PIN CEDEX 38110", "rue du Pin 49110", "12 bis rue de l'Église", "1 place du 8-Mai-1945"),
    *("BP 12345 CEDEX 01", "37000 Tours", "0370001A", "Code UAI : 0370001A", "Code établissement : 0370001A"),
    *("Code postal : 37000", "code INSEE : 37261", "SIRET 237 000 123 00012", "18504123400012", "SIREN 185 041 234"),
    *("02 47 05 11 22", "02.47.05.11.22", "+33 2 47 05 11 22", "+33247051122", "47.4121,0.9812", "1.485234123456"),
    *("46.82518219573913, 5.721541862430153", "2026-12-03", "2026-12-03T08:00:00Z", "03/12/2026", "de 8 h à 12 h 30"),
    *("Julie.Labert12@ac-orleans-tours.fr", "ce.0370001A@ac-orleans-tours.fr", "www.Lycee-Vinci37.fr"),
    *("lycee-vinci.fr/index.php?id=12", "ENS.12345", "N°12/Bât.B2-RDC", "(Bac+3/Licence)", "Bat. B12 Esc3 Apt4"),
    *(
        "au moins 12 caractères, avec une majuscule, un chiffre et un caractère spécial",
        "jlabert12",
        "École n° 12345",
    ),
    *("mot de passe : ................", "Mot de passe :", "mot de passe : 12 caractères au moins", "Pin 70150"),
    *(
        "Mot de passe : je le choisis sur le portail",
        "Mot de passe : oublié",
        "mot de passe : à changer",
        "Pass Culture",
    ),
    *("Mon mot de passe : jamais par téléphone", "passe : 3 mois", "code de vote : 10 chiffres", "secret : jamais"),
    *("mot de passe : voir la notice", "Mot de passe : le NUMEN en majuscules, sauf si je l'ai déjà modifié."),
    *("Demandez un nouveau mot de passe sur le portail : un courriel arrive.", "mot de passe = votre NUMEN"),
    *("Mot de passe perdu : 0247051122", "Code de vote perdu : 02 47 05 11 22", "code de vote 2022"),
    *("Code de vote : remis du 7 au 17 novembre 2022", "code de vote : en bas à gauche de la notice"),
    *("identifiant : en bas à gauche de la notice", "le NUMEN (13 caractères)", "question défi : choisie par vous"),
    *(
        "Réponse à la question défi : à garder pour vous",
        "la clé des champs",
        "bureau ouvert 08h00-17h00",
        "2012345678",
    ),
    *("N° d’électeur : sur la notice n° 2", "code SMS : reçu en 15 minutes", "la clef des bois"),
    *("Faaʻa", "Mot de passe / Code"),
    *("Mot de passe : Majuscules, minuscules, chiffres.", "Nouveau mot de passe : demandez-le avant 16 h 30."),
    *(
        "12 rue du Mot-de-Passe",
        "Passe-Partout 37000",
        "code vérifié en 2022 (code de vote)",
        "Code d’accès perdu : 02 47 60 77 60",
    ),
    *("Identifiant : l'initiale du prénom suivie du nom (Julie Labert : jlabert)", "anticonstitutionnellement"),
]


@pytest.mark.parametrize(("value", "secret", "kind"), SECRETS)
def test_secrets_in_cells_are_refused_and_not_repeated(tmp_path: Path, value: str, secret: str, kind: str) -> None:
    """In both lists, in a column that is used and in one that is not, and as the name of a column."""
    for faults in (
        school_list(tmp_path, "adresse", value),
        school_list(tmp_path, "remarque", value),
        staff_list(tmp_path, "login", value),
        staff_list(tmp_path, "remarque", value),
        school_list(tmp_path, value, ""),
        staff_list(tmp_path, value, ""),
    ):
        assert codes(faults) == [CELL_CODES[kind]]
        assert secret not in said(faults)


@pytest.mark.parametrize("value", [*LINKS, *PASSWORDS])
def test_links_and_passwords_in_cells_are_refused(tmp_path: Path, value: str) -> None:
    """One-time links, and long words that mix signs as only passwords do."""
    code = "T318" if "=" in value or "%3D" in value else "T320"
    for faults in (school_list(tmp_path, "adresse", value), staff_list(tmp_path, "remarque", f"voir {value} svp")):
        assert codes(faults) == [code]
        assert value not in said(faults)


@pytest.mark.parametrize("value", PLAIN)
def test_values_that_resemble_secrets_pass(tmp_path: Path, value: str) -> None:
    """Names, addresses, numbers of schools, telephones, coordinates, dates, and sentences about secrets."""
    for faults in (
        school_list(tmp_path, "adresse", value),
        staff_list(tmp_path, "remarque", value),
        field(tmp_path, value),
        template(tmp_path, f"<p>{value}</p>"),
    ):
        assert codes(faults) == []


@pytest.mark.parametrize(
    "lines",
    [
        ["Mot de passe : Azerty123", "uai;nom;commune", "0370001A;Lycée;Tours"],
        ["# mdp = Azerty123", "uai;nom;commune", "0370001A;Lycée;Tours"],
        ["uai;nom;commune", "0370001A;Lycée;Tours", "TOTAL;mdp : Azerty123;1"],
    ],
    ids=["above the header", "a comment", "a total"],
)
def test_secrets_in_what_is_left_out_are_refused(tmp_path: Path, lines: list[str]) -> None:
    """Rows that nothing is made from are copied and mailed with the list all the same."""
    path, report = tmp_path / "e.csv", Report()
    path.write_text("\n".join([*lines, ""]), "utf-8")
    assert load_schools(path, report=report) is not None
    assert "T320" in codes(list(report)) and "Azerty123" not in said(list(report))


@pytest.mark.parametrize(
    ("address_1", "address_2", "expected"),
    [
        ("Mot de passe", "Pivoine44", ["T320"]),
        ("Mon code de vote :", "48271133", ["T320"]),
        ("12 rue du Mot-de-Passe", "37000", []),
        ("Mot de passe", "voir la notice", []),
    ],
)
def test_a_label_in_one_cell_and_its_value_in_the_next(
    tmp_path: Path, address_1: str, address_2: str, expected: list[str]
) -> None:
    """A form that was pasted into a list has the name of a secret in one cell and the secret in another."""
    rows = ["uai", "nom", "adresse_1", "adresse_2", "commune"], ["0370001A", "Lycée", address_1, address_2, "Tours"]
    faults = _list(tmp_path, "ecoles.csv", *rows)
    assert codes(faults) == expected
    assert address_2 not in said(faults)


@pytest.mark.parametrize("name", ["84729913", "kX9!pLm", "M@rtin", "Labert (Pivoine44)"])
def test_names_with_the_signs_of_passwords_are_doubted(tmp_path: Path, name: str) -> None:
    """In a list shifted by a column they would be printed on cards."""
    for header, row in (
        (["prenom", "nom", "uai"], ["Julie", name, "0370001A"]),
        (["nom prénom", "uai"], [f"Julie {name}", "0370001A"]),
    ):
        path, report = tmp_path / "p.csv", Report()
        path.write_text(f"{';'.join(header)}\n{';'.join(row)}\n", "utf-8")
        load_staff(path, schools={"0370001A"}, report=report)
        assert "T420" in codes(list(report)) and name not in said(list(report))


def test_every_secret_of_a_row_is_reported(tmp_path: Path) -> None:
    """A row with two secrets gives two faults, each with its own column."""
    faults = _list(tmp_path, "e.csv", ["uai", "nom", "commune", "a", "b"], ["0370001A", "L", "A", NUMEN, NIR])
    assert [(fault.code, fault.place.field) for fault in faults] == [("T317", "a"), ("T319", "b")]


# --- campaigns ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "secret", "kind"), SECRETS)
def test_secrets_in_campaigns_are_refused_and_not_repeated(
    tmp_path: Path, value: str, secret: str, kind: str
) -> None:
    """In a text, also after an address; in the name of a setting; where another kind of value is expected."""
    if "\u200b" in value:
        return  # has a fault of its own: nothing invisible is printed
    for faults in (field(tmp_path, value), field(tmp_path, f"https://www.education.gouv.fr/ {value}")):
        assert codes(faults) == [FIELD_CODES[kind]]
        assert secret not in said(faults)
    wrong = HEAD + BODY + f'[mail]\ndelay_minutes = "{value}"\n[vote]\nopens_on = "{value}"\n"{value}" = 1\n'
    faults = campaign(tmp_path, wrong)
    assert {"C106", "C110", "C149", FIELD_CODES[kind]} <= set(codes(faults))
    assert secret not in said(faults)


@pytest.mark.parametrize("value", ["vote.gouv.fr/?token=abc", "token = abc", "x ?jeton=1"])
def test_links_in_campaigns_are_refused(tmp_path: Path, value: str) -> None:
    """Those without https are no addresses for the link rules, but links all the same."""
    assert codes(field(tmp_path, value)) == ["C147"]
    assert codes(field(tmp_path, "https://vote.gouv.fr/?token=abc")) == ["L114"]


@pytest.mark.parametrize("column", [name for name in SECRET_COLUMNS if name.isascii() and " " not in name])
def test_settings_for_secrets_are_refused(tmp_path: Path, column: str) -> None:
    """Any setting that would hold a secret, in any table."""
    assert codes(campaign(tmp_path, f'{HEAD}{BODY}"{column}" = "x"\n')) == ["C149"]
    assert codes(campaign(tmp_path, f'{HEAD}{BODY}[account]\n"{column}2" = "x"\n')) == ["C149"]


def test_the_names_of_the_election_are_settings(tmp_path: Path) -> None:
    """What the password and the code are called may be said."""
    more = (
        '[account]\npassword = "mot de passe élections"\npassword_rule = "12 caractères"\nchallenge = "question défi"'
    )
    more += '\n[notice]\ncode_name = "code de vote"\n[memo]\nlines = ["Mot de passe élections"]\n'
    assert codes(campaign(tmp_path, HEAD + BODY + more)) == []


@pytest.mark.parametrize(
    "more",
    [
        "# mot de passe : Azerty123\n",
        '[notice]\nhow = "par courrier"  # mdp Azerty123\n',
        '[[steps]]\ntitle = "Mot de passe :"\ntext = "Azerty123"\n',
        '[[steps]]\ntitle = "Je tape"\ntext = "x"\nmessage = "mdp"\nbutton = "Azerty123"\n',
        '[[steps]]\ntitle = "Un"\ntext = "Mon mot de passe :"\n[[steps]]\ntitle = "Azerty123"\ntext = "x"\n',
        '[memo]\nlines = ["Mot de passe", "Azerty123"]\n',
        '[account]\npassword = "Azerty123"\n',
    ],
    ids=[
        *("comment", "comment behind a value", "title and text of a step", "button", "the next step"),
        *("memo", "account"),
    ],
)
def test_secrets_that_no_value_holds_alone_are_refused(tmp_path: Path, more: str) -> None:
    """A comment is copied with the campaign, and a step prints its text under its title."""
    faults = campaign(tmp_path, HEAD + BODY + more)
    assert codes(faults) == ["C147"]
    assert "Azerty123" not in said(faults)


def test_a_number_that_two_steps_hold_together_is_refused(tmp_path: Path) -> None:
    """A page prints one step under the other."""
    steps = '[[steps]]\ntitle = "Je note"\ntext = "01E02"\n[[steps]]\ntitle = "00012ABC"\ntext = "et la suite"\n'
    assert codes(campaign(tmp_path, HEAD + BODY + steps)) == ["C146"]


def test_a_name_that_is_a_secret_is_not_repeated(tmp_path: Path) -> None:
    """Of a table of settings neither."""
    faults = campaign(tmp_path, HEAD + BODY + '[stock."mdp-Soleil37"]\n')
    assert "C149" in codes(faults) and "Soleil37" not in said(faults)


@pytest.mark.parametrize("line", ["mdp = Azerty123", "x = Azerty mot de passe : Azerty123", "note = 12E3456789ABC"])
def test_a_line_that_cannot_be_read_is_not_shown_with_its_secret(tmp_path: Path, line: str) -> None:
    """A password without quotes is no TOML, and the message must not print it."""
    faults = campaign(tmp_path, f"{HEAD}{line}\n{BODY}")
    assert codes(faults) == ["C103"]
    assert not re.search("Azerty123|12E3456789ABC", said(faults))
    assert faults[0].place.line == 2


SECRET_FILES = ["mots-de-passe.csv", "codes-de-vote.csv", "CodesDeVote.csv", "liste_mdp.csv", "NUMEN 2026.csv",
                "passwords.csv", "numen.csv", "code-pin.csv", "16E1234567ABC.csv", "jetons.csv"]  # fmt: skip
PLAIN_FILES = ["ecoles-le-pin.csv", "ecole-les-pins.csv", "code-postal.csv", "secretariat.csv", "passy.csv",
               "export-9f86d081884c7d659a2feaa0.csv", "epinal_2026.csv", "monuments.csv", "votes.csv"]  # fmt: skip


@pytest.mark.parametrize("name", SECRET_FILES)
def test_files_called_after_secrets_are_refused(tmp_path: Path, name: str) -> None:
    """As a list of either kind, as the logo, as the campaign; a NUMEN in the name is not shown."""
    shown = [school_list(tmp_path, "etat", "", name), staff_list(tmp_path, "corps", "", name)]
    assert [codes(faults) for faults in shown] == [["T122"], ["T122"]]
    for old, new in (
        ('"ecoles.csv"', f'"{name}"'),
        ('"ecoles.csv"', f'"ecoles.csv"\nstaff = "../x/{name}"'),
        ("[data]", f'logo = "{name}"\n[data]'),
    ):
        shown.append(campaign(tmp_path, HEAD + BODY.replace(old, new)))
        assert codes(shown[-1]) == ["C133"]
    shown.append(campaign(tmp_path, HEAD + BODY, name.replace(".csv", ".toml")))
    assert codes(shown[-1]) == ["C133"]
    assert all("16E1234567ABC" not in said(faults) for faults in shown)


@pytest.mark.parametrize("name", PLAIN_FILES)
def test_files_with_other_names_pass(tmp_path: Path, name: str) -> None:
    """Villages called Le Pin, and files called by a program."""
    assert codes(school_list(tmp_path, "etat", "", name)) == []
    assert codes(staff_list(tmp_path, "corps", "", name)) == []
    (tmp_path / name).write_text("", "utf-8")
    assert codes(campaign(tmp_path, HEAD + BODY.replace("ecoles.csv", name))) == []
    assert codes(campaign(tmp_path, HEAD + BODY, name.replace(".csv", ".toml"))) == []


@pytest.mark.parametrize(
    "line",
    [
        'name = "mots-de-passe"',
        'name = "codes-de-vote"',
        'file_name = "mdp-{uai}"',
        'file_name = "{uai}_code_de_vote"',
    ],
)
def test_documents_called_after_secrets_are_refused(tmp_path: Path, line: str) -> None:
    """Nobody should look for a password in a leaflet."""
    assert codes(campaign(tmp_path, f"{HEAD}{BODY}{line}\n")) == ["C152"]


@pytest.mark.parametrize("line", ['name = "le-pin"', 'file_name = "vote-{uai}"', 'name = "secretariats"'])
def test_documents_with_other_names_pass(tmp_path: Path, line: str) -> None:
    """Votes and secretariats are no secrets."""
    assert codes(campaign(tmp_path, f"{HEAD}{BODY}{line}\n")) == []


# --- templates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "secret", "kind"), SECRETS)
def test_secrets_in_templates_are_refused_and_not_repeated(
    tmp_path: Path, value: str, secret: str, kind: str
) -> None:
    """In a text, an attribute, a comment, a text of Jinja; the line is named and not shown."""
    for content in (
        f"<p>{value}</p>",
        f'<memo cut="{value}"><p>x</p></memo>',
        f"<p>x</p><!-- {value} -->",
        f"<p>x</p>{{# {value} #}}",
        f'<p>{{{{ "{value}" }}}}</p>',
        f'<p>x</p>{{% set x = "{value}" %}}',
    ):
        faults = template(tmp_path, content)
        assert [(fault.code, fault.place.file, fault.place.line) for fault in faults] == [
            ("M206", "t/leaflet.xml", 3)
        ]
        assert secret not in said(faults)


@pytest.mark.parametrize(
    "content",
    [
        "<p>mot de passe : <strong>Azerty123</strong></p>",
        "<p><strong>Mot de passe</strong> :\nAzerty123</p>",
        "<p>NUMEN 12E34<strong>56789ABC</strong></p>",
        "<p>12E3&#52;56789ABC</p>",
        '<p><a href="https://vote.gouv.fr/?token=abc">ici</a></p>',
        '<p>{{ "https://vote.gouv.fr/?jeton=" ~ name }}{{ "?token=abc" }}</p>',
        "<p>{{ name\n ~ '12E3456789ABC' }}</p>",
        "<p>Mot de passe : {{ school.uai }}</p>",
        "<p>Mon <strong>mot de passe</strong> = <strong>{{ person.last_name }}</strong></p>",
        '<memo cut="x"><p>Mot de passe : ................ Azerty12</p></memo>',
        '<memo><blank label="Mot de passe {{ school.uai }}"/></memo>',
        '<memo><blank label="Adresse" short="{{- person.last_name }}"/></memo>',
        '<memo cut="{{ school.name }}"><blank label="Adresse"/></memo>',
    ],
)
def test_secrets_spread_over_markup_are_refused(tmp_path: Path, content: str) -> None:
    """Tags, entities and line ends hide nothing."""
    assert codes(template(tmp_path, content)) == ["M206"]


def test_secrets_in_included_files_are_refused(tmp_path: Path) -> None:
    """Every file of a template is read, also the shared ones."""
    (tmp_path / "templates" / "_shared").mkdir(parents=True)
    (tmp_path / "templates" / "_shared" / "foot.xml").write_text("<p>\n12E3456789ABC</p>", "utf-8")
    (fault,) = template(tmp_path, "<p>x</p>")
    assert (fault.code, fault.place.file, fault.place.line) == ("M206", "_shared/foot.xml", 2)


ASKED = ["Code de vote", "Mon CODE  DE VOTE :", "NUMEN", "N.U.M.E.N.", "Réponse à la question défi", "PIN",
         "Code PIN", "Question défi", "Code secret", "Identifiant de vote", "votingCode", "n° de sécurité sociale",
         "Jeton", "Mot de passe + code de vote"]  # fmt: skip
NOT_ASKED = ["Mot de passe", "Mot de passe élections", "Adresse pro", "Identifiant", "Code postal", "Numéro",
             "Le Pin", "Code de l’école", "Identifiant de messagerie"]  # fmt: skip


@pytest.mark.parametrize("label", ASKED)
def test_lines_that_ask_for_secrets_are_refused(tmp_path: Path, label: str) -> None:
    """A card filled in with its code holds all it takes to vote: in a template, from data, in the campaign."""
    memo = f'<memo cut="x"><blank label="{label}"/></memo>'
    assert codes(template(tmp_path, memo)) == ["M207"]
    assert codes(template(tmp_path, '<memo cut="x">\n<blank label="{{ label }}"/></memo>')) == ["M207"]
    assert codes(campaign(tmp_path, f'{HEAD}{BODY}[memo]\nlines = ["{label}"]\n')) == ["C150"]


@pytest.mark.parametrize("label", NOT_ASKED)
def test_other_lines_pass(tmp_path: Path, label: str) -> None:
    """The password has had a line since 2018."""
    assert codes(template(tmp_path, f'<memo cut="x"><blank label="{label}"/></memo>')) == []
    assert codes(campaign(tmp_path, f'{HEAD}{BODY}[memo]\nlines = ["{label}"]\n')) == []


# --- the functions --------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *(
            *("Lycée", "école", "de", "la", "rue", "Jean", "Moulin", "élections", "notice", "Tours", "37000", "le"),
            *("3", "mai"),
        )
    ]
)
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)
LETTERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3)
DIGITS: Callable[[int], st.SearchStrategy[str]] = lambda n: st.text("0123456789", min_size=n, max_size=n)  # noqa: E731
NUMENS = st.builds(
    lambda s, a, b, c, d, e: s.join((a, b, c, d, e)),
    st.sampled_from(["", " ", "-", "."]), DIGITS(2), st.sampled_from("EGS"), DIGITS(2), DIGITS(5), LETTERS,
)  # fmt: skip
NIRS = st.builds(
    lambda s, sex, year, month, place, order: s.join((sex, year, f"{month:02}", f"{place:02}", order, "001")),
    st.sampled_from(["", " "]), st.sampled_from("12"), DIGITS(2), st.integers(1, 12), st.integers(1, 95), DIGITS(3),
)  # fmt: skip
NAMES = st.sampled_from(["mot de passe", "MDP", "password", "Code de vote", "code PIN", "NUMEN", "jeton"])
CODES = st.from_regex(r"[A-Z][a-z]{2,5}[0-9]{2,5}", fullmatch=True)
LABELLED = st.builds(
    lambda name, sign, code: f"{name}{sign}{code}", NAMES, st.sampled_from([" : ", ": ", "="]), CODES
)
ONE_TIME = st.builds(
    lambda name, value: f"https://vote.gouv.fr/?{name}={value}", st.sampled_from(["token", "jeton"]), CODES
)


@given(before=TEXTS, secret=st.one_of(NUMENS, NIRS, LABELLED, ONE_TIME), after=TEXTS)
def test_a_secret_is_found_in_any_text(before: str, secret: str, after: str) -> None:
    """Whatever ordinary words stand around it; and a message about it is empty of it."""
    text = f"{before} {secret} {after}"
    assert find_secret(text) is not None
    assert find_cell_secret(text) is not None
    assert secret not in "".join(
        hide_secrets(Fault("C160", Place(field=text, source=text), {"value": text, "proposal": ""})).lines("en")
    )


PARTS = st.sampled_from(
    [
        *("impasse", "impas", "se", "code", "mdp", "clé", "pin", "Épinal", "passe", ":", "=", "%3D", "de"),
        *("vote", "|"),
        *("12", "2A", "1 85 05", "E", "12E34", "56789", "ABC", "078 006", "123", "Xk7!pq2wRt9z", "Saint-Aubin", "’"),
        *("a1b2c3d4e5f6", "ABC-123-DEF-456", "0370001A", "７", "٣", "²", "\u00a0", "\u200b", "œ", "ﬁ", "\t"),
    ]
)
SOUP = st.lists(st.tuples(PARTS, st.sampled_from(["", " ", "-", "."])), max_size=9).map(
    lambda parts: "".join(part + sign for part, sign in parts)
)


@given(st.one_of(SOUP, NUMENS, NIRS, LABELLED, ONE_TIME, st.text()))
def test_the_quick_look_overlooks_nothing(text: str) -> None:
    """What passes it has no secret for those who look closely; most of a list does pass."""
    quick = find_cell_secret(text), find_secret(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(confidential, "_is_innocent", lambda _: False)
        assert (find_cell_secret(text), find_secret(text)) == quick


@pytest.mark.parametrize("row", ["0370001A | École Bel-Air | 12 impasse des Lilas | 37520 | Épieds | 31", "", "²"])
def test_ordinary_rows_pass_the_quick_look(row: str) -> None:
    """Or it would be of no use."""
    assert confidential._is_innocent(row)


def test_what_is_hidden_and_named() -> None:
    """Place and severity stay as they were; the message says in plain words what a line asks for."""
    fault = Fault("K001", Place(file="a.pdf", page=2), {"problem": "x"}, "note")
    assert hide_secrets(fault) == fault
    assert find_asked_secret("Mon CODE DE VOTE :") == "code de vote"
    assert find_asked_secret("Réponse à la question défi") == "question defi"


@given(TEXTS)
def test_ordinary_words_are_no_secret(text: str) -> None:
    """Nothing is found where nothing is."""
    assert find_cell_secret(text) is None


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text())
def test_any_text_can_be_judged(text: str) -> None:
    """No text is too odd: every function has an answer, and prose is never stricter than a cell."""
    is_secret_name(text), find_asked_secret(text), is_secret_file(text), is_secret_parameter(text)
    assert find_secret(text) is None or find_cell_secret(text) is not None


@pytest.mark.parametrize(
    "text", ["mot de passe " * 20_000, "12E34" * 20_000, "a1" * 50_000, "1 " * 50_000, "code:" * 9_999]
)
def test_long_texts_are_judged_in_linear_time(text: str) -> None:
    """A cell of a hundred thousand characters does not stop the program."""
    find_cell_secret(text)


def test_what_is_a_secret_in_an_address() -> None:
    """Session numbers and keys by their names, a name and password before a host; a page name of words is none."""
    assert all(map(is_secret_parameter, ("token", "access_token", "PHPSESSID", "jeton", "code", "Numen")))
    assert not any(map(is_secret_parameter, ("id", "page", "q", "codepostal", "keyword")))
    assert find_secret("https://user:Pivoine44@vote.gouv.fr/") == "link"
    assert find_cell_secret("voir https://vote.gouv.fr/ ou ce.0370001a@ac-tours.fr") is None
    assert not is_random("creationCompteEtape2ElectionsPro")
    assert is_random("eyJhbGciOiJIUzI1NiJ9abc")
