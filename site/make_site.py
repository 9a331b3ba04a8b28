"""Write the browser edition: a folder of static files, which does in a browser what ``leaflet studio`` does.

    python site/make_site.py [--out FOLDER] [--parts FOLDER]

What comes from elsewhere is named in ``parts.toml`` and pinned by hash: Python packages in ``requirements/run.lock``,
as for any other installation, npm packages in ``package-lock.json``. Needs Node with npm. The folder of parts keeps
what was downloaded; nothing is downloaded again while the locks stay the same.

Files that are loaded as a whole are compressed here (gzip, ``.bin``), because many servers of static files compress
none; what loads them makes them out again. ``files.json`` lists every file with its hash, size and licence.
"""

import argparse
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from email.parser import HeaderParser
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from leaflet.markup.html_page import render_html  # noqa: E402
from leaflet.program import __version__  # noqa: E402

WASM, ANY = "pyemscripten_2026_0_wasm32", "manylinux_2_17_x86_64"  # as pip names platforms
PYTHON = ("--python-version", "314", "--implementation", "cp", "--abi", "cp314")
PAGES = {"index.html": "fr", "en.html": "en"}
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; "
    "img-src 'self' blob:; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'"
)
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_PAGE_FILES = {".css", ".ftl", ".js", ".svg", ".ttf", ".txt"}
_LEVEL = 9
_LICENCE_FILE = re.compile(r"(?i)(licen[cs]e|copying|notice|copyright)")


def make_site(out: Path, parts: Path) -> None:
    """Write the browser edition.

    Args:
        out: its folder; what stands there is replaced.
        parts: the folder of what is downloaded.
    """
    wanted = tomllib.loads((HERE / "parts.toml").read_text("utf-8"))
    modules = _install_modules(parts)
    wheels = _download(parts, wanted)
    program = parts / "program"
    shutil.rmtree(program, ignore_errors=True)
    _take_program(program, wanted["program"])
    libraries, python, licences = _compile_all(parts, program, modules, wheels, wanted)
    shutil.rmtree(out, ignore_errors=True)
    site = Site(out)
    site.write_packed("engine/program.bin", _archive(program, libraries), f"MIT ({__version__}); " + _named(licences))
    site.write_packed("engine/python.bin", _zip(python), "PSF-2.0")
    _write_modules(site, modules, wanted["licences"])
    _write_page(site)
    site.write("LICENCES.txt", _licence_text(modules, wanted["licences"], licences).encode(), "of each part")
    site.finish()


