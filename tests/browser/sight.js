/** For tests of what can be seen: works every Thing of the page, and measures what is drawn. */
window.sight = (() => {
  const CONTROLS = "button, input, select, textarea";
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".cadres-hidden");
  const pause = () => new Promise((done) => setTimeout(done, 15));
  const all = (root, css) => [...root.querySelectorAll(css)].filter(shown);
  const name = (element) => `${element.closest(".cadres").className.split("-").pop()}: ${(element.textContent || element.outerHTML).trim().slice(0, 40)}`;

  function put(field, value) {
    field.value = value;
    for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true }));
  }

  function fill(root) {
    for (const details of all(root, "details:not([open])")) details.open = true;
    for (const box of all(root, "[type=checkbox]:not(:checked)")) box.click();
    for (const radio of all(root, "[type=radio]")) {
      if (!all(root, "[type=radio]:checked").some((other) => other.name === radio.name)) radio.click();
    }
    for (const choice of all(root, "select")) if (!choice.value) put(choice, choice.options[Math.min(1, choice.options.length - 1)].value);
    for (const field of all(root, "[type=text], [type=number], textarea")) {
      const number = field.type === "number" || ["decimal", "numeric"].includes(field.inputMode);
      if (!field.value) put(field, number ? "20" : "a reason of five words or a few more");
    }
  }

  /** Fills, ticks and presses what there is, as often as there is more to press. */
  async function work(root) {
    const pressed = new Map();
    const press = (button) => pressed.set(button.textContent, (pressed.get(button.textContent) ?? 0) + 1) && button.click();
    const open = (button) => button.getAttribute("aria-disabled") !== "true" && !button.disabled && !((pressed.get(button.textContent) ?? 0) >= 9);
    for (let main; fill(root), (main = all(root, "button.cadres-main, [type=submit]").find(open)); await pause()) press(main);
    const chosen = ".cadres-board td button, th button, .cadres-field button, .cadres-calendar .cadres-own, ol > li > button[aria-expanded]";
    all(root, chosen)[3]?.click();
    await pause();
    fill(root);
  }

  function lines(root) {
    const found = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let text; (text = walker.nextNode()); ) {
      const owner = text.parentElement;
      if (!text.data.trim() || owner.closest("option, title, desc, textarea") || !shown(owner)) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const box of range.getClientRects()) if (box.width > 1) found.push({ box, owner, text });
    }
    return found;
  }

  const outside = (inner, outer) => inner.left < outer.left - 1.5 || inner.right > outer.right + 1.5 || inner.top < outer.top - 3 || inner.bottom > outer.bottom + 3;

  /** Letters stand in the middle of their box, so boxes of lines may touch. */
  function overlap(one, two) {
    const across = Math.min(one.right, two.right) - Math.max(one.left, two.left);
    const down = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
    return across > 2 && down > 0.4 * Math.min(one.height, two.height);
  }

  /** What runs out of a Thing, is cut off, or lies over something else. */
  function crowded(root) {
    const found = [];
    const scrollers = new Set();
    for (const element of all(root, "*")) {
      if (element.matches(CONTROLS) || element.closest("svg")) continue;
      const flow = getComputedStyle(element).overflowX;
      const wide = element.scrollWidth > element.clientWidth + 1;
      if (!wide || flow === "visible" || !element.clientWidth) continue;
      scrollers.add(element);
      const reached = element.tabIndex === 0 && (element.ariaLabel || element.getAttribute("aria-labelledby"));
      if (flow === "hidden" || flow === "clip") found.push(`cut off: ${name(element)}`);
      else if (!reached || !element.querySelector("table, svg")) found.push(`scrolls, and no key or name: ${name(element)}`);
    }
    const written = lines(root);
    const free = (element) => ![...scrollers].some((scroller) => scroller.contains(element));
    const edge = root.getBoundingClientRect();
    for (const { box, owner } of written) {
      const holder = owner.closest("button, td, th, .cadres-tag, summary");
      if (free(owner) && (box.left < edge.left || box.right > edge.right)) found.push(`runs out: ${name(owner)}`);
      else if (holder && outside(box, holder.getBoundingClientRect())) found.push(`out of its box: ${name(holder)}`);
    }
    for (const control of all(root, `${CONTROLS}, svg`)) {
      const box = control.getBoundingClientRect();
      if (free(control) && (box.left < edge.left || box.right > edge.right)) found.push(`runs out: ${name(control)}`);
      if (control.matches("svg")) continue;
      const over = written.find(({ box: line, owner }) => !control.contains(owner) && overlap(line, box));
      if (over) found.push(`${name(control)} lies over ${over.text.data.trim().slice(0, 40)}`);
    }
    written.splice(0, Infinity, ...written.filter(({ owner }) => !owner.matches(".cadres-sign"))); // of two that fall in one year
    written.sort((one, two) => one.box.top - two.box.top);
    written.forEach((one, place) => {
      for (let next = place + 1; next < written.length && written[next].box.top < one.box.bottom; next++) {
        const two = written[next];
        if (one.text !== two.text && overlap(one.box, two.box)) found.push(`${name(one.owner)} meets ${two.text.data.trim().slice(0, 40)}`);
      }
    });
    return [...new Set(found)];
  }

  /** Where a press lands: a label that holds or names a box belongs to it. */
  function target(element) {
    const boxes = [element, ...(element.labels ?? [])].map((part) => part.getBoundingClientRect());
    const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((box) => box[side])));
    const [right, bottom] = ["right", "bottom"].map((side) => Math.max(...boxes.map((box) => box[side])));
    return { element, left, top, right, bottom, width: right - left, height: bottom - top };
  }

  /** Targets below 24 by 24 pixels that no exception of WCAG 2.5.8 allows: a link in a line of text, or room around. */
  function small(root) {
    const block = (element) => (getComputedStyle(element).display === "inline" ? block(element.parentElement) : element);
    const links = all(root, "a").filter((link) => block(link).textContent.trim() === link.textContent.trim());
    const targets = [...all(root, `${CONTROLS}, summary`), ...links].map(target);
    const near = (one, two) => {
      const [x, y] = [(one.left + one.right) / 2, (one.top + one.bottom) / 2];
      const reach = two.width < 24 || two.height < 24 ? [(two.left + two.right) / 2, (two.top + two.bottom) / 2, 24] : null;
      if (reach) return Math.hypot(x - reach[0], y - reach[1]) < reach[2] - 0.5;
      return Math.hypot(Math.max(two.left - x, 0, x - two.right), Math.max(two.top - y, 0, y - two.bottom)) < 11.5;
    };
    return targets
      .filter((one) => one.width < 23.5 || one.height < 23.5)
      .filter((one) => targets.some((two) => two !== one && near(one, two)))
      .map((one) => `${Math.round(one.width)} by ${Math.round(one.height)}: ${name(one.element)}`);
  }

  // ---- Colours that the learner has forced on the page. ----

  const kind = (element) => element.closest(".cadres").classList[1].replace("cadres-", "");
  const style = (element) => getComputedStyle(element);
  const things = () => [...document.querySelectorAll("main .cadres")];
  const every = (css) => things().flatMap((root) => all(root, css));
  const swatch = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    swatch.clearRect(0, 0, 1, 1);
    swatch.fillStyle = colour;
    swatch.fillRect(0, 0, 1, 1);
    const [red, green, blue, opacity] = [...swatch.getImageData(0, 0, 1, 1).data].map((part) => part / 255);
    const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return opacity < 0.5 ? null : 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  };
  /** Whether a colour stands out from the page by 3 : 1. */
  const out = (colour) => {
    const [one, page] = [light(colour), light(style(document.querySelector("main .cadres")).backgroundColor)];
    return one !== null && (Math.max(one, page) + 0.05) / (Math.min(one, page) + 0.05) >= 3;
  };
  const filled = (element) => out(style(element).backgroundColor) || style(element).backgroundImage !== "none";
  let bars = [];

  /** Notes the boxes with nothing in them that are seen by their filling alone. @returns {string[]} the kinds that have some */
  function findBars() {
    bars = every("div, span, i, b").filter((element) => !element.textContent && element.offsetWidth > 1 && element.offsetHeight > 1 && filled(element));
    return [...new Set(bars.map(kind))];
  }

  /** Marks of drawings that don't stand out, neither by their line nor by their filling; a pattern's shade may be weak. */
  const faint = () =>
    every("svg :is(path, circle, rect, line)")
      .filter((mark) => mark.getBoundingClientRect().width + mark.getBoundingClientRect().height > 1 && Number(style(mark).fillOpacity) > 0.5)
      .filter((mark) => !out(style(mark).stroke) && !out(style(mark).fill))
      .map((mark) => `${kind(mark)}: ${mark.outerHTML.slice(0, 80)}`);

  const looks = (element) => ["borderTopWidth", "borderTopStyle", "outlineStyle", "outlineWidth"].map((name) => style(element)[name]).join();
  /** Each button that is pressed or open, and whether its edge tells it from one that is not. */
  const states = () =>
    every('button:is([aria-pressed="true"], [aria-expanded="true"])').flatMap((one) => {
      const state = one.ariaPressed ? "aria-pressed" : "aria-expanded";
      const other = all(one.closest(".cadres"), `button[${state}="false"]`).find((button) => button.className === one.className);
      const below = state === "aria-expanded" && one.nextElementSibling; // what it opened stands right below
      return other && !below ? [[kind(one), looks(one) !== looks(other)]] : [];
    });

  const own = document.head.appendChild(document.createElement("style"));
  return {
    work: async () => { for (const root of things()) await work(root); document.activeElement.blur(); },
    wear: (css) => void (own.textContent = css),
    settle: () => new Promise((done) => setTimeout(() => requestAnimationFrame(() => setTimeout(done, 50)), 50)),
    crowded: () => things().flatMap(crowded),
    small: () => things().flatMap(small),
    bars: findBars,
    gone: () => bars.filter((bar) => !filled(bar)).map((bar) => `${kind(bar)}: ${bar.className}`),
    faint,
    states,
  };
})();
