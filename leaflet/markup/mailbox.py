"""Find the way to the mailbox of an académie: the first step that is known, in the words that are printed.

The steps, in this order: the webmail; the official page about the mailbox; the path in words from the académie's
site; that site, with the word to choose there. Where none is known, the sheet says whom to ask. It is decided here
once, for every template: see « academie.mailbox » in ``docs/templates.md``. Blank fields stand here, too: values a
template may ask for but nobody gave.
"""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any, Literal

from jinja2 import StrictUndefined
from msgspec import Struct, structs

from leaflet.campaign.academies import Academie
from leaflet.campaign.model import Campaign, Confirmable
from leaflet.campaign.values import AddressFact, Group
from leaflet.faults import Place, Report

HintKey = Literal["notice", "publisher", "academie", "departement", "campaign", "staff", "suggestion"]

# Where the user finds the missing value: English, French.
HINTS: dict[HintKey, dict[str, str]] = {
    "notice": {
        "en": "copy it from your notice de vote or from the ministry's own page",
        "fr": "recopiez-le de votre notice de vote ou de la page du ministère",
    },
    "publisher": {"en": "say who publishes the leaflet", "fr": "indiquez qui publie le dépliant"},
    "academie": {
        "en": "look the address up on the académie's own site and type it in",
        "fr": "cherchez l’adresse sur le site de l’académie et recopiez-la",
    },
    "departement": {
        "en": "look the address up on the site of the services of the département",
        "fr": "cherchez l’adresse sur le site des services départementaux",
    },
    "campaign": {"en": "write it in the campaign file", "fr": "écrivez-le dans le fichier de campagne"},
    "staff": {
        "en": "or write it in the staff list, for everybody",
        "fr": "ou écrivez-le dans la liste des personnels, pour tout le monde",
    },
    "suggestion": {
        "en": "it is known for some people only, and never sure",
        "fr": "il n’est connu que pour certaines personnes, et n’est jamais sûr",
    },
}
# Fields of single people, which no setting of the campaign could give.
_PERSONAL: frozenset[HintKey] = frozenset({"staff", "suggestion"})


class BlankFieldError(Exception):
    """A template used a value that nobody gave.

    Args:
        field: dotted name of the setting in ``campaign.toml``, such as ``vote.opens_at``.
        hint_key: which of `HINTS` says where the value is to be found.
    """

    def __init__(self, field: str, hint_key: HintKey) -> None:
        self.field = field
        self.hint_key = hint_key
        super().__init__(f"{self.setting} is not given; {self.hint('en')}")

    def __reduce__(self) -> tuple[type["BlankFieldError"], tuple[str, HintKey]]:
        # exceptions are pickled by their message, which is not what this one is made from
        return BlankFieldError, (self.field, self.hint_key)

    @property
    def setting(self) -> str:
        """The table and key as in the campaign file: ``[vote] opens_at``."""
        table, _, key = self.field.rpartition(".")
        return f"[{table}] {key}" if table else key

    @property
    def is_setting(self) -> bool:
        """Return whether the campaign file is where the value is missing."""
        return self.hint_key not in _PERSONAL

    def hint(self, lang: Literal["en", "fr"]) -> str:
        """Return where the value is to be found, in one half sentence."""
        return HINTS[self.hint_key][lang]


OTHER_PORTAL = "L121"  # the fault of a school that would get the portal of others


class OtherPortalError(Exception):
    """A template prints the portal for a group of schools whose staff vote on another one."""

    def __init__(self, group: Group) -> None:
        self.group = group
        super().__init__(group)


class BlankField(StrictUndefined):
    """An undefined value that knows its field."""

    __slots__ = ()


@lru_cache(maxsize=512)  # a staff list leaves the same few fields blank for everybody
def blank(field: str, hint_key: HintKey) -> BlankField:
    """Return the value of a field that nobody gave; any use of it but ``is defined`` and ``default`` raises."""
    error = partial(_error, field, hint_key)
    return BlankField(hint=field, name=field, exc=error)  # type: ignore[arg-type]  # only calls it


