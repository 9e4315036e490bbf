"""A chart on a page: its finding and its unit as text, then the figure; or its words where there is nothing to draw."""

from typing import Final

import streamlit as st

from engagement.charts import axes
from engagement.charts.chart import Chart, Item, Listing
from engagement.pages import _image, shell
from engagement.pages.text import literal, mark

LINK: Final = 310
"""Pixels of a name that is a link on a phone: beyond, the link would be cut at the edge of the screen."""
TEXT: Final = 13
"""Height of the text of a link, in pixels."""


def show(chart: Chart, key: str) -> None:
    """A chart under its finding; in words where there is nothing to draw, or no room for it."""
    st.markdown(f"**{literal(chart.title)}**  \n:gray[:small[{literal(chart.unit)}]]")
    if chart.figure is not None:
        config = _image.config(chart, shell.chosen(), shell.as_of().isoformat())
        st.plotly_chart(chart.figure, theme=None, config=config, key=key, alt=chart.alt)
    for listing in chart.listings if chart.figure is None else ():
        _listing(listing)


def _listing(listing: Listing) -> None:
    st.markdown(f"**{literal(listing.heading)}**")
    for item in listing.items:
        _item(item)
    if listing.more:
        st.caption(f"and {listing.more} more")


def _item(item: Item) -> None:
    """A name, and under it what there is to say: a link does not wrap, and what it would lose is its end."""
    status = f"{mark(item.status)} " if item.status else ""
    with st.container(gap="xxsmall"):
        if item.engagement:
            name = literal(axes.fit(item.name, LINK, TEXT))
            shell.to("engagement", f"{status}{name}", engagement=item.engagement)
            st.markdown(literal(item.facts))
        else:
            st.markdown(f"{status}{literal(item.name)}: {literal(item.facts)}")
