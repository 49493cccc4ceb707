/**
 * What every Thing shares: building what is shown, and keeping answers.
 *
 * An answer is put into the browser's storage at once, and waits there until a kernel says that its line is in the
 * learner's file. A Thing may have no kernel (nothing run, kernel gone), so any Thing that a kernel answers hands over
 * whatever waits, from any lesson. Each answer has a key, by which the file takes it once however often it is sent.
 *
 * @typedef {string | {em?: Inner, strong?: Inner, zh?: string, link?: string, text?: Inner, gap?: string}} Run
 * @typedef {string | Run[]} Inner
 * @typedef {{get: Function, on: Function, off: Function, send: Function}} Model  what anywidget hands to a view
 * @typedef {{answer: any, result: string, attempts: number, at: string, key?: string}} Kept
 */

/** An element. Attributes that begin with "on" are listeners; false and null leave an attribute out. */
export function node(tag, attributes = {}, ...children) {
  const space = tag.startsWith("svg:") && "http://www.w3.org/2000/svg";
  const made = space ? document.createElementNS(space, tag.slice(4)) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child != null));
  return made;
}

/** @param {Inner} inner @param {(id: string) => Node} [gap] @returns {(string | Node)[]} nodes for text with mark-up */
export function runs(inner, gap) {
  return [inner].flat().map((run) => {
    if (typeof run === "string") return run;
    if (run.em) return node("em", {}, runs(run.em, gap));
    if (run.strong) return node("strong", {}, runs(run.strong, gap));
    if (run.zh) return node("span", { lang: "zh-Hans" }, run.zh);
    if (run.gap) return gap(run.gap);
    return node("a", { href: "#" + run.link, onclick: follow }, runs(run.text, gap));
  });
}

/** @param {Inner} inner @returns {string} the words alone, for places that take no mark-up */
export const words = (inner) =>
  [inner].flat().map((run) => (typeof run === "string" ? run : words(run.zh ?? run.em ?? run.strong ?? run.text))).join("");

/** Two lessons open in one page hold the same ids, so a link is followed inside its own notebook. */
function follow(event) {
  const notebook = event.currentTarget.closest(".jp-NotebookPanel");
  const id = event.currentTarget.getAttribute("href").slice(1);
  const target = (notebook ?? document).querySelector("#" + CSS.escape(id));
  if (notebook || target) event.preventDefault();
  if (!target) return;
  target.tabIndex = -1;
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
}

/** The root of a Thing. Keys stay inside, or JupyterLab would take arrows and letters for commands; Escape leads out to the
 * cell, where they are commands again. */
export function section(attributes, ...children) {
  const keydown = (event) => {
    if (event.key === "Escape") event.currentTarget.closest(".jp-Cell")?.focus();
    else event.stopPropagation();
  };
  return node("section", { ...attributes, class: "cadres " + attributes.class, onkeydown: keydown }, ...children);
}

/** A table that scrolls sideways where it finds no room, and is then reached by keyboard under a name. */
export function scroller(label, table) {
  const made = node("div", { class: "cadres-wide" }, table);
  const scrolled = Object.entries({ role: "group", tabindex: "0", "aria-label": label });
  const look = () => scrolled.forEach(([name, value]) => (made.scrollWidth > made.clientWidth ? made.setAttribute(name, value) : made.removeAttribute(name)));
  const watch = new ResizeObserver(look);
  [made, table].forEach((one) => watch.observe(one));
  return made;
}

/** Puts words into a live region, which would be read out again if the same words were put in anew. */
export const tell = (region, text) => region.textContent === text || (region.textContent = text);

const hushed = new WeakMap();

/** Readers aloud hear a live region, of words alone, once the hand has rested: not at each step of a slider or each letter. */
export function hush(region) {
  region.setAttribute("aria-busy", "true");
  clearTimeout(hushed.get(region));
  // Only new nodes are news to a reader aloud: the same ones, put in again, are not.
  const speak = () => (region.removeAttribute("aria-busy"), region.replaceChildren(...region.cloneNode(true).childNodes));
  hushed.set(region, setTimeout(speak, 600));
}

let counted = 0;
/** @returns {string} an id that nothing else in the page has */
export const fresh = () => `cadres-${Date.now().toString(36)}-${++counted}`;

