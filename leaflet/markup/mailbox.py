"""Find the way to the mailbox of an académie: the first step that is known, in the words that are printed.

The steps, in this order: the webmail; the official page about the mailbox; the path in words from the académie's
site; that site, with the word to choose there. Where none is known, the sheet says whom to ask. It is decided here
once, for every template: see « academie.mailbox » in ``docs/templates.md``.
"""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, structs

from leaflet.campaign.academies import Academie
from leaflet.campaign.model import Campaign, Confirmable
from leaflet.campaign.values import AddressFact
from leaflet.faults import Place, Report
from leaflet.markup.blanks import blank

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
