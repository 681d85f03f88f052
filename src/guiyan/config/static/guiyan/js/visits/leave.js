// Signing out at the desk also destroys what household visits keep on this phone; what was not sent is asked about first.
(() => {
  "use strict";
  const NAME = "guiyan-visits";

  async function unsent() {
    const known = indexedDB.databases ? await indexedDB.databases() : [{ name: NAME }];
    if (!known.some((one) => one.name === NAME)) return null;
    return new Promise((give) => {
      const asked = indexedDB.open(NAME);
      asked.onerror = () => give(null);
      asked.onsuccess = () => {
        const base = asked.result;
        if (!base.objectStoreNames.contains("sealed")) return give(0);
        const count = base.transaction("sealed").objectStore("sealed").count(IDBKeyRange.bound("out:", "out:\uffff"));
        count.onsuccess = () => {
          base.close();
          give(count.result);
        };
      };
    });
  }

  const forget = () =>
    new Promise((give) => {
      const asked = indexedDB.deleteDatabase(NAME);
      asked.onsuccess = asked.onerror = () => give();
      setTimeout(give, 3000); // another tab that does not let go is no reason to stay signed in
    });

  function asks(left) {
    const dialog = document.createElement("dialog");
    const inner = Object.assign(document.createElement("div"), { className: "dialog-inner" });
    const head = Object.assign(document.createElement("h2"), { textContent: "还有走访没有发送" });
    const words = Object.assign(document.createElement("p"), { textContent: `这台手机上有${left}条走访没有发送，退出登录会删除。` });
    const row = Object.assign(document.createElement("div"), { className: "btn-row" });
    const go = Object.assign(document.createElement("a"), { className: "btn btn-primary", href: "/desk/visits/", textContent: "先去发送" });
    const leave = Object.assign(document.createElement("button"), { className: "btn btn-danger", type: "button", textContent: "删除并退出" });
    row.append(go, leave);
    inner.append(head, words, row);
    dialog.append(inner);
    document.body.append(dialog);
    dialog.showModal();
    return new Promise((give) => leave.addEventListener("click", () => give(true)));
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!new URL(form.action, location.href).pathname.endsWith("/sign-out/") || form.dataset.left) return;
    event.preventDefault();
    const left = await unsent();
    if (left) await asks(left);
    if (left !== null) await forget();
    form.dataset.left = "1";
    form.submit();
  });
})();
