import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.errors import MappingError
from headway.mapping import overrides
from headway.mapping.detect import detect
from headway.mapping.presets import presets
from headway.mapping.roles import ROLES
from headway.mapping.saved import load, to_yaml

OPENED = ["29/2/2016 01:16", "1/3/2016 09:00"]


def test_a_saved_mapping_is_used_for_the_same_columns_in_any_order(raw, tmp_path):
    source = {"Number": ["1", "2"], "Opened": OPENED, "Began": OPENED, "State": ["a", "b"]}
    first = detect(raw(**source), overrides={"opened_at": "Began"})
    path = tmp_path / "headway.yaml"
    path.write_text(to_yaml([first]), "utf-8")
    again = {"State": ["a", "b"], "Began": ["1/2/2016 10:00", "2/1/2016 10:00"], **source}
    again["Began"] = ["1/2/2016 10:00", "2/1/2016 10:00"]
    second = detect(raw(**again), saved=load(path))
    assert second.of("opened_at").column == "Began"
    assert second.of("opened_at").evidence.startswith("from the saved mapping")
    assert second.of("opened_at").date_format == "%d/%m/%Y %H:%M"
    assert not second.questions
    assert detect(raw(**source), saved=load(path), overrides={"opened_at": "Opened"}).of(
        "opened_at"
    ).column == "Opened"  # fmt: skip


def test_other_columns_are_not_read_as_saved(raw, tmp_path):
    path = tmp_path / "headway.yaml"
    path.write_text(to_yaml([detect(raw(Number=["1", "2"], Opened=OPENED))]), "utf-8")
    assert load(path).find(["Number"]) is None


def test_no_value_of_a_record_is_saved(raw):
    text = to_yaml([detect(raw(Number=["INC77", "INC78"], Opened=OPENED))])
    assert "INC77" not in text
    assert "2016" not in text


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("headway: 1\nsources: []\nsorces: 2\n", "unknown key 'sorces'"),
        ("headway: 2\nsources: []\n", "must begin with"),
        ("headway: [", "is not YAML"),
        ("", "must begin with"),
        ("headway: 1\nsources: 3\n", "list of sources"),
        ("headway: 1\nsources: [7]\n", "no list of keys"),
        ("headway: 1\nsources: [{columns: [a], roles: {opend_at: a}}]", "did you mean 'opened_at'"),
        ("headway: 1\nsources: [{columns: [a], roles: {opened_at: b}}]", "no column 'b'"),
        ("headway: 1\nsources: [{columns: [a], roles: {score: a}}]", "tickets do not have"),
        ("headway: 1\nsources: [{columns: [a], roles: {id: a}, shape: cube}]", "shape 'cube'"),
        ("headway: 1\nsources: [{columns: [a], roles: {id: a}, table: [x]}]", "table"),
        ("headway: 1\nsources: [{columns: [1], roles: {id: a}}]", "as text"),
        ("headway: 1\nsources: [!!python/name:os.system {}]", "is not YAML"),
    ],
)
def test_a_damaged_mapping_is_refused_in_one_sentence(tmp_path, text, complaint):
    path = tmp_path / "headway.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(MappingError) as caught:
        load(path)
    assert complaint in str(caught.value)


def test_a_mapping_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(MappingError, match="cannot be read"):
        load(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["opened_at=a", "opened_at=b"], "two columns, 'a' and 'b'"),
        (["opened_at=a", "closed_at=a"], "two roles, 'opened_at' and 'closed_at'"),
        (["opend=a"], "did you mean 'opened_at'"),
        (["zzzz=a"], "known are id, kind"),
        (["opened_at"], "write it as role=column"),
    ],
)
def test_contradicting_or_unknown_overrides_are_refused(options, complaint):
    with pytest.raises(MappingError, match=complaint):
        overrides.parse(options)


@given(st.lists(st.text()))
def test_any_override_is_read_or_refused(options):
    found = None
    with contextlib.suppress(MappingError):
        found = overrides.parse(options)
    assert found is None or set(found) <= set(overrides.all_roles())


def test_presets_name_only_roles_that_exist():
    for preset in presets():
        for table, names in preset.names.items():
            claimed = {role for claims in names.values() for role, _ in claims}
            assert claimed <= set(ROLES[table])
        assert {role for claims in preset.changes.values() for role, _ in claims} <= set(
            ROLES["tickets"]
        )
