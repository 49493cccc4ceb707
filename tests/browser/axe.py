"""axe-core, the accessibility engine, over what stands in a page: WCAG 2.0, 2.1 and 2.2, levels A and AA."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What JupyterLab's own page breaks, by element with the ids of the rules: theirs to mend. No rule is left out.
UPSTREAM = {
    ".cm-content": ["aria-input-field-name"],
    ".jp-InputPrompt, .jp-OutputPrompt": ["color-contrast"],
    ".jp-WindowedPanel-viewport": ["aria-required-children"],
    ".jp-collapseHeadingButton": ["button-name"],
    "jp-button": ["aria-allowed-attr"],
}
# What colours alone decide; a page that is the same but for its theme need not be asked for more.
COLOURS = ["color-contrast", "link-in-text-block"]
# JupyterLab's body is 0 pixels high: without a height axe takes all in it for unseen, and judges no contrast.
_RUN = """async ([runOnly, upstream]) => {
  document.body.style.height = "100vh";
  const { violations } = await axe.run({ runOnly, resultTypes: ["violations"] });
  const own = (element, id) => Object.keys(upstream).find((one) => upstream[one].includes(id) && element.matches(one));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target: [target], failureSummary: why }) =>
    ({ id, target, why, upstream: own(document.querySelector(target), id) ?? "" })));
}"""


def broken(page, *rules):
    """What breaks a rule in a page, all rules of the levels or those named: `id` of the rule, `target`, `why`, and
    `upstream`, the entry of `UPSTREAM` that it is, if any."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": LEVELS}
    return page.evaluate(_RUN, [only, UPSTREAM])


def violations(page, *rules):
    """What of it is ours, a few words each: there must be none."""
    return [f"{one['id']}: {one['target']}\n{one['why']}" for one in broken(page, *rules) if not one["upstream"]]
