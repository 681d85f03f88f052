// What the phone keeps, sealed: an AES-GCM key that is drawn here, wrapped by a key from the officer's code, and open only
// in this tab. Destroyed on signing out, after some days, after too many wrong codes, and when another officer comes.
(() => {
  "use strict";
  const NAME = "guiyan-visits";
  const ROUNDS = 600000;
  const MOST_TRIES = 10;
  const DAY_MS = 24 * 3600 * 1000;
  const TEXT = new TextEncoder();
  let base = null;
  let key = null;

  const done = (request) =>
    new Promise((give, fail) => {
      request.onsuccess = () => give(request.result);
      request.onerror = () => fail(request.error);
    });

  function opened() {
    base ||= new Promise((give, fail) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("lock");
        asked.result.createObjectStore("sealed");
      };
      asked.onsuccess = () => {
        asked.result.onversionchange = () => {
          asked.result.close();
          base = null;
          key = null;
        };
        give(asked.result);
      };
      asked.onerror = () => fail(asked.error);
    });
    return base;
  }

  // Resolves once it is on the disk; a full disk is an error of the transaction.
  async function change(store, act) {
    const work = (await opened()).transaction(store, "readwrite");
    act(work.objectStore(store));
    await new Promise((give, fail) => {
      work.oncomplete = () => give();
      work.onerror = work.onabort = () => fail(work.error || new DOMException("full", "QuotaExceededError"));
    });
  }

  async function read(store, act) {
    return done(act((await opened()).transaction(store).objectStore(store)));
  }

  async function wrappingKey(code, salt) {
    const raw = await crypto.subtle.importKey("raw", TEXT.encode(code), "PBKDF2", false, ["deriveKey"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
    return crypto.subtle.deriveKey(how, raw, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
  }

  const random = (length) => crypto.getRandomValues(new Uint8Array(length));

  async function create(code, tag, keepDays) {
    await destroy();
    const salt = random(16);
    const iv = random(12);
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
    const wrapped = await crypto.subtle.wrapKey("raw", made, await wrappingKey(code, salt), { name: "AES-GCM", iv });
    await change("lock", (store) => store.put({ salt, iv, wrapped, tag, until: Date.now() + keepDays * DAY_MS, tries: 0 }, "lock"));
    await unlock(code);
  }

  // { open } or { left: how many tries there are still }; none left: everything is gone.
  async function unlock(code) {
    const lock = await read("lock", (store) => store.get("lock"));
    if (!lock) return { open: false, left: 0 };
    try {
      const by = await wrappingKey(code, lock.salt);
      key = await crypto.subtle.unwrapKey("raw", lock.wrapped, by, { name: "AES-GCM", iv: lock.iv }, "AES-GCM", false, ["encrypt", "decrypt"]);
    } catch {
      lock.tries += 1;
      if (lock.tries >= MOST_TRIES) await destroy();
      else await change("lock", (store) => store.put(lock, "lock"));
      return { open: false, left: MOST_TRIES - lock.tries };
    }
    if (lock.tries) await change("lock", (store) => store.put({ ...lock, tries: 0 }, "lock"));
    return { open: true, left: MOST_TRIES };
  }

  // empty, locked or open; whose it is, and until when.
  async function state() {
    const lock = await read("lock", (store) => store.get("lock"));
    if (lock && lock.until < Date.now()) {
      await destroy();
      return { name: "empty", expired: true };
    }
    return lock ? { name: key ? "open" : "locked", tag: lock.tag, until: lock.until } : { name: "empty" };
  }

  async function put(name, thing) {
    const iv = random(12);
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: TEXT.encode(name) }, key, TEXT.encode(JSON.stringify(thing)));
    await change("sealed", (store) => store.put({ iv, data }, name));
  }

  async function opening(name, held) {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: held.iv, additionalData: TEXT.encode(name) }, key, held.data);
    return JSON.parse(new TextDecoder().decode(plain));
  }

  async function get(name) {
    const held = await read("sealed", (store) => store.get(name));
    return held ? opening(name, held) : null;
  }

  const beginning = (start) => IDBKeyRange.bound(start, `${start}\uffff`);

  async function all(start) {
    const names = await read("sealed", (store) => store.getAllKeys(beginning(start)));
    return Promise.all(names.map((name) => get(name)));
  }

  const count = (start) => read("sealed", (store) => store.count(beginning(start)));
  const remove = (name) => change("sealed", (store) => store.delete(name));

  async function destroy() {
    key = null;
    await change("lock", (store) => store.clear());
    await change("sealed", (store) => store.clear());
  }

  window.guiyanVault = { create, unlock, state, put, get, all, count, remove, destroy };
})();
