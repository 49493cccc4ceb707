"""The hands of somebody who has a keyboard and no mouse, and what can be asked of a page about them."""

from __future__ import annotations

# In the page: which controls Tab should reach, what stands under the focus, and what a key tells the page outside.
LOOKS = """() => {
  const main = document.querySelector("main");
  for (const [id, side] of [["before", "before"], ["after", "after"]]) {
    const end = Object.assign(document.createElement("button"), { id, textContent: id });
    main[side](end);
  }
  const pixel = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const brush = pixel.getContext("2d", { willReadFrequently: true });
  const mixed = (colours) => {
    for (const one of colours) (brush.fillStyle = one), brush.fillRect(0, 0, 1, 1);
    return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => rgb.map((one) => one / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const papers = (element) =>
    element ? [...papers(element.parentElement), getComputedStyle(element).backgroundColor] : ["white"];
  const named = ({ ariaLabel, labels, textContent }) =>
    (ariaLabel || [...(labels ?? [])].map((one) => one.textContent).join(" ") || textContent).trim();
  const outline = (element) => {
    const { outlineWidth, outlineStyle, outlineColor, outlineOffset } = getComputedStyle(element);
    const wide = outlineStyle === "none" ? 0 : parseFloat(outlineWidth);
    return { wide, colour: outlineColor, off: parseFloat(outlineOffset) };
  };
  const shown = (one) => one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const group = (one) => (one.type === "radio" ? [...main.querySelectorAll(`[name="${one.name}"]`)].find(shown) : one);
  const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex]";
  const works = (one) => one.tabIndex >= 0 && !one.disabled && shown(one);
  const controls = () => [...main.querySelectorAll(CONTROLS)].filter(works);
  let marks = [];
  const place = (one) => (one.id === "before" || one.id === "after" ? one.id : marks.indexOf(group(one)));
  const out = [];
  document.addEventListener("keydown", (event) => main.contains(event.target) && out.push(event.key));
  const trail = [];
  window.addEventListener("focusin", ({ target }) => trail.push(place(target)));
  window.keys = {
    out,
    named,
    trail,
    /** Where the focus is: whether on something that is there, its name, whether it fits, whether it ends the page. */
    stands(selector, words, end) {
      const one = document.activeElement;
      const fits = one.matches(selector ?? "*") && named(one).includes(words ?? "");
      const sound = one !== document.body && one.checkVisibility() && !one.disabled;
      return { sound, named: named(one), fits, at_end: one.id === end };
    },
    /** Numbers the controls, radio buttons of one name as one, and notes how each looks without the focus. */
    number() {
      document.getElementById("before").focus();
      marks = [...new Set(controls().map(group))];
      marks.plain = new Map(controls().map((one) => [one, JSON.stringify(outline(one))]));
      return marks.map(named);
    },
    look() {
      const one = document.activeElement;
      const [at, is] = [place(one), outline(one)];
      const around = [papers(one.parentElement), ...(is.off > 0 ? [] : [papers(one)])];
      const [box, spot] = [one.getBoundingClientRect(), one.getClientRects()[0]];
      const inside = box.top >= -0.5 && box.left >= -0.5 && box.right <= innerWidth + 0.5;
      const under = spot && document.elementFromPoint(spot.x + spot.width / 2, spot.y + spot.height / 2);
      const reach = Math.max(0, is.off + is.wide);
      // Of a text the browser brings the line of the caret into view, not the whole field.
      const bottom = one.matches("textarea") ? box.top + 34 : Math.min(box.bottom, box.top + innerHeight);
      const cut = (up) => up && up !== main && (cut(up.parentElement) ||
        (getComputedStyle(up).overflowX !== "visible" && (box.left - reach < up.getBoundingClientRect().left - 0.5 ||
          box.right + reach > up.getBoundingClientRect().right + 0.5)));
      return {
        at, named: named(one), wide: is.wide,
        left: box.left, right: box.right, top: box.top + scrollY, bottom: box.bottom + scrollY,
        contrast: Math.min(...around.map((paper) => contrast(mixed([...paper, is.colour]), mixed(paper)))),
        changed: marks.plain.get(one) !== JSON.stringify(is),
        hidden: {
          "out of view": !inside || bottom > innerHeight + 0.5,
          covered: !(one.contains(under) || [...(one.labels ?? [])].some((label) => label.contains(under))),
          "cut off": Boolean(cut(one.parentElement)),
        },
      };
    },
    /** The keys that get out of a control, of those that a notebook would take for commands and Escape. */
    leak: () => controls().flatMap((one) => {
      out.length = 0;
      if (!one.isConnected) return []; // the key pressed on the one before has drawn anew
      const press = (key) => one.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      const free = press("Escape");
      ["j", "d", "Delete", "ArrowDown", "ArrowUp", "Enter"].forEach(press);
      return free && out.join() === "Escape" ? [] : [[named(one), [...out]]];
    }),
    /** The controls that lose the focus when news come from the kernel, another tab or another thing. */
    lost: () => controls().filter((one) => {
      one.focus();
      for (const { model } of window.things) model.tell("msg:custom", { who: "", since: "", hello: true });
      window.dispatchEvent(new StorageEvent("storage"));
      return document.activeElement !== one;
    }).map(named),
    /** Which cells of a group with one stop no arrow leads to, from the one that Tab stops at. */
    out_of_reach() {
      const cells = [...main.querySelectorAll("[tabindex='-1']")].filter((one) => one.matches("button"));
      const reached = new Set([document.activeElement]);
      for (const from of reached) {
        for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
          from.focus();
          from.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
          reached.add(document.activeElement);
        }
      }
      return cells.filter((one) => !reached.has(one)).map(named);
    },
    unfold: () => main.querySelectorAll("details").forEach((one) => (one.open = true)),
  };
}"""


