"""Recount a whole campaign from its database file, in plain SQL and plain Python.

Shares no code with hocvu: it opens the SQLite file itself and works the rules out again. Each function
returns a list of faults in words; an empty list means that everything is as it must be.

    python tests/campaign/recount.py var/hocvu.sqlite3
"""

import json
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Callable

CAP_PCT = 34
PASS = 50
LATE_MINUTES = 15
LIVE = "cohort.plan_id = (SELECT id FROM planning_timetableplan WHERE state = 'published')"


def everybody_has_one_place(db: sqlite3.Connection) -> list[str]:
    """Each approved nomination one place, each person one place, sizes as written, within one mode."""
    faults = []
    (lost,) = db.execute(
        f"""SELECT COUNT(*) FROM enrolment_nomination n WHERE n.state = 'approved' AND NOT EXISTS (
            SELECT 1 FROM planning_placement p JOIN planning_cohort cohort ON cohort.id = p.cohort_id
            WHERE p.nomination_id = n.id AND {LIVE})"""
    ).fetchone()
    if lost:
        faults.append(f"{lost} people named have no place")
    twice = db.execute(
        f"""SELECT p.person_id, COUNT(*) FROM planning_placement p JOIN planning_cohort cohort ON cohort.id = p.cohort_id
            WHERE {LIVE} GROUP BY 1 HAVING COUNT(*) > 1"""
    ).fetchall()
    faults += [f"person {person} has {n} places" for person, n in twice]
    sizes = db.execute(
        f"""SELECT cohort.code, cohort.size, COUNT(p.id) FROM planning_cohort cohort
            LEFT JOIN planning_placement p ON p.cohort_id = cohort.id WHERE {LIVE} GROUP BY cohort.id"""
    )
    faults += [f"{code}: size {said}, people {found}" for code, said, found in sizes if said != found]
    wrong = db.execute(
        f"""SELECT COUNT(*) FROM planning_placement p JOIN planning_cohort cohort ON cohort.id = p.cohort_id
            JOIN enrolment_nomination n ON n.id = p.nomination_id
            JOIN campaigns_targetgroup g ON g.id = n.target_group_id WHERE {LIVE} AND g.mode <> cohort.mode"""
    ).fetchone()[0]
    if wrong:
        faults.append(f"{wrong} people sit in a class of the other mode")
    return faults


def nothing_is_booked_twice(db: sqlite3.Connection) -> list[str]:
    """No room, instructor or person in two classes on one day; rooms are large enough; two teach each class."""
    faults = []
    rows = db.execute(
        f"SELECT cohort.id, code, starts_on, ends_on, room_id, size FROM planning_cohort cohort WHERE {LIVE}"
    ).fetchall()
    rooms: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    seats = dict(db.execute("SELECT id, seats FROM planning_room"))
    days_of = {}
    for cohort, code, first, last, room, size in rows:
        days_of[cohort] = {first, last}
        for day in {first, last}:
            if room is not None:
                rooms[room, day].append(code)
        if room is not None and seats[room] < size:
            faults.append(f"{code}: {size} people, {seats[room]} seats")
    faults += [f"room {room} on {day}: {codes}" for (room, day), codes in rooms.items() if len(codes) > 1]
    teaching: Counter[tuple[int, str]] = Counter()
    teams: Counter[int] = Counter()
    for cohort, instructor in db.execute("SELECT cohort_id, instructor_id FROM planning_cohortinstructor"):
        if cohort in days_of:
            teams[cohort] += 1
            teaching.update((instructor, day) for day in days_of[cohort])
    faults += [f"instructor {who} teaches {n} classes on {day}" for (who, day), n in teaching.items() if n > 1]
    faults += [f"class {cohort} has {teams[cohort]} instructors" for cohort in days_of if teams[cohort] != 2]
    away = dict(db.execute("SELECT id, unavailable FROM planning_instructor"))
    faults += [
        f"instructor {who} teaches on {day}, a day away" for who, day in teaching if day in json.loads(away[who])
    ]
    return faults


