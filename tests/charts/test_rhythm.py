"""The rhythm: what is drawn in which lane, what is counted, what is said."""

from datetime import date
from typing import Any

import pytest

from engagement.assessment.contact import Rhythm
from engagement.assessment.results import Assessment
from engagement.charts.rhythm import rhythm
from tests.charts import made
from tests.charts.made import AS_OF, back

START = back(83)
TALKED = Rhythm(
    marks=(
        (back(40), "video", "us"),
        (back(33), "email", "us"),
        (back(30), "report", "vendor"),
        (back(29), "call", "vendor"),
        (back(23), "call", "us"),
    ),
    missed=((back(14), date(2026, 11, 21)),),
)


def crm() -> Assessment:
    return made.assessment(
        "crm",
        name="CRM <migration>",
        status="off_track",
        contact=made.contact(23, "forgotten"),
        attention=made.attention(1),
    )


def trace(figure: Any, name: str) -> Any:
    return next(each for each in figure.data if each.name == name)


def test_a_conversation_is_filled_a_message_hollow_and_the_vendors_word_a_tick() -> None:
    figure = rhythm({"crm": TALKED}, [crm()], START, AS_OF, dark=False).figure
    assert list(trace(figure, "talked").x) == [back(40), back(23)]
    assert list(trace(figure, "wrote").x) == [back(33)]
    assert list(trace(figure, "vendor reported").x) == [back(30), back(29)]
    assert trace(figure, "talked").marker.color == "#111823"
    assert trace(figure, "wrote").marker.color == "#FFFFFF"
    assert trace(figure, "vendor reported").marker.symbol == "line-ns-open"


def test_a_stretch_that_went_on_for_longer_than_agreed_is_hatched() -> None:
    bars = trace(rhythm({"crm": TALKED}, [crm()], START, AS_OF, dark=False).figure, "longer than agreed")
    assert list(bars.base) == [date(2026, 11, 6)]
    assert list(bars.x) == [15 * 86_400_000]  # 6 to 20 November, both included
    assert bars.marker.pattern.shape == "/"
    assert bars.marker.pattern.fgcolor == "#8A2400"


def test_the_finding_names_who_is_silent() -> None:
    chart = rhythm({"crm": TALKED}, [crm()], START, AS_OF, dark=False)
    assert chart.title == chart.finding == "CRM <migration>: no conversation on record for 23 days"
    assert chart.alt == (
        "CRM <migration>: no conversation on record for 23 days. Lanes of 12 weeks, the most urgent first. "
        "CRM <migration>: 3 conversations, last 23 days ago."
    )


def test_several_who_are_silent_are_counted_and_the_longest_is_named() -> None:
    rhythms = {"crm": TALKED, "web": TALKED}
    web = made.assessment("web", name="Website", contact=made.contact(70, "forgotten"))
    chart = rhythm(rhythms, [crm(), web], START, AS_OF, dark=False)
    assert chart.title == "Two engagements have no conversation on record for longer than agreed, Website for 10 weeks"


def test_nobody_silent_is_no_finding() -> None:
    fine = made.assessment("crm", contact=made.contact(3))
    chart = rhythm({"crm": Rhythm(((back(3), "call", "us"),), ())}, [fine], START, AS_OF, dark=False)
    assert chart.finding is None
    assert chart.title == "Conversations and the silence between them"


def test_lanes_stand_in_the_order_in_which_they_need_somebody() -> None:
    calm = made.assessment("calm", attention=made.attention(3))
    first = made.assessment("first", status="off_track", attention=made.attention(1))
    closed = made.assessment("closed", status="closed", life="closed")
    second = made.assessment("second", status="at_risk", attention=made.attention(2))
    given = [calm, closed, second, first]
    figure = rhythm({a.engagement: TALKED for a in given}, given, START, AS_OF, dark=True).figure
    assert figure is not None
    assert list(figure.layout.yaxis.ticktext) == [
        'first <span style="color:#F0562F">■</span>',
        'second <span style="color:#F5C04A">▲</span>',
        'calm <span style="color:#35B48F">●</span>',
        'closed <span style="color:#8A919E">✓</span>',
    ]


