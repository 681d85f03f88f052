// Typing @ in a remark lists the colleagues who may open the case; a choice writes the name. Without script one types it.
(() => {
  "use strict";
  const form = document.querySelector("[data-mentions]");
  const box = form?.querySelector("textarea");
  const list = form && document.getElementById(form.dataset.mentions);
  if (!box || !list) return;
  const buttons = [...list.querySelectorAll("[data-mention]")];
  box.setAttribute("aria-controls", list.id);

  // What stands between the last @ before the cursor and the cursor; null when no name is being written.
  function typed() {
    const before = box.value.slice(0, box.selectionStart);
    const found = before.match(/(?:^|[^A-Za-z0-9])[@＠]([^\s@＠，。；：、]{0,12})$/);
    return found ? found[1] : null;
  }

  function refresh() {
    const name = typed();
    let shown = 0;
    buttons.forEach((button) => {
      const fits = name !== null && shown < 8 && button.textContent.includes(name);
      button.parentElement.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    list.hidden = shown === 0;
  }

  function choose(button) {
    const name = typed() ?? "";
    const end = box.selectionStart;
    const same = buttons.filter((one) => one.dataset.name === button.dataset.name).length;
    const words = `${same > 1 ? button.dataset.mention : button.dataset.name} `;
    box.setRangeText(words, end - name.length, end, "end");
    list.hidden = true;
    box.focus();
  }

  box.addEventListener("input", refresh);
  box.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "Escape") list.hidden = true;
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    list.querySelector("li:not([hidden]) button")?.focus();
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mention]");
    if (button) choose(button);
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      list.hidden = true;
      box.focus();
    }
    if (!step) return;
    event.preventDefault();
    const open = buttons.filter((button) => !button.parentElement.hidden);
    const next = open[open.indexOf(document.activeElement) + step];
    (next ?? box).focus();
  });
})();
