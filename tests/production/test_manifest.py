"""The manifest is readable and ordered, and whatever is in it, the next build can go on."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from leaflet.production import manifest
from leaflet.production.manifest import Entry, Manifest, making_key, manifest_lines, merge


def entry(record: str, document: str = "leaflet-a4", sha256: str = "0" * 64) -> Entry:
    return Entry(record=record, document=document, file=f"{document}/{record}.pdf", pages=2, sha256=sha256)


def written(campaign: str, election: str, entries: list[Entry]) -> bytes:
    return b"".join(manifest_lines(Manifest(version="1.2", campaign=campaign, election=election, entries=entries)))


def read_entries(out: Path, campaign: str, election: str) -> list[Entry]:
    is_there, found = (lambda name: (out / name).is_file()), manifest.read_manifest(out)
    found = manifest.go_on_from(found, (campaign, election), is_there, may_mix=True)
    return found.entries if found else []


def test_a_list_is_read_back_as_written(tmp_path: Path) -> None:
    entries = [entry("0370035M"), entry("0370036N")]
    data = written("campagne « été ».toml", "2018", entries)
    (tmp_path / "manifest.json").write_bytes(data)
    content = json.loads(data)
    assert (content["campaign"], content["election"], data.count(b"\n")) == ("campagne « été ».toml", "2018", 4)
    assert read_entries(tmp_path, "campagne « été ».toml", "2018") == []  # the files are not there
    for one in entries:
        (tmp_path / one.file).parent.mkdir(exist_ok=True)
        (tmp_path / one.file).write_bytes(b"")
    assert read_entries(tmp_path, "campagne « été ».toml", "2018") == entries
    assert read_entries(tmp_path, "campagne « été ».toml", "2022") == []
    assert read_entries(tmp_path, "autre.toml", "2018") == []


def test_new_entries_take_the_place_of_old_ones() -> None:
    """One entry for each document and record, in that order, whatever was made last."""
    old = [entry("0370036N"), entry("0370035M"), entry("0370035M", "affiche")]
    merged = merge(old, [entry("0370036N", sha256="1" * 64), entry("0370001A")])
    leaflets = [("leaflet-a4", uai) for uai in ("0370001A", "0370035M", "0370036N")]
    assert [(e.document, e.record) for e in merged] == [("affiche", "0370035M"), *leaflets]
    assert merged[-1].sha256 == "1" * 64


def test_a_school_with_another_name_is_listed_beside_its_old_file() -> None:
    old, new = entry("0370036N"), replace(entry("0370036N"), file="leaflet-a4/0370036N-autre-nom.pdf")
    assert list(merge([old], [new])) == [new, old]


def test_makings_are_listed_as_far_as_files_name_them() -> None:
    used, unused = {"theme": "1"}, {"theme": "2"}
    made = replace(entry("0370036N"), making=making_key(used))
    both = {making_key(making): making for making in (used, unused)}
    data = b"".join(manifest_lines(Manifest(campaign="c.toml", election="2018", entries=[made], makings=both)))
    assert json.loads(data)["makings"] == {making_key(used): used}


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b'{"record": "0370036N"}', b'{"record": 1}', b"\xff"])
def test_half_a_line_of_a_journal_is_no_entry(line: bytes) -> None:
    assert manifest.parse_entry(line) is None


HEAD = ("c.toml", "2018")
GOOD = {"record": "0370035M", "document": "d", "file": "d/0370035M.pdf", "pages": 2, "sha256": "0" * 64}
DAMAGED = {
    "nothing": "",
    "no JSON": "{",
    "a list": "[]",
    "no files": "{}",
    "files is null": '{"campaign": "c.toml", "election": "2018", "files": null}',
    "an entry is a text": '{"campaign": "c.toml", "election": "2018", "files": ["x"]}',
    "a field more": json.dumps({"campaign": "c.toml", "election": "2018", "files": [{**GOOD, "name": "x"}]}),
    "a field less": json.dumps({"campaign": "c.toml", "election": "2018", "files": [{"record": "0370035M"}]}),
    "record is a number": json.dumps({"campaign": "c.toml", "election": "2018", "files": [{**GOOD, "record": 1}]}),
    "record is a list": json.dumps({"campaign": "c.toml", "election": "2018", "files": [{**GOOD, "record": []}]}),
    "document is null": json.dumps({"campaign": "c.toml", "election": "2018", "files": [{**GOOD, "document": None}]}),
    "pages is a text": json.dumps({"campaign": "c.toml", "election": "2018", "files": [{**GOOD, "pages": "two"}]}),
    "not UTF-8": "\udcff",
    "very deep": "[" * 100_000,
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_list_counts_as_none(tmp_path: Path, damage: str) -> None:
    """Whatever stands in the file of an earlier build, the next one goes on with its own entries."""
    (tmp_path / "manifest.json").write_bytes(DAMAGED[damage].encode("utf-8", "surrogateescape"))
    mine = entry("0370035M")
    assert list(merge(read_entries(tmp_path, *HEAD), [mine])) == [mine]


def test_no_list_is_an_empty_one(tmp_path: Path) -> None:
    assert read_entries(tmp_path, *HEAD) == []
    (tmp_path / "manifest.json").mkdir()
    assert read_entries(tmp_path, *HEAD) == []


def test_the_version_of_the_program_is_read_back(tmp_path: Path) -> None:
    (tmp_path / manifest.NAME).write_bytes(written("campaign.toml", "2018", []))
    assert json.loads((tmp_path / manifest.NAME).read_bytes())["files"] == []
    found = manifest.read_manifest(tmp_path)
    assert found is not None and found.version == "1.2"
    (tmp_path / manifest.NAME).write_text('{"campaign": "c", "election": "2018", "files": []}', "utf-8")
    found = manifest.read_manifest(tmp_path)
    assert found is not None and found.version == ""
