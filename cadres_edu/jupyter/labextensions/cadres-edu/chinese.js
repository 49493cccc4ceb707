/** Characters in prose, marked as what they are, so that a reader aloud says them in Chinese. */
const CHINESE = /\p{Script=Han}[\p{Script=Han}\u3001-\u3011\uff01-\uff1f]*/gu;

/** Marks the characters in an element; what is marked already stays as it is. */
export function mark(element) {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) if (!texts.currentNode.parentElement.closest("[lang|=zh]")) found.push(texts.currentNode);
  for (const text of found) {
    const parts = text.data.split(CHINESE);
    if (parts.length === 1) continue;
    const signs = text.data.match(CHINESE).map((words) => Object.assign(document.createElement("span"), { lang: "zh-Hans", textContent: words }));
    text.replaceWith(...parts.flatMap((words, place) => (place < signs.length ? [words, signs[place]] : [words])));
  }
}
