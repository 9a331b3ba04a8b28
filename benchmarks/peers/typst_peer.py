"""Typst: one ``typst.Compiler`` for all schools, tagged output.

A school is handed in by two lines of main file that import ``leaflet.typ`` and call it: Typst then keeps what
it evaluated and laid out for the school before. The variant ``sys_inputs`` hands the same values in as
``sys.inputs``, as its manual shows; any change there makes Typst evaluate and lay out everything again
(about four times slower). QR codes are one `curve` each, from data made once.
"""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from generate import School

from peers.base import HERE, QR_LINKS, Peer, fonts_folder, qr_runs

STANDARDS: dict[str, list[str]] = {"tagged": [], "ua-1": ["ua-1"], "ua-1 a-2a": ["ua-1", "a-2a"], "sys_inputs": []}
_INPUTS_MAIN = '#import "leaflet.typ": leaflet\n#leaflet(sys.inputs)\n'


def _write_root(folder: Path) -> Path:
    """Lay out a Typst project: template, QR data and main file; returns the main file."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "leaflet.typ", folder / "leaflet.typ")
    codes = {name: qr_runs(link) for name, link in QR_LINKS.items()}
    (folder / "qr.json").write_text(json.dumps(codes), encoding="utf-8")
    main = folder / "main.typ"
    main.write_text(_INPUTS_MAIN, encoding="utf-8")
    return main


def _values(school: School) -> str:
    """A school as a Typst dictionary of string literals."""
    return f"({', '.join(f'{key}: {json.dumps(text, ensure_ascii=False)}' for key, text in asdict(school).items())})"


def _as_main(school: School) -> bytes:
    """A main file that calls the template with this school's values."""
    return f'#import "leaflet.typ": leaflet\n#leaflet({_values(school)})\n'.encode()


def _as_one_main(schools: Sequence[School]) -> bytes:
    """A main file that calls the template for all schools, one after the other."""
    values = ",\n".join(map(_values, schools))
    return f'#import "leaflet.typ": leaflets\n#leaflets((\n{values},\n))\n'.encode()


def make_peer(variant: str, folder: Path) -> Peer:
    """Start the compiler with the package fonts alone."""
    from importlib.metadata import version

    import typst

    root = folder / "typst-root"
    main = _write_root(root)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts_folder())])
    compiler: Any = typst.Compiler(str(main), root=str(root), font_paths=fonts)
    standards = STANDARDS[variant]

    def render_inputs(school: School) -> bytes:
        return compiler.compile(format="pdf", sys_inputs=asdict(school), pdf_standards=standards, timestamp=0)

    def render_import(school: School) -> bytes:
        return compiler.compile(_as_main(school), format="pdf", pdf_standards=standards, timestamp=0)

    def merge(schools: Sequence[School], path: Path) -> None:
        compiler.compile(_as_one_main(schools), output=str(path), format="pdf", pdf_standards=standards, timestamp=0)

    render: Callable[[School], bytes] = render_inputs if variant == "sys_inputs" else render_import
    return Peer(version=version("typst"), render=render, merge=merge)
