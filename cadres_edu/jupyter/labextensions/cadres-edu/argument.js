/** A case to make: the claim, pieces of evidence for and against it with the learner's reasons, the reply, and a plan of all
 * that as text. The page says what is missing and why; it never says whether the case is good. */
import { attend, draft, fresh, keep, kept, node, runs, section, tell, words } from "./base.js";

const QUESTION = "10/argument";
const SIDES = { for: "For my claim", against: "Against it" };
const make = (kind, ...inner) => node(kind, {}, inner);
const quiet = (...inner) => node("p", { class: "cadres-quiet" }, inner);
const tag = (text) => node("span", { class: "cadres-tag" }, text);
const button = (text, onclick, more) => node("button", { type: "button", onclick, ...more }, text);
// A Chinese character counts as one word.
const count = (text) => (text.match(/[\u3400-\u9fff\uf900-\ufaff]|[^\s\u3400-\u9fff\uf900-\ufaff]+/g) ?? []).length;

/** The cards as objects, by their records. */
function read(data) {
  const works = (places) => places.flatMap((place, at) => [at ? "; " : "", data.works[place]].flat());
  const card = (lesson) => ([ref, label, line, own, standing, places, asks]) => ({
    ref, label, line, standing: data.standings[standing], works: places.length ? works(places) : "our own calculation", from: places.map((place) => words(data.works[place])),
    limit: [own, own && data.limits[ref.split(":")[0]] ? " " : "", data.limits[ref.split(":")[0]]], asks, lesson,
  });
  return data.lessons.map(([lesson, rows]) => ({ lesson, cards: rows.map(card(lesson)) }));
}

// ---- The rule and the plan, the same as in argument.py. ----

const claimOf = (data, { thesis, own }) => data.theses.find(([id]) => id === thesis)?.[1] ?? own.trim();

/** What a case still lacks, as keys of `wanted`. */
function missing(data, state) {
  const side = (name) => state.pieces.filter((one) => one.side === name).length;
  const claim = claimOf(data, state);
  const lacks = {
    claim: !claim,
    own: state.thesis === "own" && claim && count(claim) < data.least.own,
    for: side("for") < 2,
    against: !side("against"),
    why: state.pieces.some(({ why }) => count(why) < data.least.why),
    reply: count(state.reply) < data.least.reply,
  };
  return Object.keys(lacks).filter((name) => lacks[name]);
}

/** The case as headings with their paragraphs. */
function planOf(data, byRef, state) {
  const told = ({ ref, side, why }) => {
    const { label, line, works, standing, limit } = byRef[ref];
    return `${words(label)}. ${words(line)} (${words(works)}; ${standing})\n${data.why[side]}: ${why.trim()}\n${data.cant}: ${words(limit)}`;
  };
  const pieces = (side) => state.pieces.filter((one) => one.side === side).map(told);
  const fold = (text) => text.toLowerCase();
  const works = [...new Set(state.pieces.flatMap(({ ref }) => byRef[ref].from))];
  works.sort((a, b) => (fold(a) < fold(b) ? -1 : 1));
  return [
    [data.heads.claim, [claimOf(data, state)]],
    ...Object.keys(SIDES).map((side) => [data.heads[side], pieces(side)]),
    [data.heads.reply, [state.reply.trim()]],
    [data.heads.works, works],
  ];
}

const asText = (plan) => plan.map(([head, parts]) => `${head.toUpperCase()}\n\n${parts.join("\n\n")}`).join("\n\n\n") + "\n";

/** What a reader would ask of the case: no fault, and nothing that keeps the plan back. */
function asides(data, byRef, state) {
  const mine = state.pieces.filter(({ side }) => side === "for").map(({ ref }) => byRef[ref]);
  const works = [...new Set(mine.map(({ from }) => String(from)))];
  const contested = state.pieces.map(({ ref }) => byRef[ref]).filter(({ standing }) => standing === data.standings.contested);
  const offered = data.theses.find(([id]) => id === state.thesis);
  const used = state.pieces.map(({ ref }) => ref);
  const left = (refs) => refs.filter((ref) => !used.includes(ref) && byRef[ref]).map((ref) => words(byRef[ref].label)).join("; ");
  return [
    works.length === 1 && works[0] && `All that speaks for your claim rests on ${words(mine[0].works)}. That is one voice, heard more than once.`,
    contested.length && `Works disagree on: ${contested.map(({ label }) => words(label)).join("; ")}. A reader will ask whom you follow, and why.`,
    offered && left(offered[2]) && `Others who make this claim would also bring: ${left(offered[2])}.`,
    offered && left(offered[3]) && `Others who doubt it would also bring: ${left(offered[3])}.`,
  ].filter(Boolean);
}

// ---- Cards. ----