class Hands:
    """Works what is shown with Tab, arrows, Space, Enter and letters alone, and never lets the focus get lost."""

    def __init__(self, page):
        self.page, self.keys = page, page.keyboard
        page.evaluate(LOOKS)
        self.keys.press("Tab")

    def press(self, *keys, looking_for=None):
        """Press keys one after another; after each the focus is on something that is there. Where it is in the end."""
        for key in keys:
            self.keys.press(key)
            stands = self.page.evaluate("asked => keys.stands(...asked)", looking_for or [])
            assert stands["sound"], f"{key} has lost the focus; it was on “{self.last}”"
            self.last = stands["named"]
        return stands

    last = ""

    def write(self, text):
        """Write over what stands in the field that has the focus."""
        self.keys.press("Control+A")
        self.keys.type(text)

    def focus(self, function):
        """What a function of the page makes of the element that has the focus."""
        return self.page.evaluate(f"({function})(document.activeElement)")

    def on(self, selector, words=""):
        """Whether the focus is on something that fits."""
        return self.page.evaluate("asked => keys.stands(...asked).fits", [selector, words])

    def to(self, selector, words=""):
        """Tab on to the next control that fits; where none comes, back to the nearest before."""
        for key, end in (("Tab", "after"), ("Shift+Tab", "before")):
            for _ in range(400):
                stands = self.press(key, looking_for=[selector, words, end])
                if stands["fits"]:
                    return self
                if stands["at_end"]:
                    break
            else:
                raise AssertionError(f"{key} does not lead to the end; it was on “{self.last}”")
        raise AssertionError(f"No way by Tab to {selector} “{words}”")

    def push(self, words, selector="button, summary", key="Enter"):
        """Tab to a button and press it."""
        if not self.on(selector, words):
            self.to(selector, words)
        self.press(key)

    def pick(self, words, group="[type=radio]"):
        """Choose a radio button of the group that has the focus, or else of the next: Space, or arrows."""
        if not self.on(group):
            self.to(group)
        for _ in range(12):
            if self.on(group, words):
                if not self.on(":checked"):
                    self.press("Space")
                return
            self.press("ArrowDown")
        raise AssertionError(f"No radio button “{words}”")

    def slide(self, name=""):
        """Take a slider from its least by a step and a stride to its most."""
        self.to("[type=range]", name)
        values = []
        for key in ("Home", "ArrowRight", "PageUp", "End"):
            self.press(key)
            values.append(self.focus("one => one.valueAsNumber"))
        least, most = self.focus("one => [Number(one.min), Number(one.max)]")
        assert values[:2] == [least, least + 1] and values[1] < values[2] < values[3] == most, values

    def fold(self):
        """Open and close the next fold; Escape leaves it as it is."""
        self.to("summary")
        states = [self.focus("one => one.parentElement.open")]
        for key in ("Enter", "Space", "Enter", "Escape"):
            self.press(key)
            states.append(self.focus("one => one.parentElement.open"))
        was = states[0]
        assert self.on("summary") and states == [was, not was, was, not was, not was]

    def choose(self, label, words):
        """Choose an option of a select by writing how it begins."""
        if not self.on("select", label):
            self.to("select", label)
        self.keys.type(words)
        chosen = self.focus("one => one.selectedOptions[0].textContent")
        assert chosen.startswith(words), chosen

    def fill(self, label, text):
        """Write into a field."""
        self.to("input, textarea", label)
        self.write(text)
