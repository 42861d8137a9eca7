/* Fields in which one types to choose: named for a screen reader as their labels say, which Select2 leaves out. */
const named = (select) => {
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  const selection = select.nextElementSibling?.querySelector(".select2-selection");
  if (!label || !selection) return;
  label.id ||= `${select.id}-label`;
  const chosen = selection.querySelector(".select2-selection__rendered");
  selection.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
  chosen.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
  django.jQuery(select).on("select2:open", () => {
    const field = document.querySelector(".select2-container--open .select2-search__field");
    field?.setAttribute("aria-label", label.textContent.replace(":", "").trim());
    field?.focus();
  });
};

// After Django's own script, which is loaded before this one, made them.
django.jQuery(() => document.querySelectorAll("select.admin-autocomplete").forEach(named));
