"""How much an archive may unpack to before it is taken for a bomb."""

# A real export shrinks 10 to 60 times. Beyond this ratio, once the floor is passed, it is a bomb.
RATIO_LIMIT = 150
RATIO_FLOOR = 256 << 20


def roomy(packed: int) -> int:
    """Bytes that ``packed`` bytes may unpack to."""
    return max(RATIO_FLOOR, RATIO_LIMIT * packed)