class Site:
    """The folder that is written, and the list of its files.

    Args:
        out: the folder.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        self.files: dict[str, dict[str, Any]] = {}

    def write(self, name: str, data: bytes, licence: str = "MIT") -> None:
        """Write a file; its licence is that of the program unless it says another one."""
        path = self._out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.files[name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "licence": licence}

    def write_packed(self, name: str, data: bytes, licence: str) -> None:
        """Write a file compressed."""
        self.write(name, gzip.compress(data, _LEVEL, mtime=0), licence)

    def finish(self) -> None:
        """Write what knows all other files: the list for the page, that for people, and the service worker."""
        read = ("LICENCES.txt",)  # by people, at times: it is not kept for them
        kept = {name: [one["sha256"], one["bytes"]] for name, one in sorted(self.files.items()) if name not in read}
        edition = hashlib.sha256(json.dumps(kept).encode()).hexdigest()[:16]
        values = {"EDITION": edition, "VERSION": __version__, "FILES": kept, "POLICY": POLICY}
        listed = "".join(f"export const {name} = {json.dumps(value)};\n" for name, value in values.items())
        self.write("list.js", listed.encode())
        kept["list.js"] = [self.files["list.js"]["sha256"], self.files["list.js"]["bytes"]]
        constants = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in values.items())
        self.write("sw.js", (constants + (HERE / "page" / "sw.js").read_text("utf-8")).encode())
        described = {"version": __version__, "edition": edition, "files": dict(sorted(self.files.items()))}
        (self._out / "files.json").write_text(json.dumps(described, indent=1) + "\n", "utf-8")


def _install_modules(parts: Path) -> Path:
    """Install the npm packages, if they are not what the lock says already."""
    parts.mkdir(parents=True, exist_ok=True)
    lock = (HERE / "package-lock.json").read_bytes()
    stamp = parts / "node_modules" / ".lock"
    if not stamp.exists() or stamp.read_bytes() != lock:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(HERE / name, parts)
        _run("npm", "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", folder=parts)
        stamp.write_bytes(lock)
    return parts / "node_modules"


def _download(parts: Path, wanted: Mapping[str, Any]) -> Path:
    """Download the Python packages as the lock pins them, if they are not there already."""
    lines = re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements" / "run.lock").read_text("utf-8"))
    pinned = {line.partition("==")[0]: line for line in lines}
    locks = {kind: "\n".join(pinned[name] for name in sorted(wanted[kind])) + "\n" for kind in ("wheels", "pure")}
    folder, stamp = parts / "wheels", parts / "wheels" / ".lock"
    if not stamp.exists() or stamp.read_text("utf-8") != "".join(locks.values()):
        shutil.rmtree(folder, ignore_errors=True)
        for kind, platform in (("wheels", WASM), ("pure", ANY)):
            (folder / kind).mkdir(parents=True)
            lock = folder / f"{kind}.lock"
            lock.write_text(locks[kind], "utf-8")
            how = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "--platform", platform, *PYTHON)
            pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "download")
            _run(*pip, *how, "-r", str(lock), "-d", str(folder / kind))
        stamp.write_text("".join(locks.values()), "utf-8")
    return folder


def _compile_all(
    parts: Path, program: Path, modules: Path, wheels: Path, wanted: Mapping[str, Any]
) -> tuple[Path, Path, dict[str, tuple[str, str]]]:
    """Compile the program, and what comes from elsewhere if that is not done.

    Returns:
        What comes from elsewhere: packages, Python’s library, and licences.
    """
    made = parts / "compiled"
    packages, python = made / "packages", made / "python"
    of = [HERE / "parts.toml", HERE / "compile.mjs", HERE / "package-lock.json", wheels / ".lock", Path(__file__)]
    stamp = made / hashlib.sha256(b"".join(path.read_bytes() for path in of)).hexdigest()
    if stamp.exists():
        _compile(parts, program)
    else:
        shutil.rmtree(made, ignore_errors=True)
        licences = dict(_take_wheels(wheels, packages, wanted))
        _take_python(modules / "pyodide" / "python_stdlib.zip", python, wanted["python"]["without"].split())
        _compile(parts, program, packages, python)
        stamp.write_text(json.dumps(licences), "utf-8")
    return packages, python, json.loads(stamp.read_text("utf-8"))


def _compile(parts: Path, own: Path, *others: Path) -> None:
    """Compile Python modules in their places; those of others lose the numbers of their lines."""
    shutil.copy(HERE / "compile.mjs", parts)
    _run("node", str(parts / "compile.mjs"), str(own), *map(str, others))


def _run(*command: str, folder: Path = HERE) -> None:
    if shutil.which(command[0]) is None:
        sys.exit(f"The browser edition is made with {command[0]}, which is missing here; Node brings it.")
    subprocess.run(command, cwd=folder, check=True, stdin=subprocess.DEVNULL)


# --- what runs in the browser ---------------------------------------------------------------------------------------


def _take_program(folder: Path, wanted: Mapping[str, Sequence[str]]) -> None:
    """Copy the program with its resources, as a wheel has them."""

    def left_out(of: Path, without: Sequence[str]) -> Any:
        def ignore(path: str, names: list[str]) -> list[str]:
            below = {name: (Path(path) / name).relative_to(of).as_posix() for name in names}
            return [name for name in names if name == "__pycache__" or below[name] in without]

        return ignore

    package = folder / "leaflet"
    shutil.copytree(ROOT / "leaflet", package, ignore=left_out(ROOT / "leaflet", wanted["without"]))
    shutil.copytree(ROOT / "templates", package / "_data" / "templates")
    assets = ROOT / "assets"
    shutil.copytree(assets, package / "_data" / "assets", ignore=left_out(assets, wanted["assets_without"]))
    page = package / "_data" / "assets" / "studio"
    shutil.rmtree(page)
    page.mkdir()
    shutil.copy(assets / "studio" / "words.toml", page)


def _take_wheels(wheels: Path, folder: Path, wanted: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Copy what is wanted of the packages; yield name and release of each, with its licence and its texts."""
    for path in sorted(wheels.glob("*/*.whl")):
        with ZipFile(path) as wheel:
            names = wheel.namelist()
            metadata = next(name for name in names if name.endswith(".dist-info/METADATA"))
            described = HeaderParser().parsestr(wheel.read(metadata).decode())
            name = re.sub(r"[-_.]+", "-", described["Name"]).lower()
            taken, is_pure = wanted[path.parent.name][name], path.parent.name == "pure"
            begins = tuple(one for one in taken if not one.startswith("!"))
            without = tuple(one[1:] for one in taken if one.startswith("!")) or "\0"
            for inside in names:
                is_code = not PurePosixPath(inside).parts[0].endswith((".dist-info", ".data"))
                is_taken = inside.startswith(begins) and not inside.startswith(without)
                if is_code and is_taken and (inside.endswith(".py") or not is_pure):
                    wheel.extract(inside, folder)
            texts = [_decoded(wheel.read(one)) for one in names if ".dist-info/" in one and _LICENCE_FILE.search(one)]
            yield f"{name} {described['Version']}", (_licence_of(described), "\n\n".join(texts))
    for path in [*folder.rglob("*.pyi"), *folder.rglob("py.typed"), *folder.rglob("*.[ch]"), *folder.rglob("*.pyx")]:
        path.unlink()


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:  # one of those that were written long ago
        return data.decode("cp1252")


