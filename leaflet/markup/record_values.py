"""Make the values that templates see of a campaign, an académie, a département: blanks for the unknown.

Hours of the vote are those of the school: overseas they are not those of Paris, and sometimes of another day.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from pydantic import BaseModel

from leaflet.campaign.academies import Academie, Academies, Departement, match_academie
from leaflet.campaign.election import Election, Notice, Vote, at_round, without_secrets
from leaflet.campaign.model import FRENCH, Campaign, DepartementSettings, Document, lang_of_facts
from leaflet.campaign.values import AddressFact
from leaflet.faults import Report
from leaflet.markup import mailbox
from leaflet.markup.blanks import HintKey, blank, other_portal
from leaflet.markup.groups import Ranked, by_conditions, facts_of, group_of, school_groups
from leaflet.markup.page_words import IMPRINT, load_page_words
from leaflet.tables import Person, School
from leaflet.text import campaign_spacing, slug, typographic

_UNKNOWN = blank("vote.timezone", "notice")
_NOWHERE_ELSE: dict[str, Any] = {"opens": _UNKNOWN, "closes": _UNKNOWN}


def local_context(vote: Vote, timezone: str | None) -> dict[str, Any]:
    """Return the moments of the vote in the time zone of a school, each with its day ``on`` and its hour ``at``.

    ``opens`` and ``closes`` are blank where the hour is not known, or is the same as the vote's own. Of hours without
    a time zone, in words at most, day and hour are blank: they may be those of another place, and cannot be told.
    ``opens_on`` and ``closes_on`` are the days in any case, the vote's own where nothing tells them apart. ``daily``
    tells whether it opens and closes on each of several days, at known hours that are the school's own.
    """
    days = {f"{name}_on": _filled(vote, "vote.", "notice")[f"{name}_on"] for name in _NOWHERE_ELSE}
    has_hours = vote.opens_at is not None and vote.closes_at is not None
    found = {**_NOWHERE_ELSE, **days, "daily": vote.daily and has_hours and vote.opens_on != vote.closes_on}
    if timezone is None:
        return found
    for name, day, hour in (("opens", vote.opens_on, vote.opens_at), ("closes", vote.closes_on, vote.closes_at)):
        if day is None or hour is None:
            continue
        if vote.timezone is None:
            found[name] = {"on": _UNKNOWN, "at": _UNKNOWN}
            continue
        local = datetime.combine(day, hour, ZoneInfo(vote.timezone)).astimezone(ZoneInfo(timezone))
        if local.replace(tzinfo=None) != datetime.combine(day, hour):
            found |= {name: {"on": local.date(), "at": local.time()}, f"{name}_on": local.date()}
            found["daily"] = False
    return found


def closes_elsewhen(local: Mapping[str, Any]) -> bool:
    """Tell whether the vote closes at another hour where a school is, and at which."""
    return isinstance(local["closes"], dict) and isinstance(local["closes"]["at"], time)


def phase_days(notice: Notice, vote: Vote, local: Mapping[str, Any]) -> dict[str, date]:
    """Return the day on which each phase begins where a school is; of `before` the last, on which a paper is due."""
    due, last = notice.to_on or notice.deadline_computed, vote.closes_on and local["closes_on"]
    begun = {"before": due, "prepare": due and due + timedelta(1), "open": vote.opens_on, "last": last}
    return {phase: day for phase, day in begun.items() if day is not None}


def phase_of(read_on: date | None, days: Mapping[str, date]) -> str:
    """Return how far the vote is on the day of a sheet; one without a date is to prepare by."""
    if read_on is None or read_on < days.get("open", date.max):
        return "before" if read_on is not None and read_on <= days.get("before", date.min) else "prepare"
    return "last" if read_on >= days.get("last", date.max) else "open"


_ABROAD = blank("academies", "academie")
_OF_ACADEMIES = (None, "abroad")  # the groups whose schools have an académie
_NO_AREA, _NO_COPIES = blank("school.area", "campaign"), blank("school.copies", "campaign")


def campaign_context(campaign: Campaign, lang: str) -> dict[str, Any]:
    """Return what is the same for all schools: ``election``, ``publisher``, ``version``, ``issued_on``."""
    imprint = campaign.publisher.imprint
    if imprint is None:
        named_at = next((campaign.place_of(one, "lang") for one in campaign.documents if one.lang == lang), None)
        imprint = campaign_spacing(load_page_words(campaign.resources, lang, named_at=named_at).texts[IMPRINT])
    logo = None if campaign.logo is None else campaign.logo.name  # wherever the campaign's folder is
    publisher = _filled(campaign.publisher, "publisher.", "publisher") | {"imprint": imprint}
    return {
        "election": election_context(campaign, lang),
        "publisher": {**publisher, "logo": _or_blank(logo, "publisher.logo", "publisher")},
        "version": campaign.version,
        "issued_on": _or_blank(campaign.issued_on, "issued_on", "campaign"),
    }


def election_context(campaign: Campaign, lang: str = FRENCH) -> dict[str, Any]:
    """Return the election's fields as nested dictionaries, with its ``id`` and ``year``; steps are a list."""
    return {"id": campaign.profile.id, "year": campaign.profile.year, **_facts(campaign, campaign.election, lang)}


