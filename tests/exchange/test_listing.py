"""The sentence that a printed portfolio opens with."""

import pytest

from engagement.assessment.portfolio import portfolio
from engagement.exchange.listing import print_portfolio
from tests.assessment.made import a_history, assessed, on, talks

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
        (1, 2, "Two of three active engagements need somebody, as of 15 Mar 2026."),
    ],
)
def test_a_portfolio_opens_with_how_many_need_somebody(
    capsys: pytest.CaptureFixture[str], calm: int, silent: int, opening: str
) -> None:
    histories = [one._replace(key=f"e{place}") for place, one in enumerate([CALM] * calm + [SILENT] * silent)]
    print_portfolio(portfolio([assessed(one, 13) for one in histories], on(13), 1))
    assert capsys.readouterr().out.splitlines()[0] == opening
