"""Measure the memory and the time that drafts for a whole country take: ``python -m benchmarks.post [SCHOOLS]``.

The attachments are small (8 kB), because what is measured is what is kept of each school, not the disk. The build is
not made: its manifest names the same small file for every school.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from benchmarks.generate import make_uai
from leaflet.delivery.built_files import BuiltFiles
from leaflet.delivery.drafts import write_drafts
from leaflet.delivery.options import PostOptions
from leaflet.production.document import file_name
from leaflet.production.manifest import NAME, Entry, Manifest, manifest_bytes
from leaflet.tables import School

SCHOOLS = 58_470  # of the Annuaire de l’éducation
ATTACHMENT = bytes(range(256)) * 32
CAMPAIGN = """election = "2018"
[publisher]
name = "Section d’essai"
[data]
schools = "ecoles.csv"
[[document]]
template = "leaflet-a4"
"""
PER_DEPARTEMENT = 999


def write_campaign(folder: Path, schools: int) -> Path:
    """Write a campaign of so many schools, and the manifest of a build."""
    rows = ["uai;nom;adresse;code_postal;commune;courriel"]
    for number in range(schools):
        uai = make_uai(f"{number // PER_DEPARTEMENT % 95 + 1:03}", number % PER_DEPARTEMENT + 1)
        rows.append(f"{uai};École n° {number};1 rue de l’Exemple;37000;Tours;ce.{uai.lower()}@ac-exemple.fr")
    (folder / "ecoles.csv").write_text("\n".join(rows) + "\n", "utf-8")
    (folder / "campaign.toml").write_text(CAMPAIGN, "utf-8")
    (folder / "out").mkdir()
    manifest = Manifest(campaign="campaign.toml", election="2018", entries=[])
    (folder / "out" / NAME).write_bytes(manifest_bytes(manifest))
    return folder / "campaign.toml"


def read_small(built: BuiltFiles, school: School) -> tuple[Entry, bytes]:
    """Return the same small file for every school."""
    name = file_name(built._document, school, grouped=built._inputs.is_large)
    return Entry(school.uai, built._document.name, name, 1, "0" * 64), ATTACHMENT


def main() -> None:
    """Write the drafts and print time and peak memory."""
    schools = int(sys.argv[1]) if len(sys.argv) > 1 else SCHOOLS
    with tempfile.TemporaryDirectory() as folder, patch.object(BuiltFiles, "read", read_small):
        campaign = write_campaign(Path(folder), schools)
        begin = time.perf_counter()
        result = write_drafts(PostOptions(campaign=campaign, out=campaign.parent / "out"))
        seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{result.schools} drafts: {seconds:.0f} s, {result.schools / seconds:.0f} a second, peak {peak:.0f} MiB")


if __name__ == "__main__":
    main()
