"""The bulk doors: organisations, successions, people, accounts."""

import time
from datetime import date

import pytest

from hocvu.kernel.actor import SYSTEM, Role
from hocvu.kernel.errors import Refused
from hocvu.ledger.models import Line
from hocvu.people.api import (
    AccountRow,
    OrganisationRow,
    PersonRow,
    SuccessionRow,
    apply_successions,
    masked_name,
    open_accounts,
    organisation_of,
    organisations_under,
    record_successions,
    register_organisations,
    register_people,
    successors_of,
)
from hocvu.people.models import Account, Organisation, Person, Posting, RoleGrant

pytestmark = pytest.mark.django_db
MERGER = date(2025, 7, 1)
START = date(2020, 1, 1)


def row(code: str, parent: str | None = None, **fields) -> OrganisationRow:
    return OrganisationRow(code=code, name_vi=f"Xã {code}", parent_code=parent, **fields)


def small_merger() -> dict:
    """Two communes become one; a school goes on under the new one; a district ends."""
    ids = register_organisations(
        actor=SYSTEM,
        rows=[
            row("S", "C1", valid_to=MERGER),
            row("C1", "D", valid_to=MERGER),
            row("C2", "D", valid_to=MERGER),
            row("D", "P", valid_to=MERGER),
            row("P", valid_to=MERGER),
            row("GL", valid_from=MERGER),
            row("N", "GL", valid_from=MERGER),
            row("S", "N", valid_from=MERGER),
        ],
    )
    record_successions(
        actor=SYSTEM,
        rows=[
            SuccessionRow("C1", "N", MERGER, "merge"),
            SuccessionRow("C2", "N", MERGER, "merge"),
            SuccessionRow("D", "N", MERGER, "abolish"),
            SuccessionRow("P", "GL", MERGER, "merge"),
            SuccessionRow("S", "S", MERGER, "rename"),
        ],
    )
    return {f"{code}@{start.year}": pk for (code, start), pk in ids.items()}


def person(key: str, organisation_id: int, **fields) -> PersonRow:
    return PersonRow(key=key, full_name=f"Nguyễn Văn {key}", organisation_id=organisation_id, **fields)


def test_tree_of_a_day_and_scope_across_the_merger() -> None:
    ids = small_merger()

    assert organisations_under(ids["D@2020"], date(2025, 6, 18)) == sorted(
        [ids["D@2020"], ids["C1@2020"], ids["C2@2020"], ids["S@2020"]]
    )
    assert organisations_under(ids["GL@2025"], MERGER) == sorted([ids["GL@2025"], ids["N@2025"], ids["S@2025"]])
    scope = organisations_under(ids["N@2025"])
    assert ids["C1@2020"] in scope and ids["C2@2020"] in scope and ids["S@2020"] in scope
    assert ids["P@2020"] not in scope
    assert organisations_under(None) == []


def test_a_divided_body_is_in_no_successors_scope() -> None:
    ids = register_organisations(
        actor=SYSTEM,
        rows=[row("D"), row("N1", valid_from=MERGER), row("N2", valid_from=MERGER)],
    )
    record_successions(
        actor=SYSTEM,
        rows=[SuccessionRow("D", "N1", MERGER, "abolish"), SuccessionRow("D", "N2", MERGER, "abolish")],
    )

    assert organisations_under(ids["N1", MERGER]) == [ids["N1", MERGER]]


def test_registering_again_changes_nothing() -> None:
    first, second = small_merger(), small_merger()

    assert first == second
    assert Organisation.objects.count() == 8


def test_unknown_parent_is_refused_and_nothing_is_kept() -> None:
    with pytest.raises(Refused) as refused:
        register_organisations(actor=SYSTEM, rows=[row("A"), row("B", "nowhere")])

    assert refused.value.code == "people.parent_unknown"
    assert refused.value.data == {"body": "B", "parent": "nowhere"}


def test_successions_move_posts_and_roles_once() -> None:
    ids = small_merger()
    people = register_people(
        actor=SYSTEM,
        rows=[person("a", ids["C1@2020"]), person("b", ids["C2@2020"]), person("c", ids["S@2020"])],
    )
    open_accounts(actor=SYSTEM, rows=[AccountRow("head", "Head", people["a"], Role.HEAD, ids["C1@2020"])])

    assert apply_successions(actor=SYSTEM, on=MERGER) == 3
    assert apply_successions(actor=SYSTEM, on=MERGER) == 0

    before, after = (
        organisation_of(people.values(), date(2025, 6, 30)),
        organisation_of(people.values(), MERGER),
    )
    assert before == {people["a"]: ids["C1@2020"], people["b"]: ids["C2@2020"], people["c"]: ids["S@2020"]}
    assert after == {people["a"]: ids["N@2025"], people["b"]: ids["N@2025"], people["c"]: ids["S@2025"]}
    assert RoleGrant.objects.get(ends_on=None).organisation_id == ids["N@2025"]
    assert successors_of([ids["C1@2020"]], MERGER) == {ids["C1@2020"]: [ids["N@2025"]]}
    assert successors_of([ids["C1@2020"]], date(2025, 6, 30)) == {ids["C1@2020"]: [ids["C1@2020"]]}


