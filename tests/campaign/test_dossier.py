"""A campaign as one file: what goes in comes out, lists never do, and nothing that anybody sends does harm."""

import io
import os
import stat
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from leaflet.campaign import load_campaign, pack
from leaflet.campaign.pack import pack_campaign, read_pack, unpack_campaign
from leaflet.faults import Fault, LeafletError, Report
from tests.support import EXAMPLE, fault_of, tables_of

GOOD = (EXAMPLE / "campaign.toml").read_text("utf-8")
CAMPAIGN = GOOD.replace('version = "v1"', 'version = "v1"\nissued_on = 2018-11-05')
EMPTY = ("addresses.toml", "stock.toml", "templates/mine/template.toml", "templates/.git/config.toml", "notes.toml")
TEMPLATE = '<leaflet title="T"><page><p>x</p></page></leaflet>'


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """A campaign with all that may stand beside one, and with what must stay."""
    folder = tmp_path / "campagne"
    files = {
        "campaign.toml": CAMPAIGN, "ecoles.csv": "uai;nom;commune\n0370035M;Lycée Descartes;Tours\n",
        "personnels.csv": "prenom;nom;uai\nOndine;Passiflore;0370035M\n", "templates/mine/leaflet.xml": TEMPLATE,
        "templates/mine/personnels.csv": "prenom;nom\n", "themes/rouge.toml": 'extends = "default"\n',
        "icons/urne.svg": "<svg/>", "mails/school.txt": "Bonjour", "out/manifest.json": "{}",
        ".leaflet/state.json": "{}", **dict.fromkeys(EMPTY, ""),
    }  # fmt: skip
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "logo.png").write_bytes((EXAMPLE / "logo.png").read_bytes())
    return folder / "campaign.toml"


KEPT = [
    *("addresses.toml", "campaign.toml", "icons/urne.svg", "logo.png", "mails/school.txt", "stock.toml"),
    *("templates/mine/leaflet.xml", "templates/mine/template.toml", "themes/rouge.toml"),
]


def test_there_and_back(campaign: Path, tmp_path: Path) -> None:
    """Every part of the campaign arrives as it was; lists, results and what is hidden stay at home."""
    out = tmp_path / "a" / "b.leaflet"
    assert sorted(pack_campaign(campaign, out)) == KEPT
    unpack_campaign(out.read_bytes(), out.name, tmp_path / "neu")
    arrived = {path.relative_to(tmp_path / "neu").as_posix(): path for path in (tmp_path / "neu").rglob("*.*")}
    assert sorted(arrived) == KEPT
    assert all(path.read_bytes() == (campaign.parent / name).read_bytes() for name, path in arrived.items())
    assert sorted(path.name for path in out.parent.iterdir()) == ["b.leaflet"]


def test_what_is_said_of_the_lists_stays(campaign: Path, tmp_path: Path) -> None:
    text = CAMPAIGN.replace("[data]\n", '[data]\nheader_row = 3\nwhere = ["commune=Tours"]\n')
    campaign.write_text(f'{text}\n[columns.schools]\nname = "Lycée"\n', "utf-8")
    pack_campaign(campaign, tmp_path / "x.leaflet")
    files = read_pack((tmp_path / "x.leaflet").read_bytes(), "x.leaflet").files
    assert files["campaign.toml"].decode().rstrip() == CAMPAIGN.rstrip()


def test_the_same_bytes(campaign: Path, tmp_path: Path) -> None:
    """Whenever and wherever it is packed, in whatever order the folder lists its files."""
    pack_campaign(campaign, tmp_path / "1.leaflet")
    for path in campaign.parent.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    campaign.chmod(0o600)
    pack_campaign(campaign, tmp_path / "2.leaflet")
    assert (tmp_path / "1.leaflet").read_bytes() == (tmp_path / "2.leaflet").read_bytes()


def test_what_it_holds(campaign: Path, tmp_path: Path) -> None:
    pack_campaign(campaign, tmp_path / "x.leaflet")
    before = sorted(tmp_path.rglob("*"))
    found = read_pack((tmp_path / "x.leaflet").read_bytes(), "x.leaflet")
    assert sorted(tmp_path.rglob("*")) == before
    assert found.title == "Élections professionnelles 2018"
    assert found.portal == "https://elections2018.education.gouv.fr/"
    assert found.publisher == "Section syndicale d’exemple – Indre-et-Loire"
    assert (found.issued, found.faults) == (date(2018, 11, 5), ()) and "leaflet-a4" in found.documents


