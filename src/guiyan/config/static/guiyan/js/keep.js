// Forms that must survive a village without network: `data-keep="key"` keeps what is typed on this device until the
// server has it (`data-keep-clear="key"` on the page that follows). Kept for a week at most, never files or tokens of CSRF.
(() => {
  "use strict";
  const PREFIX = "guiyan-keep:";
  const WEEK_MS = 7 * 24 * 3600 * 1000;
  const LEFT_OUT = new Set(["csrfmiddlewaretoken"]);

  const read = (key) => {
    try {
      const kept = JSON.parse(localStorage.getItem(PREFIX + key) || "null");
      return kept && Date.now() - kept.at < WEEK_MS ? kept : null;
    } catch {
      return null;
    }
  };
  const drop = (key) => {
    try {
      localStorage.removeItem(PREFIX + key);
    } catch {
      // A browser without storage keeps nothing.
    }
  };

  function valuesOf(form) {
    const values = {};
    for (const [name, value] of new FormData(form)) if (typeof value === "string" && !LEFT_OUT.has(name)) values[name] = value;
    return values;
  }

  function putBack(form, values) {
    for (const [name, value] of Object.entries(values)) {
      const control = form.elements.namedItem(name);
      if (control) control.value = value;
    }
  }

  function start(form) {
    const key = form.dataset.keep;
    const note = form.querySelector("[data-keep-note]");
    const say = (words) => {
      if (note) {
        note.textContent = words;
        note.hidden = !words;
      }
    };
    const keep = () => {
      try {
        localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), values: valuesOf(form) }));
        return true;
      } catch {
        return false;
      }
    };

    const kept = read(key);
    if (kept && !form.querySelector("[data-error-summary]")) {
      putBack(form, kept.values);
      say("这台手机上存着没有交上去的内容，已经放回来。核对以后点保存。");
    }
    form.addEventListener("input", keep);
    form.addEventListener("submit", (event) => {
      const stored = keep();
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      say(stored ? "现在没有网络，内容已存在这台手机上。联网以后再点保存，不会丢。" : "现在没有网络，这台手机也存不下。请先不要关这一页，联网以后再点保存。");
      note?.scrollIntoView({ block: "center" });
    }, true);
    window.addEventListener("online", () => {
      if (read(key)) say("网络已恢复，可以点保存了。");
    });
    window.addEventListener("offline", () => say("网络断了。接着写没关系，内容会存在这台手机上。"));
  }

  document.querySelectorAll("[data-keep-clear]").forEach((mark) => drop(mark.dataset.keepClear));
  document.querySelectorAll("form[data-keep]").forEach(start);
})();
