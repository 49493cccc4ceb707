/** Excess deaths: the learner guesses, then chooses rates, a normal rate, missed deaths and years. The page does the sum by
 * the rules of cadres_edu/models/mortality.py and tells whose published numbers it is near. */
import { attend, fresh, hush, keep, kept, later, node, runs, scroller, section } from "./base.js";

const QUESTION = "02/excess";
const START = { series: "official", normal: "line", base: 4, first: 1957, last: 1963, missed: 0, where: "every", start: 1958, end: 1961 };
const [HEIGHT, FLOOR, CEILING] = [256, 230, 22]; // of the curve, in pixels
const span = (first, last) => Array.from({ length: last - first + 1 }, (_, step) => first + step);
const between = (first, last) => (first === last ? String(first) : `${first}–${last}`);

/** Digits as Python writes them, with a true minus and no minus before nought. */
function fixed(value, digits) {
  const text = value.toFixed(digits);
  return text.replace("-", Number(text) === 0 ? "" : "−");
}

/** What a choice comes to, by year: rates and normal rates per 1,000, population and excess in thousand persons. */
function outcome(data, choice) {
  const series = data.series.find((one) => one.id === choice.series);
  const missed = series.off ? 0 : choice.missed / 100;
  const years = span(choice.start, choice.end);
  const byYear = (valueOf) => Object.fromEntries(data.years.map((year, index) => [year, valueOf(year, index)]));
  const raw = byYear((_, index) => series.rates[index]);
  const population = byYear((_, index) => series.population[index]);
  const rates = byYear((year) => (choice.where === "every" || years.includes(year) ? raw[year] / (1 - missed) : raw[year]));
  const base = data.bases[choice.base];
  const level = base.reduce((sum, year) => sum + rates[year], 0) / base.length;
  const { first, last } = choice;
  const line = (year) => rates[first] + ((rates[last] - rates[first]) * (year - first)) / (last - first);
  const normal = choice.normal === "flat" ? () => level : line;
  const excess = Object.fromEntries(years.map((year) => [year, ((rates[year] - normal(year)) / 1000) * population[year]]));
  const million = years.reduce((sum, year) => sum + excess[year], 0) / 1000;
  return { series, missed, years, raw, rates, normal, population, excess, million };
}

/** The published estimates that a number is near: as corrected, or as they were before correction. */
function near({ fields, rows }, million) {
  const within = (low, high) => 0.9 * low <= million && million <= 1.1 * high;
  const all = rows.map((cells) => Object.fromEntries(fields.map((name, index) => [name, cells[index]])));
  return all.flatMap((one) => {
    if (within(one.low, one.high)) return [one];
    return one.before && within(one.before, one.before) ? [{ ...one, early: true }] : [];
  });
}

const named = (base) => (base.length > 1 ? `the mean of ${between(base[0], base.at(-1))}` : String(base[0]));

/** The learner's own method, in words. */
function method(data, choice, series) {
  const normal = choice.normal === "flat" ? `as in ${named(data.bases[choice.base])}` : `on a line from ${choice.first} to ${choice.last}`;
  const where = choice.where === "every" ? "in every year" : "in the years counted";
  const missed = series.off ? "" : choice.missed ? `; ${choice.missed} of 100 deaths not registered ${where}` : "; no deaths missed";
  return `${series.name} rates; normal rate ${normal}${missed}; years ${between(choice.start, choice.end)}`;
}

/** The curve, the normal rate and the excess between them. */
function curve(data, choice, { series, missed, years, raw, rates, normal, excess }) {
  const [first, count] = [data.years[0], data.years.length];
  const top = Math.max(50, Math.ceil(Math.max(...Object.values(rates)) / 10) * 10);
  const x = (year) => `${(100 * (year - first + 0.5)) / count}%`;
  const y = (rate) => FLOOR - (rate / top) * (FLOOR - CEILING);
  const text = (place, words) => node("svg:text", place, words);
  const grid = span(0, top / 10).map((ten) => node("svg:line", { x1: 0, x2: "100%", y1: y(ten * 10), y2: y(ten * 10), class: "cadres-grid" }));
  const scale = span(1, top / 10).map((ten) => text({ x: 2, y: y(ten * 10) - 4 }, ten * 10 < top ? String(ten * 10) : `${top} deaths per 1,000 people`));
  const path = (list, rateOf, kind) =>
    list.slice(1).map((year, index) => node("svg:line", { x1: x(list[index]), y1: y(rateOf(list[index])), x2: x(year), y2: y(rateOf(year)), class: kind }));
  const upper = (year) => Math.min(y(rates[year]), y(normal(year)));
  const bars = years.map((year) => {
    const place = { x: `${(100 * (year - first + 0.2)) / count}%`, width: `${60 / count}%`, y: upper(year), height: Math.abs(y(rates[year]) - y(normal(year))) };
    return node("svg:rect", { ...place, class: rates[year] > normal(year) ? "cadres-above" : "cadres-below" });
  });
  const figures = years.map((year) => text({ x: x(year), y: upper(year) - 9, class: "cadres-figure" }, fixed(excess[year] / 1000, 1)));
  const ends = choice.normal === "flat" ? [...data.bases[choice.base], ...years] : [choice.first, choice.last];
  const ordinary = span(Math.min(...ends), Math.max(...ends));
  const worst = data.years.reduce((most, year) => (rates[year] > rates[most] ? year : most));
  const told = (rateOf, year) => `${fixed(rateOf(year), 1)} per 1,000 in ${year}`;
  const words = `Death rates, ${series.name}. Highest: ${told((year) => rates[year], worst)}. Normal: ${told(normal, worst)}. The values stand in the table below.`;
  return node(
    "svg:svg",
    { width: "100%", height: HEIGHT, role: "img", "aria-label": words },
    [grid, scale, bars, missed ? path(data.years, (year) => raw[year], "cadres-raw") : [], path(ordinary, normal, "cadres-normal")],
    path(data.years, (year) => rates[year], "cadres-rate"),
    data.years.map((year) => node("svg:circle", { cx: x(year), cy: y(rates[year]), r: 3 })),
    figures,
    data.years.map((year, index) => text({ x: x(year), y: HEIGHT - 8, class: index % 2 ? "cadres-year cadres-odd" : "cadres-year" }, String(year))),
  );
}

