/** Three official verdicts, point by point. Where an earlier one speaks, the learner first says what the later one does with
 * it, and then reads it. What was not read says so, and is never called silent. Nothing is marked. */
import { attend, fresh, keep, kept, later, node, runs, section, settle, tell } from "./base.js";

const QUESTION = "09/verdicts";
const named = (row) => Object.fromEntries("at id says does standing note follows".split(" ").map((name, at) => [name, row[at]]));
const make = (kind, ...inner) => node(kind, {}, inner);
const quiet = (...inner) => node("div", { class: "cadres-quiet" }, inner);
const button = (text, onclick, more) => node("button", { type: "button", onclick, ...more }, text);

export function mount({ model, el }) {
  const data = model.get("data");
  const points = data.points.map(({ name, rows }) => ({ name, rows: rows.map(named) }));
  const asked = points.flatMap(({ rows }) => rows).filter(({ follows }) => follows);
  const before = kept(model, QUESTION)?.answer ?? {};
  const said = { ...before.said };
  const opened = new Set((before.opened ?? []).filter((id) => said[id]));
  let at = Math.max(0, points.findIndex(({ name }) => name === before.point));
  const save = () => keep(model, QUESTION, { v: 1, said, opened: [...opened], point: points[at].name }, "open");
  const soon = () => later(model, save);
  const now = () => (soon(), settle(model));
  const shown = ({ id, follows }) => !follows || opened.has(id);

  const body = make("tbody");
  const tally = node("p", { role: "status" });
  const panel = node("div", { class: "cadres-panel" });
  const cell = (row) => {
    if (!row) return node("td", { class: "cadres-none" }, data.unread);
    return shown(row) ? make("td", data.words[row.does]) : node("td", { class: "cadres-none" }, data.open);
  };
  const overview = () => {
    const line = ({ name, rows }, index) => {
      const pressed = { "aria-pressed": String(index === at) };
      const head = node("th", { scope: "row" }, button(name, () => choose(index, "[aria-pressed=true]"), pressed));
      return make("tr", head, data.verdicts.map((_, place) => cell(rows.find((row) => row.at === place))));
    };
    body.replaceChildren(...points.map(line));
    const done = asked.filter(({ id }) => opened.has(id));
    const alike = done.filter(({ id, does }) => said[id] === does).length;
    tell(tally, `You have read what a later verdict does ${done.length} of ${asked.length} times; ${alike} as you said.`);
  };

  const text = ({ id, says, does, standing, note, follows }) => [
    follows ? node("p", { class: "cadres-ours" }, make("strong", `You said: it ${data.words[said[id]]}. `), `We read: it ${data.words[does]}.`) : make("p", make("strong", does === "silent" ? `It ${data.words.silent}.` : "First of the three to speak of it.")),
    node("p", {}, runs(says)),
    quiet(runs([{ link: "verdict:" + id, text: "The record" }]), " ", node("span", { class: "cadres-tag" }, standing), " ", runs(note)),
  ];
  const question = (row) => {
    const name = fresh();
    const choice = (one) => {
      const onchange = () => ((said[row.id] = one), (status.textContent = ""), soon());
      return make("label", node("input", { type: "radio", name, value: one, checked: said[row.id] === one, onchange }), ` it ${data.words[one]}`);
    };
    const status = node("p", { role: "status" });
    const year = data.verdicts[row.at][0];
    const show = () => {
      if (!said[row.id]) return void (status.textContent = "Say first what it does.");
      opened.add(row.id);
      now();
      overview();
      open();
      panel.querySelector(`[data-at="${row.at}"] h5`).focus();
    };
    const legend = make("legend", `What does ${year} do with what ${row.follows} says?`);
    return [make("fieldset", legend, data.choices.map(choice)), status, button(`Read what ${year} says`, show, { class: "cadres-main" })];
  };
  const open = () => {
    const { name, rows } = points[at];
    const next = rows.find((row) => !shown(row));
    const part = ([year, title], place) => {
      const row = rows.find((one) => one.at === place);
      const none = row ? quiet(`First say what ${data.verdicts[next?.at]?.[0]} does.`) : quiet(`${data.unread}: the part that would speak of it was not read.`);
      const inner = row && shown(row) ? text(row) : row && row === next ? question(row) : none;
      return node("div", { "data-at": place }, node("h5", { tabindex: "-1" }, `${year}: ${title}`), inner);
    };
    panel.replaceChildren(
      node("h4", { tabindex: "-1" }, `Point ${at + 1} of ${points.length}: ${name}`),
      node("div", { class: "cadres-sides" }, data.verdicts.map(part)),
      node("div", { class: "cadres-row" }, button("Next point", () => choose((at + 1) % points.length, "h4"))),
    );
  };
  const choose = (index, focus) => {
    at = index;
    overview();
    open();
    soon();
    (body.querySelector(focus) ?? panel.querySelector(focus)).focus();
  };
  overview();
  open();
  const years = data.verdicts.map(([year]) => node("th", { scope: "col" }, year));
  const head = make("thead", make("tr", node("th", { scope: "col" }, "Point"), years));
  el.replaceChildren(
    section(
      { class: "cadres-verdicts", "aria-label": data.title },
      node("h3", { class: "cadres-title" }, data.title),
      make("p", data.ask),
      node("p", { class: "cadres-quiet" }, data.about),
      make("table", node("caption", { class: "cadres-hidden" }, "What each verdict does, point by point"), head, body),
      tally,
      panel,
      node("p", { class: "cadres-quiet" }, data.leaves_out),
    ),
  );
  return attend(model, () => {});
}