def _facts(campaign: Campaign, election: Election, lang: str) -> dict[str, Any]:
    """Return the facts of an election, blanks for those asked for; each record sees those of its groups."""
    shown = {name: value for name, value in _filled(election, "", "notice").items() if name != "groups"}
    asks, said = campaign.profile.asks, lang_of_facts(lang)
    what = {name: campaign_spacing(asks[name].what[said]) for name in asks if name in election.facts}
    shown["asks"] = [{"name": name, "type": asks[name].type, "what": what[name]} for name in what]
    shown["facts"] = {name: blank(f"facts.{name}", "notice") for name in campaign.profile.asks} | shown["facts"]
    return shown


def academie_context(
    campaign: Campaign, academie: Academie | None, report: Report, usual: AddressFact | None = None
) -> dict[str, Any]:
    """Return name, domain, addresses and the way to the mailbox of an académie, None if it is unknown.

    The campaign's own addresses come first. `report` gets one warning for an académie whose mailbox is not sure, and
    one for facts that are old; `usual` is how user names are made where there is no rule of their own.
    """
    if academie is None:
        return _without_academie(mailbox.way_of("ask"))
    way = mailbox.find_mailbox(campaign, academie)
    mailbox.warn_of_mailbox(campaign, academie, way, report)
    prefix = f"academies.{academie.key}."
    help_page, rule = campaign.printed(academie, "help"), campaign.printed(academie, "login_rule")
    is_unknown = rule is None and campaign.settings_of(academie).login_rule is None
    usual_rule = usual.value if usual is not None and is_unknown and academie.kind == "academie" else None
    if "login_rule" in mailbox.find_doubtful(campaign, academie):  # the page says no more than its old source can
        rule, usual_rule = None, rule and rule.value
    return {
        **{name: getattr(academie, name) for name in ("key", "name", "title", "kind")},
        "domain": _or_blank(academie.domain, f"{prefix}domain", "academie"),
        "timezone": _or_blank(academie.timezone, f"{prefix}timezone", "academie"),
        "site": _or_blank(mailbox.site_of(campaign, academie), f"{prefix}site", "academie"),
        "mailbox": mailbox.mailbox_context(way),
        "help": _or_blank(help_page and help_page.value, f"{prefix}help", "academie"),
        "login_rule": _or_blank(rule and rule.value, f"{prefix}login_rule", "academie"),
        "usual_login_rule": _or_blank(usual_rule, f"{prefix}login_rule", "academie"),
    }


def _without_academie(way: mailbox.WayToMailbox) -> dict[str, Any]:
    """Return what a record has that knows nothing of an académie but where to ask for the mailbox."""
    return dict.fromkeys(_KEYS, _ABROAD) | {"mailbox": mailbox.mailbox_context(way)}


def departement_context(campaign: Campaign, departement: Departement | None) -> dict[str, Any]:
    """Return code, name, and the site of its education services if the campaign gives one."""
    if departement is None:
        return dict.fromkeys(("code", "name", "site"), blank("departements", "departement"))
    settings = campaign.departements.get(departement.code, DepartementSettings())
    site = _or_blank(settings.site, f"departements.{departement.code}.site", "departement")
    return {"code": departement.code, "name": departement.name, "site": site}


