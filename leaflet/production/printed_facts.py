"""Find the facts that the documents of a campaign print: those that nobody gave, those that nobody compared.

A template stops at the first blank. Here an example is put in its place and the template is rendered again, until
nothing is missing. This is done only when a blank stopped a command, so that a good build costs nothing.

What a template prints is what it reads of a record; this is noted where something is not compared.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any

from msgspec.structs import replace

from leaflet.campaign import Campaign, Document, load_academies
from leaflet.campaign.facts import field_rows, row_of, with_example
from leaflet.campaign.load import PORTAL
from leaflet.campaign.model import DraftDocument
from leaflet.faults import LANGUAGES, DataError, Fault, LeafletError, Place, Report, TemplateError
from leaflet.files.words import in_both
from leaflet.markup.blanks import NO_CODE, OTHER_PORTAL, BlankField
from leaflet.markup.groups import group_values
from leaflet.markup.record_values import RecordContexts
from leaflet.production.design import compile_design
from leaflet.production.materials import Materials
from leaflet.reuse.traced_template import TracedTemplate
from leaflet.tables import Person, School

BLANK = "M202"  # the fault of a template that needs a value nobody gave
NOT_COMPARED = "C183"  # the fault of facts that nobody held against a notice de vote
MADE_AS_DRAFTS = "C188"  # that of the drafts which are made of them
NEVER_A_DRAFT = "C248"  # that of a document which is read on screens, and spreads: it is not made of them
_SAMPLE = School(
    key="0370001A", name="École", address=(), postcode="", town="Exemple", copies=None, academie_label="", line=2
)
_DATES = ("vote.opens_on", "vote.closes_on")
_DATES_ONLY = "vote-dates-a4"  # the template that needs nothing else


def explain_blanks(
    error: LeafletError, materials: Materials, documents: Sequence[Document], schools: Sequence[School]
) -> LeafletError:
    """Return an error that lists every missing fact, if one of them stopped a command; else the error unchanged."""
    if all(fault.code != BLANK for fault in error.faults):
        return error
    missing = missing_faults(materials, documents, schools)
    named = {fault.place.field for fault in missing}
    left = [f for f in error.faults if f.code != BLANK or f.values["field"] not in named]
    return DataError([*missing, *left]) if missing else error


def missing_faults(materials: Materials, documents: Iterable[Document], schools: Sequence[School]) -> list[Fault]:
    """Return a fault for each missing fact, at its place in the campaign file."""
    campaign, report = materials.campaign, Report()
    documents = list(documents)
    found = find_missing(materials, documents, schools)
    helps = _DATES_ONLY not in {document.template for document in documents} and not found.keys() & set(_DATES)
    for field, names in found.items():
        row, table = row_of(field, campaign.profile), field.rpartition(".")[0]
        texts = in_both("spot", "spot_in_table" if table else "spot_at_the_top", table=table)
        is_told = helps and field == list(found)[-1]  # once: it is the same for all
        meanwhile = in_both("meanwhile", "dates_meanwhile" if is_told else "nothing", template=_DATES_ONLY)
        for lang in LANGUAGES:
            texts |= {f"what_{lang}": row.what[lang], f"where_{lang}": row.where[lang]}
            texts[f"meanwhile_{lang}"] = meanwhile[f"meanwhile_{lang}"]
        report.add(
            "C182",
            campaign.place(*field.split(".")),
            line=f"{field.rpartition('.')[2]} = {row.example}",
            known=", ".join(names),
            command=f"leaflet fill {campaign.folder / campaign.file}",
            **texts,
        )
    return list(report)


def find_missing(
    materials: Materials, documents: Iterable[Document], schools: Sequence[School]
) -> dict[str, list[str]]:
    """Return the facts that nobody gave, in the order of the model, each with the documents that print it."""
    found: dict[str, list[str]] = {}
    for document in documents:
        for field in _missing_in(document, materials, schools or [_SAMPLE]):
            found.setdefault(field, []).append(document.name)
    return {field: found[field] for field in sorted(found, key=list(field_rows(materials.campaign.profile)).index)}


def _missing_in(document: Document, materials: Materials, schools: Sequence[School]) -> Iterator[str]:
    """Yield the facts that a document needs, for one school of each area."""
    try:
        renderer = compile_design(materials.design_of(document))
    except TemplateError:
        return  # the template has its own fault
    template, seen = TracedTemplate(renderer), set[str]()
    filled = materials.campaign
    contexts = _contexts(filled).of(document)
    for school, person in _one_of_each_area(document, materials, schools):
        while True:
            context, shared = contexts.context(school, person), contexts.shared
            variables = {name: value for name, value in context.items() if value is not shared.get(name)}
            try:
                template.render(shared, variables)
            except LeafletError as error:
                field = str(error.faults[0].values.get("field"))
                if error.faults[0].code != BLANK or field in seen or field not in field_rows(filled.profile):
                    break  # another fault of the template, or a blank that no setting gives: it has its own message
                yield field
                seen.add(field)
                filled = with_example(filled, field)
                contexts = _contexts(filled).of(document)
            else:
                break


def _contexts(campaign: Campaign) -> RecordContexts:
    return RecordContexts(campaign, load_academies(campaign.resources), Report())  # the command's has its warnings


def _one_of_each_area(
    document: Document, materials: Materials, schools: Sequence[School]
) -> Iterator[tuple[School, Person | None]]:
    """Yield one school of each area that prints something else, with one of its people for a personal document."""
    contexts, seen = materials.contexts.fresh_copy(), set[tuple[int, str]]()
    for school in schools:
        people: Sequence[Person | None] = (None,)
        if document.per == "person":
            people = materials.people.get(school.key, ())
        area = id(contexts.shared_by(school)), school.sector
        if people and area not in seen:
            seen.add(area)
            yield school, people[0]


def find_not_compared(materials: Materials, documents: Iterable[Document], schools: Sequence[School]) -> list[str]:
    """Return the facts that these documents print and that nobody compared, in the order of the model."""
    campaign = materials.campaign
    left = set(campaign.not_compared)
    for document in documents:
        for read in _facts_read(document, materials, schools or [_SAMPLE]) if left else ():
            left -= read
    return [field for field in campaign.not_compared if field not in left]


def check_printed(
    materials: Materials, documents: Iterable[Document], schools: Sequence[School], report: Report
) -> None:
    """Report the facts of a campaign's own that none of its documents prints (C250)."""
    campaign = materials.campaign
    left = {f"facts.{name}" for name in campaign.election.facts}
    for document in documents:
        for read in _facts_read(document, materials, schools or [_SAMPLE]) if left else ():
            left -= read
    for name in sorted(left):
        report.add("C250", campaign.place(*name.split(".")), value=name.partition(".")[2])


