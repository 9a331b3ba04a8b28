"""The list of parcels: the order of a print run, boxes to tick, no school without leaflets."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from leaflet.production.build_options import PrintRunOptions
from leaflet.production.delivery.drafts import write_drafts, write_table
from leaflet.production.delivery.labels import write_labels
from leaflet.production.delivery.letters import PostOptions, PostResult, write_list
from leaflet.production.print_runs import print_run
from leaflet.tables.filters import parse_choice
from tests.campaigns import LEAFLET, campaign_text
from tests.delivery.support import AMBOISE, BALZAC, DESCARTES, PER_PERSON, options_for, rows_of, write_campaign
from tests.support import caught, codes_of


def test_parcels_are_in_the_order_of_a_print_run(tmp_path: Path) -> None:
    """Numbers, schools and copies are those of the packing list, without a print run."""
    campaign = write_campaign(tmp_path, AMBOISE, BALZAC, DESCARTES)
    result = write_list(options_for(campaign))
    assert (result.files, result.schools) == (("packing-list.csv", "packing-list.pdf"), 3)
    rows = rows_of(result.out / "packing-list.csv")
    assert [(row["paquet"], row["uai"], row["exemplaires"]) for row in rows] == [
        ("1", "0370035M", "12"), ("2", "0370036N", "3"), ("3", "0370001A", "1"),
    ]  # fmt: skip
    print_run(PrintRunOptions(campaign=campaign, out=tmp_path / "run", verify=False))
    packed = rows_of(tmp_path / "run" / "packing-list-leaflet-a4.csv")
    assert [row["uai"] for row in packed] == [row["uai"] for row in rows]
    with pypdfium2.PdfDocument(result.out / "packing-list.pdf") as document:
        text = document[0].get_textpage().get_text_bounded()
    assert "16 exemplaires" in text and "l’étiquette du paquet" in text
    for name in ("Lycée Descartes", "Lycée Balzac", "École Jean de La Fontaine"):
        assert name in text


def test_the_order_can_be_chosen(tmp_path: Path) -> None:
    """As for a print run; a school without copies gets no parcel."""
    campaign = write_campaign(tmp_path, DESCARTES, BALZAC.replace(";3;", ";0;"), AMBOISE)
    result = write_list(options_for(campaign, choice=parse_choice(sort="town")))
    assert [row["uai"] for row in rows_of(result.out / "packing-list.csv")] == ["0370001A", "0370035M"]


def test_no_parcel_at_all(tmp_path: Path) -> None:
    """A list without copies is said to be one."""
    campaign = write_campaign(tmp_path, BALZAC.replace(";3;", ";0;"))
    assert [fault.code for fault in caught(lambda: write_list(options_for(campaign)))] == ["U005"]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("write", [write_list, write_drafts, write_table, write_labels])
def test_nothing_goes_out_to_people(tmp_path: Path, write: Callable[[PostOptions], PostResult]) -> None:
    """People that are chosen are refused: what goes out is made for schools."""
    campaign = write_campaign(tmp_path, DESCARTES, text=campaign_text(LEAFLET + PER_PERSON, staff=True))
    (tmp_path / "personnels.csv").write_text("prenom;nom;uai\nJulie;Labert;0370035M\n", "utf-8")
    assert codes_of(lambda: write(options_for(campaign, choice=parse_choice(persons=("labert",))))) == ["U118"]
    assert not (tmp_path / "out").exists()
