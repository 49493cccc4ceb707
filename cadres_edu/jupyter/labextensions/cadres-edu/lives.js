/** Life lines. The learner first says how each standing of 1962 ended; then every line stands open, and a year that is set
 * says in words who held what in it. The drawing only repeats what the words say, so it is hidden from readers aloud. */
import { attend, fresh, hush, keep, kept, later, node, runs, section, settle } from "./base.js";

const QUESTION = "09/lives";
const LANE = 13;
const BY = { kept: "Held to the end", back: "Held again", out: "Last office on record" };
const named = (names) => (row) => Object.fromEntries(names.split(" ").map((name, at) => [name, row[at]]));
// A place on the line is a year with decimals, or two where the date leaves a span open.
const ends = (place) => (Array.isArray(place) ? place : [place, place]);
const stretch = (row) => {
  const [one, [from, sureFrom], [sureTo, to]] = [named("id what state when standing note lane start end")(row), ends(row[7]), ends(row[8])];
  return { ...one, from, sureFrom, sureTo, to };
};
const mark = (row) => ({ ...named("id what title when")(row), first: ends(row[4])[0], last: ends(row[4])[1] });
const make = (kind, ...inner) => node(kind, {}, inner);
const quiet = (...inner) => node("div", { class: "cadres-quiet" }, inner);
const button = (text, onclick, more) => node("button", { type: "button", onclick, ...more }, text);
const tag = (text) => node("span", { class: "cadres-tag" }, text);
const link = (ref, text) => runs([{ link: ref, text }]);
const off = (one, is) => one.setAttribute("aria-disabled", is); // not `disabled`, which would throw the focus out

const draw = (kind, attributes, ...inner) => node("svg:" + kind, attributes, inner);
const sheet = (attributes, ...inner) => draw("svg", { "aria-hidden": "true", ...attributes }, inner);

/** A bar of one state from `x` to `end`, both in per cent, in the lane at `y`. */
function bar(state, x, end, y) {
  const width = `${Math.max(end - x, 0.4)}%`;
  const box = draw("rect", { class: "cadres-" + state, x: `${x}%`, y: y + 1.5, width, height: LANE - 4 });
  const stripes = { class: "cadres-stripes", x1: `${x}%`, x2: `${end}%`, y1: y + LANE / 2 - 0.5, y2: y + LANE / 2 - 0.5 };
  return state === "held" ? [box, draw("line", stripes)] : [box];
}

/** What is drawn of one stretch: what is sure as a bar, what a date leaves open dotted, an open end as a question. */
function drawn({ state, lane, from, sureFrom, sureTo, to }, place, [first, last]) {
  const y = lane * LANE;
  const text = (x, anchor, sign, name) => draw("text", { class: name, x: `${x}%`, y: y + LANE - 3.5, "text-anchor": anchor }, sign);
  const dots = (begin, end) => draw("line", { class: "cadres-dots", x1: `${place(begin)}%`, x2: `${place(end)}%`, y1: y + LANE / 2, y2: y + LANE / 2 });
  if (to == null) return [dots(from, from + 1.2), text(place(from + 1.2), "start", "?", "cadres-open")];
  return [
    sureTo > sureFrom ? bar(state, place(sureFrom), place(sureTo), y) : null,
    sureFrom - from > 0.02 ? dots(from, Math.min(sureFrom, to)) : null,
    to - sureTo > 0.02 ? dots(Math.max(sureTo, from), to) : null,
    from < first ? text(0.2, "start", "◂", "cadres-arrow") : null,
    to > last + 1 ? text(99.8, "end", "▸", "cadres-arrow") : null,
  ];
}

/** One person's line: the year that is set behind everything, the stretches in lanes, below them life and marks. */
function line({ rows, marks }, data, year) {
  const [first, last] = data.years;
  const place = (at) => Math.max(0, Math.min(100, ((at - first) / (last + 1 - first)) * 100));
  const base = (Math.max(...rows.map(({ lane }) => lane)) + 1) * LANE + 7;
  const died = marks.find(({ what }) => what === "died");
  const across = (kind, x1, x2) => draw("line", { class: "cadres-" + kind, x1: `${x1}%`, x2: `${x2}%`, y1: base, y2: base });
  return sheet(
    { class: "cadres-line", height: base + 8 },
    draw("rect", { class: "cadres-year", x: `${place(year)}%`, y: 0, width: `${place(first + 1)}%`, height: base + 8 }),
    across("life", 0, place(died?.first ?? last + 1)),
    died ? across("dots", place(died.first), place(died.last)) : null,
    rows.map((row) => drawn(row, place, data.years)),
    marks.map(({ what, first: from, last: to }) =>
      draw("text", { class: "cadres-sign", x: `${place((from + to) / 2)}%`, y: base + 5, "text-anchor": "middle" }, data.signs[what][0]),
    ),
  );
}

