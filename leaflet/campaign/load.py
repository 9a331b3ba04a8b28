"""Load a campaign: read, validate, check everything, report all faults at once.

The parts are judged apart, so that a slip in one does not hide the faults of the others: texts, settings,
election, links, files.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from leaflet.campaign import consistency
from leaflet.campaign.academies import ADDRESSES_FILE, Academie, Academies, fold_name, load_academies, match_academie
from leaflet.campaign.academy_addresses import read_addresses
from leaflet.campaign.election import (
    Election,
    ElectionProfile,
    election_fields,
    election_tree,
    facts_not_compared,
    load_profile,
    parts_of,
    previous_vote,
    profile_ids,
)
from leaflet.campaign.facts import SAMPLE_NAME
from leaflet.campaign.links import CLOSING, EMBEDDED, check_link, find_doubts, shown_address
from leaflet.campaign.list_columns import check_columns
from leaflet.campaign.model import PDF, AcademieSettings, Campaign, CampaignSettings, Document
from leaflet.campaign.source import CampaignText, parse_campaign, read_campaign, stop
from leaflet.campaign.values import MAKES, OVERSEAS, PATTERN_FIELD, PATTERN_FIELDS, PRIVATE, TreePath, outside_group
from leaflet.confidential import find_secret, hide_secrets
from leaflet.faults import Fault, LeafletError, Report
from leaflet.files.resources import ABOUT, Resources, find_resources
from leaflet.files.toml_files import as_tuple, describe_wrong, missing_values, read_resource_toml
from leaflet.files.words import say_part
from leaflet.program import own_table
from leaflet.text import nearest

UNFINISHED = frozenset({"C142"})  # a publisher without a name
PORTAL = "links.portal"
_AS_WRITTEN = {*CampaignSettings.model_fields} & {*Campaign.__struct_fields__} - {"election", "academies"}

Link = tuple[TreePath, str, tuple[str, ...]]


def load_campaign(path: Path, report: Report) -> Campaign:
    """Load the campaign of a file, with its election, its documents and its checked files and links.

    The report gets every fault and warning found. Any error is raised but those of `UNFINISHED`, which stop a build,
    together with all facts that are missing. No fault shows a secret that the file holds.
    """
    found = Report()
    try:
        campaign = _load(read_campaign(path, found), found)
    except LeafletError as error:
        report.extend(map(hide_secrets, found))
        raise type(error)(map(hide_secrets, error.faults)) from None
    report.extend(map(hide_secrets, found))
    return campaign


def find_errors(path: Path, text: str) -> list[Fault]:
    """Return the errors of `find_faults`."""
    return [fault for fault in find_faults(path, text) if fault.severity == "error"]


def find_faults(path: Path, text: str) -> list[Fault]:
    """Return the faults that a campaign file would have with this text; none of them shows a secret."""
    found = Report()
    with suppress(LeafletError):  # all its faults are in the report
        _load(parse_campaign(path, text.encode("utf-8"), found), found)
    return list(map(hide_secrets, found))


def _load(text: CampaignText, report: Report) -> Campaign:
    consistency.check_names(text, report)
    resources = find_resources(text.path.parent)
    profile = read_profile(text, resources, report)
    academies = load_academies(resources)
    consistency.check_texts(text, profile.year, report)
    election = _election(profile, resources, text, report)
    settings = _settings(text, report)
    if election is not None:
        known = (*academies.departements, *academies.by_key, *own_table("groups.toml"), PRIVATE, OVERSEAS)
        names = known if text.get("data", "key") in (None, "uai") else ()
        consistency.check_groups(election, profile.year, names, text, report)
    own = _academie_settings(settings, academies, text, report)
    addresses = read_addresses(text.path.parent / ADDRESSES_FILE, academies, report)
    _check_departements(academies, text, report)
    check_columns(text, report)
    _check_profile(profile, report)
    _check_compared(settings, text, report)
    compared = [(row.field, row.value) for row in settings.compared] if settings is not None else []
    not_compared = facts_not_compared(election, profile, compared) if election is not None else ()
    _check_links(academies, text, profile, report)
    schools, staff = consistency.check_list("schools", text, report), consistency.check_list("staff", text, report)
    logo = consistency.check_logo(text, report)
    if election is not None and settings is not None:
        consistency.check_issue(settings, election, text, report)
    report.raise_errors()
    assert election is not None and settings is not None and schools is not None, "a fault was not reported"
    if text.get("publisher", "name") == SAMPLE_NAME:
        report.add("C142", text.place("publisher", "name"), value=SAMPLE_NAME)
    for at, part in parts_of(election):
        if (url := part.links.portal) and ".".join((*at, PORTAL)) in not_compared:
            for doubt in find_doubts(url, profile.year):
                report.add(doubt.code, text.place(*at, "links", "portal"), **doubt.values)
    return Campaign(
        file=text.name,
        lines=text.lines,
        folder=text.path.parent,
        resources=resources,
        profile=profile,
        election=election,
        logo=logo,
        schools=schools,
        staff=staff,
        documents=tuple(chain(*(_as_made(one, resources).of_phases() for one in settings.document))),
        academies=own,
        not_compared=not_compared,
        addresses=addresses,
        previous_vote=previous_vote(profile.year),
        **{name: getattr(settings, name) for name in _AS_WRITTEN},
    )


def load_addresses(path: Path) -> frozenset[str]:
    """Return all web addresses that a campaign file names, including those it makes an exception for."""
    text = read_campaign(path, Report())
    excepted = {url for _, (url, _) in _allow_items(text)}
    return frozenset({url for _, url, _ in _links(load_academies(find_resources(text.path.parent)), text)} | excepted)


def find_profile(campaign: Path) -> ElectionProfile | None:
    """Return the profile of a campaign's election; None while its file does not tell which."""
    with suppress(LeafletError):
        return read_profile(read_campaign(campaign, Report()), find_resources(campaign.parent), Report())
    return None


