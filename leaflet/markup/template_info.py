"""A template's description of itself: ``template.toml`` beside its ``leaflet.xml``."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from leaflet.files.resources import Resource
from leaflet.files.toml_files import STRICT, as_tuple, read_resource_toml, validate_resource

NAME = "template.toml"


class About(BaseModel):
    """A template's own description."""

    model_config = ConfigDict(**STRICT, populate_by_name=True)

    description: str  # one English sentence
    description_fr: str = ""  # the same in French
    # What one file of it can be made for.
    per: Annotated[tuple[Literal["school", "person"], ...], BeforeValidator(as_tuple)] = ("school",)
    copies: int = Field(default=9999, ge=1)  # for a school, at most: its list says how many leaflets it gets
    # Its format (``assets/formats``); empty for the A4 page that themes are drawn for.
    paper: str = Field(default="", alias="format", pattern=r"[a-z0-9-]*")


def load_about(template: Resource | None) -> About:
    """Read the ``template.toml`` of a template; one without is an A4 leaflet for schools."""
    if template is None or not (template.path / NAME).exists():
        return About(description="")
    file = f"{template.path.name}/{NAME}"
    tables = read_resource_toml(template.beside(template.path / NAME), file, "M005")
    return validate_resource(About, tables, "M005", file)