function axis([first, last]) {
  const years = Array.from({ length: Math.ceil((last - first) / 10) + 1 }, (_, at) => first + at * 10);
  const place = (year) => `${((year - first) / (last + 1 - first)) * 100}%`;
  return sheet({ class: "cadres-line", height: 18 }, years.map((year, at) =>
    draw("text", { class: "cadres-tick", x: place(year), y: 13, "text-anchor": at ? (year === last ? "end" : "middle") : "start" }, year),
  ));
}

/** The signs of the drawing, each with its word; hidden from readers aloud as the drawing is. */
function key(data) {
  const shape = (state) => sheet({ width: 26, height: LANE }, bar(state, 2, 98, 0));
  const shapes = data.key.map(([state, word]) => make("span", shape(state), " ", word));
  return node("p", { class: "cadres-key cadres-quiet", "aria-hidden": "true" }, shapes, Object.values(data.signs).map(([sign, word]) => make("span", `${sign} ${word}`)));
}

const within = (row, year) => Math.floor(row.from) <= year && year <= Math.floor(row.to ?? row.from);
const dead = ({ died }, year) => died != null && Math.floor(died) < year;

/** What the rows say of a year: in each group the people who were in it at some time of the year. */
function grouped(people, year) {
  const groups = { office: [], out: [], died: [], dead: [], unknown: [] };
  for (const person of people) {
    if (dead(person, year)) {
      groups.dead.push(person.name);
      continue;
    }
    const rows = person.rows.filter((row) => within(row, year));
    const offices = rows.filter(({ state }) => state === "office");
    const disputed = offices.every(({ contested }) => contested) ? ", disputed" : "";
    if (offices.length) groups.office.push(person.name + disputed);
    if (offices.length < rows.length) groups.out.push(person.name);
    if (!rows.length) groups.unknown.push(person.name);
    if (person.died != null && Math.floor(person.died) === year) groups.died.push(person.name);
  }
  return groups;
}

function summed(data, people, year) {
  const groups = grouped(people, year);
  const said = data.groups.map(([group, words]) => {
    const names = groups[group];
    return words.replace("{}", names.length) + (names.length ? ` (${names.join("; ")}).` : ".");
  });
  return [`${year}.`, ...said].join(" ");
}

const told = ({ id, what, when, standing, note }) =>
  make("li", link("office:" + id, what), " ", quiet(when, " ", tag(standing), " ", runs(note)));

const brief = ({ id, what, when, contested, standing, note }) =>
  make("li", link("office:" + id, what), ", ", when, contested ? [" ", tag(standing), " ", quiet(runs(note))] : null);

/** The year of one person in words: death, the stretches that reach into it, and one whose end was not found. */
function now(person, year) {
  if (dead(person, year)) return quiet(`${year}: dead.`);
  const rows = person.rows.filter((row) => within(row, year));
  const open = person.rows.filter((row) => row.to == null && row.from < year && !rows.includes(row));
  const last = open.filter(({ from }) => !person.rows.some((other) => from < other.from && other.from < year + 1));
  const died = Math.floor(person.died) === year ? quiet(`${year}: died.`) : null;
  return [rows.length ? null : quiet(`${year}: not on record.`), died, make("ul", [...rows, ...last].map(brief))];
}