def _licence_of(described: Any) -> str:
    """Return the licence that the metadata of a package names."""
    stated = described["License-Expression"] or described["License"] or ""
    if not stated or len(stated) > 60:
        classes = [one for one in described.get_all("Classifier", []) if one.startswith("License ::")]
        stated = "; ".join(one.rpartition(" :: ")[2] for one in classes)
    if not stated:
        raise ValueError(f"{described['Name']} names no licence; parts.toml must")
    return str(stated)


def _take_python(archive: Path, folder: Path, without: Sequence[str]) -> None:
    """Unpack Python's own library, without what nothing here uses."""
    with ZipFile(archive) as packed:
        for name in packed.namelist():
            first = PurePosixPath(name).parts[0]
            if first.removesuffix(".py") not in without and first != "site-packages" and name.endswith(".py"):
                packed.extract(name, folder)


def _archive(*folders: Path) -> bytes:
    """Return the files of folders in one piece: a line of JSON with their names and sizes, then one after the other.

    Files of one kind stand together, which makes them smaller when they are compressed.
    """
    found = sorted(
        (path.suffix, path.relative_to(folder).as_posix(), path)
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    )
    index = json.dumps([[name, path.stat().st_size] for _, name, path in found])
    return b"".join([index.encode(), b"\n", *(path.read_bytes() for *_, path in found)])


