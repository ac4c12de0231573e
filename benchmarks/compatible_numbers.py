"""Diagnostics of series and bounds of rates beside the answers of R.

Not compared, because nothing in Headway computes them: Durbin-Watson, seasons by loess (seasons
are fitted by harmonics here), moments, and full Bayes.
"""

import numpy as np

from agreement import EXACT, Tally, number, numbers, read
from headway import spc
from headway.spc import bounds
from headway.spc.limits import D2
from headway.spc.segment import mean_range


def diagnostics(folder):
    rows, expected = read(folder)
    tally = Tally()
    for name, case in expected["series"].items():
        tally.cases += 1
        values = np.array([[number(row["y"]) for row in rows[name]]])
        agreed = {}
        n = values.shape[1]
        agreed["n"] = n == case["n"]
        for lag, r in enumerate(case["acf"], start=1):
            agreed[f"acf lag {lag}"] = near(plain_correlation(values, lag), r, 1e-6)
        for lags in (1, 6, 12):
            found = spc.ljung_box(values, lags=lags)[0]
            agreed[f"ljung_box lag {lags}"] = near(found, case["ljung_box"][f"lag{lags}_p"], 1e-6)
        mr = mean_range(values[0], screened=False)
        agreed["mr_bar"] = near(mr, case["mr_bar"], 1e-6)
        agreed["sigma_mr"] = near(mr / D2, case["sigma_mr"], 1e-6)
        if "dispersion" in case:
            index, p = spc.dispersion(values)
            agreed["dispersion index"] = near(index[0], case["dispersion"]["index"], 1e-6)
            agreed["dispersion p"] = near(p[0], case["dispersion"]["p_over"], 1e-6)
        tally.points += len(agreed)
        tally.add_case(name, agreed)
    return tally


def plain_correlation(values, lag):
    """Without the correction for short series that lag 1 has."""
    found = spc.autocorrelation(values, lag=lag)[0]
    n = values.shape[1]
    return (found * (n - 4) - 1) / n if lag == 1 else found


def near(found, expected, tolerance):
    return bool(abs(found - expected) <= tolerance * max(abs(expected), 1e-9) + 1e-12)


def success_rates(folder):
    rows, expected = read(folder)
    tally = Tally()
    for case in expected["binomial"]:
        tally.cases += 1
        agreed = binomial_case(case)
        tally.points += len(agreed)
        tally.add_case(f"{case['k']} of {case['n']}", agreed)
    for case in expected["poisson"]:
        tally.cases += 1
        agreed = poisson_case(case)
        tally.points += len(agreed)
        tally.add_case(f"{case['events']} in {case['exposure']}", agreed)
    tally.cases += 1
    agreed = shrinkage(rows, expected["shrinkage_rat_tumour"])
    tally.points += len(agreed)
    tally.add_case("shrinkage of 71 groups", agreed)
    return tally


def binomial_case(case):
    k, n = np.array([case["k"]]), np.array([case["n"]])
    agreed = {}
    for name, method in (
        ("clopper_pearson95", bounds.clopper_pearson),
        ("wilson95", bounds.wilson),
    ):
        low, high = method(k, n)
        agreed[f"{name} lower"] = abs(low[0] - case[name][0]) <= EXACT
        agreed[f"{name} upper"] = abs(high[0] - case[name][1]) <= EXACT
    for name, prior in (("jeffreys", bounds.JEFFREYS), ("uniform", bounds.UNIFORM)):
        for label, expected in case[f"{name}_quantiles"].items():
            share = float(f"0.{label[1:]}") if label != "q10" else 0.1
            found = bounds.rate_quantile(k, n, share, prior=prior)[0]
            agreed[f"{name} {label}"] = abs(found - expected) <= EXACT
    above = bounds.probability_above(k, n, 0.95, prior=bounds.UNIFORM)[0]
    agreed["uniform above 0.95"] = abs(above - case["uniform_prob_rate_above_0.95"]) <= EXACT
    above = bounds.probability_above(k, n, 0.9, prior=bounds.JEFFREYS)[0]
    agreed["jeffreys above 0.9"] = abs(above - case["jeffreys_prob_rate_above_0.9"]) <= EXACT
    return agreed


def poisson_case(case):
    events, exposure = np.array([case["events"]]), np.array([case["exposure"]])
    low, high = bounds.poisson(events, exposure)
    agreed = {
        "poisson lower": abs(low[0] - case["exact95"][0]) <= EXACT,
        "poisson upper": abs(high[0] - case["exact95"][1]) <= EXACT,
    }
    for label, expected in case["gamma_jeffreys_quantiles"].items():
        found = bounds.event_rate_quantile(events, exposure, float(f"0.{label[1:]}"))[0]
        agreed[f"gamma {label}"] = abs(found - expected) <= EXACT
    return agreed


def shrinkage(rows, expected):
    groups = [row for group in rows.values() for row in group]
    k = np.array([number(row["failures"]) for row in groups])
    n = np.array([number(row["trials"]) for row in groups])
    found = bounds.shrunken(k, n)
    fitted = expected["beta_binomial_mle"]
    agreed = {
        "alpha": near(found.alpha, fitted["alpha"], 0.002),
        "beta": near(found.beta, fitted["beta"], 0.002),
    }
    means = numbers(expected["empirical_bayes_mean_mle"])
    for at, (one, other) in enumerate(zip(found.mean, means, strict=True)):
        agreed[f"mean of group {at + 1}"] = abs(one - other) <= 0.002
    return agreed
