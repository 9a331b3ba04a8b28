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
from tests.support import make_template, parse_all, tables_of

NUMEN = "12E3456789ABC"  # invented, like every secret here
NIR = "2 85 05 37 261 001 42"
TEXTS = tables_of(__file__)
SECRETS = [(value, secret, kind) for kind, pairs in TEXTS["kinds"].items() for value, secret in pairs]
CELL_CODES = {"numen": "T317", "link": "T318", "social-security": "T319", "labelled": "T320", "random": "T320"}
FIELD_CODES = {"numen": "C146", "social-security": "C148", "labelled": "C147", "random": "C147"}
PAGE = '<leaflet title="T">\n<page>\n{}\n</page>\n</leaflet>'


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
    return campaign(folder, HEAD + BODY + f"[notice]\nhow = '''{value}'''\n")


def template(folder: Path, content: str) -> list[Fault]:
    """The faults of a template with this on its third line."""
    try:
        parse_all(make_template(folder, leaflet=PAGE.format(content)).render({"label": "Code de vote", "name": "x"}))
    except LeafletError as error:
        return error.faults
    return []


def said(faults: list[Fault]) -> str:
    return "\n".join(line for fault in faults for lang in LANGUAGES for line in fault.lines(lang))


def codes(faults: list[Fault]) -> list[str]:
    return [fault.code for fault in faults]


@pytest.mark.parametrize("column", TEXTS["secret_columns"])
def test_secret_columns_are_refused(tmp_path: Path, column: str) -> None:
    assert codes(school_list(tmp_path, column, "")) == ["T206"]
    assert codes(staff_list(tmp_path, column, "")) == ["T206"]


@pytest.mark.parametrize("column", TEXTS["plain_columns"])
def test_columns_that_resemble_secrets_pass(tmp_path: Path, column: str) -> None:
    """Only whole words count, and villages are no numbers."""
    for faults in (school_list(tmp_path, column, "x"), staff_list(tmp_path, column, "x")):
        assert [fault for fault in faults if fault.severity == "error"] == []


@pytest.mark.parametrize(("value", "secret", "kind"), SECRETS)
def test_secrets_in_cells_are_refused_and_not_repeated(tmp_path: Path, value: str, secret: str, kind: str) -> None:
    """In both lists, in a column that is used and in one that is not, and as the name of a column."""
    cells = [(school_list, "adresse"), (school_list, "remarque"), (staff_list, "login"), (staff_list, "remarque")]
    for faults in (
        *(list_with(tmp_path, column, value) for list_with, column in cells),
        *(list_with(tmp_path, value, "") for list_with in (school_list, staff_list)),
    ):
        assert codes(faults) == [CELL_CODES[kind]] and secret not in said(faults)


@pytest.mark.parametrize("value", [*TEXTS["links"], *TEXTS["passwords"]])
def test_links_and_passwords_in_cells_are_refused(tmp_path: Path, value: str) -> None:
    code = "T318" if "=" in value or "%3D" in value else "T320"
    for faults in (school_list(tmp_path, "adresse", value), staff_list(tmp_path, "remarque", f"voir {value} svp")):
        assert codes(faults) == [code] and value not in said(faults)


@pytest.mark.parametrize("value", TEXTS["plain"])
def test_values_that_resemble_secrets_pass(tmp_path: Path, value: str) -> None:
    for faults in (
        school_list(tmp_path, "adresse", value),
        staff_list(tmp_path, "remarque", value),
        field(tmp_path, value),
        template(tmp_path, f"<p>{value}</p>"),
    ):
        assert codes(faults) == []


@pytest.mark.parametrize("lines", [
    ["Mot de passe : Azerty123", "uai;nom;commune", "0370001A;Lycée;Tours"],
    ["# mdp = Azerty123", "uai;nom;commune", "0370001A;Lycée;Tours"],
    ["uai;nom;commune", "0370001A;Lycée;Tours", "TOTAL;mdp : Azerty123;1"]
], ids=["above the header", "a comment", "a total"])  # fmt: skip
def test_secrets_in_what_is_left_out_are_refused(tmp_path: Path, lines: list[str]) -> None:
    """Rows that nothing is made from are copied and mailed with the list all the same."""
    path, report = tmp_path / "e.csv", Report()
    path.write_text("\n".join([*lines, ""]), "utf-8")
    assert load_schools(path, report=report) is not None
    assert "T320" in codes(list(report)) and "Azerty123" not in said(list(report))


