/** The course map: every lesson with the learner's place in it; the name, another learner, starting over, handing in. */
import { attend, kept, node, post, section } from "./base.js";

const NOBODY = "Nobody answered. Run the lesson (menu Run, Run All Cells), then try again.";

/** In JupyterLab a lesson opens beside this one; elsewhere the link is an ordinary one. */
function linked(model, lesson) {
  const anchor = node("a", { href: lesson.file }, lesson.title);
  const manager = model.widget_manager;
  const folder = (manager?.context?.path ?? "").replace(/[^/]*$/, "");
  manager?.rendermime?.linkHandler?.handleLink(anchor, folder + lesson.file, "");
  return anchor;
}

/** The lessons, and `tell`, which says anew how far each is: the links stay, or news would throw the focus out of them. */
function lessons(model, list) {
  const states = list.map(() => node("span", { class: "cadres-tag" }));
  const row = (lesson, at) => {
    const about = node("div", { class: "cadres-quiet" }, `${lesson.question} ${lesson.minutes} minutes.`);
    return node("li", {}, node("span", {}, lesson.number), node("span", {}, linked(model, lesson), about), states[at]);
  };
  const tell = () => list.forEach(({ questions }, at) => {
    const done = questions.filter((question) => kept(model, question)).length;
    const all = questions.length;
    states[at].textContent = all && done === all ? "done" : done ? `${done} of ${all} answered` : "not begun";
  });
  return { made: node("ol", {}, list.map(row)), tell };
}

/** Asks the file's keeper; resolves with its reply, or null when nobody answers. */
function request(model, message) {
  const key = Math.random().toString(36).slice(2);
  return new Promise((done) => {
    const heard = (reply) => reply?.reply === key && finish(reply);
    const finish = (reply) => (clearTimeout(timer), model.off("msg:custom", heard), done(reply));
    const timer = setTimeout(() => finish(null), 4000);
    model.on("msg:custom", heard);
    post(model, { ...message, key });
  });
}

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/jsonl" }));
  node("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export function mount({ model, el }) {
  const data = model.get("data");
  const list = lessons(model, data.lessons);
  const said = node("p", { role: "status" });
  const name = node("input", { type: "text", id: "cadres-name", maxlength: "60", autocomplete: "off" });
  const draw = () => {
    list.tell();
    if (document.activeElement !== name) name.value = kept(model, "00/learner")?.answer ?? "";
  };
  const act = async (message, words) => {
    said.textContent = "";
    const reply = await request(model, message);
    said.textContent = !reply ? NOBODY : reply.why ? reply.why : words(reply);
    if (reply && !reply.why) draw();
  };
  const keepName = (event) => {
    event.preventDefault();
    act({ do: "rename", name: name.value.trim() }, (reply) => (reply.name ? `Your work is kept under the name ${reply.name}.` : "Your work is kept without a name."));
  };
  const another = () => act({ do: "another", name: "" }, () => ((name.value = ""), name.focus(), "A new learner begins here. The other learner's answers stay in the file."));
  const handIn = () => act({ do: "hand-in" }, (reply) => (download(reply.file, reply.text), `Saved as ${reply.file} among your downloads. Hand that file in.`));
  const button = (label, action) => node("button", { type: "button", onclick: action }, label);
  const over = button("Start over", () => (sure.hidden = false));
  const close = () => ((sure.hidden = true), over.focus());
  const startOver = () => (close(), act({ do: "start-over" }, () => "You begin again. Nothing was deleted."));
  const sure = node("span", { hidden: true }, "Begin all lessons again? Your earlier answers stay in the file. ", button("Yes, start over", startOver), " ", button("No", close));
  el.replaceChildren(
    section(
      { class: "cadres-coursemap", "aria-label": "Course map" },
      node("h3", { class: "cadres-title" }, "Course map"),
      list.made,
      node("form", { onsubmit: keepName, class: "cadres-row" }, node("label", { for: "cadres-name" }, "Your name or a code (it may stay empty)"), name, node("button", {}, "Keep")),
      node("div", { class: "cadres-row" }, button("Save my work to hand in", handIn), button("Another learner", another), over, sure),
      said,
    ),
  );
  draw();
  return attend(model, draw);
}
