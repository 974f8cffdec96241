// Charts that answer: what a mark says on hover and focus, arrow keys from mark to mark, and the filters of the page.
"use strict";
(() => {
  const main = document.getElementById("content");
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("aria-hidden", "true"); // each mark has the same words as its name
  tip.hidden = true;
  document.body.append(tip);

  const show = (mark) => {
    const [title, ...lines] = mark.dataset.tip.split("\n");
    tip.replaceChildren(Object.assign(document.createElement("b"), { textContent: title }), `\n${lines.join("\n")}`);
    tip.hidden = false;
    const [box, own] = [mark.getBoundingClientRect(), tip.getBoundingClientRect()];
    const left = Math.min(Math.max(box.left + box.width / 2 - own.width / 2, 8), innerWidth - own.width - 8);
    const above = box.top - own.height - 8;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > 0 ? above : box.bottom + 8}px`;
  };
  const hide = () => { tip.hidden = true; };

  for (const chart of document.querySelectorAll("figure.chart > svg")) {
    const links = [...chart.querySelectorAll(".point > a")];
    links.forEach((link, at) => { link.tabIndex = at ? -1 : 0; }); // one stop for each chart, then the arrow keys
    for (const title of chart.querySelectorAll(".point title")) {
      const mark = title.closest(".point");
      mark.dataset.tip = title.textContent;
      if (title.parentElement !== mark) title.parentElement.setAttribute("aria-label", title.textContent);
      title.remove(); // else the browser shows it as well
    }
    chart.addEventListener("pointerover", ({ target }) => target.closest(".point") ? show(target.closest(".point")) : hide());
    chart.addEventListener("pointerleave", hide);
    chart.addEventListener("focusin", ({ target }) => {
      for (const link of links) link.tabIndex = link === target ? 0 : -1;
      show(target.closest(".point"));
    });
    chart.addEventListener("focusout", hide);
    chart.addEventListener("keydown", (event) => {
      const back = getComputedStyle(main).direction === "rtl" ? "ArrowRight" : "ArrowLeft";
      const step = { ArrowRight: 1, ArrowLeft: 1, ArrowDown: 1, ArrowUp: -1, [back]: -1 }[event.key];
      if (event.key === "Escape") hide();
      const next = links[links.indexOf(document.activeElement) + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
  }
  addEventListener("scroll", hide, { passive: true });

  // Under a filter a mark is pale unless a row of one of its units is left, and bars of counts are counted again.
  const left = (unit) => [...document.querySelectorAll(`#${CSS.escape(unit)} > table > tbody > tr:not([hidden])`)];
  main.addEventListener("filtered", () => {
    hide();
    const active = main.classList.contains("filtered");
    for (const mark of document.querySelectorAll("[data-units]")) {
      const rows = active ? mark.dataset.units.split(" ").flatMap(left) : [];
      mark.classList.toggle("off", active && !rows.length);
      if (mark.querySelector("[data-severity]")) recount(mark, active ? rows : null);
    }
  });

  const found = (rows, severity) => rows.filter((row) => /shortcoming/.test(row.dataset.kind ?? ""))
    .flatMap((row) => (row.dataset.severity ?? "").split("|")).filter((one) => one === severity).length;

  const recount = (row, rows) => {
    const forward = getComputedStyle(main).direction === "rtl" ? -1 : 1;
    const figures = [...row.querySelectorAll("text")];
    for (const text of figures) text.dataset.all ??= text.textContent;
    let [gone, total] = [0, 0];
    for (const part of row.querySelectorAll("[data-severity]")) {
      const [bar, ...rest] = part.children;
      const text = part.querySelector("text");
      const all = Number(text.dataset.all.replace(/\D/g, ""));
      const n = rows ? found(rows, part.dataset.severity) : all;
      const { x, width } = bar.getBBox();
      bar.style.transformOrigin = `${forward > 0 ? x : x + width}px 0`;
      bar.style.transform = `translateX(${-forward * gone}px) scaleX(${n / all})`;
      const lost = width * (1 - n / all);
      for (const one of rest) one.style.transform = `translateX(${-forward * (gone + lost / 2)}px)`;
      part.style.display = n ? "" : "none";
      write(text, rows ? String(n) : text.dataset.all);
      gone += lost;
      total += n;
    }
    const sum = figures.filter((text) => !text.closest("[data-severity]")).at(-1);
    sum.style.transform = `translateX(${-forward * gone}px)`;
    write(sum, rows ? String(total) : sum.dataset.all);
  };
  const write = (text, figure) => {
    if (text.textContent === figure) return;
    text.textContent = figure;
    text.removeAttribute("textLength");
  };
})();
