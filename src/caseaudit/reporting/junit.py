"""junit.xml: one test case per check, for schedulers and dashboards that already read this format."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from caseaudit.model import Audit, Report, Result, Status


def junit_file(audit: Audit) -> Report:
    """A suite with a case per check: unmet is a failure, failed an error, everything untested is skipped."""
    counts = {status: sum(r.status is status for r in audit.results) for status in Status}
    skipped = counts[Status.NOT_ASSESSABLE] + counts[Status.NOT_APPLICABLE]
    head = (
        f'<testsuite name="caseaudit" tests="{len(audit.results)}" failures="{counts[Status.NOT_MET]}" '
        f'errors="{counts[Status.ERROR]}" skipped="{skipped}" timestamp="{audit.as_at.isoformat()}T00:00:00">'
    )
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', head, *(_case(r) for r in audit.results), "</testsuite>", ""]
    return Report("junit.xml", "\n".join(lines).encode())


def _case(result: Result) -> str:
    head = f"  <testcase classname={quoteattr(result.family)} name={quoteattr(f'{result.code} {result.manual.fault}')}"
    match result.status:
        case Status.MET:
            return f"{head}/>"
        case Status.NOT_MET:
            said = (
                f"{result.met} of {result.population} met; {result.breach} breach, {result.not_evidenced} not evidenced"
            )
            return f"{head}><failure message={quoteattr(said)}/></testcase>"
        case Status.ERROR:
            return f"{head}><error message={quoteattr(result.reason or 'failed')}/></testcase>"
        case _:
            return f"{head}><skipped message={quoteattr(result.reason or result.status.value)}/></testcase>"
