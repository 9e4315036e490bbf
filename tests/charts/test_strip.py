"""The strip on a card: a picture and the same in words."""

from base64 import b64decode
from datetime import date
from xml.etree import ElementTree as Xml

from engagement.assessment.contact import Rhythm
from engagement.charts.strip import begins, strip
from tests.charts.made import AS_OF, back

SVG = "{http://www.w3.org/2000/svg}"
TALKED = Rhythm(
    marks=(
        (back(84), "video", "us"),
        (back(83), "video", "us"),
        (back(33), "email", "us"),
        (back(30), "report", "vendor"),
        (back(23), "call", "us"),
    ),
    missed=((back(90), back(84)), (back(60), back(50)), (back(14), date(2026, 11, 21))),
)


def test_twelve_weeks_begin_on_the_day_after_the_same_weekday() -> None:
    assert begins(AS_OF) == date(2026, 8, 29)


def test_dots_stand_on_their_days_filled_where_people_talked() -> None:
    picture = Xml.fromstring(strip(TALKED, AS_OF, dark=False).svg)
    dots = [(dot.get("cx"), dot.get("fill")) for dot in picture.iter(f"{SVG}circle")]
    # A day is 3 wide after an edge of 5: day 0 is centred on 6.5, day 50 on 156.5, day 60 on 186.5.
    assert dots == [("6.5", "#111823"), ("156.5", "#FFFFFF"), ("186.5", "#111823")]


def test_the_vendors_word_is_a_tick() -> None:
    picture = Xml.fromstring(strip(TALKED, AS_OF, dark=True).svg)
    paths = [path.get("d") for path in picture.iter(f"{SVG}path")]
    assert paths == ["M5 12H257", "M165.5 7V17"]


def test_missed_stretches_are_hatched_and_cut_to_the_strip() -> None:
    picture = Xml.fromstring(strip(TALKED, AS_OF, dark=False).svg)
    bands = [(r.get("x"), r.get("width")) for r in picture.iter(f"{SVG}rect") if r.get("fill") == "url(#h)"]
    # Days 23 to 32 of the strip: 5 + 69 = 74, ten days wide; days 69 to 83: 5 + 207 = 212, fifteen days wide.
    assert bands == [("74", "30"), ("212", "45")]


def test_it_says_the_same_in_words() -> None:
    assert strip(TALKED, AS_OF, dark=False).alt == (
        "Last 12 weeks: 3 conversations on record, the last on 28 Oct; longer than agreed since 6 Nov."
    )
    assert strip(Rhythm((), ()), AS_OF, dark=False).alt == "Last 12 weeks: no conversation on record."


def test_the_address_holds_the_picture() -> None:
    made = strip(TALKED, AS_OF, dark=False)
    head, body = made.uri.split(",", 1)
    assert head == "data:image/svg+xml;base64"
    assert b64decode(body).decode() == made.svg
