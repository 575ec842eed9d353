"""Somebody at a browser: signs in from the demo's list, opens pages, and notes what goes wrong on them."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response

from .serving import Served

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
PATIENCE = 15_000  # milliseconds: the machine of a test may be busy


@dataclass
class Visitor:
    """One person with a browser of their own; ``troubles`` holds what no page may do."""

    served: Served
    context: BrowserContext
    page: Page
    troubles: list[str] = field(default_factory=list)

    def enter(self, role: str) -> None:
        """Sign in as a demo account by a click on its card."""
        self.go("/sign-in/")
        account = self.served.text("uuid", "SELECT uuid FROM people_account WHERE username = ?", f"demo-{role}")
        self.page.locator(f'form[action="/demo/{account}/"] button').click()
        self.page.wait_for_url(lambda url: "/sign-in/" not in url)
        assert self.page.locator('form[action="/sign-out/"]').count() == 1, f"{role} is not signed in"
        self.sound()

    def go(self, path: str) -> Response:
        """Open an address of the installation; it must answer with a page."""
        answer = self.page.goto(self.served.url + path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        return answer

    @property
    def path(self) -> str:
        """Return where the visitor is, with its query."""
        return self.page.url.removeprefix(self.served.url)

    def find(self, selector: str) -> Locator:
        """Return the one element of the page's body that a selector names."""
        return self.page.locator(selector)

    def link(self, href: str) -> Locator:
        """Return the first link of the main part whose address begins so."""
        return self.page.locator(f'main a[href^="{href}"]').first

    def follow(self, href: str) -> None:
        """Click a link of the main part."""
        self.link(href).click()
        self.page.wait_for_load_state()
        self.sound()

    def send(self, action: str | None = None, button: str = "button") -> None:
        """Send a form of the main part: the one with this address, else the one that posts to the page itself."""
        form = f'main form[method="post"][action="{action}"]' if action else 'main form[method="post"]:not([action])'
        with self.page.expect_navigation():
            self.page.locator(form).first.locator(button).first.click()
        self.sound()

    def take(self, href: str) -> bytes:
        """Return the file behind a link of the page."""
        assert self.page.locator(f'main a[href="{href}"]').count() > 0, f"{self.path} has no link to {href}"
        answer = self.context.request.get(self.served.url + href)
        assert answer.status == 200, f"{href}: {answer.status}"
        return answer.body()

    def says(self, words: str) -> bool:
        """Tell whether the page shows these words."""
        return words in self.page.locator("body").inner_text()

    def sound(self) -> None:
        """Fail if the page shown is an error page, lacks its title, or something went wrong on the way."""
        assert not self.troubles, self.troubles
        assert self.page.locator("h1").count() == 1, f"{self.path}: {self.page.locator('h1').count()} h1"

    def refused(self) -> bool:
        """Tell whether the page shows a list of errors or a message of refusal."""
        return self.page.locator(".govuk-error-summary, .hv-message--error").count() > 0


def visitor(browser: Browser, served: Served, *, size: dict[str, int] = DESK, **options: Any) -> Visitor:
    """Return somebody with a fresh browser context; ``options`` go to the context."""
    context = browser.new_context(viewport=size, base_url=served.url, **options)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    found = Visitor(served, context, page)
    page.on("console", lambda message: _console(found, message))
    page.on("pageerror", lambda error: found.troubles.append(f"{page.url}: {error}"))
    page.on("response", lambda response: _response(found, response))
    return found


def _console(found: Visitor, message: ConsoleMessage) -> None:
    # A status of 4xx is noted in _response, where it can be told from a fault.
    if message.type == "error" and "Failed to load resource" not in message.text:
        found.troubles.append(f"{found.page.url}: console: {message.text}")


def _response(found: Visitor, response: Response) -> None:
    if response.status >= 500 or (response.status == 404 and response.request.resource_type != "document"):
        found.troubles.append(f"{response.request.method} {response.url}: {response.status}")
