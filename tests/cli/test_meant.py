"""A command that does not exist: the one that is probably meant is named."""

from collections.abc import Callable

import pytest

from tests.cli.conftest import Ended


@pytest.mark.parametrize(("typed", "meant"), [
    ("bild", "build"), ("biuld", "build"), ("construire", "build"), ("Vérifier", "check"), ("aperçu", "preview"),
    ("watch", "studio"), ("print_run", "print-run"), ("run print", "print-run"), ("bui1d", "build"),
    ("rapport", "report"), ("aide", "--help")
])  # fmt: skip
def test_the_command_that_is_meant(run: Callable[..., Ended], typed: str, meant: str) -> None:
    code, _, errors = run(typed)
    assert code == 2 and errors.startswith(f"Error: There is no command “{typed}”. Did you mean “{meant}”?\n")
    assert f"Vouliez-vous écrire «\u00a0{meant}\u00a0»\u00a0?\n" in run("--lang", "fr", typed)[2]


def test_an_option_that_goes_before_the_command(run: Callable[..., Ended]) -> None:
    """It is there: no other one is proposed."""
    code, _, errors = run("--lang", "fr", "build", "x.toml", "--lang", "fr")
    said = "--lang se met avant la commande\u00a0: leaflet --lang fr build …"
    assert code == 2 and errors.splitlines()[0].endswith(said)
    assert "leaflet --no-extensions build …\n" in run("build", "--no-extensions")[2]


def test_nothing_like_it(run: Callable[..., Ended]) -> None:
    assert "Did you mean" not in run("zzzz")[2]
