"""What the command line says besides faults, in both languages."""

import os
from collections.abc import Mapping

from leaflet.faults import Lang

MESSAGES: dict[str, dict[Lang, str]] = {
    "done": {
        "en": "{files} files, {pages} pages in {out}",
        "fr": "{files} fichiers, {pages} pages dans {out}",
    },
    "nothing": {
        "en": "Nothing was written.",
        "fr": "Rien n’a été écrit.",
    },
    "counts": {
        "en": "{errors} errors, {warnings} warnings, {notes} notes.",
        "fr": "{errors} erreurs, {warnings} avertissements, {notes} remarques.",
    },
    "left_out": {
        "en": "Left out: {errors} faults above.",
        "fr": "Laissé de côté : {errors} fautes ci-dessus.",
    },
    "notes": {
        "en": "{count} leaflets were set in smaller type to fit; --verbose lists them.",
        "fr": "{count} feuillets composés en plus petit pour tenir ; --verbose les énumère.",
    },
    "progress": {
        "en": "{done} of {total}  {name}",
        "fr": "{done} sur {total}  {name}",
    },
    "started": {
        "en": "Written: {names}. Fill in campaign.toml, then run: leaflet build {campaign} -o out",
        "fr": "Écrits : {names}. Complétez campaign.toml, puis lancez : leaflet build {campaign} -o out",
    },
    "interrupted": {
        "en": "Interrupted. Nothing was written.",
        "fr": "Interrompu. Rien n’a été écrit.",
    },
}


def say(message: str, lang: Lang, /, **values: object) -> str:
    """A message in a language, its placeholders filled."""
    return MESSAGES[message][lang].format_map(values)


def locale_language(environment: Mapping[str, str] = os.environ) -> Lang:
    """French if the locale says so (LC_ALL, LC_MESSAGES, LANG, the first that is set), else English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(variable):
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"
