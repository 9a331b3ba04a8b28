"""Chromium over two pipes: https://chromedevtools.github.io/devtools-protocol/, JSON that NUL ends; no driver."""

import fcntl
import json
import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-extensions", "--no-first-run"),
    *("--no-default-browser-check", "--hide-scrollbars", "--remote-debugging-pipe"),
)

_GONE = ("navigated", "context was destroyed", "Cannot find context")  # the page went on to another one


class PageError(Exception):
    """What a script in the page threw, or what the browser refused."""


class Chromium:
    """One browser with one page, which keeps its things in a new folder. A context manager."""

    def __init__(self, folder: Path) -> None:
        assert PROGRAM is not None
        theirs_in, ours_out = map(_above, os.pipe())
        ours_in, theirs_out = map(_above, os.pipe())
        # The browser reads from descriptor 3 and writes to 4, whatever ours are called here.
        command = f'exec 3<&{theirs_in} 4>&{theirs_out}; exec "$@" {theirs_in}<&- {theirs_out}>&-'
        arguments = [PROGRAM, *_OPTIONS, f"--user-data-dir={folder}", "about:blank"]
        self._process = subprocess.Popen(
            ["bash", "-c", command, "bash", *arguments],
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._out: BinaryIO = os.fdopen(ours_out, "wb", buffering=0)
        self._in: BinaryIO = os.fdopen(ours_in, "rb")
        self._number = 0
        self._session = ""

    def __enter__(self) -> "Chromium":
        (target, *_) = [one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page"]
        self._session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._out.close()  # the browser ends with its pipe
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._in.close()

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise PageError(f"{method}: {answer['error']}")
                return answer["result"]

    def open(self, url: str) -> None:
        self.call("Page.navigate", url=url)
        self.run("new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', done))")

    def run(self, script: str) -> Any:
        """What a script gives, waited for if it is a promise."""
        result = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise PageError(json.dumps(result["exceptionDetails"]))
        return result["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until an expression of the page is true, at each change of the page; give up after half a minute."""
        look = (
            f"new Promise((done, fail) => {{ const look = () => ({condition}) && (watch.disconnect(), done()); "
            "const watch = new MutationObserver(look); watch.observe(document, {subtree: true, childList: true, "
            "attributes: true, characterData: true}); "
            f"setTimeout(() => fail(new Error({json.dumps(condition)} + ' in ' + document.body.innerText)), 30000); "
            "look(); })"
        )
        while True:
            try:
                self.run(look)
                return
            except PageError as error:
                if not any(word in str(error) for word in _GONE):
                    raise

    def _read(self) -> dict[str, Any]:
        data = bytearray()
        while (byte := self._in.read(1)) != b"\0":
            if not byte:
                raise PageError("the browser has ended")
            data += byte
        return json.loads(data)


def _above(descriptor: int) -> int:
    """The same pipe under a number that is out of the way of the browser's own."""
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(descriptor)
    return moved
