"""For each fault code of templates, layout, command line, writing and verification, one way to cause it."""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from multiprocessing import active_children
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zipfile import ZipFile

import pikepdf
from click import Option
from msgspec.structs import replace
from PIL import Image

import leaflet
from benchmarks.generate import make_uai
from leaflet.api import input_fields
from leaflet.campaign.academy_addresses import confirm_address
from leaflet.cli.command import system_failure
from leaflet.cli.commands.build import parse_shard
from leaflet.cli.commands.columns_command import parse_given
from leaflet.cli.commands.print_commands import calibrate_command
from leaflet.cli.options import check_named, read_epoch
from leaflet.faults import Fault, LeafletError, Place, Report
from leaflet.files.extensions import require_judging
from leaflet.files.resources import Folder, Resource, find_resources, program_resources
from leaflet.layout.drawings.parse_svg import read_drawing
from leaflet.layout.drawings.store import Drawings
from leaflet.layout.face import Layout, Placed
from leaflet.layout.page import Layouter
from leaflet.layout.piece import Code
from leaflet.layout.theme import load_theme
from leaflet.markup.blanks import blank
from leaflet.markup.flow import parse_flow
from leaflet.markup.render import load_about, load_renderer
from leaflet.pdf.verify_codes import warn_of_codes
from leaflet.pdf.verify_file import Verifier
from leaflet.pdf.writer import PdfFile
from leaflet.preflight.judge_processes import judge_files
from leaflet.preflight.rule_settings import load_context
from leaflet.preflight.targets import CheckTarget
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, PrintRunOptions
from leaflet.production.calibration import write_drawing
from leaflet.production.catalogue import copy_resource, list_resources
from leaflet.production.column_report import check_copied
from leaflet.production.fault_lists import write_faults
from leaflet.production.outcome import Outcome
from leaflet.production.pictures import load_logo
from leaflet.production.preview import PreviewOptions, preview
from leaflet.production.print_runs import Profile, load_profile, print_run
from leaflet.production.processes import check_descriptors
from leaflet.production.purge import purge
from leaflet.production.shards import merge_shards
from leaflet.production.staging import locked
from leaflet.program import assets
from leaflet.studio.engine import Engine
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.output_folders import check_place
from leaflet.studio.server import LocalServer
from leaflet.tables.filters import parse_choice
from tests.campaigns import LEAFLET, TIGHT_STEP, campaign_text, compared, write_small_campaign
from tests.own_resources import write as write_text
from tests.own_resources import write_own
from tests.preflight.samples import drawn
from tests.studio.support import HERE, started
from tests.support import (
    caught,
    compose_page,
    context,
    fontbook,
    make_template,
    one_page,
    only,
    parse_all,
    saved,
    tables_of,
    unembed,
    wipe,
    write_file,
)
from tests.support import renderer as example_renderer

CAMPAIGN = campaign_text()
ROWS = "uai;nom;commune\n0370035M;Lycée Descartes;Tours\n"
CARDS = '[[document]]\ntemplate = "memo-card"\nper = "person"\nsheet = "cards-a4"\n'
PRESS = '[press]\nprinter = "Imprimerie d’exemple, Tours"\n'
UNCOMPARED = '[memo]\nlines = ["Mot de passe d’exemple"]\n'
SCREEN = '[[document]]\ntemplate = "leaflet-a4"\nmakes = "html"\n'
LONG_STEP = f'{{title = "T", text = "{"mot " * 160}"}}'
LONG_STEPS = compared(f"[{LONG_STEP}, {LONG_STEP}, {LONG_STEP}]")
DAY = date(2026, 11, 26)
HREF = "https://elections2018.education.gouv.fr/"
PAGE = '<leaflet title="T">\n<page>\n{}\n</page>\n</leaflet>'
Case = Callable[[Path], list[Fault]]


def stopped(path: Path, **options: Any) -> list[Fault]:
    """Return the faults that stop the build of a campaign."""
    return caught(lambda: build(BuildOptions(**{"campaign": path, "out": path.parent / "out", **options})))


def told(path: Path, **options: Any) -> list[Fault]:
    """Return the faults that a build tells that goes well."""
    return list(build(BuildOptions(campaign=path, out=path.parent / "out", **options)).faults)


