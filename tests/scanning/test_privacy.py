"""No output names a person, and parts with fewer than five people are masked."""

import io
import zipfile

import desk
import numpy as np
import pytest
from desk import scan_of

from headway import mapping, reports
from headway.cli.records import as_csv
from headway.errors import HeadwayError
from headway.scanning.gather import read_source

FIRST, LAST = desk.PEOPLE[3].split()
OWN = (f"{FIRST} {LAST}", f"{LAST.upper()}, {FIRST}", f"Mailbox of {FIRST} {LAST}")


def exposed_desk():
    """A desk with a service of one person, a group named like a person, and names as values."""
    rows = desk.tickets(6, slip="Payroll")
    rng = np.random.default_rng(6)
    count = len(rows["Number"])
    vault, four = rng.random(count) < 0.1, rng.random(count) < 0.1
    few = desk.PEOPLE[:4]
    for n in np.flatnonzero(four):
        rows["Service"][n], rows["Assigned to"][n] = "Archive", few[n % 4]
    for n in np.flatnonzero(vault):
        rows["Service"][n], rows["Assigned to"][n] = "Vault", desk.PEOPLE[0]
    for n in np.flatnonzero(rng.random(count) < 0.1):
        rows["Assignment group"][n] = OWN[n % len(OWN)]
    for n in np.flatnonzero(rng.random(count) < 0.05):
        rows["Opened"][n] = "not a date" if n % 2 else rows["Opened"][n]
    rows["Short description"] = [f"Account of {person}" for person in rows["Requested by"]]
    return rows


@pytest.fixture(scope="module")
def exposed():
    return scan_of(desk.written(exposed_desk()))


def everything_said(made):
    book = io.BytesIO()
    reports.to_xlsx(made.result, book)
    with zipfile.ZipFile(book) as pages:
        cells = b"\n".join(pages.read(name) for name in pages.namelist()).decode()
    leads = [f for f in made.findings if f.kind != "data"]
    return {
        "json": made.to_json(),
        "text": made.to_text(),
        "html": made.to_html(),
        "xlsx": cells,
        "notebook": made._repr_html_(),
        "map": "\n".join(mapping.to_text(each) for each in made.result.mapping),
        "saved map": mapping.to_yaml(made.result.mapping),
        "records": "\n".join(as_csv(made.behind(f.id)) for f in leads),
        "repr": "\n".join(map(repr, (*made.findings, made, made.result, made.records))),
    }


def test_no_output_holds_the_name_of_a_person(exposed):
    assert any(f.kind == "shift" for f in exposed.findings)
    for form, text in everything_said(exposed).items():
        lowered = text.lower()
        named = {p for p in desk.PEOPLE if p.lower() in lowered or p.split()[0].lower() in lowered}
        assert named == set(), form


def test_parts_of_fewer_than_five_people_are_masked_everywhere(exposed):
    parts = {part.value for panel in exposed.result.panels.values() for part in panel.slices}
    assert {"Payroll", "Email"} <= parts
    assert parts.isdisjoint({"Vault", "Archive", *desk.PEOPLE})
    assert exposed.result.masked_slices >= 3
    assert not any("service=Vault" in text for text in everything_said(exposed).values())


def test_five_people_are_enough_to_be_shown():
    rows = desk.tickets(7)
    for n, service in enumerate(rows["Service"]):
        if service == "Printing":
            rows["Assigned to"][n] = desk.PEOPLE[n % 5]
    made = scan_of(desk.written(rows))
    parts = {part.value for panel in made.result.panels.values() for part in panel.slices}
    assert "Printing" in parts


def test_a_person_cannot_be_singled_out_by_where():
    text = desk.written(exposed_desk())
    for choice in (
        *(f"group={name}" for name in OWN),
        "service=Vault",
        f"assignee={desk.PEOPLE[1]}",
    ):
        with pytest.raises(HeadwayError):
            scan_of(text, where=[choice])


def test_a_scan_shows_its_size_and_not_its_tables(exposed):
    tickets, findings = exposed.records.tickets.num_rows, len(exposed.findings)
    assert repr(exposed) == f"Scan({tickets:,} tickets, {findings} findings)"
    assert str(exposed.result) == f"ScanResult({tickets:,} tickets, {findings} findings)"
    assert f"{exposed.records}" == f"Records({tickets:,} tickets)"


def test_a_rejected_value_that_mentions_a_person_is_not_repeated():
    rows = desk.tickets(8)
    rows["Opened"][3:6] = [f"see {LAST}, {FIRST}", f"{FIRST} {LAST}'s", "not a date"]
    values = [reject[4] for reject in scan_of(desk.written(rows)).records.rejects]
    assert values == ["(a name)", "(a name)", "not a date"]


def test_a_source_as_read_does_not_show_its_rows():
    read = read_source(io.BytesIO(desk.written(exposed_desk()).encode()))
    assert read.table.num_rows > 0
    assert FIRST not in repr(read)
