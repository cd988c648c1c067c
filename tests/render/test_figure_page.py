"""Figures as a page: nothing is loaded, nothing from a bank steers it, and a browser draws every sample."""

from __future__ import annotations

import pytest

from drill.core.figures.figure import Figure
from drill.core.figures.plot import Axis, Plot, Series
from drill.render.figure.page import PageFigure, figures_page
from tests.factories import make_figure, make_pictured
from tests.render.page_reader import Page
from tests.render.test_figures import samples
from tests.render.test_html_browser import BROWSER, Browse, browse, drawn

__all__ = ["browse"]

HOSTILE = "</script><img src=x onerror=alert(1)> \"'& \u2028 <b>"


def test_a_picture_stands_in_the_page_with_its_description() -> None:
    item, media = make_pictured()
    page = figures_page([PageFigure(item.figures[0], media)], "Figures")
    image = next(each for each in Page(page).find("img"))
    assert image.attributes["alt"] == "What figure rash shows."
    assert image.attributes["src"].startswith("data:image/png;base64,iVBOR")
    assert "<script" not in page


def test_a_picture_that_is_gone_is_told_in_words() -> None:
    item, _ = make_pictured()
    page = figures_page([PageFigure(item.figures[0])], "Figures")
    assert "not in the database any more" in page
    assert not list(Page(page).find("img"))


def test_texts_of_a_bank_are_only_text() -> None:
    axis = Axis(HOSTILE, 0, 1)
    plot = Plot(axis, axis, (Series((0, 1), (0, 1), HOSTILE),))
    figure = Figure("ecg", HOSTILE, plot, HOSTILE, HOSTILE, HOSTILE)
    page = figures_page([PageFigure(figure, head=HOSTILE)], HOSTILE)
    assert "<img" not in page
    assert "onerror=alert(1)>" not in page
    assert page.count("</script>") == 4
    assert "default-src 'none'" in page


def test_the_numbers_are_folded_away() -> None:
    page = figures_page([PageFigure(make_figure())], "Figures")
    assert "<details><summary>Numbers</summary>" in page


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no browser to draw the page with")
@pytest.mark.parametrize("width", [400, 1000])
def test_a_browser_draws_every_sample_without_a_complaint(browse: Browse, width: int) -> None:
    page = figures_page([PageFigure(figure) for figure in samples()], "Figures")
    shown = drawn(browse, page, width)
    holders = [each for each in shown.find("div") if "drawing" in each.attributes.get("class", "").split()]
    assert len(holders) == 12
    for holder in holders:
        assert holder.attributes["role"] == "img"
        assert holder.attributes["aria-label"]
        glyphs = [each for kind in ("path", "line") for each in holder.all(kind)]
        assert len(glyphs) > 5
