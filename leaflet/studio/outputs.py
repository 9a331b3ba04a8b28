"""Say which outputs « Fabriquer » can make of a campaign, and whether those it made would come out the same now."""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from operator import attrgetter
from pathlib import Path

from msgspec.structs import replace

from leaflet.campaign import Campaign, Document
from leaflet.campaign.facts import in_words, shown_value
from leaflet.campaign.values import MAKES
from leaflet.faults import LeafletError
from leaflet.files.resources import find_resources
from leaflet.files.words import Words
from leaflet.imposition.stock import format_size, load_stock
from leaflet.production.catalogue import load_paper
from leaflet.production.delivery.labels import has_postcode
from leaflet.production.delivery.letters import LABEL_SHEET
from leaflet.production.design import copies_of
from leaflet.production.materials import Materials
from leaflet.production.origins import Origins, making_of, row_digest
from leaflet.production.printed_facts import find_left_out, find_not_compared, find_without
from leaflet.studio import contract
from leaflet.studio.answers import find_refusal
from leaflet.studio.campaign_state import MadeOutput
from leaflet.studio.document_list import PRINTER
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.json_values import is_asked, label, name_facts
from leaflet.studio.output_folders import MADE
from leaflet.tables import School
from leaflet.tables.school import is_email_address

PRINT_RUN = "print-run"
OUTPUTS = ("zip", "files", "copier", PRINT_RUN, "cards", "labels", "drafts")  # in the order of the page
_WANTED: dict[str, Callable[[School], bool]] = {  # of a school, which a list may lack
    "labels": has_postcode,
    "drafts": lambda school: is_email_address(school.email),
}
_MOST_LINES = 6  # that are said
MOST_IN_MEMORY = 5_000  # files of 0.1 MB, and a ZIP of them


def plan(folder: CampaignFolder, load: Callable[[], Materials], words: Words) -> contract.Plan:
    """Return what can be made of what `load` returns, how many files and copies, and why something cannot."""
    try:
        inputs = load()
    except LeafletError as error:
        why = error.faults[0].reason(words.lang)
        said = {one: words.say(f"output_{one}") for one in OUTPUTS}
        outputs = [contract.Output(id=one, label=it, text=it, possible=False, why=why) for one, it in said.items()]
        return contract.Plan(outputs=outputs, schools=0, copies=0, documents=[], sides="both")
    campaign, made = inputs.campaign, {one: found for one in OUTPUTS if (found := find_made(folder, one))}
    now = digests_of([*made], inputs)
    before = {one: {"made_at": it.at, **_staleness(it.of, now[one])} for one, it in made.items()}
    without = find_without(inputs, campaign.documents, inputs.schools)
    listed = inputs.schools if folder.state.schools is not None else ()  # else they are the example of the start
    schools = [school for school in listed if school.key not in without]
    inputs = replace(inputs, schools=schools)
    to_compare = find_not_compared(inputs, campaign.documents, schools)
    unasked = [fact for fact in to_compare if not is_asked(fact, campaign.profile)]
    return contract.Plan(
        outputs=[replace(_output(one, inputs, folder, words), **before.get(one, {})) for one in OUTPUTS],
        schools=len(schools),
        copies=_copies(campaign.documents, inputs),
        documents=[_name(one, words) for one in campaign.documents],
        sides=sides_of(campaign, campaign.documents),
        without=len(without),
        to_compare=to_compare,
        unasked=unasked,
        unasked_values=" ".join(
            words.say("fact_and_value", name=name, value=shown_value(campaign, one, in_words))
            for one, name in ((one, label(one, words, campaign.profile)) for one in unasked)
        ),
    )


def _copies(documents: Iterable[Document], inputs: Materials) -> int:
    """Return how many copies of some documents all schools get."""
    return sum(n for one in documents for n in copies_of(inputs.campaign, one.name, inputs.schools).values())


