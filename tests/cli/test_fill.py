"""``leaflet init`` and ``leaflet fill`` ask for what a campaign lacks, and write the answers into it."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from leaflet.production.filling import Filling
from tests.cli.conftest import Ended

Run = Callable[..., Ended]
LIST = "UAI;Nom;Commune;Nb ex\n0370001A;Lycée Léonard de Vinci;Amboise;12\n"
PUBLISHER = 'publisher.name = "Section d’essai"\npublisher.address = "1 rue de l’Essai, 37000 Tours"\n'
ADDRESS = "https://exemple-vote-2026.gouv.fr/"
PORTAL = f'''
links.portal = "{ADDRESS}"
compared = [{{ field = "links.portal", value = "{ADDRESS}", on = 2026-11-16 }}]
'''


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the next commands ask somebody who types these answers."""

    def sit_down(*answers: str) -> None:
        left = iter(answers)

        def answer(*_: object, **__: object) -> str:
            for text in left:
                return text
            raise click.Abort  # as Ctrl-C does

        monkeypatch.setattr("leaflet.cli.commands.init_commands.is_terminal", lambda: True)
        monkeypatch.setattr("click.prompt", answer)

    return sit_down


def started(run: Run, folder: Path, *options: object, answers: str = PUBLISHER + PORTAL) -> Path:
    """A campaign for 2026 that was started with answers."""
    folder.mkdir(exist_ok=True)
    (folder / "reponses.toml").write_text(answers, "utf-8")
    (folder / "export.csv").write_text(LIST, "utf-8")
    lists = ("--schools", folder / "export.csv", "--answers", folder / "reponses.toml")
    code, _, errors = run("init", folder / "c", *lists, *options)
    assert code == 0, errors
    return folder / "c" / "campaign.toml"


def values(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def compared(path: Path) -> dict[str, Any]:
    """Return what the campaign says was compared, with the values seen."""
    return {row["field"]: row["value"] for row in values(path).get("compared", [])}


def test_answers_fill_in_a_campaign_of_drafts(run: Run, tmp_path: Path) -> None:
    path = started(run, tmp_path, "--like", "2022", "--document", "leaflet-a4", "--document", "memo-card")
    text = path.read_text("utf-8")
    assert (path.parent / "export.csv").read_text("utf-8") == LIST
    assert 'password = "mot de passe élections" # le nom du mot de passe' in text
    assert "comme en 2022, à vérifier sur votre notice" in text
    code, _, errors = run("build", path, "-o", tmp_path / "out")
    assert code == 1 and "C183" in errors and "account.login" in errors and not (tmp_path / "out").exists()
    code, _, errors = run("build", path, "-o", tmp_path / "out", "--draft")
    assert code == 0 and errors.splitlines()[-1].startswith("These are drafts, not to be handed out"), errors
    assert len(list((tmp_path / "out").rglob("PROJET-*.pdf"))) == 2


def test_days_and_addresses_are_never_taken_over(run: Run, tmp_path: Path) -> None:
    """Facts of one year stay blank: days, addresses, and names that say the year."""
    path = started(run, tmp_path, "--like", "2022")
    campaign = values(path)
    assert "2022" not in str(campaign) and not {"from_on", "to_on"} & set(campaign["notice"])
    assert "help" not in campaign["links"] and set(compared(path)) == {"links.portal"}


def test_a_wrong_answer_writes_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "reponses.toml").write_text(PUBLISHER + 'links.portal = "http://exemple.fr/?x=1"\n', "utf-8")
    code, _, errors = run("init", tmp_path / "c", "--answers", tmp_path / "reponses.toml")
    assert code == 1 and not (tmp_path / "c").exists()
    assert "reponses.toml · “links.portal”" in errors and "campaign.toml" not in errors


def test_secrets_and_what_is_no_campaign_are_refused(run: Run, tmp_path: Path) -> None:
    path = started(run, tmp_path)
    before = path.read_bytes()
    (tmp_path / "reponses.toml").write_text('account.password = "mot de passe : Azerty123"\n', "utf-8")
    code, printed, errors = run("fill", path, "--answers", tmp_path / "reponses.toml")
    assert code == 1 and "C147" in errors and "Azerty" not in printed + errors and path.read_bytes() == before
    path.write_bytes(before + b"[vote]\n")
    assert "C200" in run("fill", path, "--answers", tmp_path / "reponses.toml")[2]


