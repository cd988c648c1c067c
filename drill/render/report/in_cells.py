"""The pictures of a report drawn in cells, one function a kind of figure."""

from __future__ import annotations

from collections.abc import Sequence

from drill.render.charts import bars as bar_charts
from drill.render.charts import dots as dot_charts
from drill.render.charts import forest as forests
from drill.render.charts import strips
from drill.render.charts.heat import NARROWEST_CELL, WIDEST_CELL, heat_map, heat_width
from drill.render.charts.scales import (
    SECONDS_A_ROW,
    Label,
    Scale,
    axis_labels,
    padded,
    row_axis,
    share_axis,
)
from drill.render.frame import indented
from drill.render.lines import BLANK, Line, Role, Span, fit, line
from drill.render.report.figures import (
    Bars,
    Columns,
    Dots,
    Figure,
    Forest,
    ForestRow,
    Heat,
    Key,
    Ladder,
    Lane,
    Listing,
    Segments,
    Shape,
    Strip,
    Tick,
    Trend,
)
from drill.render.report.prose import prose
from drill.render.report.shares import difference_ticks

_GLYPHS = {
    Shape.DOT: "●",
    Shape.SMALL: "·",
    Shape.RING: "○",
    Shape.WHISKER: "│",
    Shape.LINE: "·",
    Shape.BAND: "░",
    Shape.RULE: "─",
}
_STRIP_LABEL = 8
_HEAT_LABEL = 14


def figure_lines(
    figure: Figure, width: int, *, flush: bool = False, chart_rows: int = 11, selected: int | None = None
) -> list[Line]:
    """A figure under the words of its part: two columns in from them, but for what needs the room.

    `chart_rows` are the rows of a trend's dots, `selected` the block_index read out below it.
    """
    match figure:
        case Trend():
            return _trend(figure, width, chart_rows, selected)
        case Columns():
            return [] if figure.on_page_only else indented(_columns(figure, width - 2), 2)
        case Heat():
            rows = heat_map(figure.counts, figure.names, width, figure.corner)
        case Listing():
            rows = _listing(figure, width)
        case Forest():
            rows = _forest(figure, width, flush=flush)
        case Bars():
            rows = _bars(figure, width if flush else width - 2)
        case Dots():
            rows = _dots(figure, width - 2)
        case Strip():
            rows = _strip(figure, width - 2)
        case Segments():
            rows = _segments(figure, width - 2)
        case Ladder():
            rows = _ladder(figure, width - 2)
    title = figure.title if isinstance(figure, Forest) else ""
    return [*prose(width, (title, Role.MUTED)), *(rows if flush else indented(rows, 2))]


def heat_cells(figure: Heat) -> tuple[int, int]:
    """Cells a table of counts needs at least, and likes to have."""
    names = len(figure.names)
    return heat_width(names, _HEAT_LABEL, NARROWEST_CELL), heat_width(names, _HEAT_LABEL, WIDEST_CELL)


def _trend(figure: Trend, width: int, rows: int, selected: int | None) -> list[Line]:
    if figure.rule is not None:
        axis = row_axis(figure.extent, rows, figure.rule.value, SECONDS_A_ROW)
    else:
        axis = share_axis(figure.extent, rows)
    chart = dot_charts.DotChart(
        axis=axis,
        label=lambda value: figure.value_text(value).removesuffix("%"),
        series=figure.points,
        rule=figure.rule.value if figure.rule is not None else None,
        band=figure.band,
        band_after=figure.band_after,
        fitted=figure.lines,
        selected=selected,
    )
    keys = figure.keys(whiskers=dot_charts.has_whiskers(figure.points, width))
    painted = [*dot_charts.dot_chart(chart, width), *_trend_legend(keys, width)]
    for point in figure.points:
        if point.x == selected and point.estimate is not None:
            block = (f"› Block {point.x}", Role.ACCENT_STRONG)
            painted += prose(width, block, f"  {figure.reading(point)}")
    return painted


