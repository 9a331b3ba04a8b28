"""Processes of the program that begin at once: forked from one that has imported it and done nothing else.

A fresh interpreter spends most of a short build on imports. What is forked here is otherwise as fresh: a session, a
resource tracker and signal handlers of its own, and it ends as any process does. How the program starts is tested in
`tests.cli.test_start`.
"""

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
from pathlib import Path
from threading import Condition, Thread
from typing import Any

ROOT = Path(__file__).parents[2]


class Child:
    """A process of the nursery, as `subprocess.Popen` has it; what it says goes into files."""

    def __init__(self, pid: int, nursery: "Nursery", said: Sequence[Path]) -> None:
        self.pid, self._nursery, self._said = pid, nursery, said
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        self.returncode = self._nursery.ended.get(self.pid)
        return self.returncode

    def wait(self, timeout: float) -> int:
        """The exit code, when it has ended.

        Raises:
            TimeoutError: it has not.
        """
        with self._nursery.news:
            if not self._nursery.news.wait_for(lambda: self.pid in self._nursery.ended, timeout):
                raise TimeoutError(f"process {self.pid} goes on")
        code = self.poll()
        assert code is not None
        return code

    def communicate(self, timeout: float) -> tuple[str, str]:
        """Standard output and standard error, when it has ended."""
        self.wait(timeout)
        out, err = (path.read_text("utf-8") for path in self._said)
        return out, err

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)


class Nursery:
    """The process that others are forked from. It has no thread and takes one order at a time."""

    def __init__(self) -> None:
        self.ended: dict[int, int] = {}
        self.news = Condition()
        self._started: list[int] = []
        self._folder = tempfile.TemporaryDirectory(prefix="leaflet-nursery-")
        self._count = 0
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from tests.production.nursery import serve; serve()"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()
        atexit.register(self.close)

    def start(self, arguments: Sequence[str], code: str, environment: Mapping[str, str]) -> Child:
        """Start ``leaflet`` with these arguments, after some code, in a session of its own."""
        self._count += 1
        said = [Path(self._folder.name) / f"{self._count}-{name}" for name in ("out", "err")]
        order = {"arguments": arguments, "code": code, "environment": dict(environment), "said": list(map(str, said))}
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps(order)}\n")
        self._process.stdin.flush()
        with self.news:
            assert self.news.wait_for(lambda: self._started, 60), "the nursery does not answer"
            return Child(self._started.pop(), self, said)

    def close(self) -> None:
        """End the nursery; what it has started goes on."""
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


def serve() -> None:
    """In the nursery: fork for each order, tell the number of the process, and later how it ended."""
    import leaflet.cli.build  # noqa: F401 - what all that is forked has in common

    gc.freeze()
    ended, ending = os.pipe()  # a byte for each end: one that comes just before the nursery listens is not lost
    os.set_blocking(ending, False)
    signal.set_wakeup_fd(ending)
    signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)
    while True:
        news, _, _ = select.select((0, ended), (), ())
        if ended in news:
            os.read(ended, 4096)
            _bury()
        if 0 in news:
            if not (line := sys.stdin.readline()):  # a whole order: there is one at a time
                return
            if (pid := os.fork()) == 0:
                signal.set_wakeup_fd(-1)
                os.close(ended)
                os.close(ending)
                _become(json.loads(line))
                return
            _tell(pid)


def _tell(*numbers: int) -> None:
    os.write(1, f"{' '.join(map(str, numbers))}\n".encode())


def _bury() -> None:
    """Tell of all that have ended."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        _tell(pid, status)


def _become(order: Mapping[str, Any]) -> None:
    """In what was forked: become a process that began with these arguments and this environment."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may not listen to it
    os.environ.clear()
    os.environ.update(order["environment"])
    said = [os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) for path in order["said"]]
    for number, descriptor in enumerate((os.open(os.devnull, os.O_RDONLY), *said)):
        os.dup2(descriptor, number)
        os.close(descriptor)
    sys.argv = ["leaflet", *order["arguments"]]
    exec(order["code"], {})
    from leaflet.__main__ import main

    main()


@cache
def _of_this_process() -> Nursery:
    return Nursery()


def start(arguments: Sequence[str], code: str, environment: Mapping[str, str]) -> Child:
    """Start ``leaflet`` from the nursery of this process, which begins with the first that is asked for."""
    return _of_this_process().start(arguments, code, environment)
