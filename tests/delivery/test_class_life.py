"""What happens in class through the doors: notes, questions, polls, assignments, practice, reading."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hocvu.curriculum.api import practice_task
from hocvu.delivery import api
from hocvu.delivery.models import ConductNote, Grade, LessonReading, PollVote, PracticeAttempt, Question, Submission
from hocvu.delivery.web.sentences import SENTENCES
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Actor, Role
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.models import Line

FULL = dict.fromkeys(api.RUBRIC_CRITERIA, 20)


class TestConduct:
    @pytest.fixture
    def note(self, world, now_half_day) -> ConductNote:
        return api.note_conduct(
            actor=world.actor(Role.INSTRUCTOR),
            placement_id=world.placements["TT-002"][0].pk,
            session_id=now_half_day.pk,
            category="personal_activity",
            severity="serious",
            text="Xem phim trên điện thoại trong giờ thực hành.",
        )

    def test_reply_then_decision(self, world, note, trainee) -> None:
        api.reply_to_note(actor=trainee(note.placement), note_id=note.pk, text="Tôi đang đo tốc độ mạng.")
        api.decide_note(actor=world.actor(Role.MANAGER), note_id=note.pk, uphold=True, text="Đã xem xét.")

        (state,) = api.conduct_of([note.placement_id])[note.placement_id]
        assert (state.severity, state.state) == ("serious", "upheld")
        with pytest.raises(Refused, match=r"delivery\.note_decided"):
            api.reply_to_note(actor=trainee(note.placement), note_id=note.pk, text="Còn nữa")

    def test_cannot_be_upheld_before_the_time_to_reply_is_over(self, world, note) -> None:
        manager = world.actor(Role.MANAGER)
        with pytest.raises(Refused, match=r"delivery\.reply_pending"):
            api.decide_note(actor=manager, note_id=note.pk, uphold=True)
        with clock.frozen(clock.now() + timedelta(days=3)):
            api.decide_note(actor=manager, note_id=note.pk, uphold=True)
        note.refresh_from_db()
        assert note.state == "upheld"

    def test_may_be_cleared_at_once(self, world, note) -> None:
        api.decide_note(actor=world.actor(Role.OFFICE), note_id=note.pk, uphold=False)
        note.refresh_from_db()
        assert note.state == "cleared"

    def test_only_the_person_replies_and_only_the_organiser_decides(self, world, note, trainee) -> None:
        with pytest.raises(NotAllowed):
            api.reply_to_note(actor=trainee(world.placements["TT-002"][1]), note_id=note.pk, text="x")
        for role in (Role.INSTRUCTOR, Role.FOCAL_POINT, Role.TRAINEE):
            with pytest.raises(NotAllowed):
                api.decide_note(actor=world.actor(role), note_id=note.pk, uphold=False)

    def test_note_on_someone_of_another_class_is_refused(self, world, now_half_day) -> None:
        with pytest.raises(Refused, match=r"delivery\.not_in_class"):
            api.note_conduct(
                actor=world.actor(Role.INSTRUCTOR), placement_id=world.placements["TR-001"][0].pk,
                session_id=now_half_day.pk, category="other", severity="minor", text="x",
            )  # fmt: skip

    def test_places_without_notes_have_an_empty_list(self, world) -> None:
        pk = world.placements["TT-003"][0].pk
        assert api.conduct_of([pk]) == {pk: []}


class TestQuestions:
    def test_asked_taken_answered(self, world, now_half_day, trainee) -> None:
        asker = trainee(world.placements["TT-002"][0])
        teacher = world.actor(Role.INSTRUCTOR)
        question = api.ask_question(actor=asker, session_id=now_half_day.pk, text="VNeID mức 2 là gì?")
        api.take_question(actor=teacher, question_id=question.pk)
        api.answer_question(actor=teacher, question_id=question.pk, text="Là mức đã xác minh khuôn mặt.")

        question.refresh_from_db()
        assert (question.state, question.answered_by) == ("answered", teacher.label)
        with pytest.raises(Refused, match=r"delivery\.question_over"):
            api.withdraw_question(actor=asker, question_id=question.pk)

    def test_calling_for_help_twice_is_one_call(self, world, now_half_day, trainee) -> None:
        asker = trainee(world.placements["TT-002"][0])
        for _ in range(2):
            api.ask_question(actor=asker, session_id=now_half_day.pk, kind="help")
        assert Question.objects.count() == 1

    def test_stranger_cannot_ask(self, world, now_half_day, trainee) -> None:
        with pytest.raises(Refused, match=r"delivery\.not_your_class"):
            api.ask_question(actor=trainee(world.placements["TT-003"][0]), session_id=now_half_day.pk, text="Hỏi")

    def test_nothing_is_asked_of_a_closed_class(self, world, trainee) -> None:
        with pytest.raises(Refused, match=r"delivery\.not_open"):
            api.ask_question(
                actor=trainee(world.placements["TT-002"][0]), session_id=world.session("TT-002", 4).pk, text="Hỏi"
            )


class TestPolls:
    @pytest.fixture
    def poll(self, world, now_half_day):
        return api.open_poll(
            actor=world.actor(Role.INSTRUCTOR), session_id=now_half_day.pk, text="Đã dùng chữ ký số?",
            options=["Rồi", "Chưa"],
        )  # fmt: skip

    def test_one_vote_each_that_may_change(self, world, poll, trainee) -> None:
        one, two = (trainee(p) for p in world.placements["TT-002"][:2])
        api.vote(actor=one, poll_id=poll.pk, option=0)
        api.vote(actor=one, poll_id=poll.pk, option=1)
        api.vote(actor=two, poll_id=poll.pk, option=1)

        assert list(PollVote.objects.values_list("option", flat=True)) == [1, 1]

    def test_ledger_does_not_tell_the_choice(self, world, poll, trainee) -> None:
        api.vote(actor=trainee(world.placements["TT-002"][0]), poll_id=poll.pk, option=1)
        assert Line.objects.latest("sequence").data == {"session": poll.session_id}

    def test_closed_poll_and_wrong_option_are_refused(self, world, poll, trainee) -> None:
        voter = trainee(world.placements["TT-002"][0])
        for option in (-1, 2):
            with pytest.raises(Refused, match=r"delivery\.poll_option"):
                api.vote(actor=voter, poll_id=poll.pk, option=option)
        api.close_poll(actor=SYSTEM, poll_id=poll.pk)
        with pytest.raises(Refused, match=r"delivery\.poll_closed"):
            api.vote(actor=voter, poll_id=poll.pk, option=0)

    @pytest.mark.parametrize("options", [[], ["một"], ["a", "a"], list("abcdefg")])
    def test_wrong_choices_are_refused(self, world, now_half_day, options) -> None:
        with pytest.raises(Refused, match=r"delivery\.poll_options"):
            api.open_poll(actor=SYSTEM, session_id=now_half_day.pk, text="Hỏi", options=options)

    def test_votes_of_a_class_at_once(self, world, poll) -> None:
        votes = {p.pk: n % 2 for n, p in enumerate(world.placements["TT-002"])}
        assert api.vote_many(actor=SYSTEM, poll_id=poll.pk, votes=votes) == 6
        with pytest.raises(Refused, match=r"delivery\.not_in_class"):
            api.vote_many(actor=SYSTEM, poll_id=poll.pk, votes={world.placements["TR-001"][0].pk: 0})


class TestAssignments:
    def test_versions_until_graded(self, world, trainee) -> None:
        place = world.placements["TT-002"][0]
        api.hand_in(actor=trainee(place), placement_id=place.pk, text="Bản một")
        upload = SimpleUploadedFile("bài thu hoạch.pdf", b"%PDF-1.7 x")
        second = api.hand_in(actor=trainee(place), placement_id=place.pk, upload=upload)

        assert (second.version, second.file_name) == (2, "bài thu hoạch.pdf")
        assert "thu" not in second.file.name

        row = api.GradeRow(place.pk, {"done": 25, "right": 20, "work": 18, "clear": 12}, "Tốt")
        api.grade_many(actor=world.actor(Role.INSTRUCTOR), cohort_id=place.cohort_id, rows=[row])
        assert api.latest_grades([place.pk]) == {place.pk: 75}
        assert Grade.objects.get().submission == second
        with pytest.raises(Refused, match=r"delivery\.already_graded"):
            api.hand_in(actor=trainee(place), placement_id=place.pk, text="Bản ba")

    def test_class_at_once(self, world) -> None:
        places = world.placements["TT-001"]
        cohort = places[0].cohort_id
        rows = [api.HandInRow(p.pk, f"Bài của số {p.number}") for p in places]
        assert api.hand_in_many(actor=SYSTEM, cohort_id=cohort, rows=rows) == 6
        assert api.hand_in_many(actor=SYSTEM, cohort_id=cohort, rows=rows[:2]) == 2
        assert api.grade_many(actor=SYSTEM, cohort_id=cohort, rows=[api.GradeRow(p.pk, FULL) for p in places]) == 6

        assert set(api.latest_grades([p.pk for p in places]).values()) == {80}
        assert Grade.objects.filter(submission__version=2).count() == 2

    def test_latest_mark_counts(self, world) -> None:
        place = world.placements["TT-001"][0]
        api.hand_in_many(actor=SYSTEM, cohort_id=place.cohort_id, rows=[api.HandInRow(place.pk, "Bài")])
        for points in (20, 10):
            row = api.GradeRow(place.pk, dict.fromkeys(api.RUBRIC_CRITERIA, points))
            api.grade_many(actor=SYSTEM, cohort_id=place.cohort_id, rows=[row])
        other = world.placements["TT-001"][1]
        assert api.latest_grades([place.pk, other.pk]) == {place.pk: 40, other.pk: None}

    def test_nothing_handed_in_cannot_be_graded(self, world) -> None:
        place = world.placements["TT-001"][0]
        with pytest.raises(Refused, match=r"delivery\.nothing_to_grade"):
            api.grade_many(actor=SYSTEM, cohort_id=place.cohort_id, rows=[api.GradeRow(place.pk, FULL)])

    def test_empty_hand_in_is_refused(self, world, trainee) -> None:
        place = world.placements["TT-002"][0]
        with pytest.raises(Refused, match=r"delivery\.nothing_handed_in"):
            api.hand_in(actor=trainee(place), placement_id=place.pk, text="  ")

    def test_closed_campaign_takes_nothing(self, world, trainee) -> None:
        world.campaign.state = "closed"
        world.campaign.save()
        place = world.placements["TT-002"][0]
        with pytest.raises(Refused, match=r"delivery\.assignments_closed"):
            api.hand_in(actor=trainee(place), placement_id=place.pk, text="Muộn")

    def test_one_hands_in_and_grades_only_what_is_theirs(self, world, trainee) -> None:
        one, two = world.placements["TT-002"][:2]
        with pytest.raises(NotAllowed):
            api.hand_in(actor=trainee(one), placement_id=two.pk, text="Của người khác")
        other = world.placements["TT-003"][0]
        with pytest.raises(NotAllowed):
            api.grade_many(
                actor=world.actor(Role.INSTRUCTOR), cohort_id=other.cohort_id, rows=[api.GradeRow(other.pk, FULL)]
            )


class TestPractice:
    TASK = "2.2-inbox"

    def test_best_deeds_reach_the_most(self, world, trainee) -> None:
        task = practice_task(self.TASK)
        place = world.placements["TT-002"][0]
        who = trainee(place)
        attempt = api.start_practice(actor=who, placement_id=place.pk, task_code=self.TASK)
        assert api.start_practice(actor=who, placement_id=place.pk, task_code=self.TASK) == attempt
        for message in task.messages:
            api.record_deed(actor=who, attempt_id=attempt.pk, object_id=message.id, deed="open")
            api.record_deed(actor=who, attempt_id=attempt.pk, object_id=message.id, deed=message.best)
        result = api.finish_practice(actor=who, attempt_id=attempt.pk)

        assert (result.score, result.right) == (task.max_score, 12)
        kept = PracticeAttempt.objects.get()
        assert (kept.score, len(kept.deeds)) == (task.max_score, 24)
        with pytest.raises(Refused, match=r"delivery\.practice_over"):
            api.record_deed(actor=who, attempt_id=attempt.pk, object_id="m01", deed="keep")

    @pytest.mark.parametrize(("message", "deed"), [("m99", "open"), ("m01", "explode"), ("m01", "open_link")])
    def test_deeds_the_task_does_not_have_are_refused(self, world, trainee, message, deed) -> None:
        place = world.placements["TT-002"][0]
        attempt = api.start_practice(actor=trainee(place), placement_id=place.pk, task_code=self.TASK)
        with pytest.raises(Refused, match=r"delivery\.practice_deed"):
            api.record_deed(actor=trainee(place), attempt_id=attempt.pk, object_id=message, deed=deed)

    def test_another_persons_try_is_closed_to_me(self, world, trainee) -> None:
        one, two = world.placements["TT-002"][:2]
        attempt = api.start_practice(actor=trainee(one), placement_id=one.pk, task_code=self.TASK)
        with pytest.raises(NotAllowed):
            api.record_deed(actor=trainee(two), attempt_id=attempt.pk, object_id="m01", deed="keep")

    def test_figures_by_agency(self, world) -> None:
        task = practice_task(self.TASK)
        good = tuple((m.id, m.best, "") for m in task.messages)
        one, two = world.placements["TT-002"][:2]
        online = world.placements["TR-001"][0]
        rows = [api.PracticeRow(one.pk, good), api.PracticeRow(one.pk, ()), api.PracticeRow(two.pk, ())]
        rows.append(api.PracticeRow(online.pk, good[:6]))
        assert api.practise_many(actor=SYSTEM, task_code=self.TASK, rows=rows) == 4

        figures = api.practice_figures_by_agency(self.TASK, world.plan.pk)
        commune = figures[world.organisations["XA1"].pk]
        assert (commune.people, commune.attempts, commune.best_share) == (2, 3, 50.0)
        assert set(figures) == {world.organisations[code].pk for code in ("XA1", "TH1")}


class TestReading:
    def test_seconds_add_up_and_first_opening_is_told(self, world, trainee) -> None:
        place = world.placements["TT-002"][0]
        before = Line.objects.count()
        for seconds in (0, 30, 45, 999_999):
            api.record_reading(
                actor=trainee(place), placement_id=place.pk, lesson_code="1.1", version_number=2, seconds=seconds
            )

        (read,) = api.readings_of([place.pk])[place.pk]
        assert (read.lesson_code, read.version_number, read.seconds) == ("1.1", 2, 75 + 3600)
        assert Line.objects.count() == before + 1

    def test_many_at_once(self, world) -> None:
        places = world.placements["TT-002"]
        rows = [api.ReadingRow(p.pk, code, 1, 60) for p in places for code in ("1.1", "1.2")]
        assert api.record_readings(actor=SYSTEM, rows=[*rows, rows[0]]) == 12
        assert LessonReading.objects.get(placement=places[0], lesson_code="1.1").seconds == 120

    def test_not_for_others(self, world, trainee) -> None:
        one, two = world.placements["TT-002"][:2]
        with pytest.raises(NotAllowed):
            api.record_reading(actor=trainee(one), placement_id=two.pk, lesson_code="1.1", version_number=1, seconds=5)
        nobody = Actor(Role.TRAINEE, "ai đó")
        with pytest.raises(NotAllowed):
            api.record_reading(actor=nobody, placement_id=two.pk, lesson_code="1.1", version_number=1, seconds=5)


def test_every_refusal_has_its_sentence() -> None:
    folder = Path(api.__file__).parent
    raised: set[str] = set()
    for path in [*folder.glob("services/*.py"), *folder.glob("domain/*.py"), *folder.glob("queries/*.py")]:
        raised |= set(re.findall(r'(?:Refused\(\s*|return )"(delivery\.\w+)"', path.read_text()))
    assert len(raised) > 40
    assert raised == set(SENTENCES) & raised
    assert set(SENTENCES) <= raised


def test_full_disk_is_told_and_leaves_nothing(world, trainee, monkeypatch) -> None:
    def full(*args: object, **kwargs: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)
    place = world.placements["TT-002"][0]
    with pytest.raises(Refused, match=r"delivery\.not_kept"):
        api.hand_in(actor=trainee(place), placement_id=place.pk, upload=SimpleUploadedFile("a.pdf", b"%PDF-1.7"))
    assert not Submission.objects.exists()
