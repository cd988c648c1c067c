/* Shared by all pictures: figures in words (the same rounding as the text reports), scales, rows with labels. */
"use strict";

const data = JSON.parse(document.getElementById("drill-data").textContent);
const charts = {};

const C = {
  page: "var(--page)", text: "var(--text)", muted: "var(--muted)", faint: "var(--faint)",
  hair: "var(--hair)", accent: "var(--accent)", right: "var(--right)", wrong: "var(--wrong)",
};
const FONT = '13px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
const LEAST_PLOT = 150;

/** Halves away from zero. */
const whole = (value) => {
  const size = Math.floor(Math.abs(value) + 0.5);
  return value < 0 && size ? -size : size;
};
const share = (value) => `${whole(value * 100)}%`;
const signed = (value) => (whole(value) > 0 ? `+${whole(value)}` : `${whole(value)}`);
const between = (row) => (row.low === null ? "" : `${whole(row.low * 100)}-${whole(row.high * 100)}`);
const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
const clock = (ms) => {
  const seconds = Math.floor(Math.max(ms, 0) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};
const left = (ms) => clock(Math.max(ms, 0) + 999);
const paced = (ms) => (Math.abs(ms) < 1000 ? "on pace" : `${clock(Math.abs(ms))} ${ms > 0 ? "ahead" : "behind"}`);
const label = (text) =>
  String(text).replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, " ")
    .replace(/\s+/g, " ").trim();

const ruler = document.createElement("canvas").getContext("2d");
const widthOf = (text) => {
  ruler.font = FONT;
  return ruler.measureText(text).width;
};
/** Cut to a width in pixels. */
const fitted = (text, room) => {
  if (widthOf(text) <= room) return text;
  let end = text.length;
  while (end > 1 && widthOf(`${text.slice(0, end)}…`) > room) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
};

/** Plot with the page's type and colours. */
const draw = (width, options) =>
  Plot.plot({
    width,
    style: { font: "inherit", fontSize: "13px", color: C.muted, background: "none", overflow: "visible" },
    ...options,
    marks: options.marks.filter(Boolean),
  });

/** Words inside a picture. */
const words = (rows, options) => Plot.text(rows, { fill: C.muted, fontSize: 13, lineAnchor: "middle", ...options });

/** Several pictures under one another. */
const stacked = (...parts) => {
  const box = document.createElement("div");
  box.append(...parts.filter(Boolean));
  return box;
};

/** Columns of a picture with labelled rows: where labels, plot and numbers stand. */
const layout = (width, names, columns) => {
  const numbers = columns.map((cells) => Math.max(0, ...cells.map((text) => widthOf(text))));
  const right = numbers.reduce((sum, cells) => sum + (cells ? cells + 14 : 0), 0);
  const named = Math.min(Math.max(0, ...names.map(widthOf)) + 18, width * 0.4);
  const narrow = width - named - right < LEAST_PLOT;
  return {
    narrow, numbers, width,
    marginLeft: narrow ? 16 : named,
    marginRight: narrow ? 18 : Math.max(right, 18),
    rowHeight: narrow ? 40 : 28,
    room: narrow ? width - right - 8 : named - 12,
  };
};

/** Marks for the labels at the left and the numbers at the right of rows (above them where it is narrow). */
const rowTexts = (rows, at) => {
  const dim = (row) => (row.dim ? 0.6 : 1);
  const up = at.narrow ? -15 : 0;
  const base = { y: (row, index) => index, fillOpacity: dim, dy: up };
  const marks = [
    words(rows, {
      ...base, frameAnchor: "left", textAnchor: "start", dx: -at.marginLeft, fill: C.text,
      text: (row) => fitted(row.label, at.room),
    }),
  ];
  let edge = at.narrow ? at.marginRight - at.numbers.reduce((sum, cells) => sum + (cells ? cells + 14 : 0), 0) : 0;
  at.numbers.forEach((cells, column) => {
    if (!cells) return;
    edge += cells + 14;
    marks.push(words(rows, {
      ...base, frameAnchor: "right", textAnchor: "end", dx: edge, text: (row) => row.numbers[column],
      fill: column ? C.muted : C.text, fontWeight: column ? 400 : 650,
    }));
  });
  return marks;
};

