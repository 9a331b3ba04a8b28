"""Judge files that are as they should be, of every template, theme and election, and print what is said of them.

Each template is made with each theme for each election that comes with the program, for three schools and with the
names of a staff, and once more for each election of the examples. A pair that cannot be made, as a card in large
print that its label cannot hold, is counted with the code, and taken out of the campaign. Files are judged with their
campaign, then without it.

    python benchmarks/good_files.py --write
"""

import sys
import tempfile
from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path
from shutil import copytree

from results import describe_machine, markdown_table, parser_of, publish

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import leaflet  # noqa: E402

EXAMPLES = ROOT / "examples"
ELECTIONS = {  # an example with this election or a like one, and a day on which its leaflets lie about
    "2014": ("un-etablissement-2018", date(2014, 11, 20)),
    "2018": ("un-etablissement-2018", date(2018, 11, 20)),
    "2022": ("un-etablissement-2018", date(2022, 11, 20)),
    "2026": ("essai-2026", date(2026, 11, 27)),
}
OWN = {"parents-2027": date(2027, 9, 20), "hopital-2026": date(2026, 11, 27)}
THEMES = ("default", "grey", "ink-saver", "large-print")
SHEETS = {
    "memo-card": "cards-a4",
    "memo-card-two-codes": "avery-c32011",
    "memo-a6": "a6-4",
    "memo-label": "avery-l7163",
}
TEMPLATES = ("leaflet-a4", "leaflet-a5", "leaflet-trifold", "poster-a3", "vote-dates-a4", *SHEETS)
MARK = "[[document]]"
HEADER = "uai;nom;adresse;code_postal;commune;exemplaires\n"
SCHOOLS = (
    "0370035M;Lycée Descartes;10 rue des Minimes;37010;Tours Cedex;3\n",
    "0370001A;Lycée Léonard de Vinci;;37402;Amboise Cedex;2\n",
    "0379999T;Section d’enseignement professionnel du lycée des métiers de l’hôtellerie et de la restauration;;37000;"
    "Tours;4\n",
)


def write_campaigns(folder: Path) -> dict[str, tuple[Path, date]]:
    """Write a campaign for each election; return where, and the day that its files are judged on."""
    found: dict[str, tuple[Path, date]] = {}
    for election, (example, day) in ELECTIONS.items():
        here = copytree(EXAMPLES / example, folder / election)
        text = (here / "campaign.toml").read_text("utf-8").partition(MARK)[0]
        text = text.replace('election = "2018"', f'election = "{election}"')
        text = text.replace("issued_on = 2018-", f"issued_on = {election}-")
        (here / "ecoles.csv").write_text(HEADER + "".join(SCHOOLS), "utf-8")
        people = 'staff = "personnels.csv"' in text
        for template, theme in product(TEMPLATES, THEMES):
            lines = [MARK, f'name = "{template}-{theme}"', f'template = "{template}"']
            lines += [f'theme = "{theme}"', *([f'sheet = "{SHEETS[template]}"'] if template in SHEETS else [])]
            lines += ['per = "person"'] if people and template in {"memo-card", "memo-a6"} else []
            text += "\n" + "\n".join(lines) + "\n"
        (here / "campaign.toml").write_text(text, "utf-8")
        found[election] = here / "campaign.toml", day
    for example, day in OWN.items():
        found[example] = copytree(EXAMPLES / example, folder / example) / "campaign.toml", day
    return found


def build_all(campaign: Path, out: Path) -> Counter[str]:
    """Build each document, and take those that cannot be made out of the campaign; return the codes of why."""
    refused: Counter[str] = Counter()
    head, *documents = campaign.read_text("utf-8").split(MARK)
    kept = []
    for document in documents:
        campaign.write_text(head + MARK + document, "utf-8")
        try:
            leaflet.build(campaign, out)
        except leaflet.LeafletError as error:
            refused.update({fault.code for fault in error.faults})
        else:
            kept.append(document)
    campaign.write_text(MARK.join((head, *kept)), "utf-8")
    leaflet.build(campaign, out)  # nothing is made: the list of all files is
    return refused


def counts(codes: Counter[str]) -> str:
    """Codes, and how often each comes."""
    return " ".join(f"{code} ×{count}" for code, count in sorted(codes.items()))


def main() -> None:
    """Read the command line; make, judge, print and write the table."""
    parser = parser_of(__doc__)
    given = parser.parse_args()
    rows: list[tuple[str, ...]] = []
    sums: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        for election, (campaign, day) in write_campaigns(Path(name)).items():
            out = campaign.parent / "out"
            refused = build_all(campaign, out)
            files = len(list(out.rglob("*.pdf")))
            cells = [election, str(files), counts(refused)]
            sums["files"] += files
            for mode, verdict in (
                ("with", leaflet.check(campaign, out=out, day=day, jobs=2)),
                ("without", leaflet.check(out, day=day, jobs=2)),
            ):
                faults = [fault for file in (*verdict.files, *verdict.outputs) for fault in file.faults]
                told = Counter(fault.code for fault in faults if fault.severity != "note")
                sums[f"errors {mode}"] += sum(fault.severity == "error" for fault in faults)
                cells += [str(verdict.count("error")), counts(told) or "–"]
            rows.append(tuple(cells))
            print(*cells, sep=" | ", flush=True)
    rows.append(("all", str(sums["files"]), "", str(sums["errors with"]), "", str(sums["errors without"]), ""))
    head = ("Election", "files", "refused by the build", "errors with the campaign", "told", "errors without", "told")
    text = f"{describe_machine(ROOT)}\n\n{markdown_table(head, rows)}"
    publish("Files as they should be", text, is_written=given.write)


if __name__ == "__main__":
    main()
