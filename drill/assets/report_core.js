/* Shared by all pictures: the figures of the page, its colours, and rows with labels and numbers. */
"use strict";

const figures = JSON.parse(document.getElementById("drill-figures").textContent);
/** How each kind of figure is drawn: (width in pixels, figure) -> element. */
const kinds = {};

const C = {
  page: "var(--page)", text: "var(--text)", muted: "var(--muted)", faint: "var(--faint)",
  hair: "var(--hair)", accent: "var(--accent)", right: "var(--right)", wrong: "var(--wrong)",
};
const FONT = '13px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
const LEAST_PLOT = 150;

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

/** The first block, then round ones. */
const blockTicks = (first, last, width) => {
  const step = [5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000].find((s) => ((last - first) / s) * 44 <= width) ?? 5000;
  if (last - first <= 8 && width > 200) return d3.range(first, last + 1);
  return [first, ...d3.range(Math.ceil((first + 0.4 * step) / step) * step, last + 1, step)];
};
