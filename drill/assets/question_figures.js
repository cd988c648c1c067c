/* Draws the figures of questions: each element of class "drawing" takes the drawing of its number. */
"use strict";

const drawings = JSON.parse(document.getElementById("drill-figures").textContent);
const INK = ["var(--accent)", "var(--text)", "var(--wrong)", "var(--muted)"];
const DASHES = [null, "8 4", "2 4", "14 4"];
const SYMBOLS = { dot: "circle", circle: "circle", cross: "times", square: "square", tick: "plus" };

const SIGNS = { dot: "●", circle: "○", cross: "×", square: "□", tick: "+", left: "<", right: ">" };

const axis = (given) => ({
  label: given.unit ? `${given.label} (${given.unit})` : given.label,
  domain: given.downward && !given.log ? [given.high, given.low] : [given.low, given.high],
  type: given.log ? "log" : "linear",
  ticks: given.ticks?.length ? given.ticks : undefined,
  tickFormat: given.names
    ? (value) => given.names.split(";")[given.ticks.indexOf(value)]?.trim() ?? ""
    : undefined,
  clamp: true,
});

/** On a logarithmic axis d3 leaves some names out, even those that were asked for; so they are given as texts. */
const named = (mark, given) =>
  given?.log && given.ticks?.length && !given.names
    ? mark(given.ticks, { text: given.ticks.map(String), label: axis(given).label })
    : null;

const pairs = (series) => series.x.map((x, at) => ({ x, y: series.y[at] }));

/** Colour and dash of a series; points take those of the line before them. */
const look = (all, at) => {
  if (all[at].faint) return { stroke: "var(--faint)", dash: "2 3" };
  const lines = all.map((each, n) => n).filter((n) => all[n].style !== "points" && !all[n].faint);
  const place = Math.max(lines.length ? lines.filter((n) => n <= at).length - 1 : at, 0);
  return { stroke: INK[place % INK.length], dash: DASHES[place % DASHES.length] };
};

const drawn = (all, at) => {
  const series = all[at];
  const { stroke, dash } = look(all, at);
  const rows = pairs(series);
  switch (series.style) {
    case "points":
      if (series.shape === "left" || series.shape === "right") {
        const sign = series.shape === "left" ? "<" : ">";
        return Plot.text(rows, { x: "x", y: "y", text: () => sign, fill: stroke, fontSize: 18, fontWeight: 600 });
      }
      return Plot.dot(rows, {
        x: "x", y: "y", r: 5, stroke, strokeWidth: 1.8, symbol: SYMBOLS[series.shape ?? "dot"],
        fill: (series.shape ?? "dot") === "dot" ? stroke : "none",
      });
    case "bars":
      return Plot.ruleX(rows, { x: "x", y1: 0, y2: "y", stroke, strokeWidth: 10 });
    default:
      return Plot.line(rows, {
        x: "x", y: "y", stroke, strokeWidth: 1.5, strokeDasharray: dash, clip: true,
        curve: series.style === "steps" ? "step-after" : "linear",
      });
  }
};

const steps = (low, high, step) => d3.range(Math.ceil(low / step - 1e-6) * step, high + step * 1e-6, step);

const squares = (plot, paper) =>
  [[paper.x / 5, paper.y / 5, 0.35], [paper.x, paper.y, 0.9]].flatMap(([x, y, strokeOpacity]) => [
    Plot.ruleX(steps(plot.x.low, plot.x.high, x), { stroke: "var(--wrong)", strokeOpacity: strokeOpacity / 2, strokeWidth: 0.6 }),
    Plot.ruleY(steps(plot.y.low, plot.y.high, y), { stroke: "var(--wrong)", strokeOpacity: strokeOpacity / 2, strokeWidth: 0.6 }),
  ]);

const tracing = (plot, width, title, paper) => {
  const seconds = plot.x.high - plot.x.low;
  // A large square of the paper is a square here too.
  const height = (width / seconds) * (paper.x / paper.y) * (plot.y.high - plot.y.low);
  return Plot.plot({
    width, height, margin: 0, x: { ...axis(plot.x), axis: null }, y: { ...axis(plot.y), axis: null },
    marks: [
      ...squares(plot, paper),
      ...plot.series.map((_, at) => drawn(plot.series, at)),
      Plot.text([title], { frameAnchor: "top-left", dx: 4, dy: 4, fontSize: 14, fontWeight: 600, fill: "var(--text)" }),
    ],
  });
};

