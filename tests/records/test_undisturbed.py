"""While much is read the garbage collector rests, and afterwards it has no reason to look through all of it."""

import gc

from engagement.records.histories_built import undisturbed


def test_the_collector_rests_until_the_last_of_several_readers_is_done() -> None:
    with undisturbed():
        with undisturbed():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_where_the_collector_was_off_it_stays_off() -> None:
    gc.disable()
    try:
        with undisturbed():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_was_made_meanwhile_counts_as_old() -> None:
    with undisturbed():
        made: list[object] = [[]]
    assert any(one is made for one in gc.get_objects(generation=2))
