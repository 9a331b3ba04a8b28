"""Drafts of e-mails, read back by two readers of mails, and the table for the mail merge of another program."""

import email
import json
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import fast_mail_parser
import pytest
from msgspec.structs import replace

from benchmarks.generate import make_uai
from leaflet.faults import LeafletError, Place
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from leaflet.production.delivery.drafts import HEADER, write_drafts, write_table
from leaflet.production.delivery.letters import BuiltFiles, Letter, draft_bytes
from leaflet.production.manifest import Entry
from leaflet.tables import School
from leaflet.tables.cells import as_lines
from leaflet.tables.filters import parse_choice
from tests.delivery.support import (
    AMBOISE,
    BALZAC,
    BALZAC_PDF,
    DESCARTES,
    DESCARTES_PDF,
    FOLDER,
    built_campaign,
    change_rows,
    options_for,
    rows_of,
)
from tests.support import codes_of, fault_of, peak_of

FIRST, SECOND = "0370035M-lycee-descartes", "0370036N-lycee-balzac"


def drafts_in(out: Path) -> dict[str, EmailMessage]:
    """The drafts of a folder, by the name of their file, as Python's own reader has them."""
    found = {}
    for path in sorted((out / "drafts" / FOLDER).iterdir()):
        message = email.message_from_bytes(path.read_bytes(), policy=default)
        assert isinstance(message, EmailMessage) and not message.defects
        found[path.stem] = message
    return found


def listed_in(out: Path) -> dict[str, dict[str, str]]:
    return {draft["record"]: draft for draft in json.loads((out / f"post-{FOLDER}.json").read_text())["drafts"]}


def attached(message: EmailMessage) -> bytes:
    (part,) = message.iter_attachments()
    assert part.get_content_type() == "application/pdf"
    content = part.get_content()
    assert isinstance(content, bytes)
    return content


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_each_school_gets_its_own_file(tmp_path: Path) -> None:
    """Recipient, subject, text and file are the school's, for a reader in another language, too."""
    result = write_drafts(options_for(built_campaign(tmp_path)))
    assert (result.schools, result.files) == (3, (f"drafts/{FOLDER}/", f"post-{FOLDER}.json"))
    drafts = drafts_in(result.out)
    assert len(drafts) == 3
    message = drafts[FIRST]
    assert (message["To"], message["X-Unsent"], message["From"]) == ("ce.0370035m@ac-orleans-tours.fr", "1", None)
    assert message["Date"] == "Mon, 01 Oct 2018 00:00:00 +0000"
    asked = "le dépliant de votre établissement, et un texte à transmettre"
    assert message["Subject"] == f"Élections professionnelles 2018\u00a0: {asked}"
    text = text_of(message)
    forwarded = text.partition("Texte à transmettre ––––\n")[2].partition("––––")[0]
    assert "le vote a lieu du jeudi 29" in forwarded and "Section" not in forwarded and "Vous recevez" in forwarded
    assert "préparé pour Lycée Descartes (Tours)" in text
    assert "du jeudi 29\u00a0novembre au jeudi 6\u00a0décembre 2018" in text
    assert "https://elections2018.education.gouv.fr/" in text
    for stem, found in drafts.items():
        assert attached(found) == (result.out / FOLDER / f"{stem}.pdf").read_bytes()
        assert [part.get_filename() for part in found.iter_attachments()] == [f"{stem}.pdf"]
    for stem, message in drafts_in(result.out).items():
        other = fast_mail_parser.parse_email((result.out / "drafts" / FOLDER / f"{stem}.eml").read_bytes())
        assert (other.subject, other.headers["To"]) == (message["Subject"], [message["To"]])
        assert other.text_plain[0].replace("\r\n", "\n") == text_of(message)
        (one,) = other.attachments
        assert (one.filename, one.mimetype, one.content) == (f"{stem}.pdf", "application/pdf", attached(message))


