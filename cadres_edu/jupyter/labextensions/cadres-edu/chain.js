/** The reporting chain: five levels each add a share to the harvest that they pass up, and the quota follows the
 * figure, not the field. The learner guesses first, then sets shares, rate, resales, seed and feed beside the record.
 * The sums are those of cadres_edu/models/reporting.py: a test holds the two together to the last digit shown. */
import { attend, hush, keep, kept, later, node, runs, section } from "./base.js";

const QUESTION = "01/chain";
const [LEAST, MOST] = [-20, 50]; // per cent that a slider takes away or adds at most
const SCALES = [500, 1000, 2000]; // million tonnes that a full bar may stand for

// ---- The model. Million tonnes, millions of people, fractions; NaN where a learner's figure is missing. ----

/** What each level passes up, lowest first. */
function climb(harvest, shares) {
  let figure = harvest;
  return shares.map((share) => (figure *= 1 + share));
}

const evenShare = (ratio, levels) => ratio ** (1 / levels) - 1;
const gramsADay = (kg) => (kg * 1000) / 365;

/** All that follows from one set of choices, by the ids of the table's rows. */
function outcome(harvest, shares, { rate, resold, seed, people }) {
  const top = climb(harvest, shares).at(-1);
  const quota = (rate / 100) * top;
  const sown = (seed / 100) * harvest;
  const left = harvest - quota + resold - sown;
  const head = (left * 1000) / people;
  return { harvest, top, quota, part: quota / harvest, resold, sown, left, people, head, day: gramsADay(head) };
}

// ---- Words and parts. ----

/** A number as shown: fixed digits after the point, commas at the thousands. */
const shown = (number, digits) => number.toFixed(digits).replace(/(\d)(?=(\d{3})+(\.|$))/g, "$1,");
const percent = (share) => shown(share * 100, 1).replace(/\.0$/, "") + "%";
const signed = (share) => (share < 0 ? "−" : "+") + percent(Math.abs(share));

/** What stands in a field as a number from 0 to `most`, else NaN. */
function numberIn({ value }, most) {
  const number = /^\s*\d+([.,]\d+)?\s*$/.test(value) ? Number(value.replace(",", ".")) : NaN;
  return number <= most ? number : NaN;
}

function inWords({ harvest, top, quota, part, left, head, day }) {
  const grown = `In the field ${shown(harvest, 1)} million tonnes, at the top ${shown(top, 1)}. `;
  if (Number.isNaN(quota)) return grown + "Write a rate from 0 to 100.";
  const took = grown + `The quota is ${shown(quota, 1)}: ${percent(part)} of the harvest. `;
  if (Number.isNaN(left)) return took + "What is left can't be worked out: a figure is missing.";
  if (left < 0) return took + `The village is ${shown(-left, 1)} million tonnes short before anybody eats.`;
  if (!Number.isFinite(head)) return took + `Left to eat: ${shown(left, 1)} million tonnes.`;
  return took + `Left to eat: ${shown(head, 0)} kg a head for the year, ${shown(day, 0)} grams a day.`;
}

const quiet = (...inner) => node("span", { class: "cadres-quiet" }, ...inner);
const button = (name, onclick) => node("button", { type: "button", onclick }, name);
const entry = (name, oninput) => node("input", { type: "text", inputmode: "decimal", "aria-label": name, oninput });

/** A slider for one share, with the share beside it. */
function slider(name, moved) {
  const oninput = () => moved(field.value / 100);
  const field = node("input", { type: "range", min: LEAST, max: MOST, "aria-label": `${name}, per cent`, oninput });
  const mark = node("output", { "aria-hidden": "true" }); // the slider tells its own value
  const show = (share, passed = "") => {
    if (share !== undefined) field.value = share * 100;
    mark.textContent = share === undefined ? "mixed" : signed(share);
    field.setAttribute("aria-valuetext", mark.textContent + passed);
  };
  return { made: [field, mark], show };
}

