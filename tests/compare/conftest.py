"""Builds that several tests compare, made once."""

from pathlib import Path

import pytest

from tests.preflight.support import build_people, build_schools

SCHOOLS = 40


@pytest.fixture(scope="session")
def schools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of forty schools; nobody changes it."""
    return build_schools(tmp_path_factory.mktemp("schools"), SCHOOLS)


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of leaflets and of cards with names; nobody changes it."""
    return build_people(tmp_path_factory.mktemp("people"))
