"""On how many points limits may rest."""

SHORTEST = 8  # below: the points are shown, without limits
NO_RUNS_BELOW = 12  # 8 to 11 points: limits only, no rules about runs
PROVISIONAL_BELOW = 20  # limits are within -31/+36 % of the truth at 20 points
FROZEN = 24  # limits are fixed on the first 24 points and a shift cannot widen them
