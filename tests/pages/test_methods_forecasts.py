"""Forecasts on Methods: explained at once, and set beside naive ones as soon as their record is counted."""

from engagement.assessment import foresight
from engagement.pages import shell
from tests.pages.conftest import TODAY, OpenDashboard
from tests.pages.test_methods import plain


def test_forecasts_are_explained_before_they_are_counted_and_set_beside_naive_ones_after(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    app = open_dashboard(sample_database, "methods")
    assert [tab.label for tab in app.tabs][:2] == ["Forecasts", "Track record"]
    assert not app.exception
    assert "How often they held is being counted" in plain(app)
    assert "half were delivered by P50, four of five by P80" in plain(app)
    assert [len(table.value) for table in app.table] == [5]  # what makes results come later
    found = shell._opened(sample_database).track_record(TODAY).forecasts
    assert found.ours.score.cases > 20
    app.run()
    assert not app.exception
    assert "is being counted" not in plain(app)
    assert f"**{foresight.held(found)} {foresight.against_others(found)}**" in plain(app)
    assert all(line in plain(app) for line in foresight.life_table(found.table))
    assert [len(table.value) for table in app.table] == [7, 5, 5]
    assert next(iter(app.table[0].value["Forecast"])) == "ours: life table"
    lives = app.table[1].value
    best = found.best_other
    assert list(lives)[-2:] == ["By P90", f"Loss of {best.name}"]
    assert list(lives[f"Loss of {best.name}"]) == [f"{one.loss or 0:.1f}" for one in best.by_life if one.cases]
    assert foresight.calibrated(found) in plain(app)
    assert len(app.get("plotly_chart")) == 1


def test_with_fewer_than_twenty_cases_the_record_of_forecasts_says_only_that(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database, "methods")
    shell._opened(silent_database).track_record(TODAY)
    app.run()
    assert not app.exception
    assert "0 cases of this portfolio are over: from 20 on it is told here how often forecasts held." in plain(app)
    assert "forecasts rest on what was learned from other portfolios" in plain(app)
    assert [len(table.value) for table in app.table] == [5]
    assert not app.get("plotly_chart")