def with_words(path: Path, text: str, file: str = "") -> Path:
    """Add words to a campaign, or a file of words beside it."""
    added = path.parent / file if file else path
    write_text(added, text if file else f"{path.read_text('utf-8')}\n{text}\n")
    return path


FRENCH = (assets() / "words" / "fr.toml").read_text("utf-8")
AGRICULTURAL = "uai;nom;commune\n0370781Y;Lycée agricole d’exemple;Fondettes\n"
ESPERANTO = CAMPAIGN.replace('"leaflet-a4"', '"memo-card"\nlang = "eo"')


def worded(text: str) -> Case:
    """A case from a campaign with another text of the step that is the vote."""
    return lambda folder: stopped(with_words(campaign(folder), f"[words.step.vote]\n{text}"))


def either(make: Callable[[], Any]) -> list[Fault]:
    """Return the faults that a build tells at its end, or those that stop it."""
    try:
        return list(make().faults)
    except LeafletError as error:
        return error.faults


def patched(target: str, case: Case, **made: Any) -> Case:
    """A case while a part of the program or of the system is another."""

    def under_patch(folder: Path) -> list[Fault]:
        with patch(target, **made):
            return case(folder)

    return under_patch


def template(source: str, **values: Any) -> Case:
    return lambda folder: caught(lambda: parse_all(make_template(folder, leaflet=source).render(values)))


def about(text: str) -> Case:
    def case(folder: Path) -> list[Fault]:
        path = write_text(folder / "templates" / "t" / "template.toml", text)
        return caught(lambda: load_about(Resource(Folder("campaign", folder), path.parent)))

    return case


def on_page(content: str, **values: Any) -> Case:
    return template(PAGE.format(content), **values)


def laid_out(content: str) -> Case:
    return lambda _folder: caught(lambda: compose_page(content))


def theme(tokens: str, name: str = "mine") -> Case:
    def case(folder: Path) -> list[Fault]:
        write_text(folder / "themes" / "default.toml", (assets() / "themes" / "default.toml").read_text("utf-8"))
        write_text(folder / "themes" / "mine.toml", tokens)
        return caught(lambda: load_theme(only(folder), name))

    return case


def campaign(folder: Path, rows: str = ROWS, text: str = CAMPAIGN) -> Path:
    return write_small_campaign(folder, text, rows)


def confirmed(asked: str) -> Case:
    return lambda folder: caught(lambda: confirm_address(folder / "campaign.toml", asked, day=DAY, by=None))


def built(rows: str = ROWS, **options: Any) -> Case:
    return lambda folder: stopped(campaign(folder, rows), **options)


def chosen(**choice: Any) -> Case:
    """A case from building the schools that pass filters."""

    def case(folder: Path) -> list[Fault]:
        path, out = campaign(folder, f"{ROWS}0370036N;Lycée Balzac;Loches\n"), folder / "out"
        return either(lambda: build(BuildOptions(campaign=path, out=out, choice=parse_choice(**choice))))

    return case


def chosen_people(documents: str = CARDS, *, by_run: bool = False, **choice: Any) -> Case:
    """A case from making the cards of chosen people."""

    def case(folder: Path) -> list[Fault]:
        staff = "prenom;nom;uai;secteur\nJulie;Labert;0370001A;Nord\nJulie;If;0370001A;Sud\n"
        schools = "uai;nom;commune;secteur\n0370001A;Lycée;Amboise;Nord\n"
        path = write_small_campaign(folder, campaign_text(documents, staff=True), schools, staff)
        given = {"campaign": path, "out": folder / "out"}
        if by_run:
            return caught(lambda: print_run(PrintRunOptions(**given, choice=parse_choice(**choice))))
        return either(lambda: build(BuildOptions(**given, choice=parse_choice(**choice))))

    return case


def with_message(document: str, text: str) -> Case:
    """A build of one document of a campaign with a message of the publisher's own."""
    message = CAMPAIGN.replace("[data]", f'[publisher.message]\ntext = "{text}"\n[data]')
    return lambda folder: told(campaign(folder, text=message.replace('"leaflet-a4"', f'"{document}"')))


