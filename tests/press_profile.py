"""The colour profile FOGRA39 of this system, which tests of files for the print shop need."""

import sys
from pathlib import Path

import pytest

from leaflet.production.print_runs import profile_folders

_NAME = "FOGRA39L_coated.icc"
FOGRA39 = next((path for folder in profile_folders(sys.platform) for path in folder.rglob(_NAME)), Path(_NAME))
needs_profile = pytest.mark.skipif(
    not FOGRA39.is_file(), reason="no FOGRA profile is on this system (apt install colord-data)"
)
