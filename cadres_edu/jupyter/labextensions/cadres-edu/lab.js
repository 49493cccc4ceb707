/** JupyterLab's side of the course: draws things and charts from what a notebook's outputs hold. Nothing is asked of a
 * kernel for that, nor of the widget manager, which shows nothing where it finds no kernel. */
import { dress, node, scroller } from "./base.js";
import { mark } from "./chinese.js";
import { Line } from "./line.js";
import { Stored } from "./stored.js";

const THING = "application/vnd.cadres-edu.thing+json";
const CHART = "application/vnd.cadres-edu.chart+json";
const PLOTLY = "application/vnd.plotly.v1+json";
const PROSE = "text/markdown";

const styles = {};
/** The style of a kind of thing, fetched once a page; some kinds have none. */
const style = (stem) => (styles[stem] ??= fetch(new URL(`${stem}.css`, import.meta.url)).then((reply) => (reply.ok ? reply.text() : "")));

/** The module of a kind of thing, dressed. The kind comes from a notebook, so it may name nothing but a file beside this one. */
async function load(kind) {
  if (!/^[a-z]+$/.test(kind)) throw new Error(`No kind of thing: ${kind}`);
  const [module, base, own] = await Promise.all([import(`./${kind}.js`), style("base"), style(kind)]);
  dress("base", base);
  dress(kind, own);
  return module;
}

/** Draws the first of these forms that this JupyterLab knows how to. */
async function stand(widget, rendermime, output, forms) {
  const form = forms.find((one) => one in output.data && rendermime.mimeTypes.includes(one));
  const renderer = rendermime.createRenderer(form);
  await renderer.renderModel(output);
  widget.node.replaceChildren(renderer.node);
  return renderer;
}

const things = (Widget, panel, line) =>
  class extends Widget {
    async renderModel(output) {
      this.leave?.();
      const model = new Stored(output.data[THING], (message) => line.send(message));
      model.widget_manager = { context: panel.context, rendermime: panel.content.rendermime };
      try {
        const { mount } = await load(model.get("kind"));
        if (this.isDisposed) return;
        const unmount = mount({ model, el: this.node });
        line.add(model);
        panel.addClass("cadres-lesson");
        this.leave = () => (line.remove(model), unmount?.());
      } catch (error) {
        console.error(error);
        await stand(this, panel.content.rendermime, output, ["text/html", "text/plain"]);
      }
    }
    dispose() {
      this.leave?.();
      this.leave = null;
      super.dispose();
    }
  };

/** A chart is plotly's to draw; what it is called and shows is said to those who don't see it, and its table comes next. */
const charts = (Widget, panel) =>
  class extends Widget {
    async renderModel(output) {
      const { title, shows } = output.data[CHART];
      this.drawn?.dispose();
      dress("base", await style("base"));
      this.drawn = await stand(this, panel.content.rendermime, output, [PLOTLY, "image/svg+xml", "text/plain"]);
      // The letters of the drawing would be read out in a jumble.
      this.drawn.node.setAttribute("aria-hidden", "true");
      const said = { role: "img", "aria-label": `${title}. ${shows} The values follow as a table.` };
      const room = scroller(`${title}, a chart`, node("div", said, this.drawn.node));
      room.classList.add("cadres-chart");
      // Arrows scroll it, and would otherwise go on to another cell.
      room.addEventListener("keydown", (event) => event.key.startsWith("Arrow") && event.stopPropagation());
      this.node.replaceChildren(room);
      if (this.isAttached) this.onAfterAttach(Widget.Msg.AfterAttach);
    }
    /** Plotly fits its drawing to the room there is once it is told that it stands in the page. */
    onAfterAttach(message) {
      this.drawn?.processMessage(message);
      this.drawn?.update();
    }
    // What plotly is told of its place in the page, so that it fits the room and goes without complaint.
    onAfterShow(message) {
      this.drawn?.processMessage(message);
    }
    onResize(message) {
      this.drawn?.processMessage(message);
    }
    onBeforeDetach(message) {
      this.drawn?.processMessage(message);
    }
    onAfterDetach(message) {
      this.drawn?.processMessage(message);
    }
    dispose() {
      super.dispose();
      this.drawn?.dispose();
    }
  };

/** The renderer of prose as it is, with the characters in our own lessons marked. */
function prose(panel) {
  const plain = panel.content.rendermime.getFactory(PROSE);
  const createRenderer = (options) => {
    const renderer = plain.createRenderer(options);
    const render = renderer.renderModel.bind(renderer);
    renderer.renderModel = async (words) => {
      await render(words);
      if (panel.model?.getMetadata("cadres")) mark(renderer.node);
    };
    return renderer;
  };
  return { ...plain, createRenderer };
}

/** In a narrow window, or enlarged, the list of files and the strip at the right would leave a lesson no room. */
function makeRoom(shell) {
  shell.collapseLeft?.();
  if (shell.isSideTabBarVisible?.("right")) shell.toggleSideTabBarVisibility("right");
}

/** The extension. */
export const plugin = (Widget, INotebookTracker) => ({
  id: "cadres-edu:outputs",
  autoStart: true,
  requires: [INotebookTracker],
  activate(app, tracker) {
    app.restored.then(() => innerWidth < 800 && makeRoom(app.shell));
    const serve = (panel) => {
      const { rendermime } = panel.content;
      const kinds = [
        [THING, things(Widget, panel, new Line(panel.sessionContext)), true],
        [CHART, charts(Widget, panel), Boolean(rendermime.getFactory(PLOTLY)?.safe)],
      ];
      for (const [form, Drawn, safe] of kinds) {
        rendermime.addFactory({ safe, mimeTypes: [form], createRenderer: () => new Drawn() }, -20);
      }
      rendermime.addFactory(prose(panel));
    };
    style("lab").then((sheet) => dress("lab", sheet));
    tracker.forEach(serve);
    tracker.widgetAdded.connect((_, panel) => serve(panel));
  },
});
