// Keys that are pressed, and the dialog that lists them all.

import { kbd, make } from "./dom.js";

const NAMES = { ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc" };
const dialog = document.getElementById("help");

function isWriting(target) {
  // A field of a dialog that was just closed may have the focus for a moment yet.
  if (target.closest("dialog:not([open])")) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

// A command is {name, keys, label, run}; `again` is whether a key that is held down repeats it.
export class Keys {
  constructor(commands, first) {
    this.commands = commands;
    document.addEventListener("keydown", (event) => this.#press(event, first));
  }

  #press(event, first) {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.shiftKey && event.key !== "?") return;
    if (isWriting(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "Enter" && event.target.closest("a, button")) return;
    // With the lock of capitals on, a letter is still that letter.
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const command = this.commands.find(({ keys }) => keys.includes(key));
    if (first(key)) {
      event.preventDefault();
    } else if (command && (command.again || !event.repeat)) {
      event.preventDefault();
      command.run();
    }
  }

  // All keys, by what they are for.
  help(sections) {
    const row = ({ keys, label }) =>
      make("div", {}, make("dt", {}, keys.map((key) => make("kbd", {}, NAMES[key] ?? key))), make("dd", {}, label));
    dialog.replaceChildren(
      make("h2", { id: "help-title" }, "Keys"),
      ...sections.flatMap(([title, commands]) => [make("h3", {}, title), make("dl", { class: "keys" }, commands.map(row))]),
      make("p", { class: "quiet" }, "No key does anything while you write, or with Ctrl, Alt, Meta or Shift held."),
      make("div", { class: "row" }, make("button", { type: "button", class: "main", autofocus: true, onclick: () => dialog.close() }, "Close ", kbd("Esc"))),
    );
    dialog.showModal();
    dialog.scrollTop = 0; // the button that has the focus stands at the end
  }
}