/** A rung: who, what is done, and a bar of grain (solid) with air (hatched) or grain that is gone (empty) after it. */
function rung(name, ...control) {
  const grain = node("span", { class: "cadres-grain" });
  const rest = node("span", {});
  const figure = node("b", {});
  const bar = node("span", { class: "cadres-track", "aria-hidden": "true" }, grain, rest);
  const made = node("li", {}, node("span", { class: "cadres-who" }, name), node("span", {}, control), bar, figure);
  const show = (harvest, value, full) => {
    made.hidden = !(value >= 0);
    if (made.hidden) return;
    grain.style.width = `${(100 * Math.min(harvest, value)) / full}%`;
    rest.style.width = `${(100 * Math.abs(value - harvest)) / full}%`;
    rest.className = value < harvest ? "cadres-gone" : "cadres-air";
    rest.hidden = value === harvest;
    figure.textContent = shown(value, 1);
  };
  return { made, show };
}

/** The ladder, top rung first: the claim on record, the five levels, the field, and what the village keeps. */
function ladder(levels, moved) {
  const sliders = levels.map((level, at) => slider(`${level} adds`, (share) => moved(share, at)));
  const all = slider("All five levels add", (share) => moved(share));
  const rungs = levels.map((level, at) => rung(level, sliders[at].made));
  const claimed = rung("Claimed", quiet("at the time"));
  const field = rung("Field", quiet("as printed since"));
  const village = rung("Village", quiet("what is left to eat"));
  const scale = quiet();
  const show = (harvest, shares, claim, left) => {
    const figures = climb(harvest, shares);
    const full = SCALES.find((one) => one >= Math.max(claim ?? 0, ...figures));
    claimed.show(harvest, claim, full);
    rungs.forEach((one, at) => one.show(harvest, figures[at], full));
    sliders.forEach((one, at) => one.show(shares[at], `, passes up ${shown(figures[at], 1)}`));
    all.show(shares.every((share) => share === shares[0]) ? shares[0] : undefined);
    field.show(harvest, harvest, full);
    village.show(harvest, left, full);
    const key = "Solid: grain. Hatched: air. Empty: grain hidden or gone.";
    scale.textContent = `Million tonnes; a full bar is ${shown(full, 0)}. ${key}`;
  };
  const order = [claimed, ...[...rungs].reverse(), field, village].map((one) => one.made);
  const together = [node("span", {}, all.made), quiet("moves the levels together")];
  const head = [node("span", { class: "cadres-who" }, "All five"), together];
  const list = node("ol", { class: "cadres-ladder", reversed: true }, order);
  return { made: [node("div", { class: "cadres-all" }, head), list, node("p", {}, scale)], show };
}

/** Rate, resales, seed and feed, people: what the learner sets beside the shares. */
function settings(sets, took) {
  const all = sets.map(({ id, name, start, most, note }) => {
    const field = entry(name, () => took(id, numberIn(field, most)));
    const made = node("p", {}, node("label", {}, name, " ", field), quiet(runs(note)));
    return { id, start, field, made, read: () => numberIn(field, most) };
  });
  const fill = (own, year) => {
    for (const { id, field, start } of all) field.value = own[id] ?? year[id]?.value ?? start;
  };
  const read = () => Object.fromEntries(all.map((one) => [one.id, one.read()]));
  return { made: node("div", { class: "cadres-sets" }, all.map((one) => one.made)), fill, read };
}

function comparison({ rows, caption }) {
  const heads = ["What", "Your chain", "On record"].map((name) => node("th", { scope: "col" }, name));
  const body = node("tbody", {});
  const line = ({ id, name, digits, kind }, mine, year, worked) => {
    const text = (number) => (Number.isFinite(number) ? shown(id === "part" ? number * 100 : number, digits) : "–");
    const record = year[id] ? runs(year[id].says) : worked[id] > 0 ? text(worked[id]) + kind : "not found";
    return node("tr", {}, node("th", { scope: "row" }, name), node("td", {}, text(mine[id])), node("td", {}, record));
  };
  const show = (mine, year) => {
    const worked = { part: year.quota?.value / mine.harvest, day: gramsADay(year.head?.value) };
    heads[2].textContent = `On record, ${year.year}`;
    body.replaceChildren(...rows.map((row) => line(row, mine, year, worked)));
  };
  const head = node("thead", {}, node("tr", {}, heads));
  return { made: node("table", {}, node("caption", {}, caption), head, body), show };
}

