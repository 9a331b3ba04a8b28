"""Know the académies, vice-rectorats and départements, and which of them a school belongs to by its UAI.

The first three digits of a UAI name the département; the postcode never does (schools of La Réunion have postcodes of
Saint-Martin). Data and sources: ``assets/academies.toml``, ``assets/departements.toml``, ``assets/national.toml``.
Here is also the model of ``addresses.toml``: addresses of mailboxes that were tried, with the day and the role of who
did.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal, get_args

from msgspec import Struct
from pydantic import AfterValidator, BaseModel, ConfigDict, WrapValidator
from pydantic_core import PydanticCustomError

from leaflet.campaign.values import AddressFact, Day, Line, Zone
from leaflet.faults import Place, Report, fail
from leaflet.files.resources import Resources, TableFile, program_resources
from leaflet.files.toml_files import StrictModel, parse_resource_toml, read_resource, validate_resource
from leaflet.text import fold, nearest

Kind = Literal["academie", "vice-rectorat", "service", "abroad"]
ABROAD = "etranger"
_TITLE = re.compile(r"^(?:academie|rectorat|vice rectorat|service de l education nationale)(?: de| d| du| des)? ")
_ARTICLE = re.compile(r"^(?:la|le|les|l) ")
_UNUSED_PREFIXES = frozenset({"000", "020"})  # 020 was Corsica before it was divided


class Academie(BaseModel):
    """One académie, or an authority that stands for one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str  # its name in campaign files (``orleans-tours``)
    name: str
    title: str  # as printed, « Académie d’Orléans-Tours »
    kind: Kind = "academie"
    domain: str | None = None  # its own Internet domain, under which its addresses are trusted
    departements: tuple[str, ...] = ()  # codes of its départements
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()  # names of académies merged into it, still found in lists
    timezone: Zone | None = None  # its time zone, where that is not the one of Paris
    webmail: AddressFact | None = None  # address of the mailbox
    help: AddressFact | None = None  # official page about the mailbox
    path: AddressFact | None = None  # the way to the mailbox in words, from the académie's own site
    login_rule: AddressFact | None = None  # of user names of mailboxes; ``initial-surname`` is the only one known
    mail_rule: AddressFact | None = None  # of addresses before the @; ``first.last`` is the only one known

    @property
    def site(self) -> str | None:
        """The address of its own site; None outside the thirty, where none was found."""
        return f"https://www.{self.domain}/" if self.kind == "academie" else None


class Departement(BaseModel):
    """One département or territory: official code, name, and the first three digits of its UAI codes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    uai: str
    academie: str


class Academies(Struct, frozen=True, kw_only=True):
    """All académies by key and all départements by code, with the searches a school list needs."""

    by_key: Mapping[str, Academie]
    departements: Mapping[str, Departement]
    national: Mapping[str, AddressFact]  # what is usual in all thirty académies, by name

    def by_uai(self, uai: str) -> Academie | None:
        """Return the académie of a school; « étranger » for a number outside France; None if `uai` has no number."""
        departement = self.departement_of(uai)
        if departement is not None:
            return self.by_key[departement.academie]
        prefix = uai.strip()[:3]
        is_number = len(prefix) == 3 and prefix.isascii() and prefix.isdigit()
        return self.by_key[ABROAD] if is_number and prefix not in _UNUSED_PREFIXES else None

    def departement_of(self, uai: str) -> Departement | None:
        """Return the département of a school, by the first three digits of its UAI."""
        prefix = uai.strip()[:3]
        return next((d for d in self.departements.values() if d.uai == prefix), None)

    def by_name(self, text: str) -> Academie | None:
        """Return the académie called `text`, without regard to case, accents, article or « académie de »."""
        if text in self.by_key:  # as the program writes it itself: nothing is to be searched
            return self.by_key[text]
        wanted = fold_name(text)
        names = {a.key: (a.key, a.name, *a.aliases, *a.former_names) for a in self.by_key.values()}
        return next((self.by_key[key] for key, known in names.items() if wanted in map(fold_name, known)), None)

    @property
    def domains(self) -> tuple[str, ...]:
        """The domains of all of them, in the order of the data file."""
        return tuple(a.domain for a in self.by_key.values() if a.domain is not None)


def load_academies(resources: Resources | None = None) -> Academies:
    """Return académies and départements, by default those of the program, with one's own académies laid over them."""
    program = program_resources()
    found = (
        (resources or program).tables("academies.toml"),
        program.tables("departements.toml"),
        program.tables("national.toml"),
    )
    return _parse(*(tuple(read_resource(one, one.path.name) for one in each) for each in found))


