"""The report is read in a browser: light and dark, wide and narrow, by keyboard and on paper."""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from headway import reports

pytestmark = pytest.mark.journey

THEMES = ("light", "dark")
WIDTHS = (1440, 390)
OPEN_ALL = "document.querySelectorAll('details').forEach(part => { part.open = true })"
CLIPPED = """[...document.querySelectorAll('main *')].filter(part =>
    !part.closest('.wrap') && !part.closest('svg') &&
    part.getBoundingClientRect().right > document.documentElement.clientWidth + 1
).map(part => part.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = runpy.run_path(str(Path(__file__).parents[1] / "reports" / "example.py"))
    path = tmp_path_factory.mktemp("report") / "report.html"
    text = reports.to_html(made["example"](), charts=made["example_charts"]())
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_with_everything_open(
    page: Callable[..., Page],
    axe: Callable[[Page], list[dict[str, Any]]],
    report: Path,
    theme: str,
    width: int,
) -> None:
    opened = page(report, width=width, colour_scheme=theme)
    opened.evaluate(OPEN_ALL)
    assert axe(opened) == []


@pytest.mark.parametrize("width", [*WIDTHS, 320])
def test_nothing_scrolls_sideways_but_named_regions(
    page: Callable[..., Page], report: Path, width: int
) -> None:
    opened = page(report, width=width)
    opened.evaluate(OPEN_ALL)
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.evaluate(CLIPPED) == []


def test_the_report_reads_the_same_without_script(page: Callable[..., Page], report: Path) -> None:
    opened = page(report, script=False)
    assert opened.locator("ol.ten li").count() == 10
    assert opened.locator("article.find").count() == 8


def test_each_width_shows_its_own_drawing(page: Callable[..., Page], report: Path) -> None:
    for width, shown, hidden in ((1440, "wide", "narrow"), (390, "narrow", "wide")):
        opened = page(report, width=width)
        assert opened.locator(f".hw-{shown} svg").first.is_visible()
        assert not opened.locator(f".hw-{hidden} svg").first.is_visible()


def test_the_theme_follows_the_reader(page: Callable[..., Page], report: Path) -> None:
    grounds = [
        page(report, colour_scheme=theme).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for theme in THEMES
    ]
    assert grounds == ["rgb(248, 247, 245)", "rgb(18, 19, 20)"]


def test_the_keyboard_reaches_everything_in_order(page: Callable[..., Page], report: Path) -> None:
    opened = page(report)
    wanted = opened.evaluate("""[...document.querySelectorAll('a, summary, [tabindex="0"]')]
        .filter(part => part.checkVisibility({contentVisibilityAuto: true}) &&
                        !(part.closest('details:not([open])') && part.tagName !== 'SUMMARY'))
        .length""")
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Skip to the findings"
    assert opened.locator("a.skip").bounding_box()["y"] >= 0
    reached = 1
    while reached < wanted:
        opened.keyboard.press("Tab")
        assert opened.evaluate("document.activeElement !== document.body")
        reached += 1
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement === document.body")


def test_enter_opens_the_values_of_a_finding(page: Callable[..., Page], report: Path) -> None:
    opened = page(report)
    summary = opened.locator("article.find details.values summary").first
    summary.focus()
    opened.keyboard.press("Enter")
    assert opened.get_by_role("region", name="Values of finding 1").is_visible()


def test_a_line_of_the_answer_leads_to_its_finding(page: Callable[..., Page], report: Path) -> None:
    opened = page(report)
    opened.locator("ol.ten a").nth(1).click()
    target = opened.evaluate("document.querySelector(':target h3').textContent")
    assert target.startswith("1. Email and calendar takes longer")


def test_it_prints_on_a4_in_light_colours_with_the_evidence_open(
    page: Callable[..., Page], report: Path
) -> None:
    opened = page(report, colour_scheme="dark", media="print", width=700)
    ground = opened.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    assert not opened.locator(".toc").is_visible()
    assert opened.locator(".hw-wide svg").first.is_visible()
    paper = opened.pdf(prefer_css_page_size=True)
    boxes = set(re.findall(rb"/MediaBox\s*\[([^\]]*)\]", paper))
    assert [[round(float(side)) for side in box.split()] for box in boxes] in (
        [[0, 0, 595, 842]],
        [[0, 0, 596, 842]],
    )
    pages = len(re.findall(rb"/Type\s*/Page\b", paper))
    assert 3 <= pages <= 12


def test_forced_colours_keep_the_shapes(browser: Browser, report: Path) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.goto(report.as_uri())
    assert opened.locator("ol.ten svg").first.is_visible()
    context.close()
