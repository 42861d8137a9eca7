// Where words begin and end, moved word by word: the bounds of a quote, or words that become one.

import { bdi, kbd, make } from "./dom.js";
import { seen } from "./record.js";

const ENDS = [
  ["start", "Begins"],
  ["end", "Ends"],
];
const PURPOSES = {
  bounds: { title: "Where the words begin and end", save: "Save and approve", ends: ENDS },
  missed: { title: "A quote that was missed", save: "Who said it …", ends: ENDS },
  split: { title: "Where the second quote begins", save: "Split and approve both", ends: [["start", "Second begins"]] },
};

export class Marking {
  constructor(element, record, { changed, save }) {
    Object.assign(this, { element, record, changed, save });
    this.isOn = false;
    this.isHeld = false; // an end of it, by a pointer
    this.commands = [
      { keys: ["ArrowLeft"], label: "One word back", run: () => this.move(this.edge, -1) },
      { keys: ["ArrowRight"], label: "One word on", run: () => this.move(this.edge, 1) },
      { keys: ["ArrowUp"], label: "Back to where quotes are likely to begin or end", run: () => this.move(this.edge, -1, true) },
      { keys: ["ArrowDown"], label: "On to where quotes are likely to begin or end", run: () => this.move(this.edge, 1, true) },
      { keys: ["o"], label: "The other end", run: () => this.turn() },
      { keys: ["Enter"], label: "Save", run: () => this.save() },
      { keys: ["Escape"], label: "Leave all as it was", run: () => this.stop() },
    ];
  }

  // Of a quote that is there; `before` is what it is looked at for.
  mend(quote, before) {
    const { units } = seen(quote);
    this.#begin("bounds", { quote, before, own: units }, units[0][0], units.at(-1)[1]);
  }

  // Of one that was missed: what is selected, else the first word after `from`.
  add(span, from) {
    const { text } = this.record;
    if (!text.words.length) return;
    const [start, end] = span ?? text.words[text.wordFrom(from)];
    this.#begin("missed", { quote: null, before: null, own: [] }, start, end);
  }

  // Of the second of two that a quote is to become. Returns whether it can be two.
  split(quote, before) {
    const own = seen(quote).units;
    const { text } = this.record;
    const inside = text.words.map(([start], index) => [start, index]).filter(([start]) => this.#isWithin(own, start));
    if (!inside.length) return false;
    const [likely] = inside.find(([start, index]) => own.some((one) => one[0] === start) || text.isStart(index)) ?? inside[inside.length >> 1];
    this.#begin("split", { quote, before, own }, likely, own.at(-1)[1]);
    return true;
  }

  #begin(purpose, about, start, end) {
    Object.assign(this, { purpose, ...about, start, end, edge: "start", isOn: true });
    this.#build();
    this.element.querySelector("button.main").focus({ preventScroll: true });
    this.changed();
  }

  stop() {
    this.isOn = false;
    this.element.replaceChildren();
    this.changed();
  }

