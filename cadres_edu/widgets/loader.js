const made = (globalThis.cadresModules ??= new Map());
const address = (source) => {
  if (!made.has(source)) made.set(source, URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  return made.get(source);
};
async function render({ model, el }) {
  try {
    const code = (stem) => model.widget_manager.get_model("cadres-code-" + stem);
    const [base, own] = await Promise.all([code("base"), code(model.get("kind"))]);
    const from = address(base.get("source"));
    const { dress } = await import(from);
    const { mount } = await import(address(own.get("source").replace('from "./base.js"', `from "${from}"`)));
    dress("base", base.get("style"));
    dress(model.get("kind"), own.get("style"));
    return mount({ model, el });
  } catch (error) {
    console.error(error);
    el.textContent = "This part of the lesson appears when its cell is run.";
  }
}
export default { render };
