// Where words begin and end, moved word by word: the bounds of a quote, or words that become one.

import { bdi, kbd, make } from "./dom.js";
import { seen } from "./record.js";

export class Marking {
  constructor(element, record, { changed, save }) {
    Object.assign(this, { element, record, changed, save });
    this.quote = null;
    this.isOn = false;
  }

  // Of a quote that is there.
  mend(quote) {
    const { units } = seen(quote);
    this.#begin(quote, units[0][0], units.at(-1)[1]);
  }

  // Of one that was missed: what is selected, else the first word after `from`.
  add(span, from) {
    const { text } = this.record;
    if (!text.words.length) return;
    const [start, end] = span ?? text.words[text.wordFrom(from)];
    this.#begin(null, start, end);
  }

  #begin(quote, start, end) {
    Object.assign(this, { quote, start, end, edge: "start", isOn: true });
    this.#build();
    this.element.querySelector("button.main").focus({ preventScroll: true });
    this.changed();
  }

  stop() {
    this.isOn = false;
    this.element.replaceChildren();
    this.changed();
  }

  take([start, end]) {
    Object.assign(this, { start, end });
    this.#tell();
  }

  // The draft as stretches, in units: between its ends the stretches of the quote stay.
  get draft() {
    if (!this.isOn) return null;
    const own = this.quote ? seen(this.quote).units : [];
    const kept = own.filter(([start, end]) => end > this.start && start < this.end).map((one) => [...one]);
    if (!kept.length) return [[this.start, this.end]];
    kept[0][0] = this.start;
    kept.at(-1)[1] = this.end;
    return kept;
  }

  get words() {
    return this.draft.map((span) => this.record.text.text.slice(...span)).join(" ");
  }

  // `step` is 1 or -1; by `far` the edge goes to where a quote is likely to begin or end.
  move(edge, step, far = false) {
    const { text } = this.record;
    const isStart = edge === "start";
    const side = isStart ? 0 : 1;
    const at = isStart ? this.start : this.end;
    const isLikely = isStart ? text.isStart : text.isEnd;
    const onward = text.words.map((word, index) => [word[side], index]);
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

  turn() {
    this.edge = this.edge === "start" ? "end" : "start";
    this.#tell();
  }

  // Whether it was a key of ours.
  press(key) {
    const keys = {
      ArrowLeft: () => this.move(this.edge, -1),
      ArrowRight: () => this.move(this.edge, 1),
      ArrowUp: () => this.move(this.edge, -1, true),
      ArrowDown: () => this.move(this.edge, 1, true),
      o: () => this.turn(),
      Enter: () => this.save(),
      Escape: () => this.stop(),
    };
    keys[key]?.();
    return key in keys;
  }

  #build() {
    const button = (label, run, given = {}) => make("button", { type: "button", onclick: run, ...given }, label);
    const end = (name, edge) =>
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
        make("h2", {}, this.quote ? "Where the words begin and end" : "A quote that was missed"),
        this.preview,
        end("Begins", "start"),
        end("Ends", "end"),
        make(
          "p",
          { class: "quiet" },
          ...[kbd("←"), kbd("→"), " by word, ", kbd("↑"), kbd("↓"), " to the next likely place, ", kbd("o"), " the other end. "],
          "Or select the words in the text.",
        ),
        make(
          "div",
          { class: "row" },
          button(this.quote ? "Save and approve" : "Who said it …", () => this.save(), { class: "main" }),
          button("Leave it", () => this.stop()),
        ),
      ),
    );
    this.#dress();
  }

  #dress() {
    this.preview.replaceChildren(bdi(this.words));
    for (const row of this.element.querySelectorAll("[data-edge]")) {
      row.classList.toggle("active", row.dataset.edge === this.edge);
    }
  }

  #tell() {
    this.#dress();
    this.changed(`${this.edge === "start" ? "Begins" : "Ends"} here: ${this.words}`);
  }
}
