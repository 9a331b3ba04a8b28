"""Check what needs more than one value: texts anywhere, dates that contradict one another, memo and files."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path, PureWindowsPath
from typing import Literal

from leaflet.campaign.dates import weekday_mismatches, why_no_day
from leaflet.campaign.election import Election, Facts, election_fields, laid_over, last_days, parts_of, value_of
from leaflet.campaign.links import EMBEDDED
from leaflet.campaign.logo import MAX_LOGO_BYTES, logo_faults
from leaflet.campaign.model import CampaignSettings
from leaflet.campaign.source import CampaignText, is_secret_key
from leaflet.campaign.values import TreePath, dotted, french_name, outside_group
from leaflet.confidential import (
    Kind,
    find_asked_secret,
    find_personal_number,
    find_secret,
    is_bare_value,
    is_secret_file,
    is_secret_name,
    names_secret,
)
from leaflet.faults import Place, Report
from leaflet.files.plain_files import LISTS, PICTURES, is_inside, meant_file
from leaflet.files.resources import Resources
from leaflet.program import own_table
from leaflet.text import BRITISH_POSTCODE, nearest

MAX_TEXT = 2_000  # characters; the longest text of a leaflet is a paragraph
_FILES: tuple[tuple[str, str], ...] = (("data", "schools"), ("data", "staff"), ("publisher", "logo"))
_DATES = ("mail.sent_on", "notice.from_on", "notice.to_on", "reissue.opens_on")
# What a secret is called: a word with the signs of a password is none of these.
_CALLED = re.compile(
    r"account\.(?:login|password|challenge)|notice\.code_name|reissue\.name|mailbox\.initial_password|memo\.lines\b.*"
)
_SECRET_CODES: dict[Kind, str] = {"numen": "C146", "social-security": "C148"}
_SECRET_CODES |= dict.fromkeys(("link", "labelled", "random"), "C147")


def check_texts(text: CampaignText, year: int | None, report: Report) -> None:
    """Report hidden characters, secrets and wrong weekdays in every text and key of the campaign."""
    known = frozenset(election_fields())  # « account.password » is what the password is called
    for path in text.keys():  # noqa: SIM118, the method of a CampaignText, not of a dict
        _check_characters(path, str(path[-1]), text, report)
        is_known = dotted(outside_group(path)) in known or "words" in path  # names of sentences
        if is_secret_key(str(path[-1])) and not is_known:
            report.add("C149", text.place(*path), key=path[-1])
    for path, value in text.texts():
        _check_characters(path, value, text, report)
        _check_secret(path, value, text, report)
        _check_weekdays(path, value, year, text, report)
        if len(value) > MAX_TEXT:
            values = {"length": len(value), "allowed": MAX_TEXT, "over": len(value) - MAX_TEXT}
            report.add("C151", text.place(*path), **values)
    # the publisher's own message, if its title names a secret that its text gives
    title, said = (str(text.get("publisher", "message", name) or "") for name in ("title", "text"))
    if names_secret(title) and not find_secret(said) and (kind := find_secret(f"{title} : {said}")):
        report.add(_SECRET_CODES[kind], text.place("publisher", "message"))
    groups = text.get("groups")
    for name in ("", *(groups if isinstance(groups, dict) else ())):
        _check_steps(("groups", name) if name else (), text, report)
    for line, comment in text.comments:
        if kind := find_secret(comment):
            report.add(_SECRET_CODES[kind], Place(file=text.name, line=line))


def check_names(text: CampaignText, report: Report) -> None:
    """Report a campaign file or a document that is named after secrets: ``mdp-{uai}``."""
    if is_secret_file(text.path.stem):
        report.add("C133", Place(file=text.name))
    documents = text.get("document")
    for number, document in enumerate(documents if isinstance(documents, list) else ()):
        for key in ("template", "name", "file_name"):
            if isinstance(document, dict) and is_secret_name(str(document.get(key, ""))):
                report.add("C152", text.place("document", number, key))


@cache
def _unions() -> re.Pattern[str]:
    lists = own_table("unions.toml")
    return re.compile(rf"\b(?:(?i:{'|'.join(lists['any_case'])})|{'|'.join(lists['as_written'])})\b")


# A number that is French by its beginning; (0) stands in one for abroad, and is no digit of it.
_TELEPHONE = re.compile(r"(?<![\w./@+-])(\+33|0033|0)((?:[ .\u00a0\u202f-]?(?:\(0\)|\d))+)(?![\w@/])")
_DAY = re.compile(r"\d\d[ .-]\d\d[ .-]\d{4}")
_POSTCODE = re.compile(rf"\b(?:\d\d\s?\d{{3}}|{BRITISH_POSTCODE})\b")
# Words with an @, and the one before a gap that should not be there; of these a mail address, or a name on a network.
_WITH_AT = re.compile(r"(?:[\w.+-]+(?= @[\w-]+\.(?:com|fr|net|org)\b) )?[^\s,;:()«»<>]*@[^\s,;:()«»<>]*")
_MAIL_ADDRESS = re.compile(r"@[\w.]+(?:@[\w.-]+)?|[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}\.?", re.IGNORECASE)
_OWN_TEXTS = ("publisher.contact", "publisher.message", "facts.")
_DIGITS = range(6, 12)  # after its beginning: fewer are a postcode, more are no slip


def check_publisher(settings: CampaignSettings, text: CampaignText, report: Report) -> None:
    """Report an administration whose texts name a union, and an address or a telephone that cannot be whole."""
    address = settings.publisher.address
    if address and not _POSTCODE.search(address):
        report.add("C244", text.place("publisher", "address"), value=address)
    said = {path: value for path, value in text.texts() if dotted(outside_group(path)).startswith(_OWN_TEXTS)}
    for path, value in said.items():
        for number in _TELEPHONE.finditer(value):
            digits = sum(map(str.isdigit, number[2].replace("(0)", "")))
            if digits in _DIGITS and digits != 9 and not _DAY.fullmatch(number[0]):
                report.add("C243", text.place(*path), value=number[0])
        for address in _WITH_AT.findall(value):
            if not _MAIL_ADDRESS.fullmatch(address):
                report.add("C245", text.place(*path), value=address)
    if settings.publisher.kind == "administration":
        for path, value in text.texts():
            is_said = outside_group(path)[0] in ("publisher", "steps", "title", "scope", "memo")
            if is_said and (unions := _unions().findall(value)):
                report.add("C241", text.place(*path), name=", ".join(dict.fromkeys(unions)))


_ARTICLE = re.compile(r"(mon|ma|mes|le|la|les|votre) +|l[’']", re.IGNORECASE)
_NAMES = (
    *("account.name", "account.space", "account.login", "account.password", "account.challenge"),
    *("notice.name", "notice.code_name"),
)


def check_facts(election: Election, resources: Resources, text: CampaignText, report: Report) -> None:
    """Report what names, writing lines and steps must not be, those of groups as well."""
    for at, facts in parts_of(election):
        _check_wording(facts, at, text, report)
        for number, label in enumerate(facts.memo.lines or ()):  # what a leaflet must not hold once it is filled in
            if asked := find_asked_secret(label):
                report.add("C150", text.place(*at, "memo", "lines", number), value=label, asked=asked)
        _check_ids(facts, at, resources, text, report)


def _check_wording(facts: Facts, at: TreePath, text: CampaignText, report: Report) -> None:
    """Report names of things that are an address (C246), or begin with an article, which templates write as well."""
    for name in _NAMES:
        value, place = value_of(facts, name), text.place(*at, *name.split("."))
        if isinstance(value, str) and "@" in value:
            report.add("C246", place, value=value)
        elif isinstance(value, str) and (article := _ARTICLE.match(value)):
            gender = "une " if (article[1] or "").lower() in ("la", "ma") else ""
            report.add("C242", place, value=value, proposal=f"{gender}{value[article.end() :]}")


def _check_ids(facts: Facts, at: TreePath, resources: Resources, text: CampaignText, report: Report) -> None:
    """Report steps that stand twice (C156), and those that no template has a text for (M205)."""
    seen: set[str] = set()
    files = (path for folder in resources.folders for path in folder.path.glob("templates/*/steps/*.xml"))
    known = {path.stem for path in files if path.stem[0] != "_"}
    for number, step in enumerate(facts.steps or ()):
        if step.id is not None and step.id not in known:
            names = ", ".join(sorted(map(french_name, known)))
            report.add("M205", text.place(*at, "steps", number), name=step.id, known=names)
        if step.id is not None and step.id in seen:
            report.add("C156", text.place(*at, "steps", number), value=step.id)
        seen.add(step.id or "")


def check_calendar(election: Election, year: int, text: CampaignText, report: Report) -> None:
    """Report closings before openings, a vote outside its year, and dates after the vote is over."""
    vote = election.vote
    _check_order(("vote", "opens"), ("vote", "closes"), election, text, report)
    _check_order(("notice", "from"), ("notice", "to"), election, text, report)
    for name in ("opens_on", "closes_on", "quiet_from"):
        _check_year(("vote", name), getattr(vote, name), year, text, report)
    last = vote.closes_on if vote.closes_on and vote.closes_on.year == year else date(year, 12, 31)
    for name in _DATES:
        _check_within(tuple(name.split(".")), value_of(election, name), date(year, 1, 1), last, text, report)
    for at, facts in parts_of(election):
        _check_rounds(facts, facts.vote.opens_on or vote.opens_on or date(year, 1, 1), at, text, report)
        for name, day in facts.facts.items():  # results may be told, or another round held, after the vote
            _check_within((*at, "facts", name), day, date(year, 1, 1), date(year + 1, 12, 31), text, report)


def _check_rounds(facts: Facts, begins: date, at: TreePath, text: CampaignText, report: Report) -> None:
    """Report rounds that end before they begin (C113), or begin before the vote or the round before them (C114)."""
    earliest = dict[str | None, date]()  # day on which the next round of a college may begin
    for number, (one, closes_on) in enumerate(zip(facts.rounds or (), last_days(facts), strict=True)):
        path = (*at, "rounds", number)
        first = earliest.get(one.college, begins)
        _check_within((*path, "opens_on"), one.opens_on, first, date(begins.year + 1, 12, 31), text, report)
        opens = _Moment.combine(one.opens_on, one.opens_at or time.min)
        closes = _Moment.combine(closes_on, one.closes_at or time.max)
        if closes < opens:
            report.add("C113", text.place(*path), first=opens, last=closes)
        earliest[one.college] = closes_on


def check_groups(election: Election, year: int, names: Collection[str], text: CampaignText, report: Report) -> None:
    """Report groups whose name tells no school, if `names` are those that do, and votes that end too early."""
    for key, group in election.groups.items():
        if names and key not in names and not group.where:
            report.add("C187", text.place("groups", key), value=key, proposal=nearest(key, names))
        merged = laid_over(election, group)
        for name in ("opens_on", "closes_on"):
            _check_year(("groups", key, "vote", name), getattr(group.vote, name), year, text, report)
        _check_order(("vote", "opens"), ("vote", "closes"), merged, text, report, ("groups", key))


def check_issue(settings: CampaignSettings, election: Election, text: CampaignText, report: Report) -> None:
    """Report a sheet that is dated after the vote, by a slip of the pen, or when nothing may be handed out."""
    closings = [day for _, facts in parts_of(election) for day in (facts.vote.closes_on, *last_days(facts)) if day]
    last = max(closings, default=None)
    quiet = election.vote.quiet_from if settings.publisher.kind == "union" else None
    read = [(("document", at, "read_on"), document.read_on) for at, document in enumerate(settings.document)]
    for path, day in ((("issued_on",), settings.issued_on), *read):
        if day is not None and last is not None and day > last:
            report.add("C116", text.place(*path), value=day, last=last)
        elif last is not None:
            _check_within(path, day, last - timedelta(365), last, text, report)
        if quiet is not None and day is not None and day >= quiet:
            report.add("C249", text.place(*path), value=day, quiet=quiet)


def check_list(key: Literal["schools", "staff"], text: CampaignText, report: Report) -> Path | None:
    """Return the path of a list of ``[data]``, relative to the campaign; report a file that does not exist."""
    name = text.get("data", key)
    if not isinstance(name, str) or not name.strip():
        return None
    path, place = text.path.parent / name, text.place("data", key)
    if is_secret_file(PureWindowsPath(name).stem):  # which knows both kinds of slash
        report.add("C133", place)
    elif _is(path, "is_dir"):
        report.add("C131", place, value=name, key=key)
    elif not _is(path, "is_file"):
        values = {"folder": text.path.parent.absolute(), "proposal": meant_file(name, LISTS, text.path.parent)}
        report.add("C130", place, value=name, **values)
    return path


def check_logo(text: CampaignText, report: Report) -> Path | None:
    """Return the path of the logo; report one that is no PNG, JPEG, SVG or PDF inside the campaign's folder."""
    name = text.get("publisher", "logo")
    if not isinstance(name, str) or not name.strip():
        return None
    path, place = text.path.parent / name, text.place("publisher", "logo")
    if is_secret_file(PureWindowsPath(name).stem):
        report.add("C133", place)
    elif not is_inside(path, text.path.parent):
        report.add("C136", place, value=name)
    elif not _is(path, "is_file"):
        values = {"folder": text.path.parent.absolute(), "proposal": meant_file(name, PICTURES, text.path.parent)}
        report.add("C135", place, value=name, **values)
    elif (size := path.stat().st_size) > MAX_LOGO_BYTES:
        report.add("C138", place, value=name, **_in_megabytes(size=size, allowed=MAX_LOGO_BYTES))
    else:
        for code, values in logo_faults(path):
            report.add(code, place, value=name, **values)
    return path


