"""The window without a server: what the script of the page gets for what it asks, whoever decodes its pictures."""

import json
import shutil
import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import pytest
from PIL import Image

from leaflet.files import raster, raster_pillow
from leaflet.files.raster import HugeRasterError, Raster, RasterError, UnknownRasterError, make_png
from leaflet.files.raster_browser import BrowserDecoder, Wanted
from leaflet.pdf import verify_codes
from leaflet.pdf.verify_codes import decode
from leaflet.studio import outputs
from leaflet.studio.browser_edition import BrowserWindow
from tests.studio.support import HERE, SCHOOLS, answered, ready, started
from tests.studio.test_erasing import NAMES, found


class Bytes(NamedTuple):
    """Bytes as the script hands them over."""

    data: bytes

    def to_bytes(self) -> bytes:
        return self.data


class Pixels:
    """What the script does with pixels, done by Pillow."""

    def flatten(self, samples: bytes, width: int, height: int, gray: bool) -> Bytes:
        return Bytes(raster_pillow.flatten(Raster(width, height, samples), gray=gray))

    def shrink(self, samples: bytes, width: int, height: int, to_width: int, to_height: int) -> Bytes:
        return Bytes(raster_pillow.shrink(Raster(width, height, samples), to_width, to_height).samples)

    def mainColors(self, samples: bytes) -> Bytes:  # noqa: N802 - as the script has it
        return Bytes(samples[:3])

    def photocopy(self, samples: bytes, width: int, height: int, copier: str) -> Bytes:
        assert set(json.loads(copier)) == {"blur", "tilts", "levels", "tones", "grain", "side", "tile"}
        return Bytes(raster_pillow.photocopy(Raster(width, height, samples)).samples)