def unknown_step(_folder: Path) -> list[Fault]:
    given = context()
    election = {**given["election"], "steps": [{**given["election"]["steps"][0], "id": "dance"}]}
    return caught(lambda: example_renderer().render({**given, "election": election}))


def not_utf8(folder: Path) -> list[Fault]:
    write_text(folder / "templates" / "t" / "leaflet.xml", "").write_bytes("\n<p>é</p>".encode("latin-1"))
    return caught(lambda: load_renderer(only(folder), "t"))


def epoch(_folder: Path) -> list[Fault]:
    with patch.dict("os.environ", {"SOURCE_DATE_EPOCH": "hier"}):
        return caught(read_epoch)


def in_place_of_photos(folder: Path) -> list[Fault]:
    """The archive has the name of one with something else in it."""
    with ZipFile(folder / "photos.zip", "w") as photos:
        photos.writestr("photo.jpg", b"x")
    return built(out=folder / "photos.zip")(folder)


def document(lines: str, staff: str | None = None, **options: Any) -> Case:
    def case(folder: Path) -> list[Fault]:
        text = campaign_text(staff=staff is not None).replace('"leaflet-a4"', lines)
        people = None if staff is None else f"prenom;nom;uai\n{staff}"
        path = write_small_campaign(folder, text, f"{ROWS}0370036N;Lycée Balzac;Tours\n", people)
        return either(lambda: build(BuildOptions(**{"campaign": path, "out": folder / "out", **options})))

    return case


def kept_too_long(folder: Path) -> list[Fault]:
    text = campaign_text(staff=True).replace("staff =", "delete_by = 2018-12-31\nstaff =")
    path = write_small_campaign(folder, text, ROWS, "prenom;nom;uai\nJulie;Labert;0370001A\n")
    return [fault for fault in leaflet.check(path, day=date(2019, 1, 1)).campaigns[0].faults if fault.code == "C247"]


def unprinted(folder: Path) -> list[Fault]:
    """Return what a check says of a fact of the campaign's own that no document prints."""
    path = campaign(folder, text=f'{CAMPAIGN}[facts]\nparking = "P 2"\n')
    return [fault for fault in leaflet.check(path).campaigns[0].faults if fault.code == "C250"]


def profile(name: str, *places: Path, data: bytes | None = None) -> Case:
    def case(folder: Path) -> list[Fault]:
        if data is not None:
            (folder / name).write_bytes(data)
        return caught(lambda: load_profile(name, folder, Place(field="press.profile"), places))

    return case


def printed(lines: str = "", rows: str = ROWS, **options: Any) -> Case:
    """A case from a print run; `lines` are further lines of the campaign."""

    def case(folder: Path) -> list[Fault]:
        given = {"campaign": campaign(folder, rows, CAMPAIGN + lines), "out": folder / "out"}
        return caught(lambda: print_run(PrintRunOptions(**{**given, **options})))

    return case


def not_x4(folder: Path) -> list[Fault]:
    """A print-shop file that its checker refuses."""
    profile = Profile(condition="C", path=folder, data=b"icc")
    with (
        patch("leaflet.production.print_runs.load_profile", return_value=profile),
        patch("leaflet.production.materials.inks_of", lambda theme, _: dict.fromkeys(theme.colors, "9 0 0 0")),
        patch("leaflet.pdf.standards.pdfx.check_press", return_value=["something is wrong"]),
    ):
        return printed(PRESS, press="x4", epoch=0)(folder)


def full_disk(folder: Path) -> list[Fault]:
    """The system refuses to make the folder."""
    path = campaign(folder)
    with patch("pathlib.Path.mkdir", side_effect=OSError(28, "No space left on device")):
        return stopped(path)


def link_outside(folder: Path) -> list[Fault]:
    """The document's folder is a link to elsewhere."""
    (folder / "elsewhere").mkdir()
    (folder / "out").mkdir()
    (folder / "out" / "leaflet-a4").symlink_to(folder / "elsewhere")
    return built()(folder)


def no_picture(folder: Path) -> list[Fault]:
    Image.effect_noise((100, 100), 50).save(folder / "logo.png")
    (folder / "logo.png").write_bytes((folder / "logo.png").read_bytes()[:900])
    return caught(lambda: load_logo(folder / "logo.png", gray=False))


