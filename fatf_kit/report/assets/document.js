// Filter, search, sort and fold. The page says everything without this script; nothing here leaves the page.
"use strict";
(() => {
  const template = document.getElementById("tools");
  const main = document.getElementById("content");
  if (!template || !main) return;
  const bar = template.content.firstElementChild.cloneNode(true);
  main.before(bar);

  const rows = [...main.querySelectorAll("tbody tr")];
  const words = new Map(rows.map((row) => [row, row.textContent.toLocaleLowerCase(document.documentElement.lang)]));
  const sections = [...main.querySelectorAll("section")].reverse(); // inner before outer
  const selects = [...bar.querySelectorAll("select")];
  const search = bar.querySelector("input[type=search]");
  const count = bar.querySelector("output");
  const annex = document.getElementById("annex");

  const wants = (row) => {
    const text = search.value.trim().toLocaleLowerCase(document.documentElement.lang);
    if (text && !words.get(row).includes(text)) return false;
    return selects.every((select) => {
      if (!select.value) return true;
      if (select.name === "unit") return row.closest("section").id === select.value;
      return (row.dataset[select.name] || "").split("|").includes(select.value);
    });
  };

  const apply = () => {
    const active = search.value.trim() !== "" || selects.some((select) => select.value);
    main.classList.toggle("filtered", active);
    if (annex && active) annex.open = true;
    let shown = 0;
    for (const row of rows) {
      row.hidden = active && !wants(row);
      if (!row.hidden) shown += 1;
    }
    for (const section of sections) {
      const tables = section.querySelectorAll("tbody tr");
      section.hidden = active && ![...tables].some((row) => !row.hidden);
      if (active && !section.hidden) fold(section, false);
    }
    count.textContent = active ? count.dataset.words.replace("{n}", shown).replace("{of}", rows.length) : "";
  };

  const fold = (section, folded) => {
    const button = section.querySelector(":scope > :is(h3, h4) > button.fold");
    if (!button) return;
    button.setAttribute("aria-expanded", String(!folded));
    section.classList.toggle("folded", folded);
  };

  for (const section of main.querySelectorAll("section")) {
    const heading = section.querySelector(":scope > :is(h3, h4)");
    if (!heading) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fold";
    button.setAttribute("aria-label", `${bar.dataset.fold}: ${heading.textContent}`);
    button.setAttribute("aria-expanded", "true");
    button.addEventListener("click", () => fold(section, !section.classList.contains("folded")));
    heading.prepend(button);
  }
  bar.querySelector("button[name=fold]").addEventListener("click", (event) => {
    const folded = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", String(folded));
    for (const section of main.querySelectorAll("section")) fold(section, folded);
  });

  for (const day of main.querySelectorAll("td > time, th > time")) {
    day.parentElement.dataset.rank = Date.parse(day.dateTime); // dates by time
  }

  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  for (const table of main.querySelectorAll("table")) {
    table.querySelectorAll("thead th").forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of table.querySelectorAll("thead th")) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const body = table.tBodies[0];
        const sorted = [...body.rows].sort((a, b) => {
          const [one, other] = [a.cells[column], b.cells[column]];
          const ranks = (one.dataset.rank ?? -1) - (other.dataset.rank ?? -1); // ratings by their worst end
          return ranks || order.compare(one.textContent.trim(), other.textContent.trim());
        });
        body.append(...(down ? sorted.reverse() : sorted));
      });
    });
  }

  bar.addEventListener("input", apply);
  bar.querySelector("button[name=reset]").addEventListener("click", () => {
    search.value = "";
    for (const select of selects) select.value = "";
    apply();
    search.focus();
  });
  window.addEventListener("hashchange", () => {
    const found = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (annex && annex.contains(found)) annex.open = true;
    for (let at = found; at; at = at.parentElement) if (at.matches("section")) fold(at, false);
    if (found && found.closest("[hidden]")) bar.querySelector("button[name=reset]").click();
    if (found) found.scrollIntoView();
  });
})();
