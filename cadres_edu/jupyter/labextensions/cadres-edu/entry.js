/** What JupyterLab loads first of an extension that is built already: a container, in the form that its loader asks for.
 * Written by hand, since the modules beside it are plain ES modules that need no bundler. */
(() => {
  const here = document.currentScript.src;
  let shared;
  const lent = async (name) => (await Object.values(shared[name])[0].get())();
  (window._JUPYTERLAB ??= {})["cadres-edu"] = {
    init: (scope) => void (shared = scope),
    async get() {
      const [{ Widget }, { INotebookTracker }, { plugin }] = await Promise.all([
        lent("@lumino/widgets"),
        lent("@jupyterlab/notebook"),
        import(new URL("lab.js", here)),
      ]);
      return () => plugin(Widget, INotebookTracker);
    },
  };
})();
