"""Tests of markup; `SOURCES` are the sources with faults, and the values, of ``sources.toml``."""

import tomllib
from pathlib import Path

SOURCES = tomllib.loads(Path(__file__).with_name("sources.toml").read_text("utf-8"))