def _in_megabytes(**bytes_of: int) -> dict[str, str]:
    """Return numbers of bytes as the values of a message in both languages: ``size_en``, ``size_fr``."""
    values = dict[str, str]()
    for name, count in bytes_of.items():
        text = f"{count / 1e6:.1f}".removesuffix(".0")
        values |= {f"{name}_en": f"{text}\u00a0MB", f"{name}_fr": f"{text.replace('.', ',')}\u00a0Mo"}
    return values


def _check_characters(path: TreePath, value: str, text: CampaignText, report: Report) -> None:
    for position, character in enumerate(value, 1):
        # Cf holds the marks that turn the reading direction and the spaces without width
        if character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn"):
            code_point = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
            report.add("C145", text.place(*path), character=code_point, position=position)
            return


def _check_steps(at: tuple[str, ...], text: CampaignText, report: Report) -> None:
    """Report a step whose title, or the step before it, names a secret that it gives, and numbers over two steps."""
    steps, before = text.get(*at, "steps"), ""
    for number, step in enumerate(steps if isinstance(steps, list) else ()):
        given = step if isinstance(step, dict) else {}
        parts = [str(given.get(name, "")) for name in ("title", "text", "message", "button")]
        said = " ".join(filter(None, parts))
        if not any(map(find_secret, parts)):
            kind = find_secret(said) or _number_across(before, said)
            if not kind and names_secret(before) and not find_secret(before):
                kind = find_secret(f"{before} {said}")
            if kind:
                report.add(_SECRET_CODES[kind], text.place(*at, "steps", number))
        before = said