const columnsOf = (rows) => [0, 1, 2].map((column) => rows.map((row) => row.numbers[column] ?? ""));

/** Where a scale of proportions starts: 0, 20 or 40 %. */
const shareStart = (rows) => {
  const lowest = Math.min(1, ...rows.map((row) => row.low ?? row.value ?? 1));
  return lowest > 0.42 ? 0.4 : lowest > 0.22 ? 0.2 : 0;
};

/** A proportion with its interval as a row. */
const shareRow = (name, row, raw) => ({
  label: label(name), value: row.value, low: row.low, high: row.high, dim: row.dim,
  numbers: row.value === null ? ["", "", row.words ?? ""] : [share(row.value), between(row), raw],
});

/** Dots with intervals on labelled rows: proportions, or differences around a rule. */
const forest = (width, rows, { at, domain, ticks, tickFormat = share, rule = null, plainDots = false }) => {
  const known = rows.map((row, index) => ({ ...row, index })).filter((row) => row.value !== null);
  const dim = (row) => (row.dim ? 0.5 : 1);
  return draw(width, {
    height: rows.length * at.rowHeight + 26 + (at.narrow ? 12 : 4),
    marginLeft: at.marginLeft, marginRight: at.marginRight, marginTop: at.narrow ? 12 : 4, marginBottom: 22,
    x: { domain, axis: null, clamp: true },
    y: { domain: [rows.length - 0.5, -0.5], axis: null },
    marks: [
      Plot.gridX(ticks, { stroke: C.hair, strokeOpacity: 1 }),
      Plot.axisX(ticks, { tickSize: 0, tickFormat, fill: C.muted, fontSize: 12, label: null }),
      rule === null ? null : Plot.ruleX([rule], { stroke: C.muted, strokeWidth: 1.5 }),
      Plot.ruleY(known.filter((row) => row.low !== null), {
        x1: "low", x2: "high", y: "index", stroke: C.muted, strokeWidth: 2, strokeLinecap: "round", strokeOpacity: dim,
      }),
      Plot.dot(known, {
        x: "value", y: "index", r: 5, fill: plainDots ? C.text : C.accent, fillOpacity: dim,
        stroke: C.page, strokeWidth: 1.5,
      }),
      ...rowTexts(rows, at),
    ],
  });
};

const shares = (width, rows, more = {}) => {
  const start = shareStart(rows);
  const at = more.at ?? layout(width, rows.map((row) => row.label), columnsOf(rows));
  const room = width - at.marginLeft - at.marginRight;
  const ticks = room < 190 ? [start, 1] : d3.range(start, 1.1, 0.2);
  return forest(width, rows, { domain: [start, 1], ticks, ...more, at });
};

/** A difference over a rule at "same", on the same columns as the rows above it. */
const difference = (width, metric, at) => {
  const most = Math.max(...[metric.value, metric.low, metric.high].map((end) => Math.abs(end ?? 0)));
  const edge = [0.2, 0.4, 0.6, 0.8].find((step) => most <= step) ?? 1;
  const points = whole(edge * 100);
  const row = {
    label: "Difference", value: metric.value, low: metric.low, high: metric.high,
    numbers: [signed(metric.value * 100), metric.low === null ? "" : `${signed(metric.low * 100)} to ${signed(metric.high * 100)} points`, ""],
  };
  return forest(width, [row], {
    domain: [-edge, edge], ticks: [-edge, 0, edge], rule: 0, at, plainDots: true,
    tickFormat: (value) => (value === 0 ? "same" : value < 0 ? `-${points}` : `+${points}`),
  });
};

