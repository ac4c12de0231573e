"""The harness itself: what it shows, and what it must not let pass."""

import pytest

pytestmark = pytest.mark.journey

CLEAN = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Smoke</title><style>
@media (prefers-color-scheme: dark) { body { background: black; color: white } }
@media (max-width: 400px) { h1::after { content: " on a phone" } }
@media print { nav { display: none } }</style></head>
<body><nav>Way</nav><main><h1>All is well</h1></main></body></html>"""


@pytest.fixture
def clean(tmp_path):
    path = tmp_path / "clean.html"
    path.write_text(CLEAN, encoding="utf-8")
    return path


def test_a_file_opens_in_the_systems_browser(page, clean):
    assert page(clean).get_by_role("heading").inner_text() == "All is well"


def test_width_colour_scheme_and_print_reach_the_page(page, clean):
    heading = "getComputedStyle(document.querySelector('h1'), '::after').content"
    ground = "getComputedStyle(document.body).backgroundColor"
    small = page(clean, width=390, height=844, colour_scheme="dark")
    assert small.evaluate(heading) == '" on a phone"'
    assert small.evaluate(ground) == "rgb(0, 0, 0)"
    printed = page(clean, media="print")
    assert printed.evaluate(heading) == "none"
    assert printed.evaluate(ground) != "rgb(0, 0, 0)"
    assert not printed.locator("nav").is_visible()


def test_axe_passes_a_clean_page_and_names_what_is_wrong_with_another(page, axe, clean, tmp_path):
    nameless = tmp_path / "nameless.html"
    nameless.write_text(CLEAN.replace("Way", "<img src='data:,'>"), encoding="utf-8")
    assert axe(page(clean)) == []
    assert "image-alt" in [violation["id"] for violation in axe(page(nameless))]


def test_a_request_off_the_machine_fails_the_journey(visits, tmp_path):
    leaky = tmp_path / "leaky.html"
    leaky.write_text(CLEAN.replace("Way", "<img alt='' src='https://example.org/x.png'>"))
    visits.open(leaky)
    with pytest.raises(AssertionError, match="off this machine"):
        visits.leave()


def test_an_error_in_a_script_fails_the_journey(visits, tmp_path):
    broken = tmp_path / "broken.html"
    broken.write_text(CLEAN.replace("Way", "<script>nothing.there()</script>"))
    visits.open(broken)
    with pytest.raises(AssertionError, match="reported errors"):
        visits.leave()