class Host:
    """A script that hears how far a making is, and lets other calls come in each time."""

    def __init__(self) -> None:
        self.pixels, self.said = Pixels(), list[dict[str, Any]]()
        self.readCode: Callable[..., str | None] = lambda *_: None

    def say(self, text: str) -> str:
        self.said.append(json.loads(text))
        return text


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Pictures and codes are decoded afterwards by whoever decoded them before."""
    decoders, readers = raster._decoders[:], verify_codes._readers[:]
    yield
    raster._decoders[:], verify_codes._readers[:] = decoders, readers


@pytest.fixture
def host() -> Host:
    """A script whose codes are read by ZXing, as it is installed."""
    host = Host()

    def read(levels: bytes, width: int, height: int) -> str | None:
        before = verify_codes._readers[:]
        verify_codes._readers.clear()
        try:
            return decode(Raster(width, height, levels))
        finally:
            verify_codes._readers[:] = before

    host.readCode = read
    return host


def opened(folder: Path, host: Host, wait: Callable[[Any], object] = id) -> BrowserWindow:
    return BrowserWindow(str(folder), "fr", host, wait, HERE.clock)


def asked(window: BrowserWindow, name: str, **args: object) -> Any:
    return json.loads(window.call(name, json.dumps(args)))


def test_calls_files_and_pictures(tmp_path: Path, host: Host) -> None:
    """Each is answered as the server would; what there is not has no answer."""
    window = opened(tmp_path / "campagne", host)
    assert asked(window, "start", election="2026", kind="leaflets")["result"]["campaign"]["election"] == "2026"
    assert json.loads(window.upload("list", "a/liste.csv", SCHOOLS.encode()))["result"]["list"]["file"] == "liste.csv"
    assert asked(window, "rows", show="all", **{"from": 0, "count": 2})["result"]["total"] == 6
    assert asked(window, "answer", key="title", value="x", revision=0)["fault"]["code"] == "W201"
    url = asked(window, "picture", width=300, view="copy")["result"]["url"]
    assert (window.picture(url[8:-4]) or b"").startswith(b"\x89PNG")
    assert window.call("nothing", "{}") == window.upload("nothing", "a", b"") == ""
    assert window.upload("list", "a.csv", memoryview(bytes(100_000_001))) == ""
    assert window.file("campaign.toml") == str(tmp_path / "campagne" / "campaign.toml")
    assert window.file("../campagne/campaign.toml") is window.file(".leaflet/state.json") is None


def test_what_a_call_changes_is_kept_and_what_is_made_is_not(tmp_path: Path, host: Host) -> None:
    """The files of the campaign are told once each; those that are gone, too."""
    started(tmp_path / "campagne").close()
    window = opened(tmp_path / "campagne", host)
    assert window.changes() == []
    asked(window, "answer", key="publisher.name", value="Section d’essai")
    changes = dict(window.changes())
    assert set(changes) == {"campaign.toml", ".leaflet/history.json", ".leaflet/state.json"}
    assert "Section d’essai".encode() in (changes["campaign.toml"] or b"")
    window.upload("list", "liste.csv", SCHOOLS.encode())
    assert "liste.csv" in dict(window.changes())
    asked(window, "erase", what="list")
    assert dict(window.changes())["liste.csv"] is None


def test_campaigns_beside_are_kept_too(tmp_path: Path, host: Host) -> None:
    """Each with its own files; what is made of the one on view is handed out."""
    ready(tmp_path / "campagne").close()
    window, kept = opened(tmp_path / "campagne", host), dict[str, bytes | None]()
    assert asked(window, "openBeside", kind="cards")["result"]["campaign"]["kind"] == "cards"
    school = {"uai": "0370035M", "name": "Lycée d’exemple", "town": "Tours"}
    asked(window, "pastePeople", text="LABERT\tJulie\n", school=school)
    kept |= dict(window.changes())
    assert {"../campagne – cartes/campaign.toml", "../campagne – cartes/personnels-colles.csv"} <= set(kept)
    assert "campaign.toml" not in kept  # it is kept already, and has not changed
    made = json.loads(window.make('{"outputs": ["cards"]}'))["result"]["files"]
    assert (window.file(made[0]["path"]) or "").startswith(str(tmp_path / "campagne – cartes"))
    assert not dict(window.changes()).keys() & {"../campagne – cartes/depliants/manifest.json"}
    for name, data in kept.items():  # as the script puts them there when the page is opened again
        target = tmp_path / "again" / (name[3:] if name.startswith("../") else f"campagne/{name}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data or b"")
    shutil.copytree(tmp_path / "campagne", tmp_path / "again" / "campagne", dirs_exist_ok=True)
    again = opened(tmp_path / "again" / "campagne", host)
    (other,) = asked(again, "beside")["result"]["campaigns"]
    asked(again, "openBeside", path=other["path"])
    assert asked(again, "people")["result"]["people"]["total"] == 1


def test_names_are_erased_from_what_the_browser_keeps(tmp_path: Path, host: Host) -> None:
    """Also from what lies in its memory; all of it is one change, so a page that is closed keeps all or nothing."""
    answered(tmp_path / "campagne", "cards").close()
    window, kept = opened(tmp_path / "campagne", host), dict[str, bytes | None]()
    school = {"uai": "0370035M", "name": "Lycée d’exemple", "town": "Tours"}
    asked(window, "pastePeople", text="ZYXMARTIN\tZoéphyrine\n", school=school)
    asked(window, "addPerson", first="Paul", last="Zyxdurand")
    assert "result" in json.loads(window.make('{"outputs": ["zip", "cards"]}'))
    kept |= dict(window.changes())
    store = tmp_path / "kept" / "campagne"

    def keep() -> set[tuple[str, str]]:
        shutil.rmtree(store, ignore_errors=True)
        for name, data in kept.items():
            if data is not None:
                (store / name).parent.mkdir(parents=True, exist_ok=True)
                (store / name).write_bytes(data)
        return found(store, tmp_path / "campagne")

    assert {name for _, name in keep()} == set(NAMES)
    asked(window, "erase", what="people")
    kept |= dict(window.changes())
    assert keep() == set() and asked(opened(store, host), "people")["result"]["people"] is None


def test_a_making_says_how_far_it_is_and_hears_that_it_is_to_stop(tmp_path: Path, host: Host) -> None:
    """Other calls come in between; what is made afterwards goes on there, and comes as files."""
    ready(tmp_path / "campagne").close()
    window = opened(tmp_path / "campagne", host, lambda _: asked(window, "stop"))
    stopped = json.loads(window.make('{"outputs": ["zip"]}'))["result"]["stopped"]
    assert host.said[-1]["progress"]["total"] == stopped["done"] + stopped["left"] == 6
    window = opened(tmp_path / "campagne", host)
    made = json.loads(window.make('{"outputs": ["zip", "files"]}'))["result"]
    assert made["stopped"] is None and made["codesRead"]
    for path in ("depliants.zip", "depliants/"):
        with ZipFile(window.file(path) or "") as packed:
            assert len([name for name in packed.namelist() if name.endswith(".pdf")]) == 6
    assert all(not name.startswith("depliants") for name, _ in window.changes())
    host.readCode = lambda *_: None
    assert json.loads(opened(tmp_path / "campagne", host).make('{"outputs": ["copier"]}'))["fault"]["code"] == "V103"


def test_a_logo_is_decoded_before_it_is_asked_for_again(tmp_path: Path, host: Host) -> None:
    """The call ends, as if it had not been made, until the picture is there."""
    started(tmp_path / "campagne").close()
    window = opened(tmp_path / "campagne", host)
    logo = make_png(Raster(40, 20, b"\x1f\x3a\x93\xff" * 800))
    assert window.upload("logo", "logo.png", logo) == "" and window.wanted == logo
    assert "logo.png" not in dict(window.changes())
    window.learn(40, 20, b"\x1f\x3a\x93\xff" * 800)
    answer = json.loads(window.upload("logo", "logo.png", logo))
    assert answer["result"]["colors"] == ["#1f3a93"] and not window.wanted
    broken = logo[:50] + bytes(9) + logo[59:]
    assert window.upload("logo", "broken.png", broken) == ""
    window.learn(0, 0, b"")
    assert json.loads(window.upload("logo", "broken.png", broken))["fault"]["code"] == "C139"


def test_what_there_is_no_room_for_is_not_begun(tmp_path: Path, host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ZIP of too many files is not offered; one file of all schools is."""
    monkeypatch.setattr(outputs, "MOST_IN_MEMORY", 5)
    ready(tmp_path / "campagne").close()
    offered = {one["id"]: one for one in asked(opened(tmp_path / "campagne", host), "plan")["result"]["outputs"]}
    assert "5 fichiers au plus" in offered["zip"]["why"] and offered["copier"]["possible"]
    assert (offered["print-run"]["possible"], offered["print-run"]["asks"]) == (False, None)


