from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from headway.engine.people import People

WORDS = st.text("abcdefgh", min_size=3, max_size=6)


def test_a_numbered_name_is_named_only_when_both_words_occur():
    people = People(["Caller 2403", "Caller 17", "1234"])
    assert people.named_by("mailbox of caller 2403")
    assert not any(map(people.named_by, ["Caller", "2403", "Caller 18", "1234", "P1 1234"]))


def test_initials_numbers_accents_and_hosts_are_not_needed_to_know_a_person():
    people = People(["Ada K. Byron (4711)", "Zo\u00eb Lovelace", "cy.young@desk.example"])
    for text in ("Byron, Ada", "LOVELACE ZOE", "Zoe\u0308 Lovelace", "Cy Young laptop"):
        assert people.named_by(text), text


def test_a_name_of_one_word_hides_a_slice_only_when_it_is_all_of_it():
    people = People(["abyron"])
    assert people.named_by(" ABYRON ")
    assert not people.named_by("abyron mailbox")
    assert people.mentioned_in("abyron mailbox")


@given(st.lists(WORDS, min_size=2, max_size=4), st.lists(WORDS, max_size=4), st.randoms())
def test_a_text_with_all_words_of_a_name_names_it_and_hides_them(name, others, random):
    words = [*name, *others]
    random.shuffle(words)
    people = People([" ".join(name)])
    assert people.named_by(", ".join(words)) or len(set(name)) == 1
    assert set(people.hidden_in(" ".join(words)).split()).isdisjoint(name)


def test_the_work_grows_with_the_words_and_not_with_the_names():
    class Counted(People):
        """Counts how many names a text is compared with."""

        def compared(self, text):
            return sum(len(self._by_word.get(word, ())) for word in set(text.split()))

    people = Counted(f"Caller {n}" for n in range(5000))
    seen = Counter(people.compared(f"caller {n} has no mail") for n in range(5000))
    assert seen == {1: 5000}
