// Elements by plain calls. Text is only ever set as text: nothing of an article is read as HTML.

export function make(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// A name or words of somebody else's, whose direction does not reach what stands around them.
export function bdi(text, given = {}) {
  return make("bdi", given, text);
}

export function kbd(key) {
  return make("kbd", { "aria-hidden": "true" }, key);
}

// Let an element have these children; what is the same stays, with its focus, its scrolling and what is selected.
export function replaceChanged(element, ...children) {
  const fresh = children.flat().filter(Boolean);
  const hadFocus = element.contains(document.activeElement);
  fresh.forEach((child, index) => {
    const old = element.children[index];
    if (!old) element.append(child);
    else if (!old.isEqualNode(child)) old.replaceWith(child);
  });
  while (element.children.length > fresh.length) element.lastElementChild.remove();
  if (hadFocus && !element.contains(document.activeElement)) element.focus({ preventScroll: true });
}

const said = document.getElementById("said");
const told = document.getElementById("told");
const READING = 10_000; // milliseconds that a notice stays in sight
let calm = 0;

// Tell what happened to who does not see it. Said twice, the same words are heard twice.
export function announce(text) {
  said.textContent = said.textContent === text ? `${text}\u00a0` : text;
}

// Tell everybody what the rest of the page does not show: in sight for a while, moving nothing.
export function tell(text) {
  clearTimeout(calm);
  told.textContent = told.textContent === text ? `${text}\u00a0` : text;
  calm = setTimeout(() => (told.textContent = ""), READING);
}
