"""Feed every reader with damaged files; anything but an InputError or a table is a finding.

With atheris installed the fuzzing is guided by coverage, one reader after the other in processes
of their own; without it, seeds are mutated at random with a seed that is printed. A finding is
written beside this file's folder as `fuzz-finding-*` and ends the run with exit code 1.

    python benchmarks/fuzz_readers.py --seconds 20 --reader json
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import hashlib
import importlib.util
import io
import json
import lzma
import random
import subprocess
import sys
import time
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

CSV = (
    b'Number;Opened;Title;Effort\nINC1;05.01.2026 08:00;"a ""b""\nc";1,5\n'
    b"INC2;17.01.2026 09:00;d;2\nINC3;18.01.2026\n"
)
ROWS = [
    {"number": "INC1", "caller": {"name": "x", "ids": [1, 2.5e3]}, "met": True},
    {"number": "INC2", "closed": None, "text": "\u00e4\ud83d\ude00"},
]
XES = (
    b'<?xml version="1.0"?><log><trace><string key="concept:name" value="1"/><event>'
    b'<string key="concept:name" value="open"/><date key="time:timestamp" '
    b'value="2026-01-05T08:00:00Z"/></event></trace></log>'
)
TOKENS = (
    b'"', b"\n", b"\r", b"\0", b",", b";", b"{", b"}", b"[", b"]", b":", b"\\u0000", b"\\ud800",
    b"<", b">", b"&a;", b"<!DOCTYPE a>", b"<event>", b"</event>", b"PK\x03\x04", b"\xff\xfe",
    b"\xef\xbb\xbf", b"\x1f\x8b", b"9" * 500, b"[" * 2000, b"null", b"NaN", b"1e999", b"\xff",
    b"sep=;\n",
)  # fmt: skip


def workbook() -> bytes:
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate([["Number", "Opened"], ["INC1", 46027.5], ["INC2", 46028]]):
            sheet.write_row(line, 0, row)
    return data.getvalue()


def parquet() -> bytes:
    import pyarrow as pa
    from pyarrow import parquet as pq

    data = io.BytesIO()
    pq.write_table(pa.table({"number": ["INC1", "INC2"], "n": [1, None]}), data)
    return data.getvalue()


def zipped() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("export.csv", CSV)
    return data.getvalue()


def unpacked_workbook() -> bytes:
    """Stored, not deflated, so that damage reaches the sheets."""
    data = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as given,
        zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as made,
    ):
        for name in given.namelist():
            made.writestr(name, given.read(name))
    return data.getvalue()


SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "csv": lambda: [CSV, CSV.decode().encode("utf-16"), CSV.replace(b";", b"\t")],
    "json": lambda: [
        json.dumps(ROWS).encode(),
        json.dumps({"result": ROWS}, indent=1).encode(),
        "\n".join(map(json.dumps, ROWS)).encode(),
    ],
    "xes": lambda: [XES, XES.decode().replace("?>", ' encoding="utf-16"?>').encode("utf-16")],
    "xlsx": lambda: [workbook(), unpacked_workbook()],
    "parquet": lambda: [parquet()],
    "packed": lambda: [gzip.compress(CSV), bz2.compress(CSV), lzma.compress(CSV), zipped()],
}


def attempt(data: bytes) -> None:
    """Read and map ``data``; whatever is no error of the input comes through."""
    from headway.errors import InputError
    from headway.mapping.detect import detect
    from headway.readers import read

    try:
        raw = read(io.BytesIO(data))
        if not len(raw.lines) == raw.table.num_rows > 0:
            raise AssertionError("a table without rows, or with lines that do not fit it")
        detect(raw)
    except InputError as error:
        if "\n" in str(error) or not str(error).endswith("."):
            raise AssertionError(f"no sentence: {error}") from error


def mutated(data: bytes, draw: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 4, 16))):
        place = draw.randrange(len(made) + 1)
        span = draw.choice((1, 2, 8, 64))
        match draw.randrange(6):
            case 0:
                made[place : place + 1] = bytes([draw.randrange(256)])
            case 1:
                made[place:place] = draw.choice(TOKENS)
            case 2:
                del made[place : place + span]
            case 3:
                start = draw.randrange(len(made) + 1)
                made[place:place] = made[start : start + span]
            case 4:
                made[place : place + span] = draw.choice(TOKENS)
            case _:
                if place < len(made):
                    made[place] ^= 1 << draw.randrange(8)
    return bytes(made)


def kept(reader: str, data: bytes) -> Path:
    path = Path.cwd() / f"fuzz-finding-{reader}-{hashlib.sha256(data).hexdigest()[:12]}"
    path.write_bytes(data)
    return path


def at_random(reader: str, *, seconds: float, seed: int) -> int:
    """Number of findings of ``reader``; each is kept once per place in the code."""
    draw = random.Random(f"{reader} {seed}")
    pool, seen, runs = SEEDS[reader](), set(), 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = mutated(draw.choice(pool), draw)
        runs += 1
        try:
            attempt(data)
        # A panic of a reader in Rust is no Exception.
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            place = traceback.extract_tb(error.__traceback__)[-1]
            key = (type(error).__name__, place.filename, place.lineno)
            if key not in seen:
                seen.add(key)
                print(f"{reader}: {type(error).__name__}: {error} [{kept(reader, data)}]")
                traceback.print_exception(error, limit=-4, file=sys.stdout)
    print(f"{reader}: {runs:,} runs, {len(seen)} findings")
    return len(seen)


def guided(reader: str, *, seconds: float) -> None:
    """Fuzz with atheris in this process, which ends with it."""
    import atheris  # type: ignore[import-not-found,unused-ignore]

    with atheris.instrument_imports(include=["headway"]):
        import headway.mapping.detect
        import headway.readers  # noqa: F401
    corpus = Path.cwd() / f"fuzz-corpus-{reader}"
    corpus.mkdir(exist_ok=True)
    for number, data in enumerate(SEEDS[reader]()):
        (corpus / f"seed-{number}").write_bytes(data)
    limits = [f"-max_total_time={round(seconds)}", "-rss_limit_mb=2048", "-timeout=30"]
    atheris.Setup([sys.argv[0], *limits, str(corpus)], attempt)
    atheris.Fuzz()


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seconds", type=float, default=10.0, help="for each reader")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--reader", choices=sorted(SEEDS), action="append")
    options.add_argument("--guided", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    readers = given.reader or list(SEEDS)
    if given.guided:
        guided(readers[0], seconds=given.seconds)
        return 0
    if importlib.util.find_spec("atheris") is None:
        print(f"atheris is not installed: seeds are mutated at random, seed {given.seed}.")
        found = [at_random(r, seconds=given.seconds, seed=given.seed) for r in readers]
        return int(any(found))
    own = [sys.executable, __file__, "--guided", "--seconds", str(given.seconds), "--reader"]
    codes = [subprocess.run([*own, reader], check=False).returncode for reader in readers]
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main())
