/** Evidence to weigh: the learner lays each card between nature and policy and says why, and only then reads its limit;
 * sets a share of their own, and only then sees what others made of it, each quantity on a scale of its own. */
import { attend, draft, fresh, keep, kept, node, runs, section } from "./base.js";

const QUESTION = "04/weigh";
const PARTS = { low: "Lowest", best: "Best guess", high: "Highest" };
const SCALES =
  "Each scale counts another thing. A share of one is no share of the next, so they never stand on one line. " +
  "What a study doesn't give to policy isn't all nature: some of it may be other causes, or unexplained. " +
  "A bar that fades to the right means that much or more; to the left, that much or less.";
const quiet = (...inner) => node("p", { class: "cadres-quiet" }, inner);
const tag = (text) => (text ? node("span", { class: "cadres-tag" }, text) : null);
const link = ({ ref, label }) => (ref ? runs([{ link: ref, text: label }]) : label);
const button = (text, onclick, more) => node("button", { type: "button", onclick, ...more }, text);

function choice(legend, options, chosen, change) {
  const name = fresh();
  const labels = options.map(([value, words]) => {
    const radio = node("input", { type: "radio", name, value, onchange: () => change(value) });
    radio.checked = value === chosen;
    return node("label", {}, radio, " ", words);
  });
  return node("fieldset", {}, node("legend", {}, legend), labels);
}

function reason(data, now, change) {
  const options = [["", "Choose a reason…"], ...data.reasons].map(([value, words]) => node("option", { value }, words));
  const pick = node("select", { onchange: () => change({ pick: pick.value }) }, options);
  const own = { type: "text", maxlength: 140, autocomplete: "off", oninput: () => change({ words: words.value }) };
  const words = node("input", own);
  pick.value = now.pick;
  words.value = now.words;
  const labelled = (text, field) => node("label", {}, node("span", {}, text), field);
  return node("div", { class: "cadres-why" }, labelled("Because", pick), labelled("or in your own words", words));
}

/** One card; what it can't show is told once it lies. `type` keeps what is half done, `lay` puts the card down. */
function cardPanel(data, at, laid, typed, type, lay) {
  const card = data.cards[at];
  const placeName = Object.fromEntries(data.places);
  const now = { place: "", pick: "", words: "", ...laid, ...typed };
  const told = node("div", { class: "cadres-told", role: "status" });
  const change = (part) => type(Object.assign(now, part));
  const tell = (one) => {
    const moved = one.first !== one.place && `You moved it: first it lay at “${placeName[one.first]}”.`;
    told.replaceChildren(
      node("p", {}, node("strong", {}, "What this can't show. "), runs(card.limit)),
      quiet(moved || "Does that move it? Choose again, and lay it down."),
    );
    put.textContent = "Lay it down again";
  };
  const put = button("Lay it down", () => {
    if (!now.place) told.replaceChildren(node("p", {}, "Choose which way the card weighs."));
    else if (!now.pick && !now.words.trim()) told.replaceChildren(node("p", {}, "Say why: choose a reason, or write one."));
    else tell(lay(now));
  }, { class: "cadres-main" });
  if (laid) tell(laid);
  const head = node("h4", { tabindex: -1 }, `Card ${at + 1} of ${data.cards.length}: ${card.name}`);
  const records = card.records.flatMap((one, index) => [index ? "; " : " Record: ", link(one)]);
  const body = [
    head,
    node("p", { class: "cadres-card" }, runs(card.text)),
    quiet(`It speaks of ${card.about}.`, records, " ", tag(card.standing), ` ${card.note}`),
    choice("Which way does it weigh?", data.places, now.place, (place) => change({ place })),
    reason(data, now, change),
  ];
  return { head, put, body: [...body, told] };
}

/** Where the cards lie: a pile a place, from nature to policy, and those that don't say or don't lie yet. */
function picture(data, cards, open) {
  const pile = ([place, words]) => {
    const all = data.cards.map(({ id, name }, at) => ({ name, at, laid: cards[id] }));
    const here = all.filter(({ laid }) => (laid?.place ?? "") === place);
    const names = here.map(({ name, at, laid }) =>
      node("li", {}, button(laid && laid.first !== place ? `${name} (moved)` : name, () => open(at))));
    return node("div", { class: "cadres-pile", role: "group", "aria-label": words, "data-place": place || "not-laid" },
      node("h5", {}, words, node("span", { class: "cadres-quiet" }, ` ${here.length}`)), node("ul", {}, names));
  };
  return [...data.places, ["", "not laid yet"]].map(pile);
}

