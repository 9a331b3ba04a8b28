"""Every column has a decision, and every decision its reason; what only resembles is proposed, never taken."""

import re

import pytest
from hypothesis import given as given_values
from hypothesis import strategies as st

from leaflet.faults import LANGUAGES, Report
from leaflet.tables.column_mapping import Explanation, Match, explain_columns
from leaflet.tables.column_names import FIELD_NAMES, SCHOOLS, STAFF, Vocabulary
from leaflet.tables.headers import format_header, match_headers
from leaflet.tables.table import Row, Table
from tests.support import tables_of


def table(*header: str, rows: tuple[tuple[str, ...], ...] = (), vocabulary: Vocabulary = SCHOOLS) -> Table:
    """A list with this header and these rows."""
    lines = (Row(line=number, cells=cells) for number, cells in enumerate(rows, 2))
    known = vocabulary.known if vocabulary.is_private else None
    return Table(name="e.csv", header=header, header_line=1, rows=iter(lines), known=known)


def explained(*header: str, vocabulary: Vocabulary = SCHOOLS, **given: str) -> Explanation:
    return explain_columns(table(*header, vocabulary=vocabulary), vocabulary, given)


def decided(*header: str, vocabulary: Vocabulary = SCHOOLS, **given: str) -> list[tuple[str | None, str]]:
    """Field and certainty of each column."""
    return [(m.field, m.certainty) for m in explained(*header, vocabulary=vocabulary, **given).matches]


def codes(*header: str, vocabulary: Vocabulary = SCHOOLS, **given: str) -> list[str]:
    """The faults of matching."""
    report = Report()
    match_headers(table(*header, vocabulary=vocabulary), vocabulary, report, given)
    return [fault.code for fault in report]


DRESSES = {
    "as it is": lambda name: name, "capitals": lambda name: name.upper(),
    "words": lambda name: name.replace("_", " ").capitalize(),
    "no-break spaces": lambda name: f"\u00a0{name.replace('_', chr(0x202F))} ",
    "a soft hyphen": lambda name: f"{name[:2]}\u00ad{name[2:]}",
    "a zero-width space": lambda name: f"{name[:1]}\u200b{name[1:]}", "a BOM": lambda name: f"\ufeff{name}",
    "an accent": lambda name: re.sub("([aeou])", "\\1\u0301", name, count=1)
}  # fmt: skip


@pytest.mark.parametrize("vocabulary", [SCHOOLS, STAFF])
@pytest.mark.parametrize("dress", DRESSES)
def test_spellings_of_each_field(vocabulary: Vocabulary, dress: str) -> None:
    for field, aliases in vocabulary.aliases.items():
        expected = "exact" if dress == "as it is" else "normalised"
        assert decided(DRESSES[dress](aliases[0]), vocabulary=vocabulary) == [(field, expected)]
        for alias in aliases[1:]:
            assert decided(DRESSES[dress](alias), vocabulary=vocabulary) == [(field, "synonym")]


def test_every_field_has_a_name_in_words() -> None:
    assert set(FIELD_NAMES) == {*SCHOOLS.aliases, *STAFF.aliases}


@pytest.mark.parametrize(("header", "field"), tables_of(__file__)["proposed"])
def test_what_resembles_is_proposed(header: str, field: str) -> None:
    match = explained(header).matches[0]
    assert (match.field, match.certainty) == (field, "proposed")
    assert 0.75 <= match.score < 1 and not match.is_read


@pytest.mark.parametrize("header", tables_of(__file__)["others"])
def test_what_may_be_another_thing_is_not_proposed(header: str) -> None:
    """A name with a word of its own is another column, however many letters are the same."""
    assert decided(header) == [(None, "unknown")]


def test_the_nearest_column_is_proposed_once() -> None:
    assert decided("Communne", "Communes") == [(None, "unknown"), ("town", "proposed")]


def test_a_line_of_a_person_gives_no_proposal() -> None:
    """In a staff list without header nothing is proposed from what may be somebody's name."""
    assert decided("Prénome", "Maël", vocabulary=STAFF) == [(None, "unknown")] * 2
    assert decided("Prénome", "Maël", "uai", vocabulary=STAFF)[:2] == [("first_name", "proposed"), (None, "unknown")]
    assert [match.title for match in explained("Julie", "Labert", vocabulary=STAFF).matches] == ["#1", "#2"]


def test_of_two_columns_of_one_field_the_nearer_is_proposed() -> None:
    header = ("uai", "nom", "Ville", "Commune")
    found = explained(*header)
    assert [(m.field, m.certainty) for m in found.matches[2:]] == [(None, "unused"), ("town", "proposed")]
    assert found.matches[2].other == "Commune" and found.proposed == {"town": "Commune"}
    assert not found.is_usable and codes(*header) == ["T202"]
    assert codes(*header, town="Commune") == [] == codes(*header, town="Ville")
    assert decided(*header, town="Ville")[2:] == [("town", "campaign"), (None, "unused")]


