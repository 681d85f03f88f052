// Household visits: what is to be visited, one form at a time, and what waits to be sent.
(() => {
  "use strict";
  const vault = window.guiyanVault;
  const ask = window.guiyanQuestions;
  const on = (id) => document.getElementById(id);
  const address = document.body.dataset;
  const SECTIONS = ["starting", "locked", "listing", "asking"];
  const STATES = { waiting: ["没有发送", "chip-blue"], wrong: ["要改", "chip-red"], changed: ["两边都改了", "chip-amber"], draft: ["没写完", "chip-plain"], done: ["已发送", "chip-green"], due: ["待访", "chip-plain"], unreached: ["上次没访到", "chip-amber"] };
  const AT_ONCE = 20;
  let due = null;
  let now = null; // { name, visit, round, item, draft }

  const say = (words, kind = "") => {
    on("told").hidden = !words;
    const line = on("told").firstElementChild;
    line.textContent = words;
    line.className = `visits-told ${kind}`.trim();
    if (words) on("told").scrollIntoView({ block: "nearest" });
  };
  const show = (section) => {
    for (const one of SECTIONS) on(one).hidden = one !== section;
    if (section !== "asking") on("title").textContent = "入户走访";
  };
  const network = () => {
    on("network").textContent = navigator.onLine ? "" : "没有网络，填的内容存在手机上";
    on("send").disabled = !navigator.onLine;
  };
  const fullWords = (error) =>
    error?.name === "QuotaExceededError" ? "手机存不下了，这一条还没有存。先不要关这一页：删掉一些照片，或联网发送以后再点一次。" : "手机没有存成，请再点一次。";

  // The server's day when the list was downloaded, and the days since: a phone's own date may be wrong.
  function today() {
    const day = new Date(`${due.today}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + Math.floor((Date.now() - due.at) / 86400000));
    return day.toISOString().slice(0, 10);
  }

  class SignedOut extends Error {}

  async function asked(where, options = {}) {
    const answer = await fetch(where, { credentials: "same-origin", cache: "no-store", ...options });
    if (answer.redirected || answer.status === 401 || answer.status === 403) throw new SignedOut();
    const told = (answer.headers.get("content-type") || "").includes("json") ? await answer.json() : null;
    if (!answer.ok || !told) throw new Error(String(answer.status));
    return told;
  }

  async function start() {
    network();
    if (navigator.serviceWorker) navigator.serviceWorker.register(address.worker, { scope: location.pathname }).catch(() => {});
    const held = await vault.state();
    if (held.name === "empty") {
      show("starting");
      if (held.expired) say("上次下载的名单已经到期，已从这台手机删除。");
      return;
    }
    if (held.name === "locked" && !(await isOthers(held.tag))) {
      on("locked-count").textContent = `这台手机上有下载的名单，未发送${await vault.count("out:")}条。`;
      show("locked");
    }
  }

  // Another officer's list is never opened; who she is, only the server knows.
  async function isOthers(tag) {
    if (!navigator.onLine) return false;
    try {
      if ((await asked(address.hello)).tag === tag) return false;
    } catch {
      return false;
    }
    on("foreign").hidden = false;
    on("foreign-count").textContent = String(await vault.count("out:"));
    show("starting");
    return true;
  }

  async function download(code) {
    const told = await asked(address.due);
    const waiting = now_open() ? await vault.all("out:") : [];
    const drafts = now_open() ? await vault.all("draft:") : [];
    await vault.create(code, told.tag, told.keep_days);
    delete told.token;
    due = { ...told, at: Date.now() };
    await vault.put("due", due);
    for (const item of waiting) await vault.put(`out:${item.name}`, item);
    for (const draft of drafts) await vault.put(`draft:${draft.name}`, draft);
    on("keep").hidden = true;
    await list();
    if (told.left) say(`先下载了${told.visits.length}人，还有${told.left}人：这些发送以后再下载一次。`);
  }
  const now_open = () => due !== null;

  async function list() {
    const items = new Map((await vault.all("out:")).map((one) => [one.name, one]));
    const drafts = new Map((await vault.all("draft:")).map((one) => [one.name, one]));
    on("rows").replaceChildren();
    for (const item of items.values()) if (item.record.kind === "found") addRow(item.title, "入户新增", item.state, () => open(item.name, null, item, null));
    for (const draft of drafts.values()) if (draft.found && !items.has(draft.name)) addRow(draft.values.name || "新增的人", "入户新增", "draft", () => open(draft.name, null, null, draft));
    let left = 0;
    for (const visit of due.visits) {
      const name = `visit-${visit.id}`;
      const item = items.get(name);
      const draft = drafts.get(name);
      const state = item?.state || (draft ? "draft" : visit.state);
      if (state === "due" || state === "draft") left += 1;
      addRow(visit.name, [visit.place, visit.house].filter(Boolean).join(" "), state, () => open(name, visit, item, draft));
    }
    on("none").hidden = due.visits.length > 0;
    on("rows").hidden = !on("rows").childElementCount;
    on("note").textContent = `${due.rounds.map((one) => one.title).join("、")}，待访${left}人`;
    on("outbox").hidden = !items.size;
    on("unsent").textContent = `未发送${items.size}条`;
    on("add").hidden = !due.rounds.length;
    network();
    show("listing");
  }

  function addRow(title, note, state, act) {
    const row = ask.copy("row");
    row.querySelector(".row-title").textContent = title;
    row.querySelector(".row-note").textContent = note;
    const [words, look] = STATES[state] || STATES.due;
    row.querySelector(".chip").textContent = words;
    row.querySelector(".chip").classList.add(look);
    row.querySelector("button").addEventListener("click", act);
    on("rows").append(row);
  }

  const questions = () => {
    const survey = due.surveys[now.round.survey];
    return now.visit ? survey.asks : [...survey.new, ...survey.asks];
  };

  function open(name, visit, item, draft) {
    const round = due.rounds.find((one) => one.id === (visit?.round ?? item?.record.round ?? draft?.round)) || due.rounds[0];
    now = { name, visit, round, item };
    const survey = due.surveys[round.survey];
    on("title").textContent = visit ? visit.name : "加一个人";
    on("note").textContent = visit ? [visit.place, visit.house].filter(Boolean).join(" ") : "家里有、名单上没有的人";
    on("questions").replaceChildren(...questions().map(ask.fieldOf));
    on("village-field").hidden = Boolean(visit);
    on("village").replaceChildren(...Object.entries(due.villages).map(([code, label]) => new Option(label, code)));
    on("unreached").hidden = !visit;
    on("reasons").replaceChildren(
      ...Object.entries(survey.not_reached).map(([value, label]) => {
        const pill = ask.copy("question-pill");
        Object.assign(pill.querySelector("input"), { type: "radio", name: "reason", value });
        pill.querySelector("span").textContent = label;
        return pill;
      }),
    );
    const from = draft || item?.record;
    ask.fill(on("answers"), from ? from.values : visit?.held || {});
    if (from?.region) on("village").value = String(from.region);
    on("remark").value = from?.note || "";
    ask.complain(on("answers"), item?.faults || {});
    sideBySide(item);
    on("discard").hidden = !item && !draft;
    on("draft").textContent = draft ? "上次没写完，已经放回来。" : "";
    say(item?.words || "", "is-bad");
    show("asking");
    (document.querySelector(".field-bad .input, .field-bad input") || on("main")).focus();
  }

  function sideBySide(item) {
    const clashes = item?.clashes || [];
    on("clashes").hidden = !clashes.length;
    on("clashes").replaceChildren(
      ...clashes.map((one) => {
        const field = ask.copy("clash");
        field.dataset.field = one.field;
        field.querySelector("legend").textContent = one.label;
        field.querySelectorAll("input").forEach((input) => (input.name = `keep-${one.field}`));
        const [mine, theirs] = field.querySelectorAll("b");
        [mine.textContent, theirs.textContent] = [one.mine, one.theirs];
        field.addEventListener("change", (event) => {
          if (event.target.value === "theirs") ask.fill(on("answers"), { [one.field]: one.value });
          else ask.fill(on("answers"), { [one.field]: item.record.values[one.field] });
        });
        return field;
      }),
    );
  }

  const typed = () => ask.read(on("answers"), questions());

  let pending = null;
  function keepDraft() {
    clearTimeout(pending);
    const kept = { name: now.name, found: !now.visit, round: now.round.id, values: typed(), note: on("remark").value, region: on("village").value };
    pending = setTimeout(async () => {
      try {
        await vault.put(`draft:${kept.name}`, kept);
        if (now?.name === kept.name) on("draft").textContent = "草稿已存在手机上。";
      } catch (error) {
        say(fullWords(error), "is-bad");
      }
    }, 300);
  }

  // What somebody else changed meanwhile has been looked at: from now on the register stands as it was shown.
  function chosenMarks() {
    const was = { ...(now.item?.record.was || now.visit?.was || {}) };
    for (const one of now.item?.clashes || []) was[one.field] = now.item.now[one.field];
    return was;
  }

  async function finish(record, title) {
    clearTimeout(pending);
    const item = { name: now.name, title, state: "waiting", record: { number: crypto.randomUUID(), round: now.round.id, visit: now.visit?.id || 0, on: today(), note: on("remark").value.trim(), ...record } };
    try {
      await vault.put(`out:${now.name}`, item);
      await vault.remove(`draft:${now.name}`);
    } catch (error) {
      say(fullWords(error), "is-bad");
      return;
    }
    await list();
    say(navigator.onLine ? `${title}已记好，还没有发送。` : `${title}已记好，存在手机上。有网络以后点“发送”。`, "is-good");
  }

  on("answers").addEventListener("submit", async (event) => {
    event.preventDefault();
    const open = [...on("clashes").querySelectorAll("fieldset")].filter((one) => !one.querySelector(":checked"));
    if (open.length) return say("别人也改过的几项，请逐项选用哪一个。", "is-bad");
    const values = typed();
    const faults = ask.missing(values, questions());
    ask.complain(on("answers"), faults);
    if (Object.keys(faults).length) return say("还有没填的，请看标红的地方。", "is-bad");
    const region = now.visit ? {} : { region: Number(on("village").value) };
    await finish({ kind: now.visit ? "answered" : "found", values, was: now.visit ? chosenMarks() : {}, ...region }, now.visit?.name || values.name);
  });
  on("unreached").addEventListener("submit", async (event) => {
    event.preventDefault();
    const reason = new FormData(on("unreached")).get("reason");
    if (!reason) return say("请选没有访到的原因。", "is-bad");
    await finish({ kind: "unreached", reason }, now.visit.name);
  });
  for (const kind of ["input", "change"])
    on("answers").addEventListener(kind, () => {
      ask.follow(on("answers"));
      keepDraft();
    });
  on("back").addEventListener("click", async () => {
    say("");
    await list();
  });
  on("discard").addEventListener("click", async () => {
    clearTimeout(pending);
    await vault.remove(`out:${now.name}`);
    await vault.remove(`draft:${now.name}`);
    say("");
    await list();
  });
  on("add").addEventListener("click", () => open(`found-${crypto.randomUUID()}`, null, null, null));

  async function send() {
    on("send").disabled = true;
    try {
      const who = await asked(address.hello);
      if (who.tag !== due.tag) return say("现在登录的是另一位同事，没有发送。请换回自己的账号。", "is-bad");
      const items = (await vault.all("out:")).filter((one) => one.state === "waiting");
      if (!items.length) return say("剩下的要先改好。请点开标着“要改”或“两边都改了”的。", "is-bad");
      const counted = { taken: 0, late: 0, wrong: 0, changed: 0 };
      for (let first = 0; first < items.length; first += AT_ONCE) {
        const piece = items.slice(first, first + AT_ONCE);
        const body = new URLSearchParams({ records: JSON.stringify(piece.map((one) => one.record)) });
        const headers = { "X-CSRFToken": who.token };
        const told = await asked(address.send, { method: "POST", body, headers });
        for (const [place, answer] of told.answers.entries()) {
          counted[answer.outcome] += 1;
          await settle(piece[place], answer);
        }
      }
      await list();
      tell(counted);
    } catch (error) {
      if (error instanceof SignedOut) {
        say("登录已经过期，内容还在手机上。请重新登录，再回来发送。", "is-bad");
        const again = Object.assign(document.createElement("a"), { href: address.signIn, textContent: "重新登录" });
        on("told").firstElementChild.append(" ", again);
      } else say("没有发出去，内容还在手机上。等网络好一点再点“发送”，同一条不会记两次。", "is-bad");
    } finally {
      network();
    }
  }

  function tell(counted) {
    const words = [`收到${counted.taken + counted.late}条`];
    if (counted.late) words.push(`其中${counted.late}条这一轮已经结束，只记入名录`);
    if (counted.wrong) words.push(`${counted.wrong}条要改`);
    if (counted.changed) words.push(`${counted.changed}条别人也改过，要选一下`);
    say(`${words.join("，")}。`, counted.wrong + counted.changed ? "" : "is-good");
  }

  async function settle(item, answer) {
    if (["taken", "late"].includes(answer.outcome)) {
      const visit = due.visits.find((one) => `visit-${one.id}` === item.name);
      if (visit) visit.state = item.record.kind === "unreached" ? "unreached" : "done";
      await vault.put("due", due);
      return vault.remove(`out:${item.name}`);
    }
    const { outcome, words, faults, clashes, now: held } = answer;
    return vault.put(`out:${item.name}`, { ...item, state: outcome, words, faults, clashes, now: held });
  }

  on("send").addEventListener("click", send);
  on("again").addEventListener("click", () => {
    on("foreign").hidden = true;
    on("keep").hidden = false;
    say("没有发送的会留着。");
    show("starting");
  });
  on("forgot").addEventListener("click", async () => {
    const unsent = await vault.count("out:");
    on("keep").hidden = false;
    show("starting");
    say(unsent ? `重新下载以后，没有发送的${unsent}条会删除，找不回来。` : "重新下载会换掉手机上的名单。", unsent ? "is-bad" : "");
  });
  on("keep").addEventListener("click", async () => {
    on("keep").hidden = true;
    say("");
    if (due) await list();
    else show("locked");
  });
  on("start").addEventListener("submit", async (event) => {
    event.preventDefault();
    const code = on("code").value;
    on("start").reset();
    try {
      await download(code);
    } catch (error) {
      if (error instanceof SignedOut) location.assign(address.signIn);
      else say(error?.name === "QuotaExceededError" ? fullWords(error) : "没有网络，名单没有下载。到有网络的地方再点一次。", "is-bad");
    }
  });
  on("unlock").addEventListener("submit", async (event) => {
    event.preventDefault();
    const code = on("unlock-code").value;
    on("unlock").reset();
    const told = await vault.unlock(code);
    if (!told.open) {
      say(told.left ? `口令不对，还可以试${told.left}次。` : "口令错了十次，名单和没有发送的内容已从这台手机删除。", "is-bad");
      if (!told.left) show("starting");
      return;
    }
    due = await vault.get("due");
    say("");
    if (due) await list();
    else show("starting");
  });
  window.addEventListener("online", () => {
    network();
    if (due && !on("listing").hidden && !on("outbox").hidden) say("网络恢复了，可以发送。");
  });
  window.addEventListener("offline", network);
  start();
})();
