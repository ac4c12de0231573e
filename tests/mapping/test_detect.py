import datetime as dt

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mapping_rows import table

from headway.errors import MappingError
from headway.mapping.detect import check, detect, detect_all
from headway.records import PEOPLE

OPENED = ["29/2/2016 01:16", "1/3/2016 09:00", "2/3/2016 10:30"]
SIMULATED = {
    "Number": ["INC0001", "REQ0002", "PRB0003"],
    "Type": ["Incident", "Request", "Problem"],
    "Opened": ["2026-01-05 08:00", "2026-01-05 09:00", "2026-01-06 09:00"],
    "First response": ["2026-01-05 08:10", "2026-01-05 09:20", "2026-01-06 09:30"],
    "Resolved": ["2026-01-05 10:00", "", "2026-01-07 09:00"],
    "Closed": ["2026-01-08 10:00", "", ""],
    "State": ["Closed", "Open", "Resolved"],
    "Priority": ["3", "4", "2"],
    "Service": ["Email", "Network", "Email"],
    "Category": ["Access", "Hardware", "Access"],
    "Subcategory": ["Login", "Cable", "Login"],
    "Configuration item": ["mail-1", "switch-2", "mail-1"],
    "Assignment group": ["Desk", "Network", "Mail"],
    "Assigned to": ["P. One", "P. Two", "P. Three"],
    "Requested by": ["Q. One", "Q. Two", "Q. Three"],
    "Department": ["Sales", "HR", "Sales"],
    "Location": ["North", "South", "North"],
    "Channel": ["Phone", "Portal", "Phone"],
    "SLA met": ["yes", "no", "yes"],
    "Reassignment count": ["0", "2", "1"],
    "Reopen count": ["0", "0", "1"],
    "Short description": ["Cannot log in", "New cable", "Mail is slow"],
}
EXPECTED = {
    "id": "Number",
    "kind": "Type",
    "title": "Short description",
    "opened_at": "Opened",
    "first_response_at": "First response",
    "resolved_at": "Resolved",
    "closed_at": "Closed",
    "state": "State",
    "priority": "Priority",
    "service": "Service",
    "category": "Category",
    "subcategory": "Subcategory",
    "configuration_item": "Configuration item",
    "group": "Assignment group",
    "assignee": "Assigned to",
    "requester": "Requested by",
    "customer_unit": "Department",
    "location": "Location",
    "channel": "Channel",
    "target_met": "SLA met",
    "reassignments": "Reassignment count",
    "reopens": "Reopen count",
}


def columns(mapping):
    return {entry.role: entry.column for entry in mapping.roles}


def test_a_plain_export_is_mapped_whole(raw):
    mapping = detect(raw(**SIMULATED))
    assert columns(mapping) == EXPECTED
    assert (mapping.table, mapping.shape, mapping.unused) == ("tickets", "record", ())
    assert not mapping.questions
    assert not mapping.warnings


@given(st.permutations(sorted(SIMULATED)))
def test_the_order_of_columns_does_not_matter(names):
    mapping = detect(table(**{name: SIMULATED[name] for name in names}))
    assert columns(mapping) == EXPECTED


def test_german_labels_are_known(raw):
    mapping = detect(
        raw(
            Ticketnummer=["1", "2"],
            Erstellt=["29.02.2016 01:16", "01.03.2016 09:00"],
            Gelöst=["01.03.2016 01:16", ""],
            Priorität=["hoch", "niedrig"],
            Kategorie=["Netz", "Mail"],
            Bearbeitergruppe=["A", "B"],
        )
    )
    assert columns(mapping) == {
        "id": "Ticketnummer",
        "opened_at": "Erstellt",
        "resolved_at": "Gelöst",
        "priority": "Priorität",
        "category": "Kategorie",
        "group": "Bearbeitergruppe",
    }


def test_changes_are_told_by_their_columns(raw):
    mapping = detect(
        raw(
            **{
                "Number": ["1", "2", "3"],
                "Type": ["Standard", "Normal", "Emergency"],
                "Opened": OPENED,
                "Risk": ["Low", "High", "Low"],
                "Authorised": ["yes", "no", "yes"],
                "Planned start": OPENED,
                "Planned end": OPENED,
                "Actual start": OPENED,
                "Actual end": OPENED,
                "Outcome": ["Successful", "Failed", "Successful"],
            }
        )
    )
    assert mapping.kind == "change"
    assert columns(mapping) == {
        "id": "Number",
        "change_type": "Type",
        "opened_at": "Opened",
        "risk": "Risk",
        "authorised": "Authorised",
        "planned_start_at": "Planned start",
        "planned_end_at": "Planned end",
        "actual_start_at": "Actual start",
        "actual_end_at": "Actual end",
        "outcome": "Outcome",
    }


