from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
from example import FORMULA, RTL, SCRIPT, example

from headway import reports

KEYS = {
    "records": {
        "tickets", "events", "feedback", "read", "used", "rejected", "first_at", "last_at",
    },
    "coverage": {"selected_by", "from", "to", "edges"},
    "method": {"rules", "version", "input_sha256"},
}  # fmt: skip
METRIC = {
    "id", "computable", "needs", "value", "n", "numerator", "denominator", "unit", "audience",
}  # fmt: skip
FINDING = {
    "id", "kind", "metric", "slice", "direction", "since", "since_interval", "before", "after",
    "unit", "q", "provisional", "sentence",
}  # fmt: skip


def test_every_promised_key_is_there() -> None:
    content = json.loads(reports.to_json(example()))
    lists = {"mapping", "metrics", "findings", "not_judged", "questions", "tasks", "warnings"}
    more = {"expected_false", "oldest", "momentum", "same_month", "doubts", "gone"}
    assert content.keys() >= KEYS.keys() | lists | more
    for part, keys in KEYS.items():
        assert content[part].keys() >= keys
    assert all(metric.keys() >= METRIC for metric in content["metrics"])
    assert all(finding.keys() >= FINDING for finding in content["findings"])
    assert content["not_judged"][0].keys() >= {"metric", "slice", "reason"}


def test_metrics_that_face_the_customer_are_counted() -> None:
    content = json.loads(reports.to_json(example()))
    assert content["customer_facing"] == {"facing": 4, "computable": 6}


def test_a_slice_is_an_object_with_its_text() -> None:
    content = json.loads(reports.to_json(example()))
    assert content["findings"][0]["slice"] == {
        "dimension": "service",
        "value": "Email and calendar",
        "text": "service=Email and calendar",
    }


def test_the_same_result_gives_the_same_bytes() -> None:
    assert reports.to_json(example()) == reports.to_json(example())


def test_the_order_of_options_does_not_change_the_bytes() -> None:
    result = example()
    turned = replace(result.method, options=dict(reversed(result.method.options.items())))
    assert reports.to_json(replace(result, method=turned)) == reports.to_json(result)


def test_figures_are_rounded_and_never_nan() -> None:
    result = example()
    metric = replace(result.metrics[0], value=np.float64(1 / 3), p85=float("nan"))
    options = {"limit": np.int64(7), "share": float("inf")}
    changed = replace(result, metrics=(metric,), method=replace(result.method, options=options))
    content = json.loads(reports.to_json(changed))
    assert content["metrics"][0]["value"] == 0.333333
    assert content["metrics"][0]["p85"] is None
    assert content["method"]["options"] == {"limit": 7, "share": None}


def test_large_counts_keep_every_digit() -> None:
    result = example()
    changed = replace(result, counts={**result.counts, "read": 123456789})
    assert json.loads(reports.to_json(changed))["records"]["read"] == 123456789


def test_words_of_the_records_come_back_as_they_were() -> None:
    content = json.loads(reports.to_json(example()))
    names = {task["name"] for task in content["tasks"]}
    assert {SCRIPT, FORMULA, RTL} <= names


def test_a_name_that_is_not_unicode_can_still_be_written() -> None:
    result = replace(example(), sources=("a\udcff.csv",))
    assert reports.to_json(result).encode("utf-8")
