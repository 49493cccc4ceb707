/** A stand-in for the model that anywidget hands to a view, made from what a notebook stores of a Thing. */
export class Stored {
  /** @param {object} state @param {(message: object) => void} [send] carries a message to a kernel */
  constructor(state, send) {
    this.state = { saved: {}, who: "", since: "", asks: [], ...state };
    this.send = (message) => send?.({ ...message, to: this.state.key, asks: this.state.asks });
    this.listeners = [];
  }
  get(name) {
    return this.state[name];
  }
  set(name, value) {
    this.state[name] = value;
    this.tell("change:" + name);
  }
  on(name, heard) {
    this.listeners.push([name, heard]);
  }
  off(name, heard) {
    this.listeners = this.listeners.filter(([other, listener]) => other !== name || listener !== heard);
  }
  save_changes() {}
  tell(name, ...words) {
    for (const [other, heard] of [...this.listeners]) if (other === name) heard(...words);
  }
  /** A reply from the kernel; one to `hello` brings the learner's answers with it. */
  hear(message) {
    if (message.hello) Object.assign(this.state, { who: message.who, since: message.since, saved: message.saved });
    this.tell("msg:custom", message);
  }
}
