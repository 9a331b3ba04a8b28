"""The page that shows a preview, in French, as the guides are: HTML that works without a script and without a style.

Everything that comes from a list, a campaign or a template is text here, never markup.
"""

from collections.abc import Sequence
from html import escape
from urllib.parse import parse_qs, urlencode

from msgspec import Struct, field

from leaflet.faults import Fault, Severity
from leaflet.preview.render import Picture
from leaflet.preview.shown import Around, Shown, View
from leaflet.tables import School

ZOOMS = (100, 150, 200)
_CSS_PER_INCH = 96
_REFRESH = 2  # seconds, where no script runs
_LONGEST = 200  # characters of a value in the address
_WORDS: dict[Severity, tuple[str, str]] = {
    "error": ("erreur", "erreurs"),
    "warning": ("avertissement", "avertissements"),
    "note": ("remarque", "remarques"),
}


class Asked(Struct, frozen=True, kw_only=True):
    """What an address asks for: a view, and whether its pages are fitted to the window instead of zoomed."""

    view: View = field(default_factory=View)
    is_fitted: bool = True

    def link(self, *, document: str | None = None, record: str | None = None, zoom: int | None = None) -> str:
        """The address with something changed; a zoom of 0 fits pages to the window."""
        view = self.view
        asked = {
            "document": view.document if document is None else document,
            "record": view.record if record is None else record,
            "zoom": zoom if zoom is not None else 0 if self.is_fitted else view.zoom,
        }
        return "?" + urlencode({name: value for name, value in asked.items() if value})


def parse_query(query: str) -> Asked:
    """What an address asks for; what makes no sense in it is as if it were not there.

    Raises:
        ValueError: it has too many parts, or is no text.
    """
    values = parse_qs(query, max_num_fields=8, errors="strict")
    document, record, zoom = (values.get(name, [""])[0][:_LONGEST] for name in ("document", "record", "zoom"))
    chosen = next((known for known in ZOOMS if zoom == str(known)), None)
    return Asked(view=View(document=document, record=record, zoom=chosen or 100), is_fitted=chosen is None)


def render_page(asked: Asked, shown: Shown, campaign: str) -> str:
    """The whole page; `campaign` is the name of its file."""
    title = f"{shown.school.name} – aperçu" if shown.school else "Aperçu"
    mark = "⚠ " if shown.errors else ""
    return f"""<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_text(mark + title)}</title>
<link rel="icon" href="page.svg">
<link rel="stylesheet" href="page.css">
<noscript><meta http-equiv="refresh" content="{_REFRESH}"></noscript>
<script src="page.js" defer></script>
</head>
<body>
<a class="skip" href="#pages">Aller aux pages</a>
<div id="live" data-number="{shown.number}" data-view="{_text(asked.link())}">
<header>
{_head(shown, campaign)}
{_controls(asked, shown)}
</header>
<main>
{_main(asked, shown)}
</main>
</div>
<footer><p id="status" role="status" class="{_state(shown)}">{_text(_status(shown))}</p></footer>
</body>
</html>
"""


def _main(asked: Asked, shown: Shown) -> str:
    """Errors come before the pages, which are not as they should be; what is only to be known comes after them."""
    parts = [_faults(shown), _pages(asked, shown)]
    return "\n".join(part for part in (parts if shown.errors else reversed(parts)) if part)


def _text(value: object) -> str:
    return escape(str(value))


def _counted(count: int, words: tuple[str, str]) -> str:
    return f"{count} {words[count > 1]}"


def _state(shown: Shown) -> str:
    return "outdated" if shown.errors else "good"


def _status(shown: Shown) -> str:
    """One line, read out when it changes."""
    if shown.errors:
        errors = _counted(len(shown.errors), _WORDS["error"])
        kept = "les pages sont celles d’avant l’erreur" if shown.is_outdated else "aucune page à montrer"
        return f"{errors}\u00a0: {kept}"
    pages = _counted(shown.pages, ("page construite", "pages construites"))
    return f"À jour\u00a0: {pages} en {_seconds(shown.seconds)}"


def _seconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f}\u00a0ms" if seconds < 1 else f"{seconds:.1f}\u00a0s".replace(".", ",")


def _head(shown: Shown, campaign: str) -> str:
    school = shown.school
    if school is None:
        return f'<h1>Aperçu</h1>\n<p class="where">{_text(campaign)}</p>'
    town = " ".join(part for part in (school.postcode, school.town) if part)
    where = [f"UAI {school.uai}", town, f"ligne {school.line} de la liste", campaign]
    return f'<h1>{_text(school.name)}</h1>\n<p class="where">{_text(" · ".join(filter(None, where)))}</p>'


# --- choosing -------------------------------------------------------------------------------------------------


def _controls(asked: Asked, shown: Shown) -> str:
    parts = [] if shown.around is None else [_records(asked, shown.around, shown), _documents(asked, shown)]
    controls = "\n".join(part for part in (*parts, _zooms(asked)) if part)
    return f'<div class="controls">\n{controls}\n</div>'


def _documents(asked: Asked, shown: Shown) -> str:
    names = shown.around.documents if shown.around else ()
    if len(names) < 2:
        return ""
    current = asked.view.document or names[0]
    links = [
        _link(f"document-{number}", asked.link(document=name), name, is_current=name == current)
        for number, name in enumerate(names, 1)
    ]
    return _navigation("Document", links)


