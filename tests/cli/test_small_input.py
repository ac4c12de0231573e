"""Little or odd input is scanned, with findings about the data and no verdict."""

import json

import made_files
import pytest


def scanned(headway, here, rows, *options, header=made_files.HEADER):
    (here / "desk.csv").write_text("\n".join([header, *rows]) + "\n")
    done = headway("scan", "desk.csv", "--format", "json", *options)
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def about_data(form):
    assert {finding["kind"] for finding in form["findings"]} == {"data"}
    return " ".join(finding["sentence"] for finding in form["findings"])


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_few_tickets_are_told_to_be_too_few(headway, here, count):
    form = scanned(headway, here, made_files.lines(count))
    assert form["records"]["tickets"] == count
    assert "too few to tell a change from chance" in about_data(form)


def test_a_constant_column_is_reported(headway, here):
    assert "'service' holds a single value" in about_data(
        scanned(headway, here, made_files.lines())
    )


def test_an_empty_group_column_is_reported(headway, here):
    form = scanned(headway, here, made_files.lines(group=""))
    assert "'Assignment group' is named like 'group', but it is empty" in about_data(form)


def test_dates_in_the_far_future_are_reported_and_not_used(headway, here):
    odd = [row.replace("2024-", "2097-") for row in made_files.lines(4, first=180)]
    form = scanned(headway, here, [*made_files.lines(), *odd])
    assert "Tickets with 'opened_at' after 2024-04-" in about_data(form)
    assert form["records"]["last_at"] < "2025"


def test_only_future_dates_leave_a_scan_without_periods(headway, here):
    form = scanned(headway, here, [row.replace("2024-", "2097-") for row in made_files.lines(6)])
    assert about_data(form)


@pytest.mark.parametrize("marker", ["NaN", "nan", "?", "NULL"])
def test_markers_of_missing_values_are_no_values(headway, here, marker):
    rows = [row.replace(",true", f",{marker}") for row in made_files.lines(90)]
    form = scanned(headway, here, rows + made_files.lines(90, first=90))
    met = next(m for m in form["metrics"] if m["id"] == "within_target")
    assert met["n"] == 90
    assert met["value"] == 100


def test_a_column_of_nothing_but_nan_is_no_number(headway, here):
    form = scanned(headway, here, [row.replace(",true", ",NaN") for row in made_files.lines()])
    met = next(m for m in form["metrics"] if m["id"] == "within_target")
    assert (met["computable"], met["value"]) == (False, None)
    assert "NaN" not in json.dumps(form["findings"])


def test_all_tickets_on_one_day_are_scanned(headway, here):
    rows = [f"I{n},2024-01-05 10:{n:02},2024-01-05 12:00,P1,Email,A,true" for n in range(60)]
    assert about_data(scanned(headway, here, rows))


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_every_form_can_tell_of_a_single_ticket(headway, here, form):
    (here / "desk.csv").write_text(made_files.table(made_files.lines(1)))
    done = headway("scan", "desk.csv", "--format", form)
    assert (done.code, done.err) == (0, "")
    assert "nan" not in done.out.lower().replace("finance", "").split()
