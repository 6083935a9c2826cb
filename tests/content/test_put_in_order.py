"""Pages are put in an order with as few moves as that takes."""

from hypothesis import given
from hypothesis import strategies as st

from wagtail_prosjektnett.content.moves import in_order

ORDERS = st.lists(st.integers(0, 30), unique=True)


@given(ORDERS, st.randoms(use_true_random=False))
def test_what_stays_is_in_the_order_that_is_wanted(stands, random):
    wanted = random.sample(stands, len(stands))
    stay = in_order(stands, wanted)
    assert [item for item in stands if item in stay] == [item for item in wanted if item in stay]


@given(ORDERS, st.data())
def test_one_that_moved_is_the_only_one_to_move(wanted, data):
    if len(wanted) > 2:
        stands = list(wanted)
        stands.insert(
            data.draw(st.integers(0, len(wanted) - 1)), stands.pop(data.draw(st.integers(0, len(wanted) - 1)))
        )
        assert len(in_order(stands, wanted)) >= len(wanted) - 1


@given(ORDERS)
def test_what_is_in_order_stays(wanted):
    assert in_order(wanted, wanted) == set(wanted)
    assert in_order([], wanted) == set()
