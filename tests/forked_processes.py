"""Start processes of the program quickly, by forking one that has imported it; a new one spends most on imports."""

import atexit
import gc
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from threading import Condition, Lock, Thread
from typing import Any

ROOT = Path(__file__).parents[1]
_TIMEOUT = 120.0  # seconds; a process that takes so long never ends


class Child:
    """A forked process, with the methods of `subprocess.Popen`. Its output goes into files."""

    def __init__(self, pid: int, forker: "Forker", outputs: Sequence[Path]) -> None:
        self.pid, self._forker, self._outputs = pid, forker, outputs
        self.returncode: int | None = None

    def poll(self) -> int | None:
        self.returncode = self._forker.ended.get(self.pid)
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Wait for the process to end; return its exit code."""
        with self._forker.news:
            if not self._forker.news.wait_for(lambda: self.pid in self._forker.ended, timeout):
                raise TimeoutError(f"process {self.pid} goes on")
        code = self.poll()
        assert code is not None
        return code

    def communicate(self, timeout: float) -> tuple[str, str]:
        self.wait(timeout)
        out, err = (data.decode() for data in self.printed())
        return out, err

    def printed(self) -> tuple[bytes, bytes]:
        out, err = (path.read_bytes() for path in self._outputs)
        return out, err

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


class Forker:
    """The process that others are forked from. It has one thread, and reads one order after the other."""

    def __init__(self, *modules: str) -> None:
        self.ended: dict[int, int] = {}
        self.news = Condition()
        self._started: list[int] = []
        self._ordering = Lock()  # an order and its answer belong together
        self._folder = tempfile.TemporaryDirectory(prefix="leaflet-forker-")
        self._count = 0
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"from tests.forked_processes import serve; serve{modules!r}"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()
        atexit.register(self.close)

    def start(self, arguments: Sequence[str], code: str, environment: Mapping[str, str], folder: Path) -> Child:
        """Start ``leaflet`` with these arguments in a folder, after some code, in a session of its own."""
        order = {"arguments": arguments, "code": code, "environment": dict(environment), "folder": str(folder)}
        with self._ordering:
            self._count += 1
            outputs = [Path(self._folder.name) / f"{self._count}-{name}" for name in ("out", "err")]
            assert self._process.stdin is not None
            self._process.stdin.write(f"{json.dumps({**order, 'outputs': list(map(str, outputs))})}\n")
            self._process.stdin.flush()
            with self.news:
                assert self.news.wait_for(lambda: self._started, 60), "the forking process does not answer"
                return Child(self._started.pop(), self, outputs)

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        self._listener.join()
        self._folder.cleanup()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as answers:
            for answer in answers:
                pid, *status = map(int, answer.split())
                with self.news:
                    if status:
                        self.ended[pid] = os.waitstatus_to_exitcode(*status)
                    else:
                        self.ended.pop(pid, None)  # the number of an earlier one
                        self._started.append(pid)
                    self.news.notify_all()


def serve(*modules: str) -> None:
    """Fork a process for each order that a `Forker` sends; print its number, and later how it ended."""
    for module in ("leaflet.cli.commands.build", *modules):  # which all forked processes share
        import_module(module)
    gc.freeze()
    ended, ending = os.pipe()  # a byte for each process that ends, so that none is missed before `select`
    os.set_blocking(ending, False)
    signal.set_wakeup_fd(ending)
    signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)
    while True:
        news, _, _ = select.select((0, ended), (), ())
        if ended in news:
            os.read(ended, 4096)
            _report_ended()
        if 0 in news:
            if not (line := sys.stdin.readline()):  # a whole order: there is one at a time
                return
            if (pid := os.fork()) == 0:
                signal.set_wakeup_fd(-1)
                os.close(ended)
                os.close(ending)
                _run_as_asked(json.loads(line))
                return
            _report(pid)


def _report(*numbers: int) -> None:
    os.write(1, f"{' '.join(map(str, numbers))}\n".encode())


def _report_ended() -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        _report(pid, status)


def _run_as_asked(order: Mapping[str, Any]) -> None:
    """Run the program in a forked process, as if it had been started with these arguments and this environment."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # it may be ignored in the process that runs the tests
    os.environ.clear()
    os.environ.update(order["environment"])
    outputs = [os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) for path in order["outputs"]]
    for number, descriptor in enumerate((os.open(os.devnull, os.O_RDONLY), *outputs)):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.chdir(order["folder"])
    if encoding := os.environ.get("PYTHONIOENCODING"):  # read when an interpreter starts
        for printed in (sys.stdout, sys.stderr):
            assert isinstance(printed, TextIOWrapper)
            printed.reconfigure(encoding=encoding)
    sys.argv = ["leaflet", *order["arguments"]]
    exec(order["code"], {})
    from leaflet.__main__ import main

    main()


@cache
def _forker(*modules: str) -> Forker:
    return Forker(*modules)


def start(
    arguments: Sequence[str],
    code: str = "",
    environment: Mapping[str, str] | None = None,
    folder: Path = ROOT,
    modules: Sequence[str] = (),
) -> Child:
    """Start ``leaflet`` in a folder from the `Forker` of this process, which the first call makes.

    First some code is executed; `environment` is added to that of this process, `modules` to those imported already.
    """
    return _forker(*modules).start(arguments, code, {**os.environ, **(environment or {})}, folder)


def run(
    *arguments: str, code: str = "", environment: Mapping[str, str] | None = None, folder: Path = ROOT
) -> tuple[int, bytes, bytes]:
    """Run ``leaflet``, as `start` starts it; returns exit code, standard output, standard error."""
    child = start(arguments, code, environment, folder)
    return child.wait(_TIMEOUT), *child.printed()
