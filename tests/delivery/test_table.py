"""The table for the mail merge of another program."""

from pathlib import Path

from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from leaflet.production.delivery.drafts import HEADER, write_table
from leaflet.tables.cells import as_lines
from tests.delivery.support import (
    AMBOISE,
    DESCARTES,
    DESCARTES_PDF,
    FOLDER,
    built_campaign,
    change_rows,
    options_for,
    rows_of,
)


def test_one_row_for_each_school(tmp_path: Path) -> None:
    """Recipient, text and file are those of the school; the text is that of a draft, lines and all."""
    result = write_table(options_for(built_campaign(tmp_path)))
    rows = rows_of(result.out / f"mail-merge-{FOLDER}.csv")
    assert (len(rows), result.schools, tuple(rows[0])) == (3, 3, HEADER)
    row = rows[0]
    assert row["destinataire"] == "ce.0370035m@ac-orleans-tours.fr"
    assert (row["etablissement"], row["commune"], row["piece_jointe"]) == ("Lycée Descartes", "Tours", DESCARTES_PDF)
    assert (result.out / row["piece_jointe"]).is_file()
    assert row["texte"].startswith("Bonjour,\n\nVous trouverez en pièce jointe") and "'" not in row["texte"]


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    """A name that a spreadsheet would calculate is marked as text."""
    campaign = built_campaign(tmp_path)
    change_rows(campaign, DESCARTES.replace("Lycée", "+33 Lycée").replace("Tours", "-Tours"), AMBOISE)
    build(BuildOptions(campaign=campaign, out=tmp_path / "out"))
    row = rows_of(write_table(options_for(campaign)).out / f"mail-merge-{FOLDER}.csv")[0]
    assert (row["etablissement"], row["commune"]) == ("'+33 Lycée Descartes", "'-Tours")
    assert "pour +33 Lycée Descartes (-Tours)" in row["texte"]


def test_each_line_of_a_text_is_guarded() -> None:
    """A line may end with a comma; one that begins a formula gets an apostrophe."""
    assert as_lines("Bonjour,\n\n=1+1\nfin") == "Bonjour,\n\n'=1+1\nfin"
