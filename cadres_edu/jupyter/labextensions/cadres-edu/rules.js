/** One invented list of deaths, counted by a rule that the learner chooses and applies, then held against what it allows. */
import { attend, keep, kept, node, runs, section } from "./base.js";

const QUESTION = "02/rules";
const names = (groups) => groups.map((one) => one.cause).join("; ");

/** Which deaths a rule must take in, and which it can't: the rest its words leave open. */
const must = (rule, group) => group.food === "yes" || (rule.id === "abnormal" && group.violent);
const cannot = (rule, group) => group.food === "no" && !must(rule, group);

function verdict(rule, groups, ticked) {
  const all = groups.reduce((sum, one) => sum + one.deaths, 0);
  const [low, high] = rule.bounds;
  if (rule.id === "above") {
    const suicides = groups.find((one) => one.id === "suicide").deaths;
    const sum = `${all} deaths, less ${all - suicides - high} as normal for this village and less ${suicides} suicides, make ${high}.`;
    return [sum, `Are accidents “the like”? The words don't settle it. Without them it is ${low}.`];
  }
  const count = groups.filter((one) => ticked.has(one.id)).reduce((sum, one) => sum + one.deaths, 0);
  const missed = groups.filter((one) => must(rule, one) && !ticked.has(one.id));
  const wrong = groups.filter((one) => cannot(rule, one) && ticked.has(one.id));
  const open = groups.filter((one) => one.food === "open");
  return [
    `You counted ${count}. Obeying this rule, a clerk could report any number from ${low} to ${high}.`,
    missed.length ? `The rule takes in what you left out: ${names(missed)}.` : "",
    wrong.length ? `The rule doesn't take in: ${names(wrong)}.` : "",
    `Its words don't settle: ${names(open)}. Somebody has to decide, and no reader of the total will know how.`,
  ].filter(Boolean);
}

export function mount({ model, el }) {
  const { title, about, leaves_out: leavesOut, groups, rules } = model.get("data");
  const before = kept(model, QUESTION)?.answer ?? {};
  const ticks = Object.fromEntries(rules.map((rule) => [rule.id, new Set(before.ticks?.[rule.id] ?? [])]));
  const held = new Set(before.held ?? []);
  let rule = rules.find((one) => one.id === before.rule) ?? null;
  const store = () => {
    const sets = Object.fromEntries(rules.map((one) => [one.id, [...ticks[one.id]].sort()]));
    keep(model, QUESTION, { v: 1, rule: rule.id, ticks: sets, held: [...held].sort() }, "open");
  };
  const said = node("div", { role: "status" });
  const sum = node("strong", {});
  const boxes = groups.map((group) => {
    const box = node("input", { type: "checkbox", onchange: () => tick(group, box.checked) });
    return box;
  });
  const tick = (group, on) => {
    ticks[rule.id][on ? "add" : "delete"](group.id);
    held.delete(rule.id);
    draw();
  };
  const hold = () => (held.add(rule.id), draw(), store());
  const button = node("button", { type: "button", class: "cadres-main", onclick: hold }, "Hold it against the rule");
  const draw = () => {
    boxes.forEach((box, index) => {
      box.checked = Boolean(rule) && ticks[rule.id].has(groups[index].id);
      box.disabled = !rule || rule.id === "above";
    });
    const count = groups.filter((_, index) => boxes[index].checked).reduce((total, one) => total + one.deaths, 0);
    sum.textContent = rule?.id === "above" ? "no ticks needed" : String(count);
    button.disabled = !rule;
    if (!rule) return said.replaceChildren(node("p", { class: "cadres-quiet" }, "Choose a rule first."));
    if (!held.has(rule.id)) return said.replaceChildren();
    const lines = verdict(rule, groups, ticks[rule.id]).map((line) => node("p", {}, line));
    const all = held.size === rules.length && node("p", {}, node("strong", {}, `Forty deaths, three honest rules: ${rules.map(range).join(", ")}.`));
    said.replaceChildren(...lines, node("p", {}, runs(rule.counties)), ...(all ? [all] : []));
  };
  const range = ({ bounds: [low, high] }) => (low === high ? String(low) : `${low} to ${high}`);
  const radios = rules.map((one) => {
    const input = node("input", { type: "radio", name: "cadres-rules-rule", value: one.id, onchange: () => ((rule = one), draw()) });
    input.checked = one === rule;
    return node("label", { class: "cadres-rule" }, input, " ", one.words);
  });
  const rows = groups.map((group, index) =>
    node("tr", {}, node("th", { scope: "row" }, node("label", {}, boxes[index], " ", group.cause)), node("td", {}, String(group.deaths))),
  );
  const heads = ["Cause, as the clerk wrote it", "Deaths"].map((name) => node("th", { scope: "col" }, name));
  const foot = node("tr", {}, node("th", { scope: "row" }, "You count"), node("td", {}, sum));
  draw();
  el.replaceChildren(
    section(
      { class: "cadres-rules", "aria-label": title },
      node("h3", { class: "cadres-title" }, title),
      node("p", {}, about),
      node("fieldset", {}, node("legend", {}, "The rule"), radios),
      node("table", {}, node("caption", { class: "cadres-hidden" }, "The clerk’s list"), node("thead", {}, node("tr", {}, heads)), node("tbody", {}, rows, foot)),
      node("div", { class: "cadres-row" }, button),
      said,
      node("p", { class: "cadres-quiet" }, leavesOut),
    ),
  );
  return attend(model, () => {});
}