def _output(output: str, inputs: Materials, folder: CampaignFolder, words: Words) -> contract.Output:
    campaign, schools = inputs.campaign, inputs.schools
    documents, has_list = documents_of(campaign, output), folder.state.schools is not None
    files = len(documents)
    if output in ("files", "zip", "cards"):
        files = sum(len(schools) - len(find_left_out(document, inputs, schools)) for document in documents)
    in_browser = folder.environment.in_browser
    why, asks, is_there = "", None, _WANTED.get(output)
    lacking = [school.line for school in schools if is_there is not None and not is_there(school)]
    if not has_list:
        why = words.say("why_no_list")
    elif not documents:
        why = words.say("why_no_cards" if output == "cards" else "why_no_leaflets")
    elif schools and len(lacking) == len(schools):
        why = words.say(f"why_none_{output}")
    elif output == PRINT_RUN and in_browser:
        why = words.say("why_no_profile")
    elif output in (PRINT_RUN, "drafts") and (found := find_not_compared(inputs, documents, schools)):
        why = words.say("why_not_compared", n=len(found), known=name_facts(found, words, campaign.profile))
    elif output == PRINT_RUN:
        why = "" if campaign.press.printer else words.say("why_no_printer")
        label, hint = words.say("asks_printer"), words.say("asks_printer_hint")  # the law wants who prints, and where
        text, refused = campaign.press.printer or "", find_refusal(folder, PRINTER, words)
        asks = contract.AskedName(key=PRINTER, label=label, hint=hint, text=text, refused=refused)
    elif in_browser and max(files, len(schools) if output == "drafts" else 0) > MOST_IN_MEMORY:
        why = words.say("why_no_room", most=MOST_IN_MEMORY)
    copies = _copies(documents, inputs)
    counted = copies if output in ("copier", PRINT_RUN) else files
    values = {"sheet": label_sheet(folder, words), "folder": f"{MADE}/{documents[0].name if documents else ''}"}
    return contract.Output(
        id=output,
        label=words.say(f"output_{output}"),
        text=words.say(f"output_{output}_text", n=counted, **values),
        files=files,
        copies=copies,
        possible=not why,
        why=why,
        asks=asks,
        missing=_missing(output, lacking, words) if lacking and not why else None,
    )


def find_made(folder: CampaignFolder, output: str) -> MadeOutput | None:
    """Return what is known of an output that was made, if all of it is still there."""
    made, out = folder.state.outputs.get(output), folder.outputs.path
    if made is None or not all((out / path).exists() for path in made.paths):
        return None
    return made if _count_files(out, made.paths) >= made.pdfs else None


def _count_files(out: Path, paths: Iterable[str]) -> int:
    folders = (out / path for path in paths if path.endswith("/"))
    return sum(file.suffix[1:] in MAKES for folder in folders for file in folder.rglob("*.*"))


def digests_of(outputs: Collection[str], inputs: Materials) -> dict[str, str]:
    """Return digests of what outputs are made from: another one, and an output would come out otherwise.

    The first half is of what all files have in common, the second of rows and names. Drafts are made with the folder
    of files, if there is but one document.
    """
    also = {"files"} if "drafts" in outputs and len(inputs.campaign.documents) == 1 else set[str]()
    return {output: _digest(output, inputs) for output in {*outputs, *also}}


def _digest(output: str, inputs: Materials) -> str:
    campaign, origins = inputs.campaign, Origins(inputs.contexts)
    documents = documents_of(campaign, output) if output != "labels" else []
    parts: list[object] = [campaign.press] if output == PRINT_RUN else [inputs.printer] if output == "labels" else []
    for document in documents:
        making = making_of(replace(inputs, start=1), document, inputs.design_of(document), verified=False)
        parts += [making[part] for part in ("template", "theme", "drawings", "logo", "settings")]
    ways, rows = sorted({document.per == "person" for document in documents}) or [False], list[object]()
    parts += campaign.not_compared if documents else ()  # of which drafts were made
    for school in sorted(inputs.schools, key=lambda school: school.key):
        parts += [origins.context(school) if documents else ""]
        people = inputs.people.get(school.key, ())
        rows += [school.email if output == "drafts" else ""]
        rows += [row_digest(school, people, personal=way) for way in ways]
    return "".join(sha256(repr(one).encode()).hexdigest()[:16] for one in (parts, rows))


