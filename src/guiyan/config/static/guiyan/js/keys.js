// Keyboard of the desk: / and Ctrl K search, J K move, Enter opens, X selects, letters press [data-key], ? lists them.
(() => {
  "use strict";
  const isTyping = (target) => target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const rows = () => [...document.querySelectorAll("[data-keys] [data-row], [data-keys][data-row]")].filter((row) => row.offsetParent);
  const current = () => document.querySelector("[data-row].is-current");

  function searchBox() {
    const box = document.querySelector("[data-search-box]");
    box?.focus();
    box?.select();
    return Boolean(box);
  }

  function move(step) {
    const all = rows();
    if (!all.length) return false;
    const at = all.indexOf(current());
    const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    current()?.classList.remove("is-current");
    next.classList.add("is-current");
    next.scrollIntoView({ block: "nearest" });
    const focusable = next.querySelector("a[data-open], a[href], button");
    focusable?.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("guiyan:current", { detail: next }));
    return true;
  }

  function open() {
    const link = current()?.querySelector("a[data-open]");
    link?.click();
    return Boolean(link);
  }

  function select() {
    const box = current()?.querySelector("[data-select]");
    box?.click();
    return Boolean(box);
  }

  // A key acts on the current row's button first, else on the page's. What changes something asks first, in its dialog or page.
  function press(key) {
    const selector = `[data-key="${CSS.escape(key)}"]`;
    const button = current()?.querySelector(selector) || document.querySelector(selector);
    if (!button || button.closest("[hidden]") || button.getAttribute("aria-disabled") === "true") return false;
    if (button.type === "submit" && !button.dataset.sure && !window.confirm(`${button.innerText.replace(/\s.$/, "").trim()}？`)) return true;
    button.click();
    return true;
  }

  function help() {
    const dialog = document.getElementById("key-help");
    dialog?.showModal?.();
    return Boolean(dialog);
  }

  function answer(key) {
    if (key === "/") return searchBox();
    if (key === "?") return help();
    if (key === "j") return move(1);
    if (key === "k") return move(-1);
    if (key === "x") return select();
    return /^[a-z]$/.test(key) && press(key);
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      if (searchBox()) event.preventDefault();
      return;
    }
    if (document.body.hasAttribute("data-keys-off") || document.querySelector("dialog:modal")) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if (event.key === "Enter") {
      if (event.target === document.body && open()) event.preventDefault();
      return;
    }
    if (answer(event.key.length === 1 ? event.key.toLowerCase() : event.key)) event.preventDefault();
  });
})();