@pytest.mark.parametrize(("address_1", "address_2", "expected"), [
    ("Mot de passe", "Pivoine44", ["T320"]), ("Mon code de vote :", "48271133", ["T320"]),
    ("12 rue du Mot-de-Passe", "37000", []), ("Mot de passe", "voir la notice", [])
])  # fmt: skip
def test_a_label_in_one_cell_and_its_value_in_the_next(
    tmp_path: Path, address_1: str, address_2: str, expected: list[str]
) -> None:
    """A form that was pasted into a list has the name of a secret in one cell and the secret in another."""
    rows = ["uai", "nom", "adresse_1", "adresse_2", "commune"], ["0370001A", "Lycée", address_1, address_2, "Tours"]
    faults = _list(tmp_path, "ecoles.csv", *rows)
    assert codes(faults) == expected and address_2 not in said(faults)


@pytest.mark.parametrize("name", ["84729913", "kX9!pLm", "M@rtin", "Labert (Pivoine44)", "Labert2"])
def test_names_with_the_signs_of_passwords_are_doubted(tmp_path: Path, name: str) -> None:
    """Digits in a name are told: they come from a list that is shifted by a column."""
    for header, row in (
        (["prenom", "nom", "uai"], ["Julie", name, "0370001A"]),
        (["nom prénom", "uai"], [f"Julie {name}", "0370001A"]),
    ):
        path, report = tmp_path / "p.csv", Report()
        path.write_text(f"{';'.join(header)}\n{';'.join(row)}\n", "utf-8")
        load_staff(path, schools={"0370001A"}, report=report)
        assert "T420" in codes(list(report)) and name not in said(list(report))


def test_every_secret_of_a_row_is_reported(tmp_path: Path) -> None:
    faults = _list(tmp_path, "e.csv", ["uai", "nom", "commune", "a", "b"], ["0370001A", "L", "A", NUMEN, NIR])
    assert [(fault.code, fault.place.field) for fault in faults] == [("T317", "a"), ("T319", "b")]


@pytest.mark.parametrize(("value", "secret", "kind"), SECRETS)
def test_secrets_in_campaigns_are_refused_and_not_repeated(
    tmp_path: Path, value: str, secret: str, kind: str
) -> None:
    """In a text, also after an address; in the name of a setting; where another kind of value is expected."""
    if "\u200b" in value:
        return  # has a fault of its own: nothing invisible is printed
    for faults in (field(tmp_path, value), field(tmp_path, f"https://www.education.gouv.fr/ {value}")):
        assert codes(faults) == [FIELD_CODES[kind]] and secret not in said(faults)
    wrong = HEAD + BODY + f'[mail]\ndelay_minutes = "{value}"\n[vote]\nopens_on = "{value}"\n"{value}" = 1\n'
    faults = campaign(tmp_path, wrong)
    assert {"C106", "C110", "C149", FIELD_CODES[kind]} <= set(codes(faults))
    assert secret not in said(faults)


@pytest.mark.parametrize("value", ["vote.gouv.fr/?token=abc", "token = abc", "x ?jeton=1"])
def test_links_in_campaigns_are_refused(tmp_path: Path, value: str) -> None:
    """Those without https are no addresses for the link rules, but links all the same."""
    assert codes(field(tmp_path, value)) == ["C147"]
    assert codes(field(tmp_path, "https://vote.gouv.fr/?token=abc")) == ["L114"]


