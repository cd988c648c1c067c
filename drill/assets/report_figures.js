/* Each kind of figure but the trend, and the drawing of all of them. */

/** Labels and numbers of a forest's row. */
const labelled = (row) => ({
  ...row,
  label: `${row.nested ? "\u2003" : ""}${row.label}${row.mark ? ` · ${row.mark}` : ""}`,
  numbers: row.value === null ? ["", "", row.numbers[0]] : row.numbers,
});

/** Dots with intervals on labelled rows over one scale. */
const forest = (width, rows, { at, domain, ticks, rule = null, fill = C.accent }) => {
  const known = rows.map((row, index) => ({ ...row, index })).filter((row) => row.value !== null);
  const dim = (row) => (row.dim ? 0.5 : 1);
  const values = ticks.map((tick) => tick.value);
  return draw(width, {
    height: rows.length * at.rowHeight + 26 + (at.narrow ? 12 : 4),
    marginLeft: at.marginLeft, marginRight: at.marginRight, marginTop: at.narrow ? 12 : 4, marginBottom: 22,
    x: { domain, axis: null, clamp: true },
    y: { domain: [rows.length - 0.5, -0.5], axis: null },
    marks: [
      Plot.gridX(values, { stroke: C.hair, strokeOpacity: 1 }),
      Plot.axisX(values, { tickSize: 0, tickFormat: (_, index) => ticks[index].text, fill: C.muted, fontSize: 12, label: null }),
      rule === null ? null : Plot.ruleX([rule], { stroke: C.muted, strokeWidth: 1.5 }),
      Plot.ruleY(known.filter((row) => row.low !== null), {
        x1: "low", x2: "high", y: "index", stroke: C.muted, strokeWidth: 2, strokeLinecap: "round", strokeOpacity: dim,
      }),
      Plot.dot(known, { x: "value", y: "index", r: 5, fill, fillOpacity: dim, stroke: C.page, strokeWidth: 1.5 }),
      ...rowTexts(rows, at),
    ],
  });
};

kinds.forest = (width, figure) => {
  const rows = figure.rows.map(labelled);
  const tail = figure.difference?.value != null ? { ...figure.difference, numbers: [...figure.difference.numbers, ""] } : null;
  const at = layout(width, [...rows, ...(tail ? [tail] : [])].map((row) => row.label), columnsOf(rows));
  const interval = tail ? widthOf(tail.numbers[1]) : 0;
  if (tail && !at.narrow) at.marginRight = Math.max(at.marginRight, 28 + interval + at.numbers[0]);
  const ticks = width - at.marginLeft - at.marginRight < 190 ? [figure.ticks[0], figure.ticks.at(-1)] : figure.ticks;
  return stacked(
    forest(width, rows, { at, domain: [figure.low, 1], ticks, rule: figure.rule }),
    tail && forest(width, [tail], {
      at: { ...at, numbers: [at.numbers[0], interval, 0] }, domain: [-figure.edge, figure.edge],
      ticks: figure.difference_ticks, rule: 0, fill: C.text,
    }),
  );
};

