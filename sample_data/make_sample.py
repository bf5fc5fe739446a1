"""Writes the exports of a synthetic provider and the truth about them.

    python sample_data/make_sample.py [--cases 900] [--seed 7] [--out DIR] [--contacts-per-case N]

The same arguments give the same bytes. Everybody in it is invented. Needs xlsxwriter and nothing of caseaudit.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from provider.build import build
from provider.exports import Exporter
from provider.truth import complete, judge_all

HERE = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=900, help="episodes of care, at least 600 (default 900)")
    parser.add_argument("--seed", type=int, default=7, help="another seed, another provider (default 7)")
    parser.add_argument("--out", type=Path, default=HERE, help="folder for exports/ and the truth files")
    parser.add_argument("--contacts-per-case", type=int, help="at most so many, the latest (default: all)")
    args = parser.parse_args()
    if args.cases < 600:
        parser.error("--cases must be at least 600: with fewer, the planted faults find no room")
    try:
        provider = build(args.cases, args.seed, args.contacts_per_case)
        found = judge_all(provider)
    except (LookupError, ValueError) as error:
        sys.exit(f"seed {args.seed} leaves no room for all that is planted; take another. Nothing was written. {error}")
    exporter = Exporter(provider, args.out / "exports", args.seed)
    exporter.write()
    truth = complete(found, provider, exporter.account)
    for name, content in (
        ("truth.json", truth),
        ("headers.json", exporter.account.headers),
        ("values.json", exporter.words.used),
    ):
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        (args.out / name).write_text(text, encoding="utf-8")
    print(f"{len(provider.cases)} cases, {len(provider.staff)} staff, {len(provider.contacts)} contacts")
    print(f"{len(exporter.account.files)} sheets in {args.out / 'exports'}")


if __name__ == "__main__":
    main()
