// The review desk: one article, its quotes, and what an editor does with them.

import { ArticleView } from "./article.js";
import { ask } from "./ask.js";
import { Decisions } from "./decisions.js";
import { announce, kbd, make } from "./dom.js";
import { Keys } from "./keys.js";
import { Marking } from "./marking.js";
import { certainty, renderQuote } from "./panel.js";
import { Record, seen, shortened, STATUS } from "./record.js";
import { renderUnsaved } from "./unsaved.js";
import { chooseSpeaker } from "./who.js";

const at = (id) => document.getElementById(id);
const data = JSON.parse(at("desk-data").textContent);
const record = new Record(data);
const view = new ArticleView(at("text"), record, (id) => go(record.quotes.find((quote) => quote.id === id)));
const decisions = new Decisions(record, data.decide_url, { changed: render, saved, failed });
const marking = new Marking(at("marking"), record, { changed: marked, save: saveMarked });
let current = record.quotes.find((quote) => quote.id === data.first) ?? record.quotes.find((quote) => record.isDoubtful(quote)) ?? record.quotes.find((quote) => record.isOpen(quote)) ?? record.quotes[0] ?? null;

// -- What is shown

function render() {
  view.render(current, marking.draft);
  renderQuote(at("quote"), record, current);
  renderUnsaved(at("unsaved"), record, decisions, go);
  at("panel").classList.toggle("is-marking", marking.isOn);
  for (const button of at("actions").querySelectorAll("[data-needs-quote]")) button.disabled = !current;
}

function go(quote) {
  if (!quote) return;
  if (marking.isOn) marking.stop();
  current = quote;
  render();
  view.show(".current");
  at("panel").scrollTop = 0;
  const { speaker, review_status, text } = seen(quote);
  const place = `${record.quotes.indexOf(quote) + 1} of ${record.quotes.length}`;
  announce(`${place}. ${speaker?.name ?? "Nobody"}: “${shortened(text, 300)}”. ${STATUS[review_status]}. ${certainty(seen(quote))}.`);
}

function step(by) {
  const next = record.quotes[record.quotes.indexOf(current) + by];
  if (next) go(next);
  else announce(by > 0 ? "This is the last quote." : "This is the first quote.");
}

// The next quote after the current one, and from the beginning, of which it holds.
function following(holds) {
  const place = record.quotes.indexOf(current);
  return [...record.quotes.slice(place + 1), ...record.quotes.slice(0, Math.max(place, 0))].find(holds);
}

function goDoubtful() {
  const next = following((quote) => record.isDoubtful(quote));
  if (next) go(next);
  else announce("No other quote here is doubtful.");
}

function goOn() {
  go(following((quote) => record.isOpen(quote)) ?? current);
}

// -- Decisions

function decide(quote, name, { body = {}, guess = {}, onward = false, label }) {
  decisions.decide(quote, name, { body, guess, label: `${label}: “${shortened(quote.text)}”` });
  if (onward) goOn();
}

function approve() {
  if (!seen(current).speaker) return giveTo();
  return decide(current, "approve", { guess: { review_status: "approved" }, onward: true, label: "Approve" });
}

const NOTE = { name: "note", label: "Note for editors (optional)" };
const PUBLIC_NOTE = { name: "public_note", label: "What readers are told (optional)" };
const REASONS = [
  ["not-a-quote", "Not a quote"],
  ["wrong-words", "Wrong words"],
  ["duplicate", "Duplicate"],
  ["other", "Other"],
];

// A decision that is asked about first, of the quote that is the current one now.
async function askAnd(name, status, question, onward = false) {
  const quote = current;
  const body = await ask({ words: seen(quote).text, submit: question.title, ...question });
  if (body) decide(quote, name, { body, guess: { review_status: status }, onward, label: question.title });
}

function reject() {
  return askAnd("reject", "rejected", { title: "Reject", reasons: REASONS, fields: [NOTE] }, true);
}

function dispute() {
  return askAnd("dispute", "disputed", { title: "Dispute", fields: [NOTE] });
}

function retract() {
  return askAnd("retract", "retracted", { title: "Retract", fields: [PUBLIC_NOTE, NOTE] });
}

function reopen() {
  decide(current, "reopen", { guess: { review_status: "unreviewed" }, label: "Back to unreviewed" });
}

// Who said these words, as the API takes it, and as it is shown until it is saved; null where nobody was chosen.
async function whoSaid(title, words) {
  const chosen = await chooseSpeaker({ title, words, people: record.people, url: data.speakers_url });
  if (!chosen) return null;
  if (chosen.speaker) record.meet(chosen.speaker);
  const body = chosen.speaker ? { speaker: chosen.speaker.slug } : { new_speaker: chosen.new_speaker };
  return { body, speaker: chosen.speaker ?? { slug: "", ...chosen.new_speaker } };
}

async function giveTo() {
  const quote = current;
  const chosen = await whoSaid("Who said it?", seen(quote).text);
  if (!chosen) return;
  const guess = { review_status: "approved", speaker: chosen.speaker, attributed_by: "editor", confidence: null };
  decide(quote, "attribute", { body: chosen.body, guess, onward: true, label: `Give to ${chosen.speaker.name}` });
}