function tally(data, cards) {
  const laid = data.cards.map(({ id }) => cards[id]).filter(Boolean);
  const at = (end) => laid.filter(({ place }) => place.endsWith(end)).length;
  const moved = laid.filter(({ place, first }) => place !== first).length;
  const leans = `To nature: ${at("nature")}. To policy: ${at("policy")}. Doesn't say: ${at("silent")}.`;
  const others = `Not laid yet: ${data.cards.length - laid.length}. Moved after reading what they can't show: ${moved}.`;
  return `${leans} ${others} Counting cards isn't weighing them.`;
}

const inWords = ({ low, best, high }) => `${low} to ${high} per cent, best guess ${best}`;

/** A range on a line from 0 to 100; an end that is null is open, and without any the line is empty. */
function line({ low, best, high }, own) {
  if (low === undefined) return node("div", { class: "cadres-line", "aria-hidden": "true" });
  const [from, to] = [low ?? 0, high ?? 100];
  const open = `${low === null ? " cadres-less" : ""}${high === null ? " cadres-more" : ""}`;
  const range = node("span", { class: `cadres-range${open}`, style: `left:${from}%;width:${to - from}%` });
  const guess = best === undefined ? null : node("span", { class: "cadres-best", style: `left:${best}%` });
  return node("div", { class: own ? "cadres-line cadres-own" : "cadres-line", "aria-hidden": "true" }, range, guess);
}

const numberIn = ({ value }) => (/^\d{1,3}$/.test(value) && Number(value) <= 100 ? Number(value) : null);

/** The learner's own share: of what, and from where to where. `set` gets both once they hold, and says what is missing. */
function shareForm(data, shares, typed, type, set) {
  const now = { of: "", ...typed };
  const field = () => node("input", { type: "number", min: 0, max: 100, step: 1, oninput: () => change() });
  const fields = Object.fromEntries(Object.keys(PARTS).map((part) => [part, field()]));
  const bar = node("div", {});
  const told = node("p", { role: "status" });
  const read = () => Object.fromEntries(Object.entries(fields).map(([part, field]) => [part, numberIn(field)]));
  const inOrder = ({ low, best, high }) => low <= best && best <= high;
  const draw = () => {
    const range = read();
    const holds = !Object.values(range).includes(null) && inOrder(range);
    bar.replaceChildren(line(holds ? range : {}, true));
  };
  const fill = (range) => {
    for (const [part, field] of Object.entries(fields)) field.value = range?.[part] ?? "";
    draw();
  };
  const change = () => {
    draw();
    for (const [part, field] of Object.entries(fields)) now[part] = field.value;
    type(now);
  };
  const of = choice("My share is of", data.of, now.of, (value) => {
    now.of = value;
    if (shares[value]) fill(shares[value]);
    change();
  });
  const problem = (range) => {
    if (!now.of) return "Say first what your share is of.";
    if (Object.values(range).includes(null)) return "Write three whole numbers from 0 to 100.";
    return inOrder(range) ? "" : "From lowest to best guess to highest, no number may be smaller than the one before it.";
  };
  const press = () => (told.textContent = problem(read()) || set(now.of, read()));
  fill(typed ?? shares[now.of]);
  const labels = Object.entries(PARTS).map(([part, name]) => node("label", {}, name, " ", fields[part], " per cent"));
  const ends = ["nothing to policy", "all to policy"].map((words) => node("span", {}, words));
  return [
    of,
    node("fieldset", {}, node("legend", {}, "How much of it was policy?"), labels),
    bar,
    node("div", { class: "cadres-ends cadres-quiet", "aria-hidden": "true" }, ends),
    node("div", { class: "cadres-row" }, button("Set my share", press, { class: "cadres-main" })),
    told,
  ];
}

// ---- What opens once a share is set. ----

const entry = (item) => {
  const note = item.note ? quiet(item.note) : null;
  return node("li", {}, link(item), node("div", {}, runs(item.said), " ", tag(item.standing)), note);
};
const fold = (title, ...inner) => node("details", {}, node("summary", {}, title), inner);
const said = ({ name, items, foot }) => [
  node("h5", {}, name),
  node("ul", {}, items.map(entry)),
  foot ? node("p", {}, foot) : null,
];

function own(id, { shares, before }) {
  const [first, now] = [before?.[id], shares[id]];
  if (!now) return [];
  if (first && inWords(first) === inWords(now)) return [["You", now]];
  return [...(first ? [["You, before you saw this", first]] : []), ["You, after you saw this", now]];
}

function scale({ id, title, studies }, answer) {
  const mine = own(id, answer).map(([label, range]) =>
    node("li", {}, node("strong", {}, label), line(range, true), inWords(range)));
  const theirs = studies.map((one) =>
    node("li", {}, link(one), line(one), node("div", {}, one.shares), quiet(tag(one.standing), ` ${one.note}`)));
  const axis = node("div", { class: "cadres-axis", "aria-hidden": "true" }, ["0", "50", "100"].map((tick) => node("span", {}, tick)));
  const none = mine.length ? null : quiet("You set no share of this.");
  const empty = studies.length ? null : quiet("No study that we know gives a share of this.");
  return node("div", { class: "cadres-scale", role: "group", "aria-label": title },
    node("h5", {}, title), quiet("per cent given to policy"), axis, node("ul", {}, mine, theirs), none, empty);
}

