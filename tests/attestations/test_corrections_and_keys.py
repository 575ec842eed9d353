"""Corrections and revocations as services; keys and seals."""

import asyncio
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from hocvu.attestations.api import ask_correction, decide_correction, ensure_demo_key, issue, revoke
from hocvu.attestations.models import Attestation, Correction
from hocvu.attestations.signing import keys
from hocvu.attestations.signing.demo import write_demo_key
from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.models import Line
from hocvu.people.models import Person, Posting
from hocvu.post.models import Letter

from ..world import World
from .build import DECIDED, decide, issued, teach


def ask(world: World, wanted: str = "Nguyễn Thị Đúng Tên", field: str = "full_name") -> Correction:
    place = world.placements["TT-001"][0]
    return ask_correction(actor=world.actor(Role.OFFICE), placement_id=place.pk, field=field, wanted=wanted)


def test_accepted_correction_changes_the_person_and_nothing_else(world: World) -> None:
    place = world.placements["TT-001"][0]
    before = Person.objects.values().get(pk=place.person_id)
    posts = list(Posting.objects.filter(person_id=place.person_id).values())
    decide_correction(actor=world.actor(Role.OFFICE), correction_id=ask(world).pk, accept=True)
    after = Person.objects.values().get(pk=place.person_id)
    assert after["full_name"] == "Nguyễn Thị Đúng Tên"
    changed = {key for key in after if after[key] != before[key]}
    assert changed <= {"full_name", "sort_key", "folded", "birth_year"}  # the year is kept beside the date
    assert after["birth_year"] in {None, after["birth_date"].year}
    assert list(Posting.objects.filter(person_id=place.person_id).values()) == posts
    assert Line.objects.filter(action="attestations.correction_accepted").exists()


def test_decided_once_and_with_a_reason(world: World) -> None:
    row, office = ask(world), world.actor(Role.OFFICE)
    with pytest.raises(Refused, match="correction_reason"):
        decide_correction(actor=office, correction_id=row.pk, accept=False)
    decide_correction(actor=office, correction_id=row.pk, accept=False, reason="Khác với danh sách của cơ quan")
    with pytest.raises(Refused, match="correction_decided"):
        decide_correction(actor=office, correction_id=row.pk, accept=True)
    assert Person.objects.get(pk=row.placement.person_id).full_name == row.given


def test_nothing_to_correct_after_the_issue(world: World) -> None:
    row = ask(world)
    teach(world)
    decide(world)
    counts = issue(actor=world.actor(Role.OFFICE), cohort_id=world.cohorts["TT-001"].pk)
    assert (counts.issued, counts.blocked) == (5, 1)
    decide_correction(actor=world.actor(Role.OFFICE), correction_id=row.pk, accept=True)
    counts = issue(actor=world.actor(Role.OFFICE), cohort_id=world.cohorts["TT-001"].pk)
    assert (counts.issued, counts.blocked) == (1, 0)
    assert Attestation.objects.get(placement=row.placement).payload["name"] == "Nguyễn Thị Đúng Tên"
    with pytest.raises(Refused, match="issued_already"):
        ask(world, "Tên Khác Nữa")


def test_who_may_correct(world: World) -> None:
    place = world.placements["TT-001"][0]
    with pytest.raises(Refused, match="no_place"):
        # The trainee of the world is another person of another class.
        ask_correction(actor=world.actor(Role.TRAINEE), placement_id=place.pk, field="full_name", wanted="A B")
    for role in (Role.INSTRUCTOR, Role.LEADER, Role.MANAGER):
        with pytest.raises(NotAllowed):
            ask_correction(actor=world.actor(role), placement_id=place.pk, field="full_name", wanted="A B")
    row = ask(world)
    for role in (Role.TRAINEE, Role.MANAGER, Role.FOCAL_POINT):
        with pytest.raises(NotAllowed):
            decide_correction(actor=world.actor(role), correction_id=row.pk, accept=True)