def _staleness(old: str, new: str) -> dict[str, bool]:
    return {"stale": old != new, "stale_all": old[:16] != new[:16]}


def note_made(folder: CampaignFolder, files: Sequence[contract.MadeFile], of: dict[str, str], *, some: bool) -> bool:
    """Remember which outputs were made now, where their files are, and the digests of what they are made `of`.

    Where `some` cards alone were made, the others are as they were; return whether all is up to date.
    """
    outputs, at, out = dict(folder.state.outputs), folder.environment.stamp(), folder.outputs.path
    made = {file.output for file in files}
    for output in made:
        paths = tuple(file.path for file in files if file.output == output)
        old, new = outputs.get(output), of.get(output, "")
        kept = old.of if some and old is not None and _staleness(old.of, new)["stale_all"] else new
        outputs[output] = MadeOutput(at, paths, kept, _count_files(out, paths))
    if "drafts" in made and "files" in outputs and "files" in of:
        outputs["files"] = replace(outputs["files"], of=of["files"])
    folder.note(outputs=outputs)
    return all(outputs[output].of == of.get(output, "") for output in made)


def label_sheet(folder: CampaignFolder, words: Words) -> str:
    """Return the name and the measures of the sheet that address labels are for."""
    stock = load_stock(find_resources(folder.path))[LABEL_SHEET]
    size = format_size(round(stock.width, -2), round(stock.height, -2), words.lang)
    return words.say("label_sheet", name=stock.name, n=stock.count, size=size)


def _missing(output: str, lines: Sequence[int], words: Words) -> contract.NamedPlace:
    """Return what of an output cannot be made, with the lines that lack something."""
    shown = [words.number(line) for line in lines[:_MOST_LINES]]
    if others := len(lines) - len(shown):
        named = words.say("lines_and_others", lines=", ".join(shown), n=others)
    else:
        listed = words.say("and").join(filter(None, (", ".join(shown[:-1]), shown[-1])))
        named = words.say("lines", n=len(lines), lines=listed)
    at = contract.At(station="list", part="rows", line=lines[0])
    return contract.NamedPlace(text=words.say(f"missing_{output}", n=len(lines), lines=named), at=at)


def _name(document: Document, words: Words) -> str:
    """Return the name of a document, with its sheet or sides."""
    key = f"document_{document.template}"
    note = words.text(f"{key}_note_{document.theme}") or words.text(f"{key}_note")
    return ", ".join(filter(None, (words.text(key), note))) or document.name


def sides_of(campaign: Campaign, documents: Iterable[Document]) -> contract.Sides:
    """Return on which sides of the paper documents are printed: those that have one page in any case, on one."""
    found = set[bool]()
    for one in filter(attrgetter("is_paper"), documents):
        with suppress(LeafletError):  # what cannot be read is told when it is made
            paper = load_paper(campaign.resources, one.template, one.theme)
            found.add(paper.pages == 1 and paper.theme.page.pages == "fixed")
    return "mixed" if len(found) > 1 else "one" if True in found else "both"


def documents_of(campaign: Campaign, output: str) -> list[Document]:
    """Return the documents of an output: of cards those for people or on sheets, else those for schools."""
    if output == "cards":
        return [document for document in campaign.documents if document.sheet is not None]
    per_school = [document for document in campaign.documents if document.per == "school" and document.is_paper]
    if output in ("copier", PRINT_RUN):
        return [document for document in per_school if document.sheet is None]
    if output == "drafts":
        return per_school[:1]
    return list(campaign.documents) if output in ("files", "zip") else per_school
