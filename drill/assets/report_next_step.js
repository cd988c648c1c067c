/* The pictures of the next-best-step report, and the drawing of all of them. */

const FEW = 10;
const tooSmall = (metric) => `n too small (${metric.n} of ${metric.minimum})`;
const accuracyRow = (name, metric) => shareRow(name, { ...metric, words: tooSmall(metric) }, `${metric.right}/${metric.n}`);
const bankRow = (bank) => {
  const row = shareRow(bank.label, { ...bank, dim: bank.n < FEW }, `${bank.right}/${bank.n}`);
  return { ...row, label: `\u2003${row.label}` };
};

/** Rows of proportions and, on the same columns, a difference. */
const compared = (width, rows, metric) => {
  const tail = metric.value === null ? [] : [[signed(metric.value * 100), `${signed(metric.low * 100)} to ${signed(metric.high * 100)} points`]];
  const cells = columnsOf(rows);
  const at = layout(width, [...rows.map((row) => row.label), "Difference"], cells);
  const wanted = 28 + Math.max(0, ...tail.map(([, text]) => widthOf(text))) + at.numbers[0];
  if (!at.narrow) at.marginRight = Math.max(at.marginRight, wanted);
  const below = { ...at, numbers: [at.numbers[0], Math.max(0, ...tail.map(([, text]) => widthOf(text))), 0] };
  return stacked(shares(width, rows, { at }), tail.length ? difference(width, metric, below) : null);
};

charts.against = (width) => {
  const { nbs_accuracy: nbs, other_accuracy: other, difference: gap } = data.next_step.metrics;
  return compared(width, [accuracyRow("Next best step", nbs), ...nbs.by_bank.map(bankRow), accuracyRow("All others", other)], gap);
};

charts.level = (width) => {
  const { nbs_recent: recent, nbs_level: level } = data.next_step.metrics;
  const rows = [];
  if (recent.value !== null) rows.push(accuracyRow("Last 5 study days", recent));
  if (level.value !== null) rows.push(shareRow("Level now", level, `n ${level.n}`), ...level.by_bank.map(bankRow));
  return shares(width, rows);
};

charts.subjects = (width) => {
  const subjects = data.next_step.metrics.by_subject;
  return shares(width, subjects.series.map((row) => {
    const name = row.verdict === "weaker" ? `${row.x} · weaker` : row.x;
    return shareRow(name, { ...row, dim: row.n < FEW }, `${row.right}/${row.n}`);
  }), { rule: subjects.value });
};

charts.flags = (width) => {
  const metric = data.next_step.metrics.flagged;
  const row = (name, part) => shareRow(name, part, `${part.right}/${part.n}`);
  return compared(width, [row("Flagged", metric.flagged), row("Not flagged", metric.unflagged)], metric);
};

const WHEN = { later: "too early", earlier: "too late", never: "not indicated", harmful: "harmful" };
charts.when = (width) => {
  const table = data.next_step.metrics.when_table;
  return bars(width, Object.entries(WHEN).map(([key, words]) => {
    const point = table.series.find((row) => row.x === key);
    const count = table.counts[key] ?? 0;
    const known = point && point.value !== null;
    return {
      label: words, parts: [{ size: count, fill: C.muted }],
      numbers: [String(count), known ? share(point.value) : "", known ? between(point) : ""],
    };
  }));
};

charts.changes = (width) => {
  const { wr, rw, ww } = data.next_step.metrics.answer_changes;
  let from = 0;
  const parts = [[wr, C.accent, C.page], [rw, C.muted, C.page], [ww, C.hair, C.text]].filter(([size]) => size)
    .map(([size, fill, ink]) => ({ size, fill, ink, x1: from, x2: (from += size) }));
  return draw(width, {
    height: 36, marginLeft: 0, marginRight: 0, marginTop: 2, marginBottom: 4,
    x: { domain: [0, wr + rw + ww], axis: null }, y: { domain: [0, 1], axis: null },
    marks: [
      Plot.rect(parts, { x1: "x1", x2: "x2", y1: 0, y2: 1, fill: "fill", insetLeft: 1, insetRight: 1 }),
      words(parts.filter((part) => (part.size / (wr + rw + ww)) * width > 26), {
        x: (part) => (part.x1 + part.x2) / 2, y: 0.5, text: (part) => String(part.size), fill: "ink", fontWeight: 650,
      }),
    ],
  });
};

charts.reasons = (width) => {
  const named = JSON.parse(document.querySelector('[data-chart="reasons"]').dataset.names);
  const { counts, next_best_step: steps } = data.next_step.metrics.miss_reasons;
  return bars(width, named.map(([key, name]) => ({
    label: name,
    parts: [{ size: steps[key] ?? 0, fill: C.accent }, { size: counts[key] - (steps[key] ?? 0), fill: C.muted }],
    numbers: [String(counts[key]), `${steps[key] ?? 0} next best step`],
  })));
};

/* Drawing: on opening, when the window changes, and for paper. */

const PAPER = 680, PAPER_COLUMN = 324;
const paperWidth = (node) => (node.closest(".columns:not(.table-first)") ? PAPER_COLUMN : PAPER);
const drawAll = (paper) => {
  for (const node of document.querySelectorAll("[data-chart]")) {
    const width = Math.max(Math.floor(paper ? paperWidth(node) : node.parentElement.clientWidth), 200);
    if (node.drawn === width) continue;
    try {
      node.replaceChildren(charts[node.dataset.chart](width));
      node.drawn = width;
    } catch (error) {
      console.error(`${node.dataset.chart}: ${error.stack ?? error}`);
    }
  }
};

for (const details of document.querySelectorAll("details[open]")) details.open = false;
drawAll(false);
document.documentElement.classList.add("drawn");
let waiting = 0;
addEventListener("resize", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => drawAll(matchMedia("print").matches), 120);
});
addEventListener("beforeprint", () => drawAll(true));
addEventListener("afterprint", () => drawAll(false));
