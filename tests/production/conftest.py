"""Read fonts and templates once for all builds of a test module, and provide storage on this machine alone."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import fsspec
import pytest

from benchmarks.generate import write_campaign
from leaflet.markup.render import Renderer, compile_template
from leaflet.production.storage.remote import open_url
from tests.support import fontbook

COMPILED = str(Path(__file__).parents[2] / ".pytest_cache" / "compiled")
BUCKET = "leaflets"
READERS = ("markup.render", "production.document")  # modules that compile templates


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """Compile each template once for a test module, and read the fonts once."""
    renderers: dict[tuple[Any, ...], Renderer] = {}

    def compile_once(name: str, files: Mapping[str, str], *args: Any, **options: Any) -> Renderer:
        key = (name, *files.items(), *options.items())
        if key not in renderers:
            renderers[key] = compile_template(name, files, *args, **options)
        return renderers[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("leaflet.production.inputs.load_fontbook", fontbook)
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # each worker would compile the program
        patch.setenv("PYTHONPYCACHEPREFIX", COMPILED)
        for module in READERS:
            patch.setattr(f"leaflet.{module}.compile_template", compile_once)
        yield


@pytest.fixture(scope="module")
def campaign(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign of ``SCHOOLS`` schools, a constant of the test module, in several batches."""
    return write_campaign(tmp_path_factory.mktemp("campaign"), request.module.SCHOOLS)


@pytest.fixture
def memory() -> Iterator[str]:
    """An address in this process's memory."""
    yield "memory://leaflets/out"
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs[:] = [""]
    open_url.cache_clear()


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """A storage of the kind of S3 on this machine alone."""
    from moto.server import ThreadedMotoServer
    from s3fs import S3FileSystem

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    emptied = Request(f"http://{host}:{port}/moto-api/reset", method="POST")  # it keeps what another server was told
    urlopen(emptied).close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        for name, value in (
            ("ACCESS_KEY_ID", "nobody"),
            ("SECRET_ACCESS_KEY", "nothing"),
            ("DEFAULT_REGION", "us-east-1"),
        ):
            patch.setenv(f"AWS_{name}", value)
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        S3FileSystem.clear_instance_cache()
        S3FileSystem().mkdir(BUCKET)
        yield f"s3://{BUCKET}"
        open_url.cache_clear()
        S3FileSystem.clear_instance_cache()
        server.stop()
