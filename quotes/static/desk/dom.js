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

const said = document.getElementById("said");

// Tell what happened to who does not see it. Said twice, the same words are heard twice.
export function announce(text) {
  said.textContent = said.textContent === text ? `${text}\u00a0` : text;
}
