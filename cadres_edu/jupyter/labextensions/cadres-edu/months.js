/** 1962 month by month: events are put in order first; then each month shows what happened, and beside it what each person
 * is last on record as holding on an issue. What moved is said in words; what bears no month stands apart. */
import { attend, fresh, hush, keep, kept, later, node, runs, section, tell } from "./base.js";

const QUESTION = "07/months";
const SIGN = { supports: "+", opposes: "−", mixed: "±", silent: "○" };
// What a row lacks, such as a month, is NaN: no comparison with it holds, so it is in no month.
const named = (names) => (row) => Object.fromEntries(names.split(" ").map((name, at) => [name, row[at] ?? NaN]));
const event = named("id title when sure first last");
const position = named("id who at when stance sure said from");
const make = (kind, ...inner) => node(kind, {}, inner);
const classed = (name, ...inner) => node("div", { class: "cadres-" + name }, inner);
const quiet = (...inner) => classed("quiet cadres-line", inner);
const tag = (words) => node("span", { class: "cadres-tag" }, words);
const link = (ref, text) => runs([{ link: ref, text }]);
const button = (text, onclick, more) => node("button", { type: "button", onclick, ...more }, text);
const MAIN = { class: "cadres-main" };
const off = (one, is) => one.setAttribute("aria-disabled", is); // not `disabled`, which would throw the focus out
const put = (place, ...inner) => place.replaceChildren(make("div", inner));

/** The list to put in order, and `get`, its ids as they stand; `moved` is called when a row has changed its place. */
function ordering(order, wanted, moved) {
  const told = node("span", { class: "cadres-hidden", "aria-live": "polite" });
  const all = node("ol", { class: "cadres-order" });
  const edges = () => [...all.children].forEach((row, at) => (off(row.children[1], !at), off(row.children[2], !row.nextSibling)));
  const rows = order.map(([id, label]) => {
    const turn = (text, side, step) => {
      const made = button(text, () => {
        const place = [...all.children].indexOf(row) + step;
        if (!all.children[place]) return;
        all.children[place][side](row);
        edges();
        made.focus();
        told.textContent = `${label}: now ${place + 1} of ${order.length}.`;
        moved();
      }, { "aria-label": `${text}: ${label}` });
      return made;
    };
    const row = node("li", { "data-id": id }, make("span", label), turn("Up", "before", -1), turn("Down", "after", 1));
    return row;
  });
  all.append(...wanted.map((id) => rows.find((row) => row.dataset.id === id)));
  edges();
  return { made: [all, told], get: () => [...all.children].map((row) => row.dataset.id) };
}

/** Which neighbours of an order stand the wrong way round, in words and with their dates; `events` stand in order of time. */
function compared({ events, order }, held) {
  const place = (id) => events.findIndex((one) => one.id === id);
  const told = (id) => ["“", link("event:" + id, order.find(([own]) => own === id)[1]), `” (${events[place(id)].when})`];
  const wrong = held.slice(1).flatMap((after, at) => (place(held[at]) > place(after) ? [[held[at], after]] : []));
  if (!wrong.length) return quiet("Every event stands where the records have it.");
  return [
    quiet(`Pairs of neighbours that stand the wrong way round: ${wrong.length} of ${held.length - 1}.`),
    make("ul", wrong.map(([first, then]) => make("li", told(first), " stands before ", told(then), "."))),
    quiet("Put them right and hold the order against the records again, or go on."),
  ];
}

const rests = (when, [standing, note]) => classed("quiet", when, " ", tag(standing), " ", runs(note));
const happening = ({ id, title, when, sure }, extra) => make("li", link("event:" + id, title), rests([when, extra], sure));
const during = (events, month) => events.filter(({ first, last }) => first <= month && month <= last);

/** Events under some words; nothing where there are none. */
const under = (words, events) => (events.length ? [quiet(words), make("ul", events.map((one) => happening(one)))] : null);
const undated = (data, events) => under(`${data.undated}, month not on record:`, events.filter(({ first }) => isNaN(first)));

function happened(data, month) {
  const now = during(data.events, month);
  return [
    make("h4", `What happened in ${data.months[month]}`),
    make("ul", now.filter(({ first }) => first === month).map((one) => happening(one))),
    under("Goes on from before:", now.filter(({ first }) => first < month)),
    undated(data, data.events),
  ];
}

/** The Sino-Soviet events in order of time, with a line where the month shown stands among them. */
function clock(data, month) {
  const now = during(data.clock, month);
  const rows = (found) => found.map((one) => happening(one, now.includes(one) ? ", this month" : null));
  const here = node("li", { class: "cadres-here" }, `${data.months[month]}: you are here`);
  const [past, next] = [data.clock.filter(({ first }) => first <= month), data.clock.filter(({ first }) => first > month)];
  return [make("h4", "Moscow and Beijing"), make("ol", rows(past), here, rows(next)), undated(data, data.clock)];
}

/** @returns {object[][]} the positions on record by a month, a list in order of time for each person, the latest first */
function byPerson(held, month) {
  const found = held.filter(({ at }) => at <= month);
  const last = [...found].reverse().map(({ who }) => who);
  return [...new Set(last)].map((who) => found.filter((one) => one.who === who));
}

function who(data, one, extra) {
  const [id, name] = data.people[one.who];
  const sign = node("span", { "aria-hidden": "true" }, SIGN[one.stance] + " ");
  return classed("who", make("span", link("person:" + id, name)), make("strong", sign, one.stance), extra);
}

const record = ({ id, when, sure, said }) => [make("div", runs(said)), rests(link("position:" + id, when), sure)];
const side = ({ stance, when }) => `${stance} (${when})`;