const estimates = (plot, width) => {
  const rows = plot.estimates;
  const places = d3.max(rows.flatMap((row) => [row.value, row.low, row.high]),
    (number) => (String(number).split(".")[1] ?? "").length);
  const numbers = (row) =>
    `${row.value.toFixed(places)} (${row.low.toFixed(places)} to ${row.high.toFixed(places)})`;
  const diamonds = (_, { x, y }) => {
    const group = d3.create("svg:g").attr("fill", INK[0]);
    for (const row of rows.filter((each) => each.pooled)) {
      const [low, middle, high, at] = [x(row.low), x(row.value), x(row.high), y(row.name)];
      group.append("path").attr("d", `M${low},${at}L${middle},${at - 7}L${high},${at}L${middle},${at + 7}Z`);
    }
    return group.node();
  };
  return Plot.plot({
    width, marginLeft: 160, marginRight: 150, height: 60 + rows.length * 26,
    x: axis(plot.x), y: { domain: rows.map((row) => row.name), label: null },
    marks: [
      named(Plot.axisX, plot.x),
      ...(plot.marks ?? []).map((mark) => Plot.ruleX([mark.x], { stroke: "var(--muted)" })),
      Plot.ruleY(rows.filter((row) => !row.pooled), { y: "name", x1: "low", x2: "high", stroke: INK[0], strokeWidth: 2 }),
      Plot.dot(rows.filter((row) => !row.pooled), { x: "value", y: "name", fill: INK[0], symbol: "square", r: 5 }),
      diamonds,
      Plot.text(rows, { y: "name", text: numbers, frameAnchor: "right", textAnchor: "start", dx: 10, fill: "var(--muted)" }),
    ].filter(Boolean),
  });
};

const graph = (plot, width, height, title) =>
  Plot.plot({
    width, height, marginLeft: 56, marginBottom: 40, marginTop: 28, title: undefined,
    x: { ...axis(plot.x), grid: plot.grid }, y: { ...axis(plot.y), grid: plot.grid },
    marks: [
      named(Plot.axisX, plot.x),
      named(Plot.axisY, plot.y),
      ...(plot.bands ?? []).map((band) =>
        Plot.areaY(band.x, { x: band.x, y1: band.low, y2: band.high, fill: INK[0], fillOpacity: 0.15 })),
      ...(plot.series ?? []).map((_, at) => drawn(plot.series, at)),
      ...(plot.marks ?? []).flatMap((mark) => [
        mark.x !== undefined
          ? Plot.ruleX([mark.x], { stroke: "var(--muted)", strokeDasharray: "4 3" })
          : Plot.ruleY([mark.y], { stroke: "var(--muted)", strokeDasharray: "4 3" }),
        mark.text && Plot.text([mark], {
          x: mark.x !== undefined ? "x" : undefined, y: mark.y !== undefined ? "y" : undefined, text: "text",
          frameAnchor: mark.x !== undefined ? "top" : "right", dy: -7, textAnchor: mark.x !== undefined ? "start" : "end",
          dx: 4, fill: "var(--muted)",
        }),
      ]),
      Plot.text(plot.labels ?? [], { x: "x", y: "y", text: "text", textAnchor: "start", fill: "var(--muted)" }),
      title && Plot.text([title], { frameAnchor: "top", dy: -22, fontWeight: 600, fill: "var(--text)" }),
    ].filter(Boolean),
  });

const legend = (drawing) => {
  const box = document.createElement("p");
  box.className = "quiet";
  const seen = new Set();
  for (const plot of drawing.rows.flat()) {
    (plot.series ?? []).forEach((series, at) => {
      if (!series.name || seen.has(series.name)) return;
      seen.add(series.name);
      const { stroke, dash } = look(plot.series, at);
      const entry = document.createElement("span");
      if (series.style === "points") {
        const sign = document.createElement("strong");
        sign.style.color = stroke;
        sign.textContent = SIGNS[series.shape ?? "dot"];
        entry.append(sign);
      } else {
        const key = d3.create("svg").attr("width", 36).attr("height", 12);
        key.append("line").attr("x2", 32).attr("y1", 6).attr("y2", 6).attr("stroke", stroke)
          .attr("stroke-width", 2).attr("stroke-dasharray", dash);
        entry.append(key.node());
      }
      entry.append(` ${series.name}\u2003`);
      box.append(entry);
    });
  }
  return seen.size ? box : null;
};

const fill = (holder) => {
  const drawing = drawings[Number(holder.dataset.figure)];
  const room = Math.max(holder.clientWidth, 280);
  const rows = drawing.rows.map((plots, row) => {
    const line = document.createElement("div");
    line.className = "row";
    plots.forEach((plot, column) => {
      const title = drawing.titles?.[row]?.[column] ?? "";
      const width = Math.floor(room / plots.length);
      if (drawing.paper) line.append(tracing(plot, width, title, drawing.paper));
      else if (plot.estimates) line.append(estimates(plot, width));
      else line.append(graph(plot, width, drawing.rows.length > 1 ? 480 * (drawing.heights?.[row] ?? 1) / (drawing.heights ? d3.sum(drawing.heights) : drawing.rows.length) : 360, title));
    });
    return line;
  });
  holder.replaceChildren(...[...rows, legend(drawing)].filter(Boolean));
};

const fillAll = () => document.querySelectorAll(".drawing").forEach(fill);
fillAll();
let waiting;
window.addEventListener("resize", () => {
  clearTimeout(waiting);
  waiting = setTimeout(fillAll, 150);
});
