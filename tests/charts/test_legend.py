"""The legend above a figure: from its edge, broken where it would not fit."""

from engagement.charts import legend, theme

NOW = theme.colours(False)
ENTRIES = [legend.Entry("◆", "#767D8A", "promised"), legend.Entry("●", "#2F6DB5", "forecast")]


def test_entries_stand_in_a_line_that_begins_at_the_edge_of_the_figure() -> None:
    (note,), height = legend.above(ENTRIES, 70, NOW)
    assert (note["x"], note["xref"], note["xanchor"], note["xshift"]) == (0, "paper", "left", -70)
    assert note["text"].replace("\u00a0", " ") == (
        '<span style="color:#767D8A">◆</span> promised    <span style="color:#2F6DB5">●</span> forecast'
    )
    assert height == 17 + 8 + 2


def test_a_line_is_broken_between_entries_and_never_within_one() -> None:
    (note,), height = legend.above([*ENTRIES, legend.Entry("○", "#111823", "to be decided")], 8, NOW, room=160)
    assert note["text"].replace("\u00a0", " ").split("<br>") == [
        '<span style="color:#767D8A">◆</span> promised    <span style="color:#2F6DB5">●</span> forecast',
        '<span style="color:#111823">○</span> to be decided',
    ]
    assert height == 2 * 17 + 8 + 2


def test_without_entries_there_is_no_legend() -> None:
    assert legend.above([], 8, NOW) == ([], 8)
