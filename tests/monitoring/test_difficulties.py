"""The life of a difficulty."""

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Actor, Role
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.models import Line
from hocvu.monitoring.api import (
    close_difficulty,
    decide_difficulty,
    escalate,
    escalate_late,
    note_difficulty,
    propose,
    report_difficulty,
    take_difficulty,
    visible_difficulties,
    waiting_for,
)
from hocvu.monitoring.models import Difficulty
from hocvu.people.api import SuccessionRow, record_successions
from tests.world import World, organisation

pytestmark = pytest.mark.django_db


def report(world: World, role: Role = Role.INSTRUCTOR, **more) -> Difficulty:
    asked = {"category": "computer", "place": "Phòng máy M1", "text": "Bốn máy không khởi động."} | more
    return report_difficulty(actor=world.actor(role), campaign_id=world.campaign.pk, **asked)


def at(day: int, hour: int, minute: int = 0) -> None:
    clock.set_source(lambda: clock.at(date(2025, 6, day), hour, minute))


def photo(size: tuple[int, int] = (400, 300), kind: str = "JPEG", orientation: int = 1) -> io.BytesIO:
    """Make a photo that tells where it was taken."""
    image = Image.new("RGB", size, "navy")
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "PhoneMaker"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (13.0, 45.0, 30.0)
    buffer = io.BytesIO()
    image.save(buffer, kind, exif=exif)
    buffer.seek(0)
    return buffer


def test_a_report_gets_a_number_an_owner_and_a_clock(world: World) -> None:
    first, second = report(world), report(world, Role.TRAINEE)

    assert (first.number, second.number) == (1, 2)
    assert first.owner_organisation == world.organisations["QNU"]
    assert clock.local(first.due_at) == clock.at(date(2025, 6, 18), 14, 10)  # 08:10 and four working hours
    assert [s.kind for s in first.steps.all()] == ["reported"]
    assert Line.objects.filter(action="monitoring.difficulty_reported").count() == 2


@pytest.mark.parametrize(
    ("category", "owner"), [("time", "XA1"), ("people", "XA1"), ("room", "QNU"), ("network", "QNU"), ("other", "QNU")]
)
def test_who_owns_it_first(world: World, category: str, owner: str) -> None:
    assert report(world, Role.FOCAL_POINT, category=category).owner_organisation == world.organisations[owner]


def test_without_an_agency_the_university_owns_it(world: World) -> None:
    assert report(world, Role.INSTRUCTOR, category="time").owner_organisation == world.organisations["QNU"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"text": "   "}, "monitoring.say_something"),
        ({"text": "x" * 4001}, "monitoring.text_too_long"),
        ({"category": "weather"}, "monitoring.no_category"),
        ({"photo": io.BytesIO(b"GIF89a not a photo")}, "monitoring.photo_unreadable"),
        ({"photo": io.BytesIO(b"\xff\xd8\xff cut short")}, "monitoring.photo_unreadable"),
    ],
)
def test_what_cannot_be_reported(world: World, more, code: str) -> None:
    with pytest.raises(Refused) as refused:
        report(world, **more)
    assert refused.value.code == code
    assert Difficulty.objects.count() == 0


def test_a_photo_loses_place_and_device_and_stands_upright(world: World) -> None:
    found = report(world, photo=photo((3000, 2000), orientation=6))

    with found.photo.open("rb") as file, Image.open(file) as kept:
        assert kept.format == "JPEG"
        assert not kept.getexif()
        assert max(kept.size) == 1800 and kept.height > kept.width  # turned as the phone was held
    with found.photo.open("rb") as file:
        assert b"PhoneMaker" not in file.read()


def test_a_photo_that_is_too_big_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hocvu.monitoring.services.photos.MOST_BYTES", 100)
    with pytest.raises(Refused) as refused:
        report(world, photo=photo())
    assert refused.value.code == "monitoring.photo_too_big"


