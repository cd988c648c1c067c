/* Dots by block with whiskers: a band until there is a verdict, a line only with one. */

/** Values the axis must hold; whiskers as far as they do not dwarf the dots. */
const reach = (series, lines, band, rule) => {
  const dots = [...series.map((row) => row.value), ...lines.flat().map((row) => row.value)];
  const low = Math.min(...dots), high = Math.max(...dots);
  const room = Math.max((high - low) / 2, Math.abs(high) * 0.1);
  const ends = series.flatMap((row) => [row.low, row.high]).filter((end) => end !== null);
  if (band) ends.push(band.low, band.high);
  const held = ends.map((end) => Math.min(Math.max(end, low - room), high + room));
  return d3.extent([...dots, ...held, ...(rule === null ? [] : [rule])]);
};

const trendChart = (width, trend, points, { rule = null, limits = [0, Infinity], format, unit, tip }) => {
  const series = points.filter((row) => row.value !== null);
  const lines = [...trend.detected.map((found) => found.line), trend.line].filter((line) => line.length);
  const band = trend.line.length ? null : trend.band;
  const [first, last] = d3.extent(series, (row) => row.x);
  let [low, high] = reach(series, lines, band, rule);
  const pad = (high - low) * 0.06;
  [low, high] = [Math.max(low - pad, limits[0]), Math.min(high + pad, limits[1])];
  const marginLeft = 42, marginRight = rule === null ? 6 : 40;
  const step = (width - marginLeft - marginRight) / (last - first + 1);
  const whiskers = step >= 6 ? series.filter((row) => row.low !== null) : [];
  const from = trend.detected.length ? trend.detected.at(-1).block + 0.5 : first - 0.5;
  const radius = Math.min(Math.max(step / 4.5, 1.5), 5);
  const held = (value) => Math.min(Math.max(value, low), high);
  const named = trend.detected.filter((found, index, all) => !index || (found.block - all[index - 1].block) * step > 210);
  const svg = draw(width, {
    height: Math.round(Math.min(Math.max(width * 0.33, 220), 350)), marginLeft, marginRight, marginTop: (unit ? 26 : 10) + (named.length ? 18 : 0), marginBottom: 38,
    x: { domain: [first - 0.5, last + 0.5], axis: null },
    y: { domain: [low, high], axis: null },
    marks: [
      Plot.gridY({ stroke: C.hair, strokeOpacity: 0.7, ticks: 5 }),
      Plot.axisY({ tickSize: 0, ticks: 5, tickFormat: format, fill: C.muted, fontSize: 12, label: null }),
      unit && words([unit], { frameAnchor: "top-left", textAnchor: "start", dx: -marginLeft, dy: named.length ? -34 : -16, text: String, fontSize: 12 }),
      Plot.axisX(blockTicks(first, last, width), { tickSize: 0, tickFormat: String, fill: C.muted, fontSize: 12, label: null }),
      words(["block"], { frameAnchor: "bottom-right", textAnchor: "end", dy: 30, text: String, fontSize: 12 }),
      band && Plot.rect([band], {
        x1: from, x2: last + 0.5, y1: held(band.low), y2: held(band.high), fill: C.muted, fillOpacity: 0.13,
      }),
      band && Plot.ruleY([band], { x1: from, x2: last + 0.5, y: "value", stroke: C.muted, strokeOpacity: 0.55 }),
      rule === null ? null : Plot.ruleY([rule], { stroke: C.muted, strokeWidth: 1.5 }),
      rule === null ? null : words([rule], {
        x: last + 0.5, y: rule, text: (value) => `${value} s`, textAnchor: "start", dx: 6, fill: C.text, fontSize: 12,
      }),
      ...trend.detected.map((found) => Plot.ruleX([found.block + 0.5], { stroke: C.faint, strokeDasharray: "2 3" })),
      ...named.map((found) => words([found], {
        x: found.block + 0.5, frameAnchor: "top", dy: -10, fontSize: 12,
        ...((found.block - first) * step > 190 ? { textAnchor: "end", dx: -6 } : { textAnchor: "start", dx: 6 }),
        text: (row) => `${row.verdict}, found in block ${row.block}`,
      })),
      Plot.ruleX(whiskers, {
        x: "x", y1: (row) => held(row.low), y2: (row) => held(row.high), stroke: C.faint, strokeWidth: 1.25,
        strokeOpacity: (row) => (row.eligible ? 0.75 : 0.4),
      }),
      ...lines.map((line) => Plot.line(line, { x: "x", y: "value", stroke: C.accent, strokeWidth: 2.5, strokeLinecap: "round" })),
      Plot.dot(series.filter((row) => row.eligible), { x: "x", y: "value", r: radius, fill: C.accent, stroke: C.page, strokeWidth: radius > 3 ? 1 : 0 }),
      Plot.dot(series.filter((row) => !row.eligible), { x: "x", y: "value", r: radius, fill: C.page, stroke: C.faint, strokeWidth: 1.5 }),
      Plot.tip(series, Plot.pointerX({
        x: "x", y: "value", fill: C.page, stroke: C.hair, textPadding: 8, pathFilter: "none",
        title: (row) => `Block ${row.x}\n${tip(row)}\n${row.eligible ? "counts" : "not in trends"}`,
      })),
    ],
  });
  svg.classList.toggle("bare", !whiskers.length);
  return svg;
};

charts.pace = (width) => {
  const { pace, pace_trend } = data.pacing.metrics;
  const series = pace_trend.series.length ? pace_trend.series : pace.series;
  return trendChart(width, pace_trend, series, {
    rule: 90, format: String, unit: "seconds per 120-word question",
    tip: (row) => `${whole(row.value)} s${row.low === null ? "" : ` (${whole(row.low)}-${whole(row.high)})`}, ${counted(row.n, "question")}`,
  });
};

charts.nbs_trend = (width) => {
  const trend = data.next_step.metrics.nbs_trend;
  return trendChart(width, trend, trend.series, {
    limits: [0, 1], format: share, unit: "",
    tip: (row) => `${share(row.value)}${row.low === null ? "" : ` (${between(row)})`}, ${counted(row.n, "question")}`,
  });
};
