"""Verify: what a code stands for, and whether a file is the one that was issued."""

import hashlib
from collections.abc import Mapping
from typing import Any

from hocvu.kernel.digests import digest
from hocvu.kernel.ids import clean_code
from hocvu.kernel.texts import pick
from hocvu.people.api import masked_name

from ..domain.printed import LABELS
from ..models import Attestation, Revocation
from ..signing.keys import seal_holds
from ..signing.pdf import check_signature
from ..types import Check, PrintedField, RegisterRecord, RevocationShown, Verification

MOST_BYTES = 10 * 1024 * 1024


def verify_code(code: str) -> RegisterRecord | None:
    """Return what the register says of a code (typed in any case, with or without dashes), or none."""
    wanted = clean_code(code)
    if not 0 < len(wanted) <= 24:
        return None
    found = Attestation.objects.select_related("recognition").filter(code=wanted).first()
    return record_of(found) if found else None


def record_of(attestation: Attestation) -> RegisterRecord:
    """Return what anyone with the code may know of an entry."""
    printed = attestation.payload
    revoked = Revocation.objects.filter(attestation=attestation).first()
    return RegisterRecord(
        uuid=attestation.uuid,
        code=attestation.code,
        number=attestation.number,
        register_number=attestation.register_number,
        cohort_code=printed["class"],
        state=attestation.state,
        restricted=printed["restricted"],
        seal_holds=entry_holds(attestation),
        issued_at=attestation.issued_at,
        second_language=printed["second_language"],
        fields=printed_fields(printed),
        revocation=RevocationShown(revoked.cause, revoked.decision_number, revoked.decided_on) if revoked else None,
    )


def entry_holds(attestation: Attestation) -> bool:
    """Say whether an entry's payload still gives its hash, and the seal fits that hash."""
    return digest(attestation.payload) == attestation.sha256 and seal_holds(attestation.sha256, attestation.seal)


def printed_fields(printed: Mapping[str, Any]) -> list[PrintedField]:
    """Return every printed field in both languages; of restricted people only what the law lets be shown."""
    second = printed["second_language"]

    def both(key: str, texts: Mapping[str, str]) -> PrintedField:
        vietnamese, other = pick(texts, "vi"), pick(texts, second)
        return PrintedField(key, vietnamese, "" if other == vietnamese else other)

    shown = [
        PrintedField("number", printed["number"]),
        PrintedField("register_number", str(printed["register_number"])),
    ]
    if printed["restricted"]:
        return [
            *shown,
            PrintedField("name", masked_name(printed["name"])),
            PrintedField("class", printed["class"]),
        ]
    label = {language: LABELS[language] for language in ("vi", second)}
    period = {key: words["period"].format(since=printed["from"], until=printed["to"]) for key, words in label.items()}
    return [
        *shown,
        both("title", printed["title"]),
        PrintedField("name", printed["name"]),
        PrintedField("birth", printed["birth"]),
        both("organisation", printed["organisation"]),
        both("programme", printed["programme"]),
        PrintedField("class", printed["class"]),
        both("period", period),
        PrintedField("periods", str(printed["periods"])),
        both("band", printed["band"]),
        PrintedField("mark", printed["mark"]),
        PrintedField("decision", f"{printed['decision']['number']} ({printed['decision']['on']})"),
        both("superior", printed["superior"]),
        both("issuer", printed["issuer"]),
        both("place", printed["place"]),
        PrintedField("issued_on", printed["issued_on"]),
        both("signer_title", printed["signer"]["title"]),
        PrintedField("signer_name", printed["signer"]["name"]),
    ]


def verify_file(data: bytes) -> Verification:
    """Return whether a file is, byte for byte, one that was issued here and still stands.

    Checks in order: it is a PDF of possible size; its signature is whole, by a trusted key, over all of it;
    its hash is in the register; the register's own entry is sealed; it is not revoked.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    if not data.startswith(b"%PDF-") or len(data) > MOST_BYTES:
        return Verification("not_pdf", (Check("pdf", held=False),), sha256)
    signature = check_signature(data)
    found = Attestation.objects.filter(file_sha256=sha256).first()
    checks = [
        Check("pdf", held=True),
        Check("signature", held=not signature.trouble),
        Check("register", held=found is not None),
    ]
    failure = f"signature_{signature.trouble}" if signature.trouble else ""
    if found is None:
        return Verification(failure or "not_in_register", tuple(checks), sha256)
    checks += [
        Check("seal", held=entry_holds(found)),
        Check("standing", held=found.state == Attestation.State.ISSUED),
    ]
    late = {"seal": "seal_broken", "standing": "revoked"}
    failure = failure or next((late[one.name] for one in checks[3:] if not one.held), "")
    return Verification(failure, tuple(checks), sha256, record_of(found))
