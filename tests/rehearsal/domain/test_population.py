"""The synthetic population: totals, people, tree over time, venues, instructors, at every scale."""

import re
import unicodedata
from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import cache

import pytest

from hocvu.kernel.vietnamese import fold
from hocvu.rehearsal.domain import sources
from hocvu.rehearsal.domain.chance import apportion
from hocvu.rehearsal.domain.instance import TRAINEE_COLUMNS, to_instance_dict, trainee_rows
from hocvu.rehearsal.domain.merger import MERGER
from hocvu.rehearsal.domain.names import _of_public_figure
from hocvu.rehearsal.domain.population import build_population
from hocvu.rehearsal.domain.types import Population, SyntheticOrganisation

SCALES = [0.01, 0.02, 0.05, 0.1, 0.3, 1]
BEFORE, AFTER = date(2025, 6, 11), date(2025, 9, 24)

at_every_scale = pytest.mark.parametrize("scale", SCALES)


@cache
def built(scale: float) -> Population:
    return build_population(scale)


def valid(organisation: SyntheticOrganisation, day: date) -> bool:
    return organisation.valid_from <= day and (organisation.valid_to is None or day < organisation.valid_to)


def parents_on(population: Population, day: date) -> dict[str, str | None]:
    parents = {o.code: o.parent_code for o in population.organisations if valid(o, day)}
    for change in population.parent_changes:
        if change.on <= day:
            parents[change.organisation_code] = change.parent_code
    return parents


@at_every_scale
def test_totals_are_the_plans_share_to_the_person(scale: float) -> None:
    counts = Counter()
    modes = {a.code: a.mode for a in built(scale).agencies}
    for person in built(scale).persons:
        counts[modes[person.organisation_code]] += person.nominated
    assert counts == {"in_person": round(9892 * scale), "online": round(24783 * scale)}


def test_full_size_counts() -> None:
    population = built(1)
    modes = Counter(a.mode for a in population.agencies)
    assert modes == {"in_person": 561, "online": 900}
    assert len(population.persons) == 34675 + round(0.06 * 34675)
    kinds = Counter(o.kind for o in population.agencies)
    assert (kinds["commune"], kinds["police_post"], kinds["police_division"]) == (155, 155, 25)
    sectors = Counter(o.sector for o in population.agencies)
    assert (sectors["education"], sectors["health"]) == (700, 200)
    rules = population.plan_rules
    assert (rules.in_person.classes, rules.online.classes, rules.online.concurrent_max) == (96, 247, 56)
    assert (len(population.rooms), len(population.instructors)) == (20, 215)


def test_groups_of_the_data_file_keep_their_people() -> None:
    population = built(1)
    below: Counter[str] = Counter()
    parents = {o.code: o.parent_code for o in population.organisations}
    groups = {
        "E-THPT",
        "H-BV",
        "CAT",
        "SNV",
        *(o.code for o in population.organisations if o.kind == "school_bloc"),
    }
    for agency in population.agencies:
        code: str | None = agency.code
        while code is not None:
            below[code] += agency.nominated
            code = parents[code]
    given = {row["code"]: int(row["synthetic_headcount"]) for row in sources.rows("agencies")}
    assert {code: below[code] for code in groups} == {code: given[code] for code in groups}


def test_same_arguments_give_the_same_population_and_another_seed_does_not() -> None:
    assert build_population(0.05) == build_population(0.05, 2025)
    assert build_population(0.05).persons != build_population(0.05, 2026).persons


def test_an_agency_has_the_same_people_at_every_scale() -> None:
    whole = {p.key: p for p in built(1).persons}
    for person in built(0.1).persons:
        same = whole[person.key]
        assert (person.full_name, person.birth_date, person.track) == (
            same.full_name,
            same.birth_date,
            same.track,
        )


@pytest.mark.parametrize("scale", [0, 0.009, 1.01, -1])
def test_scale_out_of_range_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="scale must be between"):
        build_population(scale)


