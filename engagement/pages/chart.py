"""A chart on a page: its finding and its unit as text, then the figure; or its words where there is nothing to draw."""

import streamlit as st

from engagement.charts.chart import Chart, Listing
from engagement.charts.theme import CONFIG
from engagement.pages import shell
from engagement.pages.text import literal, mark


def show(chart: Chart, key: str) -> None:
    """A chart under its finding; in words where there is nothing to draw, or no room for it."""
    st.markdown(f"**{literal(chart.title)}**  \n:gray[:small[{literal(chart.unit)}]]")
    if chart.figure is not None:
        st.plotly_chart(chart.figure, theme=None, config=dict(CONFIG), key=key, alt=chart.alt)
    for listing in chart.listings if chart.figure is None else ():
        _listing(listing)


def _listing(listing: Listing) -> None:
    st.markdown(f"**{literal(listing.heading)}**")
    for item in listing.items:
        text = f"{mark(item.status)} {literal(item.text)}" if item.status else literal(item.text)
        if item.engagement:
            shell.to("engagement", text, engagement=item.engagement)
        else:
            st.markdown(text)
    if listing.more:
        st.caption(f"and {listing.more} more")
