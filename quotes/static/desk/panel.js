// The current quote: what was said, who said it, how we know, and what was decided before.

import { bdi, make, replaceChanged } from "./dom.js";
import { seen, shortened, STATUS } from "./record.js";

const REASONS = { "not-a-quote": "not a quote", "wrong-words": "wrong words", duplicate: "duplicate", other: "other" };
const FAULTS = {
  speaker: "Somebody else said it",
  words: "The words are not right",
  "not-a-quote": "It is not a quote",
  other: "Something else",
};
// What the rest of a step does not tell by itself.
const NAMED = new Set(["split", "join", "note", "undo", "redo"]);
const DATE = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

export function certainty(quote) {
  if (quote.attributed_by === "editor" || quote.review_status === "approved") return "Certain: an editor’s word";
  if (!quote.speaker) return "Nobody was found";
  return `${Math.round(quote.confidence * 100)} in 100 sure`;
}

export function renderQuote(element, record, stored) {
  if (!record.quotes.length) {
    replaceChanged(
      element,
      make("h2", {}, "No quotes here"),
      make("p", {}, "None were found in this article. If one was missed, select its words and press m. "),
      make("p", {}, "Else go on to the next article: n."),
    );
    return;
  }
  const quote = seen(stored);
  const left = record.quotes.filter((one) => record.isOpen(one)).length;
  const place = record.quotes.indexOf(stored) + 1;
  replaceChanged(
    element,
    make(
      "div",
      { class: "place" },
      make("h2", {}, `Quote ${place} of ${record.quotes.length}`),
      make("p", { class: "left" }, left ? `${left} not reviewed yet` : "All reviewed: n for the next article"),
    ),
    make("blockquote", { dir: "auto", class: record.colour(stored) }, bdi(quote.text)),
    make("p", { class: "tags" }, ...tags(record, stored, quote)),
    ...section("Reported by readers", (quote.reports ?? []).map(reported)),
    speaker(record, quote),
    ...section("Read otherwise since", quote.proposal ? [proposal(quote.proposal)] : []),
    ...section("Why", quote.reasons.map((reason) => make("li", {}, reason))),
    ...section("What says so", evidence(quote)),
    ...section("The same words elsewhere", stored.elsewhere.map((one) => copy(one, quote))),
    ...section("Decided before", quote.decisions.map((step) => decision(record, step))),
  );
}

function tags(record, stored, quote) {
  const tag = (text, name = "") => make("span", { class: `tag ${name}` }, text);
  return [
    tag(STATUS[quote.review_status], `is-${quote.review_status}`),
    record.isDoubtful(stored) ? tag("Doubtful", "is-doubtful") : null,
    tag(quote.kind),
    stored.waiting ? tag("Saving …") : tag(quote.is_public ? "Public" : "Not public"),
    quote.gone_at ? tag(isTakenBack(quote) ? "Taken back" : "No longer found by the extractor") : null,
  ].filter(Boolean);
}

// Whether it is gone because an editor took back that it was made.
function isTakenBack(quote) {
  return quote.decisions.find((step) => step.action !== "note")?.action === "undo";
}

function speaker(record, quote) {
  const person = quote.speaker && { ...quote.speaker, ...record.person(quote.speaker.slug) };
  const facts = person ? [person.role, person.kind === "person" ? "" : person.kind].filter(Boolean).join(" · ") : "";
  return make(
    "div",
    { class: "speaker" },
    make("p", { class: "name" }, person ? bdi(person.name) : "Nobody"),
    facts ? make("p", { class: "role" }, bdi(facts)) : null,
    make("p", { class: "quiet" }, certainty(quote)),
  );
}

function section(title, items) {
  return items.length ? [make("h3", {}, title), make("ul", {}, items)] : [];
}

function evidence(quote) {
  const shown = (name, span, mark) => span && make("li", {}, `${name}: `, make("mark", { class: mark }, bdi(span.text)));
  return [shown("who", quote.mention, "mention"), shown("speech", quote.cue, "cue")].filter(Boolean);
}

function proposal({ version, name, kind, speaker, confidence, reasons }) {
  const who = speaker?.name ?? name;
  const said = name ? `${Math.round(confidence * 100)} in 100 sure` : "";
  return make(
    "li",
    {},
    name ? bdi(kind === "person" ? who : `${who} (${kind})`) : "No quote is read here any more",
    make("span", { class: "quiet" }, `${said ? `, ${said}` : ""}, by ${version}`),
    reasons.length ? make("p", { class: "note" }, reasons[0]) : null,
    make("p", { class: "quiet" }, "To approve the quote leaves it as it is."),
  );
}

function reported(one) {
  return make(
    "li",
    { class: "reported" },
    make("strong", {}, FAULTS[one.fault] ?? one.fault),
    make("span", { class: "quiet" }, ` ${one.count > 1 ? `${one.count} readers, ` : ""}${DATE.format(new Date(one.repeated_at))}`),
    one.note ? make("p", { class: "note", dir: "auto" }, bdi(one.note)) : null,
  );
}

function copy(one, quote) {
  const title = bdi(one.title || one.source_url);
  const where = one.source_url ? make("a", { href: one.source_url, target: "_blank", rel: "noopener" }, title) : title;
  const others = one.speaker && quote.speaker && one.speaker.slug !== quote.speaker.slug;
  return make(
    "li",
    {},
    bdi(one.source.name),
    ": ",
    where,
    " (",
    make(others ? "strong" : "span", {}, bdi(one.speaker?.name ?? "nobody")),
    `, ${one.review_status})`,
    one.text === quote.text ? null : make("p", { class: "note" }, bdi(`“${one.text}”`)),
  );
}

export function decision(record, step) {
  const name = (slug) => (slug ? (record.person(slug)?.name ?? slug) : "nobody");
  const parts = NAMED.has(step.action) ? [step.action] : [];
  if (step.from_kind !== step.to_kind) parts.push(`${step.from_kind} → ${step.to_kind}`);
  if (step.from_status !== step.to_status) parts.push(STATUS[step.to_status].toLowerCase());
  if (step.from_speaker !== step.to_speaker) parts.push(`${name(step.from_speaker)} → ${name(step.to_speaker)}`);
  if (step.to_words) parts.push(step.from_words ? `words: “${shortened(step.from_words.text)}” → “${shortened(step.to_words.text)}”` : "added");
  if (step.reason) parts.push(REASONS[step.reason] ?? step.reason);
  return make(
    "li",
    {},
    bdi(`${parts.join(", ") || "the same again"}`),
    make("span", { class: "quiet" }, " by ", bdi(step.editor ?? "the extractor"), `, ${DATE.format(new Date(step.decided_at))}`),
    step.note ? make("p", { class: "note" }, bdi(step.note)) : null,
    step.public_note ? make("p", { class: "note" }, "For readers: ", bdi(step.public_note)) : null,
  );
}
