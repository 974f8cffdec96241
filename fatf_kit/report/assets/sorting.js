// Sort a table by a click on a heading: by the number its cells give, and by their text where they give none.
"use strict";
(() => {
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const compare = (one, other) => {
    const [a, b] = [one, other].map((cell) => cell.dataset.sort ?? "");
    if (a && b) return a - b || order.compare(one.textContent.trim(), other.textContent.trim());
    if (a || b) return a ? 1 : -1; // what has no place comes before the worst
    return order.compare(one.textContent.trim(), other.textContent.trim());
  };
  for (const table of document.querySelectorAll("section > table")) {
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
        const sorted = [...body.rows].sort((a, b) => compare(a.cells[column], b.cells[column]));
        body.append(...(down ? sorted.reverse() : sorted));
      });
    });
  }
})();