def _number_across(before: str, after: str) -> Kind | None:
    """Return the kind of a person's number that begins at the end of a text and ends in the next one."""
    found = find_personal_number(before + after) or find_personal_number(f"{before} {after}")
    return None if find_personal_number(before) or find_personal_number(after) else found


def _check_secret(path: TreePath, value: str, text: CampaignText, report: Report) -> None:
    if path in _FILES:
        return  # see `check_list` and `check_logo`
    # the link rules judge what full addresses carry; a person's number is none of their business
    if kind := find_secret(EMBEDDED.sub(" ", value)) or find_personal_number(value):
        report.add(_SECRET_CODES[kind], text.place(*path))
    elif is_bare_value(value) and _CALLED.fullmatch(dotted(outside_group(path))):
        report.add("C147", text.place(*path))


def _check_weekdays(path: TreePath, value: str, year: int | None, text: CampaignText, report: Report) -> None:
    for mismatch in weekday_mismatches(value, year):
        if mismatch.right is None:
            values = {"value": mismatch.found, "line_en": ".", "line_fr": ".", **why_no_day(mismatch.found)}
            report.add("C117", text.place(*path), **values)
        else:
            report.add("C115", text.place(*path), value=mismatch.found, right=mismatch.right)


def _check_order(
    first: tuple[str, str], last: tuple[str, str], facts: Facts, text: CampaignText, report: Report, at: TreePath = ()
) -> None:
    begins, ends = _moment(first, facts), _moment(last, facts)
    # when only one hour is known and the days are the same, nothing contradicts
    if begins and ends and (ends.date() < begins.date() or (ends < begins and first[0] == "vote")):
        # the place is that of the first value that stands in the campaign itself, and of a day if the days are wrong
        kinds = ("at", "on") if ends.date() == begins.date() else ("on", "at")
        paths = [(*at, table, f"{end}_{kind}") for kind in kinds for table, end in (last, first)]
        place = text.place(*next((path for path in paths if path in text.lines), paths[0]))
        report.add("C113", place, first=begins, last=ends)


class _Moment(datetime):
    """A moment, which messages name without its seconds."""

    def __str__(self) -> str:
        return f"{self:%Y-%m-%d %H:%M}"


def _moment(name: tuple[str, str], facts: Facts) -> _Moment | None:
    table = getattr(facts, name[0])
    day: date | None = getattr(table, f"{name[1]}_on")
    hour: time | None = getattr(table, f"{name[1]}_at", None)
    late = time(23, 59) if name[1] in ("closes", "to") else time(0)
    return None if day is None else _Moment.combine(day, hour or late)


def _check_year(path: TreePath, day: date | None, year: int, text: CampaignText, report: Report) -> None:
    _check_within(path, day, date(year, 1, 1), date(year, 12, 31), text, report)


def _check_within(path: TreePath, day: object, first: date, last: date, text: CampaignText, report: Report) -> None:
    if isinstance(day, date) and not first <= day <= last:
        report.add("C114", text.place(*path), value=day, first=first, last=last)


def _is(path: Path, kind: str) -> bool:
    try:
        return bool(getattr(path, kind)())
    except (OSError, ValueError):  # a name that is too long, or holds NUL
        return False
