"""A template's description of itself: ``template.toml`` beside its ``leaflet.xml``."""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from leaflet.faults import Place, fail

NAME = "template.toml"


class About(BaseModel):
    """A template's own description.

    Args:
        description: one English sentence.
        per: what one file of it can be made for.
        paper: its format (``assets/formats``); empty for the A4 page that themes are drawn for.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    description: str
    per: tuple[Literal["school", "person"], ...] = ("school",)
    paper: str = Field(default="", alias="format", pattern=r"[a-z0-9-]*")


def load_about(root: Path, name: str) -> About:
    """Read ``root/name/template.toml``; a template without one is an A4 leaflet for schools.

    Raises:
        TemplateError: it cannot be read, or says something else.
    """
    path = root / name / NAME
    if not path.is_file():
        return About(description="")
    try:
        return About.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise fail("M005", Place(file=f"{name}/{NAME}", field=key or None), problem=first["msg"]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise fail("M005", Place(file=f"{name}/{NAME}"), problem=str(error)) from None
