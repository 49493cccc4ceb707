/** The seed document, sentence by sentence: open one, judge it, then see what the evidence says of it. */
import { attend, fresh, keep, kept, node, runs, section } from "./base.js";

const QUESTION = "00/reader";

function examined({ label, ref, said, standing }) {
  const tag = standing ? node("span", { class: "cadres-tag" }, standing) : null;
  return node("li", {}, runs([{ link: ref, text: label }]), " ", tag, node("div", {}, runs(said)));
}

const VERDICTS = { trust: "I would repeat it as it stands", doubt: "I doubt it", unsure: "I can't tell yet" };

/** The learner judges first; then the evidence opens. */
function panel(sentence, id, verdict, judged) {
  const asks = sentence.asks.map((ask) => node("p", { class: "cadres-ask" }, runs(ask)));
  const evidence = node(
    "div",
    { hidden: !verdict },
    node("h5", {}, "What our evidence says"),
    sentence.records.length
      ? node("ul", {}, sentence.records.map(examined))
      : node("p", {}, "No record examines this sentence."),
  );
  const choose = (name) => {
    evidence.hidden = false;
    judged(name);
  };
  const choices = Object.entries(VERDICTS).map(([name, words]) => {
    const radio = node("input", { type: "radio", name: id, value: name, onchange: () => choose(name) });
    radio.checked = name === verdict;
    return node("label", {}, radio, " ", words);
  });
  const legend = node("legend", {}, "Would you repeat it in an essay?");
  return node("div", { id, class: "cadres-panel", hidden: true }, asks, node("fieldset", {}, legend, choices), evidence);
}

function item(sentence, verdict, judged) {
  const below = panel(sentence, fresh(), verdict, (name) => judged(sentence.number, name));
  const toggle = () => {
    below.hidden = !below.hidden;
    button.setAttribute("aria-expanded", String(!below.hidden));
  };
  const button = node(
    "button",
    { type: "button", "aria-expanded": "false", "aria-controls": below.id, onclick: toggle },
    node("span", { class: "cadres-number" }, String(sentence.number)),
    node("span", {}, runs(sentence.text)),
    node("span", { class: "cadres-tag" }, sentence.standing),
  );
  return node("li", {}, button, below);
}

function parts(sentences, verdicts, judged) {
  const made = [];
  let heading = "";
  for (const sentence of sentences) {
    if (sentence.section !== heading) {
      heading = sentence.section;
      made.push(node("h4", {}, heading), node("ol", {}));
    }
    made.at(-1).append(item(sentence, verdicts[sentence.number], judged));
  }
  return made;
}

export function mount({ model, el }) {
  const { sentences, title, about } = model.get("data");
  const verdicts = { ...kept(model, QUESTION)?.answer?.verdicts };
  const count = node("p", { class: "cadres-quiet", role: "status" });
  const tell = () => {
    count.textContent = `You have judged ${Object.keys(verdicts).length} of ${sentences.length} sentences.`;
  };
  const judged = (number, name) => {
    verdicts[number] = name;
    keep(model, QUESTION, { v: 1, verdicts }, "open");
    tell();
  };
  tell();
  const head = [node("h3", { class: "cadres-title" }, title), node("p", { class: "cadres-quiet" }, about)];
  el.replaceChildren(section({ class: "cadres-reader", "aria-label": title }, head, parts(sentences, verdicts, judged), count));
  return attend(model, () => {});
}
