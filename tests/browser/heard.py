"""What a screen reader is told of a page: the browser's own accessibility tree, made small and plain."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# Told only when they are so; the rest are told whatever their value, since both sides of them are heard.
_WHEN_TRUE = ("disabled", "required", "selected", "busy")
_ALWAYS = ("checked", "pressed", "expanded")
_VALUED = ("level", "live")
_SILENT = ("InlineTextBox", "LineBreak", "ListMarker", "LayoutTableCell")
CONTROLS = {
    *("button", "link", "textbox", "searchbox", "checkbox", "radio", "slider", "spinbutton", "combobox", "listbox"),
    *("menuitem", "tab", "switch", "DisclosureTriangle", "DisclosureTriangleGrouped"),
}


@dataclass
class Node:
    """One node of the tree: what it is, what it is called, what it holds, how it stands."""

    role: str
    name: str = ""
    value: str = ""
    description: str = ""
    states: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    element: int = 0

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *roles: str) -> list[Node]:
        return [one for one in self.walk() if one.role in roles]

    def words(self) -> str:
        """All words in it, in order."""
        own = self.name if self.role == "StaticText" else ""
        return " ".join(filter(None, [own, *(child.words() for child in self.children)]))


def tree(cdp) -> Node:
    """The accessibility tree of the page that `cdp` speaks to; what is ignored gives its children to what holds it."""
    raw = {one["nodeId"]: one for one in cdp.send("Accessibility.getFullAXTree")["nodes"]}
    root = next(one for one in raw.values() if "parentId" not in one)
    [made] = _made(root, raw)
    for slider in made.all("slider"):
        slider.states["valuetext"] = _attribute(cdp, slider, "aria-valuetext") or slider.value
    return made


def _attribute(cdp, node: Node, name: str) -> str:
    """An attribute of a node's element: the tree as it is handed out leaves some of what readers aloud get."""
    listed = cdp.send("DOM.describeNode", {"backendNodeId": node.element})["node"]["attributes"]
    return dict(zip(listed[::2], listed[1::2], strict=True)).get(name, "")


def _made(one, raw) -> list[Node]:
    children = [made for key in one.get("childIds", ()) if key in raw for made in _made(raw[key], raw)]
    role = one.get("role", {}).get("value", "")
    if one.get("ignored") or (role in ("none", "generic") and not _says(one)):
        return children
    if role in _SILENT:
        return []
    text = {part: str(one.get(part, {}).get("value", "")).strip() for part in ("name", "value", "description")}
    return [Node(role, **text, states=_states(one), children=children, element=one.get("backendDOMNodeId", 0))]


def _says(one) -> bool:
    return bool(one.get("name", {}).get("value")) or "live" in {each["name"] for each in one.get("properties", ())}


def _states(one) -> dict[str, str]:
    found = {}
    for each in one.get("properties", ()):
        name, value = each["name"], str(each["value"].get("value", "")).lower()
        told = name in _ALWAYS or (name in _WHEN_TRUE and value in ("true", "1")) or (name in _VALUED and value)
        if told or (name == "invalid" and value != "false"):
            found[name] = value
    return found


LOOKS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
_CONTEXT = ("region", "group", "radiogroup", "table", "form", "list")
_PLACE = ("listitem", "row", "paragraph", "definition")


def defects(page, cdp) -> list[str]:
    """What leaves a listener without a way: in the tree, and in the page where the tree says nothing."""
    looked = page.evaluate(LOOKS)
    labels = _by_element(cdp, looked["labels"])
    root = tree(cdp)
    things = root.all("main")[0].children
    found = looked["wrong"]
    found += [
        f"not one named region: {one.role} “{one.name}”" for one in things if one.role != "region" or not one.name
    ]
    found += [
        f"twice the same region: “{name}”" for name, many in Counter(one.name for one in things).items() if many > 1
    ]
    for thing in things:
        found += [*_headings(thing), *_names(thing, labels)]
    return found


def _by_element(cdp, labels: list[str]) -> dict[int, str]:
    """The visible label of every control by the number that the tree knows its element by."""
    found, waiting = {}, [cdp.send("DOM.getDocument", {"depth": -1})["root"]]
    while waiting:
        one = waiting.pop()
        waiting += one.get("children", ())
        attributes = one.get("attributes", [])
        if "data-heard" in attributes:
            found[one["backendNodeId"]] = labels[int(attributes[attributes.index("data-heard") + 1])]
    return found


def _headings(thing: Node) -> Iterator[str]:
    last = 2  # a lesson's own headings are of the first and second level
    for heading in thing.all("heading"):
        level = int(heading.states["level"])
        if level > last + 1 or level < 3 or not heading.name:
            yield f"{thing.name}: heading {level} “{heading.name}” after {last}"
        last = level


def _letters(text: str) -> str:
    return re.sub(r"[^\w]+", " ", unicodedata.normalize("NFKC", text.replace("\u00ad", ""))).strip().lower()