const KEYS = [["rate", "death rate"], ["raw", "as registered"], ["normal", "normal rate"], ["above", "excess, in million people"]];
const legend = (missed) =>
  node("p", { class: "cadres-legend cadres-quiet", "aria-hidden": "true" }, KEYS.map(([kind, words]) => (kind !== "raw" || missed) && node("span", { class: "cadres-key-" + kind }, words)).filter(Boolean));

function values({ heads, units }, { years, rates, normal, population, excess }) {
  const cells = (year) => [fixed(rates[year], 2), fixed(normal(year), 2), fixed(population[year] / 1000, 1), fixed(excess[year] / 1000, 2)];
  const row = (year) => node("tr", {}, node("th", { scope: "row" }, String(year)), cells(year).map((cell) => node("td", {}, cell)));
  const head = node("tr", {}, heads.map((name) => node("th", { scope: "col" }, name)));
  return scroller(units, node("table", {}, node("caption", { class: "cadres-quiet" }, units), node("thead", {}, head), node("tbody", {}, years.map(row))));
}

function author(one, { start, end }) {
  const figure = one.early ? `${one.before} million before correction, ${one.words} after` : one.words;
  const years = one.period === between(start, end) ? "your years" : `${/^\d/.test(one.period) ? "other years" : "years"}: ${one.period}`;
  return node(
    "li",
    {},
    runs([{ link: one.ref, text: one.year ? `${one.name} (${one.year})` : one.name }, `: ${figure} `]),
    node("span", { class: "cadres-tag" }, years),
    node("div", { class: "cadres-quiet" }, `Method: ${one.method}. `, runs(one.note)),
  );
}

const select = (label, options, onchange) => node("select", { "aria-label": label, onchange }, options.map(([value, words]) => node("option", { value }, words)));

/** Radio buttons of one name; `value` reads and sets which is chosen. */
function radios(options, onchange) {
  const name = fresh();
  const inputs = options.map(([value]) => node("input", { type: "radio", name, value, onchange }));
  const labels = options.map(([, words], index) => node("label", {}, inputs[index], " ", words));
  return {
    inputs,
    labels,
    get value() { return inputs.find((input) => input.checked).value; },
    set value(value) { inputs.forEach((input) => (input.checked = input.value === value)); },
  };
}

/** The controls by the names of what they choose. Choosing a year of a normal rate chooses that kind of normal rate. */
function controls(data, changed) {
  const each = (years) => years.map((year) => [year, year]);
  const ordinary = data.bases.filter((base) => base.length === 1).flat();
  const early = ordinary.filter((year) => year < data.counted[0]);
  const of = (kind) => () => ((fields.normal.value = kind), changed());
  const counted = each(span(...data.counted));
  const forward = (moved, other) => () => (fields.start.value > fields.end.value && (fields[other].value = fields[moved].value), changed());
  const fields = {
    series: radios(data.series.map((one) => [one.id, one.name]), changed),
    normal: radios([["line", "on a straight line"], ["flat", "the same every year"]], changed),
    first: select("Line from", each(early), of("line")),
    last: select("Line to", each(ordinary.filter((year) => !early.includes(year))), of("line")),
    base: select("The same as in", data.bases.map((base, index) => [index, named(base)]), of("flat")),
    missed: node("input", { type: "range", min: 0, max: data.most, "aria-label": "Deaths not registered, of every 100", oninput: changed }),
    where: radios([["every", "in every year alike"], ["counted", "only in the years counted"]], changed),
    start: select("First year counted", counted, forward("start", "end")),
    end: select("Last year counted", counted, forward("end", "start")),
  };
  return fields;
}

