"""`caseaudit report` and `caseaudit verify`: what can be done with a pack that is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from caseaudit.cli import options
from caseaudit.cli.options import Audience, Output

Pack = Annotated[Path, typer.Argument(metavar="PACK", help="A folder that a run wrote.")]


def report(
    pack: Pack,
    kind: Annotated[list[str] | None, typer.Option("--kind", metavar="LIST", help="Reports to write.")] = None,
    audience: Annotated[Audience, typer.Option(help="Who they are for.")] = Audience.INTERNAL,
    format_: Annotated[
        list[str] | None, typer.Option("--format", metavar="LIST", help="Of html,pdf,docx,xlsx.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where to write them.")] = None,
    profile: Annotated[str | None, typer.Option(metavar="NAME", help="How small numbers are protected.")] = None,
    key: Annotated[Path | None, typer.Option(metavar="FILE", help="Key of the pseudonyms.")] = None,
    replies: options.Replies = None,
    previous: options.Previous = None,
    settings: options.SettingsFile = None,
    templates: options.TemplatesFolder = None,
) -> None:
    """Write further reports from an internal pack.

    They become a pack of their own; no export is needed.
    """
    from caseaudit import pipeline
    from caseaudit.reporting import documents
    from caseaudit.reporting import pack as packs
    from caseaudit.reporting.reopening import read_pack

    kinds = options.one_of(options.words(kind) or ("assurance",), documents.KINDS, "--kind")
    protection = options.profile_of(profile, audience, kinds)
    branding = options.look_of(settings, templates)
    formats = options.formats_of(format_ or ["html,pdf"], (*pipeline.FORMATS, "docx"), replies)
    answers = options.replies_of(replies, audience)
    folder = (out or pack.with_name(f"{pack.absolute().name}-{audience.value}")).absolute()
    with packs.locked(folder, answered=replies is not None):
        found = read_pack(pack)
        earlier = options.previous_of(previous, audience, found.as_at, protection)
        files, notes = pipeline.files_of(
            found,
            audience=audience.value,
            formats=formats,
            kinds=kinds,
            key_file=key,
            profile=protection,
            replies=answers,
            earlier=earlier,
            branding=branding,
        )
        packs.write_pack(folder, files)
    for note in notes:
        typer.echo(f"Note: {note}")
    typer.echo(f"Pack: {folder}")


def verify(pack: Pack, format_: options.OutputFormat = Output.TEXT) -> None:
    """Check that no file of a pack was changed.

    Exit 1 when one is not as the manifest says.
    """
    from caseaudit.reporting.pack import verify_pack

    faults = verify_pack(pack)
    if format_ is Output.JSON:
        typer.echo(json.dumps({"pack": pack.name, "sound": not faults, "faults": faults}, indent=1))
    elif faults:
        typer.echo("\n".join([f"{pack.name} is not as it was written:", *(f"- {fault}" for fault in faults)]))
    else:
        typer.echo(f"{pack.name} is as it was written.")
    raise typer.Exit(int(bool(faults)))
