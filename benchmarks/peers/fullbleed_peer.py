"""fullbleed: the HTML and CSS of the WeasyPrint peer with a few rules of its own, one engine for all schools.

Variants: ``plain`` and ``tagged`` lay every school out anew. ``compiled`` compiles the page once, with a slot for
each line that differs, and binds the lines of a school to it; ``base-14`` does so with Helvetica, which is not
embedded. A compiled page has a fixed geometry: a name too long for its line runs on over what stands beside it.
``reflow``, for one file of many schools, wraps it. Compiled pages are untagged; fullbleed writes no link
annotations in any of these modes.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

from generate import School

from peers.base import HERE, QR_LINKS, WORDS, Lines, Peer, fonts_folder, lines_of, svg_code

SLOTS = Lines(**{field.name: f"{{{{{field.name}}}}}" for field in fields(Lines)})
BASE_14 = "html { font: 10pt/1.3 Helvetica; color: #14213d }\n"


def _make_engine(variant: str) -> Any:
    """The engine, with the package fonts unless Helvetica is to do."""
    import fullbleed

    faces = [] if variant == "base-14" else ["Regular", "Bold"]
    return fullbleed.PdfEngine(
        page_width="210mm",
        page_height="297mm",
        margin="0",
        font_files=[str(fonts_folder() / f"LeafletText-{face}.ttf") for face in faces] or None,
        document_lang="fr-FR",
        document_title=WORDS["title"],
        pdf_profile="tagged" if variant == "tagged" else None,
    )


def _bindings(schools: Sequence[School]) -> dict[str, list[str]]:
    """The lines of schools as columns, one for each slot."""
    rows = [asdict(lines_of(school)) for school in schools]
    return {field.name: [row[field.name] for row in rows] for field in fields(Lines)}


def make_peer(variant: str, folder: Path) -> Peer:
    """Start the engine and load the template; for compiled variants, compile it."""
    import jinja2

    engine = _make_engine(variant)
    css = "".join((HERE / name).read_text(encoding="utf-8") for name in ("leaflet.css", "fullbleed.css"))
    css += BASE_14 if variant == "base-14" else ""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE), autoescape=True, undefined=jinja2.StrictUndefined
    )
    template = environment.get_template("leaflet.html.j2")
    codes = {name: svg_code(link) for name, link in QR_LINKS.items()}

    if variant in ("plain", "tagged"):

        def render(school: School) -> bytes:
            return engine.render_pdf(template.render(lines=lines_of(school), codes=codes), css)

        return Peer(version=version("fullbleed"), render=render)

    compiled = engine.compile_pdf(template.render(lines=SLOTS, codes=codes), css)
    bind: Callable[[dict[str, list[str]]], bytes] = compiled.render_pdf_bindings
    to_file: Callable[[dict[str, list[str]], str], int] = compiled.render_pdf_bindings_to_file
    if variant == "reflow":
        bind, to_file = compiled.render_pdf_reflow_bindings, compiled.render_pdf_reflow_bindings_to_file
    return Peer(
        version=version("fullbleed"),
        render=lambda school: bind(_bindings([school])),
        merge=lambda schools, path: to_file(_bindings(schools), str(path)),
    )
