// Compiles the Python modules of folders in their places, by the Python that will run them.
// `node compile.mjs FOLDER OTHER`: those of the others lose the numbers of their lines, too.
//
// Docstrings and line numbers are half of what a browser would load. What a module asserts is kept.
import { loadPyodide } from "pyodide";

const python = await loadPyodide();
const [, , own, ...others] = process.argv;
for (const [index, root] of [own, ...others].entries()) {
  python.FS.mkdir(`/${index}`);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, `/${index}`);
}
python.runPython(`
import ast
from importlib._bootstrap_external import _code_to_hash_pyc
from importlib.util import source_hash
from pathlib import Path
from types import CodeType


def without_docstrings(tree):
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            if ast.get_docstring(node, clean=False) is not None:
                node.body = node.body[1:] or [ast.Pass(lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)]
    return tree


def without_lines(code):
    units = len(code.co_code) // 2  # of which an entry covers eight; 15 << 3 says that it has no line
    table = bytes([0xFF] * (units // 8) + [0xF8 + units % 8 - 1] * (units % 8 > 0))
    inner = (without_lines(one) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_linetable=table, co_consts=tuple(inner))


for index in range(${1 + others.length}):
    root = Path(f"/{index}")
    for path in sorted(root.rglob("*.py")):
        source = path.read_bytes()
        name = path.relative_to(root).as_posix()
        code = compile(without_docstrings(ast.parse(source)), name, "exec", dont_inherit=True)
        code = without_lines(code) if index else code
        path.with_suffix(".pyc").write_bytes(_code_to_hash_pyc(code, source_hash(source), checked=False))
        path.unlink()
`);
