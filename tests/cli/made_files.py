"""Files for the command line: good, odd and broken ones."""

import gzip
import random

HEADER = "Number,Opened,Resolved,Priority,Service,Assignment group,Made SLA"


def lines(count=180, *, service="Email", group="First line", first=0):
    """Two tickets a day from 2024-01-01 on, resolved after two to nine hours."""
    chance = random.Random(count)
    out = []
    for n in range(first, first + count):
        month, day = divmod(n // 2, 28)
        date = f"2024-{month + 1:02}-{day + 1:02}"
        hours = 10 + chance.randint(2, 9)
        out.append(f"INC{n:05},{date} 10:00,{date} {hours}:30,P{n % 3 + 1},{service},{group},true")
    return out


def table(rows):
    return "\n".join([HEADER, *rows]) + "\n"


def good():
    return table(lines())


def truncated_gzip():
    content = gzip.compress(good().encode())
    return content[: len(content) // 2]


def rubbish():
    return random.Random(1).randbytes(5000)


def two_claims():
    rows = (f"I{n},2026-01-{n:02} 09:00,2026-01-{n:02} 10:00" for n in range(1, 20))
    return "\n".join(["Number,Opened,opened", *rows])


def no_dates():
    return "\n".join(["Number,Opened", *(f"I{n},soon {n}" for n in range(20))])


def either_order():
    rows = (f"I{n},0{n % 9 + 1}/0{n % 7 + 1}/2026 09:00" for n in range(30))
    return "\n".join(["Number,Opened", *rows])
