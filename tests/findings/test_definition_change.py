"""A step that is stamped at another moment is a fact about the data, an improvement is not."""

import numpy as np
from made_panels import weeks

from headway.calendars import Clock
from headway.findings.definition_change import definition_changes
from headway.metrics.desk import Desk
from headway.records import SCHEMAS, Records, empty

HOUR, WEEK = 3600, 7 * 86_400


def desk(resolve, close):
    """Thirty tickets a week with these hours to resolution and from there to closure."""
    import pyarrow as pa

    rng = np.random.default_rng(1)
    count = len(resolve)
    start = weeks(count).starts.astype("datetime64[s]").astype(np.int64)
    opened = np.repeat(start, 30) + np.tile(np.arange(30) * 5 * HOUR, count)
    factor = rng.lognormal(0, 0.15, size=(2, len(opened)))
    resolved = opened + np.repeat(resolve, 30) * HOUR * factor[0]
    closed = resolved + np.repeat(close, 30) * HOUR * factor[1]
    given = {
        "opened_at": opened,
        "resolved_at": resolved.astype(np.int64),
        "closed_at": closed.astype(np.int64),
    }
    words = {"id": [f"T{n:04}" for n in range(len(opened))], "kind": "incident", "source": "made"}
    columns = {}
    for field in SCHEMAS["tickets"]:
        if field.name in given:
            columns[field.name] = pa.array(given[field.name]).cast(field.type)
        elif field.name == "id":
            columns["id"] = pa.array(words["id"])
        elif field.name in words:
            columns[field.name] = pa.array([words[field.name]] * len(opened)).dictionary_encode()
        elif field.name == "line":
            columns["line"] = pa.array(np.arange(len(opened)))
        else:
            columns[field.name] = pa.nulls(len(opened), field.type)
    tickets = pa.table(columns, schema=SCHEMAS["tickets"])
    others = [empty(name) for name in ("events", "feedback", "approvals", "alterations")]
    made = Records(tickets, *others, len(opened), 0, extracted_at=int(start[-1] + 8 * WEEK))
    return Desk(made, Clock()), weeks(count), np.ones(count, dtype=bool)


def moved(count=24, at=12, before=40.0, after=8.0):
    return np.where(np.arange(count) < at, before, after)


def test_an_earlier_stamp_is_reported_with_its_date_and_blocks_the_metrics():
    resolve = moved()
    found = definition_changes(*desk(resolve, 60.0 - resolve))
    assert len(found) == 1
    finding = found[0].finding
    assert (finding.kind, finding.direction) == ("data", None)
    assert finding.since == str(weeks(24).starts[12])
    assert {"time_to_resolve", "time_to_restore", "within_target", "backlog"} <= set(
        found[0].metrics
    )
    assert "the meaning of the step between them changed" in finding.sentence
    assert finding.before > 35 > 10 > finding.after


def test_a_real_improvement_is_no_change_of_definition():
    resolve = moved()
    assert definition_changes(*desk(resolve, np.full(24, 20.0))) == []


def test_quicker_work_and_slower_closing_that_do_not_cancel_are_no_change_of_definition():
    resolve = moved(before=100.0, after=20.0)
    assert definition_changes(*desk(resolve, moved(before=5.0, after=15.0))) == []


def test_steady_parts_are_no_change_of_definition():
    assert definition_changes(*desk(np.full(24, 20.0), np.full(24, 40.0))) == []


def test_six_weeks_are_too_few_to_say_it():
    resolve = moved(6, 3)
    assert definition_changes(*desk(resolve, 60.0 - resolve)) == []
