/**
 * Questions of seven kinds, marked in the page. What a question holds is what `questions.to_json` gives.
 *
 * @typedef {import("./base.js").Run} Run
 * @typedef {{label?: (string | Run)[], result?: string, text?: Run[]}} Remark  something said about an answer
 * @typedef {object} Form  how one kind asks
 * @property {Node[]} body
 * @property {(id: string) => Node} [gap]  the control for a gap in the prompt
 * @property {() => any} read  the answer given, or null while there is none
 * @property {(answer: any) => string | false} [refuse]  why an answer can't be taken
 * @property {(answer: any) => void} write  shows an answer; null empties the form
 * @property {(answer: any, result: string) => Remark[]} remarks
 * @property {() => Remark[]} solution
 */
import { attend, draft, fresh, keep, kept, node, runs, scroller, section, where, words } from "./base.js";

// ---- The rule of marking, the same as in marking.py: tests/marking_cases.json holds the two together. ----

/** @returns {"right" | "part" | "wrong" | "open"} */
export function mark(question, answer) {
  const { kind, options } = question;
  if (kind === "open") return "open";
  if (kind === "choice") return right(options.some((option) => option.right && option.id === answer));
  if (kind === "number") {
    const value = readNumber(answer, question.unit);
    return right(value !== null && close(value, question.answer, question.tolerance));
  }
  if (kind === "several") return markSeveral(options, answer);
  if (kind === "order") return markOrder(options.map((option) => option.id), answer);
  if (kind === "match") {
    const fits = Object.fromEntries(question.left.map((left) => [left.id, left.right]));
    return markPlaces(answer, Object.keys(fits), (place, given) => given === fits[place]);
  }
  const accepted = Object.fromEntries(question.gaps.map((gap) => [gap.id, gap.accepted.map(normalise)]));
  return markPlaces(answer, Object.keys(accepted), (place, given) => accepted[place].includes(normalise(given)));
}

const right = (yes) => (yes ? "right" : "wrong");
const close = (value, target, tolerance = 0) => Math.abs(value - target) <= tolerance + 1e-9 * Math.max(1, Math.abs(target));
// Written out: \s is not the same in Python and in JavaScript, and NFKC makes plain spaces of the rest.
const SPACES = /[\t\n\v\f\r \u1680\u200b\u2028\u2029\ufeff]+/g;
const normalise = (text) => text.normalize("NFKC").toLowerCase().replace(SPACES, " ").replace(/^ +| +$/g, "");

function readNumber(answer, unit = "") {
  if (typeof answer === "number") return Number.isFinite(answer) ? answer : null;
  if (typeof answer !== "string") return null;
  const last = normalise(unit);
  let text = normalise(answer);
  if (last && text.endsWith(last)) text = text.slice(0, -last.length).replace(/ +$/, "");
  if (!/^[-+\u2212]?([0-9]+|[0-9]{1,3}([, ][0-9]{3})+)(\.[0-9]+)?$/.test(text)) return null;
  const value = Number(text.replace("\u2212", "-").replace(/[, ]/g, ""));
  return Number.isFinite(value) ? value : null;
}

function markSeveral(options, answer) {
  if (!Array.isArray(answer) || !answer.every((id) => typeof id === "string")) return "wrong";
  const fitting = new Set(options.filter((option) => option.right).map((option) => option.id));
  const given = new Set(answer);
  if (!given.size || ![...given].every((id) => fitting.has(id))) return "wrong";
  return given.size === fitting.size ? "right" : "part";
}

function markOrder(order, answer) {
  if (!Array.isArray(answer) || answer.length !== order.length) return "wrong";
  const off = order.flatMap((id, place) => (answer[place] === id ? [] : [place]));
  if (!off.length) return "right";
  const [first, second] = off;
  const swapped = off.length === 2 && second === first + 1 && answer[first] === order[second] && answer[second] === order[first];
  return swapped ? "part" : "wrong";
}

function markPlaces(answer, places, fits) {
  if (answer === null || typeof answer !== "object" || Array.isArray(answer)) return "wrong";
  if (!Object.keys(answer).every((place) => places.includes(place))) return "wrong";
  const texts = Object.entries(answer).filter(([, text]) => text !== null);
  if (!texts.every(([, text]) => typeof text === "string")) return "wrong";
  const given = texts.filter(([, text]) => normalise(text));
  if (!given.length || !given.every(([place, text]) => fits(place, text))) return "wrong";
  return given.length === places.length ? "right" : "part";
}

