// Tells the site that the editor is at work: the article stays his or hers, and the line on top is brought up to date.

import { token } from "./server.js";

const CALM = 1_500; // milliseconds after a key, in which what it decided is on its way
const SELDOM = 15_000; // between two signs
const place = document.getElementById("place");
let last = Date.now();
let waiting = false;

async function tell() {
  waiting = false;
  last = Date.now();
  try {
    const answer = await fetch(place.dataset.url, {
      method: "POST",
      headers: { "X-CSRFToken": token() },
      credentials: "same-origin",
      redirect: "error",
    });
    if (!answer.ok) return;
    const told = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...told.body.children);
  } catch {
    // The next sign tells it; what is decided meanwhile is checked by itself.
  }
}

function atWork() {
  if (waiting) return;
  waiting = true;
  setTimeout(tell, Math.max(CALM, last + SELDOM - Date.now()));
}

for (const sign of ["keydown", "pointerdown", "wheel"]) document.addEventListener(sign, atWork, { passive: true });
