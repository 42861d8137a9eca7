// What an editor decides about a quote: what is asked before, what is sent, what is shown until it is saved.

import { ask } from "./ask.js";
import { seen, shortened } from "./record.js";
import { chooseSpeaker } from "./who.js";

const NOTE = { name: "note", label: "Note for editors (optional)" };
const PUBLIC_NOTE = { name: "public_note", label: "What readers are told (optional)" };
const REASON = {
  name: "reason",
  legend: "Why",
  options: [
    ["not-a-quote", "Not a quote"],
    ["wrong-words", "Wrong words"],
    ["duplicate", "Duplicate"],
    ["other", "Other"],
  ],
};
const KINDS = [
  ["direct", "Direct: a whole clause or sentence"],
  ["partial", "Partial: words inside the reporter’s sentence"],
  ["transcript", "Transcript: a turn of it, without marks"],
];
const NOBODY = "Nobody said it yet: say first who did (s).";
const CLOSED = "It is rejected, retracted or gone: take that back first (z).";
const MOST = 9; // quotes to choose from, each with a digit

export class Steps {
  // `onward` goes on to the next quote that is open, `go` to one; `tell` says what can be seen nowhere else.
  constructor({ record, decisions, marking, data, onward, go, tell }) {
    Object.assign(this, { record, decisions, marking, data, onward, go, tell });
    this.decided = []; // the quotes, as they were decided about on this page
  }

