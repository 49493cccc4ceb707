/** The line from a notebook's things to its kernel: one comm, which the kernel opens when the page asks it to.
 * It is open before any cell has run, so an answer is in the learner's file as soon as there is a kernel. */
const TARGET = "cadres-edu";
// Fixed words of our own, never the notebook's; a kernel without the course stays silent.
const OPEN = `try:
    from cadres_edu.widgets import line as _line
    _line.open_line()
    del _line
except ImportError:
    pass`;

export class Line {
  /** @param session JupyterLab's session context of one notebook */
  constructor(session) {
    this.session = session;
    this.models = new Set();
    session.kernelChanged.connect((_, { newValue }) => this.ask(newValue));
    session.statusChanged.connect((_, status) => /restarting$/.test(status) && this.askWhenUp());
    session.connectionStatusChanged.connect((_, status) => status === "connected" && this.ask(this.kernel()));
  }
  kernel() {
    return this.session.session?.kernel;
  }
  add(model) {
    this.models.add(model);
    if (this.models.size === 1) this.ask(this.kernel());
  }
  remove(model) {
    this.models.delete(model);
  }
  send(message) {
    this.comm?.send(message);
  }
  /** A kernel that starts again has lost what it was asked, and says that it is idle when it can be asked anew. */
  askWhenUp() {
    this.comm = null;
    const kernel = this.kernel();
    const up = (_, status) => {
      if (status !== "idle") return;
      kernel.statusChanged.disconnect(up);
      this.ask(kernel);
    };
    kernel?.statusChanged.connect(up);
  }
  ask(kernel) {
    if (!kernel || !this.models.size) return;
    kernel.registerCommTarget(TARGET, (comm) => this.use(comm));
    kernel.requestExecute({ code: OPEN, silent: true, store_history: false, stop_on_error: false });
  }
  use(comm) {
    this.comm = comm;
    comm.onClose = () => this.comm === comm && (this.comm = null);
    comm.onMsg = ({ content: { data } }) => this.hear(data);
    this.hello();
  }
  hear(message) {
    if (message.changed) return this.hello();
    for (const model of this.models) if (model.get("key") === message.to) model.hear(message);
  }
  hello() {
    for (const model of this.models) model.send({ do: "hello" });
  }
}
