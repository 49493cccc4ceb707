/** The conference as a calendar: choose a day to read what is recorded of it, by whom, and how sure that is. */
import { attend, keep, kept, node, runs, section } from "./base.js";

const QUESTION = "03/days";
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const STEP = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

function told({ label, ref, when, said, standing, source }) {
  return node(
    "li",
    {},
    node("strong", {}, runs([{ link: ref, text: label }])),
    " ",
    node("span", { class: "cadres-tag" }, standing),
    node("div", {}, runs(said)),
    node("div", { class: "cadres-quiet" }, `${when}. `, runs(source)),
  );
}

function day(data, index, choose) {
  const { date, number, own, spans } = data.days[index];
  const mark = own.length ? `${own.length} ${own.length > 1 ? "events" : "event"}` : spans.length ? "span only" : "";
  const label = `${date}, day ${number} of ${data.days.length}, ${mark || "nothing recorded"}`;
  const attributes = { type: "button", "aria-label": label, "aria-pressed": "false", tabindex: index ? "-1" : "0" };
  const strong = own.length ? "cadres-own" : "";
  const inner = [node("span", {}, date.split(" ")[1]), node("small", { "aria-hidden": "true" }, mark)];
  return node("button", { ...attributes, class: strong, onclick: () => choose(index) }, inner);
}

function calendar(data, buttons) {
  const blanks = Array.from({ length: data.weekday }, () => node("span", { "aria-hidden": "true" }));
  const heads = WEEKDAYS.map((name) => node("span", { "aria-hidden": "true", title: name }, name.slice(0, 2)));
  return node("div", { class: "cadres-calendar", role: "group", "aria-label": data.title }, heads, blanks, buttons);
}

export function mount({ model, el }) {
  const data = model.get("data");
  const seen = new Set(kept(model, QUESTION)?.answer?.seen ?? []);
  const panel = node("div", { class: "cadres-panel", role: "status" });
  const choose = (index) => {
    const { date, number, own, spans } = data.days[index];
    buttons.forEach((button, at) => {
      button.setAttribute("aria-pressed", String(at === index));
      button.tabIndex = at === index ? 0 : -1;
    });
    const list = (refs) => node("ul", {}, refs.map((ref) => told(data.records[ref])));
    panel.replaceChildren(
      node("h4", {}, `${date} 1962, day ${number}`),
      own.length ? list(own) : node("p", {}, "No record of this day alone."),
      ...(spans.length ? [node("p", { class: "cadres-quiet" }, "Within a longer stretch:"), list(spans)] : []),
    );
    if (seen.has(index + 1)) return;
    seen.add(index + 1);
    count();
    keep(model, QUESTION, { v: 1, seen: [...seen].sort((a, b) => a - b) }, "open");
  };
  const tally = node("p", { class: "cadres-quiet" });
  const count = () => (tally.textContent = `You have opened ${seen.size} of ${data.days.length} days.`);
  count();
  const buttons = data.days.map((_, index) => day(data, index, choose));
  const undated = node(
    "details",
    {},
    node("summary", {}, "In January, day not recorded"),
    node("ul", {}, data.undated.map((ref) => told(data.records[ref]))),
  );
  const grid = calendar(data, buttons);
  grid.addEventListener("keydown", (event) => {
    const end = { Home: 0, End: buttons.length - 1 }[event.key];
    const next = end ?? buttons.indexOf(event.target) + (STEP[event.key] ?? NaN);
    if (!buttons[next]) return;
    event.preventDefault();
    buttons[next].focus();
    choose(next);
  });
  panel.append(node("p", { class: "cadres-quiet" }, "Choose a day. Under each date stands how much is recorded of it."));
  const head = [node("h3", { class: "cadres-title" }, data.title), node("p", { class: "cadres-quiet" }, data.about)];
  el.replaceChildren(section({ class: "cadres-days", "aria-label": data.title }, head, grid, panel, tally, undated));
  return attend(model, () => {});
}