def other_portal(group: Group) -> BlankField:
    """Return the portal of a school whose staff vote on another one: not known, and never the campaign's."""
    field = "links.portal"
    return BlankField(hint=field, name=field, exc=lambda _message: OtherPortalError(group))  # type: ignore[arg-type]


def field_of(value: BlankField) -> str:
    """Return the field that a blank stands for."""
    return str(value._undefined_name)


def _error(field: str, hint_key: HintKey, _message: str) -> BlankFieldError:
    return BlankFieldError(field, hint_key)


Kind = Literal["webmail", "help", "path", "site", "ask", "other", "none"]
_RULES = {  # how a rule for user names is shown
    "initial-surname": {"seen": "jlabert (Julie Labert)", "login": "jlabert", "person": "Julie Labert"}
}
_DATED: tuple[Confirmable, ...] = ("webmail", "help", "path", "login_rule")


class WayToMailbox(Struct, frozen=True, kw_only=True):
    """The way to a mailbox, as it is printed.

    Args:
        kind: the step of the chain; ``ask`` without any, ``other`` for a school of another ministry, ``none`` in a
            vote in which académies have no part.
    """

    kind: Kind
    heading: str = "J’ouvre ma messagerie"  # what the reader does, as the title of a step
    address: str | None = None  # of the first step that has one; None if none has
    title: str = ""  # what the address is, above its code
    label: str = ""  # the same in two or three words, for a card; what is to be done stands below then
    opens: str = ""  # what the code opens, for its alternative text
    words: str = ""  # what is to be done besides opening the address, or instead; empty for nothing
    note: str = ""  # the words without which the code, or its absence, is not understood; empty for none


ASK = WayToMailbox(
    kind="ask",
    words="Son adresse m’est donnée par mon administration\u00a0: je la demande au secrétariat.",
    note="Messagerie\u00a0: je demande son adresse au secrétariat.",
)
OTHER = WayToMailbox(
    kind="other",
    words="Ce n’est pas celle de l’académie\u00a0: je demande son adresse à mon administration.",
    note="Messagerie\u00a0: je demande son adresse à mon administration.",
)
NONE = WayToMailbox(
    kind="none",
    words="Son adresse m’est donnée par mon employeur\u00a0: je la demande au service du personnel.",
    note="Messagerie\u00a0: je demande son adresse au service du personnel.",
)


def site_of(campaign: Campaign, academie: Academie) -> str | None:
    """Return the address of an académie's own site: the campaign's, what was confirmed, or what its domain says."""
    shared = campaign.addresses.get(academie.key)
    confirmed = shared.site.value if shared is not None and shared.site is not None else None
    return campaign.settings_of(academie).site or confirmed or academie.site


def find_mailbox(campaign: Campaign, academie: Academie) -> WayToMailbox:
    """Return the way to the mailbox of an académie."""
    site = site_of(campaign, academie)
    if (webmail := campaign.printed(academie, "webmail")) is not None:
        return WayToMailbox(
            kind="webmail",
            address=webmail.value,
            title="Ma messagerie",
            label="Ma messagerie",
            opens="la messagerie professionnelle",
        )
    if (page := campaign.printed(academie, "help")) is not None:
        return WayToMailbox(
            kind="help",
            heading="J’ouvre la page d’aide de ma messagerie",
            address=page.value,
            title="La page d’aide de ma messagerie",
            label="Aide messagerie",
            opens="la page d’aide de la messagerie professionnelle",
        )
    if (path := campaign.printed(academie, "path")) is not None:
        return _by_path(path.value, site)
    if site is not None:
        return WayToMailbox(
            kind="site",
            heading="J’ouvre le site de mon académie",
            address=site,
            title="Mon académie\u00a0: je\u00a0choisis «\u00a0messagerie\u00a0»",
            label="Mon académie",
            opens="le site de l’académie",
            words="puis je choisis «\u00a0messagerie\u00a0»",
        )
    return ASK