@pytest.mark.parametrize("cause", ["fraud", "false_file", "not_entitled", "wrong_authority", "altered"])
def test_five_causes(world: World, cause: str) -> None:
    row = issued(world)[0]
    revoke(
        actor=world.actor(Role.MANAGER), attestation_id=row.pk, cause=cause, reason="Lý do", decision_number="77/QĐ",
        decided_on=DECIDED,
    )  # fmt: skip
    row.refresh_from_db()
    assert row.state == "revoked"
    assert row.file == ""  # nothing else of the entry changes
    assert Letter.objects.get(kind="attestation_revoked").person_id_value == row.person_id
    with pytest.raises(Refused, match="revoked_already"):
        revoke(
            actor=world.actor(Role.MANAGER), attestation_id=row.pk, cause=cause, reason="x", decision_number="y",
            decided_on=DECIDED,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"cause": "whim"}, "cause_unknown"),
        ({"reason": " "}, "revocation_fields"),
        ({"decision_number": ""}, "revocation_fields"),
        ({"decided_on": DECIDED - timedelta(days=1)}, "revocation_day"),
        ({"decided_on": date(2030, 1, 1)}, "revocation_day"),
    ],
)
def test_revocation_refused(world: World, change: dict, code: str) -> None:
    row = issued(world)[0]
    given = {"cause": "fraud", "reason": "x", "decision_number": "y", "decided_on": DECIDED} | change
    with pytest.raises(Refused, match=code):
        revoke(actor=world.actor(Role.OFFICE), attestation_id=row.pk, **given)
    assert Attestation.objects.filter(state="revoked").count() == 0


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.HEAD, Role.FOCAL_POINT, Role.INSTRUCTOR, Role.LEADER])
def test_others_may_not_revoke(world: World, role: Role) -> None:
    row = issued(world)[0]
    with pytest.raises(NotAllowed):
        revoke(
            actor=world.actor(role),
            attestation_id=row.pk,
            cause="fraud",
            reason="x",
            decision_number="y",
            decided_on=DECIDED,
        )


class TestKeys:
    """The issuer's key."""

    def test_demo_key_is_made_once_and_for_its_owner_only(self, settings, tmp_path: Path) -> None:
        settings.SIGNING_KEY_FILE = tmp_path / "keys" / "signer.p12"
        root = ensure_demo_key()
        first = settings.SIGNING_KEY_FILE.read_bytes()
        assert ensure_demo_key() == root
        assert settings.SIGNING_KEY_FILE.read_bytes() == first
        assert stat.S_IMODE(settings.SIGNING_KEY_FILE.stat().st_mode) == 0o600
        assert root.read_text().startswith("-----BEGIN CERTIFICATE-----")
        assert b"NOT A REAL AUTHORITY" in keys.issuer_key().certificates[-1].subject.public_bytes()

    def test_no_key_is_said(self, settings, tmp_path: Path) -> None:
        settings.SIGNING_KEY_FILE = tmp_path / "none.p12"
        with pytest.raises(Refused, match="no_key"):
            keys.issuer_key()
        settings.DEMO = True
        assert keys.issuer_key().seal("00" * 32)

    def test_wrong_password_is_said(self, settings, tmp_path: Path) -> None:
        settings.SIGNING_KEY_FILE = tmp_path / "a.p12"
        write_demo_key(settings.SIGNING_KEY_FILE, tmp_path / "root.pem", "right")
        settings.SIGNING_KEY_PASSWORD = "wrong"
        with pytest.raises(Refused, match="key_unreadable"):
            keys.issuer_key()
        settings.SIGNING_KEY_PASSWORD = "right"
        keys._from_file.cache_clear()
        assert keys.issuer_key().fingerprint

    def test_token_without_its_package_is_said(self, settings) -> None:
        settings.SIGNING_PKCS11_MODULE = "/nowhere.so"
        keys._from_token.cache_clear()
        with pytest.raises((Refused, OSError)):
            keys.issuer_key()

    def test_seals_hold_after_a_change_of_key(self, settings) -> None:
        own = Path(settings.SIGNING_KEY_FILE)
        seal = keys.issuer_key().seal("ab" * 32)
        settings.SIGNING_KEY_FILE = own.with_name("next.p12")
        write_demo_key(settings.SIGNING_KEY_FILE, own.with_name("next-root.pem"), "")
        later = keys.issuer_key().seal("ab" * 32)
        assert later != seal
        assert keys.seal_holds("ab" * 32, seal)
        assert keys.seal_holds("ab" * 32, later)

    @pytest.mark.parametrize("seal", ["", ":", "x", "../../etc/passwd:00", "0" * 16 + ":zz", "0" * 16 + ":00"])
    def test_forged_seals(self, seal: str) -> None:
        assert not keys.seal_holds("ab" * 32, seal)

    def test_seals_also_inside_a_running_loop(self) -> None:
        async def inside() -> str:
            return keys.issuer_key().seal("ab" * 32)

        assert keys.seal_holds("ab" * 32, asyncio.run(inside()))

    def test_seal_of_another_hash(self) -> None:
        assert not keys.seal_holds("cd" * 32, keys.issuer_key().seal("ab" * 32))


def test_clock_is_the_campaigns(world: World) -> None:
    assert issued(world)[0].issued_at == clock.now()