def test_a_name_twice_is_chosen_by_its_spelling() -> None:
    """« Nom » and « nom » can be told apart by the campaign; twice « nom » cannot."""
    assert codes("uai", "nom", "Nom", "commune", name="Nom") == []
    assert decided("uai", "nom", "Nom", "commune", name="Nom")[1:3] == [(None, "unused"), ("name", "campaign")]
    assert codes("uai", "nom", "nom", "commune", name="nom") == ["T201"]
    found = explained("uai", "nom", "nom", "commune")
    assert [match.reason for match in found.matches[1:3]] == ["twice", "twice"] and found.required == ("name",)


def test_the_campaign_goes_before_all() -> None:
    """Also before a column of the very name, which is then not read."""
    header = ("uai", "nom", "Appellation", "commune")
    assert decided(*header, name="appellation")[1:3] == [(None, "unused"), ("name", "campaign")]
    report = Report()
    columns = match_headers(table(*header), SCHOOLS, report, {"name": "Appellation"})
    assert columns is not None and columns.index == {"uai": 0, "name": 2, "town": 3} and not len(report)


@pytest.mark.parametrize("header", ["Mot de passe", "NUMEN", "12E3456789ABC", "Nom élève", "Date de naissance"])
def test_what_is_refused_stays_refused(header: str) -> None:
    found = explained("uai", "nom", "commune", header, copies=header)
    assert found.matches[3].certainty == "refused" and not found.is_usable
    assert "12E3456789ABC" not in str(found.matches)
    assert "T210" not in codes("uai", "nom", "commune", header, copies=header)


def test_private_columns_are_not_mapped() -> None:
    header = ("prenom", "nom", "uai", "Portable")
    assert codes(*header, vocabulary=STAFF, user_name="portable") == ["T213", "T208"]
    assert decided(*header, vocabulary=STAFF)[3] == (None, "unused")


def test_missing_fields() -> None:
    found = explained("uai", "Comune", "adresse")
    assert found.required == ("name",) and found.proposed == {"town": "Comune"}
    assert set(found.optional) == set(SCHOOLS.aliases) - {"uai", "name", "town", "address_1", "full_address"}


def test_samples_are_three_different_cells() -> None:
    rows = (
        *(("0370001A", "Tours", ""), ("0370040T", " Tours ", "mdp : Azerty123")),
        *(("0370035M", "Amboise\u202e", "x" * 99), ("0370036N", "", "b")),
    )
    found = explain_columns(table("uai", "commune", "Remarque", rows=rows), SCHOOLS)
    assert found.matches[0].samples == ("0370001A", "0370035M", "0370036N")
    assert found.matches[1].samples == ("Tours", "Amboise\\u202e")
    assert found.matches[2].samples == ("x" * 23 + "…", "b")


@pytest.mark.parametrize(("header", "vocabulary"), [
    (("uai", "Mot de passe"), SCHOOLS), (("nom", "INE"), SCHOOLS), (("prenom", "nom"), STAFF),
    (("uai", "Login"), SCHOOLS)
])  # fmt: skip
def test_samples_never_shown(header: tuple[str, str], vocabulary: Vocabulary) -> None:
    found = explain_columns(table(*header, rows=(("a", "Zoé"),), vocabulary=vocabulary), vocabulary)
    assert "Zoé" not in str(found.matches)


def test_headers_are_written_without_what_nobody_sees() -> None:
    assert format_header("\ufeffLieu\u00a0de\nla  com\u00admune ") == "Lieu de la commune"
    assert decided("\ufeffLieu\u00a0de\nla  com\u00admune ", town="Lieu de la commune") == [("town", "campaign")]


NAMES = [name for aliases in SCHOOLS.aliases.values() for name in aliases]
HEADERS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        sorted({*NAMES, *STAFF.known, *SCHOOLS.known, "Mot de passe", "Nom", "NOM", "Comune", "Nom écol"})
    ),
)
FIELDS = st.sampled_from([*SCHOOLS.aliases, *STAFF.aliases, "commune"])


@given_values(st.lists(HEADERS, min_size=1, max_size=8), st.dictionaries(FIELDS, HEADERS, max_size=3), st.booleans())
def test_any_decision_is_explained(header: list[str], given: dict[str, str], is_staff: bool) -> None:
    vocabulary = STAFF if is_staff else SCHOOLS
    found = explain_columns(table(*header, vocabulary=vocabulary), vocabulary, given)
    assert [match.column for match in found.matches] == list(range(len(header)))
    for match in found.matches:
        check_sentences(match)
    read = {match.field: match.column for match in found.matches if match.is_read}
    assert len(read) == sum(match.is_read for match in found.matches)
    report = Report()
    columns = match_headers(table(*header, vocabulary=vocabulary), vocabulary, report, given)
    if columns is not None:
        assert columns.index == read and found.is_usable and {f.code for f in report} <= {"T204", "T208"}
    for field, name in found.proposed.items():
        assert "\n" not in name and field not in read


def check_sentences(match: Match) -> None:
    """One sentence, without placeholders, well set in French; no field without its name."""
    for lang in LANGUAGES:
        sentence = match.explain(lang)
        assert sentence.endswith(".") and "{}" not in sentence
        if match.field is not None:
            assert FIELD_NAMES[match.field][lang] in sentence
    template = re.sub("«\u00a0.*?\u00a0»", "", match.explain("fr"))
    assert "'" not in template and not re.search(r" [;:!?»%]|« ", template)
