"""`caseaudit run`: exports in, a pack out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caseaudit.cli import options
from caseaudit.cli.options import Audience
from caseaudit.model import Severity

FORMATS = "html,pdf,xlsx,csv,json"


def run(
    exports: options.Exports,
    as_at: Annotated[
        str | None, typer.Option("--as-at", metavar="DATE", help="The day the audit speaks of; today if not given.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="The pack's folder; an earlier pack there is replaced.")
    ] = None,
    policy: options.PolicyFile = None,
    mapping: options.MappingFile = None,
    audience: Annotated[
        Audience, typer.Option(help="internal: with identifiers. commissioner: with none.")
    ] = Audience.INTERNAL,
    profile: Annotated[
        str | None, typer.Option(metavar="NAME", help="How small numbers are protected: commissioner, publication, us.")
    ] = None,
    format_: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="LIST", help=f"Of {FORMATS},junit; the default is the first five."),
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="LIST", help="Reports to write: assurance, appendix, ...")
    ] = None,
    select: Annotated[list[str] | None, typer.Option(metavar="CODES", help="Only these checks or families.")] = None,
    exclude: Annotated[list[str] | None, typer.Option(metavar="CODES", help="Not these checks or families.")] = None,
    framework: Annotated[
        str | None, typer.Option(metavar="NAME", help="Report by the clauses of cqc, commissioner or hcbs.")
    ] = None,
    checks: options.CheckFolders = None,
    service: Annotated[str, typer.Option(metavar="NAME", help="Name of the service, for the cover.")] = "",
    key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Key of the pseudonyms; made if missing. Keep it from readers.")
    ] = None,
    replies: options.Replies = None,
    previous: options.Previous = None,
    settings: options.SettingsFile = None,
    templates: options.TemplatesFolder = None,
    fail_on: Annotated[
        Severity, typer.Option(help="Exit 1 when a standard of at least this severity is not met.")
    ] = Severity.LOW,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but problems.")] = False,
) -> None:
    """Audit a folder of exports and write an assurance pack.

    Exit codes: 0 all met; 1 findings; 2 usage; 3 an export cannot be read, or nothing could be tested; 4 a check or
    template failed; 5 another run holds the lock.
    """
    from caseaudit import pipeline
    from caseaudit.cli.terminal import console, progress, summary
    from caseaudit.reporting import documents, pack

    day = options.day(as_at) if as_at else options.today()
    formats = options.formats_of(format_ or [FORMATS], pipeline.FORMATS, replies)
    kinds = options.one_of(options.words(kind) or ("assurance",), documents.KINDS, "--kind")
    protection = options.profile_of(profile, audience, kinds)
    branding = options.look_of(settings, templates)
    earlier = options.previous_of(previous, audience, day, protection)
    request = pipeline.Request(
        exports=tuple(exports),
        as_at=day,
        policy=policy,
        mapping=mapping,
        checks=tuple(checks or ()),
        select=options.words(select),
        exclude=options.words(exclude),
        framework=framework,
        service=service,
    )
    answers = options.replies_of(replies, audience)
    folder = (out or Path(f"caseaudit-pack-{day.isoformat()}")).absolute()
    with pack.locked(folder, answered=replies is not None), progress(quiet=quiet) as say:
        found = pipeline.audit(request, say)
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
            progress=say,
        )
        names = pack.write_pack(folder, files)
    if not quiet:
        summary(found, folder, names, notes, figures=audience is Audience.INTERNAL)
    for problem in (r.reason for r in found.results if r.status.value == "error"):
        console(stderr=True).print(f"caseaudit: {problem}", soft_wrap=True)
    raise typer.Exit(pipeline.exit_code(found, fail_on))
