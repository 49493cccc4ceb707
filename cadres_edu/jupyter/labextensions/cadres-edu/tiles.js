/** The provinces as tiles: a year by slider, each rate as it is or against the province's own rate before the famine, and
 * one province's years side by side. */
import { attend, hush, keep, kept, later, node, runs, section } from "./base.js";

const QUESTION = "02/tiles";
const SHADES = { rate: [10, 15, 20, 30, 45], times: [1.2, 1.5, 2, 3, 5] };
const STEP = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const shade = (mode, value) => (value == null ? "none" : String(SHADES[mode].filter((step) => value >= step).length));
const broken = (name) => name.replace(/(long|Guang|Shang|Shan)(?=dong|hai|jiang)/, "$1\u00ad"); // where a narrow tile may break a long name
const shown = (value) => (value == null ? "–" : value.toFixed(1));

/** The tile nearest to `from` in the direction of an arrow key. */
function towards(tiles, from, [down, right]) {
  const ahead = tiles.filter((one) => (one.row - from.row) * down + (one.column - from.column) * right > 0);
  const off = (one) => 3 * Math.abs(down ? one.column - from.column : one.row - from.row);
  const far = (one) => Math.abs(one.row - from.row) + Math.abs(one.column - from.column) + off(one);
  return ahead.sort((a, b) => far(a) - far(b))[0];
}

function choices(name, options, chosen, changed) {
  const radio = ([value, words]) => {
    const input = node("input", { type: "radio", name, value, onchange: () => changed(value) });
    input.checked = value === chosen;
    return node("label", {}, input, " ", words);
  };
  return node("fieldset", {}, node("legend", {}, "Show"), options.map(radio));
}

export function mount({ model, el }) {
  const { title, about, leaves_out: leavesOut, years, before, tiles } = model.get("data");
  const start = kept(model, QUESTION)?.answer ?? {};
  let year = years.includes(start.year) ? start.year : before;
  let mode = start.mode === "times" ? "times" : "rate";
  const seen = new Set(start.seen ?? []);
  let current = null;
  const at = (tile, when) => tile.values?.[years.indexOf(when)] ?? null;
  const value = (tile, when = year) => {
    const rate = at(tile, when);
    return mode === "rate" || rate == null ? rate : rate / at(tile, before);
  };
  const unit = () => (mode === "rate" ? "per 1,000" : `times its rate of ${before}`);
  const store = () => {
    later(model, () => keep(model, QUESTION, { v: 1, year, mode, seen: [...seen].sort() }, "open"));
  };
  const told = node("div", { role: "status" });
  const list = node("div", {});
  const panel = node("div", { class: "cadres-panel" }, told, list);
  const buttons = tiles.map((tile, index) => {
    const place = `grid-area: ${tile.row} / ${tile.column - 1}`;
    return node("button", { type: "button", style: place, tabindex: index ? -1 : 0, onclick: () => open(tile) });
  });
  const draw = () => {
    dial.textContent = String(year);
    tiles.forEach((tile, index) => {
      const words = tile.values ? `${shown(value(tile))} ${value(tile) == null ? "no figure" : unit()}` : "no series found";
      buttons[index].setAttribute("aria-label", `${tile.name}: ${words}`);
      buttons[index].setAttribute("aria-pressed", String(tile === current));
      buttons[index].dataset.shade = shade(mode, value(tile));
      buttons[index].replaceChildren(node("span", {}, broken(tile.name)), node("strong", {}, shown(value(tile))));
    });
    tell();
  };
  const bar = (when) => {
    const rate = at(current, when);
    const height = `height: ${rate ?? 0}px`;
    const mark = when === year ? "cadres-now" : "";
    return node("li", { class: mark }, node("b", {}, String(when)), node("i", { style: height, "aria-hidden": "true" }), node("span", rate == null ? { role: "img", "aria-label": "no figure" } : {}, shown(rate)));
  };
  const tell = () => {
    if (!current) return told.replaceChildren(node("p", { class: "cadres-quiet" }, "Choose a tile to see its years side by side."));
    const rate = at(current, year);
    const said = !current.values
      ? "We found no series for it. A blank isn't a nought."
      : rate == null
        ? `No figure for ${year}.`
        : `In ${year}: ${shown(rate)} per 1,000${mode === "times" ? `, ${shown(value(current))} ${unit()}` : ""}.`;
    const bars = current.values && node("ol", { class: "cadres-years", "aria-label": `${current.name}, deaths per 1,000` }, years.map(bar));
    told.replaceChildren(node("h4", {}, current.name), node("p", {}, said));
    list.replaceChildren(...(bars ? [bars] : []));
  };
  const open = (tile) => {
    current = tile;
    seen.add(tile.id);
    buttons.forEach((button, index) => (button.tabIndex = tiles[index] === tile ? 0 : -1));
    draw();
    store();
  };
  const dial = node("strong", { "aria-hidden": "true" }); // the slider tells its own value
  const slide = (event) => {
    year = Number(event.target.value);
    draw();
    hush(told);
    store();
  };
  const range = { type: "range", min: years[0], max: years.at(-1), value: year, "aria-label": "Year", oninput: slide };
  const field = node("div", { class: "cadres-field", role: "group", "aria-label": title }, buttons);
  field.addEventListener("keydown", (event) => {
    const from = tiles[buttons.indexOf(event.target)];
    const end = { Home: tiles[0], End: tiles.at(-1) }[event.key];
    const next = from && (end ?? (STEP[event.key] && towards(tiles, from, STEP[event.key])));
    if (!next) return;
    event.preventDefault();
    open(next);
    buttons[tiles.indexOf(next)].focus();
  });
  const options = [["rate", "deaths per 1,000 people"], ["times", `times the province's own rate of ${before}`]];
  const modes = choices("cadres-tiles-mode", options, mode, (chosen) => ((mode = chosen), draw(), store()));
  draw();
  el.replaceChildren(
    section(
      { class: "cadres-tiles", "aria-label": title },
      node("h3", { class: "cadres-title" }, title),
      node("p", { class: "cadres-quiet" }, about),
      node("p", { class: "cadres-dial" }, node("label", {}, "Year ", node("input", range)), dial),
      modes,
      field,
      panel,
      node("p", { class: "cadres-quiet" }, runs(leavesOut)),
    ),
  );
  return attend(model, () => {});
}
