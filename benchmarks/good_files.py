"""Judge leaflets of real lycées, which are as they should be, and print every kind of message that comes of them.

The schools are those of `tests.tables.test_real_lycees`, drawn so that each académie, each département and each
length of a name occurs: with each template, by turns with each theme of each of three elections. Each theme has a
campaign; what cannot be made, as a card in large print that its label cannot hold, is taken out of it. A kind is
counted as it is said: « 2 of 30 » are two findings in JSON and SARIF, which hold for thirty places.

    python benchmarks/good_files.py --write
"""

import random
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from datetime import date
from itertools import product
from pathlib import Path

from msgspec.structs import replace
from results import describe_machine, markdown_table, parser_of, publish

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import leaflet  # noqa: E402
from leaflet.campaign import load_academies  # noqa: E402
from leaflet.faults import Fault  # noqa: E402
from leaflet.markup.groups import group_rows  # noqa: E402
from leaflet.preflight.verdict import CampaignVerdict, Verdict, group_faults  # noqa: E402
from tests.tables.test_real_lycees import COLUMNS, is_valid, records, write_csv  # noqa: E402

ELECTIONS = {  # an example with this election or a like one, and a day on which its leaflets lie about
    "2018": ("un-etablissement-2018", date(2018, 11, 20)),
    "2022": ("un-etablissement-2018", date(2022, 11, 20)),
    "2026": ("essai-2026", date(2026, 11, 27)),
}
THEMES = ("default", "grey", "ink-saver", "large-print")
STOCK = {"memo-card": "cards-a4", "memo-card-two-codes": "avery-c32011", "memo-a6": "a6-4",
          "memo-label": "avery-l7163"}  # fmt: skip
TEMPLATES = ("leaflet-a4", "leaflet-a4-simple", "leaflet-a5", "leaflet-trifold", "poster-a3", "vote-dates-a4", *STOCK)
MARK = "[[document]]"
MODES = ("build", "check CAMPAIGN", "files with it", "files without")


def draw_schools(seed: int) -> list[tuple[str, ...]]:
    """Return rows of the list, in each of which an académie, a département or a length of name is new."""
    rows = list({row[0]: row for row in records() if is_valid(row[0])}.values())
    random.Random(seed).shuffle(rows)
    seen: set[object] = set()
    drawn = []
    for row in rows:
        academie = load_academies().by_uai(row[0])
        new = {academie.key if academie else None, row[6], len(row[1])} - seen
        if academie and new:
            seen |= new
            drawn.append(row)
    return drawn


def write_campaign(folder: Path, election: str, theme: str, rows: list[tuple[str, ...]]) -> Path:
    """Write a campaign with a document of each template."""
    text = (ROOT / "examples" / ELECTIONS[election][0] / "campaign.toml").read_text("utf-8").partition(MARK)[0]
    for old, new in (('"2018"', f'"{election}"'), ("2018-11", f"{election}-11"), ('staff = "personnels.csv"', "")):
        text = text.replace(old, new)
    text += "".join(f"[groups.{name}]\nsame_portal = true\n" for name in group_rows())
    for template in TEMPLATES:
        sheet = f'sheet = "{STOCK[template]}"\n' if template in STOCK else ""
        text += f'{MARK}\nname = "{template}"\ntemplate = "{template}"\ntheme = "{theme}"\n{sheet}'
    (folder / "ecoles.csv").write_bytes(write_csv("utf-8", ";")([COLUMNS, *rows]))
    (folder / "campaign.toml").write_text(text, "utf-8")
    return folder / "campaign.toml"


def build_all(campaign: Path, out: Path) -> tuple[Fault, ...]:
    """Build each document, and take those that cannot be made out of the campaign; return what is said."""
    head, *documents = campaign.read_text("utf-8").split(MARK)
    kept = []
    for document in documents:
        campaign.write_text(head + MARK + document, "utf-8")
        with suppress(leaflet.LeafletError):
            leaflet.build(campaign, out)
            kept.append(document)
    campaign.write_text(MARK.join((head, *kept)), "utf-8")
    return tuple(leaflet.build(campaign, out).faults)


def main() -> None:
    """Read the command line; make, judge, print and write the table."""
    parser = parser_of(__doc__)
    parser.add_argument("--seed", type=int, default=35, help="of the schools that are drawn")
    given = parser.parse_args()
    drawn, files = draw_schools(given.seed), 0
    told: Counter[tuple[str, str, str]] = Counter()
    places: Counter[tuple[str, str, str]] = Counter()
    campaigns = list(product(ELECTIONS, THEMES))
    for at, (election, theme) in enumerate(campaigns):
        with tempfile.TemporaryDirectory() as name:
            campaign = write_campaign(Path(name), election, theme, drawn[at :: len(campaigns)])
            out, day = campaign.parent / "out", ELECTIONS[election][1]
            built = Verdict(campaigns=(CampaignVerdict(path=campaign, rows=None, faults=build_all(campaign, out)),))
            with_it, without = leaflet.check(campaign, out=out, day=day), leaflet.check(out, day=day)
            files += len(without.files)
            parts = (built, replace(with_it, files=(), outputs=()), replace(with_it, campaigns=()), without)
            for mode, verdict in zip(MODES, parts, strict=True):
                for group in group_faults(verdict.located()):
                    kind = group.said.code, group.said.severity, mode
                    told[kind] += 1
                    places[kind] += len(group.faults)
            print(election, theme, len(without.files), flush=True)
    rows = [
        (*kind, *(f"{told[*kind, mode]} of {places[*kind, mode]}" if told[*kind, mode] else "–" for mode in MODES))
        for kind in sorted({kind[:2] for kind in told})
    ]
    text = f"{len(drawn)} schools, {files} files, seed {given.seed}. {describe_machine(ROOT)}\n\n"
    publish("Files as they should be", text + markdown_table(("Kind", "", *MODES), rows, 2), is_written=given.write)


if __name__ == "__main__":
    main()
