"""WeasyPrint: one Jinja template compiled once, one `FontConfiguration` and one parsed style sheet for all.

QR codes are inline SVG, one path each, from a matrix made once.
"""

from pathlib import Path
from typing import Any

from generate import School

from peers.base import HERE, QR_LINKS, Peer, fonts_folder, lines_of, svg_code

OPTIONS: dict[str, dict[str, Any]] = {"tagged": {"pdf_tags": True}, "ua-1": {"pdf_variant": "pdf/ua-1"}}
_FACES = (("Regular", "normal"), ("Bold", "bold"))


def _font_faces() -> str:
    """The ``@font-face`` rules of the package fonts."""
    rules = []
    for face, weight in _FACES:
        source = (fonts_folder() / f"LeafletText-{face}.ttf").as_uri()
        rules.append(f'font-family: "Leaflet Text"; font-weight: {weight}; src: url("{source}")')
    return "".join(f"@font-face {{ {rule} }}\n" for rule in rules)


def make_peer(variant: str, folder: Path) -> Peer:
    """Compile the template and the style sheet."""
    import jinja2
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    css = _font_faces() + (HERE / "leaflet.css").read_text(encoding="utf-8")
    sheet = weasyprint.CSS(string=css, font_config=fonts)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE), autoescape=True, undefined=jinja2.StrictUndefined
    )
    template = environment.get_template("leaflet.html.j2")
    codes = {name: svg_code(link) for name, link in QR_LINKS.items()}

    def render(school: School) -> bytes:
        html = weasyprint.HTML(string=template.render(lines=lines_of(school), codes=codes))
        return html.write_pdf(stylesheets=[sheet], font_config=fonts, **OPTIONS[variant])

    return Peer(version=weasyprint.__version__, render=render)
