"""The script of the test page in a real browser: saved at once, told honestly, sent again when the network is back."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hocvu.assessment.api import open_sitting, take_over
from hocvu.assessment.models import Answer, Sitting
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone(monkeypatch) -> Iterator[Any]:
    """Return a page of a phone's size in Debian's Chromium."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the driver keeps a loop; our queries are plain
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
        page.set_default_timeout(15000)
        yield page
        browser.close()


@pytest.fixture
def test_page(hall, phone, live_server) -> Any:
    """Return the first question of a running test; the server's threads live in the machine's own time."""
    clock.set_source(None)
    sitting = hall.sitting("TT-002")
    Sitting.objects.filter(pk=sitting.pk).update(
        opens_at=clock.now() - timedelta(minutes=1), closes_at=clock.now() + timedelta(minutes=40)
    )
    open_sitting(actor=SYSTEM, sitting_id=sitting.pk)
    client = Client()
    client.force_login(hall.world.accounts[Role.TRAINEE], backend="django.contrib.auth.backends.ModelBackend")
    phone.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url},
         {"name": "hocvu_language", "value": "en", "url": live_server.url}]
    )  # fmt: skip
    phone.goto(live_server.url + reverse("assessment:my_test"))
    phone.click("main button[type=submit]")
    phone.wait_for_selector("#question-form")
    return phone


def told(page: Any, text: str) -> None:
    page.wait_for_function("text => document.getElementById('save-state').textContent.includes(text)", arg=text)


def held(hall) -> dict[int, str]:
    return dict(Answer.objects.filter(attempt=hall.attempt()).values_list("position", "value"))


def test_a_choice_is_saved_at_once_and_the_last_one_wins(test_page, hall):
    order = hall.attempt().paper[0][1]
    test_page.check(f"input[value={order[2]}]")
    told(test_page, "1 of 9")
    assert held(hall) == {1: order[2]}
    test_page.check(f"input[value={order[0]}]")
    test_page.click("button[value=next]")
    test_page.wait_for_url("**/questions/2/")
    assert held(hall) == {1: order[0]}
    assert "Time left: 29:" in test_page.text_content("#time-left")


def test_without_network_it_says_so_keeps_the_answer_and_sends_it_later(test_page, hall):
    order = hall.attempt().paper[0][1]
    test_page.context.set_offline(True)
    test_page.check(f"input[value={order[1]}]")
    told(test_page, "NOT SAVED YET: 1")
    test_page.click("button[value=next]")
    assert test_page.url.endswith("/questions/1/")
    assert held(hall) == {}
    test_page.context.set_offline(False)
    told(test_page, "1 of 9")
    assert held(hall) == {1: order[1]}


def test_a_page_that_lost_the_test_says_so(test_page, hall):
    take_over(actor=SYSTEM, attempt_uuid=hall.attempt().uuid)
    test_page.check(f"input[value={hall.attempt().paper[0][1][0]}]")
    told(test_page, "another device")
    assert held(hall) == {}


def test_the_pages_do_not_scroll_sideways_on_a_phone(test_page):
    for name in ("question", "review", "my_test", "practice"):
        url = reverse(f"assessment:{name}", args=[1] if name == "question" else [])
        test_page.goto(test_page.url.split("/test/")[0].split("/practice-test/")[0] + url)
        assert test_page.evaluate("document.documentElement.scrollWidth") <= 360, name
