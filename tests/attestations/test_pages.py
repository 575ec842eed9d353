"""The pages: who may open them, what they show, what they do, and how many queries they take."""

import io
import re
import uuid
import zipfile
from urllib.parse import quote

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from hocvu.attestations.api import ask_correction, attestation_pdf, find_eligibility
from hocvu.attestations.models import Attestation, Correction, Recognition, Revocation
from hocvu.attestations.services import issuing
from hocvu.attestations.services.issuing import begin, issue_batch
from hocvu.attestations.tasks import issue_attestations, packed
from hocvu.attestations.web.limits import too_many as verify_limits
from hocvu.attestations.web.views import verify
from hocvu.kernel.actor import Role
from hocvu.people.models import Organisation, Person, RoleGrant

from ..world import World
from .build import NUMBER, decide, issued, note, teach

ALL = set(Role) - {Role.SYSTEM}


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


def addresses(world: World, entry: Attestation) -> dict[str, tuple[str, set[Role]]]:
    cohort, place = world.cohorts["TT-001"].uuid, entry.placement.uuid
    decision = Recognition.objects.get()
    runs, agency = {Role.OFFICE, Role.MANAGER}, {Role.FOCAL_POINT, Role.HEAD}

    def at(name: str, *args: object) -> str:
        return reverse(f"attestations:{name}", args=args)

    return {
        "classes": (at("classes"), runs),
        "class": (at("class", cohort), runs),
        "progress": (at("progress", cohort), runs),
        "sheet": (at("sheet", cohort), {Role.OFFICE}),
        "number": (at("number", cohort), {Role.OFFICE}),
        "sheet_file": (at("sheet_file", decision.sheet.uuid, "docx"), runs),
        "decision_file": (at("decision_file", decision.uuid, "docx"), runs),
        "people": (at("people"), runs | agency),
        "eligibility": (at("eligibility", place), runs | agency),
        "register": (at("register"), runs),
        "register_book": (at("register_book"), runs),
        "attestation": (at("attestation", entry.uuid), runs | agency),
        "file": (at("file", entry.uuid), runs | agency),
        "revoke": (at("revoke", entry.uuid), runs),
        "corrections": (at("corrections"), runs),
        "mine": (at("mine"), {Role.TRAINEE}),
        "ask_correction": (at("ask_correction"), {Role.TRAINEE}),
    }


def test_who_may_open_what(world: World, sign_in) -> None:
    entry = issued(world)[0]
    pages = addresses(world, entry)
    for role in ALL:
        client = sign_in(role)
        for name, (address, admitted) in pages.items():
            status = client.get(address).status_code
            # Trainees may open entries, but this one belongs to somebody else.
            denied = {404} if role is Role.TRAINEE and name in {"attestation", "file", "eligibility"} else {403}
            assert status in ({200} if role in admitted else denied), (role, name, status)
    assert all(Client().get(address).status_code == 302 for address, _ in pages.values())


@pytest.mark.parametrize(
    "name", ["class", "eligibility", "attestation", "file", "revoke", "correction", "class_zip", "progress"]
)
def test_unknown_objects_are_not_found(world: World, sign_in, name: str) -> None:
    assert sign_in(Role.OFFICE).get(reverse(f"attestations:{name}", args=[uuid.uuid4()])).status_code == 404


def test_another_agency_sees_nothing(world: World, sign_in) -> None:
    entry = issued(world)[0]
    school = world.organisations["TH1"]
    for role in (Role.FOCAL_POINT, Role.HEAD):
        RoleGrant.objects.filter(role=role).update(organisation=school)
        client = sign_in(role)
        for name in ("attestation", "file"):
            assert client.get(reverse(f"attestations:{name}", args=[entry.uuid])).status_code == 404
        assert client.get(reverse("attestations:eligibility", args=[entry.placement.uuid])).status_code == 404
        body = client.get(reverse("attestations:people")).content.decode()
        assert "TR-001" in body
        assert "TT-001" not in body
        assert client.get(reverse("attestations:people") + "?cohort=TT-001").content.decode().count("<td") == 0


