"""Render the page that shows a preview: HTML in French, as the guides are, that works without script and style.

Everything that comes from a list, a campaign or a template is escaped as text.
"""

from collections.abc import Sequence
from html import escape
from urllib.parse import parse_qs, urlencode

from msgspec import Struct, field

from leaflet.faults import Fault, Severity
from leaflet.preview.views import Navigation, PagePicture, RenderedView, View
from leaflet.tables import School

ZOOMS = (100, 150, 200)
_CSS_PER_INCH = 96
_REFRESH = 2  # seconds until a page without script loads itself again
_MAX_LENGTH = 200  # characters of a value in the address
_WORDS: dict[Severity, tuple[str, str]] = {
    "error": ("erreur", "erreurs"),
    "warning": ("avertissement", "avertissements"),
    "note": ("remarque", "remarques"),
}


class PageRequest(Struct, frozen=True, kw_only=True):
    """The view that an address asks for, and whether its pages fit the window instead of being zoomed."""

    view: View = field(default_factory=View)
    is_fitted: bool = True

    def link(self, *, document: str | None = None, record: str | None = None, zoom: int | None = None) -> str:
        """Return the address of this request with some values changed; a zoom of 0 fits pages to the window."""
        view = self.view
        values = {
            "document": view.document if document is None else document,
            "record": view.record if record is None else record,
            "zoom": zoom if zoom is not None else 0 if self.is_fitted else view.zoom,
        }
        return "?" + urlencode({name: value for name, value in values.items() if value})


def parse_query(query: str) -> PageRequest:
    """Parse the query of an address; values that make no sense are ignored.

    Raises:
        ValueError: the query has too many parts, or is not UTF-8.
    """
    values = parse_qs(query, max_num_fields=8, errors="strict")
    document, record, zoom = (values.get(name, [""])[0][:_MAX_LENGTH] for name in ("document", "record", "zoom"))
    chosen = next((known for known in ZOOMS if zoom == str(known)), None)
    return PageRequest(view=View(document=document, record=record, zoom=chosen or 100), is_fitted=chosen is None)


def render_page(request: PageRequest, rendered: RenderedView, campaign: str) -> str:
    """Return the whole page; `campaign` is the name of the campaign's file."""
    title = f"{rendered.school.name} – aperçu" if rendered.school else "Aperçu"
    sign = "⚠ " if rendered.errors else ""
    return f"""<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_text(sign + title)}</title>
<link rel="icon" href="page.svg">
<link rel="stylesheet" href="page.css">
<noscript><meta http-equiv="refresh" content="{_REFRESH}"></noscript>
<script src="page.js" defer></script>
</head>
<body>
<a class="skip" href="#pages">Aller aux pages</a>
<div id="live" data-number="{rendered.number}" data-view="{_text(request.link())}">
<header>
{_head(rendered, campaign)}
{_controls(request, rendered)}
</header>
<main>
{_main_sections(request, rendered)}
</main>
</div>
<footer><p id="status" role="status" class="{_state(rendered)}">{_text(_status(rendered))}</p></footer>
</body>
</html>
"""


def _main_sections(request: PageRequest, rendered: RenderedView) -> str:
    """Return pages and faults: errors before the pages, which are then not as they should be, the rest after them."""
    parts = [_fault_section(rendered), _page_section(request, rendered)]
    return "\n".join(part for part in (parts if rendered.errors else reversed(parts)) if part)


def _text(value: object) -> str:
    return escape(str(value))


def _format_count(count: int, words: tuple[str, str]) -> str:
    return f"{count} {words[count > 1]}"


def _state(rendered: RenderedView) -> str:
    return "outdated" if rendered.errors else "good"


def _status(rendered: RenderedView) -> str:
    """Return one line, which screen readers read out when it changes."""
    if rendered.errors:
        errors = _format_count(len(rendered.errors), _WORDS["error"])
        kept = "les pages sont celles d’avant l’erreur" if rendered.is_outdated else "aucune page à montrer"
        return f"{errors}\u00a0: {kept}"
    pages = _format_count(rendered.pages, ("page construite", "pages construites"))
    return f"À jour\u00a0: {pages} en {_format_seconds(rendered.seconds)}"