export function mount({ model, el }) {
  const data = model.get("data");
  const before = kept(model, QUESTION)?.answer ?? {};
  const choice = { ...START, ...before.choice };
  const results = [...(before.results ?? [])];
  let { guess = null } = before;
  const store = () => {
    later(model, () => keep(model, QUESTION, { v: 1, guess, choice, results }, "open"));
  };
  const fields = controls(data, () => {
    for (const name in fields) choice[name] = typeof START[name] === "number" ? Number(fields[name].value) : fields[name].value;
    draw();
    hush(sum);
    store();
  });
  for (const name in fields) fields[name].value = String(choice[name]);

  const [about, share, missing, sum, picture, table, authors, list] = ["p", "output", "p", "p", "div", "div", "div", "ol"].map((tag) => node(tag));
  const draw = () => {
    const found = outcome(data, choice);
    const close = near(data.estimates, found.million);
    const million = fixed(found.million, 1);
    about.replaceChildren(...runs(found.series.about));
    share.textContent = `${choice.missed} of every 100`;
    fields.missed.setAttribute("aria-valuetext", share.textContent);
    missing.textContent = found.series.off || data.missing;
    for (const input of [fields.missed, ...fields.where.inputs]) input.disabled = Boolean(found.series.off);
    const nearness = `Near ${close.length || "no"} published ${close.length === 1 ? "estimate" : "estimates"}.`;
    const rest = `${million.startsWith("−") ? "fewer" : "more"} deaths than normal, ${between(choice.start, choice.end)}.`;
    sum.replaceChildren(node("strong", {}, `${million.replace("−", "")} million`), ` ${rest} ${nearness}`);
    picture.replaceChildren(curve(data, choice, found), legend(found.missed));
    table.replaceChildren(values(data, found));
    authors.replaceChildren(node("p", {}, `Your way: ${method(data, choice, found.series)}.`), node("ul", {}, close.map((one) => author(one, choice))));
  };
  const listed = () => {
    list.replaceChildren(...results.map((words) => node("li", {}, words)));
    empty.hidden = !results.length;
  };
  const add = () => {
    const { million, series } = outcome(data, choice);
    results.push(`${fixed(million, 1)} million. ${method(data, choice, series)}`);
    listed();
    store();
  };
  const empty = node("button", { type: "button", onclick: () => (results.splice(0), listed(), store(), more.focus()) }, "Empty the list");
  const more = node("button", { type: "button", onclick: add }, "Keep this result");

  const said = node("p", { role: "status" });
  const field = node("input", { type: "text", inputmode: "decimal", id: fresh(), autocomplete: "off" });
  const open = () => {
    asked.hidden = guess !== null;
    work.hidden = guess === null;
    said.textContent = guess === null ? "" : `Your guess before you began: ${guess} million.`;
  };
  const answer = (event) => {
    event.preventDefault();
    const written = field.value.trim().replace(",", ".");
    field.setAttribute("aria-invalid", "true");
    if (!/^\d+(\.\d+)?$/.test(written)) return void (said.textContent = "Write a number of million people, such as 5 or 12.5.");
    guess = Number(written);
    open();
    store();
    fields.series.inputs[0].focus();
  };
  const asked = node("form", { onsubmit: answer }, node("label", { for: field.id }, "My guess, in million:"), field, node("button", { class: "cadres-main" }, "Go on"));
  const options = (...inner) => node("div", { class: "cadres-options" }, inner);
  const step = (title, ...inner) => node("fieldset", {}, node("legend", {}, title), inner);
  const { series, normal, first, last, base, missed, where, start, end } = fields;
  const work = node(
    "div",
    {},
    step("1. Which death rates?", options(series.labels), about),
    step("2. Which rate is normal?", node("div", {}, normal.labels[0], " from ", first, " to ", last), node("div", {}, normal.labels[1], ", as in ", base)),
    step("3. How many deaths went unregistered?", options(missed, share), options(where.labels), missing),
    step("4. Which years count?", start, " to ", end),
    [sum, picture, node("details", {}, node("summary", {}, "The values of the years counted"), table)],
    [node("h4", {}, "Near this number"), authors, node("p", { class: "cadres-quiet" }, data.near)],
    node("div", { class: "cadres-row" }, more, empty),
    list,
  );
  sum.setAttribute("role", "status");
  sum.className = "cadres-sum";
  share.setAttribute("aria-hidden", "true"); // the slider tells its own value
  about.className = missing.className = "cadres-quiet";
  draw();
  listed();
  open();
  const head = [node("h3", { class: "cadres-title" }, data.title), node("p", { class: "cadres-quiet" }, data.about), node("p", {}, runs(data.guess))];
  const foot = node("p", { class: "cadres-quiet" }, data.leaves_out);
  el.replaceChildren(section({ class: "cadres-excess", "aria-label": data.title }, head, asked, said, work, foot));
  return attend(model, () => {});
}
