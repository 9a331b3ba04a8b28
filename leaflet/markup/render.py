"""Fill a template with a record. Jinja2, sandboxed; strict about names; every value escaped at this one point.

Templates are trusted to lay out, never to compute: no network, no files but the template's own folder and the
shared one, no attribute that begins with an underscore, values without side effects. Secrets written into a template
itself are refused: in its text, attributes and comments, and in what Jinja has in quotes.
"""

import html
import re
import sys
import traceback
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType
from typing import Annotated, Any, Literal, cast

import jinja2
from jinja2 import FileSystemBytecodeCache, Template
from jinja2 import TemplateError as JinjaError
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from msgspec.structs import replace
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from leaflet.campaign.model import FRENCH
from leaflet.campaign.values import Makes, french_name
from leaflet.confidential import find_secret, prints_a_value
from leaflet.faults import LeafletError, Place, TemplateError, fail
from leaflet.files.resources import ABOUT, MAIN, PROGRAM, SHARED, Resource, Resources
from leaflet.files.toml_files import STRICT, as_tuple, read_resource, read_resource_toml, validate_resource
from leaflet.files.words import NO_HINT, in_both
from leaflet.markup.blanks import OTHER_PORTAL, BlankFieldError, OtherPortalError
from leaflet.markup.groups import group_values
from leaflet.markup.jinja_filters import filters_of
from leaflet.markup.page_words import SOMEBODY, PageWords, load_page_words
from leaflet.markup.parse import place_of
from leaflet.markup.sandbox import BudgetError, MissingValueError, NoTextError, Sandbox, find_unclosed
from leaflet.text import nearest

