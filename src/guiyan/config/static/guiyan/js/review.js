// Document review: the original and the list keep their places from page to page; J and K open, so that Y N act on what is seen.
(() => {
  "use strict";
  const OPEN_DELAY_MS = 220;
  const grid = document.querySelector("[data-review]");
  if (!grid) return;

  const panes = [...grid.querySelectorAll("[data-keep-scroll]")];
  const keyOf = (pane) => `review:${grid.dataset.review}:${pane.dataset.keepScroll}`;
  const ownScroll = () => panes.length > 0 && getComputedStyle(panes[0]).overflowY === "auto";

  function isInView(part, pane) {
    const inner = part.getBoundingClientRect();
    const outer = pane.getBoundingClientRect();
    return inner.top >= outer.top && inner.bottom <= outer.bottom;
  }

  // Only as far as the current place needs: a reader's own position is kept.
  function place(pane) {
    const kept = sessionStorage.getItem(keyOf(pane));
    if (kept !== null) pane.scrollTop = Number(kept);
    const part = pane.querySelector(".is-current, :target");
    if (!part || isInView(part, pane)) return;
    const middle = Math.max(0, (pane.clientHeight - Math.min(part.offsetHeight, pane.clientHeight)) / 2);
    pane.scrollTop += part.getBoundingClientRect().top - pane.getBoundingClientRect().top - Math.min(middle, 160);
  }

  // After the browser has followed the address's own mark.
  window.addEventListener("load", () => requestAnimationFrame(() => {
    if (!ownScroll()) return;
    panes.forEach(place);
    window.scrollTo(0, 0);
  }));
  window.addEventListener("pagehide", () => panes.forEach((pane) => sessionStorage.setItem(keyOf(pane), String(pane.scrollTop))));

  // Moving to another reading takes the keys away from the one left behind, then opens the new one.
  let timer = 0;
  document.addEventListener("guiyan:current", (event) => {
    const row = event.detail;
    if (!row.dataset.item || !grid.contains(row) || row.querySelector(".review-form")) return;
    grid.querySelectorAll(".review-items [data-key]").forEach((button) => button.removeAttribute("data-key"));
    clearTimeout(timer);
    timer = setTimeout(() => row.querySelector("a[data-open]")?.click(), OPEN_DELAY_MS);
  });

  // Escape leaves a field, so that the keys work again.
  grid.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.matches("input, textarea, select")) event.target.blur();
  });
})();