def check_compared(campaign: Campaign, found: Sequence[str], report: Report, *, draft: bool = False) -> None:
    """Report the facts that are printed and that nobody compared, in one fault: an error, but of drafts."""
    if found:
        code = MADE_AS_DRAFTS if draft else NOT_COMPARED
        place = campaign.place("links", "portal") if PORTAL in found else Place(file=campaign.file)  # with its doubts
        report.add(code, place, count=len(found), known=", ".join(found), command=f"leaflet fill {campaign.file}")


def with_drafts(
    materials: Materials, documents: Sequence[Document], schools: Sequence[School], report: Report, *, draft: bool
) -> Materials:
    """Return the materials with a draft of each of some documents that prints what nobody compared.

    Where nobody asked for drafts, such facts are raised as an error, and those that are missing with it.
    """
    campaign, found, draft = materials.campaign, Report(), draft and any(one.is_paper for one in documents)
    printed = {one.name: find_not_compared(materials, [one], schools) for one in documents}
    of_all = set(chain.from_iterable(printed.values()))
    check_compared(campaign, [fact for fact in campaign.not_compared if fact in of_all], found, draft=draft)
    if found.errors:
        found.extend(missing_faults(materials, documents, schools))
    report.extend(found)
    found.raise_errors()
    named = [one.as_draft(facts) if (facts := printed.get(one.name)) else one for one in campaign.documents]
    never = [one for one in named if isinstance(one, DraftDocument) and not one.is_paper]
    for one in never:
        report.add(NEVER_A_DRAFT, campaign.place_of(one, "makes"), value=one.name)
    named = [one for one in named if one not in never]
    return replace(materials, campaign=replace(campaign, documents=tuple(named))) if of_all else materials


