/** Before and after: a guess, then lines set to 100 in one year, and the changes that fell together switched on one by one:
 * what moved after each stands beside how many others are on. Series with gaps stand apart in their own units. */
import { attend, fresh, keep, kept, later, node, runs, scroller, section, tell } from "./base.js";

const QUESTION = "06/indexed";
const [CEILING, FLOOR, LANE] = [16, 246, 17]; // of the chart, in pixels
const MARKS = ["M-4 0A4 4 0 0 1 4 0A4 4 0 0 1-4 0Z", "M-4-4H4V4H-4Z", "M-5 0L0-5L5 0L0 5Z", "M0-5L5 4H-5Z", "M0 5L5-4H-5Z"];
const year = (change) => Math.floor(change.at[0]);
const list = (changes, when) => changes.filter((one) => when.includes(year(one)));
const quiet = (...inner) => node("span", { class: "cadres-quiet" }, inner);
const tag = (words) => node("span", { class: "cadres-tag" }, words);
const text = (place, words) => node("svg:text", place, words);
const mark = (x, y, look, kind = "") => node("svg:svg", { x, y, width: 1, height: 1 }, node("svg:path", { d: MARKS[look], class: `cadres-mark cadres-look-${look} ${kind}` }));

/** A line through figures by year; a year without a figure breaks it. */
function trace(figures, y, height, look) {
  const steps = figures.map((value, at) => (value == null ? "" : `${figures[at - 1] == null ? "M" : "L"}${at + 0.5} ${y(value)}`));
  const place = { width: "100%", height, viewBox: `0 0 ${figures.length} ${height}`, preserveAspectRatio: "none" };
  return node("svg:svg", place, node("svg:path", { d: steps.join(""), class: `cadres-trace cadres-look-${look}` }));
}

/** A series as an index, 100 in the first year; `far` is the year in which it is furthest from that. */
function withIndex(one, look, years) {
  const index = one.values.map((value) => (100 * value) / one.values[0]);
  const off = index.map((value) => Math.abs(value - 100));
  return { ...one, look: look % MARKS.length, index, far: years[off.indexOf(Math.max(...off))] };
}

function chart(years, lines, changes) {
  const top = Math.max(150, Math.ceil(Math.max(...lines.flatMap((one) => one.index)) / 50) * 50);
  const y = (value) => FLOOR - (value / top) * (FLOOR - CEILING);
  const wide = (length) => `${(100 * length) / years.length}%`;
  const x = (at) => wide(at - years[0]);
  const grid = Array.from({ length: top / 50 + 1 }, (_, step) => step * 50).map((step) => [
    node("svg:line", { x1: 0, x2: "100%", y1: y(step), y2: y(step), class: step === 100 ? "cadres-hundred" : "cadres-grid" }),
    text({ x: -5, y: y(step) + 4, class: "cadres-step" }, String(step)),
  ]);
  const marked = changes.map(({ at, label }, lane) => {
    const long = Math.max(at[1] - at[0], 0.05);
    const [span, down] = [{ x: x(at[0]), width: wide(long) }, FLOOR + 26 + lane * LANE];
    return [
      node("svg:rect", { ...span, y: CEILING, height: FLOOR - CEILING, class: long > 0.9 ? "cadres-whole" : "cadres-shade" }),
      node("svg:rect", { ...span, y: down, height: 9 }),
      text({ x: x(at[0] + long), dx: 5, y: down + 9, class: "cadres-name" }, label),
    ];
  });
  let free = 0; // names at the ends of lines are pushed apart
  const ends = [...lines].sort((a, b) => b.index.at(-1) - a.index.at(-1)).map((one) => {
    const at = Math.max(free, y(one.index.at(-1)));
    free = at + 15;
    return node("svg:svg", { x: wide(years.length - 0.5), y: at }, node("svg:g", { transform: "translate(14)" }, mark(0, 0, one.look)), text({ x: 23, y: 4, class: "cadres-name" }, one.name));
  });
  const names = (all, name) => all.map((one) => one[name]).join(", ") || "none";
  const words = `Lines: ${names(lines, "name")}. Changes: ${names(changes, "label")}. The values stand in the table below.`;
  return node(
    "svg:svg",
    { width: "100%", height: FLOOR + 24 + changes.length * LANE, role: "img", "aria-label": words },
    [marked, grid, lines.map((one) => [trace(one.index, y, FLOOR, one.look), one.index.map((value, at) => mark(wide(at + 0.5), y(value), one.look))])],
    years.map((when, at) => text({ x: wide(at + 0.5), y: FLOOR + 16, class: at % 2 ? "cadres-year cadres-odd" : "cadres-year" }, String(when))),
    ends,
  );
}

