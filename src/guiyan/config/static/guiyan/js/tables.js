// Tables: select all, the bulk bar with its count; flow bars at their current step; in document review text and list follow each other.
(() => {
  "use strict";

  function refresh(table) {
    const boxes = [...table.querySelectorAll("[data-select]")];
    const chosen = boxes.filter((box) => box.checked);
    boxes.forEach((box) => box.closest("tr, li")?.classList.toggle("is-selected", box.checked));
    const all = table.querySelector("[data-select-all]");
    if (all) {
      all.checked = boxes.length > 0 && chosen.length === boxes.length;
      all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
    }
    const scope = table.closest("[data-selection]") || table.closest("form") || document;
    const bar = scope.querySelector("[data-bulk]");
    if (bar) {
      bar.classList.remove("bulk-waits");
      bar.hidden = chosen.length === 0;
      if (bar.hidden) bar.querySelectorAll("input[type=checkbox]").forEach((box) => (box.checked = false));
    }
    scope.querySelectorAll("[data-bulk-count]").forEach((place) => {
      place.textContent = String(chosen.length);
    });
  }

  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.matches("[data-select], [data-select-all]")) return;
    const table = box.closest("table, [data-keys]");
    if (box.matches("[data-select-all]")) {
      table.querySelectorAll("[data-select]").forEach((one) => {
        one.checked = box.checked;
      });
    }
    refresh(table);
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-clear-selection]")) return;
    document.querySelectorAll("[data-select]:checked").forEach((box) => {
      box.checked = false;
      refresh(box.closest("table, [data-keys]"));
    });
  });

  const tables = () => document.querySelectorAll("table:has([data-select])");
  tables().forEach(refresh);
  document.addEventListener("htmx:afterSwap", () => tables().forEach(refresh));

  // A flow bar wider than the window starts at its current step.
  document.querySelectorAll(".flow-bar").forEach((bar) => {
    const step = bar.querySelector("[aria-current]");
    if (step) bar.scrollLeft = step.offsetLeft - bar.offsetLeft - 24;
  });

  function mark(id, from) {
    document.querySelectorAll("[data-span], [data-item]").forEach((part) => {
      part.classList.toggle("is-current", (part.dataset.span || part.dataset.item) === id);
    });
    const other = from === "span" ? `[data-item="${CSS.escape(id)}"]` : `[data-span="${CSS.escape(id)}"]`;
    document.querySelector(other)?.scrollIntoView({ block: "center", behavior: "smooth" });
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("a, button, input, select, textarea, label")) return;
    const span = event.target.closest("[data-span]");
    const item = event.target.closest("[data-item]");
    if (span) mark(span.dataset.span, "span");
    else if (item) mark(item.dataset.item, "item");
  });
  document.addEventListener("guiyan:current", (event) => {
    if (event.detail.dataset.item) mark(event.detail.dataset.item, "item");
  });
})();
