// Who said it: a combobox with a list (the pattern of the ARIA Authoring Practices), those of the article first.

import { announce, bdi, make } from "./dom.js";
import { lookUp } from "./server.js";

const dialog = document.getElementById("who");
const PAUSE = 150; // milliseconds without a key until the site is asked
const NEW = [
  ["person", "new person"],
  ["organization", "new organization"],
  ["group", "new group"],
];

function folded(name) {
  return name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

// Whether every word that was typed begins a word of this one's name or role.
function fits(person, typed) {
  const words = folded(`${person.name} ${person.role ?? ""}`).split(/[\s\-’']+/u);
  return folded(typed).split(/\s+/).filter(Boolean).every((one) => words.some((word) => word.startsWith(one)));
}

// Resolves to {speaker: person} or {new_speaker: {name, kind}}, with the `scope` where there are several to
// choose from ([value, words], `scope` at first); to null where nobody was chosen.
export function chooseSpeaker({ title, words, people, url, scopes = [], scope = "" }) {
  return new Promise((resolve) => {
    let options = [];
    let active = -1;
    let found = [];
    let chosen = null;
    let timer = 0;
    let asked = new AbortController();

    const input = make("input", {
      id: "who-input",
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "true",
      "aria-controls": "who-list",
    });
    const list = make("div", { id: "who-list", role: "listbox", "aria-label": "Speakers" });
    const trouble = make("p", { class: "quiet", role: "status" });

    function show() {
      const typed = input.value.trim();
      const here = people.filter((person) => fits(person, typed));
      const known = new Set(here.map((person) => person.slug));
      const groups = [
        ["In this article", here.map((person) => ({ person }))],
        ["All speakers", found.filter((person) => !known.has(person.slug)).map((person) => ({ person }))],
        [
          "Nobody of these",
          /\p{L}/u.test(typed) ? NEW.map(([kind, label]) => ({ fresh: { name: typed, kind }, label })) : [],
        ],
      ].filter(([, entries]) => entries.length);
      options = groups.flatMap(([, entries]) => entries);
      let index = 0;
      list.replaceChildren(
        ...groups.map(([name, entries], place) =>
          make(
            "div",
            { role: "group", "aria-labelledby": `who-group-${place}` },
            make("div", { class: "group", id: `who-group-${place}`, role: "presentation" }, name),
            entries.map((entry) => option(entry, index++)),
          ),
        ),
      );
      mark(options.length ? 0 : -1);
    }

    function option(entry, index) {
      const { person, fresh, label } = entry;
      const facts = person
        ? [person.role, person.kind === "person" ? "" : person.kind, person.outlet].filter(Boolean).join(" · ")
        : label;
      return make(
        "div",
        {
          role: "option",
          id: `who-${index}`,
          "aria-selected": "false",
          onmousedown: (event) => event.preventDefault(),
          onclick: () => take(index),
        },
        bdi(person ? person.name : `“${fresh.name}”`),
        facts ? make("span", { class: "quiet" }, " ", bdi(facts)) : null,
      );
    }

    function mark(index) {
      active = index;
      list.querySelectorAll("[role=option]").forEach((element, place) => {
        element.setAttribute("aria-selected", String(place === index));
        if (place === index) element.scrollIntoView({ block: "nearest" });
      });
      if (index >= 0) input.setAttribute("aria-activedescendant", `who-${index}`);
      else input.removeAttribute("aria-activedescendant");
    }

    function take(index) {
      const entry = options[index];
      if (!entry) return;
      chosen = entry.person ? { speaker: entry.person } : { new_speaker: entry.fresh };
      chosen.scope = dialog.querySelector("[name=scope]:checked")?.value ?? "";
      dialog.close();
    }

    async function search() {
      asked.abort();
      asked = new AbortController();
      const typed = input.value.trim();
      if (!/[\p{L}\p{N}]/u.test(typed)) {
        found = [];
        show();
        return;
      }
      try {
        found = await lookUp(url, typed, asked.signal);
        trouble.textContent = "";
      } catch (error) {
        if (error.name === "AbortError") return;
        found = [];
        trouble.textContent = "The site could not be asked: only the people of this article are listed.";
      }
      const kept = options[active];
      show();
      const again = options.findIndex(
        (one) => (one.person && one.person.slug === kept?.person?.slug) || (one.fresh && one.fresh.kind === kept?.fresh?.kind),
      );
      if (again > 0) mark(again);
      announce(`${options.length} to choose from`);
    }

    const range = scopes.map(([value, label]) =>
      make(
        "label",
        { class: "choice" },
        make("input", { type: "radio", name: "scope", value, checked: value === scope }),
        make("span", { dir: "auto" }, label),
      ),
    );
    const onkeydown = (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      take(active);
    };

    input.addEventListener("input", () => {
      found = found.filter((person) => fits(person, input.value));
      show();
      clearTimeout(timer);
      timer = setTimeout(search, PAUSE);
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const steps = { ArrowDown: 1, ArrowUp: -1 };
      if (event.key in steps && options.length) {
        event.preventDefault();
        mark((active + steps[event.key] + options.length) % options.length);
      } else if (event.key === "Enter") {
        event.preventDefault();
        take(active);
      }
    });
    dialog.addEventListener(
      "close",
      () => {
        clearTimeout(timer);
        asked.abort();
        resolve(chosen);
      },
      { once: true },
    );
    dialog.replaceChildren(
      make("h2", { id: "who-title" }, title),
      make("blockquote", { dir: "auto" }, bdi(words)),
      make("label", { for: "who-input" }, "Name or role"),
      input,
      list,
      trouble,
      ...(range.length ? [make("fieldset", { onkeydown }, make("legend", {}, "For"), range)] : []),
      make("div", { class: "row" }, make("button", { type: "button", onclick: () => dialog.close() }, "Cancel")),
    );
    show();
    dialog.showModal();
    input.focus();
  });
}