def test_png_with_transparency_is_kept_on_white(world: World) -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(buffer, "PNG")
    buffer.seek(0)

    with report(world, photo=buffer).photo.open("rb") as file, Image.open(file) as kept:
        assert kept.getpixel((5, 5)) == (255, 255, 255)


def test_late_difficulties_climb_level_by_level_each_with_its_clock(world: World) -> None:
    found = report(world)
    at(18, 14, 9)
    assert escalate_late() == 0
    at(18, 14, 10)
    assert escalate_late() == 1
    found.refresh_from_db()
    assert (found.level, found.owner_organisation) == (2, world.organisations["SNV"])
    assert clock.local(found.due_at) == clock.at(date(2025, 6, 19), 14, 10)
    assert escalate_late() == 0
    at(20, 9)
    assert escalate_late(actor=world.actor(Role.MANAGER)) == 1
    found.refresh_from_db()
    assert (found.level, found.owner_organisation) == (3, world.organisations["52"])
    assert clock.local(found.due_at) == clock.at(date(2025, 6, 24), 9)  # two working days over a weekend
    at(30, 9)
    assert escalate_late() == 0  # nowhere higher
    assert [s.kind for s in found.steps.all()] == ["reported", "escalated", "escalated"]


def test_decided_difficulties_do_not_climb(world: World) -> None:
    found = report(world)
    decide_difficulty(actor=world.actor(Role.OFFICE), difficulty_id=found.pk, text="Thay máy.")
    at(30, 9)
    assert escalate_late() == 0


def test_after_a_merger_the_successor_owns_it(world: World) -> None:
    heir = organisation("SNV-GL", "Sở Nội vụ tỉnh Gia Lai", valid_from=date(2025, 7, 1))
    record_successions(actor=SYSTEM, rows=[SuccessionRow("SNV", "SNV-GL", date(2025, 7, 1))])
    found = report(world)
    clock.set_source(lambda: clock.at(date(2025, 7, 2), 9))

    escalate_late()

    found.refresh_from_db()
    assert found.owner_organisation == heir


LEVELS = {1: Role.OFFICE, 2: Role.MANAGER, 3: Role.LEADER}


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize(
    "role", [Role.OFFICE, Role.MANAGER, Role.LEADER, Role.REVIEWER, Role.TRAINEE, Role.FOCAL_POINT]
)
def test_each_level_is_decided_by_its_own(world: World, level: int, role: Role) -> None:
    found = report(world)
    Difficulty.objects.filter(pk=found.pk).update(level=level)

    if role is LEVELS[level]:
        assert decide_difficulty(actor=world.actor(role), difficulty_id=found.pk, text="Đồng ý.").state == "decided"
    else:
        with pytest.raises(NotAllowed):
            decide_difficulty(actor=world.actor(role), difficulty_id=found.pk, text="Đồng ý.")


def test_an_agency_decides_what_it_owns_and_nothing_else(world: World) -> None:
    own = report(world, Role.FOCAL_POINT, category="time")
    other = report(world, category="time", organisation_id=world.organisations["TH1"].pk)

    decide_difficulty(actor=world.actor(Role.HEAD), difficulty_id=own.pk, text="Bố trí người trực thay.")
    with pytest.raises(NotAllowed):
        decide_difficulty(actor=world.actor(Role.HEAD), difficulty_id=other.pk, text="Không.")


def test_the_proposed_solution_is_accepted_by_deciding_without_words(world: World) -> None:
    found = report(world)
    with pytest.raises(Refused):  # nothing proposed, nothing said
        decide_difficulty(actor=world.actor(Role.OFFICE), difficulty_id=found.pk, text="")
    propose(actor=world.actor(Role.MANAGER), difficulty_id=found.pk, text="Mượn máy.")
    found = decide_difficulty(actor=world.actor(Role.OFFICE), difficulty_id=found.pk, text="")

    assert found.decision == "Mượn máy."
    assert [s.kind for s in found.steps.all()] == ["reported", "proposed", "decided"]
    with pytest.raises(Refused) as refused:
        propose(actor=world.actor(Role.OFFICE), difficulty_id=found.pk, text="Khác.")
    assert refused.value.code == "monitoring.difficulty_decided"


