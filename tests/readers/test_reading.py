"""Where the bytes come from: paths, standard input, file objects; progress and interrupts."""

import gzip
import hashlib
import io
import os
import signal
import sys
import tempfile
import threading

import pytest

from headway.readers import blocks, origin, read

DATA = b"a,b\n" + b"".join(b"%d,x\n" % n for n in range(50_000))


class Pipe(io.RawIOBase):
    """A stream that cannot be read twice."""

    def __init__(self, data):
        self._inner = io.BytesIO(data)

    def readable(self):
        return True

    def seekable(self):
        return False

    def readinto(self, buffer):
        return self._inner.readinto(buffer)


class Standard:
    def __init__(self, data):
        self.buffer = io.BufferedReader(Pipe(data))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_standard_input_is_read_like_a_file(monkeypatch, pack):
    monkeypatch.setattr(sys, "stdin", Standard(pack(DATA)))
    raw = read("-")
    assert raw.table.num_rows == 50_000
    assert raw.name == "standard input"


def test_a_named_pipe_is_read(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(DATA,))
    writer.start()
    try:
        assert read(path).table.num_rows == 50_000
    finally:
        writer.join()


def test_a_file_object_is_read_from_where_it_stands_and_left_open():
    data = io.BytesIO(b"preface" + DATA)
    data.seek(7)
    raw = read(data, name="mine")
    assert raw.table.num_rows == 50_000
    assert raw.name == "mine"
    assert raw.sha256 == hashlib.sha256(DATA).hexdigest()
    assert not data.closed


def test_the_hash_is_of_the_file_as_it_lies(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(DATA))
    assert read(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_progress_goes_forward_to_the_size_of_the_file(monkeypatch, tmp_path):
    monkeypatch.setattr(blocks, "BLOCK", 50_000)
    path = tmp_path / "a.csv"
    path.write_bytes(DATA)
    seen = []
    read(path, on_progress=lambda done, total: seen.append((done, total)))
    assert len(seen) > 3
    assert seen == sorted(seen)
    assert seen[-1] == (len(DATA), len(DATA))


def test_standard_input_tells_bytes_without_a_total_while_it_comes_in():
    seen = []
    read(io.BufferedReader(Pipe(DATA)), on_progress=lambda *step: seen.append(step))
    assert seen[0] == (len(DATA), None)
    assert seen[-1] == (len(DATA), len(DATA))


def test_an_interrupt_passes_through_and_leaves_no_file(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(origin, "SPOOLED_IN_MEMORY", 10)

    def interrupt(done, total):
        if total is not None:
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        read(io.BufferedReader(Pipe(DATA)), on_progress=interrupt)
    assert list(tmp_path.iterdir()) == []