function table(years, lines) {
  const head = ["Year", ...lines.map((one) => `${one.name} (${one.unit})`)].map((name) => node("th", { scope: "col" }, name));
  const row = (when, at) => node("tr", {}, node("th", { scope: "row" }, String(when)), lines.map((one) => node("td", {}, `${one.index[at].toFixed(1)} (${one.values[at].toLocaleString("en")})`)));
  const caption = `Index, ${years[0]} = 100; in brackets the figure itself.`;
  return scroller(caption, node("table", {}, node("caption", {}, caption), node("thead", {}, node("tr", {}, head)), node("tbody", {}, years.map(row))));
}

/** A series that can't be a line above: its figures by year in its own unit, those planned told apart, and why. */
function apart(years, { name, unit, about, sure, values, plans, lacks }) {
  const all = { ...plans, ...values };
  const [least, most] = [Math.min(0, ...Object.values(all)), Math.max(...Object.values(all))];
  const y = (value) => 38 - ((value - least) / (most - least)) * 32;
  const dots = years.flatMap((when, at) => (when in all ? mark(`${(100 * (at + 0.5)) / years.length}%`, y(all[when]), 0, !(when in values) && "cadres-plan") : []));
  const zero = node("svg:line", { x1: 0, x2: "100%", y1: y(0), y2: y(0), class: "cadres-grid" });
  const told = (when) => String(Number(all[when].toFixed(1))).replace("-", "−");
  const shown = (when) => node("li", {}, quiet(String(when)), when in all ? told(when) : node("span", { role: "img", "aria-label": "no figure" }, "–"), when in plans ? quiet("plan") : null);
  return node(
    "li",
    {},
    node("p", {}, node("strong", {}, name), `, ${unit}. ${lacks}`),
    node("svg:svg", { width: "100%", height: 44, "aria-hidden": "true" }, zero, trace(years.map((when) => values[when]), y, 44, 0), dots),
    node("ol", {}, years.map(shown)),
    node("p", { class: "cadres-quiet" }, runs(about), " ", tag(sure)),
  );
}

/** A form that asks for one of the changes; `answered` gets its id. */
function asking(words, changes, button, answered) {
  const name = fresh();
  const option = ({ id, label, means }) => node("label", {}, node("input", { type: "radio", name, value: id, required: true, "aria-invalid": "false" }), ` ${label}: `, quiet(means));
  const go = (event) => (event.preventDefault(), answered(form.querySelector(":checked").value));
  const form = node("form", { onsubmit: go }, node("fieldset", {}, node("legend", {}, words), changes.map(option)), node("button", { class: "cadres-main" }, button));
  return form;
}