@at_every_scale
def test_each_agency_has_one_head_one_focal_point_and_its_headcount(scale: float) -> None:
    staff = defaultdict(list)
    for person in built(scale).persons:
        staff[person.organisation_code].append(person)
    assert set(staff) == {a.code for a in built(scale).agencies}
    for agency in built(scale).agencies:
        people = staff[agency.code]
        assert len(people) == agency.headcount
        assert sum(p.nominated for p in people) == agency.nominated
        assert Counter(p.role for p in people if p.role) == {"head": 1, "focal_point": 1}
        assert people[0].role == "head"
        assert people[0].job_group == "leader"


@at_every_scale
def test_what_must_be_unique_is(scale: float) -> None:
    population = built(scale)
    for values in (
        [o.code for o in population.organisations],
        [p.key for p in population.persons],
        [p.national_id for p in population.persons],
        [p.phone for p in population.persons],
        [p.email for p in population.persons if p.email],
        [i.key for i in population.instructors],
        [r.code for r in population.rooms],
        [lab.code for lab in population.labs],
    ):
        assert len(set(values)) == len(values)


def test_people_are_written_as_the_rules_say() -> None:
    for p in built(1).persons:
        assert p.full_name == unicodedata.normalize("NFC", p.full_name)
        assert 2 <= len(p.full_name.split()) <= 5
        century = (2 if p.birth_date.year >= 2000 else 0) + (p.sex == "nữ")
        assert re.fullmatch(f"052{century}{p.birth_date.year % 100:02d}[0-9]{{6}}", p.national_id)
        assert re.fullmatch("0[35789][0-9]{8}", p.phone)
        assert p.email is None or re.fullmatch(r"[a-z]+\.[a-z]+[0-9]*@binhdinh\.example", p.email)
        assert 1965 <= p.birth_date.year <= 2002
        assert not (p.sex == "nam" and "Thị" in p.full_name.split())
        assert not (p.sex == "nữ" and "Văn" in p.full_name.split()[1:-1])


def test_names_repeat_as_they_do_in_life_and_minorities_keep_theirs() -> None:
    persons = built(1).persons
    names = Counter(p.full_name for p in persons)
    assert max(names.values()) > 20
    assert len(names) > len(persons) / 3
    upland = {a.code for a in built(1).agencies if a.locality in {"542", "546", "551"}}
    marked = [p for p in persons if "'" in p.full_name or "’" in p.full_name]
    assert {"'", "’"} <= {c for p in marked for c in p.full_name}
    assert {p.organisation_code for p in marked} <= upland


def test_public_figures_lend_their_name_to_nobody() -> None:
    assert _of_public_figure("Hồ Chí Minh")
    assert not any(_of_public_figure(p.full_name) for p in built(1).persons)
    digests = [row["digest"] for row in sources.rows("names_avoided")]
    assert all(re.fullmatch("[0-9a-f]{16}", d) for d in digests)


def test_shares_are_near_those_of_the_plan_file_format() -> None:
    population = built(1)
    sectors = {a.code: a for a in population.agencies}
    nominated = [p for p in population.persons if p.nominated]
    here = [p for p in nominated if sectors[p.organisation_code].mode == "in_person"]
    assert 0.03 < sum(bool(p.unavailable) for p in nominated) / len(nominated) < 0.05
    assert 0.005 < sum(p.need == "access" for p in here) / len(here) < 0.012
    assert 0.08 < sum(p.job_group == "leader" for p in nominated) / len(nominated) < 0.16
    assert {sectors[p.organisation_code].locality for p in nominated if p.language == "bahnar"} <= {
        "546",
        "551",
    }
    assert any(p.language == "bahnar" for p in nominated)
    assert all(p.need == "" for p in nominated if sectors[p.organisation_code].mode == "online")