def two_logos(folder: Path) -> list[Fault]:
    (folder / "logo.pdf").write_bytes(drawn(lambda canvas: canvas.rect(9, 9, 99, 99, fill=1), pages=2))
    return told(campaign(folder, text=campaign_text(publisher='logo = "logo.pdf"\n')))


def port_taken(folder: Path) -> list[Fault]:
    with LocalServer((), ("GET",)) as server:
        port = int(server.url.split(":")[2].split("/")[0])
        return caught(lambda: LocalServer((), ("GET",), port))


def without_decoder(folder: Path) -> list[Fault]:
    report = Report()
    with patch.dict(sys.modules, {"zxingcpp": None}):
        warn_of_codes(report)
    return list(report)


MEMO = (
    '<memo at="t.xml:3" cut="À découper"><blank at="t.xml:4" label="Adresse pro"/>'
    f'<qr at="t.xml:5" href="{HREF}" title="Portail" alt="QR"/></memo>'
)


def verified(change: Callable[[bytes], bytes] = bytes, layout: Callable[[Layout], Layout] | None = None) -> Case:
    """A case from judging a file after changing its bytes, or against another layout than it was made from."""

    def case(folder: Path) -> list[Fault]:
        true = compose_page(MEMO)
        file = write_file(true)
        data, wanted = change(file.data), layout(true) if layout else true
        judged = PdfFile(data, file.sha256, file.pages)
        return caught(lambda: Verifier().verify(data, judged, wanted, Place(file="a.pdf")))

    return case


def read_back(_folder: Path) -> list[Fault]:
    layout = compose_page(MEMO)
    file = write_file(layout)
    return caught(lambda: Verifier().verify(file.data[:-1], file, layout, Place(file="a.pdf")))


def _edited(edit: Callable[[pikepdf.Pdf], object]) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        with pikepdf.open(BytesIO(data)) as pdf:
            edit(pdf)
            return saved(pdf)

    return change


def _scribble(pdf: pikepdf.Pdf) -> None:
    box = compose_page(MEMO).faces[0].placed[0]
    blank = box.piece.blanks[0].box.moved(box.x, box.y)
    x, y = blank.x * 72 / 25400 + 30, float(pdf.pages[0].MediaBox[3]) - blank.y * 72 / 25400 - 12
    pdf.pages[0].contents_add(f"q 0 g {x} {y} 40 6 re f Q".encode())


def _other_address(layout: Layout) -> Layout:
    face = layout.faces[0]
    placed = face.placed[0]
    code = placed.piece.codes[0]
    piece = replace(placed.piece, codes=(Code("https://autre.gouv.fr/", code.box, code.module),))
    return replace(layout, faces=(replace(face, placed=(placed._replace(piece=piece),)),))


def _overlapped(layout: Layout) -> Layout:
    face = layout.faces[0]
    below = replace(face.placed[0].piece, blanks=(), codes=())
    return replace(layout, faces=(replace(face, placed=(*face.placed, Placed(below, *face.placed[0][1:3]))),))


def left_out_letter(folder: Path) -> list[Fault]:
    """Code of a template makes a letter that nobody wrote."""
    layout = Layouter(fontbook().limited("Esai"), load_theme(program_resources(), "default"), {})
    return caught(lambda: layout.lay_out(parse_flow(one_page("<p>Essaie</p><p>ę</p>"))))


def locked_folder(folder: Path) -> list[Fault]:
    (folder / "out").mkdir()
    with locked(folder / "out"):
        return built()(folder)


def kill(*_: object) -> None:
    for process in active_children():
        process.kill()


def killed_worker(folder: Path) -> list[Fault]:
    rows = ROWS + "".join(make_uai("037", number) + ";École;Tours\n" for number in range(100, 140))
    return built(rows, jobs=2, progress=kill)(folder)


def killed_judges(folder: Path) -> list[Fault]:
    path = write_text(folder / "a.pdf", "%PDF-")
    targets = [CheckTarget(path=path, name=path.name)] * 2
    context, _ = load_context(None, date(2018, 11, 20), Report())
    return caught(lambda: list(judge_files(targets, context, progress=kill)))


