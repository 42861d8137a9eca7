// The text with every quote where it stands: a piece for each stretch between two edges, built anew only where
// the edges are others, so that a selection survives a decision.

import { make } from "./dom.js";
import { seen } from "./record.js";

const REFUSED = new Set(["rejected", "retracted"]);

// Whether the stretch between a cut and the next one is within one of `spans`.
function covers(spans, cuts, index) {
  return Boolean(spans?.some(([start, end]) => start <= cuts[index] && cuts[index + 1] <= end));
}

export class ArticleView {
  constructor(element, record, choose) {
    Object.assign(this, { element, record, edges: "", places: "" });
    element.replaceChildren();
    element.addEventListener("click", (event) => {
      const piece = event.target.closest("[data-quote]");
      if (piece && getSelection().isCollapsed) choose(piece.dataset.quote);
    });
  }

  render(current, draft) {
    const { quotes, text } = this.record;
    const edges = new Set([0, text.text.length]);
    const note = (span) => span && (edges.add(span[0]), edges.add(span[1]));
    for (const quote of quotes) {
      seen(quote).units.forEach(note);
      note(quote.mentionUnits);
      note(quote.cueUnits);
    }
    draft?.forEach(note);
    const cuts = Array.from(edges).sort((one, other) => one - other);
    if (this.edges !== cuts.join()) this.#build(cuts);
    const places = quotes.map((quote) => `${quote.id} ${seen(quote).units}`).join();
    if (this.places !== cuts + places) {
      this.places = cuts + places;
      this.owners = this.pieces.map((_, index) => quotes.filter((quote) => covers(seen(quote).units, cuts, index)));
    }
    const marks = {
      mention: current?.mentionUnits && [current.mentionUnits],
      cue: current?.cueUnits && [current.cueUnits],
      draft,
    };
    this.pieces.forEach((piece, index) => {
      const names = Object.keys(marks).filter((name) => covers(marks[name], cuts, index));
      this.#dress(piece, this.owners[index], current, names);
    });
  }

  #build(cuts) {
    this.edges = cuts.join();
    const { text } = this.record.text;
    const selected = this.pieces && this.#selection();
    this.pieces?.forEach((piece) => piece.remove());
    this.pieces = cuts.slice(0, -1).map((at, index) => make("span", { "data-at": String(at) }, text.slice(at, cuts[index + 1])));
    this.element.prepend(...this.pieces);
    if (selected) getSelection().setBaseAndExtent(...this.#point(selected[0]), ...this.#point(selected[1]));
  }

  // What is selected in the text, from and to; null where nothing is.
  #selection() {
    const { anchorNode, anchorOffset, focusNode, focusOffset, isCollapsed } = getSelection();
    if (isCollapsed || !this.element.contains(anchorNode) || !this.element.contains(focusNode)) return null;
    return [this.#offset(anchorNode, anchorOffset), this.#offset(focusNode, focusOffset)];
  }

  // An offset as a node and a place in it.
  #point(unit) {
    const piece = this.pieces.findLast((one) => Number(one.dataset.at) <= unit) ?? this.pieces[0];
    return [piece.firstChild, unit - Number(piece.dataset.at)];
  }

  #dress(piece, here, current, marks) {
    const isLive = (quote) => !REFUSED.has(seen(quote).review_status) && !quote.gone_at;
    const owner = here.find((quote) => quote === current) ?? here.find(isLive) ?? here[0];
    const names = [...marks];
    if (owner) {
      names.push("words", this.record.colour(owner), `is-${seen(owner).review_status}`);
      if (owner.gone_at) names.push("is-gone");
      if (this.record.isDoubtful(owner)) names.push("is-doubtful");
      if (owner === current) names.push("current");
      if (owner.waiting) names.push("is-saving");
      piece.dataset.quote = owner.id;
    } else {
      delete piece.dataset.quote;
    }
    piece.className = names.join(" ");
  }

  // Bring what is being looked at into view, if it is not.
  show(selector) {
    const pieces = this.element.querySelectorAll(selector);
    if (!pieces.length) return;
    const frame = this.element.getBoundingClientRect();
    const first = pieces[0].getBoundingClientRect();
    const last = pieces[pieces.length - 1].getBoundingClientRect();
    if (first.top < frame.top + 24 || last.bottom > frame.bottom - 24) {
      this.element.scrollTop += first.top - frame.top - frame.height / 3;
    }
  }

  // The stretch that is selected, in whole words; null where none is.
  selected() {
    const [start, end] = this.#selection()?.sort((one, other) => one - other) ?? [0, 0];
    const { words } = this.record.text;
    if (!words.length || end <= start) return null;
    const first = words[this.record.text.wordFrom(start)];
    const last = words[this.record.text.wordBefore(end)];
    return first[0] < last[1] ? [first[0], last[1]] : null;
  }

  // Where what is marked begins or ends in the window: its edge, and the middle and the bottom of the line.
  edge(name) {
    const pieces = this.element.querySelectorAll(".draft");
    const isStart = name === "start";
    const { left, right, top, bottom } = [...pieces[isStart ? 0 : pieces.length - 1].getClientRects()].at(isStart ? 0 : -1);
    const isLeft = isStart === (getComputedStyle(this.element).direction === "ltr");
    return { x: isLeft ? left : right, middle: (top + bottom) / 2, bottom };
  }

  // The place in the text that is shown at a point of the window; null where none is.
  unitAt(x, y) {
    const caret = document.caretPositionFromPoint?.(x, y);
    const range = caret ? null : document.caretRangeFromPoint?.(x, y);
    const [node, offset] = caret ? [caret.offsetNode, caret.offset] : [range?.startContainer, range?.startOffset];
    return node && this.element.contains(node) ? this.#offset(node, offset) : null;
  }

  #offset(node, offset) {
    if (node.nodeType === Node.TEXT_NODE) return Number(node.parentElement.dataset.at) + offset;
    if (node !== this.element) return Number(node.dataset.at) + (offset ? node.textContent.length : 0);
    const piece = this.pieces[offset];
    return piece ? Number(piece.dataset.at) : this.record.text.text.length;
  }
}
