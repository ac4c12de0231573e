from collections.abc import Callable, Sequence

import numpy as np
import pytest

from headway.spc.model import Chart

ChartMaker = Callable[..., Chart]


def build(
    values: Sequence[float],
    limits: tuple[object, object, object] | None = None,
    *,
    states: dict[int, str] | None = None,
    start: str = "2026-01-05",
    span: str = "week",
    kind: str = "i",
    unit: str = "h",
    better: str = "lower",
    **more: object,
) -> Chart:
    """A chart of consecutive periods; ``limits`` are lower, centre and upper."""
    count = len(values)
    if span == "month":
        dates = (np.datetime64(start, "M") + np.arange(count)).astype("datetime64[D]")
    else:
        dates = np.datetime64(start) + np.arange(count) * {"day": 1, "week": 7}[span]
    lower, centre, upper = (
        np.broadcast_to(np.asarray(line, dtype=float), (count,)).copy()
        for line in limits or (np.nan, np.nan, np.nan)
    )
    flagged = states or {}
    found = np.asarray(values, dtype=float)
    names = [flagged.get(i, "plain" if np.isfinite(v) else "missing") for i, v in enumerate(found)]
    return Chart(
        kind=kind,
        dates=dates,
        values=found,
        centre=centre,
        lower=lower,
        upper=upper,
        states=tuple(names),
        reasons=tuple("outside the limits" if i in flagged else "" for i in range(count)),
        better=better,
        unit=unit,
        baseline=min(count, 24),
        provisional=bool(more.pop("provisional", False)),
        rules="headway-1",
        span=span,
        **more,
    )


@pytest.fixture(scope="session")
def chart_of() -> ChartMaker:
    return build


@pytest.fixture
def slower() -> Chart:
    """Twenty ordinary weeks, then three that take longer."""
    values = [6.1, 6.6, 5.9, 6.4, 6.2] * 4 + [9.1, 8.9, 9.4]
    states = {20: "worse", 21: "worse", 22: "worse"}
    return build(values, (4.24, 6.34, 8.45), states=states, target=8.0)


AWKWARD = {
    "no points": ([], None),
    "one point": ([4.2], None),
    "one point with limits": ([4.2], (1, 4, 7)),
    "two points": ([4.2, 5.0], None),
    "all missing": ([np.nan] * 5, None),
    "all missing with limits": ([np.nan] * 5, (1, 2, 3)),
    "constant": ([5.0] * 12, (5, 5, 5)),
    "all zero": ([0.0] * 12, (0, 0, 0)),
    "no limits": ([1.0, 5.0, 3.0] * 4, None),
    "upper limit only": ([1.0, 5.0, 3.0] * 4, (np.nan, 3, 9)),
    "huge": ([1e12, 2e12, 1.5e12] * 4, (1e11, 1e12, 3e12)),
    "tiny": ([1e-7, 2e-7, 1e-7] * 4, (1e-8, 1e-7, 3e-7)),
    "infinite": ([1.0, np.inf, 2.0, -np.inf] * 3, (0, 1, np.inf)),
    "negative": ([-3.0, -1.0, -2.0] * 4, (-9, -2, 3)),
}


@pytest.fixture(params=sorted(AWKWARD))
def awkward(request: pytest.FixtureRequest) -> Chart:
    values, limits = AWKWARD[request.param]
    return build(values, limits)