export function mount({ model, el }) {
  const stored = model.get("data");
  const contested = (row) => stored.standings[row.standing] === stored.disputed;
  const read = (row) => ({ ...row, contested: contested(row), standing: stored.standings[row.standing] });
  const people = stored.people.map((one) => {
    const marks = one.marks.map(mark);
    return { ...one, rows: one.rows.map(stretch).map(read), marks, died: marks.find(({ what }) => what === "died")?.last };
  });
  const ends = Object.fromEntries(stored.ends);
  const [first, last] = stored.years;
  const before = kept(model, QUESTION)?.answer ?? {};
  const said = { ...before.said };
  const missing = () => people.filter(({ id }) => !ends[said[id]]).map(({ name }) => name);
  let compared = Boolean(before.compared) && !missing().length; // the people may have changed since
  let year = Math.min(Math.max(before.year ?? stored.year, first), last);
  const save = () => keep(model, QUESTION, { v: 1, said, compared, year }, "open");
  const soon = () => later(model, save);
  const atOnce = () => (soon(), settle(model));
  const linked = ({ id, name }) => make("strong", link("person:" + id, name));
  const written = ({ zh }) => [" ", node("span", { lang: "zh-Hans" }, zh), " "]; // never in a label: a name read aloud has one language
  const who = (person) => [linked(person), written(person)];

  const guess = (person) => {
    const id = fresh();
    const option = ([value, words]) => node("option", { value, selected: said[person.id] === value }, words);
    const choose = ({ target }) => ((said[person.id] = target.value), soon());
    const select = node("select", { id, onchange: choose }, node("option", { value: "" }, "choose"), stored.ends.map(option));
    return node("div", { class: "cadres-guess" }, make("div", node("label", { for: id }, linked(person)), written(person), quiet(person.was)), select);
  };
  const status = node("p", { role: "status", tabindex: "-1" });
  const compare = () => {
    const names = missing();
    status.textContent = names.length ? `Guess first for: ${names.join(", ")}.` : "";
    if (names.length) return;
    compared = true;
    atOnce();
    open();
    status.focus();
  };
  const guesses = make("div", people.map(guess), button("Compare, and open the life lines", compare, { class: "cadres-main" }));

  const sentence = node("p", { role: "status" });
  const shown = people.map((person) => ({ person, line: make("div"), words: make("div") }));
  const result = ({ id, end, by, rows }) => {
    const row = rows.find((one) => one.id === by);
    const mine = said[id] === end ? "as you guessed" : `you guessed: ${ends[said[id]]}`;
    return [`${ends[end]} (${mine}). ${BY[end]}: `, link("office:" + by, row.what), `, ${row.when}.`, row.contested ? [" ", tag(row.standing)] : null];
  };
  const signs = ({ marks }) => marks.map(({ id, what, title, when }) => make("span", node("span", { "aria-hidden": "true" }, `${stored.signs[what][0]} `), link("event:" + id, title), `, ${when}`));
  const life = ({ person, line, words }) =>
    make(
      "li",
      make("div", who(person)),
      line,
      node("div", { class: "cadres-key cadres-quiet" }, signs(person)),
      words,
      make("details", make("summary", `All on record for ${person.name}: ${person.rows.length}`), make("ul", person.rows.map(told))),
    );
  const go = (to) => ((year = Math.max(first, Math.min(last, to))), tell(), hush(sentence), soon());
  const back = button("Previous year", () => go(year - 1));
  const on = button("Next year", () => go(year + 1), { class: "cadres-main" });
  const range = node("input", { type: "range", min: first, max: last, "aria-label": "Year", oninput: () => go(Number(range.value)) });
  const number = make("strong");
  const lines = make("div");
  const tell = () => {
    range.value = year;
    number.textContent = year;
    off(back, year === first);
    off(on, year === last);
    sentence.textContent = summed(stored, people, year);
    for (const { person, line: place, words } of shown) {
      place.replaceChildren(line(person, stored, year));
      words.replaceChildren(make("div", now(person, year)));
    }
  };
  const open = () => {
    const alike = people.filter(({ id, end }) => said[id] === end).length;
    status.textContent = `Your guess and the records agree for ${alike} of ${people.length} people.`;
    guesses.hidden = true;
    lines.replaceChildren(
      node("details", { open: true }, make("summary", `How each standing of ${stored.year} ended`), make("ul", people.map((one) => make("li", who(one), "– ", result(one))))),
      key(stored),
      quiet(stored.about),
      node("div", { class: "cadres-step" }, back, on, number, range),
      sentence,
      axis(stored.years),
      node("ul", { class: "cadres-people" }, shown.map(life)),
    );
    tell();
  };
  if (compared) open();
  el.replaceChildren(
    section(
      { class: "cadres-lives", "aria-label": stored.title },
      node("h3", { class: "cadres-title" }, stored.title),
      make("p", stored.ask),
      guesses,
      status,
      lines,
      node("p", { class: "cadres-quiet" }, stored.leaves_out),
    ),
  );
  return attend(model, () => {});
}