_KEYS = ("key", "name", "title", "kind", "domain", "timezone", "site", "help", "login_rule", "usual_login_rule")


def _or_blank(value: object, field: str, hint_key: HintKey) -> object:
    return blank(field, hint_key) if value is None else value


def _filled(model: BaseModel, prefix: str, hint_key: Literal["notice", "publisher"]) -> dict[str, Any]:
    """Return the fields of a model: dictionaries for tables, lists for tuples, texts in French spacing, blanks."""
    return {name: _value(value, f"{prefix}{name}", hint_key) for name, value in model}


def _value(value: Any, field: str, hint_key: Literal["notice", "publisher"]) -> Any:
    if isinstance(value, BaseModel):
        return _filled(value, f"{field}.", hint_key)
    if isinstance(value, dict):
        return {name: _value(one, f"{field}.{name}", hint_key) for name, one in value.items()}
    if isinstance(value, tuple):
        return [_value(item, f"{field}[{number}]", hint_key) for number, item in enumerate(value, 1)]
    return campaign_spacing(value) if isinstance(value, str) else _or_blank(value, field, hint_key)


@lru_cache(maxsize=64)  # asked for the pages of a school, and for its line of the manifest some schools later
def area_of(school: School, groups: tuple[Ranked, ...]) -> tuple[object, ...]:
    """Return what decides which campaign, académie and département a school sees: those of one area see the same."""
    return school.territory, school.academie_label, group_of(school), groups and by_conditions(groups, school)


