// The ends of what is being marked, as handles in the text: dragged by mouse, pen or finger.

import { make } from "./dom.js";

const MARGIN = 40; // pixels from the frame of the text within which it scrolls along
const STRIDE = 14;

export class Handles {
  #held = null; // the end that is dragged, and how far from its line the pointer took it

  constructor(view, { moved, dropped }) {
    Object.assign(this, { view, moved, dropped });
    const on = {
      onpointerdown: (event) => this.#take(event),
      onpointermove: (event) => this.#held && this.#drag(event),
      onpointerup: () => this.#drop(),
      onpointercancel: () => this.#drop(),
      onmousedown: (event) => event.preventDefault(), // nothing is selected, and the focus stays
    };
    this.handles = ["start", "end"].map((edge) => make("span", { class: `handle is-${edge}`, "data-edge": edge, "aria-hidden": "true", hidden: true, ...on }));
    view.element.append(...this.handles);
    new ResizeObserver(() => this.#place()).observe(view.element);
  }

  // Show these ends; none where nothing is marked.
  show(edges) {
    for (const handle of this.handles) handle.hidden = !edges.includes(handle.dataset.edge);
    this.#place();
  }

  #place() {
    const { element } = this.view;
    const frame = element.getBoundingClientRect();
    for (const handle of this.handles.filter((one) => !one.hidden)) {
      const { x, bottom } = this.view.edge(handle.dataset.edge);
      handle.style.left = `${x - frame.left + element.scrollLeft}px`;
      handle.style.top = `${bottom - frame.top + element.scrollTop}px`;
    }
  }

  #take(event) {
    const handle = event.target;
    const { edge } = handle.dataset;
    const { x, middle } = this.view.edge(edge);
    handle.setPointerCapture(event.pointerId);
    this.#held = { edge, dx: event.clientX - x, dy: event.clientY - middle };
    this.view.element.classList.add("is-dragging");
  }

  #drag({ clientX, clientY }) {
    const { edge, dx, dy } = this.#held;
    const { element } = this.view;
    const { top, bottom } = element.getBoundingClientRect();
    if (clientY < top + MARGIN) element.scrollTop -= STRIDE;
    if (clientY > bottom - MARGIN) element.scrollTop += STRIDE;
    const unit = this.view.unitAt(clientX - dx, clientY - dy);
    if (unit !== null) this.moved(edge, unit);
  }

  #drop() {
    if (!this.#held) return;
    this.#held = null;
    this.view.element.classList.remove("is-dragging");
    this.dropped();
  }
}
