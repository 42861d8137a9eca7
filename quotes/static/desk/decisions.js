// Decisions are sent at once, those about one quote one after the other. What fails stays, to be tried again.

import { NotSaved, post } from "./server.js";

export class Decisions {
  constructor(record, url, { changed, saved, failed }) {
    Object.assign(this, { record, url, changed, saved, failed });
    this.unsaved = [];
    this.sending = 0;
  }

  // `step` is the name of the decision in the API, `guess` what the quote will be after it, `label` what it does.
  decide(quote, step, { body = {}, guess = {}, label }) {
    this.#send({ quote, step, body, guess, label });
  }

  add(body, label) {
    this.#send({ quote: null, step: "", body, guess: {}, label });
  }

  retry(entry) {
    this.drop(entry);
    this.#send({ ...entry, error: null });
  }

  drop(entry) {
    this.unsaved = this.unsaved.filter((one) => one !== entry);
    this.changed();
  }

  // When nothing is under way any more: whether all is saved.
  async settled() {
    while (this.sending) await this.latest;
    return !this.unsaved.length;
  }

  #send(entry) {
    const { quote } = entry;
    this.sending += 1;
    if (quote) {
      entry.before = { ...quote }; // what it was taken for
      quote.guess = { ...quote.guess, ...entry.guess };
    }
    const before = quote?.saving ?? Promise.resolve();
    const done = before.then(() => this.#attempt(entry));
    if (quote) {
      quote.saving = done;
      quote.waiting = (quote.waiting ?? 0) + 1;
    }
    this.latest = done;
    this.changed();
  }

  async #attempt(entry) {
    const { quote, step, body } = entry;
    let error = null;
    let result = null;
    try {
      // One that was on its way before found a change: this one was decided without knowing of it, too.
      if (quote && quote.surprise !== entry.before.surprise) throw quote.surprise;
      result = quote
        ? await post(`${this.url}${quote.id.replace("urn:uuid:", "")}/${step}/`, body, quote.etag)
        : await post(this.url, body);
    } catch (caught) {
      if (!(caught instanceof NotSaved)) throw caught;
      error = caught;
      if (caught.current && isAsWanted(entry, caught.current)) {
        result = { quote: caught.current, etag: caught.etag }; // as when only the answer to it was lost
        error = null;
      }
    }
    this.#settle(entry, result, error);
  }

  #settle(entry, result, error) {
    this.sending -= 1;
    let { quote } = entry;
    if (quote) {
      quote.waiting -= 1;
      if (!quote.waiting) quote.guess = null;
    }
    if (error) {
      // What it is by now is shown at once, and what a second try is held to.
      if (error.current) {
        quote.surprise = error;
        this.record.update(quote, error.current, error.etag);
      }
      const failed = { ...entry, error };
      this.unsaved.push(failed);
      this.changed();
      this.failed(failed);
      return;
    }
    if (quote) this.record.update(quote, result.quote, result.etag);
    else quote = this.record.add(result.quote, result.etag);
    this.changed();
    this.saved({ ...entry, quote }, !entry.quote);
  }
}

const BECOMES = {
  approve: "approved",
  reject: "rejected",
  dispute: "disputed",
  retract: "retracted",
  reopen: "unreviewed",
  attribute: "approved",
  bounds: "approved",
};

// Whether the quote is what the decision would have made of what was looked at.
function isAsWanted({ before, step, body }, current) {
  if (current.review_status !== BECOMES[step]) return false;
  if (step === "reopen") return true;
  const wanted = JSON.stringify(step === "bounds" ? body.segments : before.segments);
  return isSpeaker(step, body, before, current.speaker) && JSON.stringify(current.segments) === wanted;
}

function isSpeaker(step, body, before, speaker) {
  if (step !== "attribute") return speaker?.slug === before.speaker?.slug;
  return body.new_speaker ? speaker?.name === body.new_speaker.name : speaker?.slug === body.speaker;
}