def test_a_campaign_just_begun(campaign: Path, tmp_path: Path) -> None:
    """It may be passed on to be filled in; one with an error may not."""
    (campaign.parent / "ecoles.csv").unlink()
    pack_campaign(campaign, tmp_path / "x.leaflet")
    text = campaign.read_text("utf-8")
    campaign.write_text(text.replace('version = "v1"', 'version = "v1"\nnothing = 1'), "utf-8")
    assert fault_of(lambda: pack_campaign(campaign, tmp_path / "y.leaflet")).code == "C105"
    assert not (tmp_path / "y.leaflet").exists()


def test_the_file_that_is_there(campaign: Path, tmp_path: Path) -> None:
    """A dossier is replaced by a newer one; anything else stays."""
    out = tmp_path / "x.leaflet"
    pack_campaign(campaign, out)
    pack_campaign(campaign, out)
    path = tmp_path / "photos.zip"
    for data in (archived({"photo.jpg": "x"}), b"text", b""):
        path.write_bytes(data)
        assert fault_of(lambda: pack_campaign(campaign, path)).code == "U092"
        assert path.read_bytes() == data


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
@pytest.mark.parametrize("name", ["addresses.toml", "templates/mine/leaflet.xml", "themes/rouge.toml"])
def test_links_out_of_the_folder(campaign: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("geheim", "utf-8")
    (campaign.parent / name).unlink()
    (campaign.parent / name).symlink_to(tmp_path / "secret")
    assert fault_of(lambda: pack_campaign(campaign, tmp_path / "x.leaflet")).code == "M401"


# --- what anybody may send ------------------------------------------------------------------------------------


def packed(files: Mapping[str, str | bytes], change: Callable[[zipfile.ZipInfo], None] | None = None) -> bytes:
    """An archive of a good campaign and these files; `change` is done to each of their heads."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("campaign.toml", CAMPAIGN)
        archive.writestr("logo.png", (EXAMPLE / "logo.png").read_bytes())
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if change is not None:
                change(info)
            archive.writestr(info, data)
    return out.getvalue()


def archived(files: Mapping[str, str | bytes]) -> bytes:
    """An archive of these files alone."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def refused(data: bytes, folder: Path) -> Fault:
    """The fault for which a dossier is not unpacked; nothing is written."""
    before = sorted(folder.parent.rglob("*"))
    fault = fault_of(lambda: unpack_campaign(data, "x.leaflet", folder))
    assert sorted(folder.parent.rglob("*")) == before
    assert fault_of(lambda: read_pack(data, "x.leaflet")).code == fault.code
    return fault


@pytest.mark.parametrize("name", [*tables_of(__file__)["names"], f"themes/{'a' * 300}.toml"])
def test_names_that_are_no_part(tmp_path: Path, name: str) -> None:
    assert refused(packed({name: "x"}), tmp_path / "neu").code == "U101"


def test_two_files_that_are_one(tmp_path: Path) -> None:
    """To systems that do not tell capitals or compositions apart, the second would replace the first."""
    for twice in ({"themes/a.toml": "", "themes/A.toml": ""}, {"icons/é.svg": "", "icons/e\u0301.svg": ""}):
        assert refused(packed(twice), tmp_path / "neu").code == "U101"
    with pytest.warns(UserWarning, match="Duplicate"):
        data = packed({"campaign.toml": CAMPAIGN})
    assert refused(data, tmp_path / "neu").code == "U101"


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFDIR, stat.S_IFCHR, stat.S_IFSOCK])
def test_no_ordinary_file(tmp_path: Path, kind: int) -> None:
    """A link in an archive is a file whose content says where it leads."""

    def change(info: zipfile.ZipInfo) -> None:
        info.create_system, info.external_attr = 3, (kind | 0o777) << 16

    assert refused(packed({"themes/a.toml": "/etc/passwd"}, change), tmp_path / "neu").code == "U101"