def read_profile(text: CampaignText, resources: Resources, report: Report) -> ElectionProfile:
    """Return the profile the campaign names; raise at once when there is none, because all else depends on it."""
    known, election = profile_ids(resources), text.get("election")
    choice, line = ", ".join(known), f'election = "{known[-1]}"'
    if "election" not in text.tree:
        where = say_part("top_with_year", "en", known=choice), say_part("top_with_year", "fr", known=choice)
        stop(report, "C107", text.place("election"), key="election", **missing_values("election", where, line))
    if not isinstance(election, str):
        stop(report, "C106", text.place("election"), **describe_wrong("string_type", ("election",), election, {}))
    if election not in known:
        stop(report, "C108", text.place("election"), value=election, known=choice, example=line)
    return load_profile(election, resources)


def _election(profile: ElectionProfile, resources: Resources, text: CampaignText, report: Report) -> Election | None:
    given = {key: value for key, value in text.tree.items() if key in Election.model_fields}
    found = Report()
    election = text.validate(Election, election_tree(profile, given), found, context=profile.types)
    for fault in found:
        name = fault.place.field or ""
        if name in profile.facts and tuple(name.split(".")) not in text.lines:  # the campaign gives no other value
            fault = replace(fault, place=profile.place(name))
        report.append(fault)
    if election is not None:
        consistency.check_calendar(election, profile.year, text, report)
        consistency.check_facts(election, resources, text, report)
    return election


def _settings(text: CampaignText, report: Report) -> CampaignSettings | None:
    given = {key: value for key, value in text.tree.items() if key not in Election.model_fields}
    settings = text.validate(CampaignSettings, given, report, beside=Election)
    if "document" not in given or given["document"] == []:
        report.add("C120", text.place("document"))
    if settings is not None:
        _check_documents(settings, text, report)
        consistency.check_publisher(settings, text, report)
    return settings


def _check_compared(settings: CampaignSettings | None, text: CampaignText, report: Report) -> None:
    """Report comparisons of what is no fact."""
    known = frozenset(election_fields())
    for number, row in enumerate(settings.compared if settings is not None else ()):
        if row.field not in known and not row.field.startswith(("groups.", "facts.")):
            place, proposal = text.place("compared", number, "field"), nearest(row.field, known)
            report.add("C184", place, value=row.field, proposal=proposal)


def _check_documents(settings: CampaignSettings, text: CampaignText, report: Report) -> None:
    """Report documents that are called the same or by what is unknown, and those for persons without a staff list."""
    seen: dict[str, int] = {}
    for number, document in enumerate(settings.document):
        for name in sorted({*PATTERN_FIELD.findall(document.file_name)} - {*PATTERN_FIELDS, *settings.data.printed}):
            report.add("C125", text.place("document", number, "file_name"), value=document.file_name, unknown=name)
        for name in sorted({document.name, *(one.name for one in document.of_phases())}):
            if (first := seen.setdefault(name, number)) != number:
                report.add("C124", text.place("document", number), value=name, first=first + 1)
        if document.per == "person" and settings.data.staff is None:
            report.add("C121", text.place("document", number, "per"))


def _as_made(document: Document, resources: Resources) -> Document:
    """Return a document that is made as its template says, where the campaign says nothing."""
    template = resources.find("templates", document.template)
    about = template and template._replace(path=template.path / ABOUT)
    if "makes" in document.model_fields_set or about is None or not about.path.is_file():
        return document
    with suppress(LeafletError):  # of a template whose description is faulty, which is told where it is used
        makes = as_tuple(read_resource_toml(about, ABOUT, "M005").get("makes", PDF))
        if makes and makes[0] in MAKES:
            return document.model_copy(update={"makes": makes[0]})
    return document