def _trend_legend(keys: Sequence[Key], width: int) -> list[Line]:
    """Beside the axis where it fits, shorter where it nearly does, else folded."""
    room = width - dot_charts.GUTTER + 1
    if room < 90:
        keys = [key._replace(words="trend") if key.shape is Shape.LINE else key for key in keys]
    if _keys_line(keys).width > room:
        keys = [key._replace(words="1 SE") if key.shape is Shape.WHISKER else key for key in keys]
    if _keys_line(keys).width <= room:
        return indented([_keys_line(keys)], dot_charts.GUTTER - 1)
    rows: list[list[Key]] = [[]]
    for key in keys:
        if rows[-1] and _keys_line([*rows[-1], key]).width > width:
            rows.append([])
        rows[-1].append(key)
    return [fit(_keys_line(row), width) for row in rows]


def _keys_line(keys: Sequence[Key], gap: int = 2) -> Line:
    text = (" " * gap).join(f"{_GLYPHS[key.shape]} {key.words}" for key in keys)
    return line((text, Role.MUTED))


def _forest(figure: Forest, width: int, *, flush: bool) -> list[Line]:
    width = width if flush else width - 2
    rows = [_forest_row(row) for row in figure.rows]
    tail = _forest_row(figure.difference) if figure.difference is not None else None
    layout = forests.Layout.of([*rows, *([tail] if tail is not None else [])], width, most=figure.most)
    ticks = _ticks(figure.ticks)
    if len(ticks) > 3 and layout.plot < 8 * len(ticks):
        ticks = [ticks[0], ticks[-1]] if layout.plot >= 12 else []
    painted = forests.forest(rows, layout, figure.low, 1, rule=figure.rule, ticks=ticks)
    if tail is None:
        return painted
    ends = _ticks(difference_ticks(figure.edge)) if tail.estimate is not None and layout.plot >= 12 else []
    below = forests.forest([tail], layout, -figure.edge, figure.edge, rule=0, ticks=ends)
    return [*painted, *([BLANK] if flush else []), *below]


def _ticks(ticks: Sequence[Tick]) -> list[Label]:
    return [Label(tick.value, tick.text) for tick in ticks]


def _forest_row(row: ForestRow) -> forests.ForestRow:
    label = f"  {row.label}" if row.nested else row.label
    if row.estimate is None:
        return forests.ForestRow(label, None, dim=row.dim, words=row.numbers[0])
    value, interval, *raw = row.numbers
    numbers: tuple[Span, ...]
    if raw:
        numbers = (Span(f"{value:>4}", Role.STRONG), Span(f"  {interval:<7}{raw[0]}", Role.MUTED))
    else:
        numbers = (Span(f"{value:>3}", Role.STRONG), Span(f"  {interval}" if interval else "", Role.MUTED))
    if row.mark:
        numbers = (*numbers, Span(f"  {row.mark}"))
    return forests.ForestRow(label, row.estimate, numbers, row.dim)


def _dots(figure: Dots, width: int) -> list[Line]:
    label = _STRIP_LABEL if any(lane.label for lane in figure.lanes) else 0
    counted = figure.stacked is None
    cells = min(width - label - 12, 40) if counted else min(width - label - 1, 44)
    scale = Scale(figure.low.value, figure.high.value, max(cells, 1))
    rows: list[Line] = []
    for lane in figure.lanes:
        if figure.stacked is None:
            rows.append(_counted_lane(lane, scale, figure.rule.value))
            continue
        stack = strips.dot_strip(lane.values, scale, rule=figure.rule.value, most=figure.stacked)
        for number, drawn in enumerate(stack, 1):
            name = lane.label if number == len(stack) else ""
            rows.append(line((f"{name:<{label}}", Role.MUTED), *drawn.spans))
    if counted:
        labels = _ticks([figure.rule, figure.high])
    else:
        labels = [Label(*figure.rule, Role.STRONG), *_ticks([figure.low, figure.high])]
    rows.append(line(" " * label, *axis_labels(labels, scale).spans))
    for note in figure.notes:
        rows += prose(width, (note, Role.MUTED))
    return rows


def _counted_lane(lane: Lane, scale: Scale, rule: float) -> Line:
    """One row of marks over the rule, and how many there are."""
    glyph, role = ("✓", Role.RIGHT) if lane.result else ("×", Role.WRONG)
    strip = strips.mark_strip([strips.Mark(value, glyph, role) for value in lane.values], scale, rule=rule)
    fill = " " * (scale.cells - strip.width)
    count = f"{fill}  {len(lane.values) or 'none'}"
    return line((f"{lane.label:<{_STRIP_LABEL}}", Role.MUTED), *strip.spans, (count, Role.MUTED))