def _format_seconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f}\u00a0ms" if seconds < 1 else f"{seconds:.1f}\u00a0s".replace(".", ",")


def _head(rendered: RenderedView, campaign: str) -> str:
    school = rendered.school
    if school is None:
        return f'<h1>Aperçu</h1>\n<p class="where">{_text(campaign)}</p>'
    town = " ".join(part for part in (school.postcode, school.town) if part)
    where = [f"UAI {school.uai}", town, f"ligne {school.line} de la liste", campaign]
    return f'<h1>{_text(school.name)}</h1>\n<p class="where">{_text(" · ".join(filter(None, where)))}</p>'


# --- navigation ------------------------------------------------------------------------------------------------


def _controls(request: PageRequest, rendered: RenderedView) -> str:
    records = _records(request, rendered.navigation, rendered) if rendered.navigation else ""
    controls = "\n".join(part for part in (records, _documents(request, rendered), _zooms(request)) if part)
    return f'<div class="controls">\n{controls}\n</div>'


def _documents(request: PageRequest, rendered: RenderedView) -> str:
    names = rendered.navigation.documents if rendered.navigation else ()
    if len(names) < 2:
        return ""
    current = request.view.document or names[0]
    links = [
        _link(f"document-{number}", request.link(document=name), name, is_current=name == current)
        for number, name in enumerate(names, 1)
    ]
    return _nav("Document", links)


def _records(request: PageRequest, navigation: Navigation, rendered: RenderedView) -> str:
    chosen: list[tuple[str, str, School | None]] = [
        ("previous", "← Précédent", navigation.previous),
        ("next", "Suivant →", navigation.next),
        ("first", "Premier", navigation.first),
        ("longest", "Le plus long", navigation.longest),
        ("shortest", "Le plus court", navigation.shortest),
    ]
    here = rendered.school.uai if rendered.school else ""
    links = [_record(key, request, label, school, here) for key, label, school in chosen]
    count = f"{navigation.position} sur {navigation.total}"
    position = f'<span class="position">{count}</span>' if navigation.position else ""
    kept = {"document": request.view.document, "zoom": "" if request.is_fitted else request.view.zoom}
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{_text(value)}">' for name, value in kept.items() if value
    )
    search = (
        f'<form method="get" action="./"><label for="record">UAI ou ligne</label>'
        f'<input id="record" name="record" size="9" autocomplete="off" value="{_text(here)}">{hidden}'
        f'<button id="go">Afficher</button></form>'
    )
    return _nav("Établissement", [*links, position], search)


def _record(key: str, request: PageRequest, label: str, school: School | None, here: str) -> str:
    if school is None:
        return f'<span class="off" id="{key}">{label}</span>'
    is_current = school.uai == here and key not in ("previous", "next")
    return _link(key, request.link(record=school.uai), label, is_current=is_current)


def _zooms(request: PageRequest) -> str:
    fitted = _link("zoom-fit", request.link(zoom=0), "Pages entières", is_current=request.is_fitted)
    zoom = 0 if request.is_fitted else request.view.zoom
    others = [
        _link(f"zoom-{known}", request.link(zoom=known), f"{known}\u00a0%", is_current=known == zoom)
        for known in ZOOMS
    ]
    return _nav("Taille", [fitted, *others])


def _nav(label: str, links: Sequence[str], more: str = "") -> str:
    items = "".join(f"<li>{link}</li>" for link in links if link)
    return f'<nav aria-label="{label}"><span class="label">{label}</span><ul>{items}</ul>{more}</nav>'


def _link(key: str, href: str, label: str, *, is_current: bool) -> str:
    current = ' aria-current="true"' if is_current else ""
    return f'<a id="{key}" href="{_text(href)}"{current}>{_text(label)}</a>'


