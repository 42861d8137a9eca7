// Offsets and words of a text. The record counts code points, JavaScript UTF-16 units: inside the page all
// offsets are units, and only what comes from the server or goes there is converted.

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’\-.][\p{L}\p{M}\p{N}]+)*|[^\s\p{L}\p{M}\p{N}]/gu;
const OPENS = /["“„«‘]/u;
const ENDS = /[.!?…"”»’]/u;

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

  // Whether a quote is likely to begin at this word: a paragraph, a sentence or a mark was opened before it.
  isStart(index) {
    if (index <= 0 || OPENS.test(this.text[this.words[index][0]])) return index <= 0;
    const before = this.words[index - 1];
    const mark = this.text.slice(...before);
    return this.text.slice(before[1], this.words[index][0]).includes("\n") || OPENS.test(mark) || ENDS.test(mark);
  }

  // Whether a quote is likely to end with this word.
  isEnd(index) {
    if (index >= this.words.length - 1) return true;
    const after = this.words[index + 1];
    return (
      this.text.slice(this.words[index][1], after[0]).includes("\n") ||
      /["”»’]/u.test(this.text.slice(...after)) ||
      /[.!?…]/u.test(this.text.slice(...this.words[index]))
    );
  }

  // The next word in a direction that is a likely start, or end.
  landmark(index, step, isOne) {
    let at = index + step;
    while (at > 0 && at < this.words.length - 1 && !isOne.call(this, at)) at += step;
    return Math.min(Math.max(at, 0), this.words.length - 1);
  }
}
