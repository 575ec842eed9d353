"""Mark sheets, recognition decisions, the register, its attestations and what becomes of them."""

from .attestation import Attestation, Correction, EligibilityFinding, Revocation
from .recognition import MarkSheet, Recognition

__all__ = ["Attestation", "Correction", "EligibilityFinding", "MarkSheet", "Recognition", "Revocation"]