// ---- The seven forms. ----

const byId = (list) => Object.fromEntries(list.map((one) => [one.id, one]));
const number = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 10 });

/** @returns {Form} radio buttons or check boxes */
function boxes(question, type) {
  const name = fresh();
  const options = byId(question.options);
  const inputs = question.shown.map((id) => node("input", { type, name, value: id }));
  const row = (input) => node("label", { class: "cadres-option" }, input, node("span", {}, runs(options[input.value].text)));
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const one = type === "radio";
  return {
    body: [one ? null : node("p", { class: "cadres-quiet" }, "Choose all that fit."), ...inputs.map(row)],
    read: () => (chosen().length ? (one ? chosen()[0] : chosen()) : null),
    write: (answer) => inputs.forEach((input) => (input.checked = [answer].flat().includes(input.value))),
    remarks(answer, result) {
      if (one) return [{ text: options[answer].feedback }];
      const said = answer.map((id) => ({ label: options[id].text, result: right(options[id].right), text: options[id].feedback }));
      return result === "part" ? [{ text: ["What you chose fits, and something is still missing."] }, ...said] : said;
    },
    solution: () => question.options.filter((option) => option.right).map(({ text, feedback }) => ({ label: text, text: feedback })),
  };
}

/** @returns {Form} */
function figure(question) {
  const id = fresh();
  const input = node("input", { type: "text", inputmode: "decimal", autocomplete: "off", id, size: 10 });
  const unit = question.unit && node("span", { class: "cadres-unit" }, question.unit);
  return {
    body: [node("p", {}, node("label", { for: id }, "Your answer"), " ", input, " ", unit)],
    read: () => (input.value.trim() ? readNumber(input.value, question.unit) ?? input.value : null),
    refuse(answer) {
      const wrong = typeof answer === "string";
      input.setAttribute("aria-invalid", wrong);
      return wrong && "Write one number in figures, such as 28 or 2.5.";
    },
    write: (answer) => (input.value = answer ?? ""),
    remarks(answer, result) {
      if (result === "right") return [{ text: question.feedback }];
      const known = question.options.find((option) => close(readNumber(answer, question.unit) ?? NaN, option.value));
      return [{ text: known?.feedback ?? question.otherwise }];
    },
    solution: () => [{ label: [`${number.format(question.answer)} ${question.unit ?? ""}`.trim()], text: question.feedback }],
  };
}

