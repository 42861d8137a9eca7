// Offsets and words of a text. The record counts code points, JavaScript UTF-16 units: inside the page all
// offsets are units, and only what comes from the server or goes there is converted.

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’\-.][\p{L}\p{M}\p{N}]+)*|[^\s\p{L}\p{M}\p{N}]/gu;
const OPENS = /["“„«‘]/u;
const CLOSES = /["”»’]/u;
const STOPS = /[.!?…]/u;
const ENDS = /[.!?…"”»’]/u;
const SPEAKS = /[\p{L}\p{N}]/u;

export class Text {
  constructor(text) {
    this.text = text;
    this.units = null; // of each code point, where any is two units long
    if (/[\ud800-\udbff]/.test(text)) {
      this.units = [];
      let at = 0;
      for (const point of text) {
        this.units.push(at);
        at += point.length;
      }
      this.units.push(at);
    }
    this.words = Array.from(text.matchAll(WORD), (word) => [word.index, word.index + word[0].length]);
  }

  toUnits(points) {
    return this.units ? this.units[Math.min(points, this.units.length - 1)] : points;
  }

  toPoints(unit) {
    if (!this.units) return unit;
    let low = 0;
    let high = this.units.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.units[middle] < unit) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  segmentsToUnits(segments) {
    return segments.map(([start, end]) => [this.toUnits(start), this.toUnits(end)]);
  }

  segmentsToPoints(segments) {
    return segments.map(([start, end]) => [this.toPoints(start), this.toPoints(end)]);
  }

  // The word at a unit offset, or the first one after it.
  wordFrom(unit) {
    const found = this.words.findIndex(([, end]) => end > unit);
    return found < 0 ? this.words.length - 1 : found;
  }

  // The last word that begins before a unit offset.
  wordBefore(unit) {
    const found = this.words.findLastIndex(([start]) => start < unit);
    return Math.max(found, 0);
  }

  // Whether a quote is likely to begin with this word: a paragraph, a sentence or a mark was opened before it.
  isStart(index) {
    if (!SPEAKS.test(this.#word(index))) return false;
    if (index === 0) return true;
    const before = this.#word(index - 1);
    return this.#gap(index).includes("\n") || OPENS.test(before) || ENDS.test(before);
  }

  // Whether a quote is likely to end with this word.
  isEnd(index) {
    const word = this.#word(index);
    if (CLOSES.test(word)) return false;
    if (index === this.words.length - 1) return true;
    return STOPS.test(word) || this.#gap(index + 1).includes("\n") || CLOSES.test(this.#word(index + 1));
  }

  #word(index) {
    return this.text.slice(...this.words[index]);
  }

  // What stands between a word and the one before it.
  #gap(index) {
    return this.text.slice(this.words[index - 1][1], this.words[index][0]);
  }
}