def test_init_asks_a_handful_of_questions(run: Run, tmp_path: Path, terminal: Callable[..., None]) -> None:
    terminal("1 5", "Section d’essai", ADDRESS, "1 rue de l’Essai", "", "9 h 30", "16:30", "o")
    code, printed, errors = run("--lang", "fr", "init", tmp_path / "c")
    assert code == 0, errors
    campaign = values(tmp_path / "c" / "campaign.toml")
    assert [document["template"] for document in campaign["document"]] == ["leaflet-a4", "memo-card"]
    assert campaign["publisher"] == {"name": "Section d’essai", "address": "1 rue de l’Essai"}
    assert campaign["links"] == {"portal": ADDRESS}
    assert compared(tmp_path / "c" / "campaign.toml") == {"links.portal": ADDRESS}
    assert campaign["vote"] == {"opens_at": "9 h 30", "closes_at": "16:30"}
    assert "Il manque 5 renseignements" in printed and "leaflet fill" in printed


def test_fill_asks_until_nothing_is_missing(run: Run, tmp_path: Path, terminal: Callable[..., None]) -> None:
    """A wrong answer is refused and asked again; « o » compares, Enter leaves open, another value is written."""
    path = started(run, tmp_path, "--like", "2022", answers=PUBLISHER + 'publisher.contact = "contact@exemple.fr"\n')
    terminal("http://exemple.fr/", ADDRESS, *["o"] * 40)
    code, printed, errors = run("--lang", "fr", "fill", path)
    assert code == 0, errors
    assert "L1" in errors and "pour l’instant" in printed and compared(path)["links.portal"] == ADDRESS
    assert compared(path)["steps"] == values(path)["steps"]
    assert "comme en 2022, à vérifier" not in path.read_text("utf-8").partition("steps =")[2].partition("\n")[0]
    assert "leaflet build" in printed
    code, _, errors = run("build", path, "-o", tmp_path / "out")
    assert code == 0 and "nobody has compared" not in errors
    steps = "ouvrir-portail, saisir-identifiant, ouvrir-messagerie, creer-mot-de-passe, garder-code, voter"
    Filling(path).answer("steps", steps)
    assert "steps" not in compared(path) and values(path)["steps"] == steps.split(", ")
    terminal("")
    printed = run("--lang", "fr", "fill", path)[1]
    assert "À comparer à votre notice" in printed and steps in printed and "steps" not in compared(path)


def test_nothing_is_lost_at_ctrl_c(run: Run, tmp_path: Path, terminal: Callable[..., None]) -> None:
    """The answers given so far are in the file, with all comments; the other questions come next time."""
    path = started(run, tmp_path, answers=PUBLISHER)
    comments = [line for line in path.read_text("utf-8").splitlines() if line.startswith("# ")]
    terminal(ADDRESS, "identifiant élections")
    code, _, errors = run("--lang", "fr", "fill", path)
    assert code == 130 and "vos réponses sont enregistrées" in errors
    filled = values(path)
    assert filled["links"] == {"portal": ADDRESS}
    assert filled["account"] == {"login": "identifiant élections"}
    gone = [line for line in comments if line not in path.read_text("utf-8").splitlines()]
    assert gone == [line for line in comments if line.startswith(("# portal =", "# login ="))]


def test_a_portal_is_compared_by_who_opened_it(run: Run, tmp_path: Path, terminal: Callable[..., None]) -> None:
    """Until then it stops a build, together with all that is missing; another address is compared anew."""
    path = started(run, tmp_path, answers=f'links.portal = "{ADDRESS}"\n')
    code, _, errors = run("build", path, "-o", tmp_path / "out")
    assert code == 1 and all(fault in errors for fault in ("C183", "C142", "C182"))
    assert "To be opened and compared" in run("fill", path)[1]
    left = len(Filling(path).questions()) - 1
    terminal(*[""] * left, "n")
    run("fill", path)
    assert compared(path) == {}
    terminal(*[""] * left, "o")
    run("fill", path)
    assert compared(path) == {"links.portal": ADDRESS}
    Filling(path).answer("links.portal", "https://autre-exemple-2022.gouv.fr/")
    assert values(path)["links"] == {"portal": "https://autre-exemple-2022.gouv.fr/"} and compared(path) == {}
    terminal(*[""] * left, "n")
    assert "L123" in run("fill", path)[2] and "L123" in run("build", path)[2]  # beside the error that stops it
    terminal(*[""] * left, "o")
    run("fill", path)
    assert "L123" not in "".join(run("check", path)[1:])


def test_without_a_terminal_nothing_is_asked(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "c")[0] == 0
    code, printed, _ = run("fill", tmp_path / "c" / "campaign.toml")
    assert code == 2 and "7 facts missing" in printed and "the name of your organisation" in printed
    assert printed.splitlines()[-1].startswith("A terminal is needed")
    assert run("fill", tmp_path / "no.toml")[0] == 2


def test_an_unusable_list_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_text("Code;Ville\n1;Tours\n", "utf-8")
    code, printed, errors = run("init", tmp_path / "c", "--schools", tmp_path / "export.csv")
    assert code == 0 and "leaflet columns" in printed + errors
    assert run("init", tmp_path / "d", "--schools", tmp_path / "no.csv")[0] == 1 and not (tmp_path / "d").exists()
