"""Two at once: one register without gaps, one entry a person, one file an entry."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from hocvu.attestations.api import attestation_pdf, confirm_mark_sheet, issue, number_recognition
from hocvu.attestations.models import Attestation
from hocvu.kernel import clock
from hocvu.kernel.actor import Role

from ..conftest import MORNING
from ..world import build_world
from .build import DECIDED, decide, teach

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def together(*calls: Callable[[], object]) -> list[object]:
    """Run calls at the same moment, each with a database connection of its own; return results or troubles."""
    ready, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(at: int) -> None:
        clock.set_source(lambda: MORNING)
        ready.wait()
        try:
            results[at] = calls[at]()
        except Exception as trouble:  # noqa: BLE001 - the test looks at it
            results[at] = trouble
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture(autouse=True)
def on_postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's test database lives in memory, on one connection")


def test_double_issue() -> None:
    world = build_world()
    teach(world)
    decide(world)
    actor, cohort = world.actor(Role.OFFICE), world.cohorts["TT-001"].pk
    results = together(*[lambda: issue(actor=actor, cohort_id=cohort)] * 3)
    assert sum(r.issued for r in results) == 6
    assert list(Attestation.objects.order_by("register_number").values_list("register_number", flat=True)) == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]


def test_two_classes_at_once_leave_no_gap() -> None:
    world = build_world()
    teach(world)
    decide(world)
    with clock.frozen(clock.at(DECIDED.replace(day=30), 8)):
        teach(world, "TT-002")
        decide_later(world)
    actor = world.actor(Role.OFFICE)
    together(*[lambda c=c: issue(actor=actor, cohort_id=world.cohorts[c].pk) for c in ("TT-001", "TT-002")])
    assert sorted(Attestation.objects.values_list("register_number", flat=True)) == list(range(1, 13))


def decide_later(world) -> None:
    actor, cohort = world.actor(Role.OFFICE), world.cohorts["TT-002"].pk
    confirm_mark_sheet(actor=actor, cohort_id=cohort, first_examiner="A B", second_examiner="C D")
    number_recognition(
        actor=actor,
        cohort_id=cohort,
        number="9/QĐ",
        decided_on=DECIDED.replace(day=20),
        signer_name="A",
        signer_title="B",
    )


def test_two_requests_give_one_file() -> None:
    world = build_world()
    teach(world)
    decide(world)
    issue(actor=world.actor(Role.OFFICE), cohort_id=world.cohorts["TT-001"].pk)
    row = Attestation.objects.first()
    results = together(*[lambda: attestation_pdf(Attestation.objects.get(pk=row.pk))] * 4)
    assert len(set(results)) == 1
    assert results[0].startswith(b"%PDF")
