"""The signed PDF: made once, what is printed on it, and that any changed byte is refused."""

import hashlib
import io
import json
import random
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from hocvu.attestations.api import attestation_pdf, revoke, verify_code, verify_file
from hocvu.attestations.models import Attestation
from hocvu.attestations.printing.attestation_pdf import draw
from hocvu.attestations.signing.demo import write_demo_key
from hocvu.attestations.signing.pdf import check_signature, sign_pdf
from hocvu.attestations.tasks import make_files
from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused

from ..world import World
from .build import DECIDED, issued


@pytest.fixture
def row(world: World) -> Attestation:
    return issued(world)[0]


def test_made_once_and_kept(row: Attestation) -> None:
    first = attestation_pdf(row)
    again = attestation_pdf(Attestation.objects.get(pk=row.pk))
    assert again == first
    row.refresh_from_db()
    assert row.file_sha256 == hashlib.sha256(first).hexdigest()


def test_prints_every_field(row: Attestation) -> None:
    reader = PdfReader(io.BytesIO(attestation_pdf(row)))
    assert len(reader.pages) == 1
    page = reader.pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)
    text = " ".join(page.extract_text().split())
    printed = row.payload
    for wanted in (
        printed["name"], printed["birth"], printed["number"], printed["organisation"]["vi"], "8,0/10", "8.0/10",
        "TRƯỜNG ĐẠI HỌC QUY NHƠN", "GIẤY CHỨNG NHẬN", "16 tiết", "11/06/2025", "12/06/2025", "HIỆU TRƯỞNG",
        "Trần Thị Ví Dụ", "ngày 16 tháng 6 năm 2025", "16 June 2025", "1234/QĐ-ĐHQN", f"/verify/{row.code}",
    ):  # fmt: skip
        assert wanted in text, wanted


def test_is_tagged_and_declares_its_standards(row: Attestation) -> None:
    reader = PdfReader(io.BytesIO(attestation_pdf(row)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("vi")
    xmp = root["/Metadata"].get_data().decode()
    for mark in ('pdfaid:part="3"', 'pdfaid:conformance="A"', 'pdfuaid:part="1"'):
        assert mark in xmp


@pytest.mark.parametrize("second", ["fr", "en"])
def test_long_names_stay_on_the_page(row: Attestation, second: str) -> None:
    long = {
        "name": "Nguyễn Hoàng Phương " * 6, "second_language": second, "birth": "1975",
        "organisation": dict.fromkeys(("vi", "fr", "en"), "Trung tâm Dịch vụ hành chính công " * 7),
        "programme": dict.fromkeys(("vi", "fr", "en"), "Bồi dưỡng kỹ năng số và an toàn thông tin " * 5),
        "issuer": dict.fromkeys(("vi", "fr", "en"), "Trường Cao đẳng Kỹ thuật Công nghệ Quy Nhơn " * 2),
    }  # fmt: skip
    reader = PdfReader(io.BytesIO(draw(row.payload | long, issued_at=row.issued_at)))
    assert len(reader.pages) == 1
    text = " ".join(reader.pages[0].extract_text().split())
    assert text.count("Trung tâm Dịch vụ hành chính công") == 14
    assert text.count("Trần Thị Ví Dụ") == 1


def test_valid_file(row: Attestation) -> None:
    result = verify_file(attestation_pdf(row))
    assert result.valid
    assert [check.name for check in result.checks if check.held] == ["pdf", "signature", "register", "seal", "standing"]
    assert result.record.number == row.number


def test_any_changed_byte_is_refused(row: Attestation) -> None:
    data = attestation_pdf(row)
    chosen = random.Random(20250618)
    for place in [0, len(data) - 1, *chosen.sample(range(len(data)), 40)]:
        changed = bytearray(data)
        changed[place] ^= 1 << chosen.randrange(8)
        result = verify_file(bytes(changed))
        assert not result.valid, place
        assert result.record is None


def test_added_and_cut_bytes_are_refused(row: Attestation) -> None:
    data = attestation_pdf(row)
    assert verify_file(data + b"\n").failure in {"signature_partial", "signature_broken", "not_in_register"}
    assert not verify_file(data[:-1]).valid
    assert not verify_file(data[: len(data) // 2]).valid
    assert verify_file(b"").failure == "not_pdf"
    assert verify_file(b"%PDF-1.7\n" + b"\0" * 500).failure.startswith("signature_")


def test_signed_again_by_us_but_not_registered_is_refused(row: Attestation) -> None:
    forged = draw(row.payload | {"name": "Kẻ Giả Mạo"}, issued_at=row.issued_at)
    assert verify_file(forged).failure == "signature_missing"
    signed = sign_pdf(forged, reason="x", place="x", name="x")
    assert check_signature(signed).trouble == ""
    assert verify_file(signed).failure == "not_in_register"


def test_signed_by_a_stranger_is_refused(row: Attestation, settings, tmp_path: Path) -> None:
    plain = draw(row.payload, issued_at=row.issued_at)
    own = settings.SIGNING_KEY_FILE
    write_demo_key(tmp_path / "signer.p12", tmp_path / "root.pem", "")
    settings.SIGNING_KEY_FILE = tmp_path / "signer.p12"
    stranger = sign_pdf(plain, reason="x", place="x", name="x")
    settings.SIGNING_KEY_FILE = own
    assert verify_file(stranger).failure == "signature_untrusted"


def test_revoked_is_refused_and_says_so(world: World, row: Attestation) -> None:
    data = attestation_pdf(row)
    revoke(
        actor=world.actor(Role.OFFICE), attestation_id=row.pk, cause="fraud", reason="Nhờ người thi hộ",
        decision_number="77/QĐ-ĐHQN", decided_on=DECIDED,
    )  # fmt: skip
    result = verify_file(data)
    assert result.failure == "revoked"
    assert result.record.revocation.decision_number == "77/QĐ-ĐHQN"
    assert verify_code(row.code).state == "revoked"


def test_a_lost_file_is_never_made_again(row: Attestation) -> None:
    attestation_pdf(row)
    row.file.storage.delete(row.file.name)
    with pytest.raises(Refused, match="file_lost"):
        attestation_pdf(Attestation.objects.get(pk=row.pk))


def test_job_makes_what_is_missing(world: World, row: Attestation) -> None:
    attestation_pdf(row)
    made = make_files.enqueue(world.cohorts["TT-001"].pk)
    assert made.return_value == 5
    assert not Attestation.objects.filter(file="").exists()


def test_command(row: Attestation, tmp_path: Path, capsys) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    data = attestation_pdf(row)
    good.write_bytes(data)
    bad.write_bytes(data.replace(b"/Type", b"/Typo", 1))
    call_command("verify_attestation", str(good))
    assert f"VALID, number {row.number}" in capsys.readouterr().out
    with pytest.raises(SystemExit) as left:
        call_command("verify_attestation", str(bad), "--json")
    assert left.value.code == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["valid"], said["failure"]) == (False, "signature_broken")
    with pytest.raises(SystemExit) as left:
        call_command("verify_attestation", str(tmp_path / "none.pdf"))
    assert left.value.code == 2


def test_pdfsig_agrees(row: Attestation, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(attestation_pdf(row))
    try:
        done = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("poppler's pdfsig is not installed")
    assert "Signature is Valid" in done.stdout
    assert "Total document signed" in done.stdout
