"""Measures the browser edition in Chromium, from a server of this machine, against the program in the same minute.

Measured, each the median of all rounds: seconds from the address to the page that can be used, to the first picture
of a leaflet, and for a ZIP of 300 leaflets, in a browser that has never been there (cold) and in one that has been
there twice (warm); megabytes that the server sent; memory of the page's process; the same ZIP by the program itself.
Then, once: that 1,001 leaflets, sheets of 45 cards and a file for the copier have the bytes of the command line; a
list of 60,000 rows; a file for the copier of 20,000 schools.

    make site && python benchmarks/in_browser.py --rounds 5 --write
"""

import argparse
import hashlib
import json
import sys
import tempfile
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any
from zipfile import ZipFile

from generate import COUNTRY, make_schools, make_uai
from machine import describe_machine
from playwright.sync_api import BrowserContext, Page, sync_playwright
from results import markdown_table, write_section

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from leaflet.production.build import build  # noqa: E402
from leaflet.production.options import BuildOptions, PrintRunOptions  # noqa: E402
from leaflet.production.print_run import print_run  # noqa: E402
from leaflet.studio.engine import Engine  # noqa: E402
from tests.previews.chromium import PROGRAM  # noqa: E402
from tests.site.support import write_kept  # noqa: E402
from tests.studio.support import HERE, answer_all  # noqa: E402

