// What if: steppers change ratings, and the thresholds of the edition are counted again. The state is in the markup.
"use strict";
(() => {
  for (const panel of document.querySelectorAll("form.what-if")) {
    const data = JSON.parse(panel.querySelector("script").textContent);
    const steppers = [...panel.querySelectorAll("li[data-unit]")];
    const atFirst = new Map(steppers.map((one) => [one, { ...one.dataset }]));
    const rows = [...panel.querySelectorAll(".thresholds tbody tr")];
    const [lead, moves] = panel.querySelectorAll(".verdict p");

    const name = ({ worst, best }) => (worst === best ? worst : `${worst} – ${best}`);
    const number = (counts) => [...new Set(counts)].join(" – ");

    // What the counts of a threshold are with the worst ratings, or with the best.
    const count = (end) => {
      const ratings = Object.fromEntries(steppers.map(({ dataset }) => [dataset.unit, dataset[end]]));
      return data.thresholds.map(({ counts }) => counts.map(
        ([codes, units]) => units.filter((unit) => codes.includes(ratings[unit])).length));
    };
    const reached = (line, values) => data.thresholds[line].counts.every(([, , limit], n) => values[n] >= limit);
    const state = (worst, best) => (best ? "yes" : worst ? "open" : "no");

    const recount = () => {
      const [worst, best] = [count("worst"), count("best")];
      const lines = rows.map((row, line) => {
        const met = state(reached(line, worst[line]), reached(line, best[line]));
        row.cells[1].firstElementChild.textContent = worst[line].map((n, at) => number([n, best[line][at]])).join(" / ");
        row.cells[2].textContent = data.met[met];
        row.className = met;
        return met;
      });
      const any = (kind) => {
        const own = lines.filter((_, line) => data.thresholds[line].kind === kind);
        const atBest = data.thresholds.some((one, line) => one.kind === kind && reached(line, best[line]));
        return state(own.some((met) => met !== "no"), atBest);
      };
      panel.dataset.followUp = any("enhanced");
      panel.dataset.referral = any("icrg");
      lead.textContent = `${data.followUp[panel.dataset.followUp]} ${data.referral[panel.dataset.referral]}`;
      const changed = steppers.filter((one) => name(one.dataset) !== name(atFirst.get(one)));
      moves.textContent = changed.map(
        (one) => `${one.dataset.code}: ${name(atFirst.get(one))} → ${name(one.dataset)}`).join(" · ");
      panel.classList.toggle("changed", changed.length > 0);
      for (const one of steppers) draw(one, changed.includes(one));
    };

    const draw = (one, changed) => {
      const [codes, { worst, best }] = [data.codes[one.dataset.unit], one.dataset];
      const [lower, raise] = one.querySelectorAll("button");
      const mark = one.querySelector("output");
      mark.textContent = name(one.dataset);
      mark.className = `mark r-${codes.includes(worst) ? worst : "NA"}${worst === best ? "" : " hatch"}`;
      one.classList.toggle("changed", changed);
      const fixed = !codes.includes(worst);
      lower.disabled = fixed || best === codes[0];
      raise.disabled = fixed || worst === codes.at(-1);
    };

    // An open rating is settled at its best or worst end first; a settled one moves by a level.
    panel.addEventListener("click", ({ target }) => {
      const one = target.closest("li[data-unit]");
      if (!one || target.tagName !== "BUTTON") return;
      const [codes, { worst, best }] = [data.codes[one.dataset.unit], one.dataset];
      const step = Number(target.value);
      const next = worst === best ? codes[codes.indexOf(worst) + step] : step > 0 ? best : worst;
      one.dataset.worst = one.dataset.best = next;
      recount();
    });
    panel.addEventListener("reset", () => {
      for (const one of steppers) Object.assign(one.dataset, atFirst.get(one));
      recount();
    });
    panel.addEventListener("change", recount);
    panel.addEventListener("submit", (event) => event.preventDefault());
    recount();
    panel.hidden = false;
  }
})();