def shards(*parts: tuple[int, int], other_rows: str = ROWS, spoil: bool = False) -> Case:
    """A case from putting shards together, each in a folder of its own; the last one may have other rows."""

    def case(folder: Path) -> list[Fault]:
        folders = []
        for number, part in enumerate(parts, 1):
            rows = other_rows if number == len(parts) else ROWS
            folders.append(folder / str(number))
            rows += "0370036N;Lycée Balzac;Tours\n"
            build(BuildOptions(campaign=campaign(folder, rows), out=folders[-1], shard=part))
        if spoil:
            next(folders[-1].rglob("*.pdf")).write_bytes(b"%PDF-")
        return caught(lambda: merge_shards(folders or [folder], folder / "out"))

    return case


def own(files: Mapping[str, str], link: str = "") -> Case:
    """A case from a campaign with these files beside it; `link` is moved elsewhere, with a link in its place."""

    def case(folder: Path) -> list[Fault]:
        campaign = write_own(folder / "c")
        for name, text in files.items():
            write_text(folder / "c" / name, text)
        if link:
            (folder / "c" / link).rename(folder / "elsewhere")
            (folder / "c" / link).symlink_to(folder / "elsewhere")
        return caught(lambda: build(BuildOptions(campaign=campaign, out=folder / "out")))

    return case


def copied(folder: Path, name: str, source: str = "grey") -> list[Fault]:
    return caught(lambda: copy_resource(program_resources(), "theme", source, name, folder))


def svg_logo(body: str) -> Case:
    def case(folder: Path) -> list[Fault]:
        campaign = write_own(folder / "c")
        source = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">\n{body}\n</svg>'
        write_text(folder / "c" / "logo.svg", source)
        text = campaign.read_text("utf-8")
        campaign.write_text(text.replace("[publisher]", '[publisher]\nlogo = "logo.svg"'), "utf-8")
        return caught(lambda: build(BuildOptions(campaign=campaign, out=folder / "out")))

    return case


def drawing(body: str, attributes: str = 'viewBox="0 0 24 24"') -> Case:
    source = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>\n{body}\n</svg>'
    return lambda _folder: caught(lambda: read_drawing(source, "icons/essai.svg"))


