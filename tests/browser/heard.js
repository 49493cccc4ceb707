/** In the page: stamps every control of the things, so that the tree's nodes can be told by their elements, and finds what
 * the tree doesn't show. What is hidden from the eye, or from readers aloud, is no visible label. */
() => {
  const HAN = /\p{Script=Han}/u;
  const shown = (one) => one.checkVisibility({ visibilityProperty: true });
  const clue = (one) => one.outerHTML.replace(/\s+/g, " ").slice(0, 100);
  const main = document.querySelector("main");
  const words = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let text; (text = walker.nextNode()); ) {
      const owner = text.parentElement;
      const skipped = owner.closest("[aria-hidden=true], .cadres-hidden, select, textarea, script, style");
      if (!(skipped && element.contains(skipped)) && shown(owner)) found.push(text.data);
    }
    return found.join(" ");
  };
  const controls = [...main.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(shown);
  for (const one of main.querySelectorAll("[data-heard]")) delete one.dataset.heard;
  const labels = controls.map((one, at) => {
    one.dataset.heard = at;
    return words(one).trim() || [...(one.labels ?? [])].map(words).join(" ");
  });
  const chinese = (one) => one.closest("[lang]")?.lang.startsWith("zh");
  const wrong = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = walker.nextNode()); )
    if (HAN.test(text.data) && !chinese(text.parentElement) && !text.parentElement.closest("script, style"))
      wrong.push(`Chinese without lang: ${text.data.trim().slice(0, 60)} in ${clue(text.parentElement)}`);
  for (const one of main.querySelectorAll("*")) {
    for (const { name, value } of one.attributes)
      if (HAN.test(value) && !chinese(one)) wrong.push(`Chinese without lang in ${name}: ${value.slice(0, 60)}`);
    if (one.matches("th") && !(one.scope && one.textContent.trim()))
      wrong.push(`a header cell without scope or words: ${clue(one)}`);
    if (one.matches("svg, img, canvas") && !one.closest("[aria-hidden=true], [role=img][aria-label]"))
      wrong.push(`a picture without a name: ${clue(one)}`);
    if (one.tabIndex >= 0 && shown(one) && one.closest("[aria-hidden=true]"))
      wrong.push(`in the tab order and hidden: ${clue(one)}`);
    if (one.matches("[type=radio]") && shown(one) && !one.closest("fieldset:has(> legend), [role=radiogroup][aria-label]")) {
      const row = one.closest("tr")?.querySelector("th[scope=row]");
      if (!row || !one.getAttribute("aria-labelledby")?.includes(row.id || "-"))
        wrong.push(`a radio button of no named group: ${clue(one)}`);
    }
  }
  return { labels, wrong };
}
