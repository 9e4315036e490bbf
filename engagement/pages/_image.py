"""A chart as an image: the button in its corner saves one, with the title that stands above it on the page.

Plotly makes the image in the browser, from the figure as it is shown. What a figure lacks because the page has it,
title, unit and background, is added while plotly copies the figure, and taken away again at once. Words and colours
travel in the figure's ``layout.meta``.
"""

from typing import Any, Final

import streamlit as st

from engagement.charts.chart import Chart
from engagement.charts.theme import CONFIG

LONGEST: Final = 80
"""Letters of a file's name before the day."""
SCALE: Final = 2
_WORDS: Final = {"Download plot as a PNG": "Save as image"}

_SCRIPT: Final = """
const edge = 16
const title = { size: 16, line: 21 }
const unit = { size: 12, line: 16 }
const family = "sans-serif" // an image is drawn without the fonts of the page

function lines(text, size, weight, width) {
  const pen = document.createElement("canvas").getContext("2d")
  pen.font = `${weight} ${size}px ${family}`
  const found = []
  for (const word of text.split(/\\s+/)) {
    const longer = found.length ? `${found[found.length - 1]} ${word}` : word
    if (found.length && pen.measureText(longer).width <= width) found[found.length - 1] = longer
    else found.push(word)
  }
  return found
}

const literal = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")

function titled(layout) {
  const { meta, margin } = layout
  const heads = lines(meta.title, title.size, 600, layout.width).map(literal)
  const units = lines(meta.unit, unit.size, 400, layout.width).map(literal)
  const head = edge + heads.length * title.line + units.length * unit.line + edge / 2
  const text = (rows, look, colour, below) => ({
    x: 0, xref: "paper", xanchor: "left", xshift: -margin.l, y: 1, yref: "paper", yanchor: "top",
    yshift: margin.t + head - below, text: rows.join("<br>"), align: "left", showarrow: false, borderpad: 0,
    font: { size: look.size, color: colour },
  })
  return {
    ...layout,
    width: layout.width + 2 * edge,
    height: layout.height + head + edge,
    margin: {
      ...margin, l: margin.l + edge, r: margin.r + edge, t: margin.t + head, b: margin.b + edge,
    },
    paper_bgcolor: meta.page,
    font: { ...layout.font, family },
    annotations: [
      ...(layout.annotations ?? []),
      text(heads.map((row) => `<b>${row}</b>`), title, meta.ink, edge),
      text(units, unit, meta.muted, edge + heads.length * title.line),
    ],
  }
}

export default function () {
  const button = (event) => event.target.closest?.(".js-plotly-plot .modebar-btn")
  const save = (event) => {
    const plot = button(event)?.closest(".js-plotly-plot")
    if (!plot?.layout?.meta?.title) return
    const shown = plot.layout
    const size = plot._context.toImageButtonOptions // else plotly takes the size that is shown
    plot.layout = titled(shown)
    Object.assign(size, { width: plot.layout.width, height: plot.layout.height })
    setTimeout(() => { plot.layout = shown })
  }
  const show = (event) => { const here = button(event); if (here) here.parentElement.style.opacity = 1 }
  const hide = (event) => { const here = button(event); if (here) here.parentElement.style.opacity = "" }
  document.addEventListener("click", save, true)
  document.addEventListener("focusin", show)
  document.addEventListener("focusout", hide)
  return () => {
    document.removeEventListener("click", save, true)
    document.removeEventListener("focusin", show)
    document.removeEventListener("focusout", hide)
  }
}
"""
_image = st.components.v2.component("engagement_image", js=_SCRIPT)


def keep() -> None:
    """Lets every chart of the page be saved with its title. Once a run."""
    _image(key="image", height="content")


def config(chart: Chart, about: str | None, day: str) -> dict[str, Any]:
    """Plotly's settings of a chart: one button, that saves it under the chart's name, what it is about, and the day."""
    file = "-".join(filter(None, [_plain(about or ""), _plain(chart.shows), day]))
    return {
        **CONFIG,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "png", "scale": SCALE, "filename": file},
        "locales": {"en-US": {"dictionary": _WORDS}},
    }


def _plain(text: str) -> str:
    """Letters and digits of the text in lower case, parted by hyphens: a name that every computer takes."""
    letters = "".join(letter if letter.isalnum() else " " for letter in text.lower())
    return "-".join(letters.split())[:LONGEST].strip("-")
