from datetime import timedelta

import pytest

from kawka.actions import live
from kawka.actions.talks import tables
from kawka.models import Talk
from tests.factories import WEDNESDAY, make_attendance, make_group, make_meeting, make_member, make_person

AT = WEDNESDAY + timedelta(minutes=5)


@pytest.fixture
def meeting(community, ada):
    group = make_group(community, segments=[("talks", 24), ("round", 20)])
    make_member(group, ada, "host")
    return make_meeting(group)


def fill(meeting, size):
    for _number in range(size):
        person = make_person(meeting.group.community)
        make_member(meeting.group, person)
        make_attendance(meeting, person)


def test_the_host_sets_the_tables_and_reads_why(meeting, ada, as_, time_machine):
    time_machine.move_to(AT)
    fill(meeting, 4)
    browser = as_(ada)

    before = browser.get(f"/m/{meeting.code}/tables/", headers={"accept-language": "en"}).content.decode()
    browser.post(f"/m/{meeting.code}/tables/deal/")
    after = browser.get(f"/m/{meeting.code}/tables/", headers={"accept-language": "en"}).content.decode()

    assert "Set the tables" in before
    assert after.count("have not talked at a table yet") == Talk.objects.count()


def test_two_taps_swap_two_people_and_say_what_it_changes(meeting, ada, as_, time_machine):
    time_machine.move_to(AT)
    fill(meeting, 6)
    browser = as_(ada)
    browser.post(f"/m/{meeting.code}/tables/deal/")
    one = tables(meeting)[0].codes[0]

    offered = browser.get(f"/m/{meeting.code}/tables/", {"round": 1, "one": one}).context["offered"]
    other = offered[0][0].other.code
    done = browser.post(f"/m/{meeting.code}/tables/swap/", {"round": 1, "one": one, "other": other})

    [mine] = [table for table in tables(meeting) if table.round == 1 and one in table.codes]
    foreseen = [set(table.codes) for table, _reasons in offered[0][1] if one in table.codes]
    assert len(offered) == 4
    assert done.status_code == 302
    assert [set(mine.codes)] == foreseen


def test_a_change_is_told_in_words_before_it_is_made(meeting, ada, as_, time_machine):
    time_machine.move_to(AT)
    fill(meeting, 6)
    browser = as_(ada)
    browser.post(f"/m/{meeting.code}/tables/deal/")
    first, second = tables(meeting)[:2]
    asked = {"round": 1, "one": first.codes[0], "other": second.codes[0]}

    page = browser.get(f"/m/{meeting.code}/tables/", asked, headers={"accept-language": "en"})

    names = f"{first.people[0].name} and {second.people[0].name} change seats?"
    text = page.content.decode()
    assert [swap.other for swap, _tables in page.context["offered"]] == [second.people[0]]
    assert (names in text, "No useful talk is lost" in text) == (True, True)
    assert tables(meeting)[:2] == [first, second]


def test_one_press_keeps_a_table_together_and_another_lets_it_go(meeting, ada, as_, time_machine):
    time_machine.move_to(AT)
    fill(meeting, 4)
    browser = as_(ada)
    browser.post(f"/m/{meeting.code}/tables/deal/")
    kept = []

    for press in ("yes", ""):
        browser.post(f"/m/{meeting.code}/tables/keep/", {"round": 1, "table": 1, "kept": press})
        kept.append([(table.round, table.number) for table in tables(meeting) if table.is_kept])

    assert kept == [[(1, 1)], []]


def test_a_running_round_offers_no_swap_and_no_new_deal(meeting, ada, as_, time_machine):
    time_machine.move_to(AT)
    fill(meeting, 4)
    browser = as_(ada)
    browser.post(f"/m/{meeting.code}/tables/deal/")
    live.begin(meeting=meeting, by=ada, now=AT)
    one = tables(meeting)[0].codes[0]

    shown = browser.get(f"/m/{meeting.code}/tables/", {"round": 1, "one": one}).context

    assert (shown["offered"], shown["may_deal"]) == ([], False)
    assert [(number, begun) for number, begun, _tables in shown["rounds"]] == [
        (1, True),
        (2, False),
        (3, False),
    ]


@pytest.mark.parametrize(
    "asked", ["?round=x&one=y", "?round=99999999999&one=", "?round=²&one=a", f"?round={'9' * 5000}"]
)
def test_odd_addresses_show_the_tables(meeting, ada, as_, asked):
    assert as_(ada).get(f"/m/{meeting.code}/tables/{asked}").status_code == 200


def test_the_page_costs_the_same_for_two_and_for_thirty(meeting, ada, as_, django_assert_num_queries):
    browser = as_(ada)
    counts = []
    for size in (2, 28):
        fill(meeting, size)
        browser.post(f"/m/{meeting.code}/tables/deal/")
        browser.get(f"/m/{meeting.code}/tables/")
        with django_assert_num_queries(16, exact=False) as asked:
            browser.get(f"/m/{meeting.code}/tables/")
        counts.append(len(asked))

    assert counts[0] == counts[1]
