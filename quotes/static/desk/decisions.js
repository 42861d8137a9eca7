// Decisions are sent at once, those about one quote one after the other. What fails stays, to be tried again.

import { isSame, seen } from "./record.js";
import { MEANWHILE, NotSaved, post } from "./server.js";

// What may change other quotes, too: it waits for all that is under way, and all that comes waits for it.
const WIDE = new Set(["split", "join", "attribute-all", "undo", "redo"]);
const BLINK = 1000; // milliseconds in which nobody can have seen what changed

export class Decisions {
  #underWay = new Set();
  #before = new Map(); // of a quote that changed by itself: what it was, and until when that was in sight

  constructor(record, url, { changed, saved, failed }) {
    Object.assign(this, { record, url, changed, saved, failed });
    this.unsaved = [];
    this.turns = 0; // how often something was sent or came back
  }

  get sending() {
    return this.#underWay.size;
  }

  // What somebody has before their eyes, for a decision that is to come.
  lookedAt(quote) {
    const before = this.#before.get(quote);
    return before && performance.now() < before.until ? before.quote : { ...quote };
  }

  // A quote became another without a decision about it here. Those that are under way, or asked about in a
  // dialog, were taken for what it was, and are not sent.
  learn(quote, told, why = MEANWHILE) {
    if (!isSame(quote, told)) {
      this.#before.set(quote, { quote: this.lookedAt(quote), until: performance.now() + BLINK });
      quote.surprise = new NotSaved(why, told);
    }
    this.record.update(quote, told);
  }

  // `step` is the name of the decision in the API, `before` what it was taken for, `guesses` what each quote
  // will be after it, `label` what it does.
  decide(quote, step, { before = this.lookedAt(quote), body = {}, guesses = new Map([[quote, {}]]), label }) {
    this.#send({ quote, before, step, body, guesses, label });
  }

  add(body, label) {
    this.#send({ quote: null, step: "", body, guesses: new Map(), label });
  }

  retry(entry) {
    this.drop(entry);
    // Who was shown what changed decides about that; who was not, about what was there then.
    const before = entry.error.current ? { ...entry.quote, surprise: entry.surprise } : entry.before;
    this.#send({ ...entry, before, error: null });
  }

  drop(entry) {
    this.unsaved = this.unsaved.filter((one) => one !== entry);
    this.changed();
  }

  // When nothing is under way any more: whether all is saved.
  async settled() {
    while (this.sending) await Promise.all(this.#underWay);
    return !this.unsaved.length;
  }

  #send(entry) {
    const { quote, step, guesses } = entry;
    const held = WIDE.has(step) ? [...this.record.quotes] : [quote].filter(Boolean);
    for (const [one, guess] of guesses) {
      one.waiting = (one.waiting ?? 0) + 1;
      one.guess = { ...one.guess, ...guess };
    }
    const done = Promise.all(held.map((one) => one.saving)).then(() => this.#attempt(entry));
    for (const one of held) one.saving = done;
    this.#underWay.add(done);
    done.finally(() => this.#underWay.delete(done));
    this.turns += 1;
    this.changed();
  }

  // Resolves to whether it was saved.
  async #attempt(entry) {
    let error = null;
    let result = null;
    try {
      result = await this.#sent(entry);
    } catch (caught) {
      if (!(caught instanceof NotSaved)) throw caught;
      error = caught;
    }
    if (error?.current && this.#isAsWanted(entry, error.current)) {
      // As when only the answer to it was lost: what became of other quotes is not known.
      result = { quote: error.current, others: [], unchanged: [], isAlone: true };
      error = null;
    }
    this.#settle(entry, result, error);
    return !error;
  }

  async #sent({ quote, before, step, body }) {
    if (!quote) return post(this.url, body);
    // It has changed, or one that was on its way before found that: this one was decided without knowing.
    if (quote.surprise !== before.surprise) throw new NotSaved(quote.surprise.message, toldOf(quote));
    try {
      return await post(`${this.url}${quote.id.replace("urn:uuid:", "")}/${step}/`, body, quote.etag);
    } catch (error) {
      if (error.current) quote.surprise = error;
      throw error;
    }
  }

  #settle(entry, result, error) {
    this.turns += 1;
    let { quote } = entry;
    for (const one of entry.guesses.keys()) {
      one.waiting -= 1;
      if (!one.waiting) one.guess = null;
    }
    if (error) {
      // What it is by now is shown at once, and what a second try is held to.
      if (error.current) this.record.update(quote, error.current);
      const failed = { ...entry, error, surprise: quote?.surprise };
      this.unsaved.push(failed);
      this.changed();
      this.failed(failed);
      return;
    }
    if (quote) this.record.update(quote, result.quote);
    else quote = this.record.add(result.quote);
    for (const told of result.others) {
      const other = this.record.find(told.id);
      if (!other || entry.guesses.has(other)) this.record.add(told);
      else this.learn(other, told, `It was changed with another quote meanwhile. ${entry.label}`);
    }
    this.changed();
    this.saved({ ...entry, quote }, result, !entry.quote);
  }

  // Whether the quote is what the decision would have made of what was looked at, and all was kept that it said.
  #isAsWanted({ quote, before, step, body, guesses }, current) {
    const last = current.decisions[0];
    if (step === "undo") return current.redoable === body.decision;
    if (step === "redo") return current.undoable === body.decision && current.redoable !== body.decision;
    if (["reason", "note", "public_note"].some((name) => body[name] && last?.[name] !== body[name])) return false;
    if (step === "note") return last.action === "note";
    const guess = guesses.get(quote);
    if (step === "reopen") return current.review_status === guess.review_status;
    if (WIDE.has(step) && !(last?.batch && last.id !== before.decisions[0]?.id)) return false;
    const wanted = { ...seen(before), ...guess };
    wanted.segments = this.record.text.segmentsToPoints(wanted.units);
    // Of somebody new nothing is known but the name.
    if (body.new_speaker && current.speaker?.name === body.new_speaker.name) wanted.speaker = current.speaker;
    return isSame(wanted, current);
  }
}

// Of a quote what the server told.
function toldOf({ guess, waiting, saving, surprise, ...told }) {
  return told;
}
