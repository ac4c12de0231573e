"""Journeys drive the system's Chromium; no request may leave the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Route,
    sync_playwright,
)

INSIDE = ("file:", "data:", "blob:", "about:", "http://127.0.0.1", "http://localhost")
FLAGS = (
    "--no-sandbox",  # the sandbox needs rights that a container does not give
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
Violations = list[dict[str, Any]]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all journeys of a worker."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


class Visits:
    """The pages that one journey opens, and what they asked for or complained about."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        self.outside: list[str] = []
        self.errors: list[str] = []

    def open(
        self,
        target: Path | str,
        *,
        width: int = 1440,
        height: int = 900,
        colour_scheme: Literal["light", "dark"] = "light",
        media: Literal["screen", "print"] = "screen",
        script: bool = True,
    ) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=colour_scheme,
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        self.contexts.append(context)
        context.route("**/*", self._watch)
        opened = context.new_page()
        opened.on("pageerror", lambda error: self.errors.append(str(error)))
        opened.on("console", self._listen)
        opened.emulate_media(media=media)
        opened.goto(target.resolve().as_uri() if isinstance(target, Path) else target)
        return opened

    def _watch(self, route: Route) -> None:
        if route.request.url.startswith(INSIDE):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def _listen(self, line: ConsoleMessage) -> None:
        if line.type == "error":
            self.errors.append(line.text)

    def leave(self) -> None:
        for context in self.contexts:
            context.close()
        assert self.outside == [], "the page asked for something off this machine"
        assert self.errors == [], "the page reported errors"


@pytest.fixture(scope="module")
def lasting(browser: Browser) -> Iterator[Visits]:
    """Visits that a whole module shares, for journeys that leave a page as they found it."""
    visits = Visits(browser)
    yield visits
    visits.leave()


@pytest.fixture
def visits(browser: Browser) -> Visits:
    """What ``page`` is made of, for a journey that leaves by itself."""
    return Visits(browser)


@pytest.fixture
def page(visits: Visits) -> Iterator[Callable[..., Page]]:
    """Open a file or an address: ``page(path, width=390, height=844, colour_scheme="dark")``.

    ``media="print"`` opens it as it prints, ``script=False`` with scripts off. The journey fails
    when a page wrote an error to its console, threw one, or asked for anything off this machine.
    """
    yield visits.open
    visits.leave()


@pytest.fixture(scope="session")
def axe() -> Callable[..., Violations]:
    """Violations that axe-core finds on an open page, each with id, impact, help and nodes.

    ``assert axe(opened) == []`` is the whole check; ``rules`` names a part of it, ``without`` what
    is left out. axe-core comes out of a Python package.
    """

    def check(
        opened: Page, *, rules: Sequence[str] = (), without: Sequence[str] = ()
    ) -> Violations:
        options = {"runOnly": list(rules)} if rules else None
        context = {"exclude": [[selector] for selector in without]} if without else None
        return list(Axe().run(opened, context=context, options=options).response["violations"])

    return check
