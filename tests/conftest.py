"""What holds for every test: journeys without a browser are named, and in CI they are a failure."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import hypothesis
import pytest

collect_ignore_glob = ["conftest.py", "*/conftest.py"]  # fixtures, not modules with examples
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NOT_RUN = "no Chromium on this system"

# A shared machine is sometimes slow; a slow example is no defect.
hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.load_profile("house")


def find_chromium() -> str | None:
    """Path of the system's browser, or None; nothing is ever downloaded."""
    named = os.environ.get("HEADWAY_CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the system's browser; a journey is skipped before it could ask for a missing one."""
    path = find_chromium()
    assert path is not None, NOT_RUN
    return path


@pytest.fixture(scope="session")
def repository() -> Path:
    """Root of the repository."""
    return Path(__file__).parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    journeys = [item for item in items if item.get_closest_marker("journey")]
    missing = find_chromium() is None
    for item in journeys:
        item.add_marker(pytest.mark.xdist_group("journeys"))  # one browser for all of them
        if missing:
            item.add_marker(pytest.mark.skip(reason=NOT_RUN))


def journeys_not_run(config: pytest.Config) -> list[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    return sorted({r.nodeid.partition("@")[0] for r in skipped if "journey" in r.keywords})


def in_ci() -> bool:
    return bool(os.environ.get("CI"))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if in_ci() and journeys_not_run(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    names = journeys_not_run(config)
    if not names:
        return
    verdict = "a failure, because CI is set" if in_ci() else "run `make setup-browser` to get one"
    terminalreporter.section("journeys that did not run", red=True)
    for name in names:
        terminalreporter.write_line(f"did not run: {name}")
    terminalreporter.write_line(f"{len(names)} not run ({NOT_RUN}): {verdict}.", red=True)