def test_names_are_shown_as_typed_beside_and_in_hovers() -> None:
    two = [crm(), made.assessment("web")]
    figure = rhythm({a.engagement: TALKED for a in two}, two, START, AS_OF, dark=False).figure
    assert figure is not None
    assert figure.layout.yaxis.ticktext[0].startswith("CRM &lt;migration&gt; ")
    assert trace(figure, "talked").hovertext[0] == "CRM &lt;migration&gt;<br>11 Oct: video"
    assert (
        trace(figure, "vendor reported").hovertext[1] == "CRM &lt;migration&gt;<br>22 Oct: the vendor reported (call)"
    )
    assert list(trace(figure, "talked").customdata) == ["crm", "crm", "web", "web"]


def test_every_lane_says_how_long_ago() -> None:
    known = made.assessment("a", contact=made.contact(0), attention=made.attention(1))
    never = made.assessment("b", contact=made.contact(None, "unknown"), attention=made.attention(2))
    figure = rhythm({"a": TALKED, "b": TALKED}, [known, never], START, AS_OF, dark=False).figure
    assert figure is not None
    assert [note.text for note in figure.layout.annotations if note.x == 1] == ["today", "no record"]


def test_on_a_phone_names_stand_above_their_lanes() -> None:
    two = [crm(), made.assessment("web")]
    figure = rhythm({a.engagement: TALKED for a in two}, two, START, AS_OF, dark=False, narrow=True).figure
    assert figure is not None
    assert list(figure.layout.yaxis.ticktext) == ["", ""]
    names = [note for note in figure.layout.annotations if note.x == 0 and note.yref != "paper"]
    assert [(note.text.split(" <span")[0], round(note.y, 2)) for note in names] == [
        ("CRM &lt;migration&gt;", -0.42),
        ("web", 0.58),
    ]


@pytest.mark.parametrize("narrow", [False, True])
def test_the_legend_names_the_marks_that_are_there_from_the_edge_of_the_figure(narrow: bool) -> None:
    two = [crm(), made.assessment("web")]
    figure = rhythm({a.engagement: TALKED for a in two}, two, START, AS_OF, dark=False, narrow=narrow).figure
    assert figure is not None
    legend = next(note for note in figure.layout.annotations if "talked" in note.text)
    assert (legend.x, legend.xref, legend.xshift) == (0, "paper", -figure.layout.margin.l)
    kinds = {str(each.name).replace(" ", "\u00a0") for each in figure.data}
    assert all(kind in legend.text for kind in kinds)


def test_twenty_five_engagements_have_a_lane_each_and_no_totals() -> None:
    given = [made.assessment(f"e{at:02}") for at in range(25)]
    figure = rhythm({a.engagement: TALKED for a in given}, given, START, AS_OF, dark=False).figure
    assert figure is not None
    assert len(figure.layout.yaxis.tickvals) == 25
    assert "yaxis2" not in figure.to_plotly_json()["layout"]


def test_beyond_twenty_five_the_rest_is_weekly_totals() -> None:
    given = [made.assessment(f"e{at:02}", attention=made.attention(at + 1)) for at in range(28)]
    chart = rhythm({a.engagement: TALKED for a in given}, given, START, AS_OF, dark=False)
    figure = chart.figure
    assert figure is not None
    assert len(figure.layout.yaxis.tickvals) == 25
    bars = [each for each in figure.data if each.yaxis == "y2"]
    assert [each.name for each in bars] == ["talked", "wrote", "out of touch"]
    # Twelve weeks of seven days that end on 20 November; three engagements without a lane. 40 days back lies in the
    # week of days 41 to 35 (index 6), 33 in 34 to 28 (7), 23 in 27 to 21 (8). The silence from 14 days back on holds at
    # the end of the last three weeks: 14, 7 and 0 days back.
    assert list(bars[0].y) == [0, 0, 0, 0, 0, 0, 3, 0, 3, 0, 0, 0]
    assert list(bars[1].y) == [0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0]
    assert list(bars[2].y) == [0, 0, 0, 0, 0, 0, 0, 0, 0, -3, -3, -3]
    assert "The other 3: conversations a week, and below how many were out of touch" in [
        n.text for n in figure.layout.annotations
    ]
    assert chart.alt.endswith("And 17 more lanes. The other 3 as weekly totals.")


def test_nothing_on_record_is_said_with_what_to_do() -> None:
    chart = rhythm({"crm": Rhythm((), ())}, [made.assessment("crm")], START, AS_OF, dark=False)
    assert chart.figure is None
    assert chart.title == "No conversation is on record in the last 12 weeks."
    assert chart.unit == "Log a check-in and its rhythm begins."
    assert rhythm({}, [], START, AS_OF, dark=False).title == "There is no engagement to show."