def jpeg(width: int, height: int) -> bytes:
    written = BytesIO()
    Image.new("RGB", (width, height), "#1f3a93").save(written, "JPEG", progressive=True)
    return written.getvalue()


def huge_png() -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    chunks = [
        struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data)) for data in (head, b"IDAT")
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        *((b"GIF89a", UnknownRasterError), (huge_png(), HugeRasterError)),
        *((make_png(Raster(40, 40, bytes(range(256)) * 25))[:100], RasterError), (jpeg(30, 20)[:-40], RasterError)),
        (b"\xff\xd8\xff", RasterError),
    ],
)
def test_what_no_browser_is_asked_to_decode(data: bytes, error: type[RasterError]) -> None:
    """The faults are those of Pillow, found by what the file says of itself."""
    for decoder in (BrowserDecoder(Pixels()), raster_pillow):
        with pytest.raises(error):
            decoder.measure(data, 4_000)


def test_the_size_of_a_picture_is_known_before_it_is_decoded() -> None:
    """Whatever stands before it in its file."""
    pictures = BrowserDecoder(Pixels())
    for data in (jpeg(31, 17), make_png(Raster(31, 17, bytes(31 * 17 * 4)))):
        assert pictures.measure(data) == (31, 17)
        with pytest.raises(Wanted):
            pictures.decode(data, 100)
        pictures.learn(data, Raster(31, 17, bytes(31 * 17 * 4)))
        assert pictures.decode(data, 100).width == 31 and pictures.decode(data, 10)[:2] == (10, 5)