  // Whether a second quote can begin there: at a word of the quote, but its first.
  #isWithin(own, unit) {
    return unit > own[0][0] && own.some(([start, end]) => start <= unit && unit < end);
  }

  take([start, end]) {
    if (this.purpose !== "split") Object.assign(this, { start, end });
    else if (this.#isWithin(this.own, start)) this.start = start;
    this.#tell();
  }

  // The draft as stretches, in units: between its ends the stretches of the quote stay.
  get draft() {
    if (!this.isOn) return null;
    const kept = this.own.filter(([start, end]) => end > this.start && start < this.end).map((one) => [...one]);
    if (!kept.length) return [[this.start, this.end]];
    kept[0][0] = this.start;
    kept.at(-1)[1] = this.end;
    return kept;
  }

  // The stretches of the quote before the draft.
  get rest() {
    const { text } = this.record;
    const before = text.words[text.wordBefore(this.start)][1];
    return this.own.filter(([start]) => start < this.start).map(([start, end]) => [start, Math.min(end, before)]);
  }

  wordsOf(spans) {
    return spans.map((span) => this.record.text.text.slice(...span)).join(" ");
  }

  get words() {
    return this.wordsOf(this.draft);
  }

  // `step` is 1 or -1; by `far` the edge goes to where a quote is likely to begin or end.
  move(edge, step, far = false) {
    const { text } = this.record;
    const isStart = edge === "start";
    const side = isStart ? 0 : 1;
    const at = isStart ? this.start : this.end;
    const isLikely = isStart ? text.isStart : text.isEnd;
    const places = text.words.map((word, index) => [word[side], index]);
    const onward = this.purpose === "split" ? places.filter(([unit]) => this.#isWithin(this.own, unit)) : places;
    const ahead = step > 0 ? onward.filter(([unit]) => unit > at) : onward.filter(([unit]) => unit < at).reverse();
    const found = far ? ahead.find(([, index]) => isLikely.call(text, index)) : ahead[0];
    if (!found) return;
    if (isStart) {
      this.start = found[0];
      if (this.start >= this.end) this.end = text.words[found[1]][1];
    } else {
      this.end = found[0];
      if (this.end <= this.start) this.start = text.words[found[1]][0];
    }
    this.edge = edge;
    this.#tell();
  }

  // Which ends can be moved.
  get edges() {
    return this.isOn ? PURPOSES[this.purpose].ends.map(([edge]) => edge) : [];
  }

  // To the word at a place of the text, as far as the other end lets it.
  drag(edge, unit) {
    const { text } = this.record;
    if (edge === "end") {
      this.end = Math.max(text.words[text.wordBefore(unit)][1], text.words[text.wordFrom(this.start)][1]);
    } else {
      const start = Math.min(text.words[text.wordFrom(unit)][0], text.words[text.wordBefore(this.end)][0]);
      if (this.purpose !== "split" || this.#isWithin(this.own, start)) this.start = start;
    }
    Object.assign(this, { edge, isHeld: true });
    this.#dress();
    this.changed();
  }

  drop() {
    this.isHeld = false;
    if (this.isOn) this.#tell();
  }

  turn() {
    if (this.purpose === "split") return;
    this.edge = this.edge === "start" ? "end" : "start";
    this.#tell();
  }

  // Whether it was a key of ours.
  press(key) {
    const command = this.commands.find(({ keys }) => keys.includes(key));
    command?.run();
    return Boolean(command);
  }

  #build() {
    const { title, save, ends } = PURPOSES[this.purpose];
    const button = (label, run, given = {}) => make("button", { type: "button", onclick: run, ...given }, label);
    const end = ([edge, name]) =>
      make(
        "div",
        { class: "edge", "data-edge": edge, role: "group", "aria-label": name },
        make("span", {}, name),
        button("◀", () => this.move(edge, -1), { "aria-label": `${name}: one word back` }),
        button("▶", () => this.move(edge, 1), { "aria-label": `${name}: one word on` }),
      );
    this.preview = make("blockquote", { dir: "auto" });
    this.element.replaceChildren(
      make(
        "div",
        { class: "card" },
        make("h2", {}, title),
        this.preview,
        ends.map(end),
        make(
          "p",
          { class: "quiet" },
          ...[kbd("←"), kbd("→"), " by word, ", kbd("↑"), kbd("↓"), " to the next likely place"],
          ...(ends.length > 1 ? [", ", kbd("o"), " the other end"] : []),
          ". ",
          this.purpose === "split" ? "Or drag its beginning, or select in the text what it begins with." : "Or drag the ends, or select the words in the text.",
        ),
        make(
          "div",
          { class: "row" },
          button(save, () => this.save(), { class: "main" }),
          button("Leave it", () => this.stop()),
        ),
      ),
    );
    this.#dress();
  }

  #dress() {
    const parts = this.purpose === "split" ? [this.rest, this.draft] : [this.draft];
    this.preview.replaceChildren(...parts.map((part) => make("p", {}, bdi(this.wordsOf(part)))));
    for (const row of this.element.querySelectorAll("[data-edge]")) {
      row.classList.toggle("active", row.dataset.edge === this.edge);
    }
  }

  #tell() {
    this.#dress();
    this.changed(`${this.edge === "start" ? "Begins" : "Ends"} here: ${this.words}`);
  }
}
