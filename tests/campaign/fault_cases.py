"""One way to cause each fault of the campaign and of its links, by code; a global test counts them."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from unittest.mock import patch
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image

from leaflet.campaign import load_academies, load_campaign, write_starter
from leaflet.campaign.academies import ADDRESSES_FILE, ConfirmedAddress
from leaflet.campaign.academy_addresses import write_address
from leaflet.campaign.answers import parse_answer, read_answers, with_answers
from leaflet.campaign.editing import set_values
from leaflet.campaign.list_columns import store_columns
from leaflet.campaign.pack import read_pack
from leaflet.campaign.source import MAX_BYTES
from leaflet.faults import Fault, LeafletError, Report
from leaflet.markup.record_values import academie_context
from leaflet.production.build_options import InputOptions
from leaflet.production.campaign_check import check_campaign
from tests.campaigns import campaign_text
from tests.support import caught, tables_of

HEAD = 'election = "2018"\n'
BODY = "\n" + campaign_text().removeprefix(HEAD)
Case = Callable[[Path], list[Fault]]


def dossier(files: Mapping[str, str]) -> Case:
    """A case from a campaign in one file that holds these files."""

    def case(folder: Path) -> list[Fault]:
        with ZipFile(folder / "x.leaflet", "w", ZIP_DEFLATED) as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        return caught(lambda: read_pack((folder / "x.leaflet").read_bytes(), "x.leaflet"))

    return case


def write_campaign(folder: Path, text: str | bytes) -> Path:
    """A campaign file with a list of schools beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ecoles.csv").write_text("uai;nom\n0370001A;Lycée\n", "utf-8")
    path = folder / "campaign.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
    return path


def load(folder: Path, text: str | bytes) -> list[Fault]:
    """Return the faults of loading a campaign text, or those that stop it."""
    report = Report()
    try:
        load_campaign(write_campaign(folder, text), report)
    except LeafletError as error:
        return error.faults
    return list(report)


def head(lines: str) -> Case:
    """A case from lines before the first table."""
    return lambda folder: load(folder, HEAD + lines + BODY)


def tail(lines: str) -> Case:
    """A case from tables after a faultless campaign, or keys of its document."""
    return lambda folder: load(folder, HEAD + BODY + lines)


def swap(old: str, new: str) -> Case:
    """A case from a faultless campaign with one text replaced."""
    return lambda folder: load(folder, (HEAD + BODY).replace(old, new))


def portal(url: str) -> Case:
    """A case from one address of the voting portal."""
    return tail(f'[links]\nportal = "{url}"\n')


def compared(url: str) -> Case:
    """A case from an address that somebody compared with the notice de vote, as the file says."""
    row = f'[[compared]]\nfield = "links.portal"\nvalue = "{url}"\non = 2018-11-16\n'
    return tail(f'[links]\nportal = "{url}"\n{row}')


def _missing(folder: Path) -> list[Fault]:
    return caught(lambda: load_campaign(folder / "nothing.toml", Report()))


def _unreadable(folder: Path) -> list[Fault]:
    # a name that no system can open: longer than a folder entry may be
    return caught(lambda: load_campaign(folder / ("x" * 300 + ".toml"), Report()))


def _folder_as_list(folder: Path) -> list[Fault]:
    (folder / "listes").mkdir()
    return swap("ecoles.csv", "listes")(folder)


def _logo(folder: Path, name: str = "logo.png") -> list[Fault]:
    return swap("[data]", f'logo = "{name}"\n[data]')(folder)


def _logo_as_text(folder: Path) -> list[Fault]:
    (folder / "logo.png").write_text("GIF89a", "utf-8")
    return _logo(folder)


def _wide_logo(folder: Path) -> list[Fault]:
    Image.new("1", (4001, 2)).save(folder / "logo.png")
    return _logo(folder)


