"""The stages of a run, joined. Stages never import each other; this package alone knows their order.

exports -> reading -> mapping -> normalising -> running -> disclosure -> reporting -> a pack
"""

from caseaudit.pipeline.audits import Request, audit, versions
from caseaudit.pipeline.packs import FORMATS, Audience, exit_code, files_of
from caseaudit.pipeline.samples import sample_files, sampling_frame
from caseaudit.pipeline.tables import Progress, Understood, canonical_tables, plan, silent, understood

__all__ = [
    "FORMATS",
    "Audience",
    "Progress",
    "Request",
    "Understood",
    "audit",
    "canonical_tables",
    "exit_code",
    "files_of",
    "plan",
    "sample_files",
    "sampling_frame",
    "silent",
    "understood",
    "versions",
]
