"""For each fault code of deliveries, the smallest campaign, list or file that has it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from leaflet.faults import Fault
from leaflet.production.delivery.drafts import write_drafts
from leaflet.production.delivery.labels import write_labels
from tests.campaigns import campaign_text
from tests.delivery.support import (
    AMBOISE,
    BALZAC,
    DESCARTES,
    DESCARTES_PDF,
    PER_PERSON,
    built_campaign,
    change_rows,
    options_for,
    write_campaign,
)
from tests.support import caught

Case = Callable[[Path], list[Fault]]
LONG = DESCARTES.replace("Minimes", f"Minimes {'et des Augustins ' * 6}").replace(";Lycée", f";{'Lycée ' * 12}")


def _labels(row: str, **options: Any) -> Case:
    return lambda folder: caught(lambda: write_labels(options_for(write_campaign(folder, row), **options)))


def _drafts(*rows: str) -> Case:
    def case(folder: Path) -> list[Fault]:
        campaign = built_campaign(folder)
        change_rows(campaign, *rows)
        return caught(lambda: write_drafts(options_for(campaign)))

    return case


def _altered(folder: Path) -> list[Fault]:
    campaign = built_campaign(folder)
    with (campaign.parent / "out" / DESCARTES_PDF).open("ab") as file:
        file.write(b"%")
    return caught(lambda: write_drafts(options_for(campaign)))


def _personal(folder: Path) -> list[Fault]:
    campaign = write_campaign(folder, DESCARTES, text=campaign_text(PER_PERSON, staff=True))
    (folder / "personnels.csv").write_text("prenom;nom;uai\nJulie;Labert;0370035M\n", "utf-8")
    return caught(lambda: write_drafts(options_for(campaign)))


def _text(text: str) -> Case:
    def case(folder: Path) -> list[Fault]:
        campaign = built_campaign(folder)
        (folder / "mails").mkdir()
        (folder / "mails" / "nous.txt").write_text(text, "utf-8")
        return caught(lambda: write_drafts(options_for(campaign, text="nous")))

    return case


CASES: dict[str, Case] = {
    "P401": lambda folder: caught(lambda: write_drafts(options_for(write_campaign(folder)))),
    "P402": _drafts(DESCARTES.replace("Lycée", "Collège"), BALZAC, AMBOISE),
    "P403": _altered,
    "P404": _drafts(DESCARTES.rpartition(";")[0] + ";", BALZAC, AMBOISE),
    "P405": _drafts(DESCARTES.replace("@", " at "), BALZAC, AMBOISE),
    "P406": _personal,
    "P407": _labels(DESCARTES.replace("37000", "")),
    "P408": _labels(LONG),
    "M430": _text("Bonjour\n"),
    "U093": lambda folder: caught(lambda: write_drafts(options_for(built_campaign(folder), text="absent"))),
}
