"""The language of messages: the one asked for, else that of the locale."""

import os
from collections.abc import Mapping, Sequence

from leaflet.faults import LANGUAGES, Lang


def language_asked(arguments: Sequence[str]) -> Lang:
    """The language of the messages of a run that failed, wherever it failed."""
    for before, value in zip(["", *arguments], arguments, strict=False):
        asked = value.removeprefix("--lang=") if value.startswith("--lang=") else value if before == "--lang" else ""
        if asked in LANGUAGES:
            return asked
    return locale_language()


def locale_language(environment: Mapping[str, str] = os.environ) -> Lang:
    """French if the locale says so (LC_ALL, LC_MESSAGES, LANG, the first that is set), else English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(variable):
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"