@pytest.mark.parametrize("name", ["Dépliant – école.pdf", "plan.pdf", f"{'très ' * 20}long.pdf"])
def test_accents_and_long_lines_are_legal(name: str) -> None:
    """Names with accents are read by both; no line is longer than RFC 5322 asks for; ASCII and CRLF alone."""
    letter = Letter("« Où, quand, comment » : l’été " * 6 + "fin", "Mot " * 400 + "œuvre\n.\nFrom ici\n")
    data = draft_bytes("a@b.fr", letter, [(name, bytes(range(256)) * 9)], None)
    assert data.isascii() and b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 78
    message = email.message_from_bytes(data, policy=default)
    other = fast_mail_parser.parse_email(data)
    assert isinstance(message, EmailMessage)
    (part,) = message.iter_attachments()
    assert part.get_filename() == name == other.attachments[0].filename
    assert message["Subject"] == letter.subject == other.subject and text_of(message) == letter.text
    assert part.get_content() == bytes(range(256)) * 9 == other.attachments[0].content


def test_the_same_call_gives_the_same_bytes(tmp_path: Path) -> None:
    """No clock and no chance: neither boundary nor date nor identifier differs."""
    found = []
    for name in ("one", "two"):
        out = write_drafts(options_for(built_campaign(tmp_path / name))).out
        found.append({p.name: p.read_bytes() for p in out.rglob("*") if p.suffix == ".eml" or "post-" in p.name})
    assert (found[0], len(found[0])) == (found[1], 4)


def test_swapped_addresses_make_other_drafts(tmp_path: Path) -> None:
    """Two rows with each other's address: each school's file goes where the list says, and the hashes tell."""
    campaign = built_campaign(tmp_path)
    out = write_drafts(options_for(campaign)).out
    before = listed_in(out)
    one, other = (row.rpartition(";") for row in (DESCARTES, BALZAC))
    change_rows(campaign, f"{one[0]};{other[2]}", f"{other[0]};{one[2]}", AMBOISE)
    write_drafts(options_for(campaign))
    after = listed_in(out)
    drafts = drafts_in(out)
    assert drafts[FIRST]["To"] == other[2] and attached(drafts[FIRST]) == (out / DESCARTES_PDF).read_bytes()
    for uai in ("0370035M", "0370036N"):
        assert before[uai]["attached"] == after[uai]["attached"] and before[uai]["sha256"] != after[uai]["sha256"]
    assert before["0370001A"] == after["0370001A"]


def test_swapped_files_are_refused(tmp_path: Path) -> None:
    """Two finished files with each other's name: neither goes to a wrong school."""
    campaign = built_campaign(tmp_path)
    out = tmp_path / "out"
    one, other = (out / DESCARTES_PDF).read_bytes(), (out / BALZAC_PDF).read_bytes()
    (out / DESCARTES_PDF).write_bytes(other)
    (out / BALZAC_PDF).write_bytes(one)
    with pytest.raises(LeafletError) as stopped:
        write_drafts(options_for(campaign))
    assert [(f.code, f.place.record) for f in stopped.value.faults] == [("P403", "0370035M"), ("P403", "0370036N")]
    assert not (out / "drafts").exists()
    write_drafts(options_for(campaign, keep_going=True))
    assert list(drafts_in(out)) == ["0370001A-ecole-jean-de-la-fontaine"]


def test_errors_belong_to_rows_of_the_list(tmp_path: Path) -> None:
    """A file that is out of date and one that was changed are errors of their schools, and are counted so."""
    campaign = built_campaign(tmp_path)
    (tmp_path / "out" / BALZAC_PDF).write_bytes(b"%PDF-1.7")
    change_rows(campaign, DESCARTES.replace("Lycée", "Collège"), BALZAC, AMBOISE)
    options = options_for(campaign, keep_going=True)
    result = write_drafts(options)
    assert {fault.code: fault.place for fault in result.faults if fault.severity == "error"} == {
        "P402": Place(file="ecoles.csv", line=2, key="0370035M"),
        "P403": Place(file="ecoles.csv", line=3, key="0370036N"),
    }
    counts = options.outcome.count_rows()
    assert counts is not None and (counts.ready, counts.refused, counts.elsewhere) == (1, 2, 0)