# --- faults ---------------------------------------------------------------------------------------------------


def _fault_section(rendered: RenderedView) -> str:
    if not rendered.faults and not rendered.other_faults:
        return ""
    title = _summary(rendered) or "Ailleurs dans les listes"
    items = "".join(map(_fault_item, rendered.faults))
    others = _format_count(rendered.other_faults, ("défaut", "défauts"))
    more = f"<p>{others} sur d’autres lignes des listes\u00a0: <code>leaflet check</code> dit lesquels.</p>"
    return (
        f'<section id="faults" aria-labelledby="faults-title"><h2 id="faults-title">{title}</h2>\n'
        f"{f'<ul>{items}</ul>' if items else ''}{more if rendered.other_faults else ''}</section>"
    )


def _summary(rendered: RenderedView) -> str:
    """Return the counts of faults, « 1 erreur, 2 avertissements »; empty without faults."""
    counts = {severity: sum(fault.severity == severity for fault in rendered.faults) for severity in _WORDS}
    return ", ".join(_format_count(count, _WORDS[severity]) for severity, count in counts.items() if count)


def _fault_item(fault: Fault) -> str:
    source = fault.place.source
    line = f'<pre tabindex="0"><code>{_text(source.strip())}</code></pre>' if source and source.strip() else ""
    place = f'<span class="place">{_text(fault.place.text("fr"))}</span>'
    word = _WORDS[fault.severity][0]
    what = f'<p class="what"><strong>{fault.code}</strong> <em>{word}</em> {place}</p>'
    return (
        f'<li class="{fault.severity}">{what}{line}'
        f'<p>{_text(fault.reason("fr"))}</p><p class="way-out">{_text(fault.way_out("fr"))}</p></li>\n'
    )


# --- pages ----------------------------------------------------------------------------------------------------


def _page_section(request: PageRequest, rendered: RenderedView) -> str:
    if not rendered.pictures:
        return '<section id="pages"><h2>Pages</h2><p>Aucune page à montrer pour le moment.</p></section>'
    outdated = (
        '<p class="stamp">Pages périmées\u00a0: elles datent d’avant l’erreur.</p>' if rendered.is_outdated else ""
    )
    style = " ".join(("fitted" if request.is_fitted else "zoomed", "outdated" if rendered.is_outdated else "good"))
    figures = "".join(_figure(request, rendered, picture) for picture in rendered.pictures)
    left = rendered.pages - len(rendered.pictures)
    more = (
        f'<p class="more">{_format_count(left, ("autre page", "autres pages"))} dans ce fichier.</p>' if left else ""
    )
    names = '<p class="more">Ces pages montrent des noms de personnes.</p>' if rendered.is_personal else ""
    title = f'<h2 id="pages-title">Pages de {_text(rendered.document)}</h2>'
    summary = "" if rendered.errors else _summary(rendered)
    below = f'<p class="below"><a id="below" href="#faults">{summary}</a></p>' if summary else ""
    return (
        f'<section id="pages" aria-labelledby="pages-title">{title}'
        f'{below}{outdated}\n<ul class="{style}">{figures}</ul>{more}{names}</section>'
    )


def _figure(request: PageRequest, rendered: RenderedView, picture: PagePicture) -> str:
    width, height = (
        round(pixels * _CSS_PER_INCH * request.view.zoom / (100 * rendered.dpi))
        for pixels in (picture.width_px, picture.height_px)
    )
    school = rendered.school.name if rendered.school else ""
    of = f"page {picture.number} sur {rendered.pages}"
    outdated = ", périmée" if rendered.is_outdated else ""
    alt = f"{rendered.document}, {school}, {of}{outdated}"
    return (
        f'<li><figure><img src="{picture.key}.png" width="{width}" height="{height}" alt="{_text(alt)}">'
        f"<figcaption>{of.capitalize()}{outdated}</figcaption></figure></li>\n"
    )
