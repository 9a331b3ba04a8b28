"""Mistakes that people make, each with the fault it must get: code, place, reason and way out in both languages.

With MISTAKES=FILE in the environment all messages are written to that file, for somebody who grades them.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ended
from tests.cli.test_command import campaign

CAMPAIGN = """election = "2018"
version = "1"
issued_on = 2018-11-05

[publisher]
name = "Section d’essai"
address = "1 rue de l’Exemple, 37000 Tours"

[data]
schools = "ecoles.csv"

[links]
portal = "https://elections2018.education.gouv.fr/"

[[document]]
template = "leaflet-a4"
"""
ROWS = "uai;nom;adresse;code_postal;commune\n0370035M;Lycée Descartes;10 rue des Minimes;37000;Tours\n"
Case = tuple[str, Callable[[Path], tuple[str, ...]], str]


def said(text: str, rows: str, *words: str) -> Callable[[Path], tuple[str, ...]]:
    """Return what writes a campaign with its list, then the words of the command line."""

    def cause(folder: Path) -> tuple[str, ...]:
        campaign(folder, text, rows)
        return words or ("check", "campaign.toml")

    return cause


def swap(name: str, old: str, new: str, code: str) -> Case:
    """A mistake in the campaign file."""
    assert old in CAMPAIGN
    return name, said(CAMPAIGN.replace(old, new, 1), ROWS), code


def add(name: str, lines: str, code: str) -> Case:
    """A mistake at the end of the campaign file, in its document or in a table of its own."""
    return name, said(f"{CAMPAIGN}{lines}\n", ROWS), code


def top(name: str, lines: str, code: str) -> Case:
    """A mistake before the first table of the campaign file."""
    return name, said(f"{lines}\n{CAMPAIGN}", ROWS), code


def rows(name: str, text: str, code: str) -> Case:
    """A mistake in the list of schools."""
    return name, said(CAMPAIGN, text), code


def typed(name: str, code: str, *words: str) -> Case:
    """A mistake on the command line."""
    return name, said(CAMPAIGN, ROWS, *words), code


def file(name: str, file_name: str, data: bytes, code: str, *words: str) -> Case:
    """A mistake with a file beside the campaign, or in its place."""

    def cause(folder: Path) -> tuple[str, ...]:
        campaign(folder, CAMPAIGN, ROWS)
        (folder / file_name).write_bytes(data)
        return words or ("check", "campaign.toml")

    return name, cause, code


def logo(name: str, named: str, there: str) -> Case:
    """A mistake in the name of the logo beside the campaign."""

    def cause(folder: Path) -> tuple[str, ...]:
        (folder / there).touch()
        campaign(folder, CAMPAIGN.replace("[data]", f'logo = "{named}"\n[data]'), ROWS)
        return "check", "campaign.toml"

    return name, cause, "C135"


def renamed(folder: Path) -> tuple[str, ...]:
    """Save the campaign as campaign.toml.txt."""
    path = campaign(folder, CAMPAIGN, ROWS)
    path.rename(path.with_name("campaign.toml.txt"))
    return "build", "campaign.toml"


def empty_folder(folder: Path) -> tuple[str, ...]:
    """Name a folder without a campaign."""
    (folder / "vide").mkdir()
    return "build", "vide"


HEAD, ROW = ROWS.splitlines()
CASES: tuple[Case, ...] = (
    # The campaign as TOML
    swap("curly quotes", '"1"', "“1”", "C174"),
    swap("French quotes", '"Section d’essai"', "« Section d’essai »", "C174"),
    swap("single curly quotes", '"1"', "‘1’", "C174"),
    swap("a French date", "2018-11-05", "05/11/2018", "C175"),
    swap("a date with hyphens, day first", "2018-11-05", "05-11-2018", "C175"),
    swap("a date in words", "2018-11-05", "5 novembre 2018", "C175"),
    swap("a date with long dashes", "2018-11-05", "2018–11–05", "C175"),
    swap("a date between quotes, day first", "2018-11-05", '"05/11/2018"', "C110"),
    swap("a day that does not exist", "2018-11-05", '"2018-02-31"', "C110"),
    swap("a day that does not exist, without quotes", "2018-11-05", "2018-02-31", "C117"),
    swap("a path of Windows", '"ecoles.csv"', '"C:\\Users\\moi\\ecoles.csv"', "C176"),
    swap("a key twice", 'version = "1"', 'version = "1"\nversion = "2"', "C177"),
    add("a table twice", '[data]\nkey = "uai"', "C200"),
    swap("closing quote forgotten", '"Section d’essai"', '"Section d’essai', "C103"),
    swap("opening quote forgotten", '"Section d’essai"', 'Section d’essai"', "C103"),
    swap("equals sign forgotten", "version =", "version", "C103"),
    swap("a colon instead", "version =", "version:", "C103"),
    add("True", 'suggest = True\nper = "person"', "C103"),
    add("Oui", 'suggest = Oui\nper = "person"', "C103"),
    top("comma forgotten", 'steps = ["open-portal" "vote"]', "C103"),
    swap("a name without quotes", '"Section d’essai"', "Section d’essai", "C103"),
    swap("an address without quotes", '"https://elections2018.education.gouv.fr/"', "https://vote.fr", "C103"),
    add("hours without quotes", "[vote]\nopens_at = 9h30", "C103"),
    add("hours with a colon", "[vote]\nopens_at = 9:30", "C103"),
    swap("a no-break space", "version =", "version\u00a0=", "C103"),
    swap("a bullet", "version", "• version", "C103"),
    swap("bracket forgotten", "[data]", "[data", "C103"),
    swap("a comma at the end", 'version = "1"', 'version = "1",', "C103"),
    add("an accent in a name", "[académies.tours]", "C103"),
    add("an accent in the name of an académie", "[academies.Orléans-Tours]", "C103"),
    swap("quotes in quotes", "Section d’essai", 'Section "Essai"', "C103"),
    swap("nothing after the sign", '"1"', "", "C103"),
    top("a remark without #", "Notre campagne de 2018", "C103"),
    swap("a text over two lines", "1 rue de l’Exemple, 37000", "1 rue de l’Exemple\n37000", "C103"),
    swap("[document] with one bracket", "[[document]]", "[document]", "C106"),
    swap("an unknown key", "address =", "adress =", "C105"),
    swap("an unknown setting", "version =", "verzion =", "C105"),
    swap("an unknown table", "[publisher]", "[editeur]", "C105"),
    swap("a table in French", "[data]", "[données]", "C103"),
    swap("a key in French", "address =", "adresse =", "C105"),
    swap("the list of schools in French", "schools =", "ecoles =", "C105"),
    add("an unknown part of a part", '[publisher.mesage]\ntext = "Votez"', "C105"),
    add("two documents with one bracket", "[document]", "C218"),
    swap("an unknown election", '"2018"', '"2017"', "C108"),
    swap("no election", 'election = "2018"\n', "", "C107"),
    swap("no publisher", CAMPAIGN[CAMPAIGN.index("[pub") : CAMPAIGN.index("[data]")], "", "C107"),
    swap("a word that is none of two", "[data]", 'kind = "syndicat"\n[data]', "C106"),
    swap("a number for a text", '"1"', "1", "C106"),
    # The file
    file("UTF-16", "campaign.toml", CAMPAIGN.encode("utf-16"), "C178"),
    file("cp1252", "campaign.toml", CAMPAIGN.encode("cp1252"), "C102"),
    file("RTF", "campaign.toml", rb"{\rtf1\ansi election}", "C217"),
    file("DOCX", "campaign.toml", b"PK\x03\x04" + bytes(26) + b"word/document.xml", "C217"),
    file("a web page", "campaign.toml", b"<!DOCTYPE html><html></html>", "C222"),
    ("campaign.toml.txt", renamed, "U029"),
    ("a folder without a campaign", empty_folder, "U031"),
    # Names
    add("an académie by half of its name", "[academies.tours]", "C160"),
    add("an académie with a slip", "[academies.orlean-tours]", "C160"),
    add("a département by its name", "[departements.Indre-et-Loire]", "C162"),
    add("a postcode for a département", "[departements.37000]", "C162"),
    swap("a template with a slip", '"leaflet-a4"', '"leaflet-4"', "M001"),
    swap("a sheet of print runs as template", '"leaflet-a4"', '"bundle"', "M001"),
    add("a theme in French", 'theme = "rouge"', "M301"),
    add("a sheet with a slip", '[[document]]\ntemplate = "memo-card"\nsheet = "a4-01"', "P111"),
    add("one document twice", '[[document]]\ntemplate = "leaflet-a4"', "C124"),
    swap("no document", '[[document]]\ntemplate = "leaflet-a4"\n', "", "C120"),
    add("for persons without a list", 'per = "person"', "C121"),
    add("per what does not exist", 'per = "ville"', "C122"),
    # Addresses and secrets
    swap("a slip in the portal", "education.gouv", "educaton.gouv", "L118"),
    swap("http", "https://elections", "http://elections", "L103"),
    swap("a portal elsewhere", "https://elections2018.education.gouv.fr/", "https://example.com/", "L110"),
    add("a password", 'password = "Azerty123!"', "C149"),
    # Lists named by the campaign
    swap("a list that is not there", '"ecoles.csv"', '"liste.csv"', "C130"),
    swap("a list with a slip", '"ecoles.csv"', '"ecole.csv"', "C130"),
    swap("a list without its ending", '"ecoles.csv"', '"ecoles"', "C130"),
    swap("a folder for a list", '"ecoles.csv"', '"."', "C131"),
    swap("a logo that is not there", 'name = "Section d’essai"', 'name = "S"\nlogo = "logo.png"', "C135"),
    logo("a logo of another name", "logo.png", "Logo-2026.PNG"),
    logo("a logo with another ending", "logo.png", "logo.svg"),
    # The list of schools
    rows("a column missing", "uai;nom\n0370035M;Lycée\n", "T203"),
    rows("a UAI with a wrong letter", f"{HEAD}\n{ROW.replace('35M', '35X')}\n", "T304"),
    rows("a school twice", f"{ROWS}{ROW.replace('Descartes', 'Balzac')}\n", "T305"),
    rows("a postcode without its nought", f"{HEAD}\n0010002X;École;1 rue;1000;Bourg\n", "T313"),
    rows("a list with no rows", f"{HEAD}\n", "T116"),
    file("an empty list", "ecoles.csv", b"", "T104"),
    file("a list that is a PDF", "ecoles.csv", b"%PDF-1.7\n", "T106"),
    # The command line
    typed("nothing there", "U001", "build", "rien.toml"),
    typed("the campaign with a slip", "U001", "build", "campagne.toml"),
    typed("the list for the campaign", "U030", "build", "ecoles.csv"),
    file("a PDF for the campaign", "a.pdf", b"%PDF-1.7", "U032", "build", "a.pdf"),
    file("an archive for the campaign", "a.zip", b"PK\x03\x04", "U032", "build", "a.zip"),
    file("a picture for the campaign", "a.png", b"\x89PNG", "U032", "build", "a.png"),
    typed("a document that does not exist", "U003", "build", "campaign.toml", "--document", "affiche"),
    typed("a school that is not in the list", "U002", "build", "campaign.toml", "--only", "0370036N"),
    typed("a filter without a sign", "U010", "build", "campaign.toml", "--where", "Tours"),
    typed("a filter on no column", "U011", "build", "campaign.toml", "--where", "couleur=bleu"),
    typed("rows backwards", "U012", "build", "campaign.toml", "--rows", "20-10"),
    typed("rows that are not there", "U014", "build", "campaign.toml", "--rows", "99"),
    typed("a shard of nothing", "U025", "build", "campaign.toml", "--shard", "3/2"),
    typed("an ending of faults", "U020", "check", "campaign.toml", "--faults", "f.txt"),
    typed("a rule that does not exist", "U043", "check", "campaign.toml", "--off", "K9999"),
    typed("no build to report on", "U070", "report", "campaign.toml"),
    typed("no build to purge", "U009", "purge", "rien"),
    typed("one file of a comparison missing", "U060", "diff", "a.pdf", "b.pdf"),
    # click's own
    typed("a command with a slip", "build", "bild"),
    typed("a command in French", "check", "vérifier"),
    typed("an option with a slip", "--out", "build", "campaign.toml", "--otu", "x"),
    typed("an option with a slip in a long name", "--keep-going", "build", "campaign.toml", "--keep-goin"),
)


# What some of them are told, in English and French.
SAYS: dict[str, tuple[str, str]] = {
    "an unknown table": (
        "known: [publisher], [data], [[document]], [academies], [departements], [[allow]], [stock], [press], "
        "[columns], [check], [[compared]], [vote], [links], [account], [mail], [notice], [reissue], [mailbox], "
        "[memo], [words], [areas].",
        "Il n’y a pas de rubrique [editeur] ici ; noms connus : [publisher], [data], [[document]],",
    ),
    "an unknown setting": (
        "known: election, version, issued_on, title, scope, ballots, steps.",
        "Il n’y a pas de réglage « verzion » ici",
    ),
    "an unknown part of a part": (
        "called [publisher.mesage] here; known: [publisher.message].\n     → Did you mean “[publisher.message]”?",
        "Il n’y a pas de rubrique [publisher.mesage] ici",
    ),
    "[document] with one bracket": (
        "needed here: a part between double brackets.\n     → Write instead: [[document]]\n",
        "→ Écrivez à la place : [[document]]\n",
    ),
    "a number for a text": ('→ Write instead: version = "1"\n', '→ Écrivez à la place : version = "1"\n'),
    "a word that is none of two": (
        "“syndicat” is an unknown word; needed here: “union” or “administration”.\n     → Write for example: kind =",
        "« syndicat » est un mot inconnu ; il faut ici « union » ou « administration ».\n     → Écrivez par exemple",
    ),
    "an unknown election": ('for example: election = "2026"\n', 'par exemple : election = "2026"\n'),
    "no election": ("The setting “election” is missing.", "Il manque le réglage « election »."),
    "no publisher": (
        'is missing.\n     → Add at the end of the file [publisher], and below it a line such as: name = "…"\n',
        "Il manque la rubrique [publisher].\n     → Ajoutez à la fin du fichier [publisher], et au-dessous une ligne",
    ),
    "two documents with one bracket": ("Two parts [document], on lines 15", "Deux rubriques [document], aux lignes"),
    "RTF": (
        "→ Open Word or LibreOffice, then this file with File, Open. Copy the lines of settings into Notepad,",
        "→ Ouvrez Word ou LibreOffice, puis ce fichier par Fichier, Ouvrir. Copiez les lignes de réglages dans",
    ),
    "a web page": (
        "Download the campaign file itself again",
        "Téléchargez de nouveau le fichier de campagne lui-même",
    ),
    "campaign.toml.txt": (
        "then remove what stands after campaign.toml.",
        "supprimez ensuite ce qui suit campaign.toml.",
    ),
    "an académie by half of its name": ("in lower case, without accents", "en minuscules, sans accents"),
    "a département by its name": (
        "“Indre-et-Loire” is not the code of a département.\n     → Did you mean “37”?",
        "« Indre-et-Loire » n’est pas le code d’un département.\n     → Vouliez-vous écrire « 37 » ?",
    ),
    "rows that are not there": ("Write for example: --rows 2\n", "Écrivez par exemple : --rows 2\n"),
    "a school twice": (
        "is on lines 2 and 3, with different values of: nom.",
        "avec des valeurs différentes pour : nom.",
    ),
    "no build to purge": ("“rien” was not made by leaflet build", "« rien » n’a pas été fabriqué par leaflet build"),
    "an option with a slip": (
        "Did you mean one of these: --out, --sort?",
        "Vouliez-vous écrire l’une d’elles : --out, --sort ?",
    ),
    "an option with a slip in a long name": (
        "Did you mean “--keep-going”?",
        "Vouliez-vous écrire « --keep-going » ?",
    ),
    "a French date": (
        "Write instead, if 05 is the day and 11 the month: issued_on = 2018-11-05\n",
        "Écrivez à la place, si 05 est le jour et 11 le mois : issued_on = 2018-11-05\n",
    ),
    "a date in words": ("Write instead: issued_on", "Écrivez à la place : issued_on"),
    "a date between quotes, day first": (
        "Write instead, if 05 is the day and 11 the month: issued_on = 2018-11-05\n",
        "Écrivez à la place, si 05 est le jour et 11 le mois : issued_on = 2018-11-05\n",
    ),
    "a day that does not exist": (
        "Correct the day or the month, for example: issued_on = 2018-02-28",
        "Corrigez le jour ou le mois, par exemple : issued_on = 2018-02-28",
    ),
    "a day that does not exist, without quotes": (
        "Correct the day or the month, for example: issued_on = 2018-02-28",
        "Corrigez le jour ou le mois, par exemple : issued_on = 2018-02-28",
    ),
    "a sheet of print runs as template": (
        "There is no template “bundle” for a document. bundle-sheet is made by the command: leaflet print-run.",
        "C’est la commande leaflet print-run qui fait bundle-sheet.",
    ),
    "a school that is not in the list": (
        "; the nearest in the list is 0370035M, Lycée Descartes",
        " ; le plus proche dans la liste est 0370035M, Lycée Descartes",
    ),
    "a list with a slip": ("Did you mean “ecoles.csv”?", "Vouliez-vous écrire « ecoles.csv » ?"),
    "a list without its ending": ("Did you mean “ecoles.csv”?", "Vouliez-vous écrire « ecoles.csv » ?"),
    "a logo that is not there": ("Correct the name with its ending", "Corrigez le nom, extension comprise"),
    "a logo of another name": ("Did you mean “Logo-2026.PNG”?", "Vouliez-vous écrire « Logo-2026.PNG » ?"),
    "a logo with another ending": ("Did you mean “logo.svg”?", "Vouliez-vous écrire « logo.svg » ?"),
    "the campaign with a slip": ("Did you mean “campaign.toml”?", "Vouliez-vous écrire « campaign.toml » ?"),
}


def shown(run: Callable[..., Ended], lang: str, words: tuple[str, ...]) -> str:
    """Return what a command prints in a language."""
    return run("--lang", lang, *words)[2]


@pytest.mark.parametrize(("name", "cause", "code"), CASES, ids=[name for name, *_ in CASES])
def test_a_mistake(
    run: Callable[..., Ended],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    cause: Callable[[Path], tuple[str, ...]],
    code: str,
) -> None:
    """It gets its code with a place, a reason and a way out, in both languages, and nothing else is an error."""
    words = cause(tmp_path)
    monkeypatch.chdir(tmp_path)
    english, french = (shown(run, lang, words) for lang in ("en", "fr"))
    if transcript := os.environ.get("MISTAKES"):
        with Path(transcript).open("a", encoding="utf-8") as out:
            out.write(f"| {name} | {cell(english)} | {cell(french)} |\n")
    assert code in english and code in french and "Traceback" not in english + french
    assert {*re.findall("^([A-Z][0-9]{3}) ", english, re.MULTILINE)} <= {code}
    for text, words in zip((english, french), SAYS.get(name, ("", "")), strict=True):
        assert words in re.sub("[\u00a0\u202f]", " ", text)
    for text in (english, french):
        for fault in re.split("^[A-Z][0-9]{3} .*", text, flags=re.MULTILINE)[1:]:
            message = "".join(re.findall(" {5}.*\n", fault))
            assert len(re.findall("[.?!…](?=\\s)|(?<![.?!…])\n$", message)) <= 3, message
    if code[0].isupper():
        assert "     → " in english and "     → " in french
        assert english.split(code)[1][:200] != french.split(code)[1][:200]


def cell(text: str) -> str:
    """Return lines as a cell of a table in Markdown."""
    return "<br>".join(line.strip().replace("|", "\\|") for line in text.strip().splitlines())


def test_names_are_those_of_one_mistake_each() -> None:
    """There are more than eighty, and none has the name of another."""
    assert len({name for name, *_ in CASES}) == len(CASES) >= 84 and SAYS.keys() <= {name for name, *_ in CASES}