def test_a_survey_is_feedback(raw):
    mapping = detect(
        raw(
            **{
                "Survey id": ["S1", "S2"],
                "Ticket": ["INC1", "INC2"],
                "Asked": ["2026-01-05", "2026-01-06"],
                "Answered": ["2026-01-07", ""],
                "Score": ["4", ""],
            }
        )
    )
    assert mapping.table == "feedback"
    assert columns(mapping) == {
        "id": "Survey id",
        "ticket_id": "Ticket",
        "asked_at": "Asked",
        "answered_at": "Answered",
        "score": "Score",
    }


def test_approvals_and_alterations_are_tables_of_their_own(raw):
    approvals = raw(**{"Change number": ["CHG1"], "Requested": ["2026-01-05"], "Level": ["1"]})
    alterations = raw(**{"Configuration item": ["mail-1"], "Altered at": ["2026-01-05"]})
    assert detect(approvals).table == "approvals"
    assert detect(alterations).table == "alterations"


def test_a_jira_export_is_known_by_its_labels(raw):
    mapping = detect(
        raw(
            **{
                "Issue key": ["ITH-1", "ITH-2"],
                "Issue Type": ["[System] Incident", "[System] Change"],
                "Summary": ["a", "b"],
                "Status": ["Done", "Open"],
                "Created": ["05/Mar/24 3:04 PM", "06/Mar/24 9:00 AM"],
                "Resolved": ["06/Mar/24 3:04 PM", ""],
                "Assignee": ["x", "y"],
                "Reporter": ["z", "z"],
                "Custom field (Impact)": ["High", "Low"],
            }
        )
    )
    assert mapping.preset == "jira"
    assert mapping.of("opened_at").date_format == "%d/%b/%y %I:%M %p"
    assert columns(mapping) == {
        "id": "Issue key",
        "kind": "Issue Type",
        "title": "Summary",
        "opened_at": "Created",
        "resolved_at": "Resolved",
        "state": "Status",
        "impact": "Custom field (Impact)",
        "assignee": "Assignee",
        "requester": "Reporter",
    }


def test_a_flat_event_log_has_the_shape_of_events(raw):
    mapping = detect(
        raw(
            **{
                "case:concept:name": ["1", "1", "2"],
                "concept:name": ["Open", "Close", "Open"],
                "time:timestamp": [
                    "2012-10-09T14:50:17.000+02:00",
                    "2012-10-09T15:50:17.000+02:00",
                    "2012-10-10T15:50:17.000+01:00",
                ],
                "org:resource": ["a", "b", "a"],
                "lifecycle:transition": ["start", "complete", "start"],
            }
        )
    )
    assert mapping.shape == "event"
    assert mapping.of("event_at").date_format == "iso-utc"
    assert mapping.of("assignee").column == "org:resource"


UPDATES = {
    "number": ["INC1", "INC1", "INC2"],
    "sys_mod_count": ["0", "3", "0"],
    "opened_at": [OPENED[0], OPENED[0], OPENED[1]],
    "sys_updated_at": OPENED,
    "made_sla": ["true", "false", "true"],
    "cmdb_ci": ["?", "?", "router"],
}


def test_repeated_records_with_a_sequence_are_updates(raw):
    mapping = detect(raw(**UPDATES))
    assert (mapping.shape, mapping.kind) == ("update", "incident")
    assert columns(mapping)["event_at"] == "sys_updated_at"
    assert columns(mapping)["sequence"] == "sys_mod_count"


def test_the_time_of_an_update_is_no_event_in_a_table_of_records(raw):
    mapping = detect(raw(**{name: values[1:] for name, values in UPDATES.items()}))
    assert mapping.shape == "record"
    assert columns(mapping)["updated_at"] == "sys_updated_at"


def test_repeated_rows_alone_are_no_history(raw):
    mapping = detect(raw(**{name: values[1:] * 2 for name, values in UPDATES.items()}))
    assert mapping.shape == "record"
    assert any("duplicates" in warning for warning in mapping.warnings)


