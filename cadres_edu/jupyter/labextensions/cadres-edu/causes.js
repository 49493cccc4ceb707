/** Causes: event cards are chosen and linked, each link with a label and a reason; sentences and a drawing in order of time
 * show the chain; then an author's chain stands beside it. A link is refused where the dates rule it out, never marked. */
import { attend, draft, fresh, keep, kept, later, node, runs, section, tell } from "./base.js";

const QUESTION = "08/causes";
const [GUTTER, ROW] = [66, 48]; // of the drawing, in pixels
const BESIDE = "coincidence"; // the label that has no direction and carries no chain on
const make = (kind, ...inner) => node(kind, {}, inner);
const classed = (name, ...inner) => node("div", { class: "cadres-" + name }, inner);
const quiet = (...inner) => classed("quiet cadres-line", inner);
const tag = (words) => node("span", { class: "cadres-tag" }, words);
const button = (text, onclick, more) => node("button", { type: "button", onclick, ...more }, text);
const option = (value, text) => node("option", { value }, text);
const many = (number, thing) => `${number} ${thing}${number === 1 ? "" : "s"}`;
const countWords = (text) => text.split(/\s+/).filter(Boolean).length;
const same = (one) => (other) => one.from === other.from && one.to === other.to;

/** @returns {Set<string>[]} the events of each piece of a chain: those that its links join, coincidences apart */
const pieces = (links) =>
  links.filter(({ label }) => label !== BESIDE).reduce((groups, { from, to }) => {
    const near = groups.filter((group) => group.has(from) || group.has(to));
    return [...groups.filter((group) => !near.includes(group)), new Set([from, to, ...near.flatMap((group) => [...group])])];
  }, []);

/** A short line in the manner of a label, for the choice of labels; it is the key to the drawing. */
const sample = (label) => node("svg:svg", { width: 34, height: 10, "aria-hidden": "true" }, node("svg:path", { d: "M1 5H33", class: "cadres-" + label }));

/** Curves beside the cards, from an event to the one that it leads to, each with its mark; `left` or right of them. */
function curves(cards, links, marks, left) {
  const x = (far) => (left ? GUTTER - far : far);
  const drawn = links.map(({ from, to, label }, at) => {
    const [first, then] = [from, to].map((id) => cards.findIndex((card) => card.id === id));
    const step = Math.sign(then - first) * 8;
    const [y1, y2] = [first * ROW + ROW / 2 + step, then * ROW + ROW / 2 - step];
    const far = 16 + (GUTTER - 26) * Math.sqrt((Math.abs(then - first) - 1) / cards.length);
    const head = label === BESIDE ? "" : `M${x(8)} ${y2 - 4}L${x(0)} ${y2}L${x(8)} ${y2 + 4}Z`;
    return [
      node("svg:path", { d: `M${x(0)} ${y1}C${x(far / 0.75)} ${y1} ${x(far / 0.75)} ${y2} ${x(0)} ${y2}`, class: "cadres-" + label }),
      node("svg:path", { d: head, class: "cadres-head" }),
      node("svg:text", { x: x(far), y: (y1 + y2) / 2 + 4 }, marks(at)),
    ];
  });
  return node("svg:svg", { width: GUTTER, height: cards.length * ROW, "aria-hidden": "true" }, drawn);
}

const letter = (at) => String.fromCharCode(97 + at);

