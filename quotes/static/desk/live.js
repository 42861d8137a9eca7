// What others decide about the article meanwhile: asked for every few seconds while the page is in sight.

import { shortened } from "./record.js";
import { lookAgain } from "./server.js";

const PAUSE = 4_000; // milliseconds
const LONGEST = 60_000; // while the site does not answer
const MOST = 3; // decisions that are told one by one
const DID = {
  approve: "approved",
  reject: "rejected",
  dispute: "disputed",
  retract: "retracted",
  bounds: "mended the words of",
  kind: "changed the kind of",
  add: "added",
  split: "split",
  join: "joined",
  note: "left a note about",
  reopen: "reopened",
  undo: "undid a decision about",
  redo: "took again a decision about",
};

export class Live {
  #etag = "";
  #timer = 0;
  #failures = 0;
  #isOver = false;
  #isAsking = false;

  constructor(record, decisions, url, { changed, heard }) {
    Object.assign(this, { record, decisions, url, changed, heard });
    document.addEventListener("visibilitychange", () => this.#wait(0));
    this.#wait(PAUSE);
  }

  // Not all is known of what was decided here, either.
  soon() {
    this.#wait(0);
  }

  #wait(pause) {
    clearTimeout(this.#timer);
    if (this.#isOver || this.#isAsking || document.visibilityState !== "visible") return;
    this.#timer = setTimeout(() => this.#look(), pause);
  }

  async #look() {
    const { turns } = this.decisions;
    this.#isAsking = true;
    try {
      const answer = await lookAgain(this.url, this.#etag);
      this.#failures = 0;
      // What was sent or came back meanwhile may be newer than this answer.
      if (answer && !this.decisions.sending && this.decisions.turns === turns) {
        this.#etag = answer.etag;
        this.#take(answer.told);
      }
    } catch {
      this.#failures += 1;
      if (this.#failures === 2) this.heard("What others decide is not shown here now: the site does not answer, or you are logged out.");
    }
    this.#isAsking = false;
    this.#wait(Math.min(PAUSE * 2 ** this.#failures, LONGEST));
  }

  #take({ text, quotes, people }) {
    if (text !== this.record.article.text) {
      this.#isOver = true;
      this.heard("The article has another text by now: load this page again.");
      return;
    }
    for (const { speaker, role } of people) this.record.meet({ ...speaker, role });
    const news = quotes.flatMap((told) => this.#learn(told));
    if (news.length) this.heard(this.#told(news));
    this.changed();
  }

  // Takes what is told of a quote, and returns the steps with it that were not known, the earliest first.
  #learn(told) {
    const quote = this.record.find(told.id);
    const known = new Set(quote?.decisions.map(({ id }) => id));
    if (quote) this.decisions.learn(quote, told);
    else this.record.add(told);
    return told.decisions.filter(({ id }) => !known.has(id)).reverse().map((step) => ({ step, told }));
  }

  #told(news) {
    const lines = news.slice(0, MOST).map(({ step, told }) => {
      const words = `“${shortened(told.text)}”`;
      const who = step.editor ?? "The extractor";
      if (step.action in DID) return `${who} ${DID[step.action]} ${words}`;
      return step.to_speaker ? `${who} gave ${words} to ${this.record.person(step.to_speaker)?.name ?? step.to_speaker}` : `${who} changed ${words}`;
    });
    const more = news.length - lines.length;
    return `${lines.join("; ")}${more ? `; and ${more} more` : ""}.`;
  }
}
