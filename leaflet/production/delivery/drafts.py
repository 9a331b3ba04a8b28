"""Write the draft of an e-mail for each school, its finished file attached; or a table for mail merge.

The calendar entry and the picture of the school go along. Drafts of an earlier call that are not among the new ones
are removed: an old one may have a wrong address or file. A call for some of the schools leaves the others alone.
"""

from hashlib import sha256
from pathlib import Path

from msgspec import MsgspecError, Struct
from msgspec.json import Decoder, Encoder

from leaflet.faults import Place, fail
from leaflet.production.delivery import letters
from leaflet.production.delivery.letters import PostOptions, PostResult, Sending, Sendings
from leaflet.production.staging import Staging
from leaflet.tables.cells import BOM, as_lines, csv_line

DRAFTS = "drafts"  # the folder of all drafts


class DraftEntry(Struct, frozen=True):
    """A draft in the list."""

    record: str  # the UAI of its school
    file: str  # the draft, below the output folder
    attached: list[str]  # the files attached to it, below the output folder
    sha256: str  # of the draft


class _DraftList(Struct, frozen=True):
    """The list as it is written."""

    document: str
    drafts: list[DraftEntry]


_encode, _decode = Encoder().encode, Decoder(_DraftList).decode


def write_drafts(options: PostOptions) -> PostResult:
    """Write the drafts of all schools asked for."""
    sendings = Sendings(options, letters.KINDS)
    document = sendings.document.name
    list_name = f"post-{document}.json"
    with Staging(options.out, replace_others=options.replace_others) as staging:
        made = [_write(sending, sendings, staging) for sending in sendings]
        options.outcome.check_made(len(made), keep_going=options.leaves_out)
        earlier = _read_list(options.out / list_name, f"{DRAFTS}/{document}/")
        left_alone = (one for one in earlier if one.record in sendings.others and (options.out / one.file).is_file())
        drafts = sorted((*left_alone, *made), key=lambda entry: entry.file)
        head = _encode(_DraftList(document, [])).removesuffix(b"]}")
        with staging.stream(list_name, head) as file:
            for number, draft in enumerate(drafts):
                file.write((b",\n" if number else b"\n") + _encode(draft))
            file.write(b"\n]}\n")
        staging.commit({entry.file for entry in earlier}.difference(entry.file for entry in drafts))
    files = (f"{DRAFTS}/{document}/", list_name)
    return PostResult(files=files, schools=len(made), out=options.out, faults=tuple(sendings.report))


def _write(sending: Sending, sendings: Sendings, staging: Staging) -> DraftEntry:
    school, files = sending.school, [(file.rpartition("/")[2], data) for file, data in sending.files.items()]
    data = letters.draft_bytes(school.email, sending.letter, files, sendings.inputs.created, sendings.document.lang)
    name = f"{DRAFTS}/{next(iter(sending.files)).removesuffix('.pdf')}.eml"
    if staging.write(name, data, read_back=True, heads=(letters.DRAFT_HEAD,)) != data:
        raise fail("V101", Place(file=name, key=school.key))
    return DraftEntry(record=school.key, file=name, attached=[*sending.files], sha256=sha256(data).hexdigest())


def _read_list(path: Path, folder: str) -> list[DraftEntry]:
    """Return the drafts of an earlier list below a folder; whatever else it names is not ours to remove."""
    try:
        found = _decode(path.read_bytes())
    except (OSError, MsgspecError, ValueError):
        return []
    return [
        draft
        for draft in found.drafts
        if draft.file.startswith(folder) and draft.file.endswith(".eml") and ".." not in draft.file
    ]


HEADER = ("destinataire", "etablissement", "commune", "uai", "objet", "texte", "piece_jointe")


def write_table(options: PostOptions) -> PostResult:
    """Write one row for each school: recipient, school, town, UAI, subject, text, and the file relative to `out`."""
    sendings = Sendings(options)
    name, count = f"mail-merge-{sendings.document.name}.csv", 0
    with Staging(options.out, replace_others=options.replace_others) as staging:
        with staging.stream(name, csv_line(HEADER, BOM)) as file:
            for sending in sendings:
                school, letter = sending.school, sending.letter
                cells = (school.email, school.name, school.town, school.key, letter.subject, letter.text)
                file.write(csv_line((*cells, next(iter(sending.files))), guard=as_lines))
                count += 1
        options.outcome.check_made(count, keep_going=options.leaves_out)
        staging.commit()
    return PostResult(files=(name,), schools=count, out=options.out, faults=tuple(sendings.report))
