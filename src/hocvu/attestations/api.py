"""The door of attestations."""

from .queries.verification import verify_code, verify_file
from .services.corrections import ask_correction, decide_correction
from .services.eligibility import find_eligibility
from .services.files import attestation_pdf
from .services.issuing import issue, pause
from .services.recognitions import confirm_mark_sheet, number_recognition
from .services.revocations import revoke
from .signing.keys import ensure_demo_key
from .types import EligibilityCounts, IssueCounts, RegisterRecord, Verification

__all__ = [
    "EligibilityCounts",
    "IssueCounts",
    "RegisterRecord",
    "Verification",
    "ask_correction",
    "attestation_pdf",
    "confirm_mark_sheet",
    "decide_correction",
    "ensure_demo_key",
    "find_eligibility",
    "issue",
    "number_recognition",
    "pause",
    "revoke",
    "verify_code",
    "verify_file",
]
