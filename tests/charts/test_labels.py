"""Where labels find room: what lines take, level or sloping."""

from engagement.charts.labels import Box, along


def test_a_level_line_takes_one_box_with_what_stays_clear_around_it() -> None:
    assert along((10, 20), (60, 20)) == [Box(8, 18, 62, 22)]


def test_a_sloping_line_takes_many_small_boxes_and_leaves_the_corners_beside_it_free() -> None:
    boxes = along((0, 0), (60, 60))
    assert len(boxes) == 10  # a piece for every 6 pixels
    assert (boxes[0], boxes[-1]) == (Box(-2, -2, 8, 8), Box(52, 52, 62, 62))
    assert any(box.touches(Box(29, 29, 31, 31)) for box in boxes)
    assert not any(box.touches(Box(0, 40, 15, 55)) for box in boxes)


def test_a_line_downwards_takes_the_same_room_as_upwards() -> None:
    assert sorted(along((0, 60), (60, 0))) == sorted(along((60, 0), (0, 60)))
