"""What only a process of its own can show: signals, full disks, closed pipes, equal bytes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import made_files
import pytest

SOURCE = Path(__file__).parents[2] / "src"
COMMAND = (sys.executable, "-m", "headway")


@pytest.fixture
def surroundings():
    return os.environ | {"PYTHONPATH": str(SOURCE)}


def test_an_interrupt_leaves_nothing_half_written(tmp_path, surroundings):
    report = tmp_path / "report.html"
    report.write_text("the report of last month")
    process = subprocess.Popen(
        [*COMMAND, "scan", "-", "-o", "report.html"],
        cwd=tmp_path,
        env=surroundings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    # More than a pipe holds: when the write returns, the command is reading.
    process.stdin.write(made_files.table(made_files.lines(600) * 20).encode())
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == b""
    assert err == b"headway: Interrupted; nothing was written.\n"
    assert report.read_text() == "the report of last month"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_full_disk_behind_standard_output_is_said_in_one_sentence(tmp_path, surroundings):
    (tmp_path / "desk.csv").write_text(made_files.good())
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "scan", "desk.csv"],
            cwd=tmp_path,
            env=surroundings,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith(b"headway: Could not write standard output: no space left")
    assert done.stderr.count(b"\n") == 1


def test_a_reader_that_goes_away_is_no_error(tmp_path, surroundings):
    (tmp_path / "desk.csv").write_text(made_files.good())
    out, into = os.pipe()
    os.close(out)
    done = subprocess.run(
        [*COMMAND, "scan", "desk.csv", "--format", "html"],
        cwd=tmp_path,
        env=surroundings,
        stdout=into,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(into)
    assert (done.returncode, done.stderr) == (0, b"")


def test_two_processes_write_the_same_bytes(tmp_path, surroundings):
    (tmp_path / "desk.csv").write_text(made_files.good())
    for seed in ("1", "2"):
        subprocess.run(
            [*COMMAND, "scan", "desk.csv", "-o", f"{seed}.json"],
            cwd=tmp_path,
            env=surroundings | {"PYTHONHASHSEED": seed, "LC_ALL": "C"},
            check=True,
            capture_output=True,
        )
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()
