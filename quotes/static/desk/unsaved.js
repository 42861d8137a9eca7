// Decisions that were not saved: what, why, and what to do.

import { bdi, kbd, make } from "./dom.js";
import { shortened, STATUS } from "./record.js";
import { decision } from "./panel.js";

export function renderUnsaved(element, record, decisions, go) {
  const cards = decisions.unsaved.map((entry, index) => card(record, decisions, entry, go, index === 0));
  // Built anew only where it is another: it is read aloud whenever it changes.
  const key = decisions.unsaved.map(({ label, error }) => `${label} ${error.message}`).join("\n");
  if (element.dataset.key === key) return;
  element.dataset.key = key;
  element.replaceChildren(...cards);
}

function card(record, decisions, entry, go, isFirst) {
  const { error, quote, label } = entry;
  const again = error.current ? "Decide all the same" : "Try again";
  return make(
    "div",
    { class: "card trouble" },
    make("h2", {}, error.current ? "Not saved: it has changed" : "Not saved"),
    make("p", {}, bdi(label)),
    make("p", {}, error.message),
    error.current ? make("ul", {}, changes(record, entry)) : null,
    make(
      "div",
      { class: "row" },
      make("button", { type: "button", class: "main", onclick: () => decisions.retry(entry) }, again, isFirst ? [" ", kbd("t")] : null),
      quote ? make("button", { type: "button", onclick: () => go(quote) }, "Look at it") : null,
      make("button", { type: "button", onclick: () => decisions.drop(entry) }, error.current ? "Leave it as it is" : "Drop it"),
    ),
  );
}

function changes(record, { before, error }) {
  const { current } = error;
  const name = (quote) => quote.speaker?.name ?? "nobody";
  const lines = [];
  const told = (what, was, is) => was !== is && lines.push(make("li", {}, `${what}: `, bdi(was), " → ", bdi(is)));
  told("Status", STATUS[before.review_status], STATUS[current.review_status]);
  told("Speaker", name(before), name(current));
  told("Kind", before.kind, current.kind);
  told("Words", `“${shortened(before.text, 200)}”`, `“${shortened(current.text, 200)}”`);
  const step = current.decisions[0];
  if (step && current.decisions.length !== before.decisions.length) lines.push(decision(record, step));
  return lines;
}
