"""Dates as they go wrong from one election to the next."""

from functools import cache

from msgspec.structs import replace

from leaflet.campaign import Campaign, load_campaign
from leaflet.faults import Report
from tests.preflight.samples import CONTEXT, Case, Cases, Sample, written
from tests.support import EXAMPLE


def sample(what: str, *lines: str) -> Sample:
    return Sample(what, lambda: written(*lines))


@cache
def campaign() -> Campaign:
    return load_campaign(EXAMPLE / "campaign.toml", report=Report())


def in_2018(what: str, *lines: str) -> Sample:
    return Sample(what, lambda: written(*lines), context=replace(CONTEXT, campaign=campaign()))


CASES: Cases = {
    "K301": Case(broken=sample("a weekday of another year, over a line's end", "Je vote du mardi",
                               "3 au jeudi 10 décembre 2026."),
                 near=sample("weekdays that are right", "Du jeudi 3 au",
                             "jeudi 10 décembre 2026 ; le mar. 1er déc. 2026")),
    "K302": Case(broken=sample("31 novembre", "Jusqu’au 31 novembre 2026."),
                 near=sample("29 février of no year in particular", "Un 29 février, ou le 30/11/2026.")),
    "K303": Case(broken=sample("closing and opening exchanged", "Vote du jeudi 10 au jeudi 3 décembre 2026."),
                 near=sample("a period over New Year, and a night",
                             "Du 20 décembre au 4 janvier, de 8 h à 17 h ; de 22 h à 6 h")),
    "K304": Case(broken=sample("the leaflet of 2018", "Vote du jeudi 29 novembre au jeudi 6 décembre 2018."),
                 near=sample("an old date beside the new ones",
                             "Loi du 29 juillet 2021. Vote du 3 au 10 décembre 2026.")),
    "K305": Case(broken=in_2018("the days that were announced first",
                                "Le vote est ouvert du jeudi 22 au jeudi 29 novembre 2018."),
                 near=in_2018("other dates than those of the vote",
                              "Vote du 29 novembre au 6 décembre 2018. CAPD le 12 mars 2019.")),
}  # fmt: skip