/** All cards by lesson, with a box to find one; `refresh` follows what is picked and what has been met. */
function shelf(lessons, { picked, choose, met }) {
  const rows = lessons.flatMap(({ cards }) => cards).map((card) => {
    const sides = Object.entries(SIDES).map(([side, text]) =>
      button(text, () => choose(card.ref, side), { "aria-label": `${text}: ${words(card.label)}`, "data-side": side }));
    const where = quiet();
    const item = node("li", {},
      node("div", {}, node("strong", {}, runs(card.label)), " ", tag(card.standing)),
      node("div", {}, runs(card.line)), quiet("Bear in mind: ", runs(card.limit), " Rests on: ", runs(card.works), "."), where,
      node("div", { class: "cadres-pick" }, sides));
    const text = [card.lesson, card.label, card.line, card.works].map(words).join(" ").toLowerCase();
    return { card, item, sides, where, text };
  });
  const folds = lessons.map(({ lesson, cards }) => {
    const summary = make("summary");
    const own = rows.filter(({ card }) => cards.includes(card));
    return { lesson, own, summary, fold: node("details", {}, summary, node("ul", {}, own.map(({ item }) => item))) };
  });
  const id = fresh();
  const find = node("input", { type: "text", id, autocomplete: "off", oninput: () => sift(true) });
  const only = node("input", { type: "checkbox", onchange: () => sift(true) });
  const trail = node("label", { hidden: true }, only, " Only what I have met");
  const said = node("p", { class: "cadres-quiet", role: "status" });
  const sought = new Set(); // lessons that the search has opened, and closes again when its box is emptied
  function sift(searched) {
    const asked = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { card, item, text } of rows)
      item.hidden = !asked.every((word) => text.includes(word)) || (only.checked && !trail.hidden && !met(card));
    for (const { lesson, own, summary, fold } of folds) {
      const shown = own.filter(({ item }) => !item.hidden).length;
      summary.textContent = `${lesson} (${shown})`;
      fold.hidden = !shown;
      if (searched && asked.length && !fold.open) (sought.add(fold), (fold.open = true));
      if (!asked.length && sought.delete(fold)) fold.open = false;
    }
    const shown = rows.filter(({ item }) => !item.hidden).length;
    tell(said, `${shown} of ${rows.length} cards.${shown ? "" : " Try another word, or take the tick away."}`);
  }
  function refresh() {
    for (const { card, sides, where } of rows) {
      where.textContent = met(card);
      for (const one of sides) one.setAttribute("aria-pressed", picked(card.ref) === one.dataset.side);
    }
    trail.hidden = !rows.some(({ card }) => met(card));
    sift();
  }
  const finder = node("div", { class: "cadres-find" }, node("label", { for: id }, "Find a card"), find, trail);
  return { made: [finder, said, folds.map(({ fold }) => fold)], refresh };
}

/** Where the learner has met a card: questions answered, and things kept that name its record; empty if nowhere. */
function meeting(model, { things }, { ref, asks }) {
  const results = { right: "right", part: "partly right", wrong: "not yet right" };
  const asked = asks.map((question) => [question, kept(model, question)]).filter(([, record]) => record);
  const told = asked.map(([question, { result }]) => `${question}${results[result] ? ` (${results[result]})` : ""}`);
  const name = JSON.stringify(ref.slice(ref.indexOf(":") + 1));
  const handled = things.filter((thing) => JSON.stringify(kept(model, thing)?.answer ?? "").includes(name));
  return [told.length && `You answered ${told.join(", ")}.`, handled.length && `You handled it in ${handled.join(", ")}.`].filter(Boolean).join(" ");
}

// ---- The case. ----

/** A text that is kept while it is typed, and goes into the learner's file when the field is left. */
function area(label, value, type, leave, rows = 2) {
  const id = fresh();
  const field = node("textarea", { id, rows, oninput: () => type(field.value), onchange: leave });
  field.value = value;
  return [node("label", { for: id }, label), field];
}

