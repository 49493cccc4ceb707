/** The stance board: speakers by issue. A cell on record is guessed first, then opens on the record; a cell without one says
 * so and can't be guessed. Wide it is a table, narrow a list by speaker: the same buttons, laid out anew. */
import { attend, fresh, keep, kept, node, runs, section } from "./base.js";

const QUESTION = "05/stances";
const SIGN = { supports: "+", opposes: "−", mixed: "±", silent: "○" };
const NARROW = 560;
const hidden = (text) => node("span", { class: "cadres-hidden" }, text);
const sign = (name) => node("b", { "aria-hidden": "true" }, SIGN[name]);
const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** @returns {Map<string, object>} every cell on record by its id, in reading order, with row, column and button */
function cellsOf(data, choose) {
  const cells = new Map();
  data.issues.forEach((issue, row) =>
    data.speakers.forEach((speaker, column) => {
      const id = `${speaker.id}/${issue.name}`;
      if (!data.cells[id]) return;
      const button = node("button", { type: "button", "aria-expanded": "false", tabindex: "-1", onclick: () => choose(id) });
      cells.set(id, { ...data.cells[id], id, row, column, speaker, issue, button });
    }),
  );
  return cells;
}

/** What a cell's button says: to be guessed, or the stance on record with the guess where they differ. */
function face({ speaker, issue, stance, button }, guess) {
  button.className = guess ? "cadres-open" : "";
  button.replaceChildren(hidden(`${speaker.name}, ${issue.name}: `));
  if (!guess) button.append("guess");
  else button.append(sign(stance), " ", stance);
  if (guess && guess !== stance) button.append(node("small", {}, " you ", sign(guess), hidden(guess)));
}

function table({ title, speakers, issues }, cells) {
  const names = speakers.map(({ name }) => node("th", { scope: "col" }, name));
  const rows = issues.map((issue) => {
    const head = node("th", { scope: "row" }, capital(issue.name), node("div", {}, issue.says));
    const row = speakers.map((speaker) => {
      const cell = cells.get(`${speaker.id}/${issue.name}`);
      return cell ? node("td", {}, cell.button) : node("td", { class: "cadres-none" }, "no record seen");
    });
    return node("tr", {}, head, row);
  });
  const head = node("thead", {}, node("tr", {}, node("th", { scope: "col" }, "Issue and statement"), names));
  return node("table", {}, node("caption", { class: "cadres-hidden" }, title), head, node("tbody", {}, rows));
}

function list({ speakers, issues }, cells) {
  return speakers.map((speaker) => {
    const found = issues.filter((issue) => cells.has(`${speaker.id}/${issue.name}`));
    const none = issues.filter((issue) => !found.includes(issue)).map(({ name }) => name);
    const rows = found.map((issue) => {
      const { button } = cells.get(`${speaker.id}/${issue.name}`);
      return node("li", {}, node("div", { class: "cadres-line" }, node("span", {}, capital(issue.name)), button));
    });
    const rest = none.length ? node("p", { class: "cadres-quiet" }, `No record seen: ${none.join(", ")}.`) : null;
    return [node("h4", {}, speaker.name), node("ul", {}, rows), rest];
  });
}

function told(data, { ref, stance, when, said, standing, note, works }) {
  const named = works.flatMap((name, index) => [index ? "; " : " ", ...runs(data.works[name])]);
  return node(
    "li",
    {},
    node("strong", {}, `${capital(stance)}. `),
    runs(said),
    " ",
    node("span", { class: "cadres-tag" }, data.standings[standing]),
    node("div", { class: "cadres-quiet" }, runs([{ link: ref, text: when }]), ".", named, ". ", runs(note)),
  );
}

/** The cell's panel: its statement, then the guess to make, or what was guessed and what is on record. */
function panel(data, { speaker, issue, stance, records }, guess, open) {
  const status = node("div", { role: "status" });
  const head = node("h4", {}, runs([{ link: `person:${speaker.id}`, text: speaker.name }]), ` on ${issue.name}`);
  const statement = issue.says && node("p", {}, "The statement: ", node("em", {}, issue.says));
  const show = (made) => {
    const same = made === stance ? "as recorded." : `the record: ${stance}, ${Object.fromEntries(data.means)[stance]}.`;
    form.remove();
    status.replaceChildren(node("p", {}, `You guessed ${made}; ${same}`), node("ul", {}, records.map((record) => told(data, record))));
  };
  const name = fresh();
  const radios = Object.keys(SIGN).map((one) => node("input", { type: "radio", name, value: one }));
  const choices = radios.map((radio) => node("label", {}, radio, ` ${radio.value}`));
  const go = () => {
    const made = radios.find((radio) => radio.checked)?.value;
    if (!made) return void (status.textContent = "Choose one of the four first.");
    show(made);
    open(made);
  };
  const form = node(
    "div",
    {},
    node("fieldset", {}, node("legend", {}, `Where did ${speaker.name} stand? Guess first.`), choices),
    node("button", { type: "button", class: "cadres-main", onclick: go }, "Open the record"),
  );
  if (guess) show(guess);
  const role = node("p", { class: "cadres-quiet" }, `${speaker.role}.`);
  const inner = [head, role, statement || null, guess ? null : form, status];
  return node("div", { class: "cadres-panel", role: "group", "aria-label": head.textContent }, inner);
}

