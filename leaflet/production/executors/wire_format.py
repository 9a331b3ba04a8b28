"""Turn setups, batches and results into bytes and back, for workers on other machines: MessagePack, never pickles.

A decoder knows beforehand which types it makes; nothing in the bytes names one. Most of a setup are plain values. Two
are not, and are rebuilt from what they are made from: `RecordContexts` from the académies, `FontBook` from the files
of its fonts.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_type_hints

from msgspec import MsgspecError, Struct, convert
from msgspec.msgpack import Decoder, Encoder
from msgspec.structs import replace
from pydantic import BaseModel

from leaflet.campaign import Campaign
from leaflet.campaign.academies import Academies
from leaflet.faults import Fault, LeafletError, Place, Report, error_class, fail
from leaflet.fonts import Faces, FontBook, Weight
from leaflet.production.materials import Materials
from leaflet.production.origins import program_digest
from leaflet.production.storage.archive import HeldSink
from leaflet.production.storage.folder import FolderSink
from leaflet.production.storage.remote import RemoteSink
from leaflet.production.worker import Batch, BatchResult, BuildSetup
from leaflet.records import RecordContexts

_REBUILT = ("contexts", "book")


class _Fonts(Struct, frozen=True):
    """A `FontBook` as it is sent.

    Attributes:
        family: its name.
        files: the TrueType files by weight.
        letters: those that files have, None for all.
    """

    family: str
    files: Mapping[Weight, bytes]
    letters: frozenset[str] | None


class _Setup(Struct, frozen=True):
    """A `BuildSetup` as it is sent.

    Attributes:
        program: the digest of the code that the files are to be made with.
        sink: the writer of files.
        verify: read files back and verify them.
        academies: those that record contexts are made from; the campaign is among the values.
        fonts: the font book.
        values: the other fields of the materials by name, each as bytes.
    """

    program: str
    sink: FolderSink | HeldSink | RemoteSink
    verify: bool
    academies: Academies
    fonts: _Fonts
    values: Mapping[str, bytes]


class _Answer(Struct, frozen=True):
    """The result of a batch, or the faults for which there is none."""

    result: BatchResult | None
    faults: list[Fault]


def encode_setup(setup: BuildSetup) -> bytes:
    """Return a setup as bytes."""
    assert isinstance(setup.sink, FolderSink | HeldSink | RemoteSink), "all stores have one of these"
    materials, book = setup.materials, setup.materials.book
    plain = replace(materials, campaign=_needed(materials.campaign))
    values = {name: _encode(getattr(plain, name)) for name in Materials.__struct_fields__ if name not in _REBUILT}
    fonts = _Fonts(book.family, book.faces.files, book.letters)
    return _encode(_Setup(program_digest(), setup.sink, setup.verify, materials.contexts.academies, fonts, values))


def decode_setup(data: bytes) -> BuildSetup:
    """Return a setup from its bytes.

    Raises:
        RenderError: it was sent by another release of the program (W121).
    """
    found: _Setup = _decode(data, _Setup)
    if found.program != program_digest():
        raise fail("W121", Place())
    types = get_type_hints(Materials)
    values = {name: _decode(value, types[name]) for name, value in found.values.items()}
    materials = Materials(
        contexts=RecordContexts(values["campaign"], found.academies, Report()),
        book=FontBook(found.fonts.family, Faces(found.fonts.files), found.fonts.letters),
        **values,
    )
    return BuildSetup(materials, found.sink, found.verify)


def encode_batch(batch: Batch) -> bytes:
    """Return a batch as bytes."""
    return _encode(batch)


def decode_batch(data: bytes) -> Batch:
    """Return a batch from its bytes.

    Raises:
        RenderError: it was sent by another release of the program (W121).
    """
    found: Batch = _decode(data, Batch)
    return found


def encode_result(result: BatchResult) -> bytes:
    """Return the result of a batch as bytes."""
    return _encode(_Answer(replace(result, faults=[*map(_plain_fault, result.faults)]), []))


def encode_error(error: LeafletError) -> bytes:
    """Return as bytes why there is no result of a batch."""
    return _encode(_Answer(None, [*map(_plain_fault, error.faults)]))


def decode_result(data: bytes) -> BatchResult:
    """Return the result of a batch from its bytes.

    Raises:
        LeafletError: the batch could not be made; or the bytes are of another release of the program (W121).
    """
    answer: _Answer = _decode(data, _Answer)
    if answer.result is None:
        raise error_class(answer.faults[0].code)(answer.faults)
    return answer.result


def _needed(campaign: Campaign) -> Campaign:
    """Return a campaign without what nobody needs who makes files: there values may be of any kind that TOML has."""
    profile = campaign.profile.model_copy(update={"facts": {}})
    return replace(campaign, profile=profile, stock={}, check={})


def _plain_fault(fault: Fault) -> Fault:
    """Return a fault with the same messages, whose values are texts and numbers."""
    plain = {name: value if isinstance(value, int | float) else str(value) for name, value in fault.values.items()}
    return replace(fault, values=plain)


def _take_apart(value: object) -> object:
    """Return what a value is made from that MessagePack does not know."""
    if isinstance(value, BaseModel):
        return dict(value)
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(type(value))


def _rebuild(kind: type, value: Any) -> object:
    """Return a value of a type that MessagePack does not know; a model was validated before it was sent."""
    if issubclass(kind, BaseModel):
        types = get_type_hints(kind)
        fields = {name: convert(value[name], types[name], dec_hook=_rebuild) for name in kind.model_fields}
        return kind.model_construct(**fields)
    if issubclass(kind, Path):
        return kind(value)
    if kind is object:  # a value of a fault, a text or a number
        return value
    raise NotImplementedError(kind)


_encode = Encoder(enc_hook=_take_apart).encode


def _decode(data: bytes, kind: Any) -> Any:
    """Return a value of a type from its bytes.

    Raises:
        RenderError: they are no such value (W121).
    """
    try:
        return Decoder(kind, dec_hook=_rebuild).decode(data)
    except (MsgspecError, KeyError):  # of a model that lacks a field
        raise fail("W121", Place()) from None
