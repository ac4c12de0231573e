"""A service desk of thirty weeks in which nothing happens, or what a test plants."""

from __future__ import annotations

import csv
import io
import json

import numpy as np

import headway as hw

MONDAY = np.datetime64("2024-01-01T00:00:00")
WEEKS = 30
HOUR = 3600
SERVICES = ("Email", "Network", "Payroll", "Printing")
GROUPS = ("First line", "Second line", "Field")
UNITS = ("Finance", "Sales", "Legal")
FIRST_NAMES = ("Quillon", "Brisela", "Tarvok", "Ysmerene", "Odravin", "Pelluna", "Wexford", "Zorah")
LAST_NAMES = ("Abnerrow", "Crundell", "Fennimoor", "Hollowick")
PEOPLE = tuple(f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES)
COLUMNS = (
    *("Number", "Opened", "Resolved", "State", "Priority", "Service", "Assignment group"),
    *("Assigned to", "Requested by", "Department", "Type", "Made SLA"),
)


def tickets(seed=1, *, a_week=60, weeks=WEEKS, slip=None, factor=3.0, since=18):
    """Rows by column name; tickets of the service ``slip`` take ``factor`` times as long."""
    rng = np.random.default_rng(seed)
    week = np.repeat(np.arange(weeks), rng.poisson(a_week, weeks))
    count = len(week)
    seconds = week * 7 * 86_400 + rng.integers(0, 5, count) * 86_400
    opened = seconds + rng.integers(8 * HOUR, 17 * HOUR, count)
    order = np.argsort(opened, kind="stable")
    week, opened = week[order], opened[order]
    service = rng.choice(SERVICES, count)
    hours = 6 * rng.lognormal(0, 0.7, count)
    if slip:
        hours = np.where((service == slip) & (week >= since), factor * hours, hours)
    resolved = opened + (hours * HOUR).astype(int)
    over = resolved < weeks * 7 * 86_400
    return {
        "Number": [f"INC{n:06}" for n in range(count)],
        "Opened": _text(opened, np.ones(count, dtype=bool)),
        "Resolved": _text(resolved, over),
        "State": np.where(over, "Closed", "In Progress").tolist(),
        "Priority": rng.choice(("2 - High", "3 - Moderate", "4 - Low"), count).tolist(),
        "Service": service.tolist(),
        "Assignment group": rng.choice(GROUPS, count).tolist(),
        "Assigned to": rng.choice(PEOPLE[:16], count).tolist(),
        "Requested by": rng.choice(PEOPLE[16:], count).tolist(),
        "Department": rng.choice(UNITS, count).tolist(),
        "Type": ["Incident"] * count,
        "Made SLA": np.where(hours < 24, "true", "false").tolist(),
    }


def _text(seconds, known):
    stamps = (MONDAY + seconds.astype("timedelta64[s]")).astype(str)
    return [stamp.replace("T", " ") if k else "" for stamp, k in zip(stamps, known, strict=True)]


def written(rows, *, delimiter=",", order=None, columns=None):
    """The rows as CSV text, in another order of rows and columns if asked."""
    names = list(columns or rows)
    lines = zip(*(rows[name] for name in names), strict=True)
    picked = list(lines)
    if order is not None:
        picked = [picked[i] for i in order]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(picked)
    return buffer.getvalue()


def told(made):
    """What a scan says of metrics and change, without what it says of the file."""
    form = json.loads(made.to_json())
    form["findings"] = [f for f in form["findings"] if f["kind"] != "data"]
    keys = ("metrics", "findings", "not_judged", "coverage", "tasks", "oldest", "momentum")
    return {key: form[key] for key in keys}


def scan_of(text, **options):
    """The scan of a CSV text."""
    return hw.scan(io.BytesIO(text.encode()), **options)