class RecordContexts:
    """The contexts of a build's schools; what is the same for many of them is made once.

    Faults that concern the campaign (no confirmed webmail, an académie nobody knows) go to `report`, once each; those
    of mailboxes only if a document prints them.
    """

    def __init__(
        self,
        campaign: Campaign,
        academies: Academies,
        report: Report,
        *,
        prints_mailbox: bool = True,
        document: Document | None = None,
    ) -> None:
        self._campaign, self.academies, self._report = campaign, academies, report
        self._of_mailboxes = report if prints_mailbox else Report()
        self._read_on = (document and document.read_on) or campaign.issued_on
        self._phases = document.phases if document else ()
        self._lang = document.lang if document else campaign.lang
        self.shared = campaign_context(campaign, self._lang)
        self.groups = school_groups(campaign)
        self._areas: dict[tuple[object, ...], dict[str, Any]] = {}
        self._elections: dict[tuple[object, ...], dict[str, Any]] = {}

    def context(self, school: School, person: Person | None = None) -> dict[str, Any]:
        """Return everything a template may use for a school; ``person`` only in a document made per person."""
        return {**self.shared_by(school), **record_context(school, person)}

    def shared_by(self, school: School) -> dict[str, Any]:
        """Return campaign, académie and département: the same object for all schools of one area."""
        key = area_of(school, self.groups.ranked)
        if key not in self._areas:
            self._areas[key] = self._area(school)
        return self._areas[key]

    def count_without_mailbox(self, schools: Iterable[School]) -> int:
        """Count the schools whose code leads to another step than the mailbox itself, or that have none."""
        if not self._campaign.has_academies:
            return 0  # no mailbox is looked for
        here = (school for school in schools if not self.shared_by(school)["elsewhere"])  # others have no leaflet
        return sum(self.shared_by(school)["academie"]["mailbox"]["kind"] != "webmail" for school in here)

    def fresh_copy(self) -> "RecordContexts":
        """Return contexts of the same campaign, with nothing made and nothing reported yet."""
        return RecordContexts(self._campaign, self.academies, Report())

    def of(self, document: Document) -> "RecordContexts":
        """Return the contexts of a document in another language or with a day of its own; these, of any other."""
        if document.read_on in (None, self._read_on) and not document.phases and document.lang == self._lang:
            return self
        return RecordContexts(self._campaign, self.academies, Report(), document=document)

    def _area(self, school: School) -> dict[str, Any]:
        territory = school.territory
        academie = self.academies.by_uai(territory)
        departement = self.academies.departement_of(territory)
        if school.academie_label and self._campaign.data.key.kind == "uai":
            place = school.place(self._campaign.schools.name)
            named = match_academie(self.academies, school.academie_label, place=place, report=self._report)
            academie = academie or named
        of_label = academie.key if academie else ""
        if self._campaign.data.key.kind != "uai":  # an area of its own, which need not be an académie
            of_label = slug(school.academie_label)
        names = self.groups.of(school, (departement.code if departement else "", of_label))
        elsewhere = self.groups.elsewhere(school)
        has_secrets = self._has_secrets(group_of(school))
        known = self._campaign.election if has_secrets else without_secrets(self._campaign.election)
        election = at_round(facts_of(known, self.groups, names, elsewhere), self._read_on)
        local = local_context(election.vote, academie.timezone if academie else None)
        local["abroad"] = academie is not None and academie.kind == "abroad"
        of_academie = self._academie(academie, group_of(school), election)
        days = phase_days(election.notice, election.vote, local)
        read_on = next(map(days.get, self._phases), self._read_on)
        return {
            **self.shared,
            "election": self._election(election, (names, elsewhere, has_secrets), elsewhere),
            "read_on": _or_blank(read_on, "issued_on", "campaign"),
            "phase": phase_of(read_on, days),
            "groups": names,
            "elsewhere": elsewhere or "",
            "by_paper": not elsewhere and not of_academie["mailbox"]["is_needed"] and election.is_by_paper,
            "academie": of_academie,
            "local": local,
            "departement": departement_context(self._campaign, departement),
        }

    def _has_secrets(self, group: str | None) -> bool:
        """Tell whether people have the secrets of the vote: those of académies are of no other ministry."""
        return not self._campaign.profile.academies or (self._campaign.has_academies and group in _OF_ACADEMIES)

    def _election(self, election: Election, of: tuple[object, ...], elsewhere: str | None) -> dict[str, Any]:
        """Return what templates see of the facts of some schools; those that vote elsewhere have their own portal.

        `of` tells these schools from all others.
        """
        if election is self._campaign.election:
            return cast(dict[str, Any], self.shared["election"])
        if of not in self._elections:
            shown = {**self.shared["election"], **_facts(self._campaign, election, self._lang)}
            if elsewhere is not None and election.links.portal is None:
                shown["links"]["portal"] = other_portal(elsewhere)
            self._elections[of] = shown
        return self._elections[of]

    def _academie(self, academie: Academie | None, group: str | None, election: Election) -> dict[str, Any]:
        """Return what the schools of a group have of their académie: nothing in votes of others."""
        if not self._campaign.has_academies:
            return _without_academie(replace(mailbox.way_of("none"), is_needed=election.needs_mailbox))
        if group not in _OF_ACADEMIES:
            return _without_academie(mailbox.way_of("other"))
        usual = self.academies.national.get("login_rule")
        return academie_context(self._campaign, academie, self._of_mailboxes, usual)


def record_context(school: School, person: Person | None = None) -> dict[str, Any]:
    """Return what differs from record to record: ``school``, and ``person`` in a document made per person."""
    record = {"school": school_context(school)}
    return record if person is None else {**record, "person": person_context(person)}


def school_context(school: School) -> dict[str, Any]:
    """Return what a template sees of a school: its fields as they are printed; ``copies`` may be blank."""
    return {
        "uai": school.key,
        "key": school.key,
        "area": school.academie_label or _NO_AREA,
        "sector": school.sector,
        "columns": _columns("school", school.columns),
        "name": typographic(school.name),
        "address": [typographic(line) for line in school.address],
        "postcode": school.postcode,
        "town": typographic(school.town),
        "copies": _NO_COPIES if school.copies is None else school.copies,
    }


def person_context(person: Person) -> dict[str, Any]:
    """Return what a template sees of a person: names, and what the list gives; the rest is blank."""
    return {
        **{name: getattr(person, name) for name in ("name", "first_name", "last_name")},
        "address": _or_blank(person.address or None, "person.address", "staff"),
        "user_name": _or_blank(person.user_name or None, "person.user_name", "staff"),
        "columns": _columns("person", person.columns),
    }


def _columns(of: str, columns: Iterable[tuple[str, str]]) -> dict[str, object]:
    """Return the columns of a list that are printed, by name; those of empty cells are blank."""
    return {name: typographic(text) if text else blank(f"{of}.columns.{name}", "column") for name, text in columns}