/** The cell that a key leads to: arrows along a row or the list in reading order, up and down in a column; Home and End. */
function beside(cells, from, key, narrow) {
  const all = [...cells.values()];
  const order = narrow ? all.sort((a, b) => a.column - b.column || a.row - b.row) : all;
  const line = narrow || key === "ArrowLeft" || key === "ArrowRight" ? order : order.filter((one) => one.column === from.column);
  const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[key];
  return { Home: order[0], End: order.at(-1) }[key] ?? (step && line[line.indexOf(from) + step]);
}

export function mount({ model, el }) {
  const data = model.get("data");
  const guesses = { ...kept(model, QUESTION)?.answer?.guesses };
  let narrow = null;
  let opened = null;
  let shown = null;
  const board = node("div", { class: "cadres-board" });
  const tally = node("p", { class: "cadres-quiet" });
  const place = () => {
    const home = opened?.button.closest("li");
    if (!shown) return;
    if (home) return home.append(shown);
    const row = node("tr", { class: "cadres-within" }, node("td", { colspan: data.speakers.length + 1 }, shown));
    opened.button.closest("tr").after(row);
  };
  const put = () => (board.querySelector(".cadres-within")?.remove(), shown?.remove());
  const choose = (id) => {
    const again = opened?.id === id;
    put();
    opened?.button.setAttribute("aria-expanded", "false");
    opened = again ? null : cells.get(id);
    shown = opened && panel(data, opened, guesses[id], (guess) => opens(id, guess));
    opened?.button.setAttribute("aria-expanded", "true");
    rove(cells.get(id));
    place();
  };
  const opens = (id, guess) => {
    guesses[id] = guess;
    face(cells.get(id), guess);
    count();
    cells.get(id).button.focus();
    keep(model, QUESTION, { v: 1, guesses }, "open");
  };
  const cells = cellsOf(data, choose);
  const rove = (to) => cells.forEach((one) => (one.button.tabIndex = one === to ? 0 : -1));
  const count = () => {
    const made = [...cells.values()].filter(({ id }) => guesses[id]);
    const same = made.filter(({ id, stance }) => guesses[id] === stance).length;
    tally.textContent = `You have guessed ${made.length} of ${cells.size} on record; ${same} as recorded.`;
  };
  const lay = (width) => {
    if (narrow === (width > 0 && width < NARROW)) return;
    narrow = width > 0 && width < NARROW;
    put();
    board.replaceChildren(...(narrow ? list(data, cells).flat() : [table(data, cells)]).filter(Boolean));
    place();
  };
  board.addEventListener("keydown", (event) => {
    const from = [...cells.values()].find(({ button }) => button === event.target);
    const to = from && beside(cells, from, event.key, narrow);
    if (!to) return;
    event.preventDefault();
    rove(to);
    to.button.focus();
  });
  cells.forEach((cell) => face(cell, guesses[cell.id]));
  rove([...cells.values()][0]);
  count();
  const means = data.means.map(([name, words]) => [
    node("dt", {}, SIGN[name] ? [sign(name), " ", name] : name),
    node("dd", {}, words),
  ]);
  const root = section(
    { class: "cadres-stances", "aria-label": data.title },
    node("h3", { class: "cadres-title" }, data.title),
    node("p", { class: "cadres-quiet" }, data.about),
    node("dl", { class: "cadres-quiet" }, means),
    board,
    tally,
    node("p", { class: "cadres-quiet" }, runs(data.leaves_out)),
  );
  el.replaceChildren(root);
  lay(root.clientWidth);
  const watch = new ResizeObserver(() => lay(root.clientWidth));
  watch.observe(root);
  const leave = attend(model, () => {});
  return () => (watch.disconnect(), leave());
}
