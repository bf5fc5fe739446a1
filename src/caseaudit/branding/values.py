"""The values of a service's own look, all checked: nothing that stands here can harm a page."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from caseaudit.model import SettingsFile


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture for the cover.

    Attributes:
        kind: png, jpeg or svg+xml, told by its content and not by its name.
        content: the file as given.
        text: what is read out in its place.
    """

    kind: str
    content: bytes
    text: str

    @property
    def address(self) -> str:
        """The picture itself as an address, so that a page needs no other file."""
        return f"data:image/{self.kind};base64,{base64.b64encode(self.content).decode()}"


@dataclass(frozen=True)
class Branding:
    """A service's own look.

    Attributes:
        organisation: its name, above the title of every document; blank for none.
        logo: stands beside it.
        colours: of COLOURS and CHARTS in caseaudit.branding.colours, as #rrggbb; those not named are the shipped ones.
        prepared_by: who made the report; blank for a line to write on.
        signed_by: who signs it, each with a line for name and date; none for one blank line.
        templates: a folder of the service's own templates; None for the shipped ones.
        files: all of these files, by which the look can be known again.
    """

    organisation: str = ""
    logo: Logo | None = None
    colours: Mapping[str, str] = field(default_factory=dict)
    prepared_by: str = ""
    signed_by: tuple[str, ...] = ()
    templates: Path | None = None
    files: tuple[SettingsFile, ...] = field(default=(), compare=False)


PLAIN = Branding()
"""The look as shipped."""
