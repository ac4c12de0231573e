"""Labelled truths by name: one thing that happens at a desk, and what a scan should make of it."""

from __future__ import annotations

import datetime as dt

from headway.errors import OptionError
from headway.simulate.truths import Truth, weeks_before

END = dt.date(2026, 11, 15)
SCENARIOS = (
    "slip",
    "surge",
    "definition",
    "edge",
    "closing",
    "gaming",
    "mix",
    "ping-pong",
    "drift",
    "dropped-logging",
    "nothing",
)


def scenario(name: str, *, end: dt.date = END, weeks_after: int = 13) -> tuple[Truth, ...]:
    """The truths of one scenario, to plant in a :class:`~headway.simulate.Desk`.

    Parameters
    ----------
    name
        ``slip`` (a team takes longer), ``surge`` (a category), ``definition`` (resolved is stamped
        earlier, closed as before, the sum holds), ``edge`` (the extract is cut, hardly any
        record was opened later), ``closing`` (the extract holds what was closed in its time),
        ``gaming`` (closures just before the target), ``mix`` (more of a quick service, no part
        moves), ``ping-pong`` (between two teams), ``drift`` (a slow one), ``dropped-logging``
        (fewer tickets written down, which looks like success), ``nothing``.
    end
        Last day of the desk.
    weeks_after
        For how long it has been going on.

    Raises
    ------
    OptionError
        When there is no such scenario.

    Examples
    --------
    >>> scenario("slip")[0].value, scenario("nothing")
    ('Messaging', ())
    """
    since = weeks_before(end, weeks_after)
    group = "Assignment group"
    planted: dict[str, tuple[Truth, ...]] = {
        "slip": (Truth("time_to_resolve", group, "Messaging", since, 1.8, "worse"),),
        "surge": (Truth("arrivals", "Category", "Password", since, 1.6, "up"),),
        "definition": (Truth("resolved_stamp", "", "", since, 0.4, None, "data"),),
        "edge": (Truth("extract_edge", "", "", weeks_before(end, 2), 0.05, None, "data"),),
        "closing": (Truth("extract_by_closing", "", "", weeks_before(end, 52), 1.0, None, "data"),),
        "gaming": (Truth("gamed_closures", "", "", since, 0.7, "worse", "bunching"),),
        "mix": (Truth("mix", "Service", "Identity", since, 3.0, "better", "mix"),),
        "ping-pong": (
            Truth("ping_pong", group, "Messaging / Identity", since, 0.3, "worse", "rework"),
        ),
        "drift": (
            Truth(
                "time_to_resolve",
                "Service",
                "Network",
                weeks_before(end, 4 * weeks_after),
                2.0,
                "worse",
                "drift",
                end,
            ),
        ),
        "dropped-logging": (Truth("logged_share", "Service", "Identity", since, 0.5, "down"),),
        "nothing": (),
    }
    if name not in planted:
        raise OptionError(f"There is no scenario {name!r}; take {', '.join(planted)}.")
    return planted[name]
