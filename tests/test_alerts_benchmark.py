"""The benchmark of the alerts in its short form, run for real: a run is killed in the middle and given again."""

from __future__ import annotations

from corpus.benchmarks.alerts import measure


def test_of_a_killed_run_nothing_arrives_twice_and_nothing_is_lost() -> None:
    figures = {figure.name.strip(): figure for figure in measure(short=True)}
    assert not [figure for figure in figures.values() if figure.failed]
    composed, sent = (next(name for name in figures if name.startswith(verb)) for verb in ("selecting", "sending"))
    mails = int(composed.split()[-2])
    assert mails == 122  # 60 units, their heads, the chief's two
    doubt = figures["mails in doubt, not sent again"].value
    # the clerk hears of a mail in doubt; it may have arrived or not
    assert int(sent.split()[1]) in {mails + (doubt or 0), mails}
    assert figures["mails lost"].value == 0
