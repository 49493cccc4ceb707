/** Flash cards. What is kept is the number of the round and, of each card judged, its box and the round it was judged in;
 * so which cards are due follows from these alone, and a round left half way goes on where it was. */
import { attend, keep, kept, later, node, runs, scroller, section, settle } from "./base.js";

const QUESTION = "00/practice";
const PAUSE = 8000; // the whole state is one line of the learner's file: it is kept at the end of a round, or at a rest
const WAYS = { zh: "Characters first", en: "Meaning first" };
const button = (text, onclick, main) => node("button", { type: "button", onclick, class: main ? "cadres-main" : null }, text);
const characters = ([, , zh, pinyin]) => [node("p", { class: "cadres-zh", lang: "zh-Hans" }, zh), node("p", {}, node("em", { lang: "zh-Latn" }, pinyin))];
const quiet = (...inner) => node("p", { class: "cadres-quiet" }, inner);
const judgedIn = ({ boxes, round }) => Object.entries(boxes).filter(([, [, when]]) => when === round);

/** The English and the meaning; in front, nothing that gives the characters away. */
function meaning([, , zh, , english, inner, tells], front) {
  const covered = inner.map((run) => (front && run.zh && [...run.zh].some((one) => zh.includes(one)) ? "…" : run));
  return [front && tells ? null : node("p", {}, node("strong", {}, english)), node("p", {}, runs(covered))];
}

/** How many rounds after a card of a box is due again. */
const after = (box) => 2 ** (box - 1);

/** The cards still to come in a round: seen ones by when they were due, then new ones in the order of the course. */
function coming(cards, state, size) {
  const seen = (card) => state.boxes[card.key];
  const due = (card) => seen(card)[1] + after(seen(card)[0]);
  const judged = judgedIn(state);
  const met = new Set(judged.map(([key]) => key.split("/")[0]));
  const old = cards.filter((card) => seen(card) && due(card) <= state.round);
  old.sort((one, other) => due(one) - due(other) || seen(one)[0] - seen(other)[0]);
  const all = [...old, ...cards.filter((card) => !seen(card))].filter(({ term: [id] }) => !met.has(id) && met.add(id));
  return all.slice(0, Math.max(0, size - judged.length));
}

export function mount({ model, el }) {
  const data = model.get("data");
  // New cards are met lesson by lesson, in each the characters first.
  const cards = data.lessons.flatMap((_, place) =>
    Object.keys(WAYS).flatMap((way) => data.terms.filter((term) => term[1] === place).map((term) => ({ term, way, key: `${term[0]}/${way}` }))),
  );
  let state, stored, turned = false, told = "";
  const read = () => {
    const answer = kept(model, QUESTION)?.answer;
    const text = JSON.stringify(answer ?? null);
    if (text === stored) return false;
    later(model);
    [stored, turned, told] = [text, false, ""];
    state = { round: answer?.round ?? 1, boxes: { ...answer?.boxes } };
    return true;
  };
  const store = () => {
    const answer = { v: 1, ...state };
    stored = JSON.stringify(answer);
    keep(model, QUESTION, answer, "open");
  };

  const select = (label, options) => {
    const made = node("select", { onchange: () => ((turned = false), (told = ""), draw()) }, options.map(([value, text]) => node("option", { value }, text)));
    return [node("label", {}, label, " ", made), made];
  };
  const used = data.lessons.map((name, place) => [place, name]).filter(([place]) => data.terms.some((term) => term[1] === place));
  const [lessonLabel, lesson] = select("Terms first used in", [["", "all lessons"], ...used]);
  const [wayLabel, way] = select("Cards", [["", "both ways"], ...Object.entries(WAYS)]);
  const chosen = () => cards.filter((card) => [String(card.term[1]), ""].includes(lesson.value) && [card.way, ""].includes(way.value));

  const card = node("div", { role: "status" });
  const row = node("div", { class: "cadres-row" });
  const place = node("div", {});
  const judge = (now, right) => {
    const box = right ? Math.min(data.boxes, (state.boxes[now.key]?.[0] ?? 1) + 1) : 1;
    state.boxes[now.key] = [box, state.round];
    turned = false;
    told = `${now.term[4]} is in box ${box} now, due again in round ${state.round + after(box)}.`;
    later(model, store, PAUSE);
    if (!coming(chosen(), state, data.size).length) settle(model);
    draw(true);
  };
  const show = (now, left) => {
    const judged = judgedIn(state).length;
    const faces = now.way === "zh" ? [characters(now.term), meaning(now.term)] : [meaning(now.term, true), characters(now.term)];
    const head = `Round ${state.round}, card ${judged + 1} of ${judged + left}. ${data.lessons[now.term[1]]}. ${now.way === "zh" ? "What does it mean?" : "How is it said, and written?"}`;
    const back = turned && node("div", { class: "cadres-back" }, faces[1]);
    card.replaceChildren(quiet(told), quiet(head), node("div", { class: "cadres-card" }, faces[0], back || null));
    if (turned) row.replaceChildren(button("I knew it", () => judge(now, true), true), button("I didn’t", () => judge(now, false), true));
    else row.replaceChildren(button("Turn the card", () => ((turned = true), draw(true)), true));
  };
  const pause = () => {
    const judged = judgedIn(state);
    const known = judged.filter(([, [box]]) => box > 1).length;
    const dues = chosen().map(({ key }) => (state.boxes[key] ? state.boxes[key][1] + after(state.boxes[key][0]) : 0));
    const next = Math.max(state.round + 1, Math.min(...dues));
    const begin = () => ((state.round = next), (told = ""), store(), draw(true));
    const early = next > state.round + 1 ? ` None of these cards is due before round ${next}.` : "";
    card.replaceChildren(quiet(told), node("p", {}, `Round ${state.round} is done. Known: ${known}, not known: ${judged.length - known}.${early}`));
    row.replaceChildren(button(`Begin round ${next}`, begin, true));
  };
  const draw = (focus) => {
    const left = coming(chosen(), state, data.size);
    if (left.length) show(left[0], left.length);
    else pause();
    if (focus) row.firstChild.focus();
    const all = chosen();
    const counts = Array.from({ length: data.boxes }, (_, at) => all.filter(({ key }) => state.boxes[key]?.[0] === at + 1).length);
    const heads = ["Not yet seen", ...counts.map((_, at) => `Box ${at + 1}`)];
    const numbers = [all.length - counts.reduce((sum, one) => sum + one, 0), ...counts];
    const table = [heads.map((text) => node("th", { scope: "col" }, text)), numbers.map((count) => node("td", {}, String(count)))];
    place.replaceChildren(scroller("Where these cards are", node("table", {}, node("caption", {}, "Where these cards are"), table.map((cells) => node("tr", {}, cells)))));
  };
  read();
  draw();
  const rule = node("details", {}, node("summary", {}, "When is a card due again?"), node("p", {}, data.rule));
  const head = [node("h3", { class: "cadres-title" }, data.title), node("p", {}, data.about), node("div", { class: "cadres-choose" }, lessonLabel, wayLabel)];
  el.replaceChildren(
    section({ class: "cadres-practice", "aria-label": data.title }, head, card, row, place, rule, quiet(data.leaves_out)),
  );
  return attend(model, () => read() && draw(row.contains(document.activeElement)));
}
