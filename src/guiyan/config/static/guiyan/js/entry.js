// A register's form: when an answer decides which sections there are, they are asked for again with what is typed.
(() => {
  const form = document.querySelector("form[data-sections-url]");
  if (!form) return;
  const sections = () => form.querySelector("#sections");

  form.addEventListener("change", async (event) => {
    const deciding = (sections().dataset.deciding || "").split(" ");
    if (!deciding.includes(event.target.name)) return;
    const focused = event.target.id;
    try {
      const answer = await fetch(form.dataset.sectionsUrl, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "fetch" },
      });
      if (!answer.ok || answer.redirected) return;
      const page = document.createElement("template");
      page.innerHTML = await answer.text();
      sections().replaceWith(page.content.querySelector("#sections"));
      document.getElementById(focused)?.focus();
    } catch {
      // Without the network the sections stay as they are; saving tells what is missing.
    }
  });

  form.querySelector("[data-all-fields]")?.addEventListener("click", (event) => {
    event.preventDefault();
    form.classList.add("all-fields");
    event.target.closest("p").remove();
  });
})();
