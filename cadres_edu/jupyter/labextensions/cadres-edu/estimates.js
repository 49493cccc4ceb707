/** Published estimates as a field of ranges: a slider shows what had been given by a year, a row opens on its method. */
import { attend, hush, keep, kept, later, node, runs, section } from "./base.js";

const QUESTION = "02/estimates";
const TOP = 60; // million persons at the right edge
const TENS = [0, 10, 20, 30, 40, 50, 60];
const at = (million) => `${(million / TOP) * 100}%`;

const DOT = "M-6 0A6 6 0 0 1 6 0A6 6 0 0 1-6 0Z";
const DIAMOND = "M-5 0L0-5L5 0L0 5Z";
const line = (from, to, kind) => node("svg:line", { x1: at(from), x2: at(to), y1: "50%", y2: "50%", class: kind });
const mark = (million, path, kind) => node("svg:svg", { x: at(million), y: "50%", width: 1, height: 1 }, node("svg:path", { d: path, class: kind }));

/** One row's marks; all that they show stands in words beside them. */
function field({ standing, low, centre, high, before, more }) {
  const kind = standing === "corroborated" ? "cadres-sure" : "cadres-open";
  const parts = TENS.map((ten) => node("svg:line", { x1: at(ten), x2: at(ten), y1: 0, y2: "100%", class: "cadres-grid" }));
  if (before) parts.push(line(before, centre ?? low, "cadres-thread"), mark(before, DIAMOND, "cadres-before"));
  if (low < high) parts.push(line(low, high, "cadres-line"));
  if (more) parts.push(mark(centre, "M8 0H26M20-5L26 0L20 5", "cadres-line"));
  for (const million of centre ? [centre] : [low, high]) parts.push(mark(million, DOT, kind));
  return node("svg:svg", { width: "100%", height: "100%", "aria-hidden": "true" }, parts);
}

function row(one, standings, onopen) {
  const before = one.before && node("span", { class: "cadres-quiet" }, `${one.before} before correction`);
  return node(
    "details",
    { ontoggle: onopen },
    node(
      "summary",
      {},
      node("span", { class: "cadres-year" }, one.year ? String(one.year) : node("span", { "aria-hidden": "true" }, "–")),
      node("span", {}, one.name),
      node("span", { class: "cadres-field" }, field(one)),
      node("span", { class: "cadres-figure" }, one.words, before),
    ),
    node(
      "div",
      { class: "cadres-told" },
      node("p", {}, `Years counted: ${one.period}. Method: ${one.method}.`),
      node("p", { class: "cadres-quiet" }, node("span", { class: "cadres-tag" }, standings[one.standing]), " ", runs(one.note), " ", runs([{ link: one.ref, text: "The record" }])),
    ),
  );
}

function scale() {
  const ticks = TENS.map((ten) => node("svg:text", { x: at(ten), y: 12, "text-anchor": ten === TOP ? "end" : ten ? "middle" : "start" }, String(ten)));
  return node("div", { class: "cadres-scale", "aria-hidden": "true" }, node("span", {}, "million people"), node("svg:svg", { width: "100%", height: 16 }, ticks));
}

const MARKS = [
  ["cadres-sure", DOT, "two or more works report it"],
  ["cadres-open", DOT, "one work, or disputed"],
  ["cadres-before", DIAMOND, "before correction"],
];
function legend() {
  const picture = (path, kind) => node("svg:svg", { width: 16, height: 14, viewBox: "-8 -7 16 14", "aria-hidden": "true" }, node("svg:path", { d: path, class: kind }));
  return node("p", { class: "cadres-legend cadres-quiet", "aria-hidden": "true" }, MARKS.map(([kind, path, words]) => node("span", {}, picture(path, kind), words)));
}

/** What the rows shown come to, and which of them the last year brought. */
function told(shown, all, year) {
  const low = Math.min(...shown.map((one) => one.low));
  const high = Math.max(...shown.map((one) => one.high));
  const spread = low === high ? `${low} million` : `from ${low} to ${high} million`;
  const fresh = shown.filter((one) => one.year === year).map((one) => one.name);
  const news = fresh.length ? `New in ${year}: ${fresh.join("; ")}.` : `Nothing new in ${year}.`;
  return `Dated up to ${year}: ${shown.length} of ${all} dated estimates, ${spread}. ${news}`;
}

export function mount({ model, el }) {
  const data = model.get("data");
  const before = kept(model, QUESTION)?.answer ?? {};
  const { fields, rows } = data.estimates;
  const all = rows.map((cells) => Object.fromEntries(fields.map((name, index) => [name, cells[index]])));
  const [dated, undated] = [all.filter((one) => one.year), all.filter((one) => !one.year)];
  const years = dated.map((one) => one.year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const seen = new Set(before.opened ?? []);
  const changed = () => {
    later(model, () => keep(model, QUESTION, { v: 1, year: Number(slider.value), opened: [...seen].sort() }, "open"));
  };
  const item = (one) => {
    const opened = (event) => event.currentTarget.open && !seen.has(one.ref) && (seen.add(one.ref), changed());
    return node("li", {}, row(one, data.standings, opened));
  };
  const items = dated.map(item);
  const said = node("p", { role: "status" });
  const shownYear = node("strong", { "aria-hidden": "true" }); // the slider tells its own value
  const show = () => {
    const year = Number(slider.value);
    shownYear.textContent = year;
    const shown = dated.filter((one) => one.year <= year);
    items.forEach((one, index) => {
      one.hidden = dated[index].year > year;
      one.classList.toggle("cadres-new", dated[index].year === year);
    });
    slider.setAttribute("aria-valuetext", `${year}: ${shown.length} of ${years.length} estimates`);
    said.textContent = told(shown, years.length, year);
  };
  const slider = node("input", { type: "range", min: first, max: last, step: 1, oninput: () => (show(), hush(said), changed()) });
  slider.value = String(before.year ?? first);
  show();
  el.replaceChildren(
    section(
      { class: "cadres-estimates", "aria-label": data.title },
      node("h3", { class: "cadres-title" }, data.title),
      node("p", { class: "cadres-quiet" }, data.about),
      node("label", { class: "cadres-slide" }, node("span", {}, "Estimates dated up to ", shownYear), slider),
      said,
      legend(),
      scale(),
      node("ol", { class: "cadres-rows" }, items),
      node("h4", {}, "Without a year"),
      node("p", { class: "cadres-quiet" }, data.undated_about),
      node("ul", { class: "cadres-rows" }, undated.map(item)),
      node("p", { class: "cadres-quiet" }, data.leaves_out),
    ),
  );
  return attend(model, () => {});
}