def test_tracks_and_target_groups_agree() -> None:
    expected = {
        "LD": {"IP-LEAD"}, "SN": {"IP-ADMIN", "IP-PARTY"}, "XA": {"IP-COMM"}, "CA": {"IP-POL"},
        "GD": {"ON-TEACH", "ON-SCHMGT"}, "YT": {"ON-DOC", "ON-NURSE"},
    }  # fmt: skip
    found = defaultdict(set)
    for p in built(1).persons:
        found[p.target_group].add(p.track)
    assert found == expected


@at_every_scale
def test_tree_is_whole_before_and_after_the_merger(scale: float) -> None:
    population = built(scale)
    for day in (BEFORE, MERGER - timedelta(days=1), MERGER, AFTER):
        parents = parents_on(population, day)
        for code, parent in parents.items():
            assert parent is None or parent in parents, f"{code} stands under {parent} on {day}"
            path = [code]
            while (above := parents[path[-1]]) is not None:
                assert above not in path
                path.append(above)
    order = {o.code: i for i, o in enumerate(population.organisations)}
    assert all(o.parent_code is None or order[o.parent_code] < order[o.code] for o in population.organisations)


@at_every_scale
def test_whoever_ends_has_successors_and_whoever_goes_on_a_new_parent(scale: float) -> None:
    population = built(scale)
    by_code = {o.code: o for o in population.organisations}
    heirs = Counter(s.predecessor_code for s in population.successions)
    moved = {c.organisation_code for c in population.parent_changes}
    for o in population.organisations:
        if o.valid_to is not None:
            assert o.valid_to == MERGER
            assert heirs[o.code] == 1
        elif o.valid_from < MERGER and o.code != "QNU":
            assert o.code in moved
    for s in population.successions:
        assert valid(by_code[s.successor_code], s.on)
        assert not valid(by_code[s.predecessor_code], s.on)
        assert by_code[s.predecessor_code].restricted == by_code[s.successor_code].restricted


def test_merger_follows_the_published_list() -> None:
    population = built(1)
    after = [o for o in population.organisations if o.valid_from == MERGER and o.kind == "commune"]
    assert len(after) == 58
    merged = Counter(s.successor_code for s in population.successions if s.predecessor_code.startswith("C2"))
    listed = {f"X{r['commune_code']}": int(r["n_merged"]) for r in sources.rows("successors_2025-07")}
    assert merged == listed
    by_code = {o.code: o for o in population.organisations}
    for s in population.successions:
        old, new = by_code[s.predecessor_code], by_code[s.successor_code]
        if old.level == "district" and old.kind != "health_group":
            assert (new.kind, new.locality) == ("commune", old.locality)
    assert Counter(o.gso_code for o in population.organisations)["52"] == 2


@at_every_scale
def test_smaller_campaigns_keep_sectors_places_actors_and_cohorts(scale: float) -> None:
    population = built(scale)
    sectors = {a.sector for a in population.agencies}
    assert sectors == {"state", "party", "commune", "police", "education", "health"}
    localities = {a.locality for a in population.agencies}
    assert len(localities) >= 9
    for mode, sector in (("in_person", "commune"), ("online", "education")):
        places = {a.locality for a in population.agencies if a.mode == mode and a.sector == sector}
        assert {"546", "551"} <= places
    codes = {o.code for o in population.organisations}
    assert {"UBND", "VPUB", "SNV", "SKHCN", "QNU", "CDKTCN", "GL-SNV", "GL-SKHCN"} <= codes
    assert all(rules.classes >= 6 for rules in population.plan_rules.modes.values())


@at_every_scale
def test_places_and_classes_leave_room(scale: float) -> None:
    population = built(scale)
    rules = population.plan_rules
    people = Counter(a.mode for a in population.agencies for _ in range(a.nominated))
    places = 5 * sum(min(r.seats, 2 * r.computers, rules.in_person.max) for r in population.rooms)
    assert people["in_person"] <= 0.92 * places
    assert rules.in_person.classes <= 5 * len(population.rooms)
    assert rules.online.classes * rules.online.max >= 1.05 * people["online"]
    assert rules.online.classes <= 5 * (rules.online.concurrent_max or 0) * 0.9
    for mode in rules.modes.values():
        assert mode.min < mode.target < mode.max <= 110
    assert {r.venue for r in population.rooms} == {"QNU", "CDKTCN"}
    assert any(r.accessible for r in population.rooms)


