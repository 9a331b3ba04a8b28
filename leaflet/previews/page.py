"""Render the page that shows a preview: HTML in both languages that works without script and style.

Two looks, as from two metres away and as photocopied, are filters of the browser: they need the script and the style,
and nothing of the server.

Everything that comes from a list, a campaign or a template is escaped as text.
"""

from collections.abc import Sequence
from html import escape
from urllib.parse import parse_qs, urlencode

from msgspec import Struct, field

from leaflet.faults import Fault, Severity, count_faults
from leaflet.page_words import Words
from leaflet.previews.views import PagePicture, RenderedView, View
from leaflet.tables import School

ZOOMS = (100, 150, 200)
_CSS_PER_INCH = 96
_REFRESH = 2  # seconds until a page without script loads itself again
_MAX_LENGTH = 200  # characters of a value in the address
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
_LOOKS = ("far", "copied")
# A bad copier: no colour, a soft picture, contrast × 1.5 with a bias towards black, and toner where there is none.
_COPIER = """<svg class="filters" aria-hidden="true" focusable="false">
<filter id="copier" x="0" y="0" width="1" height="1" color-interpolation-filters="sRGB">
<feColorMatrix type="saturate" values="0"/>
<feGaussianBlur stdDeviation="0.7"/>
<feComponentTransfer result="copy"><feFuncR type="linear" slope="1.5" intercept="-0.5"/>\
<feFuncG type="linear" slope="1.5" intercept="-0.5"/><feFuncB type="linear" slope="1.5" intercept="-0.5"/>\
</feComponentTransfer>
<feTurbulence type="fractalNoise" baseFrequency="0.7" numOctaves="2" seed="3"/>
<feColorMatrix values="0 0 0 0 0.45  0 0 0 0 0.45  0 0 0 0 0.45  4 0 0 0 -2.75" result="toner"/>
<feBlend in="toner" in2="copy" mode="multiply"/>
<feComposite in2="SourceAlpha" operator="in"/>
</filter>
</svg>"""


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


def render_page(request: PageRequest, rendered: RenderedView, campaign: str, words: Words) -> str:
    """Return the whole page; `campaign` is the name of the campaign's file."""
    return _Page(request, rendered, campaign, words).render()