function reveal(data, answer) {
  const of = Object.fromEntries(data.of);
  const before = Object.entries(answer.before).map(([id, range]) => `${inWords(range)}, of ${of[id]}`);
  const { blame } = answer.shares;
  const off = blame && node("p", {}, `Your share of blame in general (${inWords(blame)}) is on no scale: `,
    "blame is counted neither in tonnes nor in deaths, so no study here measures it.");
  const unmarked = data.unmarked.map((one) => {
    const line = entry(one);
    line.append(node("div", { class: "cadres-quiet" }, `Share: ${one.shares}.`));
    return line;
  });
  const head = node("h4", { tabindex: -1 }, "What others made of it");
  const count = `Studies with no mark on a scale (${unmarked.length})`;
  return { head, body: [
    head,
    node("p", {}, `Set before you saw this: ${before.join("; ")}.`),
    node("h4", {}, "What studies found"),
    node("p", {}, SCALES),
    node("div", { class: "cadres-scales" }, data.scales.map((one) => scale(one, answer))), off,
    fold(count, node("ul", {}, unmarked)),
    fold(`Said at the time (${data.said.length})`, data.said.map(said)),
    fold("What became of the question", node("ul", {}, data.later.map(entry))),
  ] };
}

export function mount({ model, el }) {
  const data = model.get("data");
  const stored = kept(model, QUESTION)?.answer ?? {};
  const answer = { v: 1, cards: { ...stored.cards }, shares: { ...stored.shares }, before: stored.before ?? null };
  const typed = { cards: {}, share: null, ...draft(model, QUESTION) };
  const [desk, piles, opened] = ["desk", "piles", "opened"].map((name) => node("div", { class: `cadres-${name}` }));
  const count = quiet();
  const half = () => draft(model, QUESTION, Object.keys(typed.cards).length || typed.share ? typed : null);
  const save = () => keep(model, QUESTION, answer, "open");
  const left = () => data.cards.filter(({ id }) => !answer.cards[id]).length;

  const drawPicture = () => {
    piles.replaceChildren(...picture(data, answer.cards, (at) => open(at).focus()));
    count.textContent = tally(data, answer.cards);
  };
  const open = (at) => {
    const { id } = data.cards[at];
    const type = (now) => ((typed.cards[id] = { place: now.place, pick: now.pick, words: now.words }), half());
    const lay = ({ place, pick, words }) => {
      answer.cards[id] = { place, first: answer.cards[id]?.first ?? place, pick, words: words.trim() };
      delete typed.cards[id];
      half();
      save();
      drawPicture();
      return answer.cards[id];
    };
    const { head, put, body } = cardPanel(data, at, answer.cards[id], typed.cards[id], type, lay);
    const go = (step) => () => open((at + step + data.cards.length) % data.cards.length).focus();
    const others = [button("Card before", go(-1)), button("Next card", go(1))];
    desk.replaceChildren(...body, node("div", { class: "cadres-row" }, put, others));
    return head;
  };
  const drawOpened = () => {
    if (!answer.before) return null;
    const { head, body } = reveal(data, answer);
    opened.replaceChildren(...body.flat(Infinity).filter(Boolean));
    return head;
  };
  const set = (of, range) => {
    if (left()) return `Lay every card first: ${left()} to go.`;
    const first = !answer.before;
    answer.shares[of] = range;
    answer.before ??= { [of]: range };
    typed.share = null;
    half();
    save();
    const head = drawOpened();
    if (first) head.focus();
    return `Set: ${inWords(range)}, of ${Object.fromEntries(data.of)[of]}. Below stands what others made of it.`;
  };
  const last = Object.keys(answer.shares).at(-1);
  const begun = typed.share ?? (last && { of: last, ...answer.shares[last] });
  const form = shareForm(data, answer.shares, begun, (now) => ((typed.share = { ...now }), half()), set);
  open(Math.max(0, data.cards.findIndex(({ id }) => !answer.cards[id])));
  drawPicture();
  drawOpened();
  el.replaceChildren(section({ class: "cadres-weigh", "aria-label": data.title },
    node("h3", { class: "cadres-title" }, data.title), quiet(data.about), desk,
    node("h4", {}, "Where your cards lie"), piles, count,
    node("h4", {}, "Your own share"), node("div", { class: "cadres-share" }, form), opened, quiet(data.leaves_out)));
  return attend(model, () => {});
}