def test_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One large file, many together, too many, and a dossier that is too large itself; none is held in memory."""
    assert refused(packed({"themes/a.toml": bytes(10_000_001)}), tmp_path / "neu").code == "U102"
    many = {f"themes/a{number}.toml": bytes(9_000_000) for number in range(7)}
    assert refused(packed(many), tmp_path / "neu").code == "U102"
    assert refused(packed({f"themes/a{number}.toml": "" for number in range(499)}), tmp_path / "neu").code == "U102"
    monkeypatch.setattr(pack, "MAX_BYTES", 5_000)
    assert refused(packed({}), tmp_path / "neu").code == "U102"


def test_a_size_that_is_a_lie(tmp_path: Path) -> None:
    """What the head says of the size is believed by nobody."""
    data = bytearray(packed({"themes/a.toml": bytes(20_000_000)}))
    lie = (1000).to_bytes(4, "little")
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = lie
    assert refused(bytes(data), tmp_path / "neu").code in ("U100", "U102")


def test_damaged_ones(tmp_path: Path) -> None:
    """Wherever a byte is another one, or the end is missing: a fault or the same campaign, never a traceback."""
    good = packed({"themes/a.toml": 'extends = "default"\n'})
    assert refused(good[: len(good) // 2], tmp_path / "neu").code == "U100"
    for at in range(0, len(good), 97):
        data = bytearray(good)
        data[at] ^= 0xFF
        try:
            read_pack(bytes(data), "x.leaflet")
        except LeafletError:
            continue


@pytest.mark.parametrize("data", [
    b"", b"PK", b"%PDF-1.7", b"election = '2018'", bytes(100), archived({"themes/a.toml": ""})
])  # fmt: skip
def test_no_dossier(tmp_path: Path, data: bytes) -> None:
    assert refused(data, tmp_path / "neu").code == "U100"


def test_a_list_named_as_a_logo(tmp_path: Path) -> None:
    """A campaign cannot name its way into the archive."""
    text = CAMPAIGN.replace('logo = "logo.png"', 'logo = "personnels.csv"')
    assert text != CAMPAIGN
    files = {"campaign.toml": text, "personnels.csv": "prenom;nom\n"}
    assert refused(archived(files), tmp_path / "neu").code == "U101"


def test_a_false_portal(tmp_path: Path) -> None:
    """The link rules hold for what was sent: it is shown with its fault, and not unpacked."""
    portal = "https://elections2018-education.gouv.evil.com/"
    text = f'{CAMPAIGN}\n[links]\nportal = "{portal}"\n'
    data = archived({"campaign.toml": text, "logo.png": (EXAMPLE / "logo.png").read_bytes()})
    found = read_pack(data, "x")
    assert found.portal == portal and [fault.code[0] for fault in found.faults][:1] == ["L"]
    assert fault_of(lambda: unpack_campaign(data, "x", tmp_path / "neu")).code[0] == "L"
    assert not (tmp_path / "neu").exists()


# --- where it is unpacked -------------------------------------------------------------------------------------


def test_that_the_sender_compared_the_portal_is_not_taken_over(tmp_path: Path) -> None:
    """Whoever takes a campaign compares its portal, and nothing else anew: a false file might lead elsewhere."""
    sent = EXAMPLE.parent / "essai-2026" / "campaign.toml"
    assert load_campaign(sent, Report()).not_compared == ()
    pack_campaign(sent, tmp_path / "a.leaflet")
    unpack_campaign((tmp_path / "a.leaflet").read_bytes(), "a.leaflet", tmp_path / "taken")
    (tmp_path / "taken" / "ecoles.csv").write_bytes(sent.with_name("ecoles.csv").read_bytes())
    assert load_campaign(tmp_path / "taken" / "campaign.toml", Report()).not_compared == ("links.portal",)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "neu"
    folder.mkdir()
    (folder / "ecoles.csv").write_text("mine", "utf-8")
    (folder / "logo.png").write_text("mine", "utf-8")
    assert fault_of(lambda: unpack_campaign(packed({}), "x", folder)).code == "U092"
    assert sorted(path.name for path in folder.iterdir()) == ["ecoles.csv", "logo.png"]
    (folder / "logo.png").unlink()
    unpack_campaign(packed({}), "x", folder)
    assert (folder / "ecoles.csv").read_text("utf-8") == "mine"


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_links_in_the_folder(tmp_path: Path) -> None:
    """Somebody's link does not lead our files elsewhere."""
    folder, other = tmp_path / "neu", tmp_path / "other"
    folder.mkdir()
    other.mkdir()
    (folder / "themes").symlink_to(other)
    assert fault_of(lambda: unpack_campaign(packed({"themes/a.toml": ""}), "x", folder)).code == "M401"
    (folder / "themes").unlink()
    (folder / "campaign.toml").symlink_to(other / "new.toml")
    assert fault_of(lambda: unpack_campaign(packed({}), "x", folder)).code == "U092"
    assert list(other.iterdir()) == []


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """Said as such; what was written is gone again."""
    (tmp_path / "neu").mkdir()
    (tmp_path / "neu" / "themes").write_text("a file", "utf-8")
    fault = fault_of(lambda: unpack_campaign(packed({"themes/a.toml": ""}), "x", tmp_path / "neu"))
    assert fault.code == "W113"
    assert [path.name for path in (tmp_path / "neu").iterdir()] == ["themes"]