def test_the_office_takes_a_class_to_its_attestations(world: World, sign_in) -> None:
    teach(world, marks={2: 30})
    client, cohort = sign_in(Role.OFFICE), world.cohorts["TT-001"]
    page = reverse("attestations:class", args=[cohort.uuid])
    assert "TT-001" in client.get(reverse("attestations:classes") + "?stage=to_confirm").content.decode()
    assert client.post(reverse("attestations:find", args=[cohort.uuid])).status_code == 302
    sheet = reverse("attestations:sheet", args=[cohort.uuid])
    form = client.get(sheet).content.decode()
    assert "Phan Quốc Bảo" in form  # the team of the class is proposed
    same = client.post(sheet, {"first_examiner": "A", "second_examiner": "a"})
    assert same.status_code == 200
    assert 'value="A"' in same.content.decode()  # nothing typed is lost
    assert client.post(sheet, {"first_examiner": "Phan Quốc Bảo", "second_examiner": "Mai Thị Đào"}).status_code == 302
    number = reverse("attestations:number", args=[cohort.uuid])
    given = {
        "number": NUMBER,
        "decided_on": "16/06/2025",
        "signer_title": "Phó Hiệu trưởng",
        "signer_name": "Lê Thị Mẫu",
    }
    assert client.post(number, given | {"decided_on": "16/06/2024"}).status_code == 200
    assert client.post(number, given | {"decided_on": "31/02/2025"}).status_code == 200
    assert client.post(number, given).status_code == 302
    done = client.post(reverse("attestations:issue", args=[cohort.uuid]), follow=True)
    assert done.redirect_chain[-1][0] == reverse("attestations:progress", args=[cohort.uuid])
    assert Attestation.objects.count() == 5
    assert "TT-001" in client.get(reverse("attestations:classes") + "?stage=issued").content.decode()
    assert client.get(page).status_code == 200


def test_issue_without_the_papers_says_why(world: World, sign_in) -> None:
    teach(world)
    done = sign_in(Role.OFFICE).post(reverse("attestations:issue", args=[world.cohorts["TT-001"].uuid]), follow=True)
    assert done.status_code == 200
    assert "hv-message--error" in done.content.decode()
    assert Attestation.objects.count() == 0


