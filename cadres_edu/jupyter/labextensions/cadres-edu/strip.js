/** The strip at the head of a lesson: how many of its questions are answered, and where the answers are. */
import { attend, kept, node, section, tell, where } from "./base.js";

export function mount({ model, el }) {
  const { place, questions } = model.get("data");
  const count = node("span", {});
  const kind = node("span", { class: "cadres-quiet", role: "status" });
  const draw = () => {
    const records = questions.map((question) => kept(model, question)).filter(Boolean);
    count.textContent = `${records.length} of ${questions.length} questions answered`;
    const out = records.map(where).find((words) => words && words !== "Saved in your file.");
    tell(kind, records.length ? (out ?? "All your answers are saved in your file.") : "");
  };
  el.replaceChildren(section({ class: "cadres-strip", "aria-label": "Your place" }, node("strong", {}, place), count, kind));
  draw();
  return attend(model, draw);
}
