"""XES event logs (IEEE 1849): one row per event, the attributes of its trace beside its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from headway.errors import InputError
from headway.readers.container import Compression, Unpacked
from headway.readers.origin import Origin
from headway.readers.ragged import Fields, Ragged
from headway.sources import RawTable

CHUNK = 1 << 18
LONGEST_TOKEN = 64 << 20
DEEPEST = 64
ATTRIBUTES = frozenset({"string", "date", "int", "float", "boolean", "id"})
OF_CASE = "case:"
HELD = 1 << 14  # events of one trace that wait for its end


@dataclass
class _Log:
    """What the parser has met so far; it holds one trace and never the log."""

    rows: Ragged
    position: expat.XMLParserType
    path: list[str] = field(default_factory=list)
    trace: Fields = field(default_factory=dict)
    event: Fields = field(default_factory=dict)
    events: list[tuple[Fields, int]] = field(default_factory=list)
    line: int = 0
    repeated: str = ""
    traces: int = 0
    empty_traces: int = 0
    is_written: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        parent = self.path[-1] if self.path else ""
        self.path.append(name)
        if len(self.path) > DEEPEST:
            raise InputError(
                f"{self.rows.label} nests too deep on line {self._at()} to be an event log; "
                "export it again."
            )
        if not parent and name != "log":
            raise InputError(f"{self.rows.label} is XML but no event log; export it as XES or CSV.")
        if name == "trace" and parent == "log":
            self.trace, self.events, self.is_written = {}, [], False
            self.traces += 1
        elif name == "event" and parent in ("trace", "log"):
            self.event, self.repeated, self.line = {}, "", self._at()
        elif name in ATTRIBUTES and parent in ("trace", "event"):
            self._attribute(parent, attributes)

    def end(self, tag: str) -> None:
        name = self.path.pop()
        parent = self.path[-1] if self.path else ""
        if name == "event" and parent == "log":
            self._keep({}, self.event, self.line)
        elif name == "event" and parent == "trace":
            if self.repeated:
                self.rows.reject(self.line, "a key stands twice in the event", self.repeated)
            else:
                self.events.append((self.event, self.line))
            self.is_written = True
            if len(self.events) >= HELD:
                self._write()
        elif name == "trace" and parent == "log":
            self.empty_traces += not self.is_written
            self._write()

    def forbid(self, *_: object) -> None:
        raise InputError(
            f"{self.rows.label} declares a document type, which an event log does not need and "
            "which may hide harm; remove the DOCTYPE."
        )

    def _attribute(self, parent: str, attributes: dict[str, str]) -> None:
        key = attributes.get("key", "").strip()
        value = attributes.get("value")
        if not key:
            return
        if parent == "trace":
            self.trace[OF_CASE + key] = value
        elif key in self.event:
            self.repeated = key
        else:
            self.event[key] = value

    def _write(self) -> None:
        for event, line in self.events:
            self._keep(self.trace, event, line)
        self.events = []

    def _keep(self, trace: Fields, event: Fields, line: int) -> None:
        if parent_twice := trace.keys() & event.keys():
            self.rows.reject(line, "a key stands twice in the event", min(parent_twice))
        else:
            self.rows.add({**trace, **event}, line)

    def _at(self) -> int:
        return int(self.position.CurrentLineNumber)


def read_event_log(origin: Origin, compression: Compression) -> RawTable:
    """The events of a XES log, in its order; attributes of the trace begin with ``case:``.

    Nested attributes, lists and containers are left out. Document types are refused, so that no
    entity is ever expanded or fetched.
    """
    parser = expat.ParserCreate()
    rows = Ragged(origin.label)
    log = _Log(rows, parser)
    parser.StartElementHandler = log.start
    parser.EndElementHandler = log.end
    parser.StartDoctypeDeclHandler = log.forbid
    parser.EntityDeclHandler = log.forbid
    stream = Unpacked(origin, compression)
    fed = pending = 0
    try:
        # The parser begins an unfinished value anew with each piece, so the pieces grow with it.
        while data := stream.read(max(CHUNK, pending)):
            parser.Parse(data, False)
            fed += len(data)
            pending = fed - parser.CurrentByteIndex
            if pending > LONGEST_TOKEN:
                raise InputError(
                    f"{origin.label} has a value longer than {LONGEST_TOKEN >> 20} MB on line "
                    f"{parser.CurrentLineNumber:,}; leave out attachments and long texts."
                )
            origin.report()
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise InputError(
            f"{origin.label} is a damaged event log on line {parser.CurrentLineNumber:,} "
            f"({_told(error)}); export it again."
        ) from error
    table, lines = rows.finished()
    return RawTable(
        name=origin.name,
        table=table,
        format="xes",
        sha256=origin.sha256(),
        lines=lines,
        compression=compression,
        rejects=tuple(rows.rejects),
        warnings=_warnings(log),
    )


def _told(error: Exception) -> str:
    if isinstance(error, expat.ExpatError):
        return expat.ErrorString(error.code) or "it is no XML"
    return "its encoding is not known"


def _warnings(log: _Log) -> tuple[str, ...]:
    if not log.empty_traces:
        return ()
    return (f"{log.empty_traces:,} of {log.traces:,} traces hold no event and were not read.",)
