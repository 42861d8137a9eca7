// The article and its quotes as the page knows them: what came with it, and what came back from decisions.

import { Text } from "./text.js";

export const STATUS = {
  unreviewed: "Unreviewed",
  approved: "Approved",
  rejected: "Rejected",
  disputed: "Disputed",
  retracted: "Retracted",
};
// What a quote is for its readers: who saw another decided about another.
const FACTS = [
  (quote) => quote.review_status,
  (quote) => quote.speaker?.slug ?? "",
  (quote) => String(quote.segments),
  (quote) => quote.kind,
  (quote) => Boolean(quote.gone_at),
];
const COLOURS = 8;

export class Record {
  constructor(data) {
    this.article = data.article;
    this.threshold = data.threshold;
    this.text = new Text(data.article.text);
    this.people = data.people;
    this.quotes = data.quotes.map((quote) => this.#read({}, quote));
  }

  // Put what the server says of a quote into `into`; what it does not say stays.
  #read(into, told) {
    Object.assign(into, told, {
      units: this.text.segmentsToUnits(told.segments),
      mentionUnits: this.#span(told.mention),
      cueUnits: this.#span(told.cue),
    });
    if (told.speaker) this.meet(told.speaker);
    return into;
  }

  #span(span) {
    return span && [this.text.toUnits(span.start), this.text.toUnits(span.end)];
  }

  update(quote, told) {
    this.#read(quote, told);
    this.#sort();
  }

  find(id) {
    return this.quotes.find((quote) => quote.id === id);
  }

  add(told) {
    const known = this.find(told.id);
    const quote = this.#read(known ?? { elsewhere: [] }, told);
    if (!known) this.quotes.push(quote);
    this.#sort();
    return quote;
  }

  #sort() {
    this.quotes.sort((one, other) => one.units[0][0] - other.units[0][0]);
  }

  // Somebody is of this article from now on.
  meet(person) {
    const known = this.person(person.slug);
    if (!known) this.people.push({ role: "", ...person });
    else if (person.role) known.role ||= person.role;
  }

  person(slug) {
    return this.people.find((one) => one.slug === slug);
  }

  colour(quote) {
    const speaker = seen(quote).speaker;
    const place = speaker ? this.people.findIndex((one) => one.slug === speaker.slug) : -1;
    return place < 0 ? "who-none" : `who-${place % COLOURS}`;
  }

  isOpen(quote) {
    return seen(quote).review_status === "unreviewed" && !quote.gone_at;
  }

  isClosed(quote) {
    return ["rejected", "retracted"].includes(seen(quote).review_status) || Boolean(quote.gone_at);
  }

  isDoubtful(quote) {
    const sure = quote.attributed_by === "editor" || (quote.speaker && quote.confidence >= this.threshold);
    return this.isOpen(quote) && !sure;
  }
}

// Whether readers are, or would be, shown the same of both.
export function isSame(quote, told) {
  return FACTS.every((fact) => fact(quote) === fact(told));
}

// A quote as it will be once what is on its way is saved.
export function seen(quote) {
  return quote.guess ? { ...quote, ...quote.guess } : quote;
}

export function shortened(words, most = 60) {
  const points = Array.from(words);
  return points.length <= most ? words : `${points.slice(0, most - 1).join("")}…`;
}