class _Page:
    """The parts of a page, which share what it shows and the words of its language."""

    def __init__(self, request: PageRequest, rendered: RenderedView, campaign: str, words: Words) -> None:
        self._request, self._rendered, self._campaign = request, rendered, campaign
        self._words, self._say = words, words.say

    def render(self) -> str:
        """Return the whole page."""
        rendered, say = self._rendered, self._say
        title = say("title", school=rendered.school.name) if rendered.school else say("preview")
        sign = "⚠ " if rendered.errors else ""
        state = "outdated" if rendered.errors else "good"
        status = f'class="{state}" data-stopped="{_text(say("stopped"))}"'
        return f"""<!DOCTYPE html>
<html lang="{self._words.lang}">
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
{_COPIER}
<a class="skip" href="#pages">{say("skip")}</a>
<div id="live" data-number="{rendered.number}" data-view="{_text(self._request.link())}">
<header>
{self._head()}
{self._controls()}
</header>
<main>
{self._main_sections()}
</main>
</div>
<footer><p id="status" role="status" {status}>{_text(self._status())}</p></footer>
</body>
</html>
"""

    def _main_sections(self) -> str:
        """Return pages and faults: errors before the pages, which are not as they should be, the rest after them."""
        parts = [self._fault_section(), self._page_section()]
        return "\n".join(part for part in (parts if self._rendered.errors else reversed(parts)) if part)

    def _status(self) -> str:
        """Return one line, which screen readers read out when it changes."""
        rendered, say = self._rendered, self._say
        if rendered.errors:
            errors = say("error", n=len(rendered.errors))
            return say("status_outdated" if rendered.is_outdated else "status_nothing", errors=errors)
        return say("status_good", n=rendered.pages, time=self._format_seconds(rendered.seconds))

    def _format_seconds(self, seconds: float) -> str:
        if seconds < 1:
            return self._say("milliseconds", time=f"{seconds * 1000:.0f}")
        text = f"{seconds:.1f}"
        return self._say("seconds", time=text.replace(".", ",") if self._words.lang == "fr" else text)

    def _head(self) -> str:
        school, say = self._rendered.school, self._say
        if school is None:
            return f'<h1>{say("preview")}</h1>\n<p class="where">{_text(self._campaign)}</p>'
        town = " ".join(part for part in (school.postcode, school.town) if part)
        where = [
            say("uai", uai=school.uai),
            town,
            say("line", line=school.row),
            self._campaign,
        ]
        return f'<h1>{_text(school.name)}</h1>\n<p class="where">{_text(" · ".join(filter(None, where)))}</p>'

    # --- navigation -------------------------------------------------------------------------------------------

    def _controls(self) -> str:
        parts = (self._records(), self._documents(), self._zooms(), self._looks())
        controls = "\n".join(part for part in parts if part)
        return f'<div class="controls">\n{controls}\n</div>'

    def _documents(self) -> str:
        navigation, request = self._rendered.navigation, self._request
        names = navigation.documents if navigation else ()
        if len(names) < 2:
            return ""
        current = request.view.document or names[0]
        links = [
            _link(f"document-{number}", request.link(document=name), name, is_current=name == current)
            for number, name in enumerate(names, 1)
        ]
        return _nav(self._say("document"), links)

    def _records(self) -> str:
        navigation, request, say = self._rendered.navigation, self._request, self._say
        if navigation is None:
            return ""
        chosen: list[tuple[str, School | None]] = [
            ("previous", navigation.previous),
            ("next", navigation.next),
            ("first", navigation.first),
            ("longest", navigation.longest),
            ("shortest", navigation.shortest),
        ]
        here = self._rendered.school.uai if self._rendered.school else ""
        links = [self._record(key, say(key), school, here) for key, school in chosen]
        count = say("position", position=navigation.position, total=navigation.total)
        position = f'<span class="position">{count}</span>' if navigation.position else ""
        kept = {"document": request.view.document, "zoom": "" if request.is_fitted else request.view.zoom}
        hidden = "".join(
            f'<input type="hidden" name="{name}" value="{_text(value)}">' for name, value in kept.items() if value
        )
        search = (
            f'<form method="get" action="./"><label for="record">{say("search")}</label>'
            f'<input id="record" name="record" size="9" autocomplete="off" value="{_text(here)}">{hidden}'
            f'<button id="go">{say("go")}</button></form>'
        )
        return _nav(say("record"), [*links, position], search)

    def _record(self, key: str, label: str, school: School | None, here: str) -> str:
        if school is None:
            return f'<span class="off" id="{key}">{label}</span>'
        is_current = school.uai == here and key not in ("previous", "next")
        return _link(key, self._request.link(record=school.uai), label, is_current=is_current)

    def _zooms(self) -> str:
        request, say = self._request, self._say
        fitted = _link("zoom-fit", request.link(zoom=0), say("fitted"), is_current=request.is_fitted)
        zoom = 0 if request.is_fitted else request.view.zoom
        others = [
            _link(f"zoom-{known}", request.link(zoom=known), say("zoom", zoom=known), is_current=known == zoom)
            for known in ZOOMS
        ]
        return _nav(say("size"), [fitted, *others])

    def _looks(self) -> str:
        """Return the switches of the looks, which the script shows because it alone can turn them."""
        if not self._rendered.pictures:
            return ""
        label = self._say("looks")
        buttons = "".join(
            f'<button type="button" id="look-{look}" data-look="{look}" aria-pressed="false" '
            f'aria-describedby="hint-{look}">{self._say(f"look_{look}")}</button>'
            for look in _LOOKS
        )
        return (
            f'<div class="looks" role="group" aria-label="{label}" hidden="">'
            f'<span class="label" aria-hidden="true">{label}</span>{buttons}</div>'
        )

    # --- faults -----------------------------------------------------------------------------------------------

    def _fault_section(self) -> str:
        rendered, say = self._rendered, self._say
        if not rendered.faults and not rendered.other_faults:
            return ""
        title = self._summary() or say("elsewhere")
        items = "".join(map(self._fault_item, rendered.faults))
        more = say("other_faults", n=rendered.other_faults, command="<code>leaflet check</code>")
        return (
            f'<section id="faults" aria-labelledby="faults-title"><h2 id="faults-title">{title}</h2>\n'
            f"{f'<ul>{items}</ul>' if items else ''}{f'<p>{more}</p>' if rendered.other_faults else ''}</section>"
        )

    def _summary(self) -> str:
        """Return the counts of faults, « 1 erreur, 2 avertissements »; empty without faults."""
        counts = count_faults(self._rendered.faults)
        return ", ".join(self._say(severity, n=n) for severity in _SEVERITIES if (n := counts[severity]))

    def _fault_item(self, fault: Fault) -> str:
        lang, source = self._words.lang, fault.place.source
        line = f'<pre tabindex="0"><code>{_text(source.strip())}</code></pre>' if source and source.strip() else ""
        place = f'<span class="place">{_text(fault.place.text(lang))}</span>'
        word = self._say(f"severity_{fault.severity}")
        what = f'<p class="what"><strong>{fault.code}</strong> <em>{word}</em> {place}</p>'
        return (
            f'<li class="{fault.severity}">{what}{line}'
            f'<p>{_text(fault.reason(lang))}</p><p class="way-out">{_text(fault.way_out(lang))}</p></li>\n'
        )

    # --- pages ------------------------------------------------------------------------------------------------

    def _page_section(self) -> str:
        request, rendered, say = self._request, self._rendered, self._say
        if not rendered.pictures:
            return f'<section id="pages"><h2>{say("pages")}</h2><p>{say("no_page")}</p></section>'
        outdated = f'<p class="stamp">{say("outdated")}</p>' if rendered.is_outdated else ""
        size = "fitted" if request.is_fitted else f"zoom-{request.view.zoom}"
        state = "outdated" if rendered.is_outdated else "good"
        figures = "".join(map(self._figure, rendered.pictures))
        left = rendered.pages - len(rendered.pictures)
        more = f'<p class="more">{say("more", n=left)}</p>' if left else ""
        names = f'<p class="more">{say("names")}</p>' if rendered.is_personal else ""
        title = f'<h2 id="pages-title">{_text(say("pages_of", document=rendered.document))}</h2>'
        summary = "" if rendered.errors else self._summary()
        below = f'<p class="below"><a id="below" href="#faults">{summary}</a></p>' if summary else ""
        hints = "".join(f'<p class="hint" id="hint-{look}" hidden="">{say(f"hint_{look}")}</p>' for look in _LOOKS)
        return (
            f'<section id="pages" aria-labelledby="pages-title">{title}{below}{hints}{outdated}\n'
            f'<ul class="{size} {state}">{figures}</ul>{more}{names}</section>'
        )

    def _figure(self, picture: PagePicture) -> str:
        request, rendered, say = self._request, self._rendered, self._say
        width, height = (
            round(pixels * _CSS_PER_INCH * request.view.zoom / (100 * rendered.dpi))
            for pixels in (picture.width_px, picture.height_px)
        )
        school = rendered.school.name if rendered.school else ""
        of = say("page", number=picture.number, pages=rendered.pages)
        outdated = f", {say('page_outdated')}" if rendered.is_outdated else ""
        alt = f"{rendered.document}, {school}, {of}{outdated}"
        return (
            f'<li><figure><img src="{picture.key}.png" width="{width}" height="{height}" alt="{_text(alt)}">'
            f"<figcaption>{of.capitalize()}{outdated}</figcaption></figure></li>\n"
        )


def _nav(label: str, links: Sequence[str], more: str = "") -> str:
    items = "".join(f"<li>{link}</li>" for link in links if link)
    return f'<nav aria-label="{label}"><span class="label">{label}</span><ul>{items}</ul>{more}</nav>'


def _link(key: str, href: str, label: str, *, is_current: bool) -> str:
    current = ' aria-current="true"' if is_current else ""
    return f'<a id="{key}" href="{_text(href)}"{current}>{_text(label)}</a>'


def _text(value: object) -> str:
    return escape(str(value))