def services_go_on(db: sqlite3.Connection) -> list[str]:
    """No agency over its daily limit, one of each job group stays, nobody sits on a day they are away."""
    faults = []
    lists = {
        org: (head, json.loads(groups))
        for org, head, groups in db.execute("SELECT organisation_id, headcount, job_groups FROM enrolment_agencylist")
    }
    out: Counter[tuple[int, str]] = Counter()
    groups_out: Counter[tuple[int, str, str]] = Counter()
    rows = db.execute(
        f"""SELECT p.organisation_id, n.job_group, n.unavailable, cohort.starts_on, cohort.ends_on, p.person_id
            FROM planning_placement p JOIN planning_cohort cohort ON cohort.id = p.cohort_id
            JOIN enrolment_nomination n ON n.id = p.nomination_id WHERE {LIVE}"""
    )
    for org, group, unavailable, first, last, person in rows:
        for day in {first, last}:
            out[org, day] += 1
            groups_out[org, group, day] += 1
            if day in json.loads(unavailable):
                faults.append(f"person {person} sits on {day}, a day away")
    for (org, day), n in out.items():
        head = lists[org][0]
        cap = head if head <= 1 else max(1, min(head - 1, head * CAP_PCT // 100))
        if n > cap:
            faults.append(f"organisation {org} on {day}: {n} of {head} away, {cap} allowed")
    for (org, group, day), n in groups_out.items():
        staff = lists[org][1].get(group, 0)
        if staff >= 2 and n >= staff:
            faults.append(f"organisation {org} on {day}: all {n} of {group} away")
    return faults


def register_follows_from_what_was_seen(db: sqlite3.Connection) -> list[str]:
    """Whoever counts as present was seen; lateness halves the credit; a made-up half-day was seen elsewhere."""
    faults = []
    seen: dict[tuple[int, int], str] = {}
    for placement, session, at in db.execute(
        "SELECT placement_id, session_id, MIN(observed_at) FROM delivery_observation WHERE kind = 'present' GROUP BY 1, 2"
    ):
        seen[placement, session] = at
    rows = db.execute(
        """SELECT a.placement_id, a.session_id, a.status, a.credit, a.minutes_late, a.made_up_in_id, s.starts_at
           FROM delivery_attendance a JOIN planning_session s ON s.id = a.session_id"""
    )
    for placement, session, status, credit, late, elsewhere, _starts in rows:
        here = (placement, session) in seen
        if status in {"present", "late"} and not here:
            faults.append(f"place {placement}, half-day {session}: {status}, but never seen")
        if status in {"absent", "excused"} and here:
            faults.append(f"place {placement}, half-day {session}: {status}, but seen")
        if status == "made_up" and (placement, elsewhere) not in seen:
            faults.append(f"place {placement}, half-day {session}: made up, but not seen in {elsewhere}")
        wanted = {"present": 2, "made_up": 2, "absent": 0, "excused": 0}.get(status, 1 if late > LATE_MINUTES else 2)
        if credit != wanted:
            faults.append(f"place {placement}, half-day {session}: {status}, {late} minutes late, credit {credit}")
    return faults


def marks_follow_from_answers(db: sqlite3.Connection) -> list[str]:
    """Every mark is the share of right answers of that paper, in tenths, halves up."""
    faults = []
    keys = dict(db.execute("SELECT id, right_key FROM assessment_itemversion"))
    answers: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for attempt, position, value in db.execute("SELECT attempt_id, position, value FROM assessment_answer"):
        answers[attempt][position] = value
    rows = db.execute("SELECT id, paper, \"right\", mark FROM assessment_attempt WHERE state = 'scored'")
    for attempt, paper, right, mark in rows:
        items = json.loads(paper)
        found = sum(answers[attempt].get(n) == keys[version] for n, (version, _) in enumerate(items, start=1))
        wanted = (200 * found + len(items)) // (2 * len(items))
        if (right, mark) != (found, wanted):
            faults.append(f"attempt {attempt}: {right} right, mark {mark}; recounted {found}, {wanted}")
    return faults


def attestations_follow_from_the_rules(db: sqlite3.Connection) -> list[str]:
    """Attested are exactly those with all four half-days, test and assignment passed, no serious note upheld."""
    earned_credits = dict(db.execute("SELECT placement_id, SUM(credit) FROM delivery_attendance GROUP BY 1"))
    tests = dict(db.execute("SELECT placement_id, MAX(mark) FROM assessment_attempt WHERE state = 'scored' GROUP BY 1"))
    works = dict(
        db.execute(
            """SELECT s.placement_id, g.mark FROM delivery_grade g JOIN delivery_submission s ON s.id = g.submission_id
               ORDER BY s.version, g.graded_at, g.id"""
        )
    )
    notes = {
        row[0]
        for row in db.execute(
            "SELECT placement_id FROM delivery_conductnote WHERE state = 'upheld' AND severity = 'serious'"
        )
    }
    attested = {row[0] for row in db.execute("SELECT placement_id FROM attestations_attestation")}
    faults = []
    for (placement,) in db.execute(
        f"SELECT p.id FROM planning_placement p JOIN planning_cohort cohort ON cohort.id = p.cohort_id WHERE {LIVE}"
    ):
        earned = (
            earned_credits.get(placement) == 8
            and (tests.get(placement) or 0) >= PASS
            and (works.get(placement) or 0) >= PASS
            and placement not in notes
        )
        if earned != (placement in attested):
            faults.append(
                f"place {placement}: credits {earned_credits.get(placement)}, test {tests.get(placement)}, "
                f"assignment {works.get(placement)}, attested {placement in attested}"
            )
    return faults


def register_has_no_gaps(db: sqlite3.Connection) -> list[str]:
    """Register numbers run from 1 without gaps; each entry stands under a numbered decision."""
    numbers = [row[0] for row in db.execute("SELECT register_number FROM attestations_attestation ORDER BY 1")]
    faults = [] if numbers == list(range(1, len(numbers) + 1)) else ["register numbers have gaps"]
    (bare,) = db.execute(
        """SELECT COUNT(*) FROM attestations_attestation a JOIN attestations_recognition r ON r.id = a.recognition_id
           WHERE r.number = '' OR r.decided_on IS NULL OR r.signer_name = ''"""
    ).fetchone()
    return faults + ([f"{bare} attestations without a numbered decision"] if bare else [])


def follow_ups_reach_people_where_they_are(db: sqlite3.Connection) -> list[str]:
    """Who was asked after the merger was asked in a body that existed then."""
    (dead,) = db.execute(
        """SELECT COUNT(*) FROM evaluation_invitation i JOIN people_organisation o ON o.id = i.organisation_id
           WHERE o.valid_to IS NOT NULL AND o.valid_to <= substr(i.sent_at, 1, 10)"""
    ).fetchone()
    return [f"{dead} people were asked in bodies that had ended"] if dead else []


CHECKS: tuple[Callable[[sqlite3.Connection], list[str]], ...] = (
    everybody_has_one_place, nothing_is_booked_twice, services_go_on, register_follows_from_what_was_seen,
    marks_follow_from_answers, attestations_follow_from_the_rules, register_has_no_gaps,
    follow_ups_reach_people_where_they_are,
)  # fmt: skip


def main(path: str) -> int:
    """Print every fault of a database file."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        total = 0
        for check in CHECKS:
            faults = check(db)
            total += len(faults)
            print(f"{check.__name__}: {len(faults) or 'in order'}")
            for fault in faults[:5]:
                print(f"  {fault}")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
