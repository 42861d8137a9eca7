// The table of keys: what each does, the button that does the same, and what is said of it.

import { kbd, make } from "./dom.js";

// A command is {name, keys, label, run}; `again` is whether a key that is held down repeats it.
export function sectionsOf({ go, decide, retry, nextArticle, help }) {
  return [
    [
      "Go",
      [
        { name: "next", keys: ["j", "ArrowDown", "ArrowRight"], label: "Next quote", again: true, run: () => go.step(1) },
        { name: "previous", keys: ["k", "ArrowUp", "ArrowLeft"], label: "Previous quote", again: true, run: () => go.step(-1) },
        { name: "doubtful", keys: ["l"], label: "Next doubtful quote", run: go.doubtful },
        { name: "next-article", keys: ["n"], label: "Next article", run: nextArticle },
      ],
    ],
    [
      "Decide",
      [
        { name: "approve", keys: ["a"], label: "Approve", run: decide.approve },
        { name: "reject", keys: ["r"], label: "Reject", run: decide.reject },
        { name: "speaker", keys: ["s"], label: "Choose another speaker", run: decide.give },
        { name: "every", keys: ["e"], label: "Choose another speaker for every quote of this mention", run: decide.giveAll },
        { name: "dispute", keys: ["d"], label: "Dispute", run: decide.dispute },
        { name: "retract", keys: ["x"], label: "Retract", run: decide.retract },
        { name: "note", keys: ["w"], label: "Write a note for editors", run: decide.note },
      ],
    ],
    [
      "Mend",
      [
        { name: "bounds", keys: ["b"], label: "Fix where it begins and ends", run: decide.mend },
        { name: "missed", keys: ["m"], label: "Add a missed quote", run: decide.addMissed },
        { name: "split", keys: ["c"], label: "Cut it in two quotes", run: decide.split },
        { name: "join", keys: ["g"], label: "Glue another quote of the speaker to it", run: decide.join },
        { name: "kind", keys: ["i"], label: "Kind: direct, partial, transcript", run: decide.kind },
      ],
    ],
    [
      "Take back",
      [
        { name: "undo", keys: ["z"], label: "Undo the last decision: about this quote, else on this page", run: decide.undo },
        { name: "redo", keys: ["y"], label: "Redo what was undone", run: decide.redo },
        { name: "reopen", keys: ["u"], label: "Back to unreviewed", run: decide.reopen },
        { name: "retry", keys: ["t"], label: "Try again what was not saved", run: retry },
        { name: "help", keys: ["?"], label: "All keys", run: help },
      ],
    ],
  ];
}

const BUTTONS = [
  ["approve", "Approve", "main"],
  ["reject", "Reject", "bad"],
  ["speaker", "Speaker"],
  ["previous", "Previous"],
  ["next", "Next"],
  ["doubtful", "Doubtful"],
  ["bounds", "Bounds"],
  ["undo", "Undo"],
];
const MORE = [
  ["redo", "Redo"],
  ["reopen", "Reopen"],
  ["every", "Give all"],
  ["missed", "Missed"],
  ["split", "Split"],
  ["join", "Join"],
  ["kind", "Kind"],
  ["note", "Note"],
  ["dispute", "Dispute"],
  ["retract", "Retract"],
];
const NEEDS_NO_QUOTE = new Set(["missed", "doubtful"]);

// The buttons of the commands: those that are needed most, and the rest behind one that opens them.
export function renderButtons(element, commands) {
  const named = new Map(commands.map((command) => [command.name, command]));
  const button = ([name, label, kind = ""]) =>
    make(
      "button",
      {
        type: "button",
        class: kind,
        "data-name": name,
        "data-needs-quote": NEEDS_NO_QUOTE.has(name) ? null : "",
        // What is selected in the text stays so.
        onmousedown: (event) => event.preventDefault(),
        onclick: named.get(name).run,
      },
      label,
      " ",
      kbd(named.get(name).keys[0]),
    );
  const more = make("div", { id: "more", hidden: true }, MORE.map(button));
  const opener = make("button", { type: "button", "aria-expanded": "false", "aria-controls": "more", "data-name": "more" }, "More");
  opener.addEventListener("click", () => {
    more.hidden = !more.hidden;
    opener.setAttribute("aria-expanded", String(!more.hidden));
  });
  element.append(...BUTTONS.map(button), opener, more);
}
