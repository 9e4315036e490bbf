"""How a chart is saved: one button, a name that tells the chart and the day, and the words that the image needs."""

from datetime import date

import pytest

from engagement.charts import theme
from engagement.charts.finishes import portfolio_plan
from engagement.pages import _image
from tests.charts import made


@pytest.mark.parametrize("dark", [False, True])
def test_a_chart_has_one_tool_and_its_image_is_named_after_it_and_the_day(dark: bool) -> None:
    chart = portfolio_plan([made.assessment("crm")], date(2026, 11, 20), dark=dark)
    config = _image.config(chart, None, "2026-11-20")
    assert config["modeBarButtons"] == [["toImage"]]
    assert config["toImageButtonOptions"] == {
        "format": "png",
        "scale": 2,
        "filename": "where-every-engagement-will-end-2026-11-20",
    }
    assert config["locales"]["en-US"]["dictionary"]["Download plot as a PNG"] == "Save as image"
    assert chart.figure is not None
    assert chart.figure.layout.meta == {
        "title": chart.title,
        "unit": chart.unit,
        "ink": theme.colours(dark).ink,
        "muted": theme.colours(dark).muted,
        "page": theme.colours(dark).page,
    }


def test_a_file_is_named_in_letters_that_every_computer_takes() -> None:
    chart = portfolio_plan([made.assessment("crm")], date(2026, 11, 20), dark=False)
    options = _image.config(chart, "../CRM: phase 2/ä", "2026-11-20")["toImageButtonOptions"]
    assert options["filename"] == "crm-phase-2-ä-where-every-engagement-will-end-2026-11-20"