def find_left_out(document: Document, materials: Materials, schools: Sequence[School]) -> frozenset[str]:
    """Return the keys of the schools that a document is not made for: it prints the portal, they vote on another."""
    without = materials.contexts.groups.without_portal
    groups = {school.key: group for school in schools if (group := without(school)) is not None}
    if not groups:
        return frozenset()
    renderer, refused = compile_design(materials.design_of(document)), set[str]()
    for school, person in _one_of_each_area(document, materials, [one for one in schools if one.key in groups]):
        try:
            renderer.render(materials.contexts.context(school, person))
        except LeafletError as error:
            refused |= {groups[school.key] for fault in error.faults if fault.code == OTHER_PORTAL}
    return frozenset(key for key, group in groups.items() if group in refused)


def find_without(materials: Materials, documents: Iterable[Document], schools: Sequence[School]) -> frozenset[str]:
    """Return the keys of the schools that none of some documents is made for."""
    left = [find_left_out(document, materials, schools) for document in documents]
    return frozenset.intersection(*left) if left else frozenset()


def portal_faults(materials: Materials, schools: Iterable[School], left_out: Collection[str]) -> list[Fault]:
    """Return the faults of the schools whose portal nobody gave: one that is left out, as the document has it."""
    place, found = materials.campaign.place("links", "portal"), list[Fault]()
    for school in schools:
        if (group := materials.contexts.groups.without_portal(school)) is not None:
            code = OTHER_PORTAL if school.key in left_out else NO_CODE
            found.append(Fault(code, replace(place, key=school.key), group_values(group)))
    return found


def _facts_read(document: Document, materials: Materials, schools: Sequence[School]) -> Iterator[set[str]]:
    """Yield the facts that a document reads for one school of each area, those of its groups by their own names."""
    try:
        renderer = compile_design(materials.design_of(document))
    except TemplateError:
        return  # the template has its own fault
    contexts, seen = materials.contexts.fresh_copy().of(document), set[tuple[object, ...]]()
    for school, person in _one_of_each_area(document, materials, schools):
        shared = contexts.shared_by(school)
        if (key := (*_outline(shared), school.sector)) in seen:
            continue
        seen.add(key)
        read = set[str]()
        context = contexts.context(school, person)
        noted = {name: _Noted(shared[name], prefix, read) for name, prefix in _READ.items()}
        with suppress(LeafletError):  # of this record, which has its own fault
            renderer.render({**context, **noted})
        if read & {"local.opens", "local.closes"}:
            read |= {"vote.timezone", "vote.opens_at", "vote.closes_at"}
        read |= {name.replace("local.", "vote.") for name in read & {"local.opens_on", "local.closes_on"}}
        read |= {"rounds"} if any(name.startswith("vote.") for name in read) else set()
        yield read | {f"groups.{group}.{name}" for group in shared["groups"] for name in read}


_READ = {"election": "", "local": "local."}  # the tables that hold facts, and how their names begin


class _Noted(dict[str, Any]):
    """A table of a record that notes, by dotted name, what is read of it."""

    def __init__(self, values: Mapping[str, Any], prefix: str, read: set[str]) -> None:
        super().__init__({k: _Noted(v, f"{prefix}{k}.", read) if type(v) is dict else v for k, v in values.items()})
        self._prefix, self._read = prefix, read

    def __getitem__(self, key: str) -> Any:
        self._read.add(f"{self._prefix}{key}")
        return super().__getitem__(key)


def _outline(values: Mapping[str, Any]) -> Iterator[object]:
    """Yield what tells areas apart for a template's choices: their vote, and what is known of each."""
    yield id(values["election"])
    yield values["academie"]["mailbox"]["kind"]
    for table in ("academie", "departement", "local"):
        yield from (isinstance(value, BlankField) for value in values[table].values())