function person(data, held, own, month) {
  const last = own.at(-1);
  const moved = own.findLast(({ from }) => from >= 0);
  const before = own.slice(0, -1).reverse();
  return make(
    "li",
    who(data, last, last.at === month ? tag("new this month") : null),
    moved ? classed("moved", `Moved from ${side(held[moved.from])} to ${side(moved)}.`) : null,
    record(last),
    before.length ? make("details", make("summary", `Before: ${before.map(side).join(", ")}`), before.map(record)) : null,
  );
}

function board(data, held, month) {
  const found = byPerson(held, month);
  const none = data.people.filter((_, at) => !found.some(([one]) => one.who === at));
  const loose = held.filter(({ at }) => isNaN(at)).map((one) => make("li", who(data, one, null), record(one)));
  return [
    make("h4", `Last on record by ${data.months[month]}`),
    make("ul", found.map((own) => person(data, held, own, month))),
    quiet(`No record by this month: ${none.map(([, name]) => name).join(", ")}.`),
    loose.length ? [make("h4", data.undated), quiet("The record gives no month: these are in no month and in no count."), make("ul", loose)] : null,
  ];
}

/** A month on an issue in sentences: how much is on record, on which sides, what is new, what has moved. */
function summed(data, { name, held }, month, other) {
  const found = byPerson(held, month);
  const added = found.flat().filter(({ at }) => at === month);
  const sides = Object.keys(SIGN).map((one) => [one, found.filter((own) => own.at(-1).stance === one).length]);
  const moves = added.filter(({ from }) => from >= 0);
  const moved = moves.map(({ who, from, stance }) => `${data.people[who][1]}, from ${held[from].stance} to ${stance}`);
  const since = month ? `since ${data.months[month - 1].split(" ")[0]}` : "in January";
  return [
    `${data.months[month]}, ${name}. Positions on record by now: ${found.flat().length}, people: ${found.length}.`,
    found.length && `Last on record: ${sides.filter(([, number]) => number).map((one) => one.join(" ")).join(", ")}.`,
    `New ${since}: ${added.length}. Moved ${since}: ${moved.join("; ") || "nobody"}.`,
    other && `Events on the other clock this month: ${during(data.clock, month).length}.`,
  ].filter(Boolean).join(" ");
}

export function mount({ model, el }) {
  const stored = model.get("data");
  const sure = stored.sure.map(([standing, note]) => [stored.standings[standing], note]);
  const read = (row) => (one) => ({ ...row(one), sure: sure[row(one).sure] });
  const data = { ...stored, events: stored.events.map(read(event)), clock: stored.clock.map(read(event)) };
  const issues = stored.issues.map((one) => ({ ...one, held: one.held.map(read(position)) }));
  const last = data.months.length - 1;
  const before = kept(model, QUESTION)?.answer ?? {};
  const ids = data.order.map(([id]) => id);
  const known = (stood) => [...new Set([...stood.filter((id) => ids.includes(id)), ...ids])]; // the list may have changed since
  let held = before.held ? known(before.held) : null;
  let month = Math.min(before.month ?? 0, last);
  let other = before.other ?? false;
  let issue = issues.find(({ name }) => name === before.issue) ?? issues[0];
  const changed = () => {
    draw();
    later(model, () => keep(model, QUESTION, { v: 1, order: order.get(), held, month, issue: issue.name, other }, "open"));
  };

  const verdict = node("div", { role: "status" });
  const judge = () => {
    const same = String(order.get()) === String(held);
    if (same) put(verdict, compared(data, held));
    else tell(verdict, "The order has changed since it was held against the records.");
  };
  const order = ordering(data.order, known(before.order ?? []), () => (held && judge(), changed()));
  const hold = button("Hold it against the records", () => ((held = order.get()), judge(), changed()), MAIN);

  const [events, people, soviet, statement, now] = ["div", "div", "div", "div", "strong"].map((kind) => make(kind));
  const said = node("p", { role: "status" });
  const go = (to) => ((month = Math.max(0, Math.min(last, to))), changed(), hush(said));
  const back = button("Previous month", () => go(month - 1));
  const on = button("Next month", () => go(month + 1), MAIN);
  const range = node("input", { type: "range", max: last, "aria-label": "Month", oninput: () => go(Number(range.value)) });
  const name = fresh();
  const radio = (one) => node("input", { type: "radio", name, checked: one === issue, onchange: () => ((issue = one), changed()) });
  const box = node("input", { type: "checkbox", checked: other, onchange: () => ((other = box.checked), changed()) });
  const draw = () => {
    work.hidden = !held;
    range.value = month;
    now.textContent = data.months[month];
    range.setAttribute("aria-valuetext", data.months[month]);
    off(back, month === 0);
    off(on, month === last);
    put(statement, "The statement: ", make("em", issue.says));
    tell(said, summed(data, issue, month, other));
    put(events, happened(data, month));
    put(people, board(data, issue.held, month));
    put(soviet, other ? clock(data, month) : null);
  };
  const work = make(
    "div",
    quiet(data.about),
    make("fieldset", make("legend", "The issue"), issues.map((one) => make("label", radio(one), " " + one.name))),
    statement,
    classed("step", back, range, on, now),
    make("label", box, " The other clock: Moscow and Beijing"),
    said,
    classed("sides", make("div", events, soviet), people),
    quiet(data.leaves_out),
  );
  if (held) judge();
  draw();
  const head = [node("h3", { class: "cadres-title" }, data.title), make("p", data.ask)];
  el.replaceChildren(section({ class: "cadres-months", "aria-label": data.title }, head, order.made, hold, verdict, work));
  return attend(model, () => {});
}