def _cut_logo(folder: Path) -> list[Fault]:
    Image.effect_noise((80, 80), 50).save(folder / "logo.png")
    data = (folder / "logo.png").read_bytes()
    (folder / "logo.png").write_bytes(data[: len(data) // 2])
    return _logo(folder)


def _fallback(key: str) -> Case:
    def case(folder: Path) -> list[Fault]:
        report = Report()
        campaign = load_campaign(write_campaign(folder, HEAD + BODY), report)
        academie_context(campaign, load_academies().by_key[key], report)
        return list(report)

    return case


def _addresses(more: str) -> Case:
    """A case from an ``addresses.toml`` beside a faultless campaign, which confirms a mailbox of Lyon."""

    def case(folder: Path) -> list[Fault]:
        confirmed = 'value = "https://webmail.ac-lyon.fr"\nconfirmed_on = 2026-11-26\n'
        (folder / ADDRESSES_FILE).write_text(f"[academies.lyon.webmail]\n{confirmed}{more}\n", "utf-8")
        return load(folder, HEAD + BODY)

    return case


def _unwritable_addresses(folder: Path) -> list[Fault]:
    confirmed = ConfirmedAddress(value="https://webmail.ac-lyon.fr", confirmed_on=date(2026, 11, 26))
    return caught(lambda: write_address(folder / "nowhere" / ADDRESSES_FILE, "lyon", "webmail", confirmed))


def _columns_in_a_locked_file(folder: Path) -> list[Fault]:
    path = write_campaign(folder, HEAD + BODY)
    with patch("leaflet.files.plain_files.Path.replace", side_effect=PermissionError(13, "Permission denied")):
        return caught(lambda: store_columns(path, "schools", {"town": "Localité"}))


def _started_twice(folder: Path) -> list[Fault]:
    write_starter(folder / "neuf", "2026")
    return caught(lambda: write_starter(folder / "neuf", "2026"))


def _started(folder: Path) -> list[Fault]:
    report = Report()
    load_campaign(write_starter(folder / "neuf", "2026")[0], report)
    return list(report)


def _start_under_a_file(folder: Path) -> list[Fault]:
    (folder / "file").write_text("", "utf-8")
    return caught(lambda: write_starter(folder / "file" / "neuf", "2026"))


def _answered(folder: Path, answers: str) -> list[Fault]:
    path = write_campaign(folder, HEAD + BODY)
    (folder / "reponses.toml").write_text(answers, "utf-8")
    return caught(lambda: with_answers(path, path.read_text("utf-8"), read_answers(folder / "reponses.toml")))


def _unfinished(folder: Path) -> list[Fault]:
    path = write_campaign(folder, (HEAD + BODY).replace('"2018"', '"2026"'))
    (folder / "ecoles.csv").write_text("uai;nom;commune\n0370001A;Lycée;Amboise\n", "utf-8")
    options = InputOptions(campaign=path, out=folder / "out")
    check_campaign(options)
    return options.outcome.report.errors  # not the warnings about the mailbox


def _without_address(folder: Path) -> list[Fault]:
    path = write_campaign(folder, (HEAD + BODY).replace('address = "1 rue de l’Exemple, 37000 Tours"\n', ""))
    (folder / "ecoles.csv").write_text("uai;nom;commune\n0370001A;Lycée;Amboise\n", "utf-8")
    options = InputOptions(campaign=path, out=folder / "out")
    check_campaign(options)
    return [fault for fault in options.outcome.report if fault.code == "C240"]


def _uneditable(_folder: Path) -> list[Fault]:
    return caught(lambda: set_values("vote = 3\n", {"vote.opens_at": "9:30"}, "campaign.toml"))


_TEXTS = tables_of(__file__)
CASES: dict[str, Case] = {
    **{code: head(f"{lines}\n") for code, lines in _TEXTS["head"].items()},
    **{code: tail(f"{lines}\n") for code, lines in _TEXTS["tail"].items()},
    **{code: swap(*texts) for code, texts in _TEXTS["swap"].items()},
    **{code: portal(url) for code, url in _TEXTS["portal"].items()},
    **{code: _fallback(area) for code, area in _TEXTS["fallback"].items()},
    **{code: dossier(files) for code, files in _TEXTS["dossier"].items()},
    "L103": compared("http://vote.education.gouv.fr/"),
    "C101": _missing,
    "C102": lambda folder: load(folder, HEAD.encode() + "title = 'é'".encode("cp1252")),
    "C178": lambda folder: load(folder, HEAD.encode("utf-16")),
    "C219": lambda folder: load(folder, HEAD.replace("\n", "\r\r\n").encode()),
    "C217": lambda folder: load(folder, rb"{\rtf1\ansi election}"),
    "C222": lambda folder: load(folder, b"<!DOCTYPE html><html>"),
    "C104": _unreadable,
    "C109": lambda folder: load(folder, b"#" * (MAX_BYTES + 1)),
    "C153": tail('file_name = "{uai}-{slug}-{commune}-' + "x" * 60 + '"\n'),
    "C131": _folder_as_list,
    "C135": _logo,
    "C136": lambda folder: _logo(folder, "../logo.png"),
    "C137": _logo_as_text,
    "C138": _wide_logo,
    "C139": _cut_logo,
    "C142": _started,
    "C240": _without_address,
    "C151": tail(f'[notice]\nhow = "{"long " * 500}"\n'),
    "C180": _started_twice,
    "C181": _start_under_a_file,
    "C182": _unfinished,
    "C185": lambda folder: caught(lambda: read_answers(folder / "reponses.toml")),
    "C186": _uneditable,
    "C251": lambda _folder: caught(lambda: parse_answer("rounds", "bientôt")),
    "C192": _columns_in_a_locked_file,
    "C224": _addresses('confirmed_by = "Julie Labert"'),
    "C225": _unwritable_addresses,
    "L117": portal(f"https://vote.education.gouv.fr/{'a-' * 70}"),
    "U102": dossier({"campaign.toml": HEAD, "themes/a.toml": " " * 10_000_001}),
}
