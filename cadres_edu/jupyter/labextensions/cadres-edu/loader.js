async function render(view) {
  try {
    const base = (await view.model.widget_manager.get_model("cadres-code-base")).get("source");
    const made = (globalThis.cadresModules ??= {});
    made[base] ??= URL.createObjectURL(new Blob([base], { type: "text/javascript" }));
    return await (await import(made[base])).draw(view, made);
  } catch (error) {
    console.error(error);
    view.el.textContent = "This part of the lesson appears when its cell is run.";
  }
}
export default { render };