async function saveMarked() {
  const { quote, words, draft } = marking;
  const segments = record.text.segmentsToPoints(draft);
  if (quote) {
    const guess = { review_status: "approved", units: draft, text: words };
    const label = `New bounds: “${shortened(words)}”`;
    marking.stop();
    decisions.decide(quote, "bounds", { body: { segments }, guess, label });
    return;
  }
  const chosen = await whoSaid("Who said it?", words);
  if (!chosen) return;
  marking.stop();
  const place = { article: data.article.id, revision: data.article.revision, segments };
  decisions.add({ ...place, ...chosen.body }, `Add for ${chosen.speaker.name}: “${shortened(words)}”`);
}

function saved({ label, quote }, isNew) {
  if (isNew) go(quote);
  announce(`Saved. ${label}`);
}

function failed({ label, error }) {
  at("panel").scrollTop = 0; // where the card stands
  announce(`Not saved. ${label}. ${error.message}`);
}

// -- Marking

function marked(words) {
  render();
  if (marking.isOn) view.show(".draft");
  if (words) announce(words);
}

function mend() {
  marking.mend(current);
}

function addMissed() {
  const from = current ? seen(current).units.at(-1)[1] : 0;
  marking.add(view.selected(), from);
  getSelection().removeAllRanges();
}

let calm = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(calm);
  if (!marking.isOn) return;
  calm = setTimeout(() => {
    const span = marking.isOn ? view.selected() : null;
    if (!span) return;
    getSelection().removeAllRanges();
    marking.take(span);
  }, 400);
});

// -- Leaving

async function nextArticle() {
  if (await decisions.settled()) location.assign(data.next_url);
  else announce("Not everything is saved: try again, or drop it.");
}

addEventListener("beforeunload", (event) => {
  if (decisions.sending || decisions.unsaved.length) event.preventDefault();
});

// -- Keys and buttons

const withQuote = (run) => () => current && run();
const COMMANDS = [
  { name: "next", keys: ["j", "ArrowDown", "ArrowRight"], label: "Next quote", again: true, run: () => step(1) },
  { name: "previous", keys: ["k", "ArrowUp", "ArrowLeft"], label: "Previous quote", again: true, run: () => step(-1) },
  { name: "doubtful", keys: ["l"], label: "Next doubtful quote", run: goDoubtful },
  { name: "approve", keys: ["a"], label: "Approve", run: withQuote(approve) },
  { name: "reject", keys: ["r"], label: "Reject", run: withQuote(reject) },
  { name: "speaker", keys: ["s"], label: "Choose another speaker", run: withQuote(giveTo) },
  { name: "bounds", keys: ["b"], label: "Fix where it begins and ends", run: withQuote(mend) },
  { name: "missed", keys: ["m"], label: "Add a missed quote", run: addMissed },
  { name: "dispute", keys: ["d"], label: "Dispute", run: withQuote(dispute) },
  { name: "retract", keys: ["x"], label: "Retract", run: withQuote(retract) },
  { name: "reopen", keys: ["u"], label: "Back to unreviewed", run: withQuote(reopen) },
  { name: "retry", keys: ["y"], label: "Try again what was not saved", run: () => decisions.unsaved[0] && decisions.retry(decisions.unsaved[0]) },
  { name: "next-article", keys: ["n"], label: "Next article", run: nextArticle },
  { name: "help", keys: ["?"], label: "All keys", run: help },
];
const BUTTONS = [
  ["approve", "Approve", "main"],
  ["reject", "Reject", "bad"],
  ["speaker", "Speaker", ""],
  ["previous", "Previous", ""],
  ["next", "Next", ""],
  ["doubtful", "Doubtful", ""],
  ["bounds", "Bounds", ""],
  ["missed", "Missed", ""],
  ["dispute", "Dispute", ""],
  ["retract", "Retract", ""],
  ["reopen", "Reopen", ""],
];
const NEEDS_NO_QUOTE = new Set(["missed", "doubtful"]);
const commands = new Map(COMMANDS.map((command) => [command.name, command]));

function help() {
  keys.help([
    [["←", "→"], "Marking: one word back, on"],
    [["↑", "↓"], "Marking: to where quotes are likely to begin or end"],
    [["o"], "Marking: the other end"],
    [["Enter", "Esc"], "Marking: save, leave it"],
  ]);
}

const keys = new Keys(COMMANDS, (key) => {
  if (!marking.isOn) return false;
  const isCommand = COMMANDS.some((command) => command.keys.includes(key));
  return marking.press(key) || (isCommand && !["?", "y"].includes(key));
});

at("actions").append(
  ...BUTTONS.map(([name, label, kind]) =>
    make(
      "button",
      {
        type: "button",
        class: kind,
        "data-name": name,
        "data-needs-quote": NEEDS_NO_QUOTE.has(name) ? null : "",
        // What is selected in the text stays so.
        onmousedown: (event) => event.preventDefault(),
        onclick: commands.get(name).run,
      },
      label,
      " ",
      kbd(commands.get(name).keys[0]),
    ),
  ),
);
document.querySelector('[data-command="help"]').addEventListener("click", help);
at("next-article").addEventListener("click", (event) => {
  event.preventDefault();
  nextArticle();
});
render();
if (current) go(current);
