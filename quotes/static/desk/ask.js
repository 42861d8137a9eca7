// What a decision needs beside itself: a reason, a note. Nothing is lost by Escape but what stands in the fields.

import { bdi, kbd, make } from "./dom.js";

const dialog = document.getElementById("ask");

// Resolves to what was filled in, by name, or to null. `choice` has a name, a legend, the value that is chosen
// at first, and options: [value, words], chosen by digit, too.
export function ask({ title, words, choice = { options: [] }, fields = [], submit = title }) {
  const { name, legend, options, chosen = options[0]?.[0] } = choice;
  const choices = options.map(([value, label], index) =>
    make(
      "label",
      { class: "choice" },
      make("input", { type: "radio", name, value, checked: value === chosen }),
      make("span", { dir: "auto" }, label),
      kbd(String(index + 1)),
    ),
  );
  const inputs = fields.map(({ name, label }) =>
    make("label", { class: "field" }, label, make("textarea", { name, rows: "2", maxlength: "500" })),
  );
  const form = make(
    "form",
    { method: "dialog" },
    make("h2", { id: "ask-title" }, title),
    make("blockquote", { dir: "auto" }, bdi(words)),
    choices.length ? make("fieldset", {}, make("legend", {}, legend), choices) : null,
    inputs,
    make(
      "div",
      { class: "row" },
      make("button", { class: "main", value: "yes" }, submit, " ", kbd("Enter")),
      make("button", { type: "button", onclick: () => dialog.close("") }, "Cancel ", kbd("Esc")),
    ),
  );
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const isWriting = event.target.tagName === "TEXTAREA";
    if (event.key === "Enter" && !event.shiftKey && event.target.tagName !== "BUTTON") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button.main"));
    } else if (!isWriting && choices[Number(event.key) - 1]) {
      event.preventDefault();
      choices[Number(event.key) - 1].querySelector("input").checked = true;
      form.requestSubmit(form.querySelector("button.main"));
    }
  });
  return opened(form, () => Object.fromEntries(Array.from(new FormData(form)).filter(([, value]) => value)));
}

function opened(form, given) {
  dialog.replaceChildren(form);
  dialog.returnValue = "";
  dialog.showModal();
  (form.querySelector("input:checked") ?? form.querySelector("textarea")).focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes" ? given() : null), { once: true });
  });
}