export function mount({ model, el }) {
  const data = model.get("data");
  const { years, changes } = data;
  const lines = data.lines.map((one, look) => withIndex(one, look, years));
  const before = kept(model, QUESTION)?.answer ?? {};
  let { first = null, last = null } = before;
  const series = new Set(before.series ?? [lines[0].id]);
  const on = new Set(before.on);
  let latest = null;
  const store = () => {
    later(model, () => keep(model, QUESTION, { v: 1, first, last, series: [...series], on: [...on] }, "open"));
  };
  const drawn = () => lines.filter((one) => series.has(one.id));
  const active = () => changes.filter((one) => on.has(one.id));
  const named = (id) => [...changes, data.unsure].find((one) => one.id === id)?.label;

  /** What moved from the year of a change to the next. */
  const moved = (change) => {
    const at = years.indexOf(year(change));
    return drawn().map(({ name, index }) => `${name.toLowerCase()} ${index[at].toFixed(0)} → ${index[at + 1].toFixed(0)}`).join(", ") || "no line is chosen";
  };
  /** The same, with what was turning before it and how many other changes are on in the same two years. */
  const judged = (change) => {
    const when = year(change);
    const back = drawn().filter((one) => one.far < when - 1).map((one) => one.name.toLowerCase());
    const others = list(active(), [when, when + 1]).length - 1;
    const those = drawn().length === 1 ? ["this line", "the line"] : ["these lines", "the lines"];
    return [
      `${change.label}, ${change.when}. From ${when} to ${when + 1}: ${moved(change)}.`,
      back.length ? `Already on the way back in ${when - 1}: ${back.join(", ")}.` : "",
      `Besides it, ${others || "none"} of the changes that are on ${others === 1 ? "begins" : "begin"} in ${when} or ${when + 1}.`,
      others ? `So ${others + 1} changes share ${those[0]}: ${those[1]} alone can’t say which.` : "",
    ].filter(Boolean).join(" ");
  };

  const [picture, values, tally, finale] = ["div", "div", "p", "p"].map((tag) => node(tag));
  const said = node("p", { role: "status" });
  const tick = (onchange) => node("input", { type: "checkbox", onchange });
  const boxes = lines.map(({ id }) => tick(() => (series.delete(id) || series.add(id), draw(), store())));
  const turn = (change) => {
    latest = change;
    if (!on.delete(change.id)) on.add(change.id);
    draw();
    store();
  };
  const items = changes.map((one) => {
    const input = tick(() => turn(one));
    const shift = node("strong", {});
    const told = node("div", {}, runs([{ link: `event:${one.id}`, text: one.when }]), " ", tag(one.sure), node("div", {}, one.said), shift);
    const show = () => {
      told.hidden = !(input.checked = on.has(one.id));
      shift.textContent = `${year(one)} → ${year(one) + 1}: ${moved(one)}`;
    };
    return { show, made: node("li", {}, node("label", {}, input, ` ${one.label}: `, quiet(one.means)), told) };
  });
  const waiting = () => changes.find((one) => !on.has(one.id));
  const next = node("button", { type: "button", class: "cadres-main", onclick: () => waiting() && turn(waiting()) }, "Switch on the next change");
  const draw = () => {
    asked.hidden = first !== null;
    work.hidden = first === null;
    boxes.forEach((one, at) => {
      one.checked = series.has(lines[at].id);
      one.disabled = !one.checked && drawn().length >= data.most;
    });
    picture.replaceChildren(chart(years, drawn(), active()));
    values.replaceChildren(...drawn().map((one) => node("p", { class: "cadres-quiet" }, `${one.name}: `, runs(one.about), " ", tag(one.sure))), table(years, drawn()));
    items.forEach((one) => one.show());
    if (latest) said.textContent = on.has(latest.id) ? judged(latest) : `Off: ${latest.label}.`;
    const count = years.map((when) => [list(active(), [when]).length, when]).filter(([number]) => number);
    tally.textContent = `On: ${active().length} of ${changes.length} changes. ${count.map(([number, when]) => `${when}: ${number}`).join(", ")}`;
    next.setAttribute("aria-disabled", String(!waiting()));
    const [most, peak] = count.reduce((a, b) => (b[0] > a[0] ? b : a), [0]);
    const mine = list(changes, [peak]).some((one) => one.id === first) ? ", one of them" : "";
    const fall = `${most} of ${changes.length} changes fall in ${peak}. You said first: ${named(first)}${mine}.${last ? ` Now you say: ${named(last)}.` : ""}`;
    tell(finale, fall);
    closing.hidden = Boolean(waiting());
  };
  const options = [...changes, data.unsure];
  const closing = node("div", {}, finale, asking("Which mattered most, as you see it now?", options, "Keep this", (id) => ((last = id), draw(), store())));
  const asked = asking(data.ask, options, "Go on", (id) => ((first = id), draw(), store(), boxes[0].focus()));
  const work = node(
    "div",
    {},
    node("p", { class: "cadres-quiet" }, data.about),
    node("fieldset", { class: "cadres-options" }, node("legend", {}, `Lines, ${data.most} at most`), lines.map((one, at) => node("label", {}, boxes[at], ` ${one.name}`))),
    picture,
    [next, said, tally, node("ol", { class: "cadres-changes" }, items.map((one) => one.made)), closing],
    node("details", {}, node("summary", {}, "What each line is, and its values"), values),
    node("details", {}, node("summary", {}, `Not on the chart: ${data.apart.length} series with gaps`), node("p", { class: "cadres-quiet" }, data.apart_about), node("ul", {}, data.apart.map((one) => apart(years, one)))),
    node("p", { class: "cadres-quiet" }, data.leaves_out),
  );
  picture.className = "cadres-picture";
  finale.setAttribute("role", "status");
  draw();
  el.replaceChildren(section({ class: "cadres-indexed", "aria-label": data.title }, node("h3", { class: "cadres-title" }, data.title), asked, work));
  return attend(model, () => {});
}
