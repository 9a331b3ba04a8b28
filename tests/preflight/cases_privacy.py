"""Files that give something away. All numbers and names are invented."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.preflight.samples import Case, Cases, Sample, drawn, edited, written
from tests.support import later

NAME, SENTENCE = "Julie Labert", "Je vote du 3 au 10 décembre 2026."
Edit = Callable[[pikepdf.Pdf], object]


def sample(what: str, edit: Edit, *lines: str, is_personal: bool = False) -> Sample:
    return Sample(what, lambda: edited(written(*(lines or (SENTENCE,))), edit), is_personal=is_personal)


def unchanged(_pdf: pikepdf.Pdf) -> None:
    """Nothing."""


@later
def info(pdf: pikepdf.Pdf, **entries: str) -> None:
    for key, value in entries.items():
        pdf.docinfo[f"/{key}"] = value


@later
def on_opening(pdf: pikepdf.Pdf, **action: object) -> None:
    pdf.Root.OpenAction = pdf.make_indirect(pikepdf.Dictionary(**action))


def attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["ecoles.csv"] = b"uai;nom\n"


@later
def field(pdf: pikepdf.Pdf, value: str) -> None:
    made = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("nom"), V=pikepdf.String(value))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([pdf.make_indirect(made)]))


@later
def annotate(pdf: pikepdf.Pdf, subtype: str) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(subtype), Rect=[50, 700, 70, 720],
                              T=pikepdf.String("relecteur"), Contents=pikepdf.String("à revoir"))  # fmt: skip
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])


def thumbnail(pdf: pikepdf.Pdf) -> None:
    picture = pikepdf.Stream(
        pdf, b"\0" * 12, Width=2, Height=2, ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8
    )
    pdf.pages[0].obj.Thumb = picture


def added_to(data: bytes, number: int, text: bytes) -> bytes:
    """A file with a new revision of one of its objects appended, as programs do that save quickly."""
    table = int(data[data.rindex(b"startxref") :].split()[1])
    with pikepdf.open(BytesIO(data)) as pdf:
        size, root = int(pdf.trailer.Size), pdf.Root.objgen[0]
    body = b"%d 0 obj\n" % number + text + b"\nendobj\n"
    tail = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return data + body + tail % (number, len(data), size, root, table, len(data) + len(body))


def with_new_content() -> bytes:
    """The text of the page is replaced by another, and left where it was."""
    data = written(SENTENCE)
    with pikepdf.open(BytesIO(data)) as pdf:
        number = pdf.pages[0].obj.Contents.objgen[0]
    return added_to(data, number, b"<< /Length 0 >>\nstream\n\nendstream")


def with_new_page_entry() -> bytes:
    data = written(SENTENCE)
    with pikepdf.open(BytesIO(data)) as pdf:
        page = pdf.pages[0].obj
        number, entries = page.objgen[0], page.unparse(resolved=True)
    return added_to(data, number, entries.replace(b"<<", b"<< /Tabs /S", 1))


def white(canvas: Canvas) -> None:
    canvas.drawString(20 * mm, 250 * mm, SENTENCE)
    canvas.setFillGray(1)
    canvas.drawString(20 * mm, 240 * mm, "Ancien texte")


def read_in_a_scan(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.effect_noise((200, 60), 50)), 15 * mm, 235 * mm, 150 * mm, 25 * mm)
    text = canvas.beginText(20 * mm, 240 * mm)
    text.setTextRenderMode(3)
    text.textLine("Texte reconnu")
    canvas.drawText(text)


@later
def xmp(pdf: pikepdf.Pdf, title: str) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title


JAVASCRIPT = {"S": pikepdf.Name.JavaScript, "JS": pikepdf.String("app.alert(1)")}
CARD = (NAME, "julie.labert@ac-lyon.fr", "Identifiant messagerie : jlabert")

CASES: Cases = {
    "K801": Case(broken=sample("a NUMEN", unchanged, "NUMEN : 12E3456789ABC"),
                 near=sample("numbers that are nobody's, a sentence on passwords", unchanged,
                             "UAI 0370001A, tél. 02 47 60 10 10, 37000 Tours, le 3/12/2026 de 8 h 30 à 17 h",
                             "Mot de passe : le NUMEN en majuscules", "Mot de passe :",
                             "0370001A · 2026 · 12345678")),
    "K802": Case(broken=sample("a password among the keywords", info(Keywords="mdp : Tilleul37!")),
                 near=sample("a title that speaks of passwords", info(Title="Changer de mot de passe en 2026"))),
    "K803": Case(broken=sample("a path as title", info(Title=r"C:\Users\labert\Bureau\tract.docx")),
                 near=sample("an address as subject", info(Subject="https://www.education.gouv.fr/home/voter 3/4"))),
    "K804": Case(broken=sample("a script that runs on opening", on_opening(**JAVASCRIPT)),
                 near=sample("a file that opens on its first page", on_opening(S=pikepdf.Name.GoTo, D="haut"))),
    "K805": Case(broken=sample("the list of schools attached", attach), near=sample("nothing attached", unchanged)),
    "K806": Case(broken=sample("a field with a name in it", field("x")), near=sample("an empty field", field(""))),
    "K807": Case(broken=sample("a note", annotate("/Text")), near=sample("a link", annotate("/Link"))),
    "K808": Case(broken=Sample("the text replaced, and left in the file", with_new_content),
                 near=Sample("a revision that changes no text", with_new_page_entry)),
    "K809": Case(broken=Sample("white text on white", lambda: drawn(white)),
                 near=Sample("hidden text that was read in a scan", lambda: drawn(read_in_a_scan))),
    "K810": Case(broken=sample("a thumbnail", thumbnail), near=sample("none", unchanged)),
    "K811": Case(broken=sample("the person in the title", xmp("Aide-mémoire – Julie LABERT"), *CARD,
                               is_personal=True),
                 near=sample("the school in the title", xmp("Aide-mémoire – Lycée Balzac"), *CARD, is_personal=True)),
}  # fmt: skip
