"""Find the way to the mailbox of an académie: the first step that is known, in the words that are printed.

The steps, in this order: the webmail; the official page about the mailbox; the path in words from the académie's
site; that site, with the word to choose there. Where none is known, the sheet says whom to ask. It is decided here
once, for every template: see « academie.mailbox » in ``docs/templates.md``.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal

from msgspec import Struct, convert, structs

from leaflet.campaign.academies import Academie
from leaflet.campaign.model import Campaign, Confirmable
from leaflet.campaign.values import AddressFact
from leaflet.faults import Place, Report
from leaflet.files.words import in_both
from leaflet.markup.blanks import blank
from leaflet.program import own_table

Kind = Literal["webmail", "help", "path", "site", "ask", "other", "none"]
_RULES = {  # how a rule for user names is shown
    "initial-surname": {"seen": "jlabert (Julie Labert)", "login": "jlabert", "person": "Julie Labert"}
}
_DATED: tuple[Confirmable, ...] = ("webmail", "help", "path", "login_rule")


class WayToMailbox(Struct, frozen=True, kw_only=True):
    """The way to a mailbox, as it is printed; ``assets/mailbox.toml`` has the texts and says what each is for.

    `kind` is the step of the chain: ``ask`` without any, ``other`` for a school of another ministry, ``none`` in a
    vote in which académies have no part, which may need no mailbox at all (`is_needed`). `address` is that of the
    first step that has one.
    """

    kind: Kind
    heading: str
    address: str | None = None
    title: str = ""
    label: str = ""
    opens: str = ""
    words: str = ""
    note: str = ""
    is_needed: bool = True


@cache
def _ways() -> dict[str, WayToMailbox]:
    tables = own_table("mailbox.toml")
    return convert({name: {"kind": name, **table} for name, table in tables.items()}, dict[str, WayToMailbox])


def site_of(campaign: Campaign, academie: Academie) -> str | None:
    """Return the address of an académie's own site: the campaign's, what was tried, or what its domain says."""
    tried = getattr(campaign.addresses.get(academie.key), "site", None)
    return campaign.settings_of(academie).site or (tried.value if tried else academie.site if tried is None else None)


def way_of(kind: Literal["ask", "other", "none"]) -> WayToMailbox:
    """Return the way to a mailbox of which nothing is known."""
    return _ways()[kind]


def find_mailbox(campaign: Campaign, academie: Academie) -> WayToMailbox:
    """Return the way to the mailbox of an académie."""
    if (webmail := campaign.printed(academie, "webmail")) is not None:
        return structs.replace(_ways()["webmail"], address=webmail.value)
    if (page := campaign.printed(academie, "help")) is not None:
        return structs.replace(_ways()["help"], address=page.value)
    site, path = site_of(campaign, academie), campaign.printed(academie, "path")
    if path is None:
        return structs.replace(_ways()["site"], address=site) if site is not None else way_of("ask")
    way, rest = _ways()["path-alone"], path.value
    if site is not None:  # where the path begins, which is not said twice
        way, rest = _ways()["path"], rest.removeprefix(site.removeprefix("https://").strip("/")).lstrip(" ›")
    return structs.replace(way, address=site, words=way.words + rest, note=way.note + rest)


def mailbox_context(mailbox: WayToMailbox) -> dict[str, Any]:
    """Return a way to a mailbox as templates see it; an address that is not known is blank."""
    values = structs.asdict(mailbox)
    return values | ({"address": blank("academies", "academie")} if mailbox.address is None else {})


def warn_of_mailbox(campaign: Campaign, academie: Academie, mailbox: WayToMailbox, report: Report) -> None:
    """Warn, once for an académie, that no webmail is printed, or that what is printed is old or has no date."""
    doubtful = find_doubtful(campaign, academie)
    if mailbox.kind in ("help", "path", "site"):
        path = campaign.printed(academie, "path") if mailbox.kind == "path" else None
        instead = mailbox.address if path is None else path.value
        printed: dict[Confirmable, AddressFact] = {
            name: fact for name, fact in doubtful.items() if name in (mailbox.kind, "login_rule")
        }
        webmail = academie.webmail
        seen = {} if webmail is None else {"seen": webmail.value, "source": webmail.source}
        values = {"instead": instead, **_doubt(printed), **seen}
        _warn_once("C164" if seen else "C165", "webmail", academie, campaign, report, values)
    elif mailbox.kind == "ask":
        _warn_once("C166", "webmail", academie, campaign, report, _doubt(doubtful))
    elif mailbox.kind == "webmail":
        warn_of_doubtful(doubtful, academie, campaign, report)


def warn_of_doubtful(
    doubtful: Mapping[Confirmable, AddressFact], academie: Academie, campaign: Campaign, report: Report
) -> None:
    """Warn of the first of some facts, which are all named as what is to be confirmed."""
    for name, fact in [*doubtful.items()][:1]:
        code, year = ("C221", {}) if fact.attested is None else ("C220", {"year": fact.attested[:4]})
        seen = {"seen": fact.value, "source": fact.source, **_RULES.get(fact.value, {})}
        _warn_once(code, name, academie, campaign, report, {**seen, **year, "confirmed": _names(doubtful)})


def _names(facts: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in facts)


def find_doubtful(campaign: Campaign, academie: Academie) -> dict[Confirmable, AddressFact]:
    """Return the printed facts that nobody has confirmed and that are older than the last vote, or have no date."""
    if (before := campaign.previous_vote) is None:
        return {}
    has_path = find_mailbox(campaign, academie).kind == "path"  # which is printed where nothing before it is known
    printed = {name: campaign.printed(academie, name) for name in _DATED if name != "path" or has_path}
    facts = {name: one.fact for name, one in printed.items() if one is not None and one.fact is not None}
    return {name: fact for name, fact in facts.items() if fact.attested is None or fact.is_older_than(before)}


def _doubt(printed: Mapping[Confirmable, AddressFact]) -> dict[str, object]:
    """Return what a message says of what is printed, if its source is old or has no date: a step, a user name."""
    own: dict[str, object] = dict.fromkeys(("doubt_en", "doubt_fr", "then_en", "then_fr"), "")
    for name, fact in printed.items():
        year = (fact.attested or "")[:4]
        texts = in_both("doubt", "attested_in", year=year) if year else in_both("doubt", "attested_undated")
        if name == "login_rule":
            login = str(_RULES.get(fact.value, {}).get("login", fact.value))
            texts = {key: before + texts[key] for key, before in in_both("doubt", "and_login", login=login).items()}
            own["login"] = login
        own |= {key: f"{own[key]}{text}" for key, text in texts.items()}
    return own | (in_both("then", "confirm_mailbox", names=_names(printed)) if printed else {})


def _warn_once(
    code: str, field: str, academie: Academie, campaign: Campaign, report: Report, values: Mapping[str, object]
) -> None:
    place = Place(file=campaign.file, field=f"academies.{academie.key}.{field}")
    if not any(fault.code == code and fault.place == place for fault in report):
        report.add(code, place, name=academie.name, key=academie.key, **values)
