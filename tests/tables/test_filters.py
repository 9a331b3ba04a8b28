"""Filters choose exactly what they say, in the order asked for; one that nothing passes says what there is."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from leaflet.faults import LANGUAGES, Fault, Place, Report, UsageError
from leaflet.tables import School
from leaflet.tables.filters import choose, may_filter_people, parse_choice
from leaflet.tables.row_selection import FIELDS, Choice, comparable, value_of
from tests.support import faults_of, school, tables_of

PLACE = Place(file="ecoles.csv")
TOWNS = ("Tours", "TOURS", "Orléans", "orleans", "Saint-Pierre-des-Corps", "L’Île", "")
SCHOOLS = st.lists(
    st.builds(
        school,
        st.sampled_from(["Collège Rabelais", "Lycée Balzac", "COLLEGE X", "École"]),
        town=st.sampled_from(TOWNS),
        postcode=st.sampled_from(["37000", "01505", "45000", ""]),
        copies=st.one_of(st.none(), st.integers(0, 12)),
        state=st.sampled_from(["OUVERT", "A FERMER", ""]),
    ),
    min_size=1,
    max_size=12,
).map(lambda schools: [_at(one, line) for line, one in enumerate(schools, 2)])


def _at(one: School, line: int) -> School:
    return replace(one, line=line)


def chosen(schools: list[School], choice: Choice) -> tuple[list[School], list[Fault]]:
    """What is chosen, and what is said."""
    report = Report()
    return choose(schools, choice, PLACE, report), list(report)


def refused(**typed: object) -> list[Fault]:
    """The faults of a choice that cannot be understood."""
    return faults_of(lambda: parse_choice(**typed), UsageError)


# --- what is typed --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "field", "operator", "value"), tables_of(__file__)["conditions"])
def test_conditions(typed: str, field: str, operator: str, value: str) -> None:
    (where,) = parse_choice(where=[typed]).where
    assert (where.field, where.operator, where.value) == (field, operator, value)


@pytest.mark.parametrize(("typed", "lines"), tables_of(__file__)["lines"])
def test_lines(typed: str, lines: list[int]) -> None:
    if not lines:
        assert {fault.code for fault in refused(rows=typed)} == {"U012"}
        return
    found, _ = chosen([_at(school(), line) for line in range(2, 21)], parse_choice(rows=typed))
    assert [one.line for one in found] == lines


def test_an_empty_name_is_refused() -> None:
    assert [fault.code for fault in refused(persons=(name for name in ("labert", " ")))] == ["U112"]


def test_everything_wrong_is_reported_at_once() -> None:
    faults = refused(where=["Tours", "=Tours", "NUMEN=x"], rows="x", sort="commune,prénom")
    assert [fault.code for fault in faults] == ["U010", "U010", "U018", "U012", "U018"]
    assert [fault.place.field for fault in faults if fault.code == "U018"] == ["--where", "--sort"]


@pytest.mark.parametrize("name", [
    "Téléphone fixe", "N° de sécu", "Nom d'usage agent", "Signature", "Observations", "Casier", "prénom", "", "NUMEN"
])  # fmt: skip
def test_people_are_chosen_by_columns_that_are_known_only(name: str) -> None:
    """What nobody knows may be about the person."""
    assert [fault.code for fault in refused(where=[f"staff:{name}=x"])] == ["U018"]
    assert parse_choice(where=["staff:Discipline=x", "staff:Nom établissement=x"]).people.extra_columns
    assert [*filter(may_filter_people, [name, "Discipline", "Service"])] == ["Discipline", "Service"]


@pytest.mark.parametrize("name", [
    "mail", "email", "Courriel établissement", "Chef d'établissement", "Proviseur", "Nom de la principale", "Contact",
    "Directeur/trice", "nom du chef", "RESPONSABLE LOCAL"
])  # fmt: skip
def test_no_filter_reads_addresses_of_schools_or_who_leads_them(name: str) -> None:
    assert [fault.code for fault in refused(where=[f"{name}~b.fr"], sort=name)] == ["U018", "U018"]


@pytest.mark.parametrize(("values", "known"), [
    (("M. Agnès DUPONT", "x"), "…"), (("x", "Mme Roy"), "…"), (("DUPONT Agnès",), "…"),
    (("Nord", "Sud"), "Nord, Sud")
])  # fmt: skip
def test_names_of_people_are_not_listed(values: tuple[str, ...], known: str) -> None:
    """Whatever their column is called."""
    schools = [replace(school(), extra=(("qui", value),)) for value in values]
    (fault,) = chosen(schools, parse_choice(where=["qui=Durand"]))[1]
    assert (fault.code, fault.values["known"]) == ("U013", known)


def test_what_is_no_field_is_asked_of_the_list() -> None:
    choice = parse_choice(where=["Circonscription=Nord", "circonscription!=Sud", "nom~lycée"], sort="commune,Nature")
    found = [(column.name, column.option) for column in choice.extra_columns]
    assert found == [("circonscription", "--where"), ("nature", "--sort")]
    assert parse_choice(where=["address_2~BP", "town=Tours", "RNE=0370001A"], sort="effectif").extra_columns == ()


# --- what is chosen -------------------------------------------------------------------------------------------

OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "=": lambda found, wanted: found == wanted,
    "!=": lambda found, wanted: found != wanted,
    "~": lambda found, wanted: wanted in found,
}


@given(schools=SCHOOLS, data=st.data())
def test_a_condition_chooses_what_it_says(schools: list[School], data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(["town", "name", "postcode", "copies", "state"]))
    operator = data.draw(st.sampled_from(list(OPERATORS)))
    value = data.draw(st.sampled_from(["tours", "ORLEANS", "l'ile", "col", "37000", "3", "", "ouvert"]))
    found, faults = chosen(schools, parse_choice(where=[f"{field}{operator}{value}"]))
    expected = [one for one in schools if OPERATORS[operator](comparable(value_of(one, field)), comparable(value))]
    assert found == expected
    (fault,) = faults
    if expected:
        assert (fault.code, fault.values) == ("U017", {"count": len(expected), "total": len(schools)})
    else:
        assert fault.code in ("U013", "U015")
        assert (fault.code == "U015") == (not any(value_of(one, field) for one in schools))


@given(
    schools=SCHOOLS, first=st.integers(1, 14), last=st.integers(1, 14), state=st.sampled_from(["OUVERT", "a fermer"])
)
def test_filters_together_are_and(schools: list[School], first: int, last: int, state: str) -> None:
    choice = parse_choice(where=["commune!=Paris"], rows=f"{min(first, last)}-{max(first, last)}", states=[state])
    found, faults = chosen(schools, choice)
    wanted = [one for one in schools if min(first, last) <= one.line <= max(first, last)]
    assert found == [one for one in wanted if one.state.casefold() == state.casefold()]
    assert bool(found) == all(fault.code == "U017" for fault in faults)


@given(schools=SCHOOLS, keys=st.lists(st.sampled_from(FIELDS), min_size=1, max_size=3))
def test_sorting_moves_and_loses_nothing(schools: list[School], keys: list[str]) -> None:
    choice = parse_choice(sort=",".join(keys))
    found, faults = chosen(schools, choice)
    assert sorted(found, key=lambda one: one.line) == schools and not faults
    assert chosen(found, choice)[0] == found


@pytest.mark.parametrize(("values", "order"), [
    (["100", "20", "", "3"], [5, 3, 2, 4]), (["37", "2A", "01", "971"], [4, 3, 2, 5]),
    (["Sud", "nord", "Élan", ""], [4, 3, 2, 5]), (["", "", "", ""], [2, 3, 4, 5])
])  # fmt: skip
def test_the_order_of_other_columns(values: list[str], order: list[int]) -> None:
    schools = [_at(school(extra=(("nature", value),)), line) for line, value in enumerate(values, 2)]
    found, faults = chosen(schools, parse_choice(sort="Nature"))
    assert ([one.line for one in found], faults) == (order, [])


def test_the_order_of_keys() -> None:
    rows = [("37000", "Tours", 3), ("", "Orléans", None), ("01505", "Ébreuil", 20), ("37000", "Amboise", 100)]
    schools = [_at(school(postcode=cp, town=town, copies=n), line) for line, (cp, town, n) in enumerate(rows, 2)]
    orders = {"postcode,town": [4, 5, 2, 3], "commune": [5, 4, 3, 2], "exemplaires": [2, 4, 5, 3], "cp": [4, 2, 5, 3]}
    for sort, order in orders.items():
        assert [one.line for one in chosen(schools, parse_choice(sort=sort))[0]] == order, sort


@given(schools=SCHOOLS)
def test_no_filter_is_everything(schools: list[School]) -> None:
    assert chosen(schools, parse_choice()) == (schools, [])


# --- what there is --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "code", "says"), tables_of(__file__)["nothing"])
def test_what_nothing_passes_says_what_there_is(typed: dict[str, object], code: str, says: str) -> None:
    schools = [
        _at(school(town="Tours", state="OUVERT", academie_label=""), 2),
        _at(school(town="Amboise", state="A FERMER", academie_label=""), 3),
    ]
    found, faults = chosen(schools, parse_choice(**typed))
    assert found == [] and [fault.code for fault in faults] == [code]
    for lang in LANGUAGES:
        assert says in "\n".join(faults[0].lines(lang))


def test_long_lists_of_values_are_cut() -> None:
    schools = [_at(school(town=f"Ville {n:02}"), n + 2) for n in range(50)]
    _, (fault,) = chosen(schools, parse_choice(where=["commune=x"]))
    assert str(fault.values["known"]).endswith("Ville 19, …")