@pytest.mark.parametrize("column", [name for name in TEXTS["secret_columns"] if name.isascii() and " " not in name])
def test_settings_for_secrets_are_refused(tmp_path: Path, column: str) -> None:
    """Any setting that would hold a secret, in any table."""
    assert codes(campaign(tmp_path, f'{HEAD}{BODY}"{column}" = "x"\n')) == ["C149"]
    assert codes(campaign(tmp_path, f'{HEAD}{BODY}[account]\n"{column}2" = "x"\n')) == ["C149"]


def test_the_names_of_the_election_are_settings(tmp_path: Path) -> None:
    more = (
        '[account]\npassword = "mot de passe élections"\npassword_rule = "12 caractères"\nchallenge = "question défi"'
    )
    more += '\n[notice]\ncode_name = "code de vote"\n[memo]\nlines = ["Mot de passe élections"]\n'
    assert codes(campaign(tmp_path, HEAD + BODY + more)) == []


STEP = '[[steps]]\ntitle = "{}"\ntext = "{}"\n'
SPREAD = {
    "comment": "# mot de passe : Azerty123\n",
    "comment behind a value": '[notice]\nhow = "par courrier"  # mdp Azerty123\n',
    "title and text of a step": STEP.format("Mot de passe :", "Azerty123"),
    "button": STEP.format("Je tape", "x") + 'message = "mdp"\nbutton = "Azerty123"\n',
    "the next step": STEP.format("Un", "Mon mot de passe :") + STEP.format("Azerty123", "x"),
    "memo": '[memo]\nlines = ["Mot de passe", "Azerty123"]\n',
    "account": '[account]\npassword = "Azerty123"\n',
}


@pytest.mark.parametrize("place", SPREAD)
def test_secrets_that_no_value_holds_alone_are_refused(tmp_path: Path, place: str) -> None:
    """A comment is copied with the campaign, and a step prints its text under its title."""
    faults = campaign(tmp_path, HEAD + BODY + SPREAD[place])
    assert codes(faults) == ["C147"] and "Azerty123" not in said(faults)


def test_a_number_that_two_steps_hold_together_is_refused(tmp_path: Path) -> None:
    """A page prints one step under the other."""
    steps = STEP.format("Je note", "01E02") + STEP.format("00012ABC", "et la suite")
    assert codes(campaign(tmp_path, HEAD + BODY + steps)) == ["C146"]


def test_a_name_that_is_a_secret_is_not_repeated(tmp_path: Path) -> None:
    faults = campaign(tmp_path, HEAD + BODY + '[stock."mdp-Soleil37"]\n')
    assert "C149" in codes(faults) and "Soleil37" not in said(faults)


@pytest.mark.parametrize("line", ["mdp = Azerty123", "x = Azerty mot de passe : Azerty123", "note = 12E3456789ABC"])
def test_a_line_that_cannot_be_read_is_not_shown_with_its_secret(tmp_path: Path, line: str) -> None:
    """A password without quotes is no TOML, and the message must not print it."""
    faults = campaign(tmp_path, f"{HEAD}{line}\n{BODY}")
    assert codes(faults) == ["C103"] and faults[0].place.line == 2
    assert not re.search("Azerty123|12E3456789ABC", said(faults))


@pytest.mark.parametrize("name", TEXTS["secret_files"])
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


@pytest.mark.parametrize("name", TEXTS["plain_files"])
def test_files_with_other_names_pass(tmp_path: Path, name: str) -> None:
    """Villages called Le Pin, and files called by a program."""
    assert codes(school_list(tmp_path, "etat", "", name)) == []
    assert codes(staff_list(tmp_path, "corps", "", name)) == []
    (tmp_path / name).write_text("", "utf-8")
    assert codes(campaign(tmp_path, HEAD + BODY.replace("ecoles.csv", name))) == []
    assert codes(campaign(tmp_path, HEAD + BODY, name.replace(".csv", ".toml"))) == []


@pytest.mark.parametrize("line", [
    'name = "mots-de-passe"', 'name = "codes-de-vote"', 'file_name = "mdp-{uai}"', 'file_name = "{uai}_code_de_vote"'
])  # fmt: skip
def test_documents_called_after_secrets_are_refused(tmp_path: Path, line: str) -> None:
    """Nobody should look for a password in a leaflet."""
    assert codes(campaign(tmp_path, f"{HEAD}{BODY}{line}\n")) == ["C152"]


