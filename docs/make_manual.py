"""Write the manual pages ``docs/man``: one of the program and one of each command, in English and in French.

They say what ``--help`` says, from the same commands. The wheel has them; pip and pipx put them where ``man`` looks.
"""

import re
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click

from leaflet.cli.command import cli
from leaflet.cli.language import set_click_language, shown
from leaflet.faults import Lang

MAN = Path(__file__).with_name("man")
FOLDERS: dict[Lang, Path] = {"en": MAN / "man1", "fr": MAN / "fr" / "man1"}

_WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "name": "NAME",
        "synopsis": "SYNOPSIS",
        "description": "DESCRIPTION",
        "commands": "COMMANDS",
        "options": "OPTIONS",
        "codes": "EXIT STATUS",
        "variables": "ENVIRONMENT",
        "also": "SEE ALSO",
    },
    "fr": {
        "name": "NOM",
        "synopsis": "SYNOPSIS",
        "description": "DESCRIPTION",
        "commands": "COMMANDES",
        "options": "OPTIONS",
        "codes": "CODES DE RETOUR",
        "variables": "ENVIRONNEMENT",
        "also": "VOIR AUSSI",
    },
}
_CODES: dict[Lang, tuple[str, ...]] = {
    "en": (
        "Done.",
        "The campaign, its links or its tables are wrong, or rows were left out.",
        "The command line is wrong.",
        "A template is wrong.",
        "A file cannot be made or written, fails its verification, or has an error.",
        "leaflet diff found differences.",
    ),
    "fr": (
        "Tout est fait.",
        "La campagne, ses liens ou ses tableaux sont faux, ou des lignes ont été laissées de côté.",
        "La ligne de commande est fausse.",
        "Un modèle est faux.",
        "Un fichier ne peut être fabriqué ou écrit, n’est pas conforme, ou contient une erreur.",
        "leaflet diff a trouvé des différences.",
    ),
}
_VARIABLES: dict[Lang, dict[str, str]] = {
    "en": {
        "LEAFLET_LANG, LC_ALL, LC_MESSAGES, LANG": "The first that is set is the language, unless --lang is given.",
        "LEAFLET_BUILD_OUT": "What --out of leaflet build is, unless it is typed; every option has such a variable.",
        "SOURCE_DATE_EPOCH": "Seconds since 1970 for the dates in files, so that a build can be repeated.",
        "_LEAFLET_COMPLETE": "bash_source, zsh_source or fish_source: print the script that completes command lines.",
    },
    "fr": {
        "LEAFLET_LANG, LC_ALL, LC_MESSAGES, LANG": "La première définie donne la langue, à défaut de --lang.",
        "LEAFLET_BUILD_OUT": "L’option --out de leaflet build, à défaut\u00a0; chaque option a sa variable.",
        "SOURCE_DATE_EPOCH": "Secondes depuis 1970, pour les dates des fichiers\u00a0: une fabrication peut être "
        "refaite à l’identique.",
        "_LEAFLET_COMPLETE": "bash_source, zsh_source ou fish_source\u00a0: écrit le script qui complète la ligne de "
        "commande.",
    },
}
_SPECIAL = str.maketrans({"\\": r"\e", "-": r"\-", "\u00a0": r"\~", "\u202f": r"\~"})


def manual(lang: Lang) -> dict[str, str]:
    """Return the pages of a language by the names of their files."""
    set_click_language(lang)
    try:
        context = click.Context(cli, info_name="leaflet", obj=lang, **cli.context_settings)
        names = cli.list_commands(context)
        pages = {"leaflet": "\n".join(_page(context, lang, [f"leaflet-{name}" for name in names]))}
        for name in names:
            command = cli.get_command(context, name)
            assert command is not None, "it is in the list"
            below = click.Context(command, context, info_name=name, obj=lang)
            pages[f"leaflet-{name}"] = "\n".join(_page(below, lang, ["leaflet"]))
    finally:
        set_click_language("en")
    return {f"{name}.1": f"{page}\n" for name, page in pages.items()}


def _page(context: click.Context, lang: Lang, also: list[str]) -> Iterator[str]:
    """Yield the lines of a page in the macros of man(7).

    Args:
        context: of the command, or of the program.
        lang: the language.
        also: the names of other pages.
    """
    command, words, name = shown(context.command, context), _WORDS[lang], context.command_path.replace(" ", "-")
    summaries = dict(cli.summaries(lang))
    yield r""".\" Written by make docs; docs/make_manual.py says how."""
    yield f'.TH {_text(name.upper())} 1 "" leaflet'
    yield from (".nh", ".ad l")  # no words cut up: they are options and addresses
    yield f".SH {words['name']}"
    summary = summaries.get(context.info_name or "", command.help or "")
    yield f"{_text(name)} \\- {_text(summary.rstrip('.'))}"
    yield f".SH {words['synopsis']}"
    yield f"\\fB{_text(context.command_path)}\\fP {_text(' '.join(command.collect_usage_pieces(context)))}"
    yield f".SH {words['description']}"
    yield "\n.PP\n".join(_text(part) for part in cleandoc(command.help or "").split("\n\n"))
    if isinstance(command, click.Group):
        yield f".SH {words['commands']}"
        for one, text in summaries.items():
            yield from (".TP", f"\\fB{_text(one)}\\fP", _text(text))
    yield f".SH {words['options']}"
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option) and (record := parameter.get_help_record(context)):
            yield from (".TP", _option(record[0]), _text(record[1]))
    yield f".SH {words['codes']}"
    for code, text in enumerate(_CODES[lang]):
        yield from (".TP", str(code), _text(text))
    if isinstance(command, click.Group):
        yield f".SH {words['variables']}"
        for variable, text in _VARIABLES[lang].items():
            yield from (".TP", f"\\fB{_text(variable)}\\fP", _text(text))
    yield f".SH {words['also']}"
    yield ",\n".join(f"\\fB{_text(one)}\\fP(1)" for one in also)


def _option(record: str) -> str:
    """Return an option and its placeholder: what is typed as it is in bold, what is replaced in italics."""
    return re.sub(r"(?<![\w-])(--?[\w-]+)|(\w[\w|\[\]=/.-]*)", _styled, record)


def _styled(word: re.Match[str]) -> str:
    return f"\\fB{_text(word[1])}\\fP" if word[1] else f"\\fI{_text(word[2])}\\fP"


def _text(text: str) -> str:
    """Return text as roff takes it: no sign of it is a command, and options can be copied."""
    line = " ".join(text.split(" ")).replace("\n", " ").translate(_SPECIAL)
    return f"\\&{line}" if line.startswith((".", "'")) else line


def main() -> None:
    """Write all pages; those of commands that are gone are removed."""
    for lang, folder in FOLDERS.items():
        folder.mkdir(parents=True, exist_ok=True)
        pages = manual(lang)
        for old in folder.glob("*.1"):
            if old.name not in pages:
                old.unlink()
        for name, page in pages.items():
            (folder / name).write_text(page, "utf-8")


if __name__ == "__main__":
    main()
