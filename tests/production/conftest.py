"""Read fonts and templates once for all builds of a test module, and provide storage on this machine alone."""

from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import fsspec
import pytest

from benchmarks.generate import write_campaign
from leaflet.production.storage.remote import open_url
from tests.production.build_processes import listing, made
from tests.read_once import read_fonts_and_templates_once

COMPILED = str(Path(__file__).parents[2] / ".pytest_cache" / "compiled")
BUCKET = "leaflets"


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """Compile each template once for a test module, and read the fonts once."""
    with pytest.MonkeyPatch.context() as patch:
        read_fonts_and_templates_once(patch)
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # each worker would compile the program
        patch.setenv("PYTHONPYCACHEPREFIX", COMPILED)
        yield


@pytest.fixture(scope="module")
def campaign(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_campaign(tmp_path_factory.mktemp("campaign"), request.module.SCHOOLS)


@pytest.fixture(scope="module")
def wanted(campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files of an undisturbed build, which does not verify them."""
    out = tmp_path_factory.mktemp("wanted") / "out"
    made(campaign, out)
    return listing(out)


@pytest.fixture
def memory() -> Iterator[str]:
    yield "memory://leaflets/out"
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs[:] = [""]
    open_url.cache_clear()


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
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
