"""XES: one row per event, attributes of the trace beside it, and no entity ever expanded."""

import gzip
import io

import pytest

from headway.errors import InputError
from headway.mapping.detect import detect
from headway.readers import eventlog, read

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- a log -->\n'
LOG = (
    HEAD
    + """<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<global scope="event"><string key="concept:name" value="none"/></global>
<classifier name="Activity" keys="concept:name"/>
<string key="concept:name" value="the log"/>
<trace>
  <string key="concept:name" value="INC1"/><int key="priority" value="2"/>
  <event>
    <string key="concept:name" value="Open"><string key="inner" value="x"/></string>
    <date key="time:timestamp" value="2026-01-05T08:00:00.000+01:00"/>
    <string key="lifecycle:transition" value="complete"/>
    <list key="notes"><string key="note" value="y"/></list>
  </event>
  <event><string key="concept:name" value="Close"/>
    <date key="time:timestamp" value="2026-01-06T08:00:00.000+01:00"/>
    <string key="org:group" value="Desk &amp; Co"/></event>
</trace>
<trace><string key="concept:name" value="INC2"/></trace>
</log>"""
)
ROWS = {
    "case:concept:name": ["INC1", "INC1"],
    "case:priority": ["2", "2"],
    "concept:name": ["Open", "Close"],
    "time:timestamp": ["2026-01-05T08:00:00.000+01:00", "2026-01-06T08:00:00.000+01:00"],
    "lifecycle:transition": ["complete", None],
    "org:group": [None, "Desk & Co"],
}


def log(text, pack=bytes):
    return read(io.BytesIO(pack(text.encode())))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_events_become_rows_with_their_trace(pack):
    raw = log(LOG, pack)
    assert raw.table.to_pydict() == ROWS
    assert raw.lines.to_pylist() == [10, 16]
    assert raw.format == "xes"
    assert raw.warnings == ("1 of 2 traces hold no event and were not read.",)


def test_the_standard_names_are_mapped_to_events():
    mapping = detect(log(LOG))
    assert {entry.role: entry.column for entry in mapping.roles} == {
        "id": "case:concept:name",
        "activity": "concept:name",
        "event_at": "time:timestamp",
        "state": "lifecycle:transition",
        "group": "org:group",
    }
    assert (mapping.shape, mapping.preset) == ("event", "xes")


def test_a_long_trace_is_written_before_it_ends(monkeypatch):
    monkeypatch.setattr(eventlog, "HELD", 1)
    assert log(LOG).table.to_pydict() == ROWS


def test_an_event_with_a_key_twice_is_rejected():
    twice = '<event><string key="org:group" value="a"/><string key="org:group" value="b"/></event>'
    raw = log(LOG.replace("</trace>\n<trace>", f"{twice}</trace>\n<trace>"))
    assert raw.table.to_pydict() == ROWS
    assert [(reject.line, reject.value) for reject in raw.rejects] == [(19, "org:group")]


def laughs(levels=12):
    steps = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels)
    )  # fmt: skip
    return (
        f'{HEAD}<!DOCTYPE log [<!ENTITY l0 "lol">{steps}]><log><trace>&l{levels - 1};</trace></log>'
    )


REFUSED = {
    "billion laughs": (laughs(), "declares a document type"),
    "external entity": (
        f'{HEAD}<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/hostname">]><log>&x;</log>',
        "declares a document type",
    ),
    "external type": ('<!DOCTYPE log SYSTEM "log.dtd"><log/>', "declares a document type"),
    "laughs without a log": (laughs().replace("log", "lolz"), "is a web page or XML, not a table"),
    "unknown entity": ("<log><trace>&x;</trace></log>", r"damaged event log on line 1 \(undefined"),
    "cut": (LOG[:700], "damaged event log"),
    "crossed": ("<log><trace></log></trace>", r"damaged event log on line 1 \(mismatched tag\)"),
    "unknown encoding": (
        '<?xml version="1.0" encoding="nonsense"?><log/>',
        "encoding is not known",
    ),
    "nothing in it": ("<log/>", "has no records"),
    "deep": ("<log>" + "<a>" * 100_000, "nests too deep on line 1"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_sound_log_is_refused_in_one_sentence(case):
    text, problem = REFUSED[case]
    with pytest.raises(InputError, match=problem) as caught:
        log(text)
    assert "\n" not in str(caught.value)


def test_an_endless_value_is_stopped(monkeypatch):
    monkeypatch.setattr(eventlog, "LONGEST_TOKEN", 1 << 20)
    endless = "y" * (3 << 20)
    with pytest.raises(InputError, match="a value longer than 1 MB on line 12"):
        log(LOG.replace("2026", endless))
