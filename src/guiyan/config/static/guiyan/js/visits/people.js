// A questionnaire as the survey declares it: built from the page's templates, filled, read back.
(() => {
  "use strict";
  const copy = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
  const YES_NO = { true: "是", false: "否" };

  function choices(question, type) {
    const field = copy("question-choices");
    field.querySelector("legend span").textContent = question.label;
    const room = field.querySelector(".pills");
    const offered = Object.entries(question.type === "bool" ? YES_NO : question.codes);
    if (type === "radio" && !question.must) offered.push(["", "不清楚"]);
    for (const [value, label] of offered) {
      const pill = copy("question-pill");
      const input = pill.querySelector("input");
      input.type = type;
      input.name = question.id;
      input.value = value;
      pill.querySelector("span").textContent = label;
      room.append(pill);
    }
    return field;
  }

  function typed(question) {
    const field = copy(question.type === "long_text" ? "question-long" : "question-text");
    const input = field.querySelector(".input");
    input.id = `q-${question.id}`;
    input.name = question.id;
    field.querySelector("label").htmlFor = input.id;
    field.querySelector("label span").textContent = question.label;
    if (question.type === "date") input.type = "date";
    if (["int", "phone"].includes(question.type)) input.inputMode = "numeric";
    return field;
  }

  function fieldOf(question) {
    const kind = { bool: "radio", code: "radio", list: "checkbox" }[question.type];
    const field = kind ? choices(question, kind) : typed(question);
    field.dataset.question = question.id;
    if (question.after) field.dataset.after = question.after;
    field.querySelector("[data-optional]").hidden = question.must;
    field.querySelector(".field-hint").textContent = question.hint;
    return field;
  }

  function fill(form, values) {
    for (const [name, value] of Object.entries(values)) {
      for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (["radio", "checkbox"].includes(control.type)) control.checked = [value].flat().includes(control.value);
        else control.value = value;
      }
    }
    follow(form);
  }

  // What is asked only after a yes.
  function follow(form) {
    for (const field of form.querySelectorAll("[data-after]")) {
      const lead = form.querySelector(`[name="${CSS.escape(field.dataset.after)}"]:checked`);
      field.hidden = lead?.value !== "true";
    }
  }

  function read(form, questions) {
    const values = {};
    for (const question of questions) {
      const chosen = [...form.querySelectorAll(`[name="${CSS.escape(question.id)}"]`)];
      if (question.type === "list") values[question.id] = chosen.filter((one) => one.checked).map((one) => one.value);
      else if (["bool", "code"].includes(question.type)) values[question.id] = chosen.find((one) => one.checked)?.value ?? "";
      else values[question.id] = chosen[0]?.value.trim() ?? "";
    }
    return values;
  }

  function complain(form, faults) {
    for (const field of form.querySelectorAll("[data-question]")) {
      const words = faults[field.dataset.question] || "";
      field.classList.toggle("field-bad", Boolean(words));
      field.querySelector("[data-error]").hidden = !words;
      field.querySelector("[data-error] span").textContent = words;
    }
  }

  // What must not stay empty, without asking the server.
  function missing(values, questions) {
    const empty = questions.filter((one) => one.must && !(values[one.id] ?? "").length);
    return Object.fromEntries(empty.map((one) => [one.id, ["bool", "code", "list"].includes(one.type) ? "请选一个" : "还没有填"]));
  }

  window.guiyanQuestions = { copy, fieldOf, fill, follow, read, complain, missing };
})();
