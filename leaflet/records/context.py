"""The values that templates see of a campaign, an académie, a département: plain ones, blanks for the unknown."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel

from leaflet.campaign.academies import Academie, Academies, AddressFact, Departement, match_academie
from leaflet.campaign.model import AcademieSettings, Campaign, DepartementSettings
from leaflet.faults import Place, Report
from leaflet.records.blanks import HintKey, blank
from leaflet.records.suggest import Suggestion
from leaflet.tables import Person, School

_ABROAD = blank("academies", "academie")


def campaign_context(campaign: Campaign) -> dict[str, Any]:
    """Return what is the same for all schools: ``election``, ``publisher``, ``version``, ``issued_on``."""
    return {
        "election": election_context(campaign),
        "publisher": publisher_context(campaign),
        "version": campaign.version,
        "issued_on": _or_blank(campaign.issued_on, "issued_on", "campaign"),
    }


def election_context(campaign: Campaign) -> dict[str, Any]:
    """Return the election's fields as nested dictionaries, with its ``id`` and ``year``; steps are a list."""
    fields = _filled(campaign.election, "", "notice")
    return {"id": campaign.profile.id, "year": campaign.profile.year, **fields}


def publisher_context(campaign: Campaign) -> dict[str, Any]:
    """Return name, address, contact, imprint, and the name of the logo's file."""
    fields = _filled(campaign.publisher, "publisher.", "publisher")
    logo = None if campaign.logo is None else campaign.logo.name  # wherever the campaign's folder is
    return {**fields, "logo": _or_blank(logo, "publisher.logo", "publisher")}


def academie_context(campaign: Campaign, academie: Academie | None, report: Report) -> dict[str, Any]:
    """Return name, domain and addresses of an académie.

    ``webmail`` is the campaign's or a sure address; else the académie's own site, ``webmail_known`` being
    false, and `report` gets one warning per académie that says how to confirm. Outside the thirty académies
    what is unknown stays blank, and the warning says that only the portal is printed.
    """
    if academie is None:
        return dict.fromkeys(_KEYS, _ABROAD) | {"webmail_known": False}
    settings = campaign.settings_of(academie)
    site = settings.site or academie.site
    webmail = settings.address(academie, "webmail")
    if webmail is None:
        _warn_fallback(campaign, academie, site, report)
    prefix = f"academies.{academie.key}."
    return {
        **_names(academie, prefix),
        "site": _or_blank(site, f"{prefix}site", "academie"),
        "webmail": _or_blank(webmail or site, f"{prefix}webmail", "academie"),
        "webmail_known": webmail is not None,
        "webmail_verified_on": _or_blank(_verified(academie, settings), f"{prefix}webmail", "academie"),
        "help": _or_blank(settings.address(academie, "help"), f"{prefix}help", "academie"),
        "login_rule": _or_blank(_login_rule(academie, settings), f"{prefix}login_rule", "academie"),
    }


def departement_context(campaign: Campaign, departement: Departement | None) -> dict[str, Any]:
    """Return code, name, and the site of its education services if the campaign gives one."""
    if departement is None:
        return dict.fromkeys(("code", "name", "site"), blank("departements", "departement"))
    settings = campaign.departements.get(departement.code, DepartementSettings())
    field = f"departements.{departement.code}.site"
    return {
        "code": departement.code,
        "name": departement.name,
        "site": _or_blank(settings.site, field, "departement"),
    }


_KEYS = (
    *("key", "name", "title", "kind", "domain", "site"),
    *("webmail", "webmail_known", "webmail_verified_on", "help", "login_rule"),
)


def _names(academie: Academie, prefix: str) -> dict[str, Any]:
    return {
        "key": academie.key,
        "name": academie.name,
        "title": academie.title,
        "kind": academie.kind,
        "domain": _or_blank(academie.domain, f"{prefix}domain", "academie"),
    }


def _verified(academie: Academie, settings: AcademieSettings) -> Any:
    """Return the day on which the program's own address was read; the campaign's addresses have none."""
    fact = academie.webmail
    printed = settings.address(academie, "webmail")
    return fact.verified_on if fact is not None and fact.value == printed else None


def _login_rule(academie: Academie, settings: AcademieSettings) -> str | None:
    fact: AddressFact | None = academie.login_rule
    if fact is None:
        return None
    return fact.value if fact.is_printable or "login_rule" in settings.confirmed else None


