"""`write_starter`: a commented campaign and a short list of schools to begin with.

The comments are French: the person who fills the file in is a union or school secretary. Every field nobody
knows yet is listed, commented out, without any example that could pass for a fact.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import time
from pathlib import Path

from leaflet.campaign.answers import with_answers
from leaflet.campaign.editing import LIKE, TO_COPY, toml_value
from leaflet.campaign.election import ElectionProfile, blank_fields, known_election, load_profile, profile_ids
from leaflet.campaign.facts import SAMPLE_NAME, FieldRow, field_rows
from leaflet.campaign.values import french_name
from leaflet.faults import Place, fail
from leaflet.files.plain_files import disk_faults, read_plain_file, writing_new
from leaflet.files.resources import find_resources
from leaflet.program import assets

CAMPAIGN_FILE = "campaign.toml"
SCHEMA_FILE = ".leaflet/campaign.schema.json"  # below the folder of the campaign, whose first line names it
SCHOOLS_FILE = "ecoles.csv"
_OTHERS_FILE = "etablissements.csv"  # of a vote in which académies have no part: its list has no UAI
DOCUMENT = "leaflet-a4"
_MOST_BYTES = 100_000_000  # of a list that is copied

# Cards are printed on sheets; these can be cut from ordinary paper.
_SHEETS = {"memo-card": 'sheet = "cards-a4"\n'}


def write_starter(
    folder: Path,
    election: str,
    *,
    like: str | None = None,
    schools: Path | None = None,
    key: str = "code",
    documents: Sequence[str] = (),
    answers: Mapping[str, object] | None = None,
    source: str | None = None,
    finish: Callable[[Path], None] = lambda folder: None,
) -> list[Path]:
    """Write ``campaign.toml`` and its list of schools into `folder`, made if need be; return their paths.

    `like` is an earlier election whose procedure is taken over, to be verified; `schools` a list to copy beside the
    campaign, in place of a short one, and `key` the kind of its key, in votes without académies; `documents` are
    templates, by default the leaflet; `answers` facts to fill in, by dotted name, from a file called `source`. What
    is there stays; if `finish`, called last, fails, nothing new.
    """
    with disk_faults(folder, "C181"):
        ids = profile_ids(resources := find_resources(folder))  # an election may stand beside the campaign
    for option, value in (("--election", election), ("--like", like)):
        if value is not None and value not in ids:
            known, example = ", ".join(ids), f"{option} {ids[-1]}"
            raise fail("C108", Place(field=option), value=value, known=known, example=example)
    profile = load_profile(election, resources)
    sample = SCHOOLS_FILE if profile.academies else _OTHERS_FILE
    campaign, target = folder / CAMPAIGN_FILE, folder / (schools.name if schools is not None else sample)
    earlier = load_profile(like, resources) if like is not None else None
    text = starter_text(profile, earlier, target.name, documents or (DOCUMENT,), key)
    text = with_answers(campaign, text, answers, source) if answers else text
    files = {campaign: text.encode("utf-8")}
    if schools is None or not (schools.exists() and target.exists() and schools.samefile(target)):
        files[target] = sample_schools(sample) if schools is None else _read(schools)
    if there := [path for path in files if os.path.lexists(path)]:
        raise fail("C180", Place(file=str(there[0])))
    with disk_faults(folder, "C181"), writing_new(files):
        finish(folder)
    return [campaign, target]


def sample_schools(name: str = SCHOOLS_FILE) -> bytes:
    """Return the short list of schools that a campaign has until it gets its own."""
    return (assets() / "starter" / name).read_bytes()


def starter_text(
    profile: ElectionProfile,
    earlier: ElectionProfile | None = None,
    schools: str = SCHOOLS_FILE,
    documents: Sequence[str] = (DOCUMENT,),
    key: str = "code",
) -> str:
    """Return the campaign file to start from; blank fields are commented lines, or as in an `earlier` election."""
    election = known_election(profile)
    blanks, rows = blank_fields(election, profile.asked), field_rows(profile)
    alike = dict(alike_facts(earlier)) if earlier is not None else {}
    taken = {field: alike[field] for field in blanks if field in alike}
    remark = LIKE.format(year=earlier.year) if earlier is not None else ""
    if not profile.academies:
        blanks = [field for field in blanks if not field.startswith("mailbox.")]
    return _part("campaign").format(
        schema=SCHEMA_FILE,
        title=election.title or profile.id,
        election=profile.id,
        verify=_part("verify").format(year=earlier.year) if earlier is not None and taken else "",
        facts="".join(_lines(blanks, rows, taken, remark)),
        name=SAMPLE_NAME,
        schools=toml_value(schools),
        key="uai" if profile.academies else key,
        particular=_part("academies" if profile.academies else "words"),
        documents="\n".join(_part("document").format(name=name, sheet=_SHEETS.get(name, "")) for name in documents),
    )


def _part(name: str) -> str:
    """Return a text of which a campaign file is made."""
    return (assets() / "starter" / f"{name}.txt").read_text("utf-8")


def alike_facts(earlier: ElectionProfile) -> Iterator[tuple[str, object]]:
    """Yield the facts of a procedure that may be the same again; one that names its year is not."""
    for field, row in field_rows().items():
        fact = earlier.facts.get(field) if row.alike else None
        if fact is None or not fact.is_printable or str(earlier.year) in str(fact.value):
            continue
        value = fact.value
        yield field, [french_name(step) for step in value] if field == "steps" and isinstance(value, list) else value


def _lines(
    fields: Iterable[str], rows: Mapping[str, FieldRow], taken: Mapping[str, object], remark: str
) -> Iterator[str]:
    """Yield a line for each field, those outside tables first, as TOML wants them: a comment if there is no value."""
    table = ""
    for dotted in sorted(fields, key=lambda dotted: "." in dotted):
        new_table, _, key = dotted.rpartition(".")
        if new_table != table:
            table = new_table
            yield f"\n[{table}]\n"
        row = rows[dotted]
        if dotted in taken:
            yield f"{f'{key} = {toml_value(taken[dotted])}':<29} # {row.what['fr']} — {remark}\n"
        else:
            to_copy = f" — {TO_COPY}" if row.is_on_notice else ""
            yield f"{f'# {key} = {_shape(row.value)}':<29} # {row.what['fr']}{to_copy}\n"


def _shape(value: object) -> str:
    """Return how the value of a field is written, by an example of it, without being one."""
    if isinstance(value, list):
        return "[]"
    if isinstance(value, time):
        return "HH:MM:SS"
    return '""' if isinstance(value, str) else "…" if isinstance(value, int) else "AAAA-MM-JJ"


def _read(path: Path) -> bytes:
    """Return the bytes of a list that is copied beside the campaign."""
    with disk_faults(path, "T103"):
        return read_plain_file(path, _MOST_BYTES)
