// Dialogs, menus and toasts. Without script a dialog's link leads to a page of its own, menus are <details>, toasts are a list.
(() => {
  "use strict";
  const TOAST_MS = 6000;

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog?.showModal && !document.querySelector("dialog:modal")) {
        event.preventDefault();
        dialog.showModal();
      }
      return;
    }
    if (event.target.closest("[data-close], #key-help-close")) {
      const dialog = event.target.closest("dialog");
      if (dialog) {
        event.preventDefault();
        dialog.close();
      }
      return;
    }
    // A click on the backdrop lands on the dialog itself.
    if (event.target.matches?.("dialog:modal")) event.target.close();
  });

  // One open menu at a time; Escape and a click elsewhere close it.
  const openMenus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openMenus().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // Toasts wait while someone points at them or has their keyboard in them.
  function timeToast(toast) {
    let timer = setTimeout(leave, TOAST_MS);
    function leave() {
      toast.classList.add("is-leaving");
      setTimeout(() => toast.remove(), 300);
    }
    for (const kind of ["pointerenter", "focusin"]) toast.addEventListener(kind, () => clearTimeout(timer));
    for (const kind of ["pointerleave", "focusout"]) {
      toast.addEventListener(kind, () => {
        clearTimeout(timer);
        timer = setTimeout(leave, TOAST_MS);
      });
    }
  }

  const toasts = document.querySelector("[data-toasts]");
  if (toasts) {
    toasts.querySelectorAll("[data-toast]:not(.toast-error)").forEach(timeToast);
    document.addEventListener("guiyan:say", (event) => {
      const toast = document.createElement("div");
      toast.className = "toast";
      toast.textContent = event.detail;
      toasts.append(toast);
      timeToast(toast);
    });
  }
})();
