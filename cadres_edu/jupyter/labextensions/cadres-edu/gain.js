/** The survey before and after, side by side; it follows what is answered, and says what the difference can't tell. */
import { attend, kept, node, runs, section } from "./base.js";

const OCCASIONS = ["start", "end"];

/** The chance that so many of the changes are for the better, if either way is as likely. */
export function byGuessing(better, worse) {
  let [ways, sum] = [1, 0];
  for (let number = 0; number <= better + worse; number++) {
    if (number >= better) sum += ways;
    ways = (ways * (better + worse - number)) / (number + 1);
  }
  return sum / 2 ** (better + worse);
}

/** The same sentences as gain.py's `in_words`. */
function inWords(data, given) {
  const lacks = OCCASIONS.filter((name) => !data.questions.some(({ id }) => given[name][id] !== undefined));
  if (lacks.length) return lacks.map((name) => data.missing[name]);
  const both = data.questions.filter(({ id }) => OCCASIONS.every((name) => given[name][id] !== undefined));
  if (!both.length) return ["No question was answered both times yet."];
  const pairs = both.map(({ id, best }) => OCCASIONS.map((name) => given[name][id] === best));
  const [first, then] = [0, 1].map((at) => pairs.filter((pair) => pair[at]).length);
  const share = (then - first) / (both.length - first);
  const better = pairs.filter(([was, now]) => !was && now).length;
  const worse = pairs.filter(([was, now]) => was && !now).length;
  return [
    `Answered both times: ${both.length}. Best supported at the start: ${first}, at the end: ${then}.`,
    first === both.length
      ? "The gain can't be reckoned: at the start nothing was left to gain."
      : `Normalised gain: (${then} − ${first}) / (${both.length} − ${first}) = ${share < 0 ? "−" : ""}${Math.abs(share).toFixed(2)}. It is the share gained of what was left to gain.`,
    better + worse
      ? `To the better changed ${better}, to the worse ${worse}. Had all of these been guesses both times, at least ${better} would change to the better in ${(100 * byGuessing(better, worse)).toFixed(0)} of 100 such cases. A small number speaks against mere guessing, and for nothing in particular.`
      : "No answer changed between fitting the evidence and not fitting it, so there is no rise to explain.",
  ];
}

export function mount({ model, el }) {
  const data = model.get("data");
  const list = node("ol");
  const said = node("div", { role: "status" });
  const draw = () => {
    const given = Object.fromEntries(OCCASIONS.map((name) => [name, Object.fromEntries(data.questions.map(({ id }) => [id, kept(model, id, name)?.answer]))]));
    const ready = OCCASIONS.every((name) => Object.values(given[name]).some((answer) => answer !== undefined));
    list.hidden = !ready;
    list.replaceChildren(...data.questions.map(({ id, prompt, options, best }) => {
      const line = (head, name, tag = name === best) => [node("dt", {}, head), node("dd", {}, options[name] ? runs(options[name]) : "no answer", tag ? node("span", { class: "cadres-tag" }, "best supported") : "")];
      const [before, after] = OCCASIONS.map((name) => given[name][id]);
      const moved = before !== undefined && after !== undefined ? (before === after ? "You stayed." : "You moved.") : "Not answered both times: not counted.";
      const other = ![before, after].includes(best) && line("Best supported", best, false);
      return node("li", {}, node("strong", {}, prompt.map((part) => runs(part))), node("dl", {}, line("Before", before), line("After", after), other || []), node("div", { class: "cadres-quiet" }, moved));
    }));
    const lines = inWords(data, given);
    if (said.textContent !== lines.join("")) said.replaceChildren(...lines.map((text) => node("p", {}, text)));
  };
  draw();
  const quiet = (text) => node("p", { class: "cadres-quiet" }, text);
  el.replaceChildren(section({ class: "cadres-gain", "aria-label": data.title }, node("h3", { class: "cadres-title" }, data.title), quiet(data.about), list, said, quiet(data.cannot)));
  return attend(model, draw);
}