  #decide(quote, step, { guess = {}, others = new Map(), onward = false, label, ...given }) {
    const guesses = new Map([[quote, guess], ...others]);
    this.decided.push(quote);
    this.decisions.decide(quote, step, { guesses, label: `${label}: “${shortened(quote.text)}”`, ...given });
    if (onward) this.onward();
  }

  // A decision that is asked about first. It is about what is looked at now, not when the answer is given.
  async #askAnd(quote, step, { guess, onward, label, ...question }) {
    const before = this.decisions.lookedAt(quote);
    const body = await ask({ words: seen(quote).text, ...question });
    if (body) this.#decide(quote, step, { before, body, guess, onward, label: label ?? question.title });
  }

  approve(quote) {
    if (!seen(quote).speaker) return this.give(quote);
    return this.#decide(quote, "approve", { guess: { review_status: "approved" }, onward: true, label: "Approve" });
  }

  reject(quote) {
    return this.#askAnd(quote, "reject", { title: "Reject", choice: REASON, fields: [NOTE], guess: { review_status: "rejected" }, onward: true });
  }

  dispute(quote) {
    return this.#askAnd(quote, "dispute", { title: "Dispute", fields: [PUBLIC_NOTE, NOTE], guess: { review_status: "disputed" } });
  }

  retract(quote) {
    return this.#askAnd(quote, "retract", { title: "Retract", fields: [PUBLIC_NOTE, NOTE], guess: { review_status: "retracted" } });
  }

  reopen(quote) {
    this.#decide(quote, "reopen", { guess: { review_status: "unreviewed" }, label: "Back to unreviewed" });
  }

  async note(quote) {
    const before = this.decisions.lookedAt(quote);
    const field = { name: "note", label: "Note for editors" };
    const body = await ask({ title: "Note", words: seen(quote).text, fields: [field], submit: "Keep it" });
    if (!body) return;
    if (body.note?.trim()) this.#decide(quote, "note", { before, body, label: "Note" });
    else this.tell("No note was left: nothing was written.");
  }

  async kind(quote) {
    const { kind, review_status, speaker, text } = seen(quote);
    if (review_status === "unreviewed" && !speaker) return this.tell(NOBODY);
    const before = this.decisions.lookedAt(quote);
    const choice = { name: "kind", legend: "What kind of quote it is", options: KINDS, chosen: kind };
    const body = await ask({ title: "Kind", words: text, choice, submit: "Change it" });
    if (!body) return;
    const guess = { kind: body.kind, review_status: review_status === "unreviewed" ? "approved" : review_status };
    this.#decide(quote, "kind", { before, body, guess, label: `Kind ${body.kind}` });
  }

  // -- Who said it

  // Who said these words, as the API takes it, and as it is shown until it is saved; null where nobody was chosen.
  async #whoSaid(words, given = {}) {
    const title = "Who said it?";
    const chosen = await chooseSpeaker({ title, words, people: this.record.people, url: this.data.speakers_url, ...given });
    if (!chosen) return null;
    const { speaker, new_speaker, scope } = chosen;
    if (speaker) this.record.meet(speaker);
    return { body: speaker ? { speaker: speaker.slug } : { new_speaker }, speaker: speaker ?? { slug: "", ...new_speaker }, scope };
  }

  async give(quote, scope = "one") {
    const before = this.decisions.lookedAt(quote);
    const chosen = await this.#whoSaid(seen(quote).text, { scopes: scopesOf(quote), scope });
    if (!chosen) return;
    const { body, speaker } = chosen;
    const guess = { review_status: "approved", speaker, attributed_by: "editor", confidence: null };
    if (["", "one"].includes(chosen.scope)) {
      this.#decide(quote, "attribute", { before, body, guess, onward: true, label: `Give to ${speaker.name}` });
      return;
    }
    const others = this.#tied(quote, chosen.scope).map((one) => [one, guess]);
    const all = { ...body, same: chosen.scope };
    this.#decide(quote, "attribute-all", { before, body: all, guess, others, onward: true, label: `Give all to ${speaker.name}` });
  }

  giveAll(quote) {
    const scopes = scopesOf(quote);
    if (scopes.length) return this.give(quote, scopes[1][0]);
    return this.tell("The extractor tied it to nobody: give each quote to somebody by itself (s).");
  }

  // The others that will go with it, as far as can be seen here.
  #tied(quote, scope) {
    const { speaker, mention } = seen(quote);
    return this.record.quotes.filter((one) => {
      const { speaker: theirs, mention: words, attributed_by, review_status } = seen(one);
      if (one === quote || theirs?.slug !== speaker.slug || attributed_by === "editor") return false;
      if (this.record.isClosed(one) || review_status === "disputed") return false;
      return scope === "speaker" || words?.text.toLowerCase() === mention?.text.toLowerCase();
    });
  }

  // -- Words

  mend(quote) {
    this.marking.mend(quote, this.decisions.lookedAt(quote));
  }

  split(quote) {
    if (this.record.isClosed(quote)) return this.tell(CLOSED);
    if (!seen(quote).speaker) return this.tell(NOBODY);
    const canBe = this.marking.split(quote, this.decisions.lookedAt(quote));
    return canBe || this.tell("It has one word: there is nothing to split.");
  }

  async join(quote) {
    const { speaker, text } = seen(quote);
    if (this.record.isClosed(quote)) return this.tell(CLOSED);
    if (!speaker) return this.tell(NOBODY);
    const place = this.record.quotes.indexOf(quote);
    const around = [...this.record.quotes.slice(place + 1), ...this.record.quotes.slice(0, place).reverse()];
    const theirs = around.filter((one) => !this.record.isClosed(one) && seen(one).speaker?.slug === speaker.slug).slice(0, MOST);
    if (!theirs.length) return this.tell(`No other quote here is ${speaker.name}’s: what is joined is one speaker’s.`);
    const before = this.decisions.lookedAt(quote);
    const options = theirs.map((one) => [one.id, `“${shortened(seen(one).text, 90)}”`]);
    const choice = { name: "other", legend: "With, to be one quote", options };
    const chosen = await ask({ title: "Join", words: text, choice, submit: "Join and approve" });
    if (!chosen) return;
    const other = this.record.find(chosen.other);
    const units = [...seen(quote).units, ...seen(other).units].sort(([one], [another]) => one - another);
    const guess = { review_status: "approved", units, text: this.marking.wordsOf(units) };
    const others = [[other, { review_status: "rejected" }]];
    this.#decide(quote, "join", { before, body: { quotes: [other.id] }, guess, others, label: `Join with “${shortened(other.text)}”` });
  }

  // What was marked is what it is to be.
  async saveMarked() {
    const { purpose, quote, before, draft, rest, start, words } = this.marking;
    const segments = this.record.text.segmentsToPoints(draft);
    if (purpose === "missed") {
      const chosen = await this.#whoSaid(words);
      if (!chosen) return;
      this.marking.stop();
      const place = { article: this.data.article.id, revision: this.data.article.revision, segments };
      this.decisions.add({ ...place, ...chosen.body }, `Add for ${chosen.speaker.name}: “${shortened(words)}”`);
      return;
    }
    const [units, step, body, label] =
      purpose === "split"
        ? [rest, "split", { at: this.record.text.toPoints(start) }, `Split off “${shortened(words)}”`]
        : [draft, "bounds", { segments }, "New bounds"];
    const text = this.marking.wordsOf(units);
    const guesses = new Map([[quote, { review_status: "approved", units, text }]]);
    this.marking.stop();
    this.decided.push(quote);
    this.decisions.decide(quote, step, { before, body, guesses, label: `${label}: “${shortened(text)}”` });
  }

  // -- Taking back

  // After most decisions the desk has gone on: where nothing is decided about this quote, the last one is meant.
  undo(quote) {
    const canBe = (one) => one.waiting || one.undoable;
    const meant = canBe(quote) ? quote : (this.decided.findLast(canBe) ?? quote);
    if (meant !== quote) this.go(meant);
    return this.#turn(meant, "undo", "Undo");
  }

  redo(quote) {
    return this.#turn(quote, "redo", "Redo");
  }

  async #turn(quote, step, title) {
    // What was decided a moment ago is the last decision once it is saved.
    while (quote.waiting) {
      if (!(await quote.saving)) return this.tell("The last decision was not saved: drop it, or try it again (t).");
    }
    const before = this.decisions.lookedAt(quote);
    const key = step === "undo" ? before.undoable : before.redoable;
    if (!key) {
      return this.tell(step === "undo" ? "Nothing is decided about this quote that can be undone." : "Nothing was undone about this quote that can be redone.");
    }
    const decision = quote.decisions.find(({ id }) => id === key);
    const body = { decision: key };
    const together = decision.action === "attribute" && decision.batch ? this.#with(decision.batch, step) : [];
    if (together.length > 1) {
      const options = [
        ["one", "This quote alone"],
        ["all", `All ${together.length} quotes that were given at once`],
      ];
      const chosen = await ask({ title, words: seen(quote).text, choice: { name: "which", legend: "For", options } });
      if (!chosen) return undefined;
      body.whole = chosen.which === "all";
    }
    return this.#decide(quote, step, { before, body, guess: this.#after(decision, step), label: title });
  }

  // The quotes of which a step that was taken at once with all is the one to be taken back, or again.
  #with(batch, step) {
    const next = (one) => (step === "undo" ? one.undoable : one.redoable);
    return this.record.quotes.filter((one) => one.decisions.some(({ id, batch: theirs }) => theirs === batch && id === next(one)));
  }

  // What a quote will be once a decision is taken back, or again.
  #after(decision, step) {
    const side = step === "undo" ? "from" : "to";
    const slug = decision[`${side}_speaker`];
    const guess = { review_status: decision[`${side}_status`], speaker: slug ? (this.record.person(slug) ?? { slug, name: slug }) : null };
    if (decision[`${side}_kind`]) guess.kind = decision[`${side}_kind`];
    const words = decision[`${side}_words`];
    return words ? { ...guess, text: words.text, units: this.record.text.segmentsToUnits(words.segments) } : guess;
  }
}

// Which quotes may be given to somebody at once with this one: [value, words].
function scopesOf(quote) {
  const { speaker, mention } = seen(quote);
  if (!speaker) return [];
  const all = ["speaker", "All in this article that the extractor gave to the same somebody"];
  const same = mention ? ["mention", `All of these that go by “${mention.text}”`] : null;
  return [["one", "This quote alone"], same, all].filter(Boolean);
}
