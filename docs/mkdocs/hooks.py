"""Tell MkDocs about this project: the documents stay where they are in the repository.

Every Markdown file is a page under its path in the repository, so that a link between documents that is right on a
repository page is right on the site. Files that a document links to come along, and so do the window's colours and
typeface, and the browser edition where it was made.
"""

import re
from collections.abc import Iterator
from os.path import normpath
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation
from mkdocs.structure.pages import Page

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

_HOME = "docs/fr/index.md"
_EDITION = "out/site"  # where `make site` writes the browser edition
_FILES = (
    *("*.md", "docs/**/*.md", "examples/*/*.md", "benchmarks/*.md", "site/*.md", "assets/**/*.md"),
    *("assets/studio/tokens.css", "assets/studio/icon.svg", "assets/studio/zero/*.ttf", "assets/fonts/*.ttf"),
)
# Beginnings of paths in the repository, and of addresses on the site; tokens.css has its fonts beside it.
_PLACES = {f"{_EDITION}/": "essayer/", "assets/studio/": "window/", "assets/fonts/": "window/font/"}
_FRENCH = re.compile(r"docs/fr/|README\.fr\.md")
_LINK = re.compile(r"\]\(([^)\s#:]+)(?:#[^)\s]*)?\)")
_ANY_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)\s#:]+)\)")
_FENCED = re.compile(r"^(```.*?^```$)", re.MULTILINE | re.DOTALL)
_IN_A_LIST = re.compile(r"^ {3}", re.MULTILINE)
_NEXT_NUMBER = re.compile(r"^( {4}.*\n)(?=\d+\. )", re.MULTILINE)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the documents, what they link to, the look of the window and the browser edition."""
    for pattern in _FILES:
        for path in sorted(ROOT.glob(pattern)):
            files.append(_file(path, path.relative_to(ROOT).as_posix(), config))
    for path in sorted(set(_linked(files.documentation_pages()))):
        name = path.relative_to(ROOT).as_posix()
        if files.get_file_from_path(name) is None:
            files.append(_file(path, name, config))
    edition = (HERE / config.extra["browser_edition"]).resolve()
    for path in filter(Path.is_file, sorted(edition.glob("**/*"))):
        files.append(_file(path, f"{_EDITION}/{path.relative_to(edition).as_posix()}", config))
    return files


def _file(path: Path, name: str, config: MkDocsConfig) -> File:
    """Return a file with its place on the site.

    Args:
        path: where it is.
        name: its path in the repository.
        config: that of the site.
    """
    file = File.generated(config, name, abs_src_path=str(path), inclusion=InclusionLevel.INCLUDED)
    if file.is_documentation_page():
        file.dest_uri = name.removeprefix("docs/fr/").removesuffix(".md") + ".html"
    for prefix, place in _PLACES.items():
        if name.startswith(prefix) and not file.is_documentation_page():
            file.dest_uri = place + name.removeprefix(prefix)
    return file


def _linked(documents: list[File]) -> Iterator[Path]:
    """Yield the files of the repository that documents link to."""
    for document in documents:
        for target in _LINK.findall(document.content_string):
            path = ((ROOT / document.src_uri).parent / target).resolve()
            if path.is_file() and path.is_relative_to(ROOT):
                yield path


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Add the browser edition, where it was made."""
    if page := files.get_file_from_path(f"{_EDITION}/index.html"):
        nav.items.insert(1, Link("Essayer dans le navigateur", page.url))
    return nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Write lists as Python-Markdown reads them, and links to pages of the host as text; mark the first page.

    Python-Markdown wants four spaces where three are usual, and an empty line between items of several paragraphs.
    """
    if page.file.src_uri == _HOME:
        page.meta.update(template="home.html", hide=["navigation", "toc"])
        if edition := files.get_file_from_path(f"{_EDITION}/index.html"):
            start = "[Bien démarrer]"
            markdown = markdown.replace(start, f"[Essayer dans le navigateur](../../{edition.src_uri}) {start}", 1)
    folder = (ROOT / page.file.src_uri).parent
    markdown = _ANY_LINK.sub(lambda link: link[0] if _is_inside(folder / link[2]) else link[1], markdown)
    parts = _FENCED.split(markdown)
    return "".join(part if part.startswith("```") else _written_wide(part) for part in parts)


def _is_inside(path: Path) -> bool:
    """Check whether a link stays in the repository; the others are the host's, such as its page of releases."""
    return Path(normpath(path)).is_relative_to(ROOT)


def _written_wide(lists: str) -> str:
    """Return Markdown without code blocks of its own, with its numbered lists indented and spaced."""
    return _NEXT_NUMBER.sub(r"\1\n", _IN_A_LIST.sub("    ", lists))


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Let the words of the site be in the language of the document."""
    config.theme["language"] = "fr" if _FRENCH.match(page.file.src_uri) else "en"
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Let the theme's search know forms of a word."""
    (worker,) = Path(config.site_dir).glob("assets/javascripts/workers/search.*.js")
    worker.write_text(worker.read_text("utf-8") + "\n" + (HERE / "search.js").read_text("utf-8"), "utf-8")
