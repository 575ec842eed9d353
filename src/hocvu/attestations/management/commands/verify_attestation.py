"""Say whether a PDF is an attestation issued here that still stands: ``./run verify FILE.pdf``."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from hocvu.attestations.api import Verification, verify_file

SENTENCES = {
    "not_pdf": "this is not a PDF file, or it is larger than 10 MB",
    "signature_missing": "signature: there is none",
    "signature_broken": "signature: the file was changed after it was signed",
    "signature_untrusted": "signature: it was not made by a key of this issuer",
    "signature_partial": "signature: something was added after it",
    "not_in_register": "register: no attestation has this file",
    "seal_broken": "register: the entry was changed after it was sealed",
    "revoked": "register: this attestation is revoked",
}


class Command(BaseCommand):
    """Check files one by one; exit 0 when all are valid, 1 when one is refused, 2 when one cannot be read."""

    help = "check that PDF files are attestations issued by this installation and still in force"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the files."""
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check each file and leave with the worst result."""
        worst = 0
        for path in options["files"]:
            try:
                data = path.read_bytes()
            except OSError as trouble:
                self.stderr.write(f"{path}: cannot be read ({trouble.strerror})")
                worst = 2
                continue
            result = verify_file(data)
            self.stdout.write(as_json(path, result) if options["json"] else as_text(path, result))
            worst = max(worst, 0 if result.valid else 1)
        if worst:
            raise SystemExit(worst)


def as_text(path: Path, result: Verification) -> str:
    """Return the result in a line a person reads."""
    if result.valid and result.record is not None:
        return f"{path}: VALID, number {result.record.number}, class {result.record.cohort_code}"
    return f"{path}: REFUSED, {SENTENCES[result.failure]}"


def as_json(path: Path, result: Verification) -> str:
    """Return the result for programs."""
    return json.dumps(
        {
            "file": str(path),
            "valid": result.valid,
            "failure": result.failure,
            "checks": {check.name: check.held for check in result.checks},
            "sha256": result.sha256,
            "number": result.record.number if result.record else None,
        },
        ensure_ascii=False,
    )
