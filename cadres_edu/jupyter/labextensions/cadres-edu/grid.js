/** Sources by claims. The learner reads what each account says on a claim and marks it; then our reading stands beside
 * theirs, cell by cell, with its reason. What was not read says so and can't be marked. Nothing is scored. */
import { attend, fresh, keep, kept, later, node, runs, section, settle } from "./base.js";

const QUESTION = "05/grid";
const SIGN = { agrees: "+", contradicts: "−", silent: "○" };
const OPEN = "·";
const UNREAD = "/";
const DOES = { agrees: "backs the claim", contradicts: "speaks against it", silent: "does not speak of it" };

const hidden = (inner) => node("span", { class: "cadres-hidden" }, inner);
/** What a cell of the overview holds: a sign to see, and its word to hear. */
const marked = (sign, word) => [node("b", { "aria-hidden": "true" }, sign), hidden(` ${word}`)];

const difference = (mine, ours) =>
  mine === ours ? `You and we read it alike: it ${DOES[ours]}.` : `You read: it ${DOES[mine]}. We read: it ${DOES[ours]}.`;

const named = ({ letter, ref, name }) => [node("strong", {}, `${letter} `), runs([{ link: ref, text: name }])];

/** A claim in the overview: under it the learner's marks, and below them ours once they are compared. */
function overviewOf({ claim, index, accounts, marks, compared, chosen, choose }) {
  const cell = (account, name, differs) => {
    const known = claim.cells[account.id];
    if (!known) return node("td", { class: "cadres-none" }, marked(UNREAD, "not read"));
    if (!name) return node("td", { class: "cadres-none" }, marked(OPEN, "to mark"));
    if (!differs) return node("td", {}, marked(SIGN[name], name));
    return node("td", { class: "cadres-differs" }, marked(SIGN[name], name), hidden(", differs"));
  };
  const attributes = { type: "button", "aria-pressed": String(chosen), onclick: () => choose(index) };
  const head = node("th", { scope: "rowgroup", colspan: accounts.length + 1 }, node("button", attributes, claim.text));
  const yours = accounts.map((account) => cell(account, marks[account.id]));
  const ours = accounts.map((account) => {
    const name = claim.cells[account.id]?.verdict;
    return cell(account, name, name && marks[account.id] !== name);
  });
  const row = (who, cells) => node("tr", {}, node("th", { scope: "row" }, who), cells);
  return node("tbody", {}, node("tr", {}, head), row("you", yours), compared ? row("we", ours) : null);
}

/** One account on the claim: what it is, what it says, the three verdicts, and after comparing ours with its reason. */
function accountItem({ account, cell, mine, compared, mark }) {
  const name = fresh();
  const choice = (one) => {
    const attributes = { type: "radio", name, value: one, disabled: compared, onchange: () => mark(account.id, one) };
    const radio = node("input", attributes);
    radio.checked = mine === one;
    return node("label", {}, radio, ` ${one}`);
  };
  const legend = node("legend", { class: "cadres-hidden" }, `What account ${account.letter} does to the claim`);
  const place = cell.place.length ? [" Here: ", runs(cell.place), "."] : [];
  const result = [node("strong", {}, mine ? difference(mine, cell.verdict) : `We read: it ${DOES[cell.verdict]}.`), " ", runs(cell.after)];
  return node(
    "li",
    {},
    node("div", {}, named(account)),
    node("div", { class: "cadres-quiet" }, account.about, place),
    node("p", {}, runs(cell.says)),
    node("fieldset", {}, legend, Object.keys(SIGN).map(choice)),
    compared ? node("p", { class: "cadres-ours" }, result) : null,
  );
}