def test_leaders_read_and_decide_but_trainees_do_not_propose(world: World) -> None:
    found = report(world, Role.TRAINEE)
    with pytest.raises(NotAllowed):
        propose(actor=world.actor(Role.TRAINEE), difficulty_id=found.pk, text="Tôi nghĩ…")
    note_difficulty(actor=world.actor(Role.TRAINEE), difficulty_id=found.pk, text="Máy số 4 cũng hỏng.")
    with pytest.raises(NotAllowed):
        note_difficulty(actor=world.actor(Role.INSTRUCTOR), difficulty_id=found.pk, text="…")
    with pytest.raises(NotAllowed):
        take_difficulty(actor=world.actor(Role.LEADER), difficulty_id=found.pk)
    take_difficulty(actor=world.actor(Role.OFFICE), difficulty_id=found.pk)
    assert [s.kind for s in found.steps.all()] == ["reported", "note", "taken"]


def test_it_can_be_handed_up_at_once_but_not_above_the_top(world: World) -> None:
    found = report(world)
    escalate(actor=world.actor(Role.OFFICE), difficulty_id=found.pk, text="Vượt thẩm quyền.")
    with pytest.raises(NotAllowed):
        escalate(actor=world.actor(Role.OFFICE), difficulty_id=found.pk)
    escalate(actor=world.actor(Role.MANAGER), difficulty_id=found.pk)
    with pytest.raises(NotAllowed):
        escalate(actor=world.actor(Role.MANAGER), difficulty_id=found.pk)
    found.refresh_from_db()
    assert found.level == 3


def test_closing_needs_a_decision_or_a_reason_and_happens_once(world: World) -> None:
    found = report(world)
    with pytest.raises(Refused) as refused:
        close_difficulty(actor=world.actor(Role.OFFICE), difficulty_id=found.pk)
    assert refused.value.code == "monitoring.say_why"
    close_difficulty(actor=world.actor(Role.OFFICE), difficulty_id=found.pk, text="Máy đã chạy lại.")
    with pytest.raises(Refused) as refused:
        close_difficulty(actor=world.actor(Role.OFFICE), difficulty_id=found.pk, text="Lần nữa.")
    assert refused.value.code == "monitoring.difficulty_closed"


def test_who_sees_what(world: World) -> None:
    mine = report(world, Role.TRAINEE)
    agency = report(world, category="time", organisation_id=world.organisations["XA1"].pk)
    elsewhere = report(world, organisation_id=world.organisations["TH1"].pk)

    def seen(role: Role) -> set[int]:
        return set(visible_difficulties(world.actor(role)).values_list("number", flat=True))

    assert seen(Role.TRAINEE) == {mine.number}
    assert seen(Role.INSTRUCTOR) == {agency.number, elsewhere.number}  # reported by them
    assert seen(Role.FOCAL_POINT) == seen(Role.HEAD) == {agency.number}
    assert seen(Role.INVIGILATOR) == seen(Role.OPERATOR) == set()
    for role in (Role.OFFICE, Role.MANAGER, Role.LEADER, Role.REVIEWER):
        assert seen(role) == {1, 2, 3}
    assert not visible_difficulties(Actor(Role.TRAINEE, "Không tài khoản")).exists()


def test_what_waits_for_whom(world: World) -> None:
    report(world)
    report(world, Role.FOCAL_POINT, category="time")
    Difficulty.objects.filter(number=1).update(level=3, due_at=clock.now() - timedelta(hours=1))

    assert [d.number for d in waiting_for(world.actor(Role.LEADER))] == [1]
    assert [d.number for d in waiting_for(world.actor(Role.HEAD))] == [2]
    assert not waiting_for(world.actor(Role.MANAGER))
    assert not waiting_for(world.actor(Role.TRAINEE))
