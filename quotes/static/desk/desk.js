// The review desk: one article, its quotes, and what an editor does with them.

import { ArticleView } from "./article.js";
import { renderButtons, sectionsOf } from "./commands.js";
import { Decisions } from "./decisions.js";
import { announce, tell } from "./dom.js";
import { Handles } from "./handles.js";
import { Keys } from "./keys.js";
import { Live } from "./live.js";
import { Marking } from "./marking.js";
import { certainty, renderQuote } from "./panel.js";
import { Record, seen, shortened, STATUS } from "./record.js";
import { Steps } from "./steps.js";
import { renderUnsaved } from "./unsaved.js";

const at = (id) => document.getElementById(id);
const data = JSON.parse(at("desk-data").textContent);
const record = new Record(data);
const view = new ArticleView(at("text"), record, (id) => go(record.find(id)));
const decisions = new Decisions(record, data.decide_url, { changed: render, saved, failed });
const marking = new Marking(at("marking"), record, { changed: marked, save: () => steps.saveMarked() });
const steps = new Steps({ record, decisions, marking, data, onward: goOn, go, tell });
const handles = new Handles(view, { moved: (edge, unit) => marking.drag(edge, unit), dropped: () => marking.drop() });
let current = record.find(data.first) ?? record.quotes.find((quote) => record.isDoubtful(quote)) ?? record.quotes.find((quote) => record.isOpen(quote)) ?? record.quotes[0] ?? null;

// -- What is shown

function render() {
  current ??= record.quotes[0] ?? null; // somebody else may have added the first one
  view.render(current, marking.draft);
  handles.show(marking.edges);
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

// -- What becomes of decisions

function saved({ label, quote }, { unchanged, isAlone }, isNew) {
  if (isAlone) live.soon();
  if (isNew) go(quote);
  announce(`Saved. ${label}`);
  const left = unchanged.filter(({ why }) => why !== "same").map(({ id, detail }) => `“${shortened(record.find(id)?.text ?? id)}” (${detail})`);
  if (left.length) tell(`Left as they are: ${left.join(", ")}.`);
}

function failed({ label, error }) {
  at("panel").scrollTop = 0; // where the card stands
  announce(`Not saved. ${label}. ${error.message}`);
}

// -- Marking

function marked(words) {
  render();
  if (marking.isOn && !marking.isHeld) view.show(".draft");
  if (words) announce(words);
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

const withQuote = (run) => () => current && run(current);
const sections = sectionsOf({
  go: { step, doubtful: goDoubtful },
  decide: {
    addMissed,
    ...Object.fromEntries(
      ["approve", "reject", "dispute", "retract", "reopen", "note", "kind", "give", "giveAll", "mend", "split", "join", "undo", "redo"].map(
        (name) => [name, withQuote((quote) => steps[name](quote))],
      ),
    ),
  },
  retry: () => decisions.unsaved[0] && decisions.retry(decisions.unsaved[0]),
  nextArticle,
  help,
});
const commands = sections.flatMap(([, some]) => some);

function help() {
  keys.help([...sections, ["While words are marked", marking.commands]]);
}

const keys = new Keys(commands, (key) => {
  if (!marking.isOn) return false;
  const isCommand = commands.some((command) => command.keys.includes(key));
  return marking.press(key) || (isCommand && !["?", "t"].includes(key));
});

renderButtons(at("actions"), commands);
document.querySelector('[data-command="help"]').addEventListener("click", help);
at("next-article").addEventListener("click", (event) => {
  event.preventDefault();
  nextArticle();
});
render();
if (current) go(current);
const live = new Live(record, decisions, data.live_url, { changed: render, heard: tell });
