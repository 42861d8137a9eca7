// Light, dark or as the system: the admin site's own choice, kept under its own key. Run before the first paint.
(() => {
  const MODES = ["auto", "light", "dark"];
  const NAMES = { auto: "Theme: system", light: "Theme: light", dark: "Theme: dark" };

  function chosen() {
    const kept = localStorage.getItem("theme");
    return MODES.includes(kept) ? kept : "auto";
  }

  function apply(mode) {
    document.documentElement.dataset.theme = mode;
    const button = document.getElementById("theme");
    if (button) button.textContent = NAMES[mode];
  }

  apply(chosen());
  document.addEventListener("DOMContentLoaded", () => {
    apply(chosen());
    document.getElementById("theme").addEventListener("click", () => {
      const mode = MODES[(MODES.indexOf(chosen()) + 1) % MODES.length];
      localStorage.setItem("theme", mode);
      apply(mode);
    });
  });
})();
