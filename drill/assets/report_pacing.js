/* The pictures of the pacing report. */

/** A strip of piled dots over a rule, with labels at the rule and at both ends. */
const strip = (width, lanes, { domain, rule, ruleText, format, marginLeft, radius = 5.5, endTexts = [] }) => {
  const marginRight = 16, pixels = width - marginLeft - marginRight;
  const piled = () => lanes.map((lane) => pile(lane.values, domain, pixels, rule, radius));
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
  const marginTop = endTexts.length ? 24 : 8;
  const y = (dot) => tops[dot.lane] - (dot.level + 0.5) * unit;
  const all = piles.flatMap((dots, lane) => dots.map((dot) => ({ ...dot, lane })));
  const ends = domain.filter((end) => Math.abs(end - rule) / (domain[1] - domain[0]) * pixels > 64);
  return draw(width, {
    height: height + marginTop + 26, marginLeft, marginRight, marginTop, marginBottom: 26,
    x: { domain, axis: null }, y: { domain: [height, 0], axis: null },
    marks: [
      Plot.ruleY(tops, { y: (top) => top + 1, stroke: C.hair }),
      Plot.ruleX([rule], { stroke: C.muted, strokeWidth: 1.5 }),
      ...endTexts.map(([text, side]) => words([text], {
        x: rule, frameAnchor: "top", dy: -14, dx: side === "left" ? -8 : 8, text: String, fontSize: 12,
        textAnchor: side === "left" ? "end" : "start",
      })),
      ...lanes.map((lane, index) => Plot.dot(all.filter((dot) => dot.lane === index), {
        x: "x", y, r: lane.cross ? radius - 1 : radius, symbol: lane.cross ? "times" : "circle",
        fill: lane.cross ? "none" : lane.fill, stroke: lane.cross ? lane.fill : "none", strokeWidth: 2,
      })),
      words(lanes, {
        y: (lane, index) => tops[index] - unit / 2, frameAnchor: "left", textAnchor: "start", dx: -marginLeft,
        text: "label", fill: C.text,
      }),
      words([rule], { x: rule, frameAnchor: "bottom", dy: 18, text: () => ruleText, fill: C.text, fontWeight: 650, fontSize: 12 }),
      ...ends.map((end) => words([end], {
        x: end, frameAnchor: "bottom", dy: 18, text: format, fontSize: 12, textAnchor: end === domain[0] ? "start" : "end",
      })),
    ],
  });
};

charts.finish = (width) => {
  const finish = data.pacing.metrics.finish_probability;
  const limit = finish.limit_ms, half = 30_000, minute = 60_000;
  const low = Math.min(Math.floor(Math.min(...finish.dots_ms, limit) / half) * half, limit - minute);
  const high = Math.max(Math.ceil(Math.max(...finish.dots_ms, limit) / half) * half, limit + minute);
  return strip(width, [{ values: finish.dots_ms, fill: C.accent, label: "" }], {
    domain: [low, high], rule: limit, ruleText: clock(limit), format: clock, marginLeft: 10, radius: 6,
    endTexts: [["finishes", "left"], ["runs out", "right"]],
  });
};

charts.checkpoints = (width) => {
  const blocks = data.pacing.metrics.allowance.series.filter((row) => row.eligible);
  const latest = blocks.at(-1);
  const rows = [["item 5", "slack_5_ms"], ["item 10", "slack_10_ms"], ["item 15", "slack_15_ms"], ["end", "end_slack_ms"]]
    .map(([name, key]) => {
      const known = blocks.map((row) => row[key]).filter((slack) => slack !== null);
      const end = key === "end_slack_ms", mine = latest[key];
      const said = mine === null ? "no time" : end ? (mine ? `${left(mine)} left` : "ran out") : paced(mine);
      const behind = end ? "" : `${known.filter((slack) => slack < 0).length}/${known.length}`;
      return { label: name, known, mine, earlier: blocks.slice(0, -1).map((row) => row[key]), numbers: [said, behind] };
    })
    .filter((row) => row.known.length);
  const at = layout(width, rows.map((row) => row.label), [...columnsOf(rows).slice(0, 2).map((cells, column) => (column ? [...cells, "behind"] : [...cells, "last block"]))]);
  const most = Math.max(0, ...rows.flatMap((row) => row.known).map(Math.abs));
  const edge = Math.max(Math.ceil(most / 60_000), 1) * 60_000;
  const dots = rows.flatMap((row, index) => row.earlier.filter((slack) => slack !== null).map((slack) => ({ slack, index })));
  const last = rows.map((row, index) => ({ slack: row.mine, index })).filter((row) => row.slack !== null);
  const heads = at.narrow ? [] : ["last block", "behind"].map((text, column) => words([text], {
    frameAnchor: "top-right", textAnchor: "end", dy: -12, fontSize: 12, text: String,
    dx: 14 + at.numbers[0] + (column ? 14 + at.numbers[1] : 0),
  }));
  return draw(width, {
    height: rows.length * at.rowHeight + 44, marginLeft: at.marginLeft, marginRight: at.marginRight, marginTop: 20, marginBottom: 24,
    x: { domain: [-edge, edge], axis: null }, y: { domain: [rows.length - 0.5, -0.5], axis: null },
    marks: [
      Plot.ruleY(d3.range(rows.length), { stroke: C.hair }),
      Plot.ruleX([0], { stroke: C.muted, strokeWidth: 1.5 }),
      Plot.dot(dots, { x: "slack", y: "index", r: 3.5, fill: C.muted, fillOpacity: 0.45 }),
      Plot.dot(last, { x: "slack", y: "index", r: 5.5, fill: C.accent, stroke: C.page, strokeWidth: 1.5 }),
      ...heads, ...rowTexts(rows, at),
      ...[[-edge, `${clock(edge)} behind`, "start"], [0, "even", "middle"], [edge, `${clock(edge)} ahead`, "end"]]
        .map(([end, text, textAnchor]) => words([text], {
          x: end, frameAnchor: "bottom", dy: 16, fontSize: 12, textAnchor, text: String,
        })),
    ],
  });
};