/** Puts a sheet of style into the page once; a newer version takes the older one's place. */
export function dress(name, style) {
  let sheet = document.head.querySelector(`style[data-cadres=${name}]`);
  if (!sheet) document.head.append((sheet = node("style", { "data-cadres": name })));
  if (sheet.textContent !== style) sheet.textContent = style;
}

/**
 * Draws a Thing by the module of its kind, which it finds in the carriers stored once a lesson. `made` holds the address
 * of each module by its source, so that all Things of a kind share one. */
export async function draw(view, made) {
  const code = (stem) => view.model.widget_manager.get_model("cadres-code-" + stem);
  const kind = view.model.get("kind");
  const [base, own] = await Promise.all([code("base"), code(kind)]);
  const source = own.get("source").replace('from "./base.js"', `from "${made[base.get("source")]}"`);
  made[source] ??= URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { mount } = await import(made[source]);
  dress("base", base.get("style"));
  dress(kind, own.get("style"));
  return mount(view);
}

// ---- The browser's storage: one item an entry, so that two tabs never write over each other. ----

const PREFIX = "cadres-edu:";
const memory = new Map(); // for a browser that refuses storage: answers then last as long as the page

function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function read(name) {
  const text = memory.get(name) ?? attempt(() => localStorage.getItem(PREFIX + name));
  return text ? attempt(() => JSON.parse(text)) : undefined;
}

function write(name, value) {
  const text = JSON.stringify(value);
  memory.delete(name);
  if (!attempt(() => (localStorage.setItem(PREFIX + name, text), true))) memory.set(name, text);
}

function erase(name) {
  memory.delete(name);
  attempt(() => localStorage.removeItem(PREFIX + name));
}

/** @returns {string[]} keys of the answers that no kernel has taken yet, oldest first */
function waiting() {
  const stored = (attempt(() => Object.keys(localStorage)) ?? []).filter((name) => name.startsWith(PREFIX));
  const names = [...memory.keys(), ...stored.map((name) => name.slice(PREFIX.length))];
  const keys = names.filter((name) => name.startsWith("waiting:")).map((name) => name.slice(8));
  return [...new Set(keys)].sort();
}

// ---- Who is learning, and what is known of their answers. ----

const page = { who: null, since: "", live: null, things: new Map(), sent: new Map(), failed: new Map(), timer: 0, pause: 0 };

/** @returns {string} the learner's id; empty while it isn't known. "-" says that the file was read and nobody is in it. */
function learner(model) {
  const who = model.get("who");
  return page.who ?? (who === "-" ? "" : who || read("who") || "");
}

const time = (at) => Date.parse(at) || 0;
const slotOf = (question, occasion) => (occasion ? `${question}@${occasion}` : question);

/** @returns {Kept | undefined} the latest answer to a question, from the learner's file or the browser's storage */
export function kept(model, question, occasion) {
  const slot = slotOf(question, occasion);
  const who = learner(model);
  const since = Math.max(time(model.get("since")), time(page.since));
  const file = (model.get("who") || "") === who ? model.get("saved")?.[slot] : undefined;
  const all = [file, read(`answers:${who}:${slot}`), who && read(`answers::${slot}`)];
  const found = all.filter((one) => one && time(one.at) > since);
  const latest = found.reduce((best, one) => (best && time(best.at) >= time(one.at) ? best : one), undefined);
  return latest && { ...latest, attempts: Math.max(...found.map((one) => one.attempts)) };
}

/** Keeps an answer and sends it to the learner's file. @returns {Kept} */
export function keep(model, question, answer, result, occasion) {
  const who = learner(model);
  const at = new Date().toISOString();
  const key = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
  const attempts = (kept(model, question, occasion)?.attempts ?? 0) + 1;
  const record = { answer, result, attempts, at, key };
  write(`waiting:${key}`, { do: "record", key, question, answer, at, who, ...(occasion && { occasion }) });
  write(`answers:${who}:${slotOf(question, occasion)}`, record);
  page.pause = 0;
  handOver();
  return record;
}

const REST = 1200; // milliseconds that a hand rests before what it has set is kept
const unsaved = new Map();

/** Saves once the hand has rested, and at once when the thing or the page goes; without `save` nothing waits any more. */
export function later(model, save, rest = REST) {
  clearTimeout(unsaved.get(model)?.timer);
  unsaved.delete(model);
  if (save) unsaved.set(model, { save, timer: setTimeout(() => settle(model), rest) });
}