def _academie_settings(
    settings: CampaignSettings | None, academies: Academies, text: CampaignText, report: Report
) -> Mapping[str, AcademieSettings]:
    """Return the settings by the académies' own keys, whatever the campaign calls them."""
    given = text.get("academies")
    found: dict[str, AcademieSettings] = {}
    for name in given if isinstance(given, dict) else ():
        academie = match_academie(academies, name, place=text.place("academies", name), report=report)
        if academie is not None and academie.key in found:
            report.add("C167", text.place("academies", name), value=name, name=academie.name)
        elif academie is not None and settings is not None:
            found[academie.key] = own = settings.academies[name]
            for what in (what for what in own.confirmed if getattr(academie, what) is None):
                report.add("C163", text.place("academies", name, "confirmed"), value=what, name=academie.name)
    return found


def _check_departements(academies: Academies, text: CampaignText, report: Report) -> None:
    given = text.get("departements")
    for code in given if isinstance(given, dict) else ():
        if code not in academies.departements:
            report.add("C162", text.place("departements", code), value=code, proposal=_meant(code, academies))


def _meant(text: str, academies: Academies) -> str:
    """Return the code of the département that is most like a text: its name, its code without nought, a postcode."""
    codes = academies.departements
    if text.isdecimal():  # no digit of a code is taken for another
        return next((code for code in (text.zfill(2), text[:3], text[:2]) if code in codes), "")
    named = next((code for code, one in codes.items() if fold_name(one.name) == fold_name(text)), None)
    return named or nearest(text, codes)


def _check_profile(profile: ElectionProfile, report: Report) -> None:
    """Report what looks like a secret in a profile, which anybody may have written."""
    for name, value in profile.texts():
        if find_secret(EMBEDDED.sub(" ", value)):
            report.add("C147", profile.place(name))


def _check_links(academies: Academies, text: CampaignText, profile: ElectionProfile, report: Report) -> None:
    """Check every address of campaign and profile, and report every exception that no address needed."""
    allowed: dict[str, dict[str, str]] = {}  # the rules set aside, with their reasons, by address
    for number, (url, rule) in _allow_items(text):
        allowed.setdefault(url, {})[rule] = str(text.tree["allow"][number].get("reason", ""))
    used: set[tuple[str, str]] = set()
    own = (
        (text.place(*path), url, domains, path[0] == "publisher") for path, url, domains in _links(academies, text)
    )
    texts = ((profile.place(name), url) for name, value in profile.texts() for url in _embedded(value))
    for place, url, domains, free in chain(own, ((*one, academies.domains, False) for one in texts)):
        rules = allowed.get(url)
        set_aside = check_link(url, place=place, report=report, academy_domains=domains, allowed=rules, any_host=free)
        used |= {(url, rule) for rule in set_aside}
    for number, (url, rule) in _allow_items(text):
        if (url, rule) not in used:
            report.add("C172", text.place("allow", number), rule=rule, url=shown_address(url))


def _allow_items(text: CampaignText) -> Iterator[tuple[int, tuple[str, str]]]:
    items = text.get("allow")
    for number, item in enumerate(items if isinstance(items, list) else []):
        if isinstance(item, dict) and isinstance(item.get("url"), str) and isinstance(item.get("rule"), str):
            yield number, (item["url"], item["rule"])


def _links(academies: Academies, text: CampaignText) -> Iterator[Link]:
    """Yield each address of the campaign with its path and the domains it may be under besides gouv.fr."""
    for path, value in text.texts():
        if path[0] in ("allow", "compared"):  # copies of addresses that stand elsewhere
            continue
        domains = _domains_for(path, academies)
        is_of_an_area = path[0] in ("academies", "departements") and path[-1] in ("site", "webmail", "help")
        fact = outside_group(path)
        if is_of_an_area or (fact[0] == "links" and len(fact) == 2):
            yield path, value, domains
        else:
            for url in _embedded(value):
                yield path, url, domains


def _embedded(value: str) -> Iterator[str]:
    """Yield the addresses that stand in a text."""
    return (match[0].rstrip(CLOSING) for match in EMBEDDED.finditer(value))


def _domains_for(path: TreePath, academies: Academies) -> tuple[str, ...]:
    """Return the domains an address may be under besides gouv.fr.

    The portal is the ministry's, an académie's addresses are its own; other texts may name any académie.
    """
    if outside_group(path)[:2] == ("links", "portal"):
        return ()
    owner = str(path[1]) if len(path) > 1 else ""
    academie: Academie | None = None
    if path[0] == "academies":
        academie = academies.by_name(owner)
    elif path[0] == "departements" and owner in academies.departements:
        academie = academies.by_key[academies.departements[owner].academie]
    if academie is None:  # an unknown name has its own fault
        return academies.domains
    return (academie.domain,) if academie.domain else ()