def test_papers(world: World, sign_in) -> None:
    entry = issued(world)[0]
    client, decision = sign_in(Role.OFFICE), Recognition.objects.get()

    def text_of(name: str, *args: object) -> str:
        response = client.get(reverse(f"attestations:{name}", args=args))
        if args[-1] == "docx":
            document = Document(io.BytesIO(response.content))
            cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
            return "\n".join([p.text for p in document.paragraphs] + cells)
        pages = PdfReader(io.BytesIO(response.content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    for kind in ("docx", "pdf"):
        sheet = text_of("sheet_file", decision.sheet.uuid, kind)
        for wanted in ("Tám", "8,0", "7,5", "Phan Quốc Bảo", "Mai Thị Đào", entry.payload["name"], "Giỏi"):
            assert wanted in sheet, wanted
        act = text_of("decision_file", decision.uuid, kind)
        for wanted in ("1234/QĐ-ĐHQN", "16 tháng 6 năm 2025", "HIỆU TRƯỞNG", "6 học viên", entry.number, "Điều 3."):
            assert wanted in act, wanted
    assert client.get(reverse("attestations:decision_file", args=[decision.uuid, "exe"])).status_code == 404
    book = client.get(reverse("attestations:register_book") + "?cohort=TT-001")
    assert entry.number in PdfReader(io.BytesIO(book.content)).pages[0].extract_text()
    assert client.get(reverse("attestations:register_book") + "?cohort=NONE").status_code == 404


def test_all_files_of_a_class(world: World, sign_in) -> None:
    issued(world)
    client, cohort = sign_in(Role.OFFICE), world.cohorts["TT-001"]
    bundle = reverse("attestations:class_zip", args=[cohort.uuid])
    assert client.get(bundle).status_code == 302
    client.post(reverse("attestations:files", args=[cohort.uuid]))
    with zipfile.ZipFile(io.BytesIO(client.get(bundle).content)) as files:
        assert files.namelist() == [f"{n:05d}.pdf" for n in range(1, 7)]


def test_revoking_asks_twice(world: World, sign_in) -> None:
    entry = issued(world)[0]
    client, address = sign_in(Role.MANAGER), reverse("attestations:revoke", args=[entry.uuid])
    given = {
        "cause": "fraud",
        "reason": "Nhờ <b>người</b> thi hộ",
        "decision_number": "77/QĐ",
        "decided_on": "17/06/2025",
    }
    asked = client.post(address, given)
    assert asked.status_code == 200
    assert "&lt;b&gt;" in asked.content.decode()
    assert Revocation.objects.count() == 0
    assert client.post(address, given | {"confirmed": "1", "decided_on": "01/06/2025"}).status_code == 200
    assert client.post(address, given | {"confirmed": "1", "cause": "whim"}).status_code == 200
    assert Revocation.objects.count() == 0
    assert client.post(address, given | {"confirmed": "1"}).status_code == 302
    assert client.post(address, given | {"confirmed": "1"}).status_code == 200  # once
    assert Revocation.objects.get().revoked_by == world.accounts[Role.MANAGER].label
    shown = Client().get(reverse("attestations:verify_code", args=[entry.code])).content.decode()
    assert "77/QĐ" in shown
    assert "17/06/2025" in shown
    assert "thi hộ" not in shown  # the story is not for everyone


class TestVerify:
    """The public pages."""

    def test_by_code(self, world: World) -> None:
        entry = issued(world)[0]
        asked = Client().get(reverse("attestations:verify"), {"code": f" {entry.code.lower()} "})
        assert asked.headers["Location"] == f"/verify/{entry.code}"
        for address in (asked.headers["Location"], asked.headers["Location"] + "/"):
            body = Client().get(address).content.decode()
            printed = entry.payload
            for wanted in (
                printed["name"], printed["birth"], entry.number, printed["organisation"]["vi"], "16/06/2025", NUMBER,
                "Trần Thị Ví Dụ", "Trường Đại học Quy Nhơn", "11/06/2025", "12/06/2025", "8,0", "Giỏi",
            ):  # fmt: skip
                assert wanted in body, wanted

    def test_restricted_people_are_masked(self, world: World) -> None:
        places = world.placements["TT-001"]
        Person.objects.filter(pk=places[0].person_id).update(restricted=True)
        entry = issued(world)[0]
        assert entry.placement == places[0]
        body = Client().get(f"/verify/{entry.code}").content.decode()
        assert entry.number in body
        assert "TT-001" in body
        for hidden in (entry.payload["name"], entry.payload["birth"], entry.payload["organisation"]["vi"]):
            assert hidden not in body

    @pytest.mark.parametrize(
        "code", ["XXXX-XXXX-XXXX-XXXX-X", "a" * 300, "'; DROP TABLE", "%00", "../../etc", "…", "0"]
    )
    def test_forged_codes_are_kindly_unknown(self, world: World, code: str) -> None:
        issued(world)
        response = Client().get(f"/verify/{quote(code, safe='')}")
        assert response.status_code == 404
        assert b"govuk-heading" in response.content

    def test_one_letter_off(self, world: World) -> None:
        code = issued(world)[0].code
        other = ("3" if code[0] == "2" else "2") + code[1:]
        assert Client().get(f"/verify/{other}").status_code == 404

    def test_form_errors(self, db: None) -> None:
        for typed in ("", "---", " "):
            response = Client().get(reverse("attestations:verify"), {"code": typed})
            assert response.status_code == 200
            assert b"govuk-error-summary" in response.content

    def test_by_file(self, world: World) -> None:
        data = attestation_pdf(issued(world)[0])

        def sent(content: bytes, name: str = "a.pdf") -> str:
            file = SimpleUploadedFile(name, content, "application/pdf")
            return Client().post(reverse("attestations:verify_file"), {"file": file}).content.decode()

        assert "govuk-panel--confirmation" in sent(data)
        assert "govuk-warning-text" in sent(data.replace(b"/Type", b"/Typo", 1))
        assert "govuk-error-summary" in sent(b"MZ not a pdf")
        assert "govuk-error-summary" in sent(data, "a.exe")
        assert "govuk-error-summary" in Client().post(reverse("attestations:verify_file")).content.decode()

    def test_a_class_may_check_but_not_a_machine(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        code = issued(world)[0].code
        client = Client()
        statuses = [client.get(f"/verify/{code}").status_code for _ in range(100)]
        assert set(statuses) == {200}
        monkeypatch.setattr(verify, "too_many", lambda request: verify_limits(request, most=100))
        blocked = client.get(f"/verify/{code}")
        assert blocked.status_code == 429
        assert blocked["Retry-After"] == "600"
        assert Client(REMOTE_ADDR="10.9.8.7").get(f"/verify/{code}").status_code == 200


class TestTrainee:
    """The trainee's own page."""

    def own(self, world: World) -> Client:
        client = Client()
        account = world.accounts[Role.TRAINEE]
        account.person = world.placements["TT-001"][0].person
        account.save()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def test_before_anything(self, world: World, sign_in) -> None:
        body = sign_in(Role.TRAINEE).get(reverse("attestations:mine")).content.decode()
        assert body.count("hv-condition") == 4

    def test_refused_sees_why_and_what_to_do(self, world: World) -> None:
        teach(world, marks={1: 30}, absent={1: 3})
        note(world, world.placements["TT-001"][0], "replied")
        client = self.own(world)
        body = client.get(reverse("attestations:mine")).content.decode()
        assert "3,0" in body
        assert reverse("delivery:my_presence") in body
        assert body.count("govuk-tag--red") == 3  # the verdict, presence and test
        assert "100" in body

    def test_downloads_own(self, world: World) -> None:
        entries = issued(world)
        client = self.own(world)
        assert entries[0].number in client.get(reverse("attestations:mine")).content.decode()
        response = client.get(reverse("attestations:file", args=[entries[0].uuid]))
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")
        assert client.get(reverse("attestations:file", args=[entries[1].uuid])).status_code == 404
        assert client.get(reverse("attestations:eligibility", args=[entries[1].placement.uuid])).status_code == 404
        assert client.get(reverse("attestations:revoke", args=[entries[0].uuid])).status_code == 403

    def test_says_that_the_name_is_wrong(self, world: World, sign_in) -> None:
        teach(world)
        decide(world)
        client, address = self.own(world), reverse("attestations:ask_correction")
        place = world.placements["TT-001"][0]
        for wrong in (
            {}, {"field": "full_name", "wanted": "Một"}, {"field": "birth_date", "wanted": "31/02/1980"},
            {"field": "birth_date", "wanted": "01/01/2020"}, {"field": "national_id", "wanted": "052"},
            {"field": "full_name", "wanted": place.person.full_name},
        ):  # fmt: skip
            response = client.post(address, wrong)
            assert response.status_code == 200, wrong
            assert "govuk-error-summary" in response.content.decode()
        assert client.post(address, {"field": "birth_date", "wanted": "05/09/1978"}).status_code == 302
        assert client.post(address, {"field": "birth_date", "wanted": "06/09/1978"}).status_code == 200  # one at a time
        office = sign_in(Role.OFFICE)
        office.post(reverse("attestations:issue", args=[world.cohorts["TT-001"].uuid]))
        assert Attestation.objects.count() == 5
        assert Recognition.objects.get().state == "numbered"
        row = Correction.objects.get()
        decision = reverse("attestations:correction", args=[row.uuid])
        assert (
            sign_in(Role.MANAGER).post(decision, {"decision": "accept"}).status_code == 200
        )  # only the issuer decides
        assert office.post(decision, {"decision": "refuse", "reason": " "}).status_code == 200
        assert office.post(decision, {"decision": "accept"}).status_code == 302
        office.post(reverse("attestations:issue", args=[world.cohorts["TT-001"].uuid]))
        assert Attestation.objects.get(placement=place).payload["birth"] == "05/09/1978"
        assert Recognition.objects.get().state == "issued"
        assert client.get(address).status_code == 302  # too late now


def test_restricted_people_are_masked_for_their_superiors(world: World, sign_in) -> None:
    """The province's head sees initials of police officers; the police's own head sees names."""
    teach(world, "TT-001")
    place = world.placements["TT-003"][0]
    page = reverse("attestations:people") + "?cohort=TT-003"
    RoleGrant.objects.filter(role=Role.HEAD).update(organisation=world.organisations["52"])
    body = sign_in(Role.HEAD).get(page).content.decode()
    assert place.person.full_name not in body
    one = sign_in(Role.HEAD).get(reverse("attestations:eligibility", args=[place.uuid])).content.decode()
    assert place.person.full_name not in one
    assert place.person.full_name not in _cells(
        sign_in(Role.HEAD).get("/exports/attestation-people/?cohort=TT-003").content
    )
    RoleGrant.objects.filter(role=Role.HEAD).update(organisation=world.organisations["CA1"])
    assert place.person.full_name in sign_in(Role.HEAD).get(page).content.decode().replace("&#x27;", "'")
    assert Organisation.objects.get(code="CA1").restricted


def _cells(workbook: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.OFFICE, "classes"),
        (Role.OFFICE, "people"),
        (Role.HEAD, "people"),
        (Role.OFFICE, "register"),
        (Role.OFFICE, "corrections"),
    ],
)
def test_equal_queries_at_one_and_many_rows(world: World, sign_in, role: Role, page: str) -> None:
    teach(world)
    find_eligibility(actor=world.actor(Role.OFFICE), cohort_id=world.cohorts["TT-001"].pk)
    office = world.actor(Role.OFFICE)
    places = world.placements["TT-001"]
    ask_correction(actor=office, placement_id=places[0].pk, field="full_name", wanted="Tên Đúng Một")
    client, address = sign_in(role), reverse(f"attestations:{page}")
    few = address + {"classes": "?q=TT-001", "people": "?q=Duc", "register": "", "corrections": ""}[page]
    if page == "register":
        decide(world)
        issuing.issue(actor=office, cohort_id=world.cohorts["TT-001"].pk)
        few = address + "?q=00002"
    client.get(few)
    with CaptureQueriesContext(connection) as one:
        assert rows_in(client.get(few)) == 1 or page == "people"
    if page == "corrections":
        for place in places[1:]:
            ask_correction(actor=office, placement_id=place.pk, field="full_name", wanted="Tên Đúng Hai")
    with CaptureQueriesContext(connection) as many:
        assert rows_in(client.get(address)) > 3
    assert len(many) == len(one), [q["sql"][:90] for q in many.captured_queries]


def rows_in(response) -> int:
    body = re.search(r"<tbody.*?</tbody>", response.content.decode(), re.DOTALL)
    return body.group().count("<tr") if body else 0


@pytest.mark.parametrize("name", ["attestation-classes", "attestation-people", "register", "corrections"])
def test_lists_as_xlsx(world: World, sign_in, name: str) -> None:
    issued(world)
    assert sign_in(Role.OFFICE).get(f"/exports/{name}/").content.startswith(b"PK")
    assert sign_in(Role.TRAINEE).get(f"/exports/{name}/").status_code == 403


def test_search_of_the_register(world: World, sign_in) -> None:
    entries = issued(world)
    client, address = sign_in(Role.OFFICE), reverse("attestations:register")
    target = entries[2]
    for words in (target.number, target.code, target.person.full_name, target.person.folded):
        assert rows_in(client.get(address, {"q": words})) == 1, words
    assert rows_in(client.get(address, {"q": "không có ai"})) == 0


def test_progress_while_issuing_and_pause(world: World, sign_in, monkeypatch: pytest.MonkeyPatch) -> None:
    teach(world)
    decide(world)
    client, cohort = sign_in(Role.OFFICE), world.cohorts["TT-001"]
    begin(actor=world.actor(Role.OFFICE), cohort_id=cohort.pk)
    monkeypatch.setattr(issuing, "BATCH", 2)
    issue_batch(actor=world.actor(Role.OFFICE), cohort_id=cohort.pk)
    body = client.get(reverse("attestations:progress", args=[cohort.uuid])).content.decode()
    assert 'value="2"' in body
    assert 'max="6"' in body
    script = re.search(r'<script src="/static/([^"]+)"', body)
    assert script
    assert finders.find(script.group(1))
    assert client.post(reverse("attestations:pause", args=[cohort.uuid])).status_code == 302
    assert issue_attestations.enqueue(packed(world.actor(Role.OFFICE)), cohort.pk).return_value == 0  # paused
    assert Attestation.objects.count() == 2
    client.post(reverse("attestations:issue", args=[cohort.uuid]))
    assert list(Attestation.objects.values_list("register_number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert "<script" not in client.get(reverse("attestations:progress", args=[cohort.uuid])).content.decode()
    assert (
        "hv-message--error"
        in client.post(reverse("attestations:pause", args=[cohort.uuid]), follow=True).content.decode()
    )