/** Bars from zero on labelled rows; each row has parts [{size, fill}]. */
const bars = (width, rows) => {
  const at = layout(width, rows.map((row) => row.label), columnsOf(rows));
  const most = Math.max(1e-9, ...rows.map((row) => d3.sum(row.parts, (part) => part.size)));
  const parts = rows.flatMap((row, index) => {
    let from = 0;
    return row.parts.map((part) => ({ index, fill: part.fill, x1: from, x2: (from += part.size) }));
  });
  const half = at.narrow ? 0.09 : 0.15;
  return draw(width, {
    height: rows.length * at.rowHeight + 8, marginLeft: at.marginLeft, marginRight: at.marginRight,
    marginTop: 4, marginBottom: 4,
    x: { domain: [0, most], axis: null }, y: { domain: [rows.length - 0.5, -0.5], axis: null },
    marks: [
      Plot.rect(parts, { x1: "x1", x2: "x2", y1: (part) => part.index - half, y2: (part) => part.index + half, fill: "fill", rx: 1 }),
      ...rowTexts(rows, at),
    ],
  });
};

/** Dots piled up without overlap: pixel-wide bins whose edge falls on `anchor`, so no dot crosses the rule. */
const pile = (values, [low, high], pixels, anchor, radius) => {
  const bin = ((2 * radius + 1.5) / pixels) * (high - low);
  const heights = new Map();
  return [...values].sort((a, b) => a - b).map((value) => {
    const index = Math.ceil((value - anchor) / bin) - 1;
    const level = heights.get(index) ?? 0;
    heights.set(index, level + 1);
    return { x: anchor + (index + 0.5) * bin, level, value };
  });
};
const pileHeight = (piles) => Math.max(1, ...piles.map((dot) => dot.level + 1));

/** Small columns, one a block. */
const blockColumns = (width, series, { height = 72, value, format = String, hollow = () => false, below = () => "" }) => {
  const rows = series.filter((row) => value(row) !== null);
  const most = Math.max(1e-9, ...rows.map(value));
  const marks = rows.some(below);
  const [first, last] = d3.extent(rows, (row) => row.x);
  const edge = widthOf(format(most)) + 10;
  const step = (width - edge) / (last - first + 1);
  const half = step > 5 ? Math.min(0.36, 12 / step) : 0.5;
  const under = rows.filter((row) => below(row));
  return draw(width, {
    height, marginLeft: edge, marginRight: 0, marginTop: 12, marginBottom: marks ? 38 : 22,
    x: { domain: [first - 0.5, last + 0.5], axis: null }, y: { domain: [0, most], axis: null },
    marks: [
      Plot.ruleY([0], { stroke: C.hair }),
      words([most], { x: first - 0.5, y: (top) => top, text: format, textAnchor: "end", dx: -6, fontSize: 12 }),
      Plot.rect(rows, {
        x1: (row) => row.x - half, x2: (row) => row.x + half, y1: 0, y2: value,
        fill: (row) => (hollow(row) ? C.page : C.muted), fillOpacity: (row) => (hollow(row) ? 1 : 0.75),
        stroke: (row) => (hollow(row) ? C.faint : "none"),
      }),
      step > 13
        ? words(under, { x: "x", y: 0, dy: 9, text: below, fontSize: 11, fill: C.text })
        : Plot.dot(under, { x: "x", y: 0, dy: 8, r: 1.5, fill: C.text }),
      Plot.axisX(blockTicks(first, last, width), { tickSize: 0, fill: C.muted, fontSize: 12, tickFormat: String, label: null, tickPadding: marks ? 19 : 6 }),
    ],
  });
};

/** The first block, then round ones. */
const blockTicks = (first, last, width) => {
  const step = [5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000].find((s) => ((last - first) / s) * 44 <= width) ?? 5000;
  if (last - first <= 8 && width > 200) return d3.range(first, last + 1);
  return [first, ...d3.range(Math.ceil((first + 0.4 * step) / step) * step, last + 1, step)];
};