def _strip(figure: Strip, width: int) -> list[Line]:
    words, behind = 13, 6
    cells = max(min(width - _STRIP_LABEL - words - behind - 2, 41), 1)
    scale = Scale(-figure.edge, figure.edge, cells - (cells + 1) % 2 if cells > 1 else 1)
    heads = f"{'':{_STRIP_LABEL + scale.cells + 2}}{figure.heads[0]:<{words}}{figure.heads[1]}"
    painted = [line((heads, Role.MUTED))]
    for row in figure.rows:
        marks = [strips.Mark(value, "·", Role.TEXT) for value in row.earlier]
        if row.last is not None:
            marks.append(strips.Mark(row.last, "●", Role.ACCENT))
        strip = strips.mark_strip(marks, scale, rule=0)
        fill = " " * (scale.cells - strip.width)
        said, count = row.numbers
        painted.append(
            line(
                (padded(row.label, _STRIP_LABEL), Role.MUTED),
                *strip.spans,
                f"{fill}  {said:<{words}}",
                (count, Role.MUTED),
            )
        )
    left, middle, right = figure.ends if scale.cells >= 30 else figure.short_ends
    labels = [Label(0, middle), Label(-figure.edge, left), Label(figure.edge, right)]
    painted.append(line(" " * _STRIP_LABEL, *axis_labels(labels, scale).spans))
    return [*painted, *prose(width, *((span.text, span.role) for span in _keys_line(figure.keys, 3).spans))]


def _columns(figure: Columns, width: int) -> list[Line]:
    """A small column a block, the last ones where there is no room for all."""
    room = max(width - 22, 1)
    values = [column.value for column in figure.columns]
    drawn = bar_charts.columns(values, room)
    name = "by block" if len(values) <= room else f"last {len(drawn)} blocks"
    top = max(figure.columns[-room:], key=lambda column: column.value).texts[0]
    return prose(width, (f"{name}  ", Role.MUTED), drawn, (f"  most {top}", Role.MUTED))


def _bars(figure: Bars, width: int) -> list[Line]:
    rows = []
    for bar in figure.bars:
        number, *notes = bar.numbers
        beside = f"{notes[0]:>4}  {notes[1]}" if len(notes) > 1 and any(notes) else "".join(notes)
        rows.append(bar_charts.BarRow(bar.label, sum(bar.parts), number, beside))
    return bar_charts.bars(rows, width, most=figure.most)


def _segments(figure: Segments, width: int) -> list[Line]:
    looks = (("█", Role.TEXT), ("▄", Role.TEXT), ("▂", Role.MUTED))
    segments = [
        bar_charts.Segment(glyph, count, name, role)
        for (glyph, role), (count, name) in zip(looks, figure.parts, strict=True)
    ]
    legend = bar_charts.segment_legend(segments)
    if legend.width > width:
        legends = [bar_charts.segment_legend([segment]) for segment in segments]
    else:
        legends = [legend]
    return [bar_charts.segment_bar(segments, min(max(width, 1), 40)), *legends]


def _ladder(figure: Ladder, width: int) -> list[Line]:
    rows: list[Line] = []
    if figure.evidence is not None:
        rows = strips.evidence_bar(figure.evidence, figure.ease.value, figure.tighten.value, min(width, 52))
    for rung in figure.rungs:
        role = Role.STRONG if rung.here else Role.MUTED
        rows.append(
            line(
                (rung.mark, Role.ACCENT if rung.here else Role.MUTED),
                (f" {rung.text:>5}", role),
                (f"  {rung.word:<10}", role),
                (rung.blocks, Role.MUTED),
            )
        )
    bar = len(rows) - len(figure.rungs)
    return [*rows[:bar], *([BLANK] if bar else []), *rows[bar:]]


def _listing(figure: Listing, width: int) -> list[Line]:
    rows = []
    for block, position, name in figure.rows:
        at = f"block {block:>3}  item {position:>2}  "
        rows.append(line((at, Role.MUTED), padded(name, max(width - len(at), 0))))
    return rows
