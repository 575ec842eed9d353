"""From evidence to the register: verdicts kept, papers required, entries numbered, sealed and frozen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hocvu.attestations.api import (
    confirm_mark_sheet,
    find_eligibility,
    issue,
    number_recognition,
    verify_code,
)
from hocvu.attestations.models import Attestation, EligibilityFinding, MarkSheet, Recognition
from hocvu.attestations.services import issuing
from hocvu.attestations.services.eligibility import judge
from hocvu.kernel.actor import Role
from hocvu.kernel.digests import digest
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.api import verify_chain
from hocvu.ledger.models import Line

from ..world import World
from .build import DECIDED, NUMBER, decide, hand_in, issued, note, teach


def office(world: World):
    return world.actor(Role.OFFICE)


def refusal(call, **arguments) -> str:
    with pytest.raises(Refused) as caught:
        call(**arguments)
    return caught.value.code


def test_verdicts_are_found_and_counted(world: World) -> None:
    teach(world, marks={1: 49, 2: None, 3: 50}, absent={4: 2}, grades={5: 40})
    counts = find_eligibility(actor=office(world), cohort_id=world.cohorts["TT-001"].pk)
    assert (counts.eligible, counts.refused, counts.open, counts.people) == (2, 4, 0, 6)
    assert counts.reasons == {"test.low": 1, "test.missing": 1, "presence.short": 1, "assignment.low": 1}
    kept = EligibilityFinding.objects.get(placement=world.placements["TT-001"][3])
    assert kept.facts["presence"]["evidence"]["credit"] == 6
    assert kept.facts["presence"]["rule"] == {"value": "100", "unit": "%", "source": "test", "certainty": "invented"}
    line = Line.objects.get(action="attestations.eligibility_found")
    assert line.count == 6
    assert len(line.digest) == 64


def test_found_again_replaces(world: World) -> None:
    teach(world)
    place = world.placements["TT-001"][0]
    find_eligibility(actor=office(world), cohort_id=world.cohorts["TT-001"].pk)
    note(world, place, "upheld")
    counts = find_eligibility(actor=office(world), cohort_id=world.cohorts["TT-001"].pk)
    assert (counts.eligible, counts.refused) == (5, 1)
    assert EligibilityFinding.objects.count() == 6
    assert EligibilityFinding.objects.get(placement=place).reasons == ["conduct.upheld"]


def test_a_class_under_way_is_open(world: World) -> None:
    counts = find_eligibility(actor=office(world), cohort_id=world.cohorts["TT-002"].pk)
    assert counts.open == 6
    assert counts.reasons == {"presence.pending": 6, "test.pending": 6, "assignment.pending": 6}


def test_new_version_waits_for_its_mark(world: World) -> None:
    teach(world, grades={1: 40})
    hand_in(world.placements["TT-001"][0], None, world.session("TT-001", 4).ends_at)
    counts = find_eligibility(actor=office(world), cohort_id=world.cohorts["TT-001"].pk)
    assert counts.reasons == {"assignment.not_graded": 1}


def test_equal_queries_for_one_and_many(world: World, django_assert_num_queries) -> None:
    teach(world)
    cohort = world.cohorts["TT-001"]
    ids = [p.pk for p in world.placements["TT-001"]]
    with CaptureQueriesContext(
        connection,
    ) as one:
        judge(cohort, ids[:1])
    with django_assert_num_queries(len(one)):
        judge(cohort, ids)


def test_nothing_is_issued_without_the_papers(world: World) -> None:
    teach(world)
    cohort = world.cohorts["TT-001"].pk
    assert refusal(issue, actor=office(world), cohort_id=cohort) == "attestations.not_numbered"
    wrong = {"actor": office(world), "cohort_id": cohort, "first_examiner": "Mai Thị Đào"}
    assert refusal(confirm_mark_sheet, **wrong, second_examiner=" mai thị đào ") == "attestations.two_examiners"
    given = {"number": NUMBER, "decided_on": DECIDED, "signer_name": "A B", "signer_title": "Hiệu trưởng"}
    assert (
        refusal(number_recognition, actor=office(world), cohort_id=cohort, **given) == "attestations.no_open_decision"
    )
    confirm_mark_sheet(**wrong, second_examiner="Hồ Văn Ý")
    assert refusal(issue, actor=office(world), cohort_id=cohort) == "attestations.not_numbered"
    for field in ("number", "signer_name", "signer_title"):
        assert (
            refusal(number_recognition, actor=office(world), cohort_id=cohort, **(given | {field: " "}))
            == "attestations.registry_fields"
        )
    early = given | {"decided_on": world.cohorts["TT-001"].starts_on}
    assert refusal(number_recognition, actor=office(world), cohort_id=cohort, **early) == "attestations.decision_day"
    assert Attestation.objects.count() == 0


def test_a_class_under_way_has_no_mark_sheet(world: World) -> None:
    code = refusal(
        confirm_mark_sheet,
        actor=office(world),
        cohort_id=world.cohorts["TT-002"].pk,
        first_examiner="A",
        second_examiner="B",
    )
    assert code == "attestations.class_not_over"


def test_register_is_in_order_without_gaps(world: World) -> None:
    teach(world, marks={2: 30})
    decide(world)
    counts = issue(actor=office(world), cohort_id=world.cohorts["TT-001"].pk)
    assert (counts.issued, counts.already, counts.finished) == (5, 0, True)
    rows = list(Attestation.objects.order_by("register_number"))
    assert [r.register_number for r in rows] == [1, 2, 3, 4, 5]
    assert [r.placement.number for r in rows] == [1, 3, 4, 5, 6]
    assert rows[0].number == "00001/GCN-ĐHQN"
    assert len({r.code for r in rows}) == 5
    assert all(len(r.code.replace("-", "")) == 17 for r in rows)
    decision = Recognition.objects.get()
    assert (decision.state, decision.issued_count, decision.refused_count) == ("issued", 5, 1)
    assert Line.objects.filter(action="attestations.issued").get().count == 5
    assert verify_chain().broken_at is None


def test_issued_once(world: World) -> None:
    first = issued(world)
    counts = issue(actor=office(world), cohort_id=world.cohorts["TT-001"].pk)
    assert (counts.issued, counts.already) == (0, 6)
    assert list(Attestation.objects.order_by("register_number")) == first
    assert Line.objects.filter(action="attestations.issued").count() == 1


def test_payload_is_frozen_and_sealed(world: World) -> None:
    row = issued(world)[0]
    assert row.sha256 == digest(row.payload)
    person = row.person
    person.full_name = "Tên Khác"
    person.save()
    row.refresh_from_db()
    assert row.payload["name"] != "Tên Khác"
    assert row.payload["mark"] == "8,0"
    assert row.payload["band"]["vi"] == "Giỏi"
    assert row.payload["decision"] == {"number": NUMBER, "on": "16/06/2025"}
    shown = verify_code(row.code.lower().replace("-", " "))
    assert shown is not None
    assert shown.seal_holds
    row.payload["name"] = "Kẻ Giả Mạo"
    row.save()
    assert not verify_code(row.code).seal_holds
    row.sha256 = digest(row.payload)  # the thief also mends the hash, but has no key
    row.save()
    assert not verify_code(row.code).seal_holds


def test_who_lost_the_right_since_is_left_out(world: World) -> None:
    teach(world)
    decide(world)
    note(world, world.placements["TT-001"][0], "upheld")
    counts = issue(actor=office(world), cohort_id=world.cohorts["TT-001"].pk)
    assert (counts.issued, counts.lapsed) == (5, 1)
    assert not Attestation.objects.filter(placement=world.placements["TT-001"][0]).exists()


def test_later_people_need_a_further_decision(world: World) -> None:
    teach(world, grades={1: 40})
    decide(world)
    cohort = world.cohorts["TT-001"].pk
    assert issue(actor=office(world), cohort_id=cohort).issued == 5
    hand_in(world.placements["TT-001"][0], 90, world.session("TT-001", 4).ends_at)
    find_eligibility(actor=office(world), cohort_id=cohort)
    counts = issue(actor=office(world), cohort_id=cohort)
    assert (counts.issued, counts.waiting) == (0, 1)
    assert refusal(decide, world=world) == "attestations.number_taken"
    decide_again = {"number": "1300/QĐ-ĐHQN"}
    number_recognition(
        actor=office(world),
        cohort_id=cohort,
        decided_on=DECIDED,
        signer_name="A B",
        signer_title="Hiệu trưởng",
        **decide_again,
    )
    assert issue(actor=office(world), cohort_id=cohort).issued == 1
    assert Attestation.objects.get(register_number=6).payload["decision"]["number"] == "1300/QĐ-ĐHQN"
    assert [r.ordinal for r in Recognition.objects.all()] == [1, 2]
    assert [s.version for s in MarkSheet.objects.order_by("version")] == [1, 2]


def test_large_class_goes_in_batches(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issuing, "BATCH", 4)
    teach(world)
    decide(world)
    counts = issue(actor=office(world), cohort_id=world.cohorts["TT-001"].pk)
    assert (counts.issued, counts.already) == (6, 0)
    assert [line.count for line in Line.objects.filter(action="attestations.issued").order_by("sequence")] == [4, 2]


@pytest.mark.parametrize(
    "role", [Role.TRAINEE, Role.FOCAL_POINT, Role.HEAD, Role.INSTRUCTOR, Role.LEADER, Role.OPERATOR]
)
def test_others_may_not(world: World, role: Role) -> None:
    cohort = world.cohorts["TT-001"].pk
    for call, arguments in (
        (find_eligibility, {}),
        (confirm_mark_sheet, {"first_examiner": "A", "second_examiner": "B"}),
        (number_recognition, {"number": "1", "decided_on": DECIDED, "signer_name": "A", "signer_title": "B"}),
        (issue, {}),
    ):
        with pytest.raises(NotAllowed):
            call(actor=world.actor(role), cohort_id=cohort, **arguments)