@lru_cache(maxsize=2)  # a build asks several times; a preview after every change of the files
def _parse(academies: tuple[str, ...], departements: tuple[str, ...], national: tuple[str, ...]) -> Academies:
    by_key: dict[str, Academie] = {}
    for key, table in _tables("academies.toml", academies).items():
        by_key[key] = validate_resource(Academie, {**table, "key": key}, "M407", "academies.toml", key)
    home = {code: academie.key for academie in by_key.values() for code in academie.departements}
    own = {
        code: Departement(code=code, academie=home[code], **table)
        for code, table in _tables("departements.toml", departements).items()
        if code in home
    }
    usual = {name: AddressFact.model_validate(table) for name, table in _tables("national.toml", national).items()}
    return Academies(by_key=by_key, departements=own, national=usual)


def _tables(file: TableFile, texts: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the tables of several files, each laid over those before it."""
    merged: dict[str, Any] = {}
    for text in texts:
        for key, table in parse_resource_toml(text, file, "M406").items():
            if not isinstance(table, dict):
                raise fail("M407", Place(file=file, field=key), problem="not a table")
            merged[key] = {**merged.get(key, {}), **table}
    return merged


def match_academie(academies: Academies, text: str, *, place: Place, report: Report) -> Academie | None:
    """Return the académie called `text`, with a warning for a former name and a fault for an unknown one."""
    academie = academies.by_name(text)
    if academie is None:
        wanted = fold_name(text)  # that of its département, else the nearest name
        home = next((one.academie for one in academies.departements.values() if fold_name(one.name) == wanted), None)
        report.add("C160", place, value=text, proposal=home or nearest(wanted, academies.by_key))
    elif fold_name(text) in map(fold_name, academie.former_names):  # Caen, Rouen
        report.add("C161", place, value=text, name=academie.name, key=academie.key)
    return academie


def fold_name(text: str) -> str:
    """Return `text` as names are compared: « Académie de La Réunion » → ``reunion``."""
    words = re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()
    return _ARTICLE.sub("", _TITLE.sub("", f"{words} ").strip())


ADDRESSES_FILE = "addresses.toml"
AddressName = Literal["webmail", "help", "path", "site"]
ADDRESS_NAMES: tuple[AddressName, ...] = get_args(AddressName)

# A role begins with one of these words and has no other word in capitals but sigles, so that it names no person.
ROLES = (
    *("administration", "bureau", "direction", "fédération", "rectorat", "secrétaire", "secrétariat", "section"),
    *("service", "syndicat", "équipe"),
)
_ROLE_WORD = re.compile(r"[a-zàâçéèêëîïôûùüœ’'-]+|[A-Z]{2,}|\d{1,3}|2[AB]")
_MAX_ROLE = 60  # characters


def check_role(text: str) -> str:
    """Return `text` if it is a role, such as « secrétariat de section », and no person's name."""
    words = text.split()
    is_role = bool(words) and words[0] in ROLES and all(map(_ROLE_WORD.fullmatch, words))
    if not is_role or len(text) > _MAX_ROLE:
        raise PydanticCustomError("C224", "no role", {"value": text, "allowed": ", ".join(ROLES)})
    return text


class ConfirmedAddress(StrictModel):
    """A value that was tried: the value itself, when, and by which role."""

    value: Line
    confirmed_on: Day
    confirmed_by: Annotated[Line, AfterValidator(check_role)] | None = None


_Tried = Annotated[ConfirmedAddress, WrapValidator(lambda value, check: value is not False and check(value))]


class AcademieAddresses(StrictModel):
    """The addresses of one académie that were tried; ``webmail = false`` says that the program's own failed."""

    webmail: _Tried | None = None
    help: _Tried | None = None
    path: _Tried | None = None
    site: _Tried | None = None


class AddressesFile(StrictModel):
    """A whole ``addresses.toml``."""

    academies: dict[str, AcademieAddresses] = {}