def written(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def stale_change(folder: Path) -> list[Fault]:
    """A tab changes the campaign that another one has changed since it was read."""
    engine = Engine(folder / "campaign", "fr", HERE)
    engine.call("start", {"election": "2018", "kind": "leaflets"})
    return caught(lambda: engine.call("answer", {"key": "title", "value": "x", "revision": 0}))


def held_by_another(folder: Path) -> list[Fault]:
    Engine(folder / "campaign", "fr", HERE).call("start", {"election": "2018", "kind": "leaflets"})
    other = Engine(folder / "campaign", "fr", replace(HERE, program="other"))
    return caught(lambda: other.call("answer", {"key": "title", "value": "x"}))


def made_already(folder: Path) -> list[Fault]:
    """Two tabs make files of one campaign at the same time; the first one has much to do."""
    engine = started(folder / "campaign")
    engine.call("answer", {"key": "publisher.name", "value": "Section"})
    first = engine.make({"outputs": ["files"] * 20, "changedOnly": False})
    next(first)
    faults = caught(lambda: list(engine.make({"outputs": ["files"]})))
    engine.close()
    list(first)
    return faults


def elsewhere(folder: Path, path: str = "stick", needed: int = 0) -> list[Fault]:
    """Somebody chooses another folder for what is made."""
    return caught(lambda: CampaignFolder(folder / "campaign", HERE).outputs.choose(str(folder / path), needed))


def stick_in_use(folder: Path) -> list[Fault]:
    write_text(folder / "stick" / "campaign.toml", CAMPAIGN)
    return elsewhere(folder)


def stick_protected(folder: Path) -> list[Fault]:
    (folder / "stick").mkdir()
    with patch.object(Path, "mkdir", side_effect=PermissionError):
        return elsewhere(folder)


def stick_gone(folder: Path) -> list[Fault]:
    (folder / "stick").mkdir()
    engine = started(folder / "campaign")
    engine.call("choosePlace", {"path": str(folder / "stick")})
    shutil.rmtree(folder / "stick")
    return caught(lambda: list(engine.make({"outputs": ["files"]})))


_TEXTS = tables_of(__file__)
_CAUSES = {"on_page": on_page, "drawing": drawing, "laid_out": laid_out, "worded": worded, "document": document}
_CAUSES |= {"own": own, "confirmed": confirmed}
_GIVEN = {"built": built, "printed": printed, "chosen": chosen, "chosen_people": chosen_people, "theme": theme}
CASES: dict[str, Case] = {
    **{code: cause(text) for kind, cause in _CAUSES.items() for code, text in _TEXTS[kind].items()},
    **{code: cause(**given) for kind, cause in _GIVEN.items() for code, given in _TEXTS[kind].items()},
    "U090": lambda folder: copied(folder, "Rouge"),
    "U091": lambda folder: copied(folder, "rouge", "gris"),
    "U092": lambda folder: copied(write_own(folder).parent, "rouge"),
    "U095": lambda _folder: caught(lambda: list_resources(program_resources(), "themes", "fr", fits="memo-label")),
    "P114": lambda folder: caught(lambda: write_drawing(folder, "avery-l716", "long-edge")),
    "U096": lambda _folder: caught(
        lambda: calibrate_command.main(["campaign.toml"], standalone_mode=False, obj="fr")
    ),
    "W113": lambda folder: copied(write_own(folder), "rouge"),
    "M401": own({}, link="themes/rouge.toml"),
    "M402": own({"templates/mien/leaflet.xml": "<p/>\n" * 30_000}),
    "M403": patched(
        "leaflet.files.toml_files.read_plain_file",
        lambda folder: caught(lambda: load_renderer(find_resources(write_own(folder / "c").parent), "mien")),
        side_effect=PermissionError(13, "Permission denied"),
    ),
    "M404": own({"templates/mien/leaflet.xml": "x" * 6_000}),
    "M405": own({f"templates/mien/{number}.xml": "" for number in range(201)}),
    "M001": lambda folder: caught(
        lambda: load_renderer(only(write_text(folder / "templates" / "t" / "leaflet.xml", "").parents[2]), "poster")
    ),
    "M004": not_utf8,
    "M005": about('per = ["pupil"]'),
    "M414": own({"templates/mien/leaflet.xml": PAGE.format('<qr href="h" title="t" alt="a">x</qr>' * 41)}),
    "M415": own({"templates/mien/leaflet.xml": PAGE.format('<p><a href="https://evil.com/">ici</a></p>')}),
    "M409": on_page("{% set x = 'abcdefgh' %}" + "{% set x = x ~ x %}" * 20),
    "M410": on_page("{% for a in range(2000) %}" + "<p>mot</p>\n" * 50 + "{% endfor %}"),
    "M411": on_page("{% set x = [1] %}" + "{% set x = x + x %}" * 20),
    "M413": on_page("<p>" + "<strong>" * 20 + "x" + "</strong>" * 20 + "</p>"),
    "M416": lambda _folder: caught(lambda: read_drawing("<html/>", "icons/essai.svg")),
    "M419": drawing("<g/>" * 501),
    "M421": lambda _folder: caught(lambda: Drawings({}, {}).find("icons", "chat", "t.xml:3")),
    "M108": template(PAGE.format("<p>x</p>") * 2),
    "M111": laid_out(
        '<memo at="t.xml:3"><h2 at="t.xml:3">T</h2>'
        + "".join(f'<qr at="t.xml:{line}" href="{HREF}" title="T" alt="A"/>' for line in (4, 5))
        + "</memo>"
    ),
    "M209": on_page("<p>{{ school.salle }}</p>", school={"name": "Lycée"}),
    "M202": on_page("<p>{{ portal }}</p>", portal=blank("links.portal", "notice")),
    "M205": unknown_step,
    "M208": on_page("<p>{{ name }}</p>", name=blank("person.user_name", "staff")),
    "M213": lambda folder: stopped(with_words(campaign(folder), "title = ", "words/fr.toml")),
    "M214": lambda folder: told(with_words(campaign(folder), "[words.step.vote]\ntitle = 'Votons'")),
    "C189": lambda folder: stopped(
        with_words(
            campaign(folder),
            "[groups.a]\nwhere = ['uai!=x']\nscope = 'A'\n[groups.b]\nwhere = ['nom!=x']\nscope = 'B'",
        )
    ),
    "C179": lambda folder: told(with_words(campaign(folder), "[groups.37]\nsame_portal = true\n")),
    "C199": lambda folder: told(with_words(campaign(folder), "[groups.prive]\nwhere = ['commune=Blois']\n")),
    "M217": lambda folder: told(with_words(campaign(folder, text=ESPERANTO), FRENCH, "words/eo.toml")),
    "M218": lambda folder: told(
        with_words(
            campaign(folder, "uai;nom;commune\n9710123G;Lycée;Pau\n", CAMPAIGN.replace("leaflet-a4", "affiche")),
            PAGE.format("<p>{{ election.vote.closes_at | hour }}</p>"),
            "templates/affiche/leaflet.xml",
        )
    ),
    "M303": lambda _folder: caught(lambda: load_theme(program_resources(), "default", "papyrus")),
    "F101": laid_out('<p at="t.xml:3">' + "mot " * 4000 + "</p>"),
    "F102": laid_out('<p at="t.xml:3">' + "m" * 300 + "</p>"),
    "F103": laid_out(
        f'<columns at="t.xml:3"><side at="t.xml:3"><qr at="t.xml:4" href="{HREF}{"a" * 3000}" title="T" alt="A"/>'
        "</side></columns>"
    ),
    "F104": verified(layout=_overlapped),
    "F105": lambda folder: stopped(campaign(folder, text=LONG_STEPS + CAMPAIGN)),
    "F201": lambda folder: told(campaign(folder, text=f"{TIGHT_STEP}{CAMPAIGN}")),
    "C183": lambda folder: stopped(campaign(folder, text=CAMPAIGN + UNCOMPARED)),
    "C188": lambda folder: told(campaign(folder, text=CAMPAIGN + UNCOMPARED), draft=True),
    "C248": lambda folder: told(campaign(folder, text=f"{CAMPAIGN}{UNCOMPARED}{SCREEN}"), draft=True)[1:],
    "T338": lambda folder: told(campaign(folder, f"{ROWS}0370781Y;Lycée horticole d’exemple;Fondettes\n")),
    "L121": lambda folder: stopped(campaign(folder, AGRICULTURAL, CAMPAIGN.replace("leaflet-a4", "leaflet-a5"))),
    "L124": lambda folder: told(campaign(folder, AGRICULTURAL)),
    "F203": with_message("leaflet-a4", "Votons tous ensemble. " * 80),
    "F204": with_message("memo-card", "Votons."),
    "F202": document('"memo-card"\nper = "person"', staff="Julie;Labert;0370036N\n"),
    "P113": document(
        '"memo-label"\ntheme = "large-print"\nper = "person"\nsheet = "avery-l7163"',
        staff=f"{'Ondine ' * 10};{'Passiflore ' * 8};0370036N\n",
    ),
    "P304": printed(PRESS, press="x4"),
    "U009": lambda folder: caught(lambda: purge(folder)),
    "T336": lambda folder: stopped(
        campaign(folder, ROWS.replace("Tours", "bit.ly/x"), campaign_text('print = ["commune"]\n' + LEAFLET))
    ),
    "U111": lambda folder: stopped(
        campaign(folder, text=CAMPAIGN.replace("[data]\n", '[data]\nwhere = ["staff:secteur=Nord"]\n'))
    ),
    "U119": lambda _folder: caught(lambda: parse_given("copies")),
    "V108": not_x4,
    "P301": profile("FOGRA39"),
    "P302": profile("absent.icc"),
    "P303": profile("rgb.icc", data=bytes(200)),
    "C247": lambda folder: kept_too_long(folder),
    "C250": unprinted,
    "M006": document('"leaflet-a4"\nper = "person"', staff="Julie;Labert;0370035M\n"),
    "G102": patched("leaflet.production.inputs.load_fontbook", built(), side_effect=FileNotFoundError("no fonts")),
    "P115": lambda folder: told(campaign(folder), start=2),
    "U001": built(campaign=Path("nothing.toml")),
    "U029": lambda folder: stopped(campaign(folder).rename(folder / "campaign.toml.txt").with_suffix("")),
    "U030": lambda folder: stopped(write_text(campaign(folder).with_name("liste.csv"), ROWS)),
    "U035": lambda folder: caught(lambda: check_copied(write_text(folder / "p.csv", "prenom;nom\n"))),
    "U031": built(campaign=assets()),
    "U032": lambda folder: stopped(write_text(campaign(folder).with_name("depliant.pdf"), "%PDF-1.7")),
    "U002": built(only=frozenset({"0370036N"})),
    "U004": epoch,
    "U020": lambda folder: caught(lambda: write_faults(folder / "f.txt", Outcome(), "fr")),
    "U021": lambda folder: caught(
        lambda: write_faults(folder / "ecoles.csv", Outcome(files=(folder / "ecoles.csv",)), "fr")
    ),
    "U050": lambda folder: caught(
        lambda: preview(PreviewOptions(campaign=campaign(folder), out=folder / "out", longest=True, sample=3))
    ),
    "U051": port_taken,
    "W120": patched(
        "leaflet.production.document.parse_flow",
        lambda folder: caught(lambda: preview(PreviewOptions(campaign=campaign(folder), out=folder / "out"))),
        side_effect=ZeroDivisionError,
    ),
    "G103": left_out_letter,
    "U145": lambda _folder: caught(lambda: input_fields("", "s3://somebody:secret@bucket/folder", {})),
    "U033": patched(
        "leaflet.files.extensions.find_spec",
        lambda _folder: caught(lambda: require_judging("leaflet check")),
        return_value=None,
    ),
    "U025": lambda _folder: caught(lambda: parse_shard("3/2")),
    "U026": shards((1, 2)),
    "U027": shards(),
    "U028": shards((1, 2), (2, 2), other_rows=ROWS.replace("Tours", "Loches")),
    "W101": full_disk,
    "W105": locked_folder,
    "W107": killed_worker,
    "W122": killed_judges,
    "W108": killed_worker,
    "W109": shards((1, 2), (2, 2), spoil=True),
    "W102": lambda folder: built()(write_text(folder / "out", "x").parent),
    "W103": link_outside,
    "W104": no_picture,
    "C144": two_logos,
    "W114": svg_logo("<linearGradient/>"),
    "W115": svg_logo("<g/>" * 5001),
    "W201": stale_change,
    "W203": held_by_another,
    "W204": made_already,
    "W205": lambda folder: elsewhere(folder, "nothing"),
    "W206": lambda folder: elsewhere(folder, "/"),
    "W207": stick_in_use,
    "W208": stick_protected,
    "W209": lambda folder: elsewhere(folder, "", 10**18),
    "W210": stick_gone,
    "W211": lambda folder: caught(lambda: check_place("nothing")),
    "W202": lambda folder: caught(lambda: CampaignFolder(written(folder / "file"), HERE).write("campaign.toml", b"")),
    "W110": lambda folder: caught(lambda: write_faults(folder / "no" / "f.csv", Outcome(), "fr")),
    "W112": in_place_of_photos,
    "W123": lambda folder: (told(campaign(folder)), stopped((folder / "campaign.toml").rename(folder / "b.toml")))[1],
    "W118": patched(
        "leaflet.production.processes.os.open",
        lambda _folder: caught(lambda: check_descriptors(2)),
        side_effect=OSError(24, "Too many open files"),
    ),
    "W119": lambda _folder: list(system_failure(OSError(24, "Too many open files")).faults),
    "W116": lambda folder: (os.mkfifo(folder / "pipe.zip"), built(out=folder / "pipe.zip")(folder))[1],
    "W117": lambda folder: ((folder / "a.zip").mkdir(), built(out=folder / "a.zip")(folder))[1],
    "U121": lambda folder: caught(lambda: check_named("-", Option(["-o", "--out"]))),
    "U120": lambda folder: caught(lambda: check_named(" ", Option(["-o", "--out"]))),
    "V101": read_back,
    "V109": without_decoder,
    "V102": verified(_edited(lambda pdf: pdf.pages.append(pdf.pages[0]))),
    "V103": verified(_edited(wipe)),
    "V104": verified(layout=_other_address),
    "V105": verified(_edited(_scribble)),
    "V106": verified(_edited(unembed)),
    "V107": verified(lambda data: data[:500]),
}
