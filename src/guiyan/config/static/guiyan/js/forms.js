// Forms: one submission only, busy buttons that keep their width, drafts that save themselves, file drops, days, copies.
(() => {
  "use strict";
  const DRAFT_DELAY_MS = 2000;

  function makeBusy(button) {
    const text = button.querySelector("[data-words]");
    if (!text) return;
    button.style.minWidth = `${button.offsetWidth}px`;
    button.dataset.idle = text.textContent;
    text.textContent = button.dataset.busy || "正在提交";
    button.setAttribute("aria-busy", "true");
  }

  function release(form) {
    delete form.dataset.sent;
    form.querySelectorAll('[aria-busy="true"]').forEach((button) => {
      button.removeAttribute("aria-busy");
      button.style.minWidth = "";
      const text = button.querySelector("[data-words]");
      if (text && button.dataset.idle) text.textContent = button.dataset.idle;
    });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const method = event.submitter?.getAttribute("formmethod") || form.method;
    if (method !== "post" || form.dataset.guard === "off") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    // The pressed button's name and value must still be sent, so it is made busy, not disabled.
    if (event.submitter) makeBusy(event.submitter);
  });

  // Coming back by the browser's arrow must not find a dead form.
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    if (form) release(form);
  });

  document.addEventListener("change", (event) => {
    const control = event.target;
    if (control.matches("[data-autosubmit], [data-autosubmit] *")) control.form?.requestSubmit();
    const drop = control.closest("[data-drop]");
    if (drop) showFiles(drop, control.files);
  });

  // 2026年6月15日 星期一: the browser's own control may write it as 06/15/2026.
  function tellDay(words) {
    const day = words.previousElementSibling?.valueAsDate;
    const weekday = day ? "日一二三四五六"[day.getUTCDay()] : "";
    const date = day ? `${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日` : "";
    words.textContent = day ? `${date} 星期${weekday}` : "";
  }

  document.querySelectorAll("[data-day-words]").forEach(tellDay);
  document.addEventListener("input", (event) => {
    const words = event.target.parentElement?.querySelector(":scope > [data-day-words]");
    if (words) tellDay(words);
  });

  function showFiles(drop, files) {
    const names = Array.from(files, (file) => `${file.name}（${sizeText(file.size)}）`);
    drop.querySelector("[data-drop-files]").textContent = names.join("、");
  }

  function sizeText(bytes) {
    return bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))}KB` : `${(bytes / 1048576).toFixed(1)}MB`;
  }

  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      event.target.closest?.("[data-drop]")?.classList.toggle("is-over", kind === "dragover");
    });
  }

  // Drafts: two seconds after the last change, and when the page is left.
  function startDraft(form) {
    let timer = 0;
    let dirty = false;
    const status = form.querySelector("[data-draft-status]") || document.querySelector("[data-draft-status]");
    const say = (words) => {
      if (status) status.textContent = words;
    };

    async function save() {
      if (!dirty || form.dataset.sent) return;
      dirty = false;
      try {
        const answer = await fetch(form.dataset.draftUrl, {
          method: "POST",
          body: withoutFiles(form),
          headers: { "X-Requested-With": "fetch" },
          keepalive: true,
        });
        if (answer.status === 401 || answer.redirected) say("登录已结束，草稿没有存上。请先复制要紧的内容，再重新登录。");
        else if (!answer.ok) throw new Error(String(answer.status));
        else say(`已存草稿 ${new Date().toTimeString().slice(0, 5)}`);
      } catch {
        dirty = true;
        say("草稿没有存上，联网后会再存。");
      }
    }

    form.addEventListener("input", () => {
      dirty = true;
      clearTimeout(timer);
      timer = setTimeout(save, DRAFT_DELAY_MS);
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") save();
    });
    window.addEventListener("online", save);
  }

  function withoutFiles(form) {
    const values = new FormData(form);
    for (const [name, value] of [...values]) if (value instanceof File) values.delete(name);
    return values;
  }

  document.querySelectorAll("form[data-draft-url]").forEach(startDraft);

  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();

  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      await navigator.clipboard.writeText(copy.dataset.copy);
      document.dispatchEvent(new CustomEvent("guiyan:say", { detail: "已复制" }));
    }
    if (event.target.closest("[data-print], #print-now")) window.print();
  });
})();