ZIP = 300
LIMITS = {"cold: first picture": 8.0, "warm: first picture": 2.5, "MB sent, cold": 15.0, "ratio to the program": 2.5}
Figures = dict[str, list[float]]


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012
    sent: list[int]

    def copyfile(self, source: Any, outputfile: Any) -> None:
        data = source.read()
        self.sent.append(len(data))
        outputfile.write(data)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """Serve a folder; yield its address, and the bytes of each file that is sent."""
    sent: list[int] = []
    handler = partial(type("Handler", (_Handler,), {"sent": sent}), directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", sent
        server.shutdown()


@contextmanager
def browser() -> Iterator[BrowserContext]:
    """Open a browser with a profile of its own, as people have one: what it compiled stays on the disk."""
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as started:
        switches = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        context = started.chromium.launch_persistent_context(profile, executable_path=PROGRAM, args=switches)
        context.set_default_timeout(600_000)
        yield context
        context.close()


def ask(page: Page, name: str, **args: object) -> Any:
    """Call the engine of the page, and return its answer."""
    return page.evaluate("async ([name, args]) => (await import('./store.js')).engine.call(name, args)", [name, args])


def give(page: Page, text: str) -> Any:
    """Hand a list to the engine of the page, and return how many rows it counts of each kind."""
    upload = "async (text) => (await import('./store.js')).engine.upload('list', new File([text], 'liste.csv'))"
    return page.evaluate(upload, text)["list"]["counts"]


def made(page: Page, *outputs: str) -> Any:
    """Have outputs made; return what the engine answers, with the seconds as the page sees them."""
    return page.evaluate(
        """async (outputs) => {
        const { engine } = await import("./store.js"), start = performance.now();
        const made = await engine.make({ outputs, changedOnly: false }, () => {}).catch(({ fault }) => ({ fault }));
        return { ...made, seconds: (performance.now() - start) / 1000 };
    }""",
        outputs,
    )


def hash_of(page: Page, path: str) -> str:
    """Return the hash of a file that was made, as `digest` does."""
    data = b64decode(page.evaluate(_FILE, path))
    return digest(data)


_FILE = """async (path) => {
  const { engine } = await import("./store.js"), kept = URL.createObjectURL;
  const file = new Promise((resolve) => { URL.createObjectURL = (blob) => (resolve(blob), kept.call(URL, blob)); });
  delete window.showSaveFilePicker;
  HTMLAnchorElement.prototype.click = () => {};
  void engine.save(path);
  const data = new Uint8Array(await (await file).arrayBuffer());
  URL.createObjectURL = kept;
  let text = "";
  for (let at = 0; at < data.length; at += 30000) text += String.fromCharCode(...data.subarray(at, at + 30000));
  return btoa(text);
}"""


def digest(data: bytes) -> str:
    """Return the hash of a file; of a ZIP, of the files in it that are leaflets."""
    found = hashlib.sha256()
    if not data.startswith(b"PK"):
        return hashlib.sha256(data).hexdigest()
    with ZipFile(BytesIO(data)) as packed:
        for name in sorted(packed.namelist()):
            if name.endswith(".pdf"):
                found.update(name.encode() + hashlib.sha256(packed.read(name)).digest())
    return found.hexdigest()


@contextmanager
def begun(site: Path, kind: str) -> Iterator[Page]:
    """Begin a campaign in a browser that has never been there, and answer all its questions; yield the page."""
    with served(site) as (url, _), browser() as context:
        page = context.new_page()
        page.goto(url)
        page.locator(".door").first.wait_for()
        ask(page, "start", election="2026", kind=kind)
        answer_all(lambda name, args: ask(page, name, **args))
        yield page


def list_of(count: int) -> str:
    """A list of schools of the whole country."""
    schools = make_schools(count, COUNTRY)
    rows = [f"{one.uai};{one.nom};{one.commune};{one.code_postal};{one.exemplaires}" for one in schools]
    return "\n".join(["UAI;Nom;Commune;CP;Nb ex.", *rows, ""])


def memory(page: Page) -> float:
    """The memory of the largest process that shows a page, in MiB."""
    found = 0
    for folder in Path("/proc").iterdir():
        try:
            if b"--type=renderer" in (folder / "cmdline").read_bytes():
                status = (folder / "status").read_text()
                found = max(found, int(status.split("VmHWM:")[1].split()[0]))
        except (OSError, IndexError):
            continue
    return found / 1024


def seen(page: Page, what: str) -> float:
    """Return after how many seconds the page showed something, by its own clock: a driver looks now and then only."""
    return float(page.wait_for_function("(what) => window.seen[what]", arg=what).json_value())


_WATCH = """
const seen = (window.seen = {}), note = (what) => requestAnimationFrame((now) => (seen[what] ??= now / 1000));
new MutationObserver(() => {
  if (document.querySelector(".door")) note("ready");
  const picture = document.querySelector("figure img");
  if (picture?.complete && picture.naturalWidth) note("picture");
  else picture?.addEventListener("load", () => note("picture"), { once: true });
}).observe(document, { childList: true, subtree: true });
"""


def one_round(site: Path, figures: Figures) -> None:
    """Be there for the first time, twice more, and make the same with the program itself."""

    def note(name: str, value: float) -> None:
        figures.setdefault(name, []).append(value)

    with served(site) as (url, sent), browser() as context:
        page = context.new_page()
        page.add_init_script(_WATCH)
        page.goto(url)
        page.locator(".door").first.wait_for()
        page.locator(".door").first.click()
        page.locator("figure img").first.wait_for()
        note("cold: ready", seen(page, "ready"))
        note("cold: first picture", seen(page, "picture"))
        answer_all(lambda name, args: ask(page, name, **args))
        give(page, list_of(ZIP))
        note(f"cold: {ZIP} leaflets", made(page, "zip")["seconds"])
        page.evaluate("navigator.serviceWorker.ready")
        page.wait_for_timeout(3_000)
        note("MB sent, cold", sum(sent) / 1e6)
        for _ in range(3):
            page.goto("about:blank")
            before = sum(sent)
            page.goto(f"{url}#/election")
            page.locator("figure img").first.wait_for()
            page.wait_for_timeout(4_000)  # in which the browser keeps what it compiled
        note("warm: first picture", seen(page, "picture"))
        note("MB sent, warm", (sum(sent) - before) / 1e6)
        note(f"warm: {ZIP} leaflets", in_browser := made(page, "zip")["seconds"])
        note("MiB of memory", memory(page))
        with tempfile.TemporaryDirectory() as folder:
            write_kept(page, Path(folder))
            engine = Engine(Path(folder), "fr", HERE)
            engine.call("picture", {})
            start = time.perf_counter()
            list(engine.make({"outputs": ["zip"], "changedOnly": False}))
            note(f"the program: {ZIP} leaflets", here := time.perf_counter() - start)
        note("ratio to the program", in_browser / here)


def same_bytes(site: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield whether what the browser makes is what the command line makes."""
    with begun(site, "leaflets") as page:
        for count, output in ((1001, "zip"), (1001, "copier")):
            give(page, list_of(count))
            result = made(page, output)
            here = folder / output
            campaign = write_kept(page, here)
            if output == "zip":
                build(
                    BuildOptions(campaign=campaign, out=here / "b.zip", address=str(here / "b.zip"), keep_going=True)
                )
                file = here / "b.zip"
            else:
                run = PrintRunOptions(campaign=campaign, out=here / "run", document="leaflet-a4", keep_going=True)
                print_run(run)
                (file,) = (here / "run").glob("print-run*.pdf")
            path = next(one["path"] for one in result["files"] if one["path"].endswith(file.suffix))
            is_same = hash_of(page, path) == digest(file.read_bytes())
            yield f"{output} of {count} schools: the command line’s bytes", f"{is_same} ({result['seconds']:.1f} s)"
    with begun(site, "cards") as page:
        people = "\n".join(f"EXEMPLE{chr(65 + number % 26)} Prénom{chr(97 + number // 26)}" for number in range(45))
        school = {"uai": make_uai("037", 36), "name": "Lycée d’exemple", "town": "Tours"}
        ask(page, "pastePeople", text=people, school=school)
        result = made(page, "cards")
        campaign = write_kept(page, folder / "cards")
        build(BuildOptions(campaign=campaign, out=folder / "cards" / "out", document="memo-card", keep_going=True))
        (file,) = (folder / "cards" / "out" / "memo-card").glob("*.pdf")
        is_same = hash_of(page, result["files"][0]["path"]) == digest(file.read_bytes())
        yield "sheets of 45 cards: the command line’s bytes", f"{is_same} ({result['seconds']:.1f} s)"


def long_lists(site: Path) -> Iterator[tuple[str, str]]:
    """Yield what becomes of long lists."""
    for count, outputs in ((60_000, ()), (20_000, ("copier",))):
        with begun(site, "leaflets") as page:
            text = list_of(min(count, 58_000))
            if count > 58_000:
                text += "\n".join([*text.splitlines()[1 : count - 58_000 + 1], ""])
            start = time.perf_counter()
            counts = give(page, text)
            yield f"a list of {count:,} rows read", f"{time.perf_counter() - start:.1f} s, {json.dumps(counts)}"
            why = {one["id"]: one["why"] for one in ask(page, "plan")["outputs"]}
            yield f"a ZIP of {count:,} schools", why["zip"]
            if outputs:
                result = made(page, *outputs)
                told = result["fault"]["text"] if "fault" in result else f"{result['seconds']:.1f} s"
                yield f"{', '.join(outputs)} of {count:,} schools", f"{told}, {memory(page):.0f} MiB"


def main() -> None:
    """Read the command line; print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, default=ROOT / "out" / "site", help="the folder that make site wrote")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--once", action="store_true", help="only what is measured once")
    parser.add_argument("--write", action="store_true", help="put the figures into RESULTS.md, too")
    given = parser.parse_args()
    figures: Figures = {}
    for _ in range(0 if given.once else given.rounds):
        one_round(given.site, figures)
        print({name: round(values[-1], 2) for name, values in figures.items()}, flush=True)
    rows = [
        (name, f"{median(values):.2f}", f"{min(values):.2f}–{max(values):.2f}", f"{LIMITS.get(name, '')}")
        for name, values in figures.items()
    ]
    once = []
    with tempfile.TemporaryDirectory() as folder:
        for row in (*same_bytes(given.site, Path(folder)), *long_lists(given.site)):
            once.append(row)
            print(*row, sep=": ", flush=True)
    table = markdown_table(("Measured", "median", "least–most", "limit"), rows)
    text = f"{describe_machine(ROOT)} · Chromium\n\n{table}\n\n{markdown_table(('Once', ''), once, left=2)}"
    print(text)
    if given.write:
        write_section("The browser edition", text)


if __name__ == "__main__":
    main()
