"""Sign a PDF as the issuer (PAdES, one certifying signature, no change allowed after) and check one."""

import io
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from .keys import DIGEST, issuer_key, trusted_roots
from .loops import settle

FIELD = "hocvu_issuer"
RESERVED = 8_192  # hexadecimal places kept for the signature: fixed, so none is made just to measure it
# What pyHanko's parser raises on a damaged file, wherever the damage lies.
_DAMAGED = (
    PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, ArithmeticError, RecursionError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SignatureState:
    """What was found on the signature of a file; ``trouble`` names the first check that failed."""

    present: bool
    intact: bool = False
    trusted: bool = False
    whole: bool = False

    @property
    def trouble(self) -> str:
        """Return none, missing, broken, untrusted or partial."""
        if not self.present:
            return "missing"
        if not self.intact:
            return "broken"
        if not self.trusted:
            return "untrusted"
        return "" if self.whole else "partial"


def sign_pdf(data: bytes, *, reason: str, place: str, name: str) -> bytes:
    """Return the file signed by the issuer's key."""
    key = issuer_key()
    metadata = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm=DIGEST, subfilter=SigSeedSubFilter.PADES, reason=reason, location=place,
        name=name, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES,
    )  # fmt: skip
    # PDF/A wants the print flag, PDF/UA a box outside the page: both at once.
    unseen = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)
    field = SigFieldSpec(FIELD, invis_sig_settings=unseen, readable_field_name=name)
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    out = io.BytesIO()
    signer = PdfSigner(metadata, key.signer, new_field_spec=field)
    settle(signer.async_sign_pdf(writer, output=out, bytes_reserved=RESERVED))
    return out.getvalue()


def check_signature(data: bytes) -> SignatureState:
    """Return what the file's signature is worth, trusting only the roots of keys used here."""
    try:
        reader = PdfFileReader(io.BytesIO(data))
        embedded = list(reader.embedded_regular_signatures)
        if len(embedded) != 1:
            return SignatureState(present=False)
        trust = ValidationContext(trust_roots=trusted_roots(), allow_fetching=False)
        status: Any = settle(async_validate_pdf_signature(embedded[0], trust))
    except _DAMAGED:
        return SignatureState(present=True)
    whole = status.coverage is not None and status.coverage.name == "ENTIRE_FILE"
    return SignatureState(
        present=True, intact=bool(status.intact and status.valid), trusted=bool(status.trusted), whole=whole
    )
