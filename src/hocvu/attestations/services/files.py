"""The PDF of an attestation: made when first asked for (or by a job), signed, kept, always the same after."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction

from hocvu.kernel.errors import Refused
from hocvu.kernel.texts import pick

from ..models import Attestation
from ..printing.attestation_pdf import draw
from ..signing.pdf import sign_pdf


def attestation_pdf(attestation: Attestation) -> bytes:
    """Return the signed file; the first call makes and keeps it, two calls at once still give one file.

    A revoked attestation keeps its file (``/verify`` shows that it no longer stands). Raises
    ``Refused("attestations.file_lost")`` where the kept file is gone or changed: it is never made again,
    since a second file would have another hash.
    """
    if not attestation.file:
        made = _make(attestation)
        with transaction.atomic():
            row = Attestation.objects.select_for_update().get(pk=attestation.pk)
            if not row.file:
                row.file_sha256 = hashlib.sha256(made).hexdigest()
                row.file.save(f"{row.uuid}.pdf", ContentFile(made), save=False)
                row.save(update_fields=["file", "file_sha256"])
        attestation.file, attestation.file_sha256 = row.file, row.file_sha256
    return _read(attestation)


def _make(attestation: Attestation) -> bytes:
    # Outside the row's lock: drawing and signing take tenths of a second, and other writers wait for a lock.
    printed = attestation.payload
    return sign_pdf(
        draw(printed, issued_at=attestation.issued_at),
        reason=f"Cấp giấy chứng nhận số {attestation.number}",
        place=pick(printed["place"], "vi"),
        name=pick(printed["issuer"], "vi"),
    )


def _read(attestation: Attestation) -> bytes:
    try:
        with attestation.file.open("rb") as file:
            data: bytes = file.read()
    except OSError as trouble:
        raise Refused("attestations.file_lost", number=attestation.number) from trouble
    if hashlib.sha256(data).hexdigest() != attestation.file_sha256:
        raise Refused("attestations.file_lost", number=attestation.number)
    return data