/** @returns {Form} a list whose rows are moved with buttons */
function sequence(question) {
  const options = byId(question.options);
  const list = node("ol", { class: "cadres-order" });
  const told = node("span", { class: "cadres-hidden", "aria-live": "polite" });
  const move = (row, step) => () => {
    const place = [...list.children].indexOf(row);
    const other = list.children[place + step];
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    told.textContent = `${words(options[row.dataset.id].text)} Now ${place + step + 1} of ${list.children.length}.`;
    edges();
    row.querySelectorAll("button")[step < 0 ? 0 : 1].focus();
    list.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const button = (row, step, text, name) => node("button", { type: "button", onclick: move(row, step), "aria-label": `${text}: ${name}` }, text);
  const rows = question.options.map(({ id, text }) => {
    const row = node("li", { "data-id": id }, node("span", {}, runs(text)));
    row.append(node("span", { class: "cadres-moves" }, button(row, -1, "Up", words(text)), button(row, 1, "Down", words(text))));
    return row;
  });
  // Not `disabled`, which would throw the focus out of the list when a row reaches its end.
  const edges = () => {
    [...list.children].forEach((row, place, all) => {
      const [up, down] = row.querySelectorAll("button");
      up.setAttribute("aria-disabled", place === 0);
      down.setAttribute("aria-disabled", place === all.length - 1);
    });
  };
  const write = (answer) => {
    const wanted = Array.isArray(answer) ? answer : question.shown;
    const held = list.contains(document.activeElement) && document.activeElement;
    list.append(...[...rows].sort((a, b) => wanted.indexOf(a.dataset.id) - wanted.indexOf(b.dataset.id)));
    if (held) held.focus(); // a row that is put elsewhere loses it
    edges();
  };
  write(null);
  const inOrder = () => question.options.map(({ text, feedback }) => ({ label: text, text: feedback }));
  return {
    body: [list, told],
    read: () => [...list.children].map((row) => row.dataset.id),
    write,
    remarks(answer, result) {
      if (result === "right") return inOrder();
      if (result === "part") return [{ text: ["Two neighbours have changed places."] }];
      const placed = question.options.filter((option, place) => answer[place] === option.id).length;
      return [{ text: [`In their right place: ${placed} of ${question.options.length}.`] }];
    },
    solution: inOrder,
  };
}

/** @returns {Form} */
function pairs(question) {
  const sides = byId(question.right);
  const choices = () => [["", "Choose…"], ...question.shown.map((id) => [id, words(sides[id].text)])];
  const selects = question.left.map(() => node("select", { id: fresh() }, choices().map(([value, text]) => node("option", { value }, text))));
  const rows = question.left.map(({ text }, place) =>
    node("div", { class: "cadres-pair" }, node("label", { for: selects[place].id }, runs(text)), selects[place]));
  return {
    body: rows,
    read() {
      const given = question.left.flatMap(({ id }, place) => (selects[place].value ? [[id, selects[place].value]] : []));
      return given.length ? Object.fromEntries(given) : null;
    },
    write: (answer) => question.left.forEach(({ id }, place) => (selects[place].value = answer?.[id] ?? "")),
    remarks: (answer) =>
      question.left.map(({ id, text, right: fitting, feedback }) => {
        if (!answer[id]) return { label: text, text: ["No choice yet."] };
        // What is said of a pair gives it away, so a wrong one is only named.
        return answer[id] === fitting ? { label: text, result: "right", text: feedback } : { label: text, result: "wrong" };
      }),
    solution: () => question.left.map(({ text, right: id, feedback }) => ({ label: [...text, " → ", ...sides[id].text], text: feedback })),
  };
}

/** @returns {Form} */
function gaps(question) {
  const total = question.gaps.length;
  const name = (place) => (total > 1 ? `Gap ${place + 1} of ${total}` : "Gap");
  // All of one size, or the size would tell the answer.
  const inputs = question.gaps.map((gap, place) => node("input", { type: "text", autocomplete: "off", size: 12, "aria-label": name(place) }));
  const label = (place) => [total > 1 ? `Gap ${place + 1}` : "Gap"];
  return {
    body: [],
    gap: (id) => inputs[question.gaps.findIndex((gap) => gap.id === id)],
    read() {
      const given = question.gaps.flatMap(({ id }, place) => (inputs[place].value.trim() ? [[id, inputs[place].value]] : []));
      return given.length ? Object.fromEntries(given) : null;
    },
    write: (answer) => question.gaps.forEach(({ id }, place) => (inputs[place].value = answer?.[id] ?? "")),
    remarks: (answer) =>
      question.gaps.map((gap, place) => {
        const given = normalise(answer[gap.id] ?? "");
        if (!given) return { label: label(place), text: ["Nothing written yet."] };
        if (gap.accepted.map(normalise).includes(given)) return { label: label(place), result: "right", text: gap.feedback };
        const known = gap.wrong.find((wrong) => wrong.texts.map(normalise).includes(given));
        return { label: label(place), result: "wrong", text: known?.feedback ?? question.otherwise };
      }),
    solution: () => question.gaps.map((gap) => ({ label: [gap.accepted[0]], text: gap.feedback })),
  };
}

const countWords = (text) => text.split(/\s+/).filter(Boolean).length;

/** @returns {Form} text, looked at with a rubric and beside a model answer */
function essay(question, model) {
  const [fewest, most] = question.words;
  const id = fresh();
  const count = node("p", { class: "cadres-quiet", id: id + "-count" });
  const area = node("textarea", { id, rows: 8, "aria-describedby": count.id });
  const sample = node("div", { class: "cadres-model", hidden: true, tabindex: -1 }, node("h3", {}, "A model answer"),
    (question.model ?? []).map((paragraph) => node("p", {}, runs(paragraph))));
  const grid = question.rubric && rubric(question, model, sample);
  const show = node("button", { type: "button", onclick: reveal }, "Show a model answer");
  function reveal() {
    sample.hidden = false;
    grid?.open();
    sample.focus();
  }
  function tally() {
    const written = countWords(area.value);
    count.textContent = `${fewest} to ${most} words. So far: ${written}.`;
    if (question.model?.length) show.disabled = written < fewest;
  }
  area.addEventListener("input", tally);
  const write = (answer) => ((area.value = answer ?? ""), tally());
  write(null);
  return {
    body: [grid?.table, node("label", { for: id }, "Your answer"), area, count, sample],
    buttons: question.model?.length ? [show] : [],
    read: () => area.value.trim() || null,
    write,
    remarks: (answer) => (countWords(answer) < fewest ? [{ text: [`There is room for more: ${fewest} words at least.`] }] : []),
    solution: () => [],
    refresh: () => grid?.refresh(),
  };
}

/** The rubric as a table; once the model answer is open, its levels are radio buttons to judge one's own answer by. */
function rubric(question, model) {
  const { head, rows } = question.rubric;
  const id = `${question.id}-self`;
  const radios = [];
  const cell = (row, name, text, level) => {
    const said = node("span", { id: `${name}-${level}` }, runs(text));
    const radio = node("input", { type: "radio", name, value: level, hidden: true, onchange: judge, "aria-labelledby": `${name} ${said.id}` });
    radios.push([words(row[0]), radio]);
    return node("td", { "data-level": words(head[level + 1]) }, node("label", {}, radio, said));
  };
  const line = (row) => {
    const name = fresh();
    return node("tr", {}, node("th", { scope: "row", id: name }, runs(row[0])), row.slice(1).map((text, level) => cell(row, name, text, level)));
  };
  const caption = node("caption", {}, "What a good answer has");
  const table = node("table", {}, caption,
    node("thead", {}, node("tr", {}, head.map((text) => (words(text) ? node("th", { scope: "col" }, runs(text)) : node("td"))))),
    node("tbody", {}, rows.map(line)));
  function judge(event) {
    event.stopPropagation();
    const chosen = radios.filter(([, radio]) => radio.checked).map(([name, radio]) => [name, Number(radio.value)]);
    keep(model, id, { v: 1, levels: Object.fromEntries(chosen) }, "open");
  }
  const open = () => {
    radios.forEach(([, radio]) => (radio.hidden = false));
    caption.textContent = "What a good answer has. Where does yours stand?";
  };
  const refresh = () => {
    const levels = kept(model, id)?.answer?.levels;
    if (levels) open();
    radios.forEach(([name, radio]) => (radio.checked = levels?.[name] === Number(radio.value)));
  };
  return { table: scroller("What a good answer has", table), open, refresh };
}

const FORMS = {
  choice: (question) => boxes(question, "radio"),
  several: (question) => boxes(question, "checkbox"),
  number: figure,
  order: sequence,
  match: pairs,
  gap: gaps,
  open: essay,
};

// ---- A question on the page. ----

/** Keeps a full stop or comma on the line of the gap it follows. */
function together(paragraph) {
  paragraph.querySelectorAll("input").forEach((input) => {
    const [mark] = input.nextSibling?.data?.match(/^[^\s\p{L}\p{N}]+/u) ?? [];
    if (!mark) return;
    input.nextSibling.splitText(mark.length);
    const held = node("span", { class: "cadres-together" });
    input.before(held);
    held.append(input, held.nextSibling);
  });
  return paragraph;
}

const VERDICTS = { right: "Right.", part: "Partly right.", wrong: "Not yet." };

/** @param {Remark[]} remarks */
function say(verdict, remarks) {
  const first = remarks.length && !remarks[0].label ? remarks[0] : undefined;
  const rest = first ? remarks.slice(1) : remarks;
  const word = { right: "Right: ", wrong: "Not yet: " };
  return [
    verdict || first?.text?.length ? node("p", {}, verdict && node("strong", {}, verdict), " ", runs(first?.text ?? [])) : null,
    rest.length ? node("ul", {}, rest.map(({ label, result, text }) =>
      node("li", {}, word[result] && node("strong", {}, word[result]), runs(label), text?.length ? [/[.?!。]$/.test(words(label)) ? " " : ". ", runs(text)] : ""))) : null,
  ].filter(Boolean);
}

function ask(model, question, occasion) {
  const form = FORMS[question.kind](question, model);
  const survey = question.survey || question.kind === "open";
  const state = { at: undefined };
  const slot = occasion ? `${question.id}@${occasion}` : question.id;

  const button = (attributes, text) => node("button", { type: "button", ...attributes }, text);
  const check = button({ type: "submit", class: "cadres-main" }, survey ? "Keep my answer" : "Check");
  const status = node("div", { role: "status", class: "cadres-feedback" });
  const place = node("p", { class: "cadres-quiet cadres-where" });
  const hint = node("p", { class: "cadres-hint", id: fresh(), hidden: true }, node("strong", {}, "Hint. "), runs(question.hint));
  const hinted = button({ "aria-expanded": "false", "aria-controls": hint.id, onclick: toggle }, "Hint");
  const solved = button({ hidden: true, onclick: solve }, "Show the answer");

  const prompt = question.prompt.map((paragraph) => together(node("span", { class: "cadres-paragraph" }, runs(paragraph, form.gap))));
  // Controls inside a legend would be read out with every one of them, so a prompt with gaps stands below it.
  const head = form.gap ? [node("legend", { class: "cadres-quiet" }, "Fill in."), node("div", {}, prompt)] : node("legend", {}, prompt);
  const root = section({ class: "cadres-quiz", "aria-label": `Question ${question.id}`, "data-question": question.id, "data-kind": question.kind },
    node("form", { novalidate: true, onsubmit: submit, oninput: change },
      node("fieldset", {}, head, form.body),
      node("div", { class: "cadres-row" }, check, form.buttons ?? [], question.hint.length ? hinted : null, solved),
      hint),
    status, place);

  function toggle() {
    hint.hidden = !hint.hidden;
    hinted.setAttribute("aria-expanded", !hint.hidden);
  }

  function change() {
    root.toggleAttribute("data-changed", true);
    place.textContent = "";
    draft(model, slot, form.read());
  }

  /** Takes up an answer that was half given when the page went. */
  function resume() {
    const begun = draft(model, slot);
    if (begun === undefined) return;
    form.write(begun);
    change();
  }

  function submit(event) {
    event.preventDefault();
    event.stopPropagation();
    const answer = form.read();
    const why = answer === null ? "Give an answer first." : form.refuse?.(answer);
    if (why) {
      status.replaceChildren(node("p", {}, why));
      return;
    }
    const before = kept(model, question.id, occasion);
    const again = before && JSON.stringify(before.answer) === JSON.stringify(answer);
    draft(model, slot, null);
    show(again ? before : keep(model, question.id, answer, mark(question, answer), occasion));
    refresh();
  }

  function solve() {
    status.replaceChildren(...say("The answer:", form.solution()));
  }

  /** Shows an answer with what there is to say of it. */
  function show(record) {
    const result = mark(question, record.answer);
    state.at = record.at;
    root.removeAttribute("data-changed");
    root.dataset.result = survey ? "kept" : result;
    check.textContent = survey ? "Keep my answer" : "Check again";
    solved.hidden = survey || result === "right" || record.attempts < 2;
    if (question.survey) status.replaceChildren(node("p", {}, "Thank you. Your answer is kept."));
    else status.replaceChildren(...say(VERDICTS[result] ?? "Your answer is kept.", form.remarks(record.answer, result)));
    if (record.attempts > 1 && !survey) status.append(node("p", { class: "cadres-quiet" }, `Attempt ${record.attempts}.`));
  }

  function clear() {
    state.at = undefined;
    root.removeAttribute("data-changed");
    delete root.dataset.result;
    draft(model, slot, null);
    form.write(null);
    status.replaceChildren();
    check.textContent = survey ? "Keep my answer" : "Check";
    solved.hidden = true;
  }

  /** Follows what is kept, unless the learner is in the middle of another answer. */
  function refresh() {
    const record = kept(model, question.id, occasion);
    const changed = root.hasAttribute("data-changed");
    form.refresh?.();
    if (!record && state.at) clear();
    if (record && record.at !== state.at && !changed) restore(record);
    if (!root.hasAttribute("data-changed")) place.textContent = where(record);
  }

  function restore(record) {
    try {
      form.write(record.answer);
      show(record);
    } catch (error) {
      console.warn(`The answer kept for ${question.id} doesn't fit the question any more.`, error);
      clear();
      state.at = record.at;
    }
  }

  refresh();
  resume();
  return { root, refresh };
}

/** Draws the questions of a Thing. @returns {() => void} takes them off again */
export function mount({ model, el }) {
  const { questions, occasion } = model.get("data");
  const asked = questions.map((question) => ask(model, question, occasion));
  el.replaceChildren(...asked.map(({ root }) => root));
  return attend(model, () => asked.forEach(({ refresh }) => refresh()));
}
