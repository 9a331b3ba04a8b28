"""Connect to a Dask scheduler, or say plainly why there is none.

Dask's client waits without end for whatever takes a connection, and fails in many ways. So what answers is first
asked who it is. Certificates for ``tls://`` are those of Dask's own settings (``distributed.comm.tls``).
"""

import asyncio
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple

from leaflet.faults import LeafletError, Place, fail

_CONNECT_SECONDS = 6  # a scheduler that has just been started takes some
_ANSWER_SECONDS = 8  # until it has said who it is

_OPTION = Place(field="--scheduler")
_SCHEMES = ("tcp", "tls", "ws", "wss")
_ENCRYPTED = ("tls", "wss")
_LAST_PORT = 65535


class _Why(NamedTuple):
    """A reason in both languages."""

    en: str
    fr: str


_NO_ADDRESS = _Why("that is no address of a scheduler", "ce n’est pas l’adresse d’un ordonnanceur")
_SILENT = _Why(
    "nothing answers; it does not run, or has another name or port",
    "rien ne répond\u00a0; il ne tourne pas, ou son nom ou son port est autre",
)
_STRANGE = _Why("what answers is something else, or wants tls://", "ce qui répond est autre chose, ou demande tls://")
_UNNAMED = _Why("Dask’s settings name no certificates", "les réglages de Dask ne nomment pas de certificats")
_UNREADABLE = _Why(
    "a certificate or key of Dask’s settings cannot be read",
    "un certificat ou une clé des réglages de Dask ne peut pas être lu",
)
_REQUIRED = _Why("Dask’s settings ask for tls://", "les réglages de Dask demandent tls://")
_REFUSED = _Why(
    "the other side does not encrypt, or one of the two refuses the certificate of the other",
    "l’autre côté ne chiffre pas, ou l’un des deux refuse le certificat de l’autre",
)


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """Connect to a scheduler until the block ends; yield Dask's client.

    Raises:
        UsageError: no scheduler answers (U024), or not with these certificates (U034).
    """
    is_encrypted = _scheme(address) in _ENCRYPTED
    security = _security(address, is_encrypted=is_encrypted)
    try:
        kind = _ask_kind(address, security.get_connection_args("client"))
    except Exception as error:  # whatever reading anything as an answer of Dask may raise
        is_silent = isinstance(error, TimeoutError | UnicodeError) or type(error) is OSError  # as Dask raises it
        if is_encrypted and not is_silent:
            raise _not_encrypted(address, _REFUSED) from None
        raise _no_scheduler(address, _SILENT if is_silent else _STRANGE) from None
    if kind != "Scheduler":
        raise _no_scheduler(address, _STRANGE)
    with _client(address, security) as client:
        yield client


def _scheme(address: str) -> str:
    """Return the kind of connection that an address asks for.

    Raises:
        UsageError: it is no address (U024).
    """
    from distributed.comm.addressing import parse_address, parse_host_port

    try:
        scheme, place = parse_address(address)
        _, port = parse_host_port(place)
    except ValueError:
        raise _no_scheduler(address, _NO_ADDRESS) from None
    if scheme not in _SCHEMES or not 0 < port <= _LAST_PORT:
        raise _no_scheduler(address, _NO_ADDRESS)
    return str(scheme)


def _security(address: str, *, is_encrypted: bool) -> Any:
    """Return the certificates of Dask's settings.

    Raises:
        UsageError: they cannot be used for this address (U034).
    """
    from distributed import Security

    try:
        security = Security()
        arguments = security.get_connection_args("client")
    except (OSError, TypeError, ValueError):
        raise _not_encrypted(address, _UNREADABLE) from None
    if is_encrypted and arguments["ssl_context"] is None:
        raise _not_encrypted(address, _UNNAMED)
    if arguments["require_encryption"] and not is_encrypted:
        raise _not_encrypted(address, _REQUIRED)
    return security


def _ask_kind(address: str, arguments: Mapping[str, Any]) -> object:
    """Return as what kind of process the one at an address describes itself."""
    with ThreadPoolExecutor(1) as pool:  # this thread may have a loop of its own
        return pool.submit(asyncio.run, _ask_identity(address, arguments)).result()["type"]


async def _ask_identity(address: str, arguments: Mapping[str, Any]) -> Any:
    """Return what the process at an address says of itself."""
    from distributed.comm.core import connect

    async with asyncio.timeout(_ANSWER_SECONDS):
        comm = await connect(address, timeout=_CONNECT_SECONDS, **arguments)
        try:
            await comm.write({"op": "identity", "reply": True})
            return await comm.read()
        finally:
            comm.abort()


def _client(address: str, security: Any) -> Any:
    """Return Dask's client, connected.

    Raises:
        UsageError: the scheduler is gone again (U024).
    """
    from distributed import Client

    try:
        return Client(address, timeout=_ANSWER_SECONDS, security=security)
    except (OSError, ValueError):
        raise _no_scheduler(address, _SILENT) from None


def _no_scheduler(address: str, why: _Why) -> LeafletError:
    """Return the fault that no scheduler answers."""
    return fail("U024", _OPTION, value=address, why_en=why.en, why_fr=why.fr)


def _not_encrypted(address: str, why: _Why) -> LeafletError:
    """Return the fault that a connection cannot be encrypted."""
    return fail("U034", _OPTION, value=address, why_en=why.en, why_fr=why.fr)