def _by_path(path: str, site: str | None) -> WayToMailbox:
    """Return the way in words; the site, where it begins, is not said twice."""
    if site is None:
        return structs.replace(ASK, kind="path", words=f"Le chemin\u00a0: {path}", note=f"Messagerie\u00a0: {path}")
    start = site.removeprefix("https://").strip("/")
    rest = path.removeprefix(start).lstrip(" ›")
    return WayToMailbox(
        kind="path",
        heading="J’ouvre ma messagerie par le site de mon académie",
        address=site,
        title="Mon académie",
        label="Mon académie",
        opens="le site de l’académie",
        words=f"puis\u00a0: {rest}",
        note=f"Messagerie\u00a0: site de l’académie, puis {rest}",
    )


def mailbox_context(mailbox: WayToMailbox) -> dict[str, Any]:
    """Return a way to a mailbox as templates see it; an address that is not known is blank."""
    values = structs.asdict(mailbox)
    return values | ({"address": blank("academies", "academie")} if mailbox.address is None else {})


def warn_of_mailbox(campaign: Campaign, academie: Academie, mailbox: WayToMailbox, report: Report) -> None:
    """Warn, once for an académie, that no webmail is printed, and that what is printed is old or has no date.

    One warning is about its addresses; the rule for user names has one of its own where no address has it already.
    """
    doubtful = _find_doubtful(campaign, academie)
    if mailbox.kind in ("help", "path", "site"):
        path = campaign.printed(academie, "path") if mailbox.kind == "path" else None
        values = {"instead": mailbox.address if path is None else path.value, **_doubt(mailbox.kind, doubtful)}
        if (webmail := academie.webmail) is None:
            _warn_once("C165", "webmail", academie, campaign, report, values)
        else:
            values |= {"seen": webmail.value, "source": webmail.source}
            _warn_once("C164", "webmail", academie, campaign, report, values)
    elif mailbox.kind == "ask":
        _warn_once("C166", "webmail", academie, campaign, report, {})
    if mailbox.kind != "webmail":
        doubtful = {name: fact for name, fact in doubtful.items() if name == "login_rule"}
    confirmed = ", ".join(f'"{name}"' for name in doubtful)
    for name, fact in [*doubtful.items()][:1]:
        code, year = ("C221", {}) if fact.attested is None else ("C220", {"year": fact.attested[:4]})
        values = {"seen": fact.value, "source": fact.source, "confirmed": confirmed, **_RULES.get(fact.value, {})}
        _warn_once(code, name, academie, campaign, report, {**values, **year})


def _find_doubtful(campaign: Campaign, academie: Academie) -> dict[Confirmable, AddressFact]:
    """Return the printed facts that nobody has confirmed and that are older than the last vote, or have no date."""
    if (before := campaign.previous_vote) is None:
        return {}
    printed = {name: campaign.printed(academie, name) for name in _DATED}
    facts = {name: one.fact for name, one in printed.items() if one is not None and one.fact is not None}
    return {name: fact for name, fact in facts.items() if fact.attested is None or fact.is_older_than(before)}


def _doubt(kind: Kind, doubtful: Mapping[Confirmable, AddressFact]) -> dict[str, str | None]:
    """Return what a message says of the step that is printed, if its source is old or has no date."""
    fact = next((fact for name, fact in doubtful.items() if name == kind), None)
    if fact is None:
        return {"doubt_en": "", "doubt_fr": "", "then_en": "", "then_fr": ""}
    year = (fact.attested or "")[:4]
    return {
        "doubt_en": f" (attested in {year} only)" if year else " (from a source without a date)",
        "doubt_fr": f" (attestée en {year} seulement)" if year else " (source non datée)",
        "then_en": f' If that one works: confirmed = ["{kind}"].',
        "then_fr": f' Si celle-ci marche\u00a0: confirmed = ["{kind}"].',
    }


def _warn_once(
    code: str, field: str, academie: Academie, campaign: Campaign, report: Report, values: Mapping[str, object]
) -> None:
    place = Place(file=campaign.file, field=f"academies.{academie.key}.{field}")
    if not any(fault.code == code and fault.place == place for fault in report):
        report.add(code, place, name=academie.name, key=academie.key, **values)
