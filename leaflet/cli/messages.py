"""What the command line says besides faults, in both languages."""

import os
from collections.abc import Mapping

from leaflet.faults import Lang

MESSAGES: dict[str, dict[Lang, str]] = {
    "done": {
        "en": "{files}, {pages} in {out}",
        "fr": "{files}, {pages} dans {out}",
    },
    "nothing": {
        "en": "Nothing was written.",
        "fr": "Rien n’a été écrit.",
    },
    "counts": {
        "en": "{errors}.",
        "fr": "{errors}.",
    },
    "left_out": {
        "en": "Left out because of {errors} above.",
        "fr": "Laissé de côté à cause de {errors} ci-dessus.",
    },
    "notes": {
        "en": "Set in smaller type to fit: {files}; --verbose lists them.",
        "fr": "Composé en plus petit pour tenir\u00a0: {files}\u00a0; --verbose les énumère.",
    },
    "progress": {
        "en": "{done} of {total}  {name}",
        "fr": "{done} sur {total}  {name}",
    },
    "started": {
        "en": "Written: {names}. Fill in campaign.toml, then run: leaflet build {campaign} -o out",
        "fr": "Écrits\u00a0: {names}. Complétez campaign.toml, puis lancez\u00a0: leaflet build {campaign} -o out",
    },
    "ran": {
        "en": "{school}, {copies}, {page} in {out}: {files}",
        "fr": "{school}, {copies}, {page} dans {out}\u00a0: {files}",
    },
    "removed": {
        "en": "removed  {name}",
        "fr": "supprimé  {name}",
    },
    "purged": {
        "en": "{removed} in {out}; {kept}.",
        "fr": "{removed} dans {out}\u00a0; {kept}.",
    },
    "partial": {
        "en": "Remains of interrupted builds removed: {partial}.",
        "fr": "Restes de fabrications interrompues supprimés\u00a0: {partial}.",
    },
    "sheet": {
        "en": "Written: {path}. Print it on both sides at 100 %; it says what to measure and what to type then.",
        "fr": "Écrit\u00a0: {path}. Imprimez-le recto verso à 100\u00a0%\u00a0; "
        "il dit quoi mesurer et quoi taper ensuite.",
    },
    "calibrated": {
        "en": "Written: {path}. Beside campaign.toml, leaflet build uses it by itself.",
        "fr": "Écrit\u00a0: {path}. À côté de campaign.toml, leaflet build l’utilise tout seul.",
    },
    "true_to_size": {
        "en": "The printer keeps sizes.",
        "fr": "L’imprimante respecte les tailles.",
    },
    "interrupted": {
        "en": "Interrupted. Nothing was written.",
        "fr": "Interrompu. Rien n’a été écrit.",
    },
}


_COUNTED: dict[str, dict[Lang, tuple[str, str]]] = {
    "file": {"en": ("file", "files"), "fr": ("fichier", "fichiers")},
    "page": {"en": ("page", "pages"), "fr": ("page", "pages")},
    "error": {"en": ("error", "errors"), "fr": ("erreur", "erreurs")},
    "school": {"en": ("school", "schools"), "fr": ("établissement", "établissements")},
    "copy": {"en": ("copy", "copies"), "fr": ("exemplaire", "exemplaires")},
    "folder": {"en": ("folder", "folders"), "fr": ("dossier", "dossiers")},
    "removed": {
        "en": ("file with names removed", "files with names removed"),
        "fr": ("fichier nominatif supprimé", "fichiers nominatifs supprimés"),
    },
    "kept": {"en": ("other file kept", "other files kept"), "fr": ("autre fichier gardé", "autres fichiers gardés")},
}


def counted(number: int, thing: str, lang: Lang) -> str:
    """« 1 file », « 2 files »; in French nought and one are singular."""
    one, many = _COUNTED[thing][lang]
    singular = number == 1 or (lang == "fr" and number == 0)
    return f"{number} {one if singular else many}"


def say(message: str, lang: Lang, /, **values: object) -> str:
    """A message in a language, its placeholders filled."""
    return MESSAGES[message][lang].format_map(values)


def locale_language(environment: Mapping[str, str] = os.environ) -> Lang:
    """French if the locale says so (LC_ALL, LC_MESSAGES, LANG, the first that is set), else English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(variable):
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"