kinds.bars = (width, figure) => {
  const rows = figure.rows.map((bar) => ({ ...bar, label: bar.label.replace(/\s+/g, " ").trim() }));
  const at = layout(width, rows.map((row) => row.label), columnsOf(rows));
  const most = Math.max(1e-9, ...rows.map((row) => d3.sum(row.parts)));
  const parts = rows.flatMap((row, index) => {
    let from = 0;
    return row.parts.map((size, part) => ({
      index, fill: part < row.parts.length - 1 ? C.accent : C.muted, x1: from, x2: (from += size),
    }));
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

kinds.segments = (width, { parts }) => {
  const looks = [[C.accent, C.page], [C.muted, C.page], [C.hair, C.text]];
  const total = d3.sum(parts, ([count]) => count);
  let from = 0;
  const rows = parts.map(([size], index) => ({ size, fill: looks[index][0], ink: looks[index][1], x1: from, x2: (from += size) }))
    .filter((row) => row.size);
  return draw(width, {
    height: 36, marginLeft: 0, marginRight: 0, marginTop: 2, marginBottom: 4,
    x: { domain: [0, total], axis: null }, y: { domain: [0, 1], axis: null },
    marks: [
      Plot.rect(rows, { x1: "x1", x2: "x2", y1: 0, y2: 1, fill: "fill", insetLeft: 1, insetRight: 1 }),
      words(rows.filter((row) => (row.size / total) * width > 26), {
        x: (row) => (row.x1 + row.x2) / 2, y: 0.5, text: (row) => String(row.size), fill: "ink", fontWeight: 650,
      }),
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

kinds.dots = (width, { lanes, low, high, rule, sides, stacked: piledInCells }) => {
  const domain = [low.value, high.value];
  const rows = lanes.map(({ label, values, result }) => ({
    values, fill: result === null ? C.accent : result ? C.right : C.wrong, cross: result === false,
    label: piledInCells === null ? `${label} ${values.length}` : label,
  }));
  const marginLeft = 10 + Math.max(...rows.map((row) => (row.label ? widthOf(row.label) + 12 : 0)));
  const marginRight = 16, pixels = width - marginLeft - marginRight;
  let radius = rows.length > 1 ? 4.5 : 6;
  const piled = () => rows.map((row) => pile(row.values, domain, pixels, rule.value, radius));
  let piles = piled();
  while (radius > 2 && Math.max(...piles.map(pileHeight)) * (2 * radius + 1.5) > 130) {
    radius -= 0.5;
    piles = piled();
  }
  const unit = 2 * radius + 1.5;
  const tops = [];
  let height = 0;
  piles.forEach((dots, index) => {
    height += Math.max(pileHeight(dots), 2) * unit + (index ? 12 : 0);
    tops.push(height);
  });
  const marginTop = sides.length ? 24 : 8;
  const y = (dot) => tops[dot.lane] - (dot.level + 0.5) * unit;
  const all = piles.flatMap((dots, lane) => dots.map((dot) => ({ ...dot, lane })));
  const ends = [low, high].filter((end) => Math.abs(end.value - rule.value) / (high.value - low.value) * pixels > 64);
  return draw(width, {
    height: height + marginTop + 26, marginLeft, marginRight, marginTop, marginBottom: 26,
    x: { domain, axis: null }, y: { domain: [height, 0], axis: null },
    marks: [
      Plot.ruleY(tops, { y: (top) => top + 1, stroke: C.hair }),
      Plot.ruleX([rule.value], { stroke: C.muted, strokeWidth: 1.5 }),
      ...sides.map((text, right) => words([text], {
        x: rule.value, frameAnchor: "top", dy: -14, dx: right ? 8 : -8, text: String, fontSize: 12,
        textAnchor: right ? "start" : "end",
      })),
      ...rows.map((row, index) => Plot.dot(all.filter((dot) => dot.lane === index), {
        x: "x", y, r: row.cross ? radius - 1 : radius, symbol: row.cross ? "times" : "circle",
        fill: row.cross ? "none" : row.fill, stroke: row.cross ? row.fill : "none", strokeWidth: 2,
      })),
      words(rows, {
        y: (row, index) => tops[index] - unit / 2, frameAnchor: "left", textAnchor: "start", dx: -marginLeft,
        text: "label", fill: C.text,
      }),
      words([rule], { x: "value", frameAnchor: "bottom", dy: 18, text: "text", fill: C.text, fontWeight: 650, fontSize: 12 }),
      ...ends.map((end) => words([end], {
        x: "value", frameAnchor: "bottom", dy: 18, text: "text", fontSize: 12, textAnchor: end === low ? "start" : "end",
      })),
    ],
  });
};

kinds.strip = (width, { rows, heads, edge, ends }) => {
  const numbers = columnsOf(rows).slice(0, 2).map((cells, column) => [...cells, heads[column]]);
  const at = layout(width, rows.map((row) => row.label), numbers);
  const dots = rows.flatMap((row, index) => row.earlier.map((value) => ({ value, index })));
  const last = rows.map((row, index) => ({ value: row.last, index })).filter((row) => row.value !== null);
  const above = at.narrow ? [] : heads.map((text, column) => words([text], {
    frameAnchor: "top-right", textAnchor: "end", dy: -12, fontSize: 12, text: String,
    dx: 14 + at.numbers[0] + (column ? 14 + at.numbers[1] : 0),
  }));
  return draw(width, {
    height: rows.length * at.rowHeight + 44, marginLeft: at.marginLeft, marginRight: at.marginRight, marginTop: 20, marginBottom: 24,
    x: { domain: [-edge, edge], axis: null }, y: { domain: [rows.length - 0.5, -0.5], axis: null },
    marks: [
      Plot.ruleY(d3.range(rows.length), { stroke: C.hair }),
      Plot.ruleX([0], { stroke: C.muted, strokeWidth: 1.5 }),
      Plot.dot(dots, { x: "value", y: "index", r: 3.5, fill: C.muted, fillOpacity: 0.45 }),
      Plot.dot(last, { x: "value", y: "index", r: 5.5, fill: C.accent, stroke: C.page, strokeWidth: 1.5 }),
      ...above, ...rowTexts(rows, at),
      ...["start", "middle", "end"].map((textAnchor, index) => words([ends[index]], {
        x: (index - 1) * edge, frameAnchor: "bottom", dy: 16, fontSize: 12, textAnchor, text: String,
      })),
    ],
  });
};

kinds.columns = (width, { rows: blocks, top, on_page_only: tall }) => {
  const rows = blocks.map(([x, value, hollow, below]) => ({ x, value, hollow, below }));
  const most = Math.max(1e-9, ...rows.map((row) => row.value));
  const under = rows.filter((row) => row.below);
  const [first, last] = d3.extent(rows, (row) => row.x);
  const edge = widthOf(top) + 10;
  const step = (width - edge) / (last - first + 1);
  const half = step > 5 ? Math.min(0.36, 12 / step) : 0.5;
  return draw(width, {
    height: tall ? 118 : 72, marginLeft: edge, marginRight: 0, marginTop: 12, marginBottom: under.length ? 38 : 22,
    x: { domain: [first - 0.5, last + 0.5], axis: null }, y: { domain: [0, most], axis: null },
    marks: [
      Plot.ruleY([0], { stroke: C.hair }),
      words([most], { x: first - 0.5, y: (value) => value, text: () => top, textAnchor: "end", dx: -6, fontSize: 12 }),
      Plot.rect(rows, {
        x1: (row) => row.x - half, x2: (row) => row.x + half, y1: 0, y2: "value",
        fill: (row) => (row.hollow ? C.page : C.muted), fillOpacity: (row) => (row.hollow ? 1 : 0.75),
        stroke: (row) => (row.hollow ? C.faint : "none"),
      }),
      step > 13
        ? words(under, { x: "x", y: 0, dy: 9, text: "below", fontSize: 11, fill: C.text })
        : Plot.dot(under, { x: "x", y: 0, dy: 8, r: 1.5, fill: C.text }),
      Plot.axisX(blockTicks(first, last, width), {
        tickSize: 0, fill: C.muted, fontSize: 12, tickFormat: String, label: null, tickPadding: under.length ? 19 : 6,
      }),
    ],
  });
};

kinds.ladder = (width, { evidence, ease, tighten }) => {
  const at = Math.min(Math.max(evidence, ease.value), tighten.value);
  const side = 62, even = width < 360 ? "1" : "1, undecided";
  return draw(width, {
    height: 56, marginLeft: side, marginRight: side, marginTop: 14, marginBottom: 26,
    x: { type: "log", domain: [ease.value, tighten.value], axis: null }, y: { domain: [0, 1], axis: null },
    marks: [
      Plot.ruleY([0.5], { stroke: C.hair, strokeWidth: 2 }),
      Plot.ruleX([ease.value, 1, tighten.value], { stroke: C.muted, y1: 0, y2: 1 }),
      Plot.ruleY([0.5], { x1: Math.min(at, 1), x2: Math.max(at, 1), stroke: C.accent, strokeWidth: 3 }),
      Plot.dot([at], { x: (value) => value, y: 0.5, r: 6, fill: C.accent, stroke: C.page, strokeWidth: 1.5 }),
      words(["longer"], { frameAnchor: "left", textAnchor: "end", dx: -12, text: String, fill: C.text }),
      words(["shorter"], { frameAnchor: "right", textAnchor: "start", dx: 12, text: String, fill: C.text }),
      words([ease, { value: 1, text: even }, tighten], { x: "value", frameAnchor: "bottom", dy: 18, text: "text", fontSize: 12 }),
    ],
  });
};

/* Drawing: on opening, when the window changes, and for paper. */

const PAPER = 680, PAPER_COLUMN = 324;
const paperWidth = (node) => (node.closest(".columns:not(.table-first)") ? PAPER_COLUMN : PAPER);
const drawAll = (paper) => {
  for (const node of document.querySelectorAll("[data-figure]")) {
    const width = Math.max(Math.floor(paper ? paperWidth(node) : node.parentElement.clientWidth), 200);
    if (node.drawn === width) continue;
    try {
      const figure = figures[node.dataset.figure];
      node.replaceChildren(kinds[figure.kind](width, figure));
      node.drawn = width;
    } catch (error) {
      console.error(`${node.dataset.figure}: ${error.stack ?? error}`);
    }
  }
};

for (const details of document.querySelectorAll("details[open]:not(.fold)")) details.open = false;
drawAll(false);
document.documentElement.classList.add("drawn");
let waiting = 0;
addEventListener("resize", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => drawAll(matchMedia("print").matches), 120);
});
addEventListener("beforeprint", () => drawAll(true));
addEventListener("afterprint", () => drawAll(false));