@pytest.mark.parametrize("line", ['name = "le-pin"', 'file_name = "vote-{uai}"', 'name = "secretariats"'])
def test_documents_with_other_names_pass(tmp_path: Path, line: str) -> None:
    assert codes(campaign(tmp_path, f"{HEAD}{BODY}{line}\n")) == []


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
        (fault,) = faults
        assert (fault.code, fault.place.file, fault.place.line) == ("M206", "t/leaflet.xml", 3)
        assert secret not in said(faults)


@pytest.mark.parametrize("content", TEXTS["spread"])
def test_secrets_spread_over_markup_are_refused(tmp_path: Path, content: str) -> None:
    assert codes(template(tmp_path, content)) == ["M206"]


def test_secrets_in_included_files_are_refused(tmp_path: Path) -> None:
    """Every file of a template is read, also the shared ones."""
    (tmp_path / "templates" / "_shared").mkdir(parents=True)
    (tmp_path / "templates" / "_shared" / "foot.xml").write_text("<p>\n12E3456789ABC</p>", "utf-8")
    (fault,) = template(tmp_path, "<p>x</p>")
    assert (fault.code, fault.place.file, fault.place.line) == ("M206", "_shared/foot.xml", 2)


@pytest.mark.parametrize("label", TEXTS["asked"])
def test_lines_that_ask_for_secrets_are_refused(tmp_path: Path, label: str) -> None:
    """A card filled in with its code holds all it takes to vote: in a template, from data, in the campaign."""
    memo = f'<memo cut="x"><blank label="{label}"/></memo>'
    assert codes(template(tmp_path, memo)) == ["M207"]
    assert codes(template(tmp_path, '<memo cut="x">\n<blank label="{{ label }}"/></memo>')) == ["M207"]
    assert codes(campaign(tmp_path, f'{HEAD}{BODY}[memo]\nlines = ["{label}"]\n')) == ["C150"]


@pytest.mark.parametrize("label", TEXTS["not_asked"])
def test_other_lines_pass(tmp_path: Path, label: str) -> None:
    """The password has had a line since 2018."""
    assert codes(template(tmp_path, f'<memo cut="x"><blank label="{label}"/></memo>')) == []
    assert codes(campaign(tmp_path, f'{HEAD}{BODY}[memo]\nlines = ["{label}"]\n')) == []


WORDS = st.sampled_from(["Lycée", "école", "de", "la", "rue", "Jean", "Moulin", "élections", "notice", "Tours",
                         "37000", "le", "3", "mai"])  # fmt: skip
PROSE = st.lists(WORDS, max_size=8).map(" ".join)
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


@given(before=PROSE, secret=st.one_of(NUMENS, NIRS, LABELLED, ONE_TIME), after=PROSE)
def test_a_secret_is_found_in_any_text(before: str, secret: str, after: str) -> None:
    """Whatever ordinary words stand around it; and a message about it is empty of it."""
    text = f"{before} {secret} {after}"
    assert find_secret(text) is not None and find_cell_secret(text) is not None
    fault = Fault("C160", Place(field=text, source=text), {"value": text, "proposal": ""})
    assert secret not in "".join(hide_secrets(fault).lines("en"))


PARTS = st.sampled_from([
    "impasse", "impas", "se", "code", "mdp", "clé", "pin", "Épinal", "passe", ":", "=", "%3D", "de", "vote", "|",
    "12", "2A", "1 85 05", "E", "12E34", "56789", "ABC", "078 006", "123", "Xk7!pq2wRt9z", "Saint-Aubin", "’",
    "a1b2c3d4e5f6", "ABC-123-DEF-456", "0370001A", "７", "٣", "²", "\u00a0", "\u200b", "œ", "ﬁ", "\t",
])  # fmt: skip
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


@given(PROSE)
def test_ordinary_words_are_no_secret(text: str) -> None:
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
