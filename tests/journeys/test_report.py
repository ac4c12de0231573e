"""The report is read in a browser: light and dark, wide and narrow, by keyboard and on paper."""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from headway import reports

pytestmark = pytest.mark.journey

WIDTHS = (1440, 390)
OPEN_ALL = "document.querySelectorAll('details').forEach(part => { part.open = true })"
OPEN_ONE_OF_EACH = """document.querySelectorAll('details').forEach(part => { part.open =
    !part.matches('.values') || part === document.querySelector('details.values') })"""
POINTS = "svg.marks > g"  # hundreds of marks inside a drawing that is one image
GROUND = "getComputedStyle(document.body).backgroundColor"
CLIPPED = """[...document.querySelectorAll('main *')].filter(part =>
    !part.closest('.wrap') && !part.closest('svg') &&
    part.getBoundingClientRect().right > document.documentElement.clientWidth + 1
).map(part => part.outerHTML.slice(0, 120))"""
OVERLAPPING = """[...document.querySelectorAll('main, .find, .more')].filter(part =>
    getComputedStyle(part).display !== 'block').length"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = runpy.run_path(str(Path(__file__).parents[1] / "reports" / "example.py"))
    path = tmp_path_factory.mktemp("report") / "report.html"
    text = reports.to_html(made["example"](), charts=made["example_charts"]())
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def window(lasting: Any, report: Path) -> Page:
    """One page that all journeys of this module share."""
    return lasting.open(report)


@pytest.fixture
def opened(window: Page, report: Path) -> Page:
    """The report, wide and light, as if nobody had touched it."""
    window.set_viewport_size({"width": 1440, "height": 900})
    window.emulate_media(media="screen", color_scheme="light", forced_colors="none")
    window.goto(report.as_uri())
    return window


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_both_themes_with_everything_open(
    opened: Page, axe: Callable[..., list[dict[str, Any]]], width: int
) -> None:
    opened.set_viewport_size({"width": width, "height": 900})
    opened.evaluate(OPEN_ONE_OF_EACH)
    assert axe(opened, without=[POINTS]) == []
    opened.emulate_media(color_scheme="dark")
    assert axe(opened, rules=["color-contrast"], without=[POINTS]) == []  # all a theme changes


def test_nothing_scrolls_sideways_but_named_regions(opened: Page) -> None:
    opened.evaluate(OPEN_ALL)
    for width in (*WIDTHS, 320):
        opened.set_viewport_size({"width": width, "height": 900})
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
        assert opened.evaluate(CLIPPED) == []


def test_the_report_reads_the_same_without_script(page: Callable[..., Page], report: Path) -> None:
    plain = page(report, script=False)
    assert plain.locator("ol.ten li").count() == 10
    assert plain.locator("article.find").count() == 6
    plain.locator("details.also summary").first.click()
    assert plain.locator("details.also li").first.is_visible()


def test_each_width_shows_its_own_drawing(opened: Page) -> None:
    for width, shown in ((1440, "wide"), (768, "paper"), (390, "narrow")):
        opened.set_viewport_size({"width": width, "height": 900})
        for name in ("wide", "paper", "narrow"):
            seen = opened.locator(f".hw-{name} svg").first.is_visible()
            assert seen == (name == shown)


def test_the_theme_follows_the_reader(opened: Page) -> None:
    assert opened.evaluate(GROUND) == "rgb(248, 247, 245)"
    opened.emulate_media(color_scheme="dark")
    assert opened.evaluate(GROUND) == "rgb(18, 19, 20)"


def test_the_keyboard_reaches_everything_in_order(opened: Page) -> None:
    wanted = opened.evaluate("""[...document.querySelectorAll('a, summary, [tabindex="0"]')]
        .filter(part => part.checkVisibility({contentVisibilityAuto: true}) &&
                        !(part.closest('details:not([open])') && part.tagName !== 'SUMMARY'))
        .length""")
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Skip to the findings"
    assert opened.locator("a.skip").bounding_box()["y"] >= 0
    for _ in range(wanted - 1):
        opened.keyboard.press("Tab")
        assert opened.evaluate("document.activeElement !== document.body")
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement === document.body")


def test_enter_opens_the_values_of_a_finding(opened: Page) -> None:
    opened.locator("article.find details.values summary").first.focus()
    opened.keyboard.press("Enter")
    assert opened.get_by_role("region", name="Values of finding 1").is_visible()


def test_a_line_of_the_answer_leads_to_its_finding(opened: Page) -> None:
    opened.locator("ol.ten a").nth(1).click()
    target = opened.evaluate("document.querySelector(':target h3').textContent")
    assert target.startswith("1. Email and calendar takes longer")


def test_it_prints_on_a4_in_light_colours_with_the_evidence_open(opened: Page) -> None:
    opened.emulate_media(media="print", color_scheme="dark")
    assert opened.evaluate(GROUND) == "rgb(255, 255, 255)"
    assert not opened.locator(".toc").is_visible()
    assert opened.locator(".hw-paper svg").first.is_visible()
    assert not opened.locator(".hw-wide svg").first.is_visible()
    assert opened.locator("details.also li").first.is_visible()
    assert opened.evaluate(OVERLAPPING) == 0
    paper = opened.pdf(prefer_css_page_size=True)
    boxes = set(re.findall(rb"/MediaBox\s*\[([^\]]*)\]", paper))
    assert [[round(float(side)) for side in box.split()] for box in boxes] in (
        [[0, 0, 595, 842]],
        [[0, 0, 596, 842]],
    )
    pages = len(re.findall(rb"/Type\s*/Page\b", paper))
    assert 3 <= pages <= 12


def test_forced_colours_keep_the_shapes(opened: Page) -> None:
    opened.emulate_media(forced_colors="active")
    assert opened.locator("ol.ten svg").first.is_visible()