def _warn_fallback(campaign: Campaign, academie: Academie, site: str | None, report: Report) -> None:
    place = Place(file=campaign.file, field=f"academies.{academie.key}.webmail")
    values: dict[str, object] = {"name": academie.name, "key": academie.key, "site": site or ""}
    if site is None:
        _warn_once("C166", place, report, values)
    elif academie.webmail is None:
        _warn_once("C165", place, report, values)
    else:
        seen: Mapping[str, object] = {"seen": academie.webmail.value, "source": academie.webmail.source}
        _warn_once("C164", place, report, {**values, **seen})


def _warn_once(code: str, place: Place, report: Report, values: Mapping[str, object]) -> None:
    if not any(fault.code == code and fault.place == place for fault in report):
        report.add(code, place, **values)


def _or_blank(value: object, field: str, hint_key: HintKey) -> object:
    return blank(field, hint_key) if value is None else value


def _filled(model: BaseModel, prefix: str, hint_key: Literal["notice", "publisher"]) -> dict[str, Any]:
    """Return the fields of a model, with dictionaries for tables, lists for tuples and blanks for None."""
    return {name: _value(value, f"{prefix}{name}", hint_key) for name, value in model}


def _value(value: Any, field: str, hint_key: Literal["notice", "publisher"]) -> Any:
    if isinstance(value, BaseModel):
        return _filled(value, f"{field}.", hint_key)
    if isinstance(value, tuple):
        return [_value(item, f"{field}[{number}]", hint_key) for number, item in enumerate(value, 1)]
    return _or_blank(value, field, hint_key)


class RecordContexts:
    """The contexts of a build's schools; what is the same for many of them is made once.

    Faults that concern the campaign (no confirmed webmail, an académie nobody knows) go to `report`, once each.
    """

    def __init__(self, campaign: Campaign, academies: Academies, report: Report) -> None:
        self._campaign, self._academies, self._report = campaign, academies, report
        self.shared = campaign_context(campaign)
        self._areas: dict[tuple[str, str], dict[str, Any]] = {}

    def context(
        self, school: School, person: Person | None = None, suggestion: Suggestion | None = None
    ) -> dict[str, Any]:
        """Return everything a template may use for this school.

        ``person`` is there only for a document made per person.

        Args:
            school: the school of the record.
            person: the person of the record, or None.
            suggestion: what is probable for the person, see `leaflet.records.suggest.make_suggestions`.
        """
        return {**self.shared_by(school), **record_context(school, person, suggestion)}

    def shared_by(self, school: School) -> dict[str, Any]:
        """Return campaign, académie and département: the same object for all schools of one prefix and label."""
        key = school.uai[:3], school.academie_label
        area = self._areas.get(key)
        if area is None:
            area = self._areas[key] = self._area(school)
        return area

    def fresh_copy(self) -> "RecordContexts":
        """Return contexts of the same campaign, with nothing made and nothing reported yet."""
        return RecordContexts(self._campaign, self._academies, Report())

    def _area(self, school: School) -> dict[str, Any]:
        """Make what `shared_by` returns."""
        academie = self._academies.by_uai(school.uai)
        if school.academie_label:
            place = Place(file=self._campaign.schools.name, line=school.line, record=school.uai)
            named = match_academie(self._academies, school.academie_label, place=place, report=self._report)
            academie = academie or named
        return {
            **self.shared,
            "academie": academie_context(self._campaign, academie, self._report),
            "departement": departement_context(self._campaign, self._academies.departement_of(school.uai)),
        }


def record_context(
    school: School, person: Person | None = None, suggestion: Suggestion | None = None
) -> dict[str, Any]:
    """Return what differs from record to record: ``school``, and ``person`` in a document made per person."""
    record = {"school": school_context(school)}
    return record if person is None else {**record, "person": person_context(person, suggestion)}


def school_context(school: School) -> dict[str, Any]:
    """Return what a template sees of a school: its fields as in the list; ``copies`` may be blank."""
    return {
        "uai": school.uai,
        "name": school.name,
        "address": list(school.address),
        "postcode": school.postcode,
        "town": school.town,
        "copies": _or_blank(school.copies, "school.copies", "campaign"),
    }


def person_context(person: Person, suggestion: Suggestion | None = None) -> dict[str, Any]:
    """Return what a template sees of a person: names, and what the list or a suggestion gives; the rest is blank.

    What is suggested stands under names of its own, so that no template prints it as a fact by accident.
    """
    probable = suggestion or Suggestion()
    return {
        "name": f"{person.first_name} {person.last_name}",
        "first_name": person.first_name,
        "last_name": person.last_name,
        "address": _or_blank(person.address or None, "person.address", "staff"),
        "user_name": _or_blank(person.user_name or None, "person.user_name", "staff"),
        "probable_address": _or_blank(probable.address, "person.probable_address", "suggestion"),
        "probable_user_name": _or_blank(probable.user_name, "person.probable_user_name", "suggestion"),
    }
