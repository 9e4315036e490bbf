"""One engagement: where it stands, what is wrong, and the records behind every figure."""

import streamlit as st

from engagement.pages import (
    _acts,
    _beyond,
    _engagement_form,
    _engagement_life,
    _engagement_twins,
    _limits,
    _portrait,
    _records,
    _report,
    _track,
    shell,
)

known = {assessment.engagement: assessment for assessment in shell.portfolio().engagements}
assessment = known.get(shell.chosen() or "")
if assessment is None:
    _portrait.choose(known, shell.chosen())
    st.stop()

counted = _track.known()
_portrait.header(assessment)
_portrait.buttons(assessment)
_engagement_life.question(assessment)
_portrait.figures(assessment)
finish = st.empty()
_portrait.finish(finish, assessment, compared=False)

if assessment.life == "closed":
    _portrait.left_over(assessment)
else:
    _portrait.warnings(assessment)
    st.space("small")
    talks, beside = st.columns([0.72, 0.28], gap="large")
    with talks:
        _portrait.rhythm(assessment)
    with beside:
        _portrait.setup(assessment)
        vendor, twins = st.container(gap="xsmall"), st.container(gap="xsmall")

_records.tabs(assessment)
_acts.in_hand_dialog(known)
_report.dialog(known)
_engagement_form.dialog({assessment.engagement: assessment})
_limits.dialog()
_portrait.finish(finish, assessment, compared=True)
if assessment.life != "closed":
    said = _beyond.about(assessment)
    _beyond.vendor(vendor, assessment, said)
    _engagement_twins.lines(twins, assessment, said)
_track.follow(counted)
