/* Dots by block with whiskers: a band until there is a verdict, a line only with one. */

kinds.trend = (width, { points, extent, proportions, axis_title: title, rule, band, band_after: after, lines, found }) => {
  const series = points.map(([x, value, low, high, eligible, reading]) => ({ x, value, low, high, eligible, reading }));
  const [first, last] = d3.extent(series, (row) => row.x);
  let [low, high] = d3.extent([...extent, ...(rule ? [rule.value] : [])]);
  const pad = (high - low) * 0.06;
  [low, high] = [Math.max(low - pad, 0), proportions ? Math.min(high + pad, 1) : high + pad];
  const marginLeft = 42, marginRight = rule ? 40 : 6;
  const step = (width - marginLeft - marginRight) / (last - first + 1);
  const whiskers = step >= 6 ? series.filter((row) => row.low !== null) : [];
  const from = after === null ? first - 0.5 : after + 0.5;
  const radius = Math.min(Math.max(step / 4.5, 1.5), 5);
  const held = (value) => Math.min(Math.max(value, low), high);
  const named = found.filter(([block], index) => !index || (block - found[index - 1][0]) * step > 210);
  const svg = draw(width, {
    height: Math.round(Math.min(Math.max(width * 0.33, 220), 350)), marginLeft, marginRight, marginTop: (title ? 26 : 10) + (named.length ? 18 : 0), marginBottom: 38,
    x: { domain: [first - 0.5, last + 0.5], axis: null },
    y: { domain: [low, high], axis: null },
    marks: [
      Plot.gridY({ stroke: C.hair, strokeOpacity: 0.7, ticks: 5 }),
      Plot.axisY({ tickSize: 0, ticks: 5, tickFormat: proportions ? d3.format(".0%") : String, fill: C.muted, fontSize: 12, label: null }),
      title && words([title], { frameAnchor: "top-left", textAnchor: "start", dx: -marginLeft, dy: named.length ? -34 : -16, text: String, fontSize: 12 }),
      Plot.axisX(blockTicks(first, last, width), { tickSize: 0, tickFormat: String, fill: C.muted, fontSize: 12, label: null }),
      words(["block"], { frameAnchor: "bottom-right", textAnchor: "end", dy: 30, text: String, fontSize: 12 }),
      band && Plot.rect([band], {
        x1: from, x2: last + 0.5, y1: held(band.low), y2: held(band.high), fill: C.muted, fillOpacity: 0.13,
      }),
      band && Plot.ruleY([band], { x1: from, x2: last + 0.5, y: "value", stroke: C.muted, strokeOpacity: 0.55 }),
      rule && Plot.ruleY([rule.value], { stroke: C.muted, strokeWidth: 1.5 }),
      rule && words([rule], { x: last + 0.5, y: "value", text: "text", textAnchor: "start", dx: 6, fill: C.text, fontSize: 12 }),
      ...found.map(([block]) => Plot.ruleX([block + 0.5], { stroke: C.faint, strokeDasharray: "2 3" })),
      ...named.map(([block, text]) => words([text], {
        x: block + 0.5, frameAnchor: "top", dy: -10, fontSize: 12, text: String,
        ...((block - first) * step > 190 ? { textAnchor: "end", dx: -6 } : { textAnchor: "start", dx: 6 }),
      })),
      Plot.ruleX(whiskers, {
        x: "x", y1: (row) => held(row.low), y2: (row) => held(row.high), stroke: C.faint, strokeWidth: 1.25,
        strokeOpacity: (row) => (row.eligible ? 0.75 : 0.4),
      }),
      ...lines.map((line) => Plot.line(line, { stroke: C.accent, strokeWidth: 2.5, strokeLinecap: "round" })),
      Plot.dot(series.filter((row) => row.eligible), { x: "x", y: "value", r: radius, fill: C.accent, stroke: C.page, strokeWidth: radius > 3 ? 1 : 0 }),
      Plot.dot(series.filter((row) => !row.eligible), { x: "x", y: "value", r: radius, fill: C.page, stroke: C.faint, strokeWidth: 1.5 }),
      Plot.tip(series, Plot.pointerX({
        x: "x", y: "value", fill: C.page, stroke: C.hair, textPadding: 8, pathFilter: "none",
        title: (row) => `Block ${row.x}\n${row.reading}`,
      })),
    ],
  });
  svg.classList.toggle("bare", !whiskers.length);
  return svg;
};