function save(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  node("a", { href: address, download: "my-case.txt" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export function mount({ model, el }) {
  const data = model.get("data");
  const lessons = read(data);
  const byRef = Object.fromEntries(lessons.flatMap(({ cards }) => cards).map((card) => [card.ref, card]));
  let [state, at, shown] = [null, undefined, false];
  const load = () => {
    const record = kept(model, QUESTION);
    const { thesis = "", own = "", pieces = [], reply = "" } = draft(model, QUESTION) ?? record?.answer ?? {};
    at = record?.at;
    // A record that is no longer among the cards stays kept, and comes back with its card.
    state = { v: 1, thesis, own, pieces: pieces.filter(({ ref }) => byRef[ref]), reply, aside: pieces.filter(({ ref }) => !byRef[ref]) };
  };
  const answer = () => {
    const { aside, ...own } = state;
    return { ...own, pieces: [...state.pieces, ...aside] };
  };
  const typed = (change) => (Object.assign(state, change), draft(model, QUESTION, answer()));
  const store = () => {
    draft(model, QUESTION, null);
    at = keep(model, QUESTION, answer(), "open").at;
    if (shown) write(false);
  };

  const [claims, mine, plan] = ["div", "div", "div"].map((kind) => make(kind));
  const told = node("div", { role: "status" });
  const heard = node("p", { class: "cadres-hidden", role: "status" });
  const reply = make("div");
  const drawClaims = () => {
    const name = fresh();
    const own = area("My claim", state.own, (text) => typed({ own: text }), store);
    const about = node("div", { hidden: state.thesis !== "own" }, own);
    const pick = (value) => () => ((state.thesis = value), (about.hidden = value !== "own"), store());
    const choice = ([value, text]) =>
      node("label", {}, node("input", { type: "radio", name, value, checked: state.thesis === value, onchange: pick(value) }), make("span", text));
    claims.replaceChildren(node("fieldset", {}, node("legend", {}, data.ask), [...data.theses, ["own", "Something else, in my own words"]].map(choice)), about);
    reply.replaceChildren(...area("How do you answer what speaks against your claim?", state.reply, (text) => typed({ reply: text }), store, 4));
  };
  const piece = (one) => {
    const { label, line, limit, standing, works } = byRef[one.ref];
    const type = (why) => ((one.why = why), typed({}));
    return node("li", {},
      node("div", {}, node("strong", {}, runs(label)), " ", tag(standing)),
      node("div", {}, runs(line)), quiet(`${data.cant}: `, runs(limit), " Rests on: ", runs(works), "."),
      area(data.why[one.side], one.why, type, store),
      button("Take it out", () => choose(one.ref, one.side), { "aria-label": `Take it out: ${words(label)}` }));
  };
  const drawPieces = () => {
    const needed = { for: 2, against: 1 };
    mine.replaceChildren(...Object.keys(SIDES).map((side) => {
      const own = state.pieces.filter((one) => one.side === side);
      const none = own.length < needed[side] && quiet(`Picked: ${own.length}. Needed: ${needed[side]} or more.`);
      return node("div", { class: "cadres-side", role: "group", "aria-label": data.heads[side] }, make("h5", data.heads[side]), none || null, node("ul", {}, own.map(piece)));
    }));
  };
  const choose = (ref, side) => {
    const before = state.pieces.find((one) => one.ref === ref);
    const inside = mine.contains(document.activeElement);
    if (before?.side === side) state.pieces = state.pieces.filter((one) => one !== before);
    else if (before) before.side = side;
    else state.pieces.push({ ref, side, why: "" });
    const now = before?.side === side && !state.pieces.includes(before) ? "Taken out" : SIDES[side];
    store();
    drawPieces();
    cards.refresh();
    if (inside) picked.focus();
    const of = (name) => state.pieces.filter((one) => one.side === name).length;
    heard.textContent = `${now}: ${words(byRef[ref].label)}. Picked for your claim: ${of("for")}, against it: ${of("against")}.`;
  };
  const cards = shelf(lessons, {
    picked: (ref) => state.pieces.find((one) => one.ref === ref)?.side,
    choose,
    met: (card) => meeting(model, data, card),
  });

  const write = (asked) => {
    const lacks = missing(data, state);
    shown = true;
    if (lacks.length) {
      plan.replaceChildren();
      const wanted = lacks.map((name) => make("li", make("strong", `${data.wanted[name][0]}.`), " ", data.wanted[name][1]));
      told.replaceChildren(make("p", "Still missing:"), make("ul", wanted));
      return;
    }
    const found = planOf(data, byRef, state);
    const head = node("h4", { tabindex: -1 }, "Your plan");
    const part = ([title, parts]) => [make("h5", title), parts.map((text) => make("p", text))];
    const more = asides(data, byRef, state);
    told.replaceChildren(make("p", "Nothing is missing. Your plan stands below."));
    plan.replaceChildren(head, node("div", { class: "cadres-plan" }, found.map(part)),
      ...(more.length ? [make("h5", "Before you write"), make("ul", more.map((text) => make("li", text)))] : []),
      node("div", { class: "cadres-row" }, button("Save the plan as a text file", () => save(asText(found)))));
    if (asked) head.focus();
  };
  const picked = node("h4", { tabindex: -1 }, "3. Your evidence");
  const press = () => (store(), write(true));
  load();
  const draw = () => (drawClaims(), drawPieces(), cards.refresh());
  draw();
  if (at && !missing(data, state).length) write(false);
  el.replaceChildren(section({ class: "cadres-argument", "aria-label": data.title },
    node("h3", { class: "cadres-title" }, data.title), quiet(data.about),
    make("h4", "1. Your claim"), claims, make("h4", "2. Pick evidence"), cards.made, heard, picked, mine, make("h4", "4. Your reply"), reply,
    node("div", { class: "cadres-row" }, button("Write my plan", press, { class: "cadres-main" })), told, plan, quiet(data.leaves_out)));
  /** What was answered elsewhere widens the trail; what was kept elsewhere is taken over, unless something is half written here. */
  return attend(model, () => {
    const other = kept(model, QUESTION)?.at !== at && !draft(model, QUESTION) && !el.contains(document.activeElement);
    if (!other) return cards.refresh();
    load();
    draw();
    if (shown) write(false);
  });
}