def _names(thing: Node, labels: dict[int, str]) -> Iterator[str]:
    met: set[tuple[object, ...]] = set()

    def look(node: Node, around: tuple[str, ...]) -> Iterator[str]:
        if node.role in ("table", "radiogroup", "img", "image") and not node.name:
            yield f"{thing.name}: {node.role} without a name: {node.words()[:80]}"
        if node.role in CONTROLS:
            key = (node.role, node.name, node.description, around)
            told = node.role == "link" and len(around[-1]) > len(node.name)  # by the prose it stands in
            if key in met and not told:
                yield f"{thing.name}: two of {node.role} “{node.name}” in {around}"
            met.add(key)
            yield from (f"{thing.name}: {fault}" for fault in _faults(node, labels.get(node.element, "")))
            return
        named = node.name if node.role in _CONTEXT else node.words() if node.role in _PLACE else ""
        for child in node.children:
            yield from look(child, (*around, named) if named else around)

    return look(thing, ())


def _faults(control: Node, label: str) -> Iterator[str]:
    said = f"{control.role} “{control.name}”"
    if not control.name:
        yield f"{said} has no name"
    if _letters(label) not in _letters(control.name):
        yield f"{said} is seen as “{label.strip()}”"
    worded = "year" in control.name.lower() or re.search(r"[^\W\d_]{2}|%", control.states.get("valuetext", ""))
    if control.role == "slider" and not worded:
        yield f"{said} tells no unit: {control.states['valuetext']}"


_NAMED = ("region", "group", "radiogroup", "table", "form", "list")
_BLOCKS = (*_NAMED, "rowgroup", "row", "status", "paragraph", "heading", "listitem", "DescriptionList", "term")
_BLOCKS += ("definition", "caption", "Legend", "LabelText", "generic")
_SPOKEN = {"DisclosureTriangle": "disclosure", "combobox": "choice", "textbox": "field", "spinbutton": "number field"}
_STATES = {
    "checked": {"true": "checked", "false": "not checked"},
    "pressed": {"true": "pressed", "false": "not pressed"},
    "expanded": {"true": "open", "false": "closed"},
    "disabled": {"true": "unavailable"},
    "required": {"true": "required"},
    "invalid": {"true": "not valid"},
    "busy": {"1": "busy"},
}


def record(node: Node, depth: int = 0) -> Iterator[str]:
    """What is read out, a line a piece: containers with what they hold below them, text and controls in a row."""
    indent = "  " * depth
    if node.role in ("Legend", "caption") or (node.role == "LabelText" and not node.all(*CONTROLS)):
        return  # heard as the name of what it labels
    inline = [child for child in node.children if not _block(child)]
    if not _block(node):
        yield indent + _inline(node)
    elif node.role == "row":
        yield indent + "row: " + " | ".join(" ".join(map(_inline, cell.children)) for cell in node.children)
    elif node.role == "list" and not node.children:
        return
    elif inline == node.children and node.role not in ("region", "group", "form"):
        shown = [_inline(node)] if node.role == "LabelText" else map(_inline, node.children)
        yield indent + (_head(node) + " ".join(shown)).rstrip()
    else:
        head = _head(node).rstrip()
        yield from [indent + head] if head else []
        for child in node.children:
            yield from record(child, depth + bool(head))


def _block(node: Node) -> bool:
    blocks = (
        "region",
        "group",
        "radiogroup",
        "form",
        "list",
        "table",
        "rowgroup",
        "row",
        "status",
        "paragraph",
        "legend",
    )
    blocks += (
        "heading",
        "listitem",
        "DescriptionList",
        "term",
        "definition",
        "caption",
        "Legend",
        "LabelText",
        "generic",
    )
    return node.role in _BLOCKS or (node.role not in CONTROLS and any(map(_block, node.children)))


def _head(node: Node) -> str:
    named = (
        f" “{node.name}”"
        if node.name and node.role in ("region", "group", "radiogroup", "table", "form", "list")
        else ""
    )
    parts = {"list": node.children, "table": node.all("row")}.get(node.role)
    many = f" of {len(parts)}" if parts else ""
    heads = {"heading": f"heading {node.states.get('level')}: ", "listitem": "- "}
    if "live" in node.states:
        return "said when it changes: "
    if node.role in ("paragraph", "LabelText", "generic", "rowgroup", "listitem", "form", "group") and not named:
        return heads.get(node.role, "")
    return heads.get(node.role, f"{node.role}{many}{named}: ")


def _inline(node: Node) -> str:
    if node.role == "StaticText":
        return node.name
    if node.role == "LabelText" and node.all(*CONTROLS):
        return " ".join(_inline(one) for one in node.all(*CONTROLS))
    if node.role not in CONTROLS:
        return f"[picture “{node.name}”]" if node.role in ("image", "img") else " ".join(map(_inline, node.children))
    said = [f"{_SPOKEN.get(node.role, node.role)} “{node.name}”"]
    said += [_STATES[state][value] for state, value in node.states.items() if value in _STATES.get(state, ())]
    said += filter(None, [node.states.get("valuetext") or node.value, node.description])
    options = [one.name for one in node.all("option")]
    said += [f"{len(options)} options: " + "; ".join(options)] if options else []
    return "[" + ", ".join(said) + "]"


def live(cdp) -> dict[int, str]:
    """What each live region holds, by the number of its element."""
    return {one.element: one.words() for one in tree(cdp).walk() if "live" in one.states}


def news(cdp, before: dict[int, str]) -> list[str]:
    """What live regions say that they did not before.

    One that came with its words is never heard, nor one that waits for a hand to rest: they are left out.
    """
    speaking = [one for one in tree(cdp).walk() if "live" in one.states and "busy" not in one.states]
    return [one.words() for one in speaking if one.words() not in ("", before.get(one.element, one.words()))]
