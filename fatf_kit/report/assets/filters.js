// Filter, search and fold. The page says everything without this script; nothing here leaves the page.
"use strict";
(() => {
  const template = document.getElementById("tools");
  const main = document.getElementById("content");
  const bar = template.content.firstElementChild.cloneNode(true);
  main.before(bar);

  const lower = (text) => text.trim().toLocaleLowerCase(document.documentElement.lang);
  const rows = [...main.querySelectorAll("section > table > tbody > tr")];
  const words = new Map(rows.map((row) => [row, lower(row.textContent)]));
  const tables = new Set(rows.map((row) => row.closest("table")));
  const ofUnits = rows.filter((row) => row.dataset.about); // each is about a whole unit and stays while a row of it does
  const isLeft = (unit) => main.querySelector(`#${unit.replace(".", "-")} > table > tbody > tr:not([hidden])`);
  const sections = [...main.querySelectorAll("section")].reverse(); // inner before outer
  const selects = [...bar.querySelectorAll("select")];
  const search = bar.querySelector("input[type=search]");
  const count = bar.querySelector("output");

  const wants = (row) => {
    if (!words.get(row).includes(lower(search.value))) return false;
    return selects.every(({ name, value }) => {
      if (!value || name === "chapter") return true;
      if (name === "unit") return row.closest(`#${CSS.escape(value)}`);
      return (row.dataset[name] || "").split("|").includes(value);
    });
  };

  // A chapter shows one part of the report as it is; every other filter leaves rows, and the sections that have some.
  const apply = () => {
    const chapter = selects.find(({ name }) => name === "chapter")?.value;
    const active = search.value.trim() !== "" || selects.some(({ name, value }) => value && name !== "chapter");
    main.classList.toggle("filtered", active);
    for (const closed of main.querySelectorAll("details:not([open])")) closed.open = active || Boolean(chapter);
    for (const row of rows) row.hidden = active && !wants(row);
    for (const row of ofUnits) row.hidden = active && !isLeft(row.dataset.about);
    for (const table of tables) table.hidden = active && !table.querySelector("tbody > tr:not([hidden])");
    for (const section of sections) {
      const isElsewhere = chapter && !section.closest(`#${CSS.escape(chapter)}`);
      const isEmpty = active && !section.querySelector("section > table > tbody > tr:not([hidden]), figure");
      section.hidden = Boolean(isElsewhere || isEmpty);
      if (active && !section.hidden) fold(section, false);
    }
    count.textContent = active || chapter ? summary() : "";
    main.dispatchEvent(new Event("filtered"));
  };

  // Rows, then the gaps and the ratings of the units that are left.
  const summary = () => {
    const shown = rows.filter((row) => !row.closest("[hidden]"));
    const gaps = shown.filter((row) => row.dataset.kind && row.closest("[data-unit]"));
    const parts = [count.dataset.words.replace("{n}", shown.length).replace("{of}", rows.length)];
    for (const name of ["kind", "severity"]) {
      const options = [...(bar.querySelector(`select[name=${name}]`)?.options ?? [])].slice(1);
      const values = gaps.flatMap((row) => (row.dataset[name] || "").split("|"));
      const each = options.map(({ value, text }) => [text, values.filter((one) => one === value).length]);
      if (values.length) parts.push(listed(name === "kind" ? `${count.dataset.gaps}: ` : "", each));
    }
    const units = [...main.querySelectorAll("section[data-unit] > :is(h3, h4)")];
    const heads = units.filter((head) => !head.closest("[hidden]"));
    const marks = heads.map((head) => [...head.querySelectorAll(".mark")].at(-1)).filter(Boolean);
    const ratings = new Map();
    for (const mark of marks.sort((a, b) => b.dataset.sort - a.dataset.sort)) {
      ratings.set(mark.textContent, (ratings.get(mark.textContent) ?? 0) + 1);
    }
    if (marks.length) parts.push(listed(`${count.dataset.ratings}: `, [...ratings]));
    return parts.join(" · ");
  };
  const comma = getComputedStyle(main).direction === "rtl" ? "، " : ", ";
  const listed = (head, each) => head + each.filter(([, n]) => n).map(([text, n]) => `${text} ${n}`).join(comma);

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

  // A view has an address of its own: #agency=fiu, or #agency=fiu&severity=major.
  const address = () => {
    const chosen = selects.filter((select) => select.value).map(({ name, value }) => [name, value]);
    history.replaceState(null, "", chosen.length ? `#${new URLSearchParams(chosen)}` : "#");
  };
  const follow = () => {
    const hash = decodeURIComponent(location.hash.slice(1));
    const view = new URLSearchParams(hash.includes("=") ? hash : "");
    for (const select of selects) {
      if (view.size) select.value = view.get(select.name) ?? "";
      if (select.selectedIndex < 0) select.value = ""; // an address that names nothing of this page
    }
    if (view.size) {
      apply();
      return bar.scrollIntoView();
    }
    const found = document.getElementById(hash);
    for (let at = found; at; at = at.parentElement) {
      if (at.matches("section")) fold(at, false);
      if (at.matches("details")) at.open = true;
    }
    if (found?.closest("[hidden]")) reset();
    found?.scrollIntoView();
  };
  const reset = () => {
    search.value = "";
    for (const select of selects) select.value = "";
    apply();
  };

  bar.addEventListener("submit", (event) => event.preventDefault());
  bar.addEventListener("input", () => { apply(); address(); });
  bar.querySelector("button[name=reset]").addEventListener("click", () => { reset(); address(); search.focus(); });
  window.addEventListener("hashchange", follow);
  if (location.hash.includes("=")) window.addEventListener("DOMContentLoaded", follow);
})();