def test_question_marks_are_missing(raw):
    assert detect(raw(**UPDATES)).of("configuration_item").missing == ("?",)


def test_none_is_a_value_unless_a_column_of_dates_holds_it(raw):
    source = {"number": ["1", "2", "3"], "opened_at": OPENED, "category": ["None", "a", "b"]}
    kept = detect(raw(**source))
    assert kept.of("category").missing == ()
    assert "'None' in 1 rows" in kept.warnings[0]
    proven = detect(raw(**source, resolved_at=["None", *OPENED[1:]]))
    assert proven.of("category").missing == ("None",)
    assert proven.of("resolved_at").missing == ("None",)
    assert not proven.warnings


def test_an_order_proven_in_one_column_holds_for_the_file(raw):
    mapping = detect(
        raw(number=["1", "2"], opened_at=["1/3/2016", "2/3/2016"], closed_at=["13/3/2016", ""])
    )
    assert mapping.of("opened_at").date_format == "%d/%m/%Y"
    assert "column 'closed_at' of the same file" in mapping.of("opened_at").date_evidence


def test_an_open_order_is_asked_for_and_stops_an_analysis(raw):
    source = raw(number=["1", "2"], opened_at=["1/3/2016", "2/3/2016"])
    mapping = detect(source)
    assert mapping.of("opened_at").date_format == ""
    assert "--date-order day-first" in mapping.questions[0].option
    with pytest.raises(MappingError, match="two ways: decide with --date-order day-first or"):
        check(mapping)
    answered = detect(source, date_order="month-first")
    check(answered)
    assert answered.of("opened_at").date_format == "%m/%d/%Y"


def test_contradicting_orders_are_asked_for_with_both_counts(raw):
    mapping = detect(raw(number=["1", "2"], opened_at=["13/3/2016", "2/14/2016"]))
    assert "1 values only fit day first and 1 only month first" in mapping.questions[0].sentence


def test_two_columns_of_one_name_with_an_instant_are_asked_for(raw):
    mapping = detect(raw(**{"Number": ["1", "2", "3"], "Opened": OPENED, "Opened (2)": OPENED}))
    assert mapping.of("opened_at") is None
    assert mapping.questions[0].option == "--map opened_at=Opened or --map 'opened_at=Opened (2)'"


def test_the_first_of_several_columns_of_one_name_holds_the_word(raw):
    words = {"Component/s": ["a", "b", "c"], "Component/s (2)": ["", "d", ""]}
    mapping = detect(raw(**{"Issue key": ["1", "2", "3"], "Created": OPENED, **words}))
    assert mapping.of("category").column == "Component/s"
    assert mapping.questions == ()
    assert "Component/s (2)" in mapping.unused


def test_rows_without_an_id_are_no_repeated_ids(raw):
    mapping = detect(raw(**{"Number": ["1", "2", ""], "Opened": OPENED}))
    assert not [text for text in mapping.warnings if "rows of" in text]


def test_equal_claims_are_asked_for_with_the_exact_options(raw):
    mapping = detect(raw(**{"Number": ["1", "2", "3"], "Opened": OPENED, "Opened at": OPENED}))
    assert mapping.of("opened_at") is None
    expected = "--map opened_at=Opened or --map 'opened_at=Opened at'"
    assert mapping.questions[0].option == expected
    with pytest.raises(MappingError, match="both claim 'opened_at'"):
        check(mapping)


def test_the_stronger_of_two_names_wins(raw):
    mapping = detect(raw(Number=["1", "2", "3"], Created=OPENED, Opened=OPENED))
    assert columns(mapping) == {"id": "Number", "opened_at": "Opened"}
    assert mapping.unused == ("Created",)
    assert "preferred to 'Created'" in mapping.of("opened_at").evidence


def test_a_name_without_the_content_is_not_believed(raw):
    mapping = detect(
        raw(Number=["1", "2", "3"], Opened=OPENED, Resolved=["yes", "no", "yes"], Priority=OPENED)
    )
    assert columns(mapping) == {"id": "Number", "opened_at": "Opened"}
    assert any("'Resolved' is named like 'resolved_at'" in text for text in mapping.warnings)


def test_breached_means_that_the_target_was_missed(raw):
    source = {"Number": ["1", "2", "3"], "Opened": OPENED}
    plain = detect(raw(**source, **{"SLA breached": ["yes", "no", "no"]})).of("target_met")
    spoken = detect(raw(**source, **{"SLA breach": ["breached", "met", "met"]})).of("target_met")
    assert plain.negated
    assert not spoken.negated