charts.left = (width) =>
  blockColumns(width, data.pacing.metrics.allowance.series, {
    height: 118, value: (row) => Math.max(row.end_slack_ms, 0), format: clock, hollow: (row) => !row.eligible,
    below: (row) => (row.unreached ? String(row.unreached) : ""),
  });

charts.drift = (width) =>
  bars(width, data.pacing.metrics.drift_speed.bins.filter((bin) => bin.value !== null).map((bin) => ({
    label: `items ${bin.first}-${bin.last}`, parts: [{ size: bin.value, fill: C.muted }],
    numbers: [`${whole(bin.value)} s`, `n ${bin.n}`],
  })));

charts.sinks = (width) => {
  const dots = data.pacing.metrics.time_sinks.dots;
  const lane = (right) => dots.filter((dot) => dot.right === right).map((dot) => dot.time_ms / 1000);
  const high = Math.ceil(Math.max(150, ...dots.map((dot) => dot.time_ms / 1000)) / 30) * 30;
  return strip(width, [
    { values: lane(true), fill: C.right, label: `right ${lane(true).length}` },
    { values: lane(false), fill: C.wrong, label: `wrong ${lane(false).length}`, cross: true },
  ], { domain: [60, high], rule: 90, ruleText: "90 s", format: (end) => `${end} s`, marginLeft: 78, radius: 4.5 });
};

const perBlock = (name) => (width) =>
  blockColumns(width, data.pacing.metrics[name].series.filter((row) => row.eligible), { value: (row) => row.value });
charts.sinks_by_block = perBlock("time_sinks");
charts.rapid_by_block = perBlock("rapid");

charts.ratio = (width) => {
  const { wrong_dots_s: wrong, right_dots_s: right } = data.pacing.metrics.wrong_right_ratio;
  const low = Math.floor(Math.min(...wrong, ...right, 90) / 10) * 10;
  const high = Math.max(Math.ceil(Math.max(...wrong, ...right, 90) / 10) * 10, low + 10);
  return strip(width, [
    { values: wrong, fill: C.wrong, label: "wrong", cross: true }, { values: right, fill: C.right, label: "right" },
  ], { domain: [low, high], rule: 90, ruleText: "90 s", format: (end) => `${end} s`, marginLeft: 58, radius: 4.5 });
};

charts.speed = (width) =>
  shares(width, data.pacing.metrics.speed_accuracy.bins.filter((row) => row.value !== null)
    .map((row) => shareRow(row.label, row, `${row.right}/${row.n}`)));

charts.experiment = (width) => {
  const metric = data.pacing.metrics.pace_experiment;
  const rows = metric.arms.map((arm) => shareRow(`${arm.target_s} s`, arm, `${arm.right}/${arm.n}`));
  return compared(width, rows.reverse(), metric);
};

charts.by_90 = (width) => {
  const metric = data.pacing.metrics.answered_by_90;
  return shares(width, [shareRow("by 90 s", metric, `n ${metric.n}`)]);
};

charts.evidence = (width) => {
  const target = data.pacing.metrics.target;
  const moved = target.action === "tighten" || target.action === "ease";
  const bf = moved && target.history.length ? target.history.at(-1).bf : target.bf;
  const at = Math.min(Math.max(bf, 1 / 6), 6);
  const narrow = width < 360, side = 62;
  return draw(width, {
    height: 56, marginLeft: side, marginRight: side, marginTop: 14, marginBottom: 26,
    x: { type: "log", domain: [1 / 6, 6], axis: null }, y: { domain: [0, 1], axis: null },
    marks: [
      Plot.ruleY([0.5], { stroke: C.hair, strokeWidth: 2 }),
      Plot.ruleX([1 / 6, 1, 6], { stroke: C.muted, y1: 0, y2: 1 }),
      Plot.ruleY([0.5], { x1: Math.min(at, 1), x2: Math.max(at, 1), stroke: C.accent, strokeWidth: 3 }),
      Plot.dot([at], { x: (value) => value, y: 0.5, r: 6, fill: C.accent, stroke: C.page, strokeWidth: 1.5 }),
      words(["ease"], { frameAnchor: "left", textAnchor: "end", dx: -12, text: String, fill: C.text }),
      words(["tighten"], { frameAnchor: "right", textAnchor: "start", dx: 12, text: String, fill: C.text }),
      words([[1 / 6, "1/6"], [1, narrow ? "1" : "1, no evidence either way"], [6, "6"]], {
        x: (tick) => tick[0], frameAnchor: "bottom", dy: 18, text: (tick) => tick[1], fontSize: 12,
      }),
    ],
  });
};

charts.rungs = (width) =>
  shares(width, data.pacing.metrics.target.history.filter((stay) => stay.n && stay.low !== null)
    .map((stay) => shareRow(`${stay.rung_s} s`, { ...stay, value: stay.right / stay.n }, `${stay.right}/${stay.n}`)));
