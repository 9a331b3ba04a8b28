"""Write the software bill of materials of a release (CycloneDX): what `requirements/run.lock` names, with all hashes.

python release/make_sbom.py --out dist
"""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_VERSION = re.compile(r'^__version__ = "([^"]+)"', re.MULTILINE)


def make_sbom(lock: Path, project: Path) -> str:
    """Return the bill of a lock as JSON, which is the same each time.

    Args:
        lock: a hash-locked file of requirements.
        project: the folder of `pyproject.toml`.
    """
    options = ["--output-reproducible", "--no-validate", "--pyproject", str(project / "pyproject.toml"), str(lock)]
    command = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", *options]
    bill = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    found = _VERSION.search((project / "leaflet" / "program.py").read_text("utf-8"))
    assert found is not None
    bill["metadata"]["component"]["version"] = found[1]  # which pyproject.toml leaves to the build
    for component in bill["components"]:
        del component["description"]  # the lines of the lock, hashes included, which stand with the files as well
    return json.dumps(bill, indent=1, ensure_ascii=False) + "\n"


def find_mistake(bill: str) -> object:
    """Return what of a bill is not as CycloneDX has it; None if all is."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    return JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill)


def main() -> None:
    """Write the bill, named after project and version."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("dist"), help="the folder it is put into (dist)")
    asked = parser.parse_args()
    bill = make_sbom(ROOT / "requirements" / "run.lock", ROOT)
    if mistake := find_mistake(bill):
        sys.exit(str(mistake))
    root = json.loads(bill)["metadata"]["component"]
    asked.out.mkdir(parents=True, exist_ok=True)
    target = asked.out / f"{root['name']}-{root['version']}.cdx.json"
    target.write_text(bill, "utf-8", newline="\n")
    print(f"{target}: {len(json.loads(bill)['components'])} libraries")


if __name__ == "__main__":
    main()
