"""Read fonts and templates once for all builds of a test module."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.generate import write_campaign
from tests.production.build_processes import listing, made
from tests.read_once import read_fonts_and_templates_once

COMPILED = str(Path(__file__).parents[2] / ".pytest_cache" / "compiled")


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """Compile each template once for a test module, and read the fonts once."""
    with pytest.MonkeyPatch.context() as patch:
        read_fonts_and_templates_once(patch)
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # each worker would compile the program
        patch.setenv("PYTHONPYCACHEPREFIX", COMPILED)
        yield


@pytest.fixture(scope="module")
def campaign(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_campaign(tmp_path_factory.mktemp("campaign"), request.module.SCHOOLS)


@pytest.fixture(scope="module")
def wanted(campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files of an undisturbed build, which does not verify them."""
    out = tmp_path_factory.mktemp("wanted") / "out"
    made(campaign, out)
    return listing(out)
