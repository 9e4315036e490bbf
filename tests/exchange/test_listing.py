"""The sentence that a printed portfolio opens with."""

import pytest

from engagement.assessment.portfolio import portfolio
from engagement.assessment.results import Attention
from engagement.exchange.listing import print_portfolio
from tests.assessment.made import a_history, assessed, on, talks
from tests.builders import a_portfolio, a_warning, an_assessment, an_outlook, forgotten

CALM, SILENT = a_history(check_ins=talks(9)), a_history(check_ins=talks(1))


@pytest.mark.parametrize(
    ("calm", "silent", "opening"),
    [
        (0, 0, "Nothing is recorded yet. `import` a portfolio, or load the `sample`."),
        (1, 0, "The one active engagement needs nobody, as of 15 Mar 2026."),
        (0, 1, "The one active engagement needs somebody, as of 15 Mar 2026."),
        (2, 0, "Neither of the two active engagements needs anybody, as of 15 Mar 2026."),
        (3, 0, "None of three active engagements needs anybody, as of 15 Mar 2026."),
        (1, 1, "One of two active engagements needs somebody, as of 15 Mar 2026."),
        (0, 2, "Both active engagements need somebody, as of 15 Mar 2026."),
        (0, 3, "All three active engagements need somebody, as of 15 Mar 2026."),
        (1, 2, "Two of three active engagements need somebody, as of 15 Mar 2026."),
    ],
)
def test_a_portfolio_opens_with_how_many_need_somebody(
    capsys: pytest.CaptureFixture[str], calm: int, silent: int, opening: str
) -> None:
    histories = [one._replace(key=f"e{place}") for place, one in enumerate([CALM] * calm + [SILENT] * silent)]
    print_portfolio(portfolio([assessed(one, 13) for one in histories], on(13), 1))
    assert capsys.readouterr().out.splitlines()[0] == opening


def test_the_lines_begin_with_silence_stand_in_the_order_of_need_and_count_only_warnings_about_the_work(
    capsys: pytest.CaptureFixture[str],
) -> None:
    late, quiet = a_warning("overdue")._replace(evidence="It is late."), a_warning()._replace(evidence="Nobody talked.")
    nudge = a_warning("serial-slip", "warning", kind="nudge")
    calm = an_assessment("calm", attention=Attention(1, None, 1.0, (), abandoned=False))
    wrong = forgotten("wrong", attention=Attention(2, None, 1.0, (), abandoned=False), warnings=(nudge, late, quiet))
    print_portfolio(a_portfolio(calm, wrong))
    _, _, first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("wrong")
    assert first.rstrip().endswith("Nobody talked. And 1 more warning.")
    assert second.startswith("calm")


def test_what_looks_abandoned_is_not_counted_among_those_that_need_somebody(capsys: pytest.CaptureFixture[str]) -> None:
    left = forgotten("left", attention=Attention(1, None, 1.0, (), abandoned=True))
    print_portfolio(a_portfolio(left, an_assessment("calm"), forgotten("wrong")))
    assert capsys.readouterr().out.startswith("One of three active engagements needs somebody")


def test_a_line_says_by_when_the_work_is_likely_to_be_done(capsys: pytest.CaptureFixture[str]) -> None:
    print_portfolio(a_portfolio(an_assessment("crm", outlook=an_outlook()), an_assessment("web", contract="retainer")))
    _, header, first, second = capsys.readouterr().out.splitlines()
    assert header.split() == ["engagement", "status", "last", "contact", "vendor", "says", "likely", "by", "headline"]
    assert first.rstrip().endswith("+31 d  18 Mar 2027")
    assert second.rstrip().endswith("+31 d")