_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|(?P<comment>\{#.*?#\})", re.DOTALL)
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'|\n")
_INLINE = re.compile(r"<(?:strong|a|br)\b[^>]*>|</(?:strong|a)>")
_MARKUP = re.compile(r"<!--|-->|</?[a-zA-Z][\w-]*|/?(?<!-)>|\s[\w-]+=(?=[\"'])|[\"']")


@lru_cache(maxsize=256)  # files of templates; a window compiles the same ones at every change
def find_secret_line(source: str) -> int | None:
    """Return the first line of a template (from 1) that holds what looks like a secret, or begins one; None."""
    marked = (_INLINE.sub(_inline, line) for line in _CODE.sub(_texts, source).splitlines())
    lines = [html.unescape(_MARKUP.sub("  ", line)) for line in marked]  # values of attributes stay
    written = source.splitlines()
    for number, line in enumerate(lines, 1):
        if find_secret(line) or prints_a_value(written[number - 1]):
            return number
        below = lines[number] if number < len(lines) else ""
        if find_secret(f"{line} {below}") and not find_secret(below):
            return number
    return None


def _texts(code: re.Match[str]) -> str:
    """Return the texts between quotes of some Jinja, on their lines; names and operators are no text."""
    if code["comment"]:
        return code["comment"]
    return "".join("\n" if m[0] == "\n" else f" {m[1] or m[2] or ''} " for m in _QUOTED.finditer(code[0]))


def _inline(tag: re.Match[str]) -> str:
    """Take an inline tag away without a gap in the word it stands in; its address stays."""
    values = re.findall(r"=\"([^\"]*)\"", tag[0])
    return " ".join(("", *values, "")) if values else ""


_INCLUDED = re.compile(r'{%-?\s*include\s+"([^"]+)"')
MAX_FILES = 200  # of a template and what it may include
# No documents of a campaign, each with the command that makes it.
OF_PRINT_RUNS = {
    "address-label": "leaflet post",
    "addresses": "leaflet addresses",
    "bundle-sheet": "leaflet print-run",
    "draft-list": "leaflet build --draft",
    "packing-list": "leaflet print-run",
}
Context = Mapping[str, Any]
# What compiling raises for a template that is nested too deep, or holds a number that is too long.
_BEYOND_PYTHON = (ArithmeticError, RecursionError, MemoryError, SyntaxError, ValueError)


@dataclass(frozen=True, slots=True, eq=False)
class Renderer:
    """A compiled template, ready for records."""

    name: str  # the template's folder name
    template: Template
    files: Mapping[str, str]  # the source of every file it may read, by name (for messages and the build's alphabet)
    words: PageWords  # its texts, and how it writes days and hours
    main: str = MAIN  # the file in the folder that is filled; it may include the others

    def render(self, context: Context) -> str:
        """Render the markup of one record; whatever the template does wrong is a `TemplateError`."""
        try:
            self._sandbox.budget.refill()
            return self.template.render(context)
        except BudgetError as error:
            raise self._fault(error.code, error, allowed=error.allowed) from None
        except BlankFieldError as blank:
            hints = {"hint": blank.hint("en"), "hint_fr": blank.hint("fr")}
            code = "M202" if blank.is_setting else "M208"
            raise self._fault(code, blank, field=blank.field, setting=blank.setting, **hints) from None
        except OtherPortalError as error:
            raise fail(OTHER_PORTAL, Place(field="links.portal"), **group_values(error.group)) from None
        except TemplateSyntaxError as error:
            raise _syntax_fault(error, self.files) from None
        except TemplateNotFound as error:
            raise self._unknown_step(error) from None
        except MissingValueError as error:
            raise self._missing_value(error, context) from None
        except NoTextError as error:
            raise self._lacking_texts(error, context) from None
        except UndefinedError as error:
            raise self._fault("M201", error, problem=error.message or "") from None
        except JinjaError as error:
            code = "M203" if isinstance(error, SecurityError) else "M204"
            raise self._fault(code, error, problem=error.message or "") from None
        except (RecursionError, MemoryError) as error:
            raise self._fault("M204", error, problem="it calls itself without end, or is far too large") from None
        except Exception as error:  # whatever it is: a template is no part of the program
            raise self._fault("M204", error, problem=str(error)) from None

    def write(self, context: Context) -> list[Any]:
        """Return the parts of the markup of one record as the template writes them, whatever they are.

        What the template raises comes through; `render` says what is wrong with it.
        """
        self._sandbox.budget.refill()
        parts = list(self.template.root_render_func(self.template.new_context(dict(context))))
        self._sandbox.budget.check_markup(parts)
        return parts

    @property
    def _sandbox(self) -> Sandbox:
        return cast(Sandbox, self.template.environment)

    def _unknown_step(self, error: TemplateNotFound) -> LeafletError:
        wanted = Path(error.name or "")
        known = [Path(f).stem for f in self.files if Path(f).parent == wanted.parent and Path(f).stem[0] != "_"]
        if wanted.parent.name == "steps":
            return self._fault("M205", error, name=wanted.stem, known=", ".join(sorted(map(french_name, known))))
        return self._fault("M003", error, name=error.name or "")

    def _missing_value(self, error: MissingValueError, context: Context) -> LeafletError:
        table = _name_of(error.table, context) or "…"
        of = table.removesuffix(".columns")
        meant, known = nearest(error.name, error.table), ", ".join(sorted(error.table)) or "–"
        is_column = of in ("school", "person") and not meant
        hint = in_both("hint", "missing_column", name=error.name, of=of) if is_column else NO_HINT
        if table == "election.facts" and not meant:
            hint = in_both("hint", "missing_fact", name=error.name)
        return self._fault("M209", error, table=table, name=error.name, proposal=meant, known=known, **hint)

    def _lacking_texts(self, error: NoTextError, context: Context) -> LeafletError:
        """Return the fault of all texts that are lacking for a record, of which the error names the first."""
        self._sandbox.lacking = lacking = [error.values["value"]]
        with suppress(Exception):  # the template goes on without them, and may be wrong without them
            self.template.render(context)
        self._sandbox.lacking = None
        names = [*dict.fromkeys(lacking)]
        place = replace(self._place(error), source="")  # which has the texts already
        return fail("M210", place, **error.values, count=len(names), known=", ".join(names))

    def _fault(self, code: str, error: Exception, **values: object) -> LeafletError:
        return fail(code, self._place(error), **values)

    def _place(self, error: Exception) -> Place:
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            for name, source in self.files.items():
                if Path(frame.filename).as_posix().endswith(name) and frame.lineno:
                    return Place(file=name, line=frame.lineno, source=_line(source, frame.lineno))
        if isinstance(error, BudgetError) and (at := self._sandbox.budget.at):
            return place_of(at)
        return Place(file=f"{self.name}/{self.main}")


class _Compiled(FileSystemBytecodeCache):
    """A memory of each file of templates as a sandbox compiled it last, for the next start too if it is our own.

    It stands beside Python's own code. What is compiled depends on the file and on what compiles it, not on filters.
    """

    def __init__(self, sandbox: str, *, is_ours: bool) -> None:
        beside = Path(cache_from_source(__file__))
        super().__init__(str(beside.parent), f"{beside.stem}-{sandbox}-%s.code")
        self._files: dict[str, tuple[str, CodeType | None]] = {}
        self._is_kept = is_ours and not sys.dont_write_bytecode
        compilers = [path for package in (__file__, jinja2.__file__) for path in Path(package).parent.glob("*.py")]
        self._compilers = sum(path.stat().st_mtime_ns for path in compilers)

    def get_source_checksum(self, source: str) -> str:
        """Return a digest of a file and of what compiles it."""
        return super().get_source_checksum(f"{self._compilers} {source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the code of a file that has not changed: a window compiles them again at every change."""
        checksum, code = self._files.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code
        elif self._is_kept:
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a file."""
        self._files[bucket.key] = bucket.checksum, bucket.code
        if self._is_kept:
            with suppress(OSError):  # where the program may not write beside itself
                super().dump_bytecode(bucket)


_compiled = cache(_Compiled)
_OURS: set[str] = set()  # files of the program's own templates: a test looks for secrets in them, once for all


def load_renderer(resources: Resources, name: str, lang: str = FRENCH, sandbox: type[Sandbox] = Sandbox) -> Renderer:
    """Read and compile a template with the words of a language; see `read_template` and `compile_template`."""
    words = load_page_words(resources, lang)
    return compile_template(name, read_template(resources, name, words=words), words, sandbox)


def compile_template(
    name: str, files: Mapping[str, str], words: PageWords, sandbox: type[Sandbox] = Sandbox, main: str = MAIN
) -> Renderer:
    """Compile the file `main` in the folder of a template, whose files are as `read_template` returns them.

    What it includes is compiled when a record first comes there: other elections' steps are nobody's business. A file
    that holds what looks like a secret is refused, and its line not shown.
    """
    for file, text in files.items():
        if (unclosed := find_unclosed(text)) is not None:
            mark, number = unclosed
            place = Place(file=file, line=number, source=_line(text, number))
            raise fail("M002", place, problem=f"« {mark} » stands alone")
        if text not in _OURS and (line := find_secret_line(text)) is not None:
            raise fail("M206", Place(file=file, line=line))
    compiled = _compiled(sandbox.__name__, is_ours=_OURS.issuperset(files.values()))
    environment = sandbox(files, filters_of(words.calendar, words.texts[SOMEBODY]), bytecode_cache=compiled)
    try:
        template = environment.get_template(f"{name}/{main}")
    except TemplateSyntaxError as error:
        raise _syntax_fault(error, files) from None
    except _BEYOND_PYTHON as error:
        source = files[f"{name}/{main}"]
        number = _first_line_beyond(environment, source)
        place = Place(file=f"{name}/{main}", line=number, source=_line(source, number))
        raise fail("M002", place, problem=str(error)) from None
    return Renderer(name, template, files, words, main)


def _first_line_beyond(environment: Sandbox, source: str) -> int:
    """Return the line (from 1) at which a template becomes more than Python compiles; the error itself names none."""
    lines = source.splitlines(keepends=True)

    def is_beyond(count: int) -> bool:
        try:
            environment.compile("".join(lines[:count]))
        except TemplateSyntaxError:  # what is cut off is not closed
            return False
        except _BEYOND_PYTHON:
            return True
        return False

    return min(bisect_left(range(1, len(lines) + 1), True, key=is_beyond) + 1, len(lines))


def _syntax_fault(error: TemplateSyntaxError, files: Mapping[str, str]) -> LeafletError:
    place = Place(file=error.name, line=error.lineno, source=_line(files.get(error.name or "", ""), error.lineno))
    return fail("M002", place, problem=error.message or "")


def read_template(
    resources: Resources, name: str, named_at: Place | None = None, words: PageWords | None = None
) -> dict[str, str]:
    """Return the source of every file that a template may include, by name: ``leaflet-a4/leaflet.xml``.

    `named_at` is where somebody names the template, for the fault of one that does not exist. Into the files are put
    the `words`, by default those of the resources.
    """
    template = resources.find("templates", name)
    if template is None:
        known = [one for one in resources.names("templates") if one not in OF_PRINT_RUNS]
        place = named_at or Place(file=name)
        meant = nearest(name, OF_PRINT_RUNS)  # no template of documents, but what a command makes
        hint = in_both("hint", "made_by", meant=meant, command=OF_PRINT_RUNS[meant]) if meant else NO_HINT
        raise fail("M001", place, value=name, proposal=nearest(name, known), known=", ".join(known), **hint)
    files = template_files(resources, template)
    if len(files) > MAX_FILES:
        raise fail("M405", Place(file=name), count=len(files), allowed=MAX_FILES)
    texts = {relative: read_resource(file, relative) for relative, file in files.items()}
    words = words or load_page_words(resources)
    texts = {relative: words.put_into(text) for relative, text in texts.items()}
    _OURS.update(text for relative, text in texts.items() if files[relative].folder.origin == PROGRAM)
    return texts


def prints(template: str, files: Mapping[str, str], what: str) -> bool:
    """Tell whether a template, or what it includes of its `files`, names a value such as ``publisher.imprint``."""
    return any(what in source for source in sources_read(f"{template}/{MAIN}", files))


def sources_read(main: str, files: Mapping[str, str]) -> Iterator[str]:
    """Yield the source of a file, then of those that it may include, also where a value ends their names."""
    wanted = [main]
    for beginning in wanted:  # which grows meanwhile
        for source in (source for name, source in files.items() if name.startswith(beginning)):
            yield source
            wanted += [name for name in _INCLUDED.findall(source) if name not in wanted]


def any_prints(resources: Resources, templates: Iterable[str], what: str) -> bool:
    """Tell whether one of some templates prints a value; one that cannot be read may."""
    try:
        return any(prints(name, read_template(resources, name), what) for name in templates)
    except TemplateError:
        return True


def template_files(resources: Resources, template: Resource) -> dict[str, Resource]:
    """Return the files a template is made of, without an editor's hidden ones.

    They are its own, the shared ones beside it, and those of the program.
    """
    files: dict[str, Resource] = {}
    of_program = (Resource(f, f.path / "templates" / SHARED) for f in resources.folders if f.origin == PROGRAM)
    for found in (template, template._replace(path=template.path.parent / SHARED), *of_program):
        for path in sorted(found.path.rglob("*.xml")):
            relative = path.relative_to(found.path.parent).as_posix()
            if not path.name.startswith(".") and relative not in files:
                files[relative] = found._replace(path=path)
    return files


class About(BaseModel):
    """A template's own description."""

    model_config = ConfigDict(**STRICT, populate_by_name=True)

    description: str  # one English sentence
    description_fr: str = ""  # the same in French
    # What one file of it can be made for.
    per: Annotated[tuple[Literal["school", "person"], ...], BeforeValidator(as_tuple)] = ("school",)
    # What one file of it can be; see `leaflet.campaign.Document`.
    makes: Annotated[tuple[Makes, ...], BeforeValidator(as_tuple)] = ("pdf", "html", "txt")
    copies: int = Field(default=9999, ge=1)  # for a school, at most: its list says how many leaflets it gets
    # Its format (``assets/formats``); empty for the A4 page that themes are drawn for.
    paper: str = Field(default="", alias="format", pattern=r"[a-z0-9-]*")


def load_about(template: Resource | None) -> About:
    """Read the ``template.toml`` of a template; one without is an A4 leaflet for schools."""
    if template is None or not (template.path / ABOUT).exists():
        return About(description="")
    file = f"{template.path.name}/{ABOUT}"
    tables = read_resource_toml(template._replace(path=template.path / ABOUT), file, "M005")
    return validate_resource(About, tables, "M005", file)


def _name_of(wanted: object, values: Context) -> str | None:
    """Return the name by which a template finds a table among values: « election.vote »."""
    for name, value in values.items():
        if value is wanted:
            return name
        if type(value) is dict and (found := _name_of(wanted, value)) is not None:
            return f"{name}.{found}"
    return None


def _line(source: str, number: int | None) -> str | None:
    lines = source.splitlines()
    return lines[number - 1] if number and 0 < number <= len(lines) else None