def test_people_known_by_national_id_are_brought_up_to_date() -> None:
    ids = small_merger()
    first = register_people(
        actor=SYSTEM, rows=[person("a", ids["C1@2020"], national_id="052175000001", phone="+84905000001")]
    )
    again = register_people(
        actor=SYSTEM,
        rows=[person("x", ids["C2@2020"], national_id="052175000001", starts_on=date(2025, 3, 1))],
    )

    assert again["x"] == first["a"]
    kept = Person.objects.get()
    assert (kept.full_name, kept.phone) == ("Nguyễn Văn x", "+84905000001")
    assert organisation_of([kept.pk], date(2025, 2, 28)) == {kept.pk: ids["C1@2020"]}
    assert organisation_of([kept.pk], date(2025, 3, 1)) == {kept.pk: ids["C2@2020"]}
    assert Posting.objects.count() == 2


def test_the_same_people_again_change_nothing_but_the_ledger() -> None:
    ids = small_merger()
    rows = [person("a", ids["C1@2020"], national_id="052175000001", position="Công chức")]
    register_people(actor=SYSTEM, rows=rows)
    before = list(Person.objects.values()), list(Posting.objects.values())
    register_people(actor=SYSTEM, rows=rows)

    assert (list(Person.objects.values()), list(Posting.objects.values())) == before


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("a", "1" * 12), ("a", "2" * 12)], "people.key_twice"),
        ([("a", "1" * 12), ("b", "1" * 12)], "people.national_id_twice"),
    ],
)
def test_rows_that_contradict_each_other_are_refused(rows, code) -> None:
    ids = small_merger()
    with pytest.raises(Refused) as refused:
        register_people(actor=SYSTEM, rows=[person(k, ids["C1@2020"], national_id=n) for k, n in rows])

    assert refused.value.code == code
    assert not Person.objects.exists()


def test_accounts_keep_their_password_and_gain_roles() -> None:
    first = open_accounts(actor=SYSTEM, rows=[AccountRow("an", "An", role=Role.OFFICE, password="mat-khau-dai")])
    hashed = Account.objects.get().password
    again = open_accounts(
        actor=SYSTEM,
        rows=[
            AccountRow("an", "An", role=Role.OFFICE),
            AccountRow("an", "An", role=Role.INSTRUCTOR, password="x"),
        ],
    )

    assert first == again
    assert Account.objects.get().password == hashed
    assert sorted(RoleGrant.objects.values_list("role", flat=True)) == ["instructor", "office"]


def test_a_person_has_one_account() -> None:
    ids = small_merger()
    who = register_people(actor=SYSTEM, rows=[person("a", ids["C1@2020"])])["a"]
    open_accounts(actor=SYSTEM, rows=[AccountRow("one", "A", who)])

    with pytest.raises(Refused) as refused:
        open_accounts(actor=SYSTEM, rows=[AccountRow("two", "A", who)])
    assert refused.value.code == "people.person_has_account"


def test_each_door_writes_one_line_of_the_ledger() -> None:
    ids = small_merger()
    register_people(actor=SYSTEM, rows=[person(str(n), ids["C1@2020"]) for n in range(30)])

    assert list(Line.objects.values_list("action", "count")) == [
        ("people.organisations_registered", 8),
        ("people.successions_recorded", 5),
        ("people.registered", 30),
    ]


def test_masked_name() -> None:
    assert masked_name("Đinh Thị H'Loan") == "Đ. T. H."


def test_bulk_is_quick() -> None:
    """A tenth of the full size well under the second that its share of a few seconds is."""
    begun = time.perf_counter()
    ids = register_organisations(actor=SYSTEM, rows=[row("P"), *(row(f"C{n}", "P") for n in range(200))])
    home = ids["C1", START]
    people = register_people(
        actor=SYSTEM, rows=[person(str(n), home, national_id=f"0521750{n:05d}") for n in range(3700)]
    )
    open_accounts(actor=SYSTEM, rows=[AccountRow(f"hv{k}", k, pk) for k, pk in people.items()])

    assert len(people) == 3700
    assert time.perf_counter() - begun < 6
