"""How the named rule sets agree with the packages whose conventions they follow.

Run with ``PYTHONPATH=src python benchmarks/compatibility.py --reference FOLDER``. FOLDER holds one
folder for each kind of chart with ``input.csv`` and ``expected.json``: the answers of
NHSRplotthedots, qicharts2 and R. Every line, flag, label and number of runs of every point is
compared; a point disagrees when one of them does. Disagreement ends with status 1.
"""

import argparse
import sys
from pathlib import Path

import numpy as np

from agreement import Tally, close, flags, number, numbers, read, same
from compatible_numbers import diagnostics, success_rates
from headway import spc

KINDS = {"pp": "p'", "up": "u'", "ip": "i'"}
BETTER = {"increase": "higher", "decrease": "lower", "neutral": "neither"}
TYPES = {
    "common_cause": "plain",
    "special_cause_improvement": "better",
    "special_cause_concern": "worse",
    "special_cause_neutral_high": "odd",
    "special_cause_neutral_low": "odd",
}
ASSURED = {"consistent_pass": "Kept", "consistent_fail": "Missed", "inconsistent": "Hit and miss"}


def plotthedots(folder):
    rows, expected = read(folder)
    tally = Tally()
    for name, case in expected["cases"].items():
        tally.cases += 1
        options = case["options"]
        chart = spc.chart(
            [number(row["y"]) for row in rows[name]],
            [row["x"] for row in rows[name]],
            rules="making-data-count",
            rebase=options["rebase"],
            baseline=options["fix_after_n_points"],
            better=BETTER[options["improvement_direction"]],
            target=options["target"],
            ranges="screened" if options["screen_outliers"] else "all",
        )
        tally.add(name, plotted_points(chart, case["points"]))
        tally.add_case(name, plotted_parts(chart, case["summary"]))
        note_plotted_oddities(tally, name, case["points"])
    return tally


def plotted_points(chart, points):
    side = np.sign(chart.values - chart.centre)
    limited = np.isfinite(chart.upper) & np.isfinite(chart.values)
    outside = (chart.values > chart.upper) | (chart.values < chart.lower)
    near = (chart.values > chart.inner_upper) | (chart.values < chart.inner_lower)
    part = np.concatenate([[at] * (p.stop - p.start) for at, p in enumerate(chart.parts)])
    short = np.concatenate([[p.short] * (p.stop - p.start) for p in chart.parts])
    states = ["plain" if state == "missing" else state for state in chart.states]
    return {
        "rebase_group": same(part, points["rebase_group"]),
        "mean": close(chart.centre, numbers(points["mean"])),
        "lpl": close(chart.lower, numbers(points["lpl"])),
        "upl": close(chart.upper, numbers(points["upl"])),
        "outside_limits": flags(outside, limited, points["outside_limits"]),
        "close_to_limits": flags(near & ~outside, limited, points["close_to_limits"]),
        "relative_to_mean": close(side, numbers(points["relative_to_mean"])),
        "special_cause_type": same(
            [reason or "Common Cause" for reason in chart.reasons], points["special_cause_type"]
        ),
        "special_cause_flag": same(
            [reason != "" for reason in chart.reasons], points["special_cause_flag"]
        ),
        "point_type": same(states, [TYPES[one] for one in points["point_type"]]),
        "short_group_warning": same(short, points["short_group_warning"]),
    }


def plotted_parts(chart, summary):
    agreed = {}
    for at, part in enumerate(chart.parts):
        states = chart.states[part.start : part.stop]
        newest = "plain" if states[-1] == "missing" else states[-1]
        found = {
            "n": part.stop - part.start,
            "common_cause": states.count("plain") + states.count("missing"),
            "special_cause_improvement": states.count("better"),
            "special_cause_concern": states.count("worse"),
        }
        for column, count in found.items():
            if column in summary:
                agreed[f"summary {column} {at}"] = count == summary[column][at]
        agreed[f"variation {at}"] = newest == TYPES[summary["variation_type"][at]]
    if "assurance_type" in summary and chart.better != "neither":
        wanted = ASSURED[summary["assurance_type"][-1]]
        agreed["assurance"] = spc.assurance(chart) == wanted
    return agreed


def note_plotted_oddities(tally, name, points):
    bare = sum(limit is None for limit in points["upl"])
    if bare and len(points["y"]) == 1:
        tally.odd["one point has a mean and no limits"] += bare
    elif bare:
        tally.odd["equal points: every range is screened away, so there are no limits"] += bare
    missing = sum(value is None for value in points["y"])
    tally.odd["a missing point is common cause and counts towards the 13"] += missing
    peaks = np.array(points["special_cause_type"])
    rising = np.char.startswith(peaks, "7 Point Trend")
    against = rising & (
        (np.char.find(peaks, "In") > 0) != (numbers(points["relative_to_mean"]) > 0)
    )
    tally.odd["a trend is judged by its direction, not by the side of the mean"] += int(
        against.sum()
    )


