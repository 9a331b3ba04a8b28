"""Reviews: what is compared with, what is attached, and how the command ends."""

from pathlib import Path

import pytest

from leaflet.cli.commands.report_commands import _exit_code
from leaflet.faults import Fault, Place, UsageError
from leaflet.preflight.compare.compare_builds import compare_paths
from leaflet.preflight.report.gallery import read_output
from leaflet.preflight.report.review import attach_files, build_base, checked_out, find_base, write_counts
from leaflet.preflight.verdict import FileVerdict, Verdict
from tests.git_folders import commit, git, make_repository, needs_git
from tests.report.support import ROWS, built, campaign, with_cards
from tests.review.fault_cases import options
from tests.support import codes_of, tables_of


@needs_git
def test_the_base_is_where_the_branch_began(tmp_path: Path) -> None:
    """What main has got since is no change of the branch; the folder's name says what it was compared with."""
    path = campaign(make_repository(tmp_path / "dépôt") / "c d")
    commit(path.parent)
    began = git(path.parent, "rev-parse", "HEAD")
    git(path.parent, "switch", "--quiet", "--create", "branche/é$(x)")
    (path.parent / "x").write_text("x", "utf-8")
    commit(path.parent)
    git(path.parent, "switch", "--quiet", "main")
    commit(path.parent)
    git(path.parent, "switch", "--quiet", "-")
    base = find_base(path, "main")
    assert base is not None
    assert (base.commit, base.name) == (began, f"main-{began[:7]}")
    assert base.campaign.as_posix() == "c d/campaign.toml"
    named = find_base(path, "branche/é$(x)")
    assert named is not None and named.name.startswith("branche-x-")
    hashed = find_base(path, began)
    assert hashed is not None and hashed.name == began[:7]
    with checked_out(base, tmp_path / "base") as there:
        assert there.is_file() and not (there.parent / "x").exists()
    assert len(git(path.parent, "worktree", "list").splitlines()) == 1


@needs_git
def test_a_base_is_never_an_option_of_git(tmp_path: Path) -> None:
    """A branch may have any name; noughts are what hosts give before the first commit."""
    path = campaign(make_repository(tmp_path / "r"))
    for name in ("--output=x", "-h", "main..main", "nulle part"):
        assert codes_of(lambda name=name: find_base(path, name), UsageError) == ["U131"]
    assert find_base(path, "") is find_base(path, "0" * 40) is None
    assert [name.name for name in path.parent.iterdir() if name.name == "x"] == []


@needs_git
def test_a_base_without_campaign_is_no_fault(tmp_path: Path) -> None:
    """The first pull request has nothing to be compared with."""
    path = campaign(make_repository(tmp_path / "r"))
    assert build_base(options(path.parent), tmp_path / "work", is_needed=True) == (None, ())


@pytest.mark.parametrize("with_base", [True, False])
def test_what_is_attached(tmp_path: Path, with_base: bool) -> None:
    """One file of each way of changing, up to the limit; without a base every file is new; never one with names."""
    cut = ROWS.splitlines(keepends=True)[0]
    new = built(tmp_path / "new", with_cards(), ROWS).parent / "out"
    old = built(tmp_path / "old", with_cards(), cut.replace("Descartes", "Rabelais")).parent / "out"
    found = compare_paths(old, new) if with_base else None
    attached = attach_files(options(tmp_path, out=tmp_path, most=2), read_output(new), found)
    assert attached == {"pdf": 2, "pictures": 3 if with_base else 0, "left_out": 1, "personal": 1}
    files = sorted(path.relative_to(tmp_path).as_posix() for path in (tmp_path / "pdf").rglob("*.pdf"))
    assert files == ["pdf/leaflet-a4/0370035M-lycee-descartes.pdf", "pdf/leaflet-a4/0370036N-lycee-balzac.pdf"]
    assert all("leaflet-a4" in str(path) for path in (tmp_path / "pictures").rglob("*.png"))


def test_counts_that_are_not_known_are_empty(tmp_path: Path) -> None:
    write_counts(tmp_path, Verdict(), None)
    assert "LEAFLET_CHANGED=\n" in (tmp_path / "counts.env").read_text("utf-8")


@pytest.mark.parametrize(("fail_on", "level", "code"), tables_of(__file__)["ends"])
def test_how_it_ends(fail_on: str, level: str, code: int) -> None:
    """As the check, unless more or less is asked for."""
    fault = Fault("K001", Place(file="a.pdf"), {"problem": "x"}, level)  # type: ignore[arg-type]
    verdict = Verdict(files=(FileVerdict(name="a.pdf", faults=(fault,)),))
    assert _exit_code(fail_on, verdict.exit_code, verdict) == code
