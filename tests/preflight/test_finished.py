"""Files that are damaged in special ways: what is reported, and what is not read."""

import zlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Literal

import pikepdf
import pytest

from leaflet.preflight.judge import Judge
from leaflet.preflight.judge_processes import judge_files
from leaflet.preflight.pdf.finished_file import FinishedFile
from leaflet.preflight.pdf.page_pieces import Memory
from leaflet.preflight.rule import Finding, OutputFolder, Rule
from leaflet.preflight.targets import CheckTarget
from tests.preflight import cases_file
from tests.preflight.samples import CONTEXT, codes_of, drawn, edited, protected
from tests.support import leaflet_pdf

Edit = Callable[[pikepdf.Pdf], object]


def damage_of(data: bytes, memory: Memory | None = None) -> tuple[str, ...]:
    """What is broken in a file, once its pages are read."""
    with FinishedFile("a.pdf", data, memory or Memory()) as file:
        for page in file.pages:
            _ = page.evidence
        return file.damage


def packed(content: bytes) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(pdf, content)
        stream.Filter = pikepdf.Name.FlateDecode
        pdf.pages[0].obj.Contents = pdf.make_indirect(stream)

    return edit


def test_streams_that_do_not_unpack_are_damage() -> None:
    """Readers of PDF do not compare a checksum; a page of 300 MB in 300 kB is not unpacked."""
    good = zlib.compress(b"BT ET")
    assert damage_of(edited(drawn(cases_file.text), packed(good))) == ()
    (damage,) = damage_of(edited(drawn(cases_file.text), packed(good[:-1] + bytes([good[-1] ^ 1]))))
    assert "incorrect data check" in damage
    (damage,) = damage_of(edited(drawn(cases_file.text), packed(zlib.compress(b" " * (300 << 20), 1))))
    assert "256 MiB" in damage


@pytest.mark.parametrize("content", [b"q 1 0 0", b"BT (a Tj ET", b"<< /A", b"q \xff\xfe Q"])
def test_operators_that_break_off_are_damage(content: bytes) -> None:
    data = edited(drawn(cases_file.text), packed(zlib.compress(content)))
    memory = Memory()
    assert damage_of(data, memory) == damage_of(data, memory) != ()


@pytest.mark.parametrize("sides", [[0, 0, 1e9, 1e9], [0, 0, 0, 0]])
def test_a_page_must_be_a_sheet_of_paper(sides: list[object]) -> None:
    """It is not read; a reader would take seconds for each piece of a page as wide as an ocean."""
    data = edited(drawn(cases_file.text), lambda pdf: setattr(pdf.pages[0].obj, "MediaBox", pikepdf.Array(sides)))
    assert any("MediaBox" in text for text in damage_of(data))


def test_warnings_of_libraries_do_not_escape() -> None:
    """They would be printed between the faults; in the tests they would be errors."""
    data = edited(leaflet_pdf(), lambda pdf: pdf.pages[0].obj.Contents[-1].write(b"q 1 0"))
    assert {"K001", "K006"} <= codes_of(data)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """Nor is a pipe, which would be read for ever."""
    (fault,) = Judge(CONTEXT).judge(CheckTarget(path=tmp_path, name="a.pdf")).faults
    assert fault.code == "K002" and fault.values["problem"]


@pytest.mark.parametrize("revision", [2, 3, 4, 6])
def test_a_file_with_a_password_is_reported(tmp_path: Path, revision: Literal[2, 3, 4, 6]) -> None:
    """In whatever way it is locked; files before and after it are judged as ever."""
    damaged, locked = cases_file.cut_short(), protected(drawn(cases_file.text), revision=revision)
    targets = []
    for name, data in (("a.pdf", damaged), ("b.pdf", locked), ("c.pdf", damaged)):
        (tmp_path / name).write_bytes(data)
        targets.append(CheckTarget(path=tmp_path / name, name=name))
    before, found, after = judge_files(targets, CONTEXT)
    assert [fault.code for fault in found.faults] == ["K007"]
    assert (found.pages, found.size, found.sha256) == (0, len(locked), sha256(locked).hexdigest())
    codes = [fault.code for fault in before.faults]
    assert codes == [fault.code for fault in after.faults] and "K001" in codes


def test_a_file_that_only_its_owner_may_change_is_read() -> None:
    """Nobody is asked for a password then."""
    data = edited(drawn(cases_file.text), encryption=pikepdf.Encryption(user="", owner="o"))
    judged = Judge(CONTEXT).judge_bytes(data, "a.pdf")
    assert judged.pages == 1 and "K007" not in {fault.code for fault in judged.faults}


def test_a_rule_of_outputs_that_loses_its_way(tmp_path: Path) -> None:
    def lose(_output: OutputFolder, _context: object, _options: object):
        yield Finding(values={"problem": "first"})
        raise ValueError("odd")

    judge = Judge(CONTEXT, rules=[Rule(code="K001", family="file", name="x", source="test", output=lose)])
    faults = judge.judge_output(OutputFolder(folder=tmp_path, manifest=None, files=()))
    assert [fault.code for fault in faults] == ["K001", "K004"]
    assert faults[1].values == {"problem": "odd", "rule": "K001"}


def test_a_blank_page_is_reported() -> None:
    """A front is an error; a back may be white on purpose, and is a warning."""
    blank = drawn(lambda canvas: None, pages=2)
    found = {
        (fault.code, fault.place.page): fault.severity for fault in Judge(CONTEXT).judge_bytes(blank, "a.pdf").faults
    }
    assert found["K005", 1] == "error" and found["K956", 2] == "warning" and ("K005", 2) not in found


def test_a_tree_of_pages_that_counts_wrong() -> None:
    """Whatever pikepdf calls it, the file is damaged."""
    data = drawn(cases_file.text).replace(b"<<\n/Count 1 /Kids [ 3 0 R ]", b"<<< /Count 1 /Kids [ 3 0 R >]")
    assert "K001" in codes_of(data)
