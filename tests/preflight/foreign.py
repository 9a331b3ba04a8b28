"""The same leaflet by other programs: Typst, WeasyPrint, Chromium, Ghostscript. Nothing here knows ours.

Each makes a `Page`: a title, the days of the vote, a link, its QR code. A program that is missing skips its tests.
"""

import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from io import BytesIO
from pathlib import Path

import pytest
from msgspec import Struct
from PIL import Image
from qrcode import QRCode

from leaflet.program import assets

ADDRESS = "https://www.education.gouv.fr/elections"
FONTS = assets() / "fonts"
_PIXELS = 12  # a module of the picture
_SIDE_MM = 35
_CHROMIUM = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run", "--no-pdf-header-footer"),
)


class Page(Struct, frozen=True, kw_only=True):
    """What the leaflet says; each part can be wrong."""

    days: str = "Je vote du jeudi 3 décembre au jeudi 10 décembre 2026."
    link: str = ADDRESS
    code: str = ADDRESS
    is_readable: bool = True

    def picture(self) -> Image.Image:
        """The QR code with its quiet zone; one that cannot be read has its corners and no sense between them."""
        code = QRCode(border=4, box_size=1)
        code.add_data(self.code)
        picture = Image.frombytes("L", (side := len(code.get_matrix()),) * 2, _pixels(code)).copy()
        if not self.is_readable:
            for y in range(12, side - 4):
                for x in range(12, side - 4):
                    picture.putpixel((x, y), 255 * ((x * 7 + y * y) % 3 > 0))
        return picture

    def png(self) -> bytes:
        out = BytesIO()
        picture = self.picture()
        picture.resize((picture.width * _PIXELS, picture.height * _PIXELS), Image.Resampling.NEAREST).save(out, "PNG")
        return out.getvalue()


def _pixels(code: QRCode) -> bytes:
    return bytes(0 if is_dark else 255 for row in code.get_matrix() for is_dark in row)


Make = Callable[[Page], bytes]


def by_typst(page: Page) -> bytes:
    """A page of Typst, with our typeface, so that no font of the system is needed."""
    typst = pytest.importorskip("typst")
    with _folder() as folder:
        (folder / "code.png").write_bytes(page.png())
        (folder / "page.typ").write_text(
            f"""#set document(title: "Dépliant")
#set page(paper: "a4", margin: 20mm)
#set text(font: "Leaflet Text", lang: "fr", size: 12pt)
= Élections professionnelles
{page.days}

#link("{page.link}")[{page.link.replace("//", "/" + chr(92) + "/")}]

#image("code.png", width: {_SIDE_MM}mm, alt: "Code QR")
""",
            "utf-8",
        )
        made = typst.compile(str(folder / "page.typ"), font_paths=[str(FONTS)])
        assert isinstance(made, bytes)
        return made


def by_weasyprint(page: Page) -> bytes:
    """A page of HTML by WeasyPrint, which needs Pango.

    In a process of its own: it tells Pillow, for good, to take pictures that are cut short.
    """
    with _folder() as folder:
        (folder / "page.html").write_text(_html(page), "utf-8")
        if subprocess.run([sys.executable, "-c", "import weasyprint"], capture_output=True, timeout=120).returncode:
            pytest.skip("WeasyPrint or its libraries (Pango) are not installed")
        command = [sys.executable, "-m", "weasyprint", "page.html", "page.pdf"]
        subprocess.run(command, capture_output=True, check=True, timeout=120, cwd=folder)
        return (folder / "page.pdf").read_bytes()


def by_chromium(page: Page) -> bytes:
    if (program := shutil.which("chromium") or shutil.which("chromium-browser")) is None:
        pytest.skip("chromium is not installed")
    with _folder() as folder:
        (folder / "page.html").write_text(_html(page), "utf-8")
        where = [
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={folder}/page.pdf",
            f"file://{folder}/page.html",
        ]
        subprocess.run([program, *_CHROMIUM, *where], capture_output=True, check=True, timeout=120, cwd=folder)
        return (folder / "page.pdf").read_bytes()


def by_ghostscript(page: Page) -> bytes:
    """A page of PostScript; the code is drawn square by square. PostScript has no accents in its standard names."""
    return distilled(_postscript(page).encode("latin-1"), "page.ps")


def distilled(data: bytes, name: str = "page.pdf") -> bytes:
    """A file of any program, written anew by Ghostscript."""
    if (program := shutil.which("gs")) is None:
        pytest.skip("gs is not installed")
    with _folder() as folder:
        (folder / name).write_bytes(data)
        options = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite", "-dEmbedAllFonts=true"]
        command = [program, *options, f"-sOutputFile={folder}/out.pdf", str(folder / name)]
        subprocess.run(command, capture_output=True, check=True, timeout=120, cwd=folder)
        return (folder / "out.pdf").read_bytes()


PROGRAMS: dict[str, Make] = {"typst": by_typst, "weasyprint": by_weasyprint, "chromium": by_chromium,
                             "ghostscript": by_ghostscript}  # fmt: skip


def _html(page: Page) -> str:
    picture = b64encode(page.png()).decode()
    font = (FONTS / "LeafletText-Regular.ttf").as_uri()
    return f"""<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Dépliant</title><style>
@font-face {{ font-family: A; src: url({font}) }}
@page {{ size: A4; margin: 20mm }}
body {{ font: 12pt A; color: #000 }} img {{ width: {_SIDE_MM}mm }}
</style></head><body>
<h1>Élections professionnelles</h1>
<p>{escape(page.days)}</p>
<p><a href="{escape(page.link)}">{escape(page.link)}</a></p>
<img alt="Code QR" src="data:image/png;base64,{picture}">
</body></html>"""


def _postscript(page: Page) -> str:
    picture = page.picture()
    module = _SIDE_MM * 72 / 25.4 / picture.width
    squares = [
        f"{60 + x * module:.3f} {600 - y * module:.3f} {module:.3f} {module:.3f} rectfill"
        for y in range(picture.height)
        for x in range(picture.width)
        if picture.getpixel((x, y)) == 0
    ]
    lines = [
        "%!PS-Adobe-3.0",
        "<< /PageSize [595 842] >> setpagedevice",
        "/Helvetica findfont dup length dict copy dup /Encoding ISOLatin1Encoding put /L exch definefont pop",
        "/L findfont 12 scalefont setfont",
        f"60 760 moveto (Élections professionnelles) show 60 730 moveto ({page.days}) show",
        f"60 700 moveto ({page.link}) show",
        f"[ /Rect [60 695 400 712] /Action << /Subtype /URI /URI ({page.link}) >> /Subtype /Link /ANN pdfmark",
        *squares,
        "showpage",
    ]
    return "\n".join(lines)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)