def _records(asked: Asked, around: Around, shown: Shown) -> str:
    chosen: list[tuple[str, str, School | None]] = [
        ("previous", "← Précédent", around.previous),
        ("next", "Suivant →", around.next),
        ("first", "Premier", around.first),
        ("longest", "Le plus long", around.longest),
        ("shortest", "Le plus court", around.shortest),
    ]
    here = shown.school.uai if shown.school else ""
    links = [_record(key, asked, label, school, here) for key, label, school in chosen]
    position = f'<span class="position">{around.position} sur {around.total}</span>' if around.position else ""
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{_text(value)}">'
        for name, value in (("document", asked.view.document), ("zoom", "" if asked.is_fitted else asked.view.zoom))
        if value
    )
    search = (
        f'<form method="get" action="./"><label for="record">UAI ou ligne</label>'
        f'<input id="record" name="record" size="9" autocomplete="off" value="{_text(here)}">{hidden}'
        f'<button id="go">Afficher</button></form>'
    )
    return _navigation("Établissement", [*links, position], search)


def _record(key: str, asked: Asked, label: str, school: School | None, here: str) -> str:
    if school is None:
        return f'<span class="off" id="{key}">{label}</span>'
    is_current = school.uai == here and key not in ("previous", "next")
    return _link(key, asked.link(record=school.uai), label, is_current=is_current)


def _zooms(asked: Asked) -> str:
    fitted = _link("zoom-fit", asked.link(zoom=0), "Pages entières", is_current=asked.is_fitted)
    zoom = 0 if asked.is_fitted else asked.view.zoom
    others = [
        _link(f"zoom-{known}", asked.link(zoom=known), f"{known}\u00a0%", is_current=known == zoom) for known in ZOOMS
    ]
    return _navigation("Taille", [fitted, *others])


def _navigation(label: str, links: Sequence[str], more: str = "") -> str:
    items = "".join(f"<li>{link}</li>" for link in links if link)
    return f'<nav aria-label="{label}"><span class="label">{label}</span><ul>{items}</ul>{more}</nav>'


def _link(key: str, href: str, label: str, *, is_current: bool) -> str:
    current = ' aria-current="true"' if is_current else ""
    return f'<a id="{key}" href="{_text(href)}"{current}>{_text(label)}</a>'


# --- faults ---------------------------------------------------------------------------------------------------


def _faults(shown: Shown) -> str:
    if not shown.faults and not shown.others:
        return ""
    title = _summary(shown) or "Ailleurs dans les listes"
    items = "".join(map(_fault, shown.faults))
    others = _counted(shown.others, ("défaut", "défauts"))
    more = f"<p>{others} sur d’autres lignes des listes\u00a0: <code>leaflet check</code> dit lesquels.</p>"
    return (
        f'<section id="faults" aria-labelledby="faults-title"><h2 id="faults-title">{title}</h2>\n'
        f"{f'<ul>{items}</ul>' if items else ''}{more if shown.others else ''}</section>"
    )


def _summary(shown: Shown) -> str:
    """« 1 erreur, 2 avertissements »; empty without faults."""
    counts = {severity: sum(fault.severity == severity for fault in shown.faults) for severity in _WORDS}
    return ", ".join(_counted(count, _WORDS[severity]) for severity, count in counts.items() if count)


def _fault(fault: Fault) -> str:
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


def _pages(asked: Asked, shown: Shown) -> str:
    if not shown.pictures:
        return '<section id="pages"><h2>Pages</h2><p>Aucune page à montrer pour le moment.</p></section>'
    outdated = (
        '<p class="stamp">Pages périmées\u00a0: elles datent d’avant l’erreur.</p>' if shown.is_outdated else ""
    )
    style = " ".join(("fitted" if asked.is_fitted else "zoomed", "outdated" if shown.is_outdated else "good"))
    figures = "".join(_figure(asked, shown, picture) for picture in shown.pictures)
    left = shown.pages - len(shown.pictures)
    more = f'<p class="more">{_counted(left, ("autre page", "autres pages"))} dans ce fichier.</p>' if left else ""
    names = '<p class="more">Ces pages montrent des noms de personnes.</p>' if shown.is_personal else ""
    title = f'<h2 id="pages-title">Pages de {_text(shown.document)}</h2>'
    noticed = "" if shown.errors else _summary(shown)
    below = f'<p class="below"><a id="below" href="#faults">{noticed}</a></p>' if noticed else ""
    return (
        f'<section id="pages" aria-labelledby="pages-title">{title}'
        f'{below}{outdated}\n<ul class="{style}">{figures}</ul>{more}{names}</section>'
    )


def _figure(asked: Asked, shown: Shown, picture: Picture) -> str:
    width, height = (
        round(pixels * _CSS_PER_INCH * asked.view.zoom / (100 * shown.dpi))
        for pixels in (picture.width_px, picture.height_px)
    )
    school = shown.school.name if shown.school else ""
    of = f"page {picture.number} sur {shown.pages}"
    outdated = ", périmée" if shown.is_outdated else ""
    alt = f"{shown.document}, {school}, {of}{outdated}"
    return (
        f'<li><figure><img src="{picture.key}.png" width="{width}" height="{height}" alt="{_text(alt)}">'
        f"<figcaption>{of.capitalize()}{outdated}</figcaption></figure></li>\n"
    )
