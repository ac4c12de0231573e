"""Memory stays bounded for input made to fill it, measured in a process of its own."""

import gzip
import json
import subprocess
import sys
import zlib

import pytest

REPORT = """
import json, resource, sys
from headway.errors import InputError
from headway.readers import read
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
before = peak()
try:
    raw = read(sys.argv[1])
    told = [raw.table.num_rows, len(raw.rejects), ""]
except InputError as error:
    told = [0, 0, str(error)]
print(json.dumps([peak() - before, *told]))
"""


def measured(path):
    """Megabytes above the start, rows, rejects, refusal."""
    done = subprocess.run(
        [sys.executable, "-c", REPORT, str(path)], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def repeated(head, piece, times):
    """``piece`` many times over, packed without ever being held."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    yield packer.compress(head)
    for _ in range(times):
        yield packer.compress(piece)
    yield packer.flush()


BOMBS = {
    "rows": (b"a,b\n", b"1,2\n" * (1 << 18)),
    "one quote": (b'a,b\n1,"', b"x\n" * (1 << 19)),
    "one value": (b'<log><trace><event><string key="', b"x" * (1 << 20)),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_what_unpacks_to_hundreds_of_megabytes_is_refused(tmp_path, bomb):
    path = tmp_path / "bomb.gz"
    path.write_bytes(b"".join(repeated(*BOMBS[bomb], 320)))
    assert path.stat().st_size < 8 << 20
    megabytes, _, _, refusal = measured(path)
    assert refusal.endswith(".")
    assert megabytes < 600


MANY = 200_000
REJECTED = {
    "rows": b"a,b\n1,2\n" + b"1\n" * MANY,
    "lines": b'{"a":1}\n{"a":2}\n' + b"{\n" * MANY,
}


@pytest.mark.parametrize("text", REJECTED.values(), ids=REJECTED)
def test_rejected_rows_are_counted_and_take_little(tmp_path, text):
    path = tmp_path / "rejects.gz"
    path.write_bytes(gzip.compress(text))
    megabytes, rows, rejects, _ = measured(path)
    assert rows in (1, 2)
    assert rejects == MANY
    assert megabytes < 120


def test_ten_thousand_columns_are_read(tmp_path):
    path = tmp_path / "wide.csv"
    names = ",".join(f"column {n}" for n in range(10_000))
    path.write_text(names + "\n" + ("1," * 9_999 + "1\n") * 20)
    megabytes, rows, _, _ = measured(path)
    assert rows == 20
    assert megabytes < 300
