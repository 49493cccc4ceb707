/** Who was invited, level by level: the learner sets the number of units, the table adds up, and a printed total is held
 * against the sum. It shows invitations, never attendance by level: nobody has recorded that. */
import { attend, hush, keep, kept, later, node, runs, scroller, section } from "./base.js";

const QUESTION = "03/hall";
const people = (number) => number.toLocaleString("en-GB");

function row(level, tick, field, product) {
  return node(
    "tr",
    {},
    node("th", { scope: "row" }, node("label", {}, tick, " ", level.name)),
    node("td", {}, field, node("div", { class: "cadres-quiet" }, runs(level.note))),
    node("td", {}, runs([{ link: level.each_ref, text: String(level.each) }])),
    node("td", {}, product),
  );
}

function fieldOf(level, value, changed) {
  const attributes = { type: "text", inputmode: "numeric", "aria-label": `Number of units: ${level.name}`, value: String(value) };
  return node("input", { ...attributes, oninput: changed });
}

const numberIn = (field) => (/^\s*\d[\d,\s]*$/.test(field.value) ? Number(field.value.replace(/[,\s]/g, "")) : null);

function compared(all, total) {
  if (!(all >= 0)) return "Write whole numbers in every row that you count.";
  if (all === 0) return "Tick a level to count it.";
  const start = `Invited by the levels counted: ${people(all)}. The total in print: ${people(total)}. `;
  return start + (all <= total ? `Not explained: ${people(total - all)}.` : `That is ${people(all - total)} too many.`);
}

export function mount({ model, el }) {
  const { levels, totals, title, about, leaves_out: leavesOut } = model.get("data");
  const before = kept(model, QUESTION)?.answer ?? {};
  const changed = () => {
    add();
    later(model, () => keep(model, QUESTION, state(), "open"));
  };
  const fields = levels.map((level) => fieldOf(level, before.counts?.[level.id] ?? level.count, () => (changed(), hush(verdict))));
  const ticks = levels.map((level) => node("input", { type: "checkbox", onchange: changed }));
  ticks.forEach((tick, index) => (tick.checked = before.counted?.includes(levels[index].id) ?? false));
  const products = levels.map(() => node("span", {}));
  const bar = node("span", { class: "cadres-filled" });
  const sum = node("strong", {});
  const options = totals.map((total, index) => node("option", { value: index }, `${people(total.value)}: ${total.label}`));
  const choice = node("select", { onchange: changed }, options);
  choice.value = String(before.total ?? 0);
  const verdict = node("p", { role: "status" });
  const state = () => ({
    v: 1,
    counts: Object.fromEntries(levels.map((level, index) => [level.id, numberIn(fields[index])])),
    counted: levels.filter((_, index) => ticks[index].checked).map((level) => level.id),
    total: Number(choice.value),
  });
  const add = () => {
    const parts = levels.map((level, index) => {
      if (!ticks[index].checked) return 0;
      return numberIn(fields[index]) === null ? NaN : numberIn(fields[index]) * level.each;
    });
    products.forEach((cell, index) => {
      cell.textContent = !ticks[index].checked ? "not counted" : parts[index] >= 0 ? people(parts[index]) : "not a number";
    });
    fields.forEach((field) => field.setAttribute("aria-invalid", numberIn(field) === null));
    const all = parts.reduce((left, right) => left + right, 0);
    const total = totals[Number(choice.value)].value;
    sum.textContent = all >= 0 ? people(all) : "–";
    bar.style.width = `${Math.min(100, (100 * (all || 0)) / total)}%`;
    verdict.textContent = compared(all, total);
  };
  const reset = () => {
    fields.forEach((field, index) => (field.value = String(levels[index].count)));
    changed();
  };
  const heads = ["Level", "How many units", "Invited from each", "People"].map((name) => node("th", { scope: "col" }, name));
  const foot = node("tr", {}, node("th", { scope: "row", colspan: 3 }, "Invited by level"), node("td", {}, sum));
  const body = levels.map((level, index) => row(level, ticks[index], fields[index], products[index]));
  const table = node("table", {}, node("caption", { class: "cadres-hidden" }, "People invited, by level"), node("thead", {}, node("tr", {}, heads)), node("tbody", {}, body, foot));
  add();
  el.replaceChildren(
    section(
      { class: "cadres-hall", "aria-label": title },
      node("h3", { class: "cadres-title" }, title),
      node("p", { class: "cadres-quiet" }, about),
      scroller(title, table),
      node("p", {}, node("label", {}, "Hold it against the total in print: ", choice)),
      node("div", { class: "cadres-bar", "aria-hidden": "true" }, bar),
      verdict,
      node("p", { class: "cadres-quiet" }, leavesOut),
      node("button", { type: "button", onclick: reset }, "Back to the counts on record"),
    ),
  );
  return attend(model, () => {});
}