def test_no_example_is_a_person(raw):
    mapping = detect(raw(**SIMULATED))
    for role in PEOPLE:
        entry = mapping.of(role)
        assert entry.examples == ()
        assert not any(name in entry.evidence for name in SIMULATED[entry.column])


def test_typed_instants_need_no_format(raw):
    moments = pa.array([dt.datetime(2026, 1, 5, 8), None], pa.timestamp("us"))
    zoned = moments.cast(pa.timestamp("us", "UTC"))
    mapping = detect(raw(Number=["1", "2"], Opened=moments, Resolved=zoned))
    assert mapping.of("opened_at").date_format == "typed"
    assert mapping.of("resolved_at").date_format == "typed-utc"


def test_mixed_numbers_tell_the_kind_row_by_row(raw):
    mapping = detect(raw(Number=["INC1", "CHG2", "PRB3"], Opened=OPENED))
    assert mapping.of("kind").column == "Number"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("incidents.csv", "incident"), ("Changes 2026.xlsx", "change"), ("export.csv", "other")],
)
def test_the_file_name_tells_the_kind_when_nothing_else_does(raw, name, kind):
    assert detect(raw(name, Number=["1", "2", "3"], Opened=OPENED)).kind == kind


def test_the_only_dates_and_the_only_numbers_are_proposed(raw):
    mapping = detect(raw(Vorgang=["AB-1", "AB-2", "AB-3"], Wann=OPENED))
    assert columns(mapping) == {"id": "Vorgang", "opened_at": "Wann"}
    assert all(entry.confidence < 0.7 for entry in mapping.roles)


def test_rows_without_an_id_are_tickets_and_it_is_said(raw):
    mapping = detect(raw(Opened=OPENED, Priority=["1", "2", "3"]))
    assert "holds an id" in mapping.warnings[0]


def test_without_an_opening_instant_the_error_names_columns_and_option(raw):
    with pytest.raises(MappingError, match=r"found: Number, Began.*--map opened_at=Began"):
        detect(raw(Number=["1", "2", "3"], Began=OPENED, Due=OPENED, Ended=OPENED))


def test_unreadable_opening_instants_are_an_error_with_examples(raw):
    with pytest.raises(MappingError, match="holds no readable dates \\(such as 'soon' and 'late'"):
        detect(raw(Number=["1", "2"], Opened=["soon", "late"]))


def test_an_empty_column_of_opening_instants_is_an_error(raw):
    with pytest.raises(MappingError, match=r"Column 'Opened' of export\.csv is empty"):
        detect(raw(Number=["1", "2"], Opened=["", None]))


def test_custom_fields_are_known_by_the_name_inside(raw):
    mapping = detect(raw(number=["1", "2", "3"], opened_at=OPENED, u_service=["a", "b", "c"]))
    assert mapping.of("service").column == "u_service"


def test_a_duration_has_the_unit_of_its_name(raw):
    source = {"id": ["A-1", "A-2", "A-3"], "created_date": OPENED, "cycle_time_days": list("123")}
    assert detect(raw(**source)).of("duration").unit == "days"


def test_an_override_holds_against_the_names(raw):
    source = raw(Number=["1", "2", "3"], Opened=OPENED, Began=OPENED)
    mapping = detect(source, overrides={"opened_at": "Began"})
    assert mapping.of("opened_at").column == "Began"
    assert mapping.of("opened_at").confidence == 1
    assert mapping.unused == ("Opened",)


def test_an_override_without_a_column_leaves_the_role_unfilled(raw):
    assert detect(raw(**SIMULATED), overrides={"service": ""}).of("service") is None


def test_an_override_settles_equal_claims(raw):
    source = raw(**{"Number": ["1", "2", "3"], "Opened": OPENED, "Opened at": OPENED})
    assert not detect(source, overrides={"opened_at": "Opened"}).questions


def test_several_sources_share_the_overrides(raw):
    first = raw(Number=["1", "2", "3"], Began=OPENED)
    second = raw(Number=["4", "5", "6"], Opened=OPENED)
    one, two = detect_all([first, second], overrides={"opened_at": "Began"})
    assert (one.of("opened_at").column, two.of("opened_at").column) == ("Began", "Opened")
    with pytest.raises(MappingError, match="did you mean 'Began'"):
        detect_all([first, second], overrides={"opened_at": "begun"})