def _zip(folder: Path) -> bytes:
    """Return the files of a folder as a ZIP that compresses none."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                packed.writestr(ZipInfo(path.relative_to(folder).as_posix(), _LONG_AGO), path.read_bytes())
    return written.getvalue()


def _write_modules(site: Site, modules: Path, licences: Mapping[str, str]) -> None:
    """Write what comes from npm."""
    pyodide, zxing = modules / "pyodide", modules / "zxing-wasm" / "dist"
    site.write_packed("engine/pyodide.asm.wasm.bin", (pyodide / "pyodide.asm.wasm").read_bytes(), licences["pyodide"])
    for name in ("pyodide.mjs", "pyodide.asm.mjs"):
        text = re.sub(rb"\n?//# sourceMappingURL=\S+\s*$", b"\n", (pyodide / name).read_bytes())
        site.write(f"engine/{name.replace('.mjs', '.js')}", text, licences["pyodide"])
    lock = json.loads((pyodide / "pyodide-lock.json").read_text("utf-8"))
    bare = {"info": lock["info"], "packages": {}}
    site.write("engine/pyodide-lock.json", json.dumps(bare).encode(), licences["pyodide"])
    site.write_packed(
        "engine/zxing.bin", (zxing / "reader" / "zxing_reader.wasm").read_bytes(), licences["zxing-wasm"]
    )
    for name in ("reader/index.js", "share.js"):
        site.write(f"engine/zxing/{name}", (zxing / "es" / name).read_bytes(), licences["zxing-wasm"])


# --- the page -------------------------------------------------------------------------------------------------------


def _write_page(site: Site) -> None:
    """Write the page of the window, with the engine of this edition in the place of the other one."""
    pages, fonts, own = ROOT / "assets" / "studio", ROOT / "assets" / "fonts", HERE / "page"
    found = {path.relative_to(pages).as_posix(): path for path in pages.rglob("*")}
    found |= {f"font/{path.name}": path for path in fonts.iterdir() if path.suffix == ".ttf"}
    found |= {path.name: path for path in own.iterdir() if path.name != "sw.js"}
    for name, path in sorted(found.items()):
        if path.is_file() and path.suffix in _PAGE_FILES:
            site.write(name, path.read_bytes(), _page_licence(name))
    for name, lang in PAGES.items():
        text = render_html(pages / "index.html", {}, {"lang": lang, "title": "leaflet", "policy": POLICY})
        site.write(name, text.encode())


def _page_licence(name: str) -> str:
    if name.startswith("vendor/htm-preact"):
        return "Apache-2.0 (htm); MIT (Preact)"
    if name.startswith("vendor/fluent/"):
        return "Apache-2.0"
    return "OFL-1.1" if name.endswith(".ttf") else "MIT"


# --- licences -------------------------------------------------------------------------------------------------------


def _named(licences: Mapping[str, tuple[str, str]]) -> str:
    return "; ".join(f"{name}: {licence}" for name, (licence, _) in licences.items())


def _licence_text(modules: Path, stated: Mapping[str, str], licences: Mapping[str, tuple[str, str]]) -> str:
    """Return the licence of each part, and their texts."""
    npm = json.loads((HERE / "package-lock.json").read_text("utf-8"))["packages"]
    parts = {f"leaflet {__version__}": ("MIT", (ROOT / "LICENSE").read_text("utf-8"))}
    for name, licence in stated.items():
        texts = [path.read_text("utf-8") for path in sorted((modules / name).glob("LICENSE*"))]
        parts[f"{name} {npm[f'node_modules/{name}']['version']}"] = (licence, "\n\n".join(texts))
    parts["the fonts (assets/fonts/README.md)"] = ("OFL-1.1", (ROOT / "assets/fonts/OFL.txt").read_text("utf-8"))
    vendor = ROOT / "assets" / "studio" / "vendor"
    for name, licence in (("fluent", "Apache-2.0"), ("htm", "Apache-2.0"), ("preact", "MIT")):
        parts[name] = (licence, (vendor / f"LICENSE-{name}.txt").read_text("utf-8"))
    parts |= licences
    head = [f"{name}: {licence}" for name, (licence, _) in parts.items()]
    texts = [f"{'=' * 78}\n{name}\n\n{text.strip()}\n" for name, (_, text) in parts.items() if text]
    return "\n".join(["What this folder is made of, and under which licence.", "", *head, "", *texts])


def main() -> None:
    """Read the command line, and write the folder."""
    arguments = argparse.ArgumentParser(description="Write the browser edition.")
    arguments.add_argument("--out", type=Path, default=ROOT / "out" / "site", help="its folder")
    arguments.add_argument("--parts", type=Path, default=ROOT / "out" / "site-parts", help="what is downloaded")
    given = arguments.parse_args()
    make_site(given.out.resolve(), given.parts.resolve())
    total = sum(path.stat().st_size for path in given.out.rglob("*") if path.is_file())
    print(f"The browser edition is in {given.out} ({total / 1e6:.1f} MB)")


if __name__ == "__main__":
    main()
