"""The first start: begin with one's own in a grid or a workbook, or look around with the sample before."""

import streamlit as st

from engagement.pages import _start_file, _start_grid, _start_sample, shell

if _start_grid.saved() or _start_file.taken():
    shell.go("this_week")

if _start_sample.is_sample():
    st.title("This is the sample portfolio", anchor=False)
    st.write("Your own is kept apart from it: take the sample out first.")
    st.stop()

first = shell.is_empty()
st.title("Which of your outsourced work needs you?" if first else "Add engagements", anchor=False)
if first:
    st.markdown(
        "Write down who does what for you, how often you talk and what comes next. "
        "From then on this dashboard says each day what has gone quiet and what is slipping."
    )
    _start_sample.offer()

with st.container(border=True):
    st.markdown("**Start with your own: three rows make a dashboard**" if first else "**A row for each**")
    st.caption("Only vendor and work are needed. What you leave empty, the dashboard asks for later.")
    if not shell.narrow():
        st.caption(
            "For example: Northwind, CRM migration, every week, last talked on 28 October, Data load by 11 December, "
            "12,000 EUR."
        )
    _start_grid.ask()

with st.container(border=True):
    st.markdown("**Or fill in a workbook**")
    st.caption("One engagement is filled in as an example, and cells that take certain words offer them.")
    _start_file.ask()