def test_no_old_draft_stays(tmp_path: Path) -> None:
    """A school without address now has no draft to its old one; files that are none of ours stay."""
    campaign = built_campaign(tmp_path)
    out = write_drafts(options_for(campaign)).out
    (out / "drafts" / FOLDER / "note.txt").write_text("à moi", "utf-8")
    change_rows(campaign, DESCARTES, BALZAC.rpartition(";")[0] + ";", AMBOISE)
    result = write_drafts(options_for(campaign, keep_going=True))
    assert [fault.code for fault in result.faults if fault.severity == "error"] == ["P404"]
    assert not (out / "drafts" / FOLDER / f"{SECOND}.eml").exists()
    assert (out / "drafts" / FOLDER / "note.txt").exists()
    assert len(list((out / "drafts" / FOLDER).glob("*.eml"))) == 2


def test_a_list_of_drafts_removes_nothing_else(tmp_path: Path) -> None:
    """Whatever is written into the list, only drafts of this document are removed."""
    campaign = built_campaign(tmp_path)
    out = write_drafts(options_for(campaign)).out
    listed = out / f"post-{FOLDER}.json"
    listed.write_text(listed.read_text().replace(f"drafts/{FOLDER}/{FIRST}.eml", "leaflet-a4/x/../../manifest.json"))
    write_drafts(options_for(campaign))
    assert (out / "manifest.json").exists()


@pytest.mark.parametrize("choice", [{"only": frozenset({"0370036N"})}, {"choice": parse_choice(rows="3")}])
def test_a_choice_leaves_the_other_drafts_alone(tmp_path: Path, choice: dict[str, Any]) -> None:
    """They and their entries stay as they were, but for those of schools that are no longer in the list."""
    campaign = built_campaign(tmp_path)
    out = write_drafts(options_for(campaign)).out
    before = {path.name: path.read_bytes() for path in (out / "drafts" / FOLDER).iterdir()}
    listed = listed_in(out)
    change_rows(campaign, DESCARTES, BALZAC.replace("ce.0370036n", "ce.balzac"))
    assert write_drafts(options_for(campaign, **choice)).schools == 1
    assert list(drafts_in(out)) == [FIRST, SECOND]
    assert drafts_in(out)[SECOND]["To"] == "ce.balzac@ac-orleans-tours.fr"
    assert (out / "drafts" / FOLDER / f"{FIRST}.eml").read_bytes() == before[f"{FIRST}.eml"]
    assert list(listed_in(out)) == ["0370035M", "0370036N"] and listed_in(out)["0370035M"] == listed["0370035M"]
    assert listed_in(out)["0370036N"] != listed["0370036N"]


def test_a_draft_that_was_sent_is_not_listed_again(tmp_path: Path) -> None:
    """Somebody sent and deleted it: a call for others forgets it."""
    campaign = built_campaign(tmp_path)
    out = write_drafts(options_for(campaign)).out
    (out / "drafts" / FOLDER / f"{FIRST}.eml").unlink()
    write_drafts(options_for(campaign, only=frozenset({"0370036N"})))
    assert list(listed_in(out)) == ["0370001A", "0370036N"]


def test_a_text_of_ones_own(tmp_path: Path) -> None:
    """It is filled as templates are: values as in the list, nothing escaped, French spaces, links refused."""
    campaign = built_campaign(tmp_path)
    (tmp_path / "mails").mkdir()
    path = tmp_path / "mails" / "school.txt"
    path.write_text(
        "Objet : {{ school.town }} & <vous> !\n\nAllez sur https://a.fr/?a=1&copy=2 : c'est l'été !\n", "utf-8"
    )
    message = drafts_in(write_drafts(options_for(campaign)).out)[FIRST]
    assert message["Subject"] == "Tours & <vous>\u202f!"
    assert text_of(message) == "Allez sur https://a.fr/?a=1&copy=2\u00a0: c’est l’été\u202f!\n"
    page = message.get_body(("html",))
    assert page is not None and '<a href="https://a.fr/?a=1&amp;copy=2">https' in page.get_content()
    path.write_text("Objet : a\n{{ election.links.portal | address }}\n", "utf-8")
    fault = fault_of(lambda: write_drafts(options_for(campaign)))
    assert (fault.code, fault.place.line) == ("M204", 2)


