from made_tickets import records

from headway.engine.slices import enumerate_slices

OPENED = ["2024-01-01"]


def shown(made, **options):
    return enumerate_slices(made, minimum_tickets=1, **options).labels


def test_a_slice_of_four_people_is_masked_and_one_of_five_is_shown():
    groups = ["Large"] * 10 + ["Tiny"] * 8 + ["Other"] * 10
    people = [f"P{n % 5}" for n in range(10)] + [f"P{n % 4}" for n in range(8)]
    made = records(
        opened_at=OPENED * 28, group=groups, assignee=people + [f"Q{n}" for n in range(10)]
    )
    slicing = enumerate_slices(made, minimum_tickets=1)
    assert slicing.labels == (("all", ""), ("group", "Large"), ("group", "Other"))
    assert slicing.masked == 1
    assert slicing.hidden("group") == {"Tiny"}


def test_requesters_mask_locations_but_not_services():
    made = records(
        opened_at=OPENED * 20,
        service=["Mail"] * 10 + ["Web"] * 10,
        location=["Home"] * 10 + ["Office"] * 10,
        requester=["R1"] * 10 + [f"R{n}" for n in range(10)],
    )
    assert shown(made) == (
        ("all", ""),
        ("service", "Mail"),
        ("service", "Web"),
        ("location", "Office"),
    )


def test_nothing_is_masked_for_lack_of_people_where_no_person_is_known():
    made = records(opened_at=OPENED * 2, service=["Mail", "Web"])
    assert shown(made) == (("all", ""), ("service", "Mail"), ("service", "Web"))


def test_a_slice_named_like_a_person_is_masked_whatever_its_case():
    made = records(
        opened_at=OPENED * 20,
        group=["ADA BYRON "] * 10 + ["Desk"] * 10,
        requester=["Ada Byron"] + [f"R{n}" for n in range(19)],
    )
    assert shown(made) == (("all", ""), ("group", "Desk"))


def test_the_whole_is_shown_even_when_one_person_did_it_all():
    made = records(opened_at=OPENED * 4, group=list("aabb"), assignee=["One"] * 4)
    assert shown(made) == (("all", ""),)


def test_a_dimension_with_one_value_has_no_slices():
    made = records(opened_at=OPENED * 3, service=["Mail"] * 3, category=["a", "b", None])
    assert shown(made) == (("all", ""), ("category", "a"), ("category", "b"))


def test_small_slices_are_left_out_and_counted_and_empty_values_belong_to_none():
    made = records(opened_at=OPENED * 25, service=["Mail"] * 20 + ["Web"] * 3 + [None] * 2)
    slicing = enumerate_slices(made)
    service = next(d for d in slicing.dimensions if d.name == "service")
    assert service.values == ("Mail",)
    assert (slicing.small, slicing.masked, service.without_value) == (1, 0, 2)
    assert service.rows.tolist() == [0] * 20 + [-1] * 5


def test_a_slice_that_names_a_person_among_other_words_is_masked():
    named = ["Ada Byron mailbox", "Team of Bo Lovelace", "BYRON ADA", "Byron, Ada"]
    free = ["Ada", "Caller 17", "2403"]
    people = ["Ada Byron", "Lovelace, Bo", "Caller 2403", "4711"]
    values = [*named, *free] * 5
    made = records(
        opened_at=OPENED * len(values),
        group=values,
        requester=[people[n % 4] for n in range(len(values))],
    )
    slicing = enumerate_slices(made, minimum_tickets=1)
    assert slicing.hidden("group") == set(named)
    assert {value for _, value in slicing.labels} == {"", *free}