/** Saves what waits to be saved. */
export function settle(model) {
  const save = unsaved.get(model)?.save;
  later(model);
  save?.();
}

window.addEventListener("pagehide", () => [...unsaved.keys()].forEach(settle));

/** An answer half given, kept from key to key. Without one: what was kept; null forgets it. */
export function draft(model, question, answer) {
  const own = `draft:${learner(model)}:${question}`;
  const early = `draft::${question}`; // of a learner who had no id yet
  if (answer === undefined) return read(own) ?? read(early);
  if (answer !== null) return write(own, answer);
  erase(own);
  erase(early);
}

/** @param {Kept | undefined} record @returns {string} where the answer is, in words */
export function where(record) {
  if (!record) return "";
  const name = `waiting:${record.key}`;
  if (!record.key || !read(name)) return "Saved in your file.";
  if (page.failed.has(record.key)) return `Not in your file yet: ${page.failed.get(record.key)} Your answer is kept in this browser.`;
  if (memory.has(name)) return "Kept on this page only, for this browser stores nothing. Run the lesson before you close it.";
  return "Kept in this browser; it goes into your file when the lesson runs again.";
}

// ---- Talking to kernels. ----

/** Sends a message; a Thing whose kernel is gone stays silent. */
export const post = (model, message) => attempt(() => model.send(message));

/** Hands over what waits through a Thing that a kernel has answered; if none is known, asks them all. */
function handOver() {
  clearTimeout(page.timer);
  const keys = waiting();
  if (!keys.length) return;
  if (!page.live) for (const model of page.things.keys()) post(model, { do: "hello" });
  else {
    for (const key of keys) {
      if (Date.now() - (page.sent.get(key) ?? 0) < 2000) continue;
      page.sent.set(key, Date.now());
      post(page.live, read(`waiting:${key}`));
    }
  }
  page.pause = Math.min(60_000, (page.pause || 2_500) * 2);
  page.timer = setTimeout(() => {
    page.live = null; // it has not answered in time: look for another
    handOver();
  }, page.pause);
}

function taken(key, who) {
  const entry = read(`waiting:${key}`);
  if (entry && !entry.who && who) {
    const slot = slotOf(entry.question, entry.occasion);
    const record = read(`answers::${slot}`);
    if (record) write(`answers:${who}:${slot}`, record);
    erase(`answers::${slot}`);
  }
  erase(`waiting:${key}`);
  page.failed.delete(key);
}

function hear(model, message) {
  if (typeof message?.who === "string") {
    page.who = message.who;
    page.since = message.since ?? page.since;
    write("who", page.who);
  }
  if (typeof message?.saved === "string") taken(message.saved, message.who);
  if (message?.failed) page.failed.set(message.failed, message.why);
  // A Thing just run has a kernel for certain; the one in use until now may have lost its own, and then leaves answers lying.
  const lying = waiting().some((key) => Date.now() - page.sent.get(key) > 500);
  if (message?.hello && page.live !== model && (!page.live || lying)) {
    page.live = model;
    page.sent.clear();
    handOver();
  }
  if (!waiting().length) clearTimeout(page.timer);
  page.things.forEach((changed) => changed());
}

/**
 * Joins a Thing to the page's keeping of answers.
 * @param {Model} model @param {() => void} changed called when any answer, or where it is kept, may have changed
 * @returns {() => void} leaves again
 */
export function attend(model, changed) {
  const heard = (message) => hear(model, message);
  const events = ["change:saved", "change:who", "change:since"];
  const look = () => {
    page.pause = 0;
    handOver();
  };
  model.on("msg:custom", heard);
  events.forEach((event) => model.on(event, changed));
  window.addEventListener("storage", changed);
  window.addEventListener("focus", look);
  page.things.set(model, changed);
  page.pause = 0;
  post(model, { do: "hello" });
  handOver();
  return () => {
    settle(model);
    page.things.delete(model);
    if (page.live === model) page.live = null;
    model.off("msg:custom", heard);
    events.forEach((event) => model.off(event, changed));
    window.removeEventListener("storage", changed);
    window.removeEventListener("focus", look);
  };
}