def test_what_is_made_for_screens_goes_along(tmp_path: Path) -> None:
    """The calendar entry and the picture of a campaign are attached, and the text says so; in a table it does not."""
    campaign, made = built_campaign(tmp_path), ("screen-story", "calendar")
    with campaign.open("a", encoding="utf-8") as file:
        file.writelines(f'\n[[document]]\ntemplate = "{name}"\nper = "school"\n' for name in reversed(made))
    assert set(codes_of(lambda: write_drafts(options_for(campaign)), LeafletError)) == {"P402"}
    build(BuildOptions(campaign=campaign, out=tmp_path / "out"))
    out = write_drafts(options_for(campaign)).out
    message, files = drafts_in(out)[FIRST], listed_in(out)["0370035M"]["attached"]
    parts = [*message.iter_attachments()]
    assert [part.get_content_type() for part in parts] == ["application/pdf", "image/png", "text/calendar"]
    assert [file.partition("/")[0] for file in files] == [FOLDER, *made] and "l’image jointes" in text_of(message)
    assert [part.get_payload(decode=True) for part in parts] == [(out / file).read_bytes() for file in files]
    assert "jointes" not in rows_of(out / write_table(options_for(campaign)).files[0])[0]["texte"]


def test_drafts_are_not_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is forgotten when it is written: memory grows by its line in the list, not by its file."""

    def read(files: BuiltFiles, school: School) -> tuple[Entry, bytes]:
        return replace(files._entries[DESCARTES_PDF], file=f"{FOLDER}/{school.key}.pdf"), b"x" * 50_000

    monkeypatch.setattr(BuiltFiles, "read", read)
    campaign = built_campaign(tmp_path)
    peaks = []
    for count in (10, 60):
        change_rows(campaign, *(DESCARTES.replace("0370035M", make_uai("037", n)) for n in range(1, count + 1)))
        tries = [peak_of(write_drafts, options_for(campaign)) for _ in range(2)]
        assert [result.schools for _, result in tries] == [count, count]
        peaks.append(min(peak for peak, _ in tries))
    assert peaks[1] - peaks[0] < 50 * 10_000, "a draft has 68 kB"


def test_the_table_has_one_row_for_each_school(tmp_path: Path) -> None:
    """Recipient, text and file are those of the school; the text is that of a draft, lines and all."""
    result = write_table(options_for(built_campaign(tmp_path)))
    rows = rows_of(result.out / f"mail-merge-{FOLDER}.csv")
    assert (len(rows), result.schools, tuple(rows[0])) == (3, 3, HEADER)
    row = rows[0]
    assert row["destinataire"] == "ce.0370035m@ac-orleans-tours.fr"
    assert (row["etablissement"], row["commune"], row["piece_jointe"]) == ("Lycée Descartes", "Tours", DESCARTES_PDF)
    assert (result.out / row["piece_jointe"]).is_file()
    assert row["texte"].startswith("Bonjour,\n\nVous trouverez en pièce jointe") and "'" not in row["texte"]


def test_no_cell_of_the_table_is_a_formula(tmp_path: Path) -> None:
    """A name that a spreadsheet would calculate is marked as text."""
    campaign = built_campaign(tmp_path)
    change_rows(campaign, DESCARTES.replace("Lycée", "+33 Lycée").replace("Tours", "-Tours"), AMBOISE)
    build(BuildOptions(campaign=campaign, out=tmp_path / "out"))
    row = rows_of(write_table(options_for(campaign)).out / f"mail-merge-{FOLDER}.csv")[0]
    assert (row["etablissement"], row["commune"]) == ("'+33 Lycée Descartes", "'-Tours")
    assert "pour +33 Lycée Descartes (-Tours)" in row["texte"]


def test_each_line_of_a_text_is_guarded() -> None:
    """A line may end with a comma; one that begins a formula gets an apostrophe."""
    assert as_lines("Bonjour,\n\n=1+1\nfin") == "Bonjour,\n\n'=1+1\nfin"