@at_every_scale
def test_labs_carry_the_published_figures_and_are_not_lent_twice(scale: float) -> None:
    population = built(scale)
    assert Counter(lab.venue for lab in population.labs) == {"QNU": 26, "CDKTCN": 6}
    assert sum(lab.computers for lab in population.labs) == population.facts.computers == 1104
    lent: Counter[str] = Counter()
    for room in population.rooms:
        assert room.computers == sum(count for _, count in room.labs)
        for lab, count in room.labs:
            assert lab.startswith(room.venue)
            lent[lab] += count
    sizes = {lab.code: lab.computers for lab in population.labs if lab.used}
    assert all(count <= sizes[lab] for lab, count in lent.items())
    if scale == 1:
        assert lent == sizes
        assert len(sizes) == 30


@at_every_scale
def test_instructors_suffice_every_day_for_every_track(scale: float) -> None:
    population = built(scale)
    rules = population.plan_rules
    at_once = len(population.rooms) + (rules.online.concurrent_max or 0)
    people = Counter(p.track for p in population.persons if p.nominated)
    speaks = any(p.language == "bahnar" for p in population.persons if p.nominated)
    for day in rules.working_days:
        free = [i for i in population.instructors if day not in i.unavailable]
        assert len(free) >= 2 * at_once
        for track, count in people.items():
            target = rules.modes["in_person" if track.startswith("IP") else "online"].target
            assert sum(track in i.tracks for i in free) >= 2 * -(-count // target // 5)
        bilingual = [i for i in free if "bahnar" in i.languages and {"IP-COMM", "IP-LEAD"} <= set(i.tracks)]
        assert len(bilingual) >= (2 if speaks else 0)


@at_every_scale
def test_plan_file_holds_what_the_population_holds(scale: float) -> None:
    population = built(scale)
    document, rows = to_instance_dict(population), trainee_rows(population)
    assert document["format"] == "hocvu-plan-instance/1"
    assert [d["id"] for d in document["days"] if d["working"]] == [
        d.isoformat() for d in population.plan_rules.working_days
    ]
    assert len(rows) == sum(p.nominated for p in population.persons)
    agencies = {a["id"]: a for a in document["agencies"]}
    assert all(sum(a["job_group_headcount"].values()) == a["headcount"] for a in agencies.values())
    assert {a["locality"] for a in agencies.values()} <= {p["id"] for p in document["localities"]}
    index = {name: i for i, name in enumerate(TRAINEE_COLUMNS)}
    for row in rows:
        assert row[index["job_group"]] in agencies[row[index["agency"]]]["job_group_headcount"]
    for rules in document["rules"]["classes"].values():
        assert rules["min_classes"] == rules["max_classes"]


def test_apportion_keeps_total_and_minimum() -> None:
    assert apportion([1, 1, 1], 10) == [4, 3, 3]
    assert apportion([100, 1, 1], 6, 2) == [2, 2, 2]
    assert sum(apportion([0.3, 7.7, 2.1, 5], 101)) == 101
    with pytest.raises(ValueError, match="cannot give"):
        apportion([1, 1], 3, 2)


def test_data_files_are_nfc_and_name_nobody() -> None:
    for name in (
        "agencies",
        "communes_2025-06",
        "successors_2025-07",
        "offices",
        "gia-lai_2025-07",
        "provinces",
    ):
        for row in sources.rows(name):
            for value in row.values():
                assert value == unicodedata.normalize("NFC", value)
    sums = Counter()
    for row in sources.rows("agencies"):
        sums[row["mode"]] += int(row["synthetic_headcount"])
    assert sums == {"in_person": 9892, "online": 24783}
    assert all(fold(r["name_vi"]) == r["unaccented"] for r in sources.rows("communes_2025-06"))