export function mount({ model, el }) {
  const data = model.get("data");
  const cards = data.cards.map(([id, label, when, first, last]) => ({ id, label, when, first, last }));
  const card = Object.fromEntries(cards.map((one) => [one.id, one]));
  const verbs = Object.fromEntries(data.labels.map(([name, , says]) => [name, says]));
  const chains = data.chains.map((one) => ({ ...one, links: one.links.map(([from, to, label, reason, note]) => ({ from, to, label, reason, note })) }));
  const before = kept(model, QUESTION)?.answer ?? {};
  const links = (before.links ?? []).filter(({ from, to, label }) => card[from] && card[to] && verbs[label]); // the cards may have changed since
  const chosen = new Set((before.events ?? []).filter((id) => card[id]));
  let compared = before.compared ?? false;
  let author = chains.find(({ who }) => who === before.author) ?? chains[0];
  const save = () => keep(model, QUESTION, { v: 1, events: [...chosen], links, compared, author: author.who }, "open");
  const changed = () => {
    draw();
    later(model, save);
  };

  const event = ({ id, label, when }) => [runs([{ link: "event:" + id, text: label }]), " ", node("small", {}, when)];
  const told = ({ from, to, label }) => ["“", runs([{ link: "event:" + from, text: card[from].label }]), `” ${verbs[label]} “`, runs([{ link: "event:" + to, text: card[to].label }]), "” (", make("b", label), "): "];

  // The cards to choose.
  const chose = node("p", { role: "status" });
  const choose = (id, box) => {
    const used = links.filter(({ from, to }) => from === id || to === id).length;
    const full = box.checked && chosen.size >= data.events.most;
    const why = full ? `${data.events.most} events at most. Give up another one first.` : `“${card[id].label}” stands in ${many(used, "link")} of yours. Take ${used === 1 ? "it" : "them"} back first.`;
    if (full || used) return void ((box.checked = !box.checked), (chose.textContent = why));
    if (!chosen.delete(id)) chosen.add(id);
    changed();
  };
  const boxes = cards.map(({ id }) => node("input", { type: "checkbox", value: id, checked: chosen.has(id), onchange: ({ target }) => choose(id, target) }));
  const items = cards.map((one, at) => make("li", make("label", boxes[at], " " + one.label), " ", make("small", runs([{ link: "event:" + one.id, text: one.when }]))));
  const chooser = node("details", { open: !links.length }, make("summary", "1. Choose events"), make("ul", items));

  // The link being written.
  const name = fresh();
  const [from, to] = ["From", "To"].map((label) => node("select", { "aria-label": label }));
  const radios = data.labels.map(([value]) => node("input", { type: "radio", name, value }));
  const reason = node("input", { type: "text", autocomplete: "off" });
  const late = node("input", { type: "checkbox" });
  const said = node("p", { role: "status" });
  const written = () => ({ from: from.value, to: to.value, label: radios.find((one) => one.checked)?.value, reason: reason.value.trim(), late: late.checked });
  const fill = (link) => {
    [from.value, to.value] = [link?.from ?? "", link?.to ?? ""];
    radios.forEach((one) => (one.checked = one.value === link?.label));
    [reason.value, late.checked] = [link?.reason ?? "", link?.late ?? false];
    draft(model, QUESTION, link ?? null);
  };
  /** Why a link can't be taken, in words; undefined where it can. */
  const refused = (link) => {
    const [first, then] = [card[link.from], card[link.to]];
    if (!first || !then) return "Choose the two events first.";
    if (first === then) return "An event can’t lead to itself. Choose another one.";
    if (!link.label) return "Choose a label.";
    if (first.first > then.last)
      return `“${then.label}” was over (${then.when}) before “${first.label}” began (${first.when}). Nothing works backwards in time: turn the link round.`;
    if (links.some(same(link))) return "You have a link from the one to the other. Take it back to change it.";
    const number = countWords(link.reason);
    if (number < data.words) return `Give a reason in ${data.words} words or more. So far: ${number}.`;
  };
  const add = (happening) => {
    happening.preventDefault();
    const link = written();
    // What fell together has no direction; it is written in order of time.
    if (link.label === BESIDE && cards.indexOf(card[link.from]) > cards.indexOf(card[link.to])) [link.from, link.to] = [link.to, link.from];
    const why = refused(link);
    if (!why) {
      links.push(link);
      links.sort((a, b) => cards.indexOf(card[a.from]) - cards.indexOf(card[b.from]) || cards.indexOf(card[a.to]) - cards.indexOf(card[b.to]));
      fill();
      changed();
      from.focus();
    }
    said.textContent = why ?? `Link ${links.indexOf(link) + 1} of ${links.length} is in your chain.`;
  };
  const back = (link) => {
    if (reason.value.trim()) return void (said.textContent = "Add the link that you are writing first, or empty its reason.");
    links.splice(links.indexOf(link), 1);
    changed();
    fill(link);
    said.textContent = "Taken back. Change it and add it again, or leave it.";
    from.focus();
  };
  const form = node(
    "form",
    { onsubmit: add, oninput: () => draft(model, QUESTION, written()) },
    make("h4", "2. Link them"),
    classed("ends", make("label", "From ", from), make("label", "To ", to)),
    make("fieldset", make("legend", "Label"), data.labels.map(([value, means], at) => make("label", radios[at], " ", sample(value), make("span", make("b", value), ": " + means)))),
    make("label", make("b", "Reason, in your own words"), reason),
    make("label", late, ` ${data.late}.`),
    node("div", { class: "cadres-row" }, make("button", "Add this link")),
    said,
  );

  // The chain, and the comparison.
  const [count, list, picture, theirs] = ["p", "ol", "div", "div"].map((kind) => make(kind));
  const key = quiet("Left, with numbers: your links. Right, with letters: theirs. A dashed card is in their chain and not among yours.");
  const shown = node("div", { role: "status" });
  const lacks = () => [
    chosen.size < data.events.fewest && `${data.events.fewest} events (you have ${chosen.size})`,
    links.length < data.links && `${data.links} links (you have ${links.length})`,
  ].filter(Boolean).join(" and ");
  const compare = button("Compare with three authors", () => {
    if (lacks()) return void (shown.textContent = `To compare you need at least ${lacks()}.`);
    compared = true;
    changed();
    group.querySelector("input:checked").focus();
  }, { class: "cadres-main" });
  const who = fresh();
  const radio = (one) => node("input", { type: "radio", name: who, checked: one === author, onchange: () => ((author = one), changed()) });
  const group = make("fieldset", make("legend", "Beside yours"), chains.map((one) => make("label", radio(one), " " + one.who)));

  const summed = () => {
    const shared = author.links.flatMap((one) => links.filter(same(one)).map(({ label }) => label === one.label));
    const alone = links.filter((one) => !chains.some((chain) => chain.links.some(same(one))));
    const none = [...chosen].filter((id) => !chains.some((chain) => chain.links.some((one) => [one.from, one.to].includes(id))));
    const after = links.filter((one) => one.late).length;
    const [number, parts] = [author.links.length, pieces(author.links).length];
    return [
      `${author.who}: ${many(number, "link")} in ${many(parts, "piece")}. You share ${shared.length} of them, ${shared.filter(Boolean).length} with the same label. Not in yours: ${number - shared.length}.`,
      `Links of yours that none of the three has: ${alone.map((one) => links.indexOf(one) + 1).join(", ") || "none"}.`,
      `Events of yours in none of the three: ${cards.filter(({ id }) => none.includes(id)).map(({ label }) => label).join(", ") || "none"}.`,
      `Links of yours that rest on what was said afterwards: ${after} of ${links.length}.`,
    ];
  };
  const beside = (one) => {
    const mine = links.find(same(one));
    const verdict = !mine ? "not in yours" : mine.label === one.label ? "you too" : `you say ${mine.label}`;
    return make("li", told(one), runs(one.reason), " ", one.note ? [make("em", runs(one.note)), " "] : "", tag(verdict));
  };
  const draw = () => {
    tell(chose, `Chosen: ${chosen.size}. ${data.events.fewest} to ${data.events.most} are asked for.`);
    const mine = cards.filter(({ id }) => chosen.has(id));
    for (const one of [from, to]) {
      const { value } = one;
      one.replaceChildren(option("", "Choose…"), ...mine.map(({ id, label, when }) => option(id, `${label} (${when})`)));
      one.value = chosen.has(value) ? value : "";
    }
    const loose = mine.filter(({ id }) => !links.some((one) => [one.from, one.to].includes(id)));
    const joined = links.length ? `Your chain: ${many(links.length, "link")} in ${many(pieces(links).length, "piece")}.` : "No link yet.";
    count.textContent = `${joined} Chosen and not linked: ${loose.map(({ label }) => label).join(", ") || "none"}.`;
    list.replaceChildren(...links.map((one, at) => make("li", told(one), one.reason, " ", one.late ? [tag("said afterwards"), " "] : "", button("Take back", () => back(one), { "aria-label": `Take back link ${at + 1}` }))));
    const ends = compared ? author.links.flatMap((one) => [one.from, one.to]) : [];
    const rows = cards.filter(({ id }) => chosen.has(id) || ends.includes(id));
    const stack = make("ol", rows.map((one) => node("li", { class: !chosen.has(one.id) && "cadres-other" }, event(one))));
    picture.replaceChildren(curves(rows, links, (at) => String(at + 1), true), stack, compared ? curves(rows, author.links, letter, false) : "");
    picture.hidden = !rows.length;
    compare.hidden = compared;
    compare.setAttribute("aria-disabled", String(Boolean(lacks())));
    group.hidden = key.hidden = theirs.hidden = !compared;
    if (!compared) return;
    const lines = summed();
    if (shown.textContent !== lines.join("")) shown.replaceChildren(...lines.map((line) => make("p", line)));
    theirs.replaceChildren(
      make("h4", runs([{ link: author.ref, text: author.who }]), author.part ? `, read: ${author.part}` : ""),
      node("ol", { type: "a" }, author.links.map(beside)),
      quiet(data.theirs),
    );
  };
  picture.className = "cadres-picture";
  draw();
  fill(draft(model, QUESTION));
  const chain = make("div", make("h4", "3. Your chain"), count, list, compare, group, shown, picture, key, theirs);
  el.replaceChildren(section({ class: "cadres-causes", "aria-label": data.title }, node("h3", { class: "cadres-title" }, data.title), make("p", data.about), chooser, chose, form, chain, quiet(data.leaves_out)));
  return attend(model, () => {});
}
