"""Comparing text: without case and accents, and the nearest name for a mistyped one."""

import pytest

from leaflet.text import NO_BREAK, campaign_spacing, fold, nearest, unaccented, value_at


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Décembre", "decembre"), ("L’Œuvre", "l'oeuvre"), ("LÆtitia", "laetitia"), ("e\u0301", "e"), ("ﬁn", "fin")],
)
def test_folded_text(text: str, folded: str) -> None:
    """Accents, capitals, ligatures and kinds of apostrophe make no difference."""
    assert fold(text) == folded


def test_text_without_accents_keeps_its_case_and_lines() -> None:
    """Line ends part words; invisible characters go."""
    assert unaccented("Éc\u00adole\nÆ\u200b’") == "Ecole\nAe'"


def test_a_name_with_a_dot_is_one_step_of_a_path() -> None:
    assert (value_at({"a.b": {"c": 1}}, ("a.b", "c")), value_at({"a": {"b": 2}}, "a.b")) == (1, 2)


def test_a_telephone_number_does_not_break() -> None:
    """Nor do other digits gain a space."""
    number = "03\u00a020\u00a012\u00a034\u00a056"
    assert campaign_spacing(f"Au {number.replace(NO_BREAK, ' ')}\nle 03 12") == f"Au {number}\nle 03 12"


@pytest.mark.parametrize(
    ("text", "known", "proposal"),
    [
        *(("Orléan-Tours", ("lyon", "orleans-tours"), "orleans-tours"), ("2a", ("01", "2A", "2B"), "2A")),
        *(("k001", ("K001", "K010"), "K001"), ("K0O5", ("K905", "K005"), "K005")),
        ("tours", ("toulouse", "orleans-tours"), "orleans-tours"),
        *(("Aix", ("ain", "aix-marseille"), "aix-marseille"), ("rouge", ("default", "grey"), "")),
        *(("a4-01", ("avery-c32011", "avery-c32015"), ""), ("a5", ("leaflet-a4", "leaflet-a5"), "leaflet-a5")),
        *(("leaflet", ("leaflet-a4", "poster-a3"), "leaflet-a4"), ("zzzz", ("lyon", "nice"), ""), ("lyon", (), "")),
    ],
)
def test_nearest_name(text: str, known: tuple[str, ...], proposal: str) -> None:
    """Case and accents of both are of no account; no name is proposed that is not like the text."""
    assert nearest(text, known) == proposal
