"""Secrets are reported and never repeated; what is no secret is left alone."""

import pytest

from leaflet.faults import LANGUAGES, Fault
from leaflet.preflight.judge import Judge
from tests.preflight.cases_links import linked
from tests.preflight.cases_memo import card
from tests.preflight.cases_privacy import CARD, annotate, info, with_new_content
from tests.preflight.drawn_codes import DrawnCode, code_page
from tests.preflight.samples import CONTEXT, edited, written

TOKEN = "5R4K2U9RPAM9PMWY"
SECRETS = (
    ("12E3456789ABC", lambda secret: written(f"NUMEN : {secret}")),
    ("Tilleul37!", lambda secret: written("Pour voter", f"mot de passe : {secret}")),
    ("Tilleul37!", lambda secret: card(("Mot de passe :", secret))),
    ("Tilleul37!", lambda secret: edited(written("Vote"), info(Subject=f"mdp = {secret}"))),
    (TOKEN, lambda secret: linked(f"https://www.ac-lyon.fr/creation?token={secret}")),
    (TOKEN, lambda secret: linked(f"https://{secret}:x@www.ac-lyon.fr/")),
    (TOKEN, lambda secret: written("https://www.ac-lyon.fr/creation", f"?token={secret}")),
    (TOKEN, lambda secret: code_page(DrawnCode(text=f"https://www.ac-lyon.fr/?token={secret}"))),
    ("tilleul37", lambda secret: code_page(DrawnCode(text=f"WIFI:S:Salle;T:WPA;P:{secret};;"))),
    ("relecteur", lambda secret: edited(written("Vote"), annotate("/Text"))),
    ("Je vote", lambda secret: with_new_content()),
)  # fmt: skip


def found(data: bytes, *, is_personal: bool = False) -> tuple[Fault, ...]:
    return Judge(CONTEXT).judge_bytes(data, "a.pdf", is_personal=is_personal).faults


@pytest.mark.parametrize(("secret", "make"), SECRETS, ids=range(len(SECRETS)))
def test_what_is_found_is_never_repeated(secret: str, make: object) -> None:
    """Not in a message, not in a value of one; and it is found."""
    faults = [fault for fault in found(make(secret)) if fault.severity in ("error", "warning")]
    assert faults
    for fault in faults:
        assert secret not in repr(fault.values)
        assert not any(secret in line for lang in LANGUAGES for line in fault.lines(lang))


@pytest.mark.parametrize("key", ["Title", "Author", "Subject", "Keywords"])
def test_names_in_any_entry_are_reported(key: str) -> None:
    """Title, author, subject, keywords; only in files that are made for persons."""
    data = edited(written(*CARD), info(**{key: "carte de labert, julie"}))
    assert [fault.values["key"] for fault in found(data, is_personal=True) if fault.code == "K811"] == [key]
    assert "K811" not in {fault.code for fault in found(data)}


def test_what_stands_on_a_personal_page_is_not_reported() -> None:
    data = linked("http://exemple.fr/julie.labert", "julie.labert")
    lines = [line for fault in found(data, is_personal=True) for line in fault.lines("fr")]
    assert lines and not any("labert" in line for line in lines)


def test_a_page_that_never_was_another_has_no_past() -> None:
    """A linearized file has two ends and one version."""
    data = edited(written("Je vote."), linearize=True)
    assert data.count(b"%%EOF") == 2 and "K808" not in {fault.code for fault in found(data)}
