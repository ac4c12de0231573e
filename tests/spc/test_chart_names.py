"""Charts answer to the names that people know them by."""

import numpy as np
import pytest

from headway import spc


@pytest.mark.parametrize(("name", "kind"), [("laney", "p'"), ("Laney", "p'")])
def test_a_proportion_chart_after_laney_has_two_names(name, kind):
    days = np.datetime64("2026-01-05") + 7 * np.arange(26)
    share = np.tile([4.0, 6.0], 13)
    assert spc.chart(share, days, kind=name, n=np.full(26, 5000), unit="%").kind == kind


def test_an_individuals_chart_is_an_xmr_chart():
    days = np.datetime64("2026-01-05") + 7 * np.arange(26)
    assert spc.chart(np.tile([4.0, 6.0], 13), days, kind="xmr").kind == "i"