export function mount({ model, el }) {
  const data = model.get("data");
  const { accounts, claims } = data;
  const before = kept(model, QUESTION)?.answer ?? {};
  const marks = Object.fromEntries(claims.map(({ id }) => [id, { ...before.marks?.[id] }]));
  const compared = new Set(before.compared ?? []);
  let at = 0;
  const save = () => keep(model, QUESTION, { v: 1, marks, compared: [...compared] }, "open");
  const soon = () => later(model, save);
  const now = () => (soon(), settle(model));
  const letters = accounts.map(({ letter, name }) => node("th", { scope: "col" }, letter, hidden([": ", runs(name)])));
  const caption = node("caption", { class: "cadres-hidden" }, data.title);
  const head = node("thead", {}, node("tr", {}, node("th", { scope: "col" }, hidden("Whose reading")), letters));
  const table = node("table");
  const panel = node("div", { class: "cadres-panel" });
  const tally = node("p", { class: "cadres-quiet" });
  const overview = () => {
    table.replaceChildren(
      caption,
      head,
      ...claims.map((claim, index) =>
        overviewOf({ claim, index, accounts, marks: marks[claim.id], compared: compared.has(claim.id), chosen: index === at, choose }),
      ),
    );
    const number = claims.filter(({ id }) => compared.has(id)).length;
    tally.textContent = `You have compared ${number} of ${claims.length} claims.${number ? " A frame marks what we read otherwise." : ""}`;
  };
  const mark = (account, name) => {
    marks[claims[at].id][account] = name;
    overview();
    soon();
  };
  const choose = (index) => {
    at = index;
    overview();
    open();
    table.querySelector("[aria-pressed=true]").focus();
  };
  const onward = (index) => {
    choose(index);
    panel.querySelector("h4").focus();
  };
  const open = () => {
    const claim = claims[at];
    const done = compared.has(claim.id);
    const read = accounts.filter(({ id }) => claim.cells[id]);
    const rest = accounts.filter(({ id }) => !claim.cells[id]).map(({ letter }) => letter);
    const status = node("p", { role: "status", tabindex: "-1" });
    const compare = () => {
      const missing = read.filter(({ id }) => !marks[claim.id][id]).map(({ letter }) => letter);
      if (missing.length) return void (status.textContent = `Mark ${missing.join(", ")} first.`);
      compared.add(claim.id);
      now();
      overview();
      open();
      const said = panel.querySelector("[role=status]");
      said.textContent = "";
      said.focus();
      said.textContent = claim.count;
    };
    const items = read.map((account) =>
      accountItem({ account, cell: claim.cells[account.id], mine: marks[claim.id][account.id], compared: done, mark }),
    );
    if (done) status.textContent = claim.count;
    const next = (at + 1) % claims.length;
    panel.replaceChildren(
      node("h4", { tabindex: "-1" }, `Claim ${at + 1} of ${claims.length}: `, runs([{ link: claim.ref, text: claim.text }])),
      node("ul", {}, items),
      rest.length ? node("p", { class: "cadres-quiet" }, `Not read on this claim: ${rest.join(", ")}.`) : "",
      status,
      node(
        "div",
        { class: "cadres-row" },
        done ? null : node("button", { type: "button", class: "cadres-main", onclick: compare }, "Compare with our reading"),
        claims.length > 1 ? node("button", { type: "button", onclick: () => onward(next) }, "Next claim") : null,
      ),
    );
  };
  const means = data.means.map(([name, said]) => [
    node("dt", {}, node("b", { "aria-hidden": "true" }, SIGN[name] ?? (name === "to mark" ? OPEN : UNREAD)), " ", name),
    node("dd", {}, said),
  ]);
  const cards = accounts.map((account) => node("li", {}, named(account), " ", node("span", { class: "cadres-quiet" }, account.about)));
  const who = node("details", {}, node("summary", {}, "What each letter stands for"), node("ul", {}, cards));
  overview();
  open();
  el.replaceChildren(
    section(
      { class: "cadres-grid", "aria-label": data.title },
      node("h3", { class: "cadres-title" }, data.title),
      node("p", { class: "cadres-quiet" }, data.about),
      node("dl", { class: "cadres-quiet" }, means),
      table,
      tally,
      who,
      panel,
      node("p", { class: "cadres-quiet" }, data.leaves_out),
    ),
  );
  return attend(model, () => {});
}