function guessing({ asks }, done) {
  const field = entry("Your guess, per cent");
  const wrong = node("p", { role: "status" });
  const onsubmit = (event) => {
    event.preventDefault();
    const guess = numberIn(field, 1000);
    field.setAttribute("aria-invalid", !(guess >= 0));
    if (guess >= 0) done(guess);
    else wrong.textContent = "Write a number of per cent, such as 30.";
  };
  const send = node("button", { class: "cadres-main" }, "Guess");
  const line = node("p", {}, "My guess: each level added ", field, " per cent. ", send);
  return node("form", { onsubmit }, node("h4", {}, "Guess first"), node("p", {}, runs(asks)), line, wrong);
}

/** What the guess comes to, and what to do next. */
function judged(guess, { year, harvest, top }, levels) {
  const reached = climb(harvest.value, Array(levels).fill(guess / 100)).at(-1);
  const most = guess > MOST ? ` The sliders go to ${MOST}% only.` : "";
  return (
    `You guessed ${percent(guess / 100)} a level. That turns ${shown(harvest.value, 1)} into ${shown(reached, 1)}; ` +
    `the claim for ${year} was ${shown(top.value, 1)}. ` +
    `Move “All five” until the Centre comes as near to that as it can.${most}`
  );
}

export function mount({ model, el }) {
  const data = model.get("data");
  const { levels, guess, years } = data;
  const start = { guess: null, year: guess.year, shares: levels.map(() => 0), set: {} };
  const state = { ...start, ...structuredClone(kept(model, QUESTION)?.answer) };
  const yearOf = (wanted) => years.find((one) => one.year === wanted);
  const changed = () => {
    update();
    hush(said);
    later(model, () => keep(model, QUESTION, { v: 1, ...state }, "open"));
  };
  const add = (share, at) => (at === undefined ? state.shares.fill(share) : (state.shares[at] = share), changed());
  const turn = (to) => {
    if (to !== state.year) for (const id in state.set) if (id in yearOf(to)) delete state.set[id];
    state.year = to;
    choice.value = String(to);
    sets.fill(state.set, yearOf(to));
  };

  const rungs = ladder(levels, add);
  const sets = settings(data.sets, (id, number) => ((state.set[id] = number), changed()));
  const table = comparison(data);
  const said = node("p", { role: "status" });
  const guessed = node("p", { tabindex: -1 });
  const pick = () => (turn(Number(choice.value)), changed());
  const choice = node("select", { onchange: pick }, years.map((one) => node("option", {}, one.year)));
  const preset = ({ name, year, top }) => {
    const share = evenShare(top / yearOf(year).harvest.value, levels.length);
    return button(name, () => (turn(year), add(share)));
  };
  const presets = [node("label", {}, "Year ", choice), button("Nobody adds", () => add(0)), data.presets.map(preset)];
  const update = () => {
    const now = yearOf(state.year);
    const mine = outcome(now.harvest.value, state.shares, sets.read());
    rungs.show(mine.harvest, state.shares, now.top?.value, mine.left);
    table.show(mine, now);
    said.textContent = inWords(mine);
  };

  const notes = data.notes.map((note) => node("p", { class: "cadres-quiet" }, runs(note)));
  const row = node("div", { class: "cadres-row" }, presets);
  const work = node("div", { hidden: true }, guessed, row, rungs.made, said, sets.made, table.made, notes);
  const open = () => {
    guessed.textContent = judged(state.guess, yearOf(guess.year), levels.length);
    [asked.hidden, work.hidden] = [true, false];
    turn(state.year);
    update();
  };
  const asked = guessing(guess, (share) => {
    state.guess = share;
    state.shares.fill(Math.min(share, MOST) / 100);
    open();
    changed();
    guessed.focus();
  });
  if (state.guess !== null) open();
  const head = [node("h3", { class: "cadres-title" }, data.title), node("p", { class: "cadres-quiet" }, data.about)];
  el.replaceChildren(section({ class: "cadres-chain", "aria-label": data.title }, head, asked, work));
  return attend(model, () => {});
}
