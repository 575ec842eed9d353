"""Pages that hang on one thing of a campaign: no first link of a list leads there, so their addresses are looked up."""

from .serving import Served
from .visiting import Visitor

# stage -> who -> (address, what fills it): the first value found stands in the address.
LIST = """SELECT list.uuid FROM enrolment_agencylist list JOIN people_rolegrant held
    ON held.organisation_id = list.organisation_id JOIN people_account demo
    ON demo.id = held.account_id AND demo.username = 'demo-focal'"""
WRITTEN = """SELECT form.uuid FROM evaluation_form form JOIN evaluation_invitation sent ON sent.form_id = form.id
    WHERE sent.state = 'answered' GROUP BY form.id ORDER BY COUNT(*) DESC"""
ASKED = """SELECT uuid FROM delivery_question WHERE state = 'open' AND session_id IN (SELECT session.id
    FROM planning_session session JOIN planning_cohortinstructor team ON team.cohort_id = session.cohort_id
    JOIN planning_instructor teacher ON teacher.id = team.instructor_id
    JOIN people_account demo ON demo.person_id = teacher.person_id AND demo.username = 'demo-instructor')"""
ONLINE = """SELECT session.uuid FROM planning_session session JOIN planning_cohort cohort ON cohort.id = session.cohort_id
    JOIN delivery_sessiondiary diary ON diary.session_id = session.id WHERE cohort.mode = 'online'"""
MISSED = """SELECT place.uuid FROM delivery_attendance entry JOIN planning_placement place ON place.id = entry.placement_id
    JOIN planning_session session ON session.id = entry.session_id
    WHERE entry.status = 'excused' AND session.half_day = 4"""
PLANNED = "SELECT uuid FROM assessment_sitting WHERE state = 'planned'"
CLASS = "SELECT uuid FROM planning_cohort"
ADDRESSES: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    "teach": {
        "instructor": (("/questions/{}/", ASKED),),
        "office": (
            ("/assignments/{}/", "SELECT uuid FROM delivery_submission"),
            ("/sessions/{}/log/", ONLINE),
            ("/presence/{}/make-up/4/", MISSED),
            ("/practice/2.2-inbox/figures/", ""),
        ),
        "focal": (("/nominations/{}/", LIST), ("/nominations/{}/release/", LIST)),
        "head": (("/nominations/{}/decision/", LIST),),
    },
    "test": {
        "office": (
            ("/test-marks/", ""),
            ("/sittings/{}/cancel/", PLANNED),
            ("/attestations/classes/{}/progress/", CLASS),
        ),
    },
    "followup": {
        "manager": (("/evaluation/{}/words/", WRITTEN),),
        "office": (
            ("/attestations/classes/{}/progress/", CLASS),
            ("/attestations/corrections/{}/", "SELECT uuid FROM attestations_correction"),
        ),
    },
}


def side_doors(served: Served, stage: str, who: str) -> list[str]:
    """Return the addresses of a role at a stage, those whose thing the campaign has."""
    found = []
    for pattern, query in ADDRESSES[stage].get(who, ()):
        if not query:
            found.append(pattern)
            continue
        rows = served.rows(query)
        if rows:
            found.append(pattern.format(served.dashed(rows[0][0])))
    return found


def half_done(visitor: Visitor) -> list[str]:
    """Let a trainee begin an inbox task and a practice test, finish one of each; return the pages of both states."""
    pages = []
    visitor.go("/lessons/2.2/")
    visitor.follow("/practice/")
    task = visitor.path
    for end in (True, False):
        begin = visitor.find('main form[action$="/start/"] button')
        if begin.count():
            begin.click()
        if end:
            visitor.find('main form[action$="/finish/"] button').click()
            pages.append(visitor.path)
            visitor.go(task)
    pages += [visitor.path, visitor.find('main a[href*="/messages/"]').first.get_attribute("href") or ""]
    visitor.go("/practice-test/")
    visitor.send()
    pages.append(visitor.path)
    return pages