def test_an_empty_column_fills_no_role_and_is_reported(raw):
    mapping = detect(raw(**SIMULATED | {"Assignment group": ["", "", ""]}))
    assert mapping.of("group") is None
    assert any("'Assignment group' is named like 'group', but it is empty" in w
               for w in mapping.warnings)  # fmt: skip


def test_one_ticket_is_enough(raw):
    mapping = detect(raw(Number=["1"], Opened=["2026-01-05 08:00"]))
    assert (mapping.shape, mapping.of("opened_at").date_format) == ("record", "iso")


TEXT = st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["?", "1/2/2016", "INC1", "yes"]))


@given(
    st.dictionaries(st.sampled_from([*SIMULATED, "x", "Score", "Event time"]), TEXT, min_size=1),
    st.integers(1, 3),
)
def test_any_table_is_mapped_or_refused_in_one_sentence(cells, rows):
    source = table(**{name: [value] * rows for name, value in cells.items()})
    mapping = refused = None
    try:
        mapping = detect(source)
    except MappingError as error:
        refused = str(error)
    if mapping is None:
        assert refused.endswith(".")
        assert " --map " in refused
    else:
        filled = [entry.column for entry in mapping.roles if entry.role != "kind"]
        assert len(set(filled)) == len(filled)
        assert set(filled) | set(mapping.unused) <= set(cells)


LOG = {  # columns of an audit log of incidents, a row per update
    "number": ("INC0000001", "id"),
    "incident_state": ("New", "state"),
    "active": ("true", None),
    "reassignment_count": ("0", "reassignments"),
    "reopen_count": ("0", "reopens"),
    "sys_mod_count": (("0", "1", "4"), "sequence"),
    "made_sla": ("true", "target_met"),
    "caller_id": ("Caller 1", "requester"),
    "opened_by": ("Opened by 1", None),
    "opened_at": ("29/2/2016 01:16", "opened_at"),
    "sys_created_by": ("Created by 1", None),
    "sys_created_at": ("29/2/2016 01:23", None),
    "sys_updated_by": ("Updated by 1", None),
    "sys_updated_at": (OPENED, "event_at"),
    "contact_type": ("Phone", "channel"),
    "location": ("Location 1", "location"),
    "category": ("Category 1", "category"),
    "subcategory": ("Subcategory 1", "subcategory"),
    "u_symptom": ("Symptom 1", None),
    "cmdb_ci": (("?", "ci 1", "ci 1"), "configuration_item"),
    "impact": ("2 - Medium", "impact"),
    "urgency": ("2 - Medium", "urgency"),
    "priority": ("3 - Moderate", "priority"),
    "assignment_group": ("Group 1", "group"),
    "assigned_to": ("Resolver 1", "assignee"),
    "knowledge": ("true", None),
    "u_priority_confirmation": ("false", None),
    "notify": ("Do Not Notify", None),
    "problem_id": (("?", "?", "Problem ID 1"), "problem_id"),
    "rfc": (("?", "?", "CHG0000001"), "change_id"),
    "vendor": ("?", None),
    "caused_by": (("?", "?", "CHG0000002"), None),
    "closed_code": ("code 1", None),
    "resolved_by": ("Resolved by 1", None),
    "resolved_at": ("1/3/2016 11:29", "resolved_at"),
    "closed_at": ("5/3/2016 12:00", "closed_at"),
}


def test_every_column_of_an_audit_log_gets_its_role_and_no_other(raw):
    cells = {
        name: [value] * 3 if isinstance(value, str) else list(value)
        for name, (value, _) in LOG.items()
    }
    mapping = detect(raw(**cells))
    assert (mapping.shape, mapping.kind, mapping.preset) == ("update", "incident", "servicenow")
    assert {e.column: e.role for e in mapping.roles} == {
        name: role for name, (_, role) in LOG.items() if role
    }
    assert not mapping.questions


def test_a_person_astray_in_a_column_of_dates_is_no_example(raw):
    dates = ["Ann Example", "2026-01-05 09:00", "2026-01-06 09:00"]
    mapping = detect(raw(**{"Number": ["1", "2", "3"], "Opened": dates}))
    assert mapping.of("opened_at").examples == ("2026-01-05 09:00", "2026-01-06 09:00")