def qicharts(folder):
    rows, expected = read(folder)
    tally = Tally()
    for name, case in expected["cases"].items():
        tally.cases += 1
        options = case["options"]
        count = len(rows[name])
        days = np.datetime64("2000-01-01") + np.arange(count)
        values, n = case_values(rows[name], case["chart"], options["multiply"])
        chart = spc.chart(
            values,
            days,
            kind=KINDS.get(case["chart"], case["chart"]),
            n=n,
            rules="anhoej",
            rebase=days[np.array(options["part"] or [], dtype=int)],
            baseline=options["freeze"],
            exclude=days[np.array(options["exclude"] or [], dtype=int) - 1],
            runs=options["method"],
            centre=options["centre_line_given"],
            ranges="screened" if options["screened_moving_ranges"] else "all",
        )
        tally.add(name, qic_points(chart, case["points"]))
        tally.add_case(name, qic_runs(chart, case["runs"], case["points"]))
        note_qic_oddities(tally, chart, case)
    return tally


def case_values(rows, kind, multiply):
    values = np.array([number(row["y"]) for row in rows])
    n = np.array([number(row["n"]) for row in rows])
    if np.isnan(n).all():
        return values * multiply, None
    n = n / multiply
    return (values if kind == "i" else values / n), n


def qic_points(chart, points):
    outside = [reason == "outside the limits" for reason in chart.reasons]
    part = np.concatenate([[at + 1] * (p.stop - p.start) for at, p in enumerate(chart.parts)])
    return {
        "y": close(chart.values, numbers(points["y"])),
        "part": same(part, points["part"]),
        "cl": close(chart.centre, numbers(points["cl"])),
        "lcl": close(chart.lower, numbers(points["lcl"])),
        "ucl": close(chart.upper, numbers(points["ucl"])),
        "lcl95": close(chart.inner_lower, numbers(points["lcl95"])),
        "ucl95": close(chart.inner_upper, numbers(points["ucl95"])),
        "sigma_signal": same(outside, points["sigma_signal"]),
    }


def qic_runs(chart, runs, points):
    agreed = {}
    for at, part in enumerate(chart.parts):
        some = runs["longest_run"][at] is not None
        for column, found in {
            "n_useful": part.runs.useful,
            "longest_run": part.runs.longest if some else None,
            "longest_run_max": part.runs.longest_expected if some else None,
            "n_crossings": part.runs.crossings if some else None,
            "n_crossings_min": part.runs.crossings_expected if some else None,
            "runs_signal": part.runs.signal,
        }.items():
            agreed[f"{column} {at + 1}"] = found == runs[column][at]
        fixed = np.array(points["baseline"]) & np.array(points["include"])
        known = np.isfinite(numbers(points["y"]))
        count = int((fixed & known)[part.start : part.stop].sum())
        agreed[f"baseline {at + 1}"] = part.baseline == count
    return agreed


def note_qic_oddities(tally, chart, case):
    points = len(chart.values)
    if case["chart"] in ("pp", "up") and chart.sigma_z is not None and chart.sigma_z < 1:
        tally.odd["sigma_z below 1 narrows the limits of p' and u'"] += points
    if case["chart"] == "g" and case["options"]["centre_line_given"] is not None:
        tally.odd["g chart with a given mean: the line shown is 0.693 of it, no median"] += points
    if case["chart"] == "ip":
        tally.odd["i' plots the value over n, too, as every chart with a denominator"] += points
    boxed = [part.runs for part in chart.parts if part.runs.method != "anhoej"]
    outside = sum(not 10 <= runs.useful <= 100 for runs in boxed)
    tally.odd["bestbox and cutbox fall back to anhoej beyond 10 to 100 useful points"] += outside


FOLDERS = {
    "xmr_plotthedots": plotthedots,
    "attribute_qicharts": qicharts,
    "rare_event_qicharts": qicharts,
    "run_chart_anhoej": qicharts,
    "series_diagnostics": diagnostics,
    "success_rate_bounds": success_rates,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reference", required=True, type=Path, metavar="FOLDER")
    reference = parser.parse_args().reference
    print(f"{'':22}{'cases':>7}{'points':>9}{'figures':>9}{'disagree':>10}{'target':>8}")
    wrong = 0
    for name, compare in FOLDERS.items():
        if not (reference / name / "expected.json").exists():
            print(f"{name:22} is not there")
            wrong += 1
            continue
        tally = compare(reference / name)
        wrong += tally.wrong
        counts = f"{tally.cases:7,}{tally.points:9,}{tally.figures:9,}"
        print(f"{name:22}{counts}{tally.wrong:10,}{0:8}")
        for column, count in tally.reasons.most_common():
            print(f"  disagrees: {column}, {count} times, first in {tally.examples[column]}")
        for oddity, count in tally.odd.items():
            if count:
                print(f"  followed on {count:,} points: {oddity}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
