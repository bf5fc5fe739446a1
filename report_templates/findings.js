// Sorting and filtering of the findings on a page. Without this script they are plain tables. It makes no request, keeps
// nothing, and puts data on the page as text only. What it works on:
//   [data-findings]  a list of findings, one table or many, filtered together; the attribute names the list
//   tr[data-team][data-severity]  what a row belongs to
(() => {
  "use strict";
  const LEAST_TO_FILTER = 8; // rows: a shorter list is read, not searched
  const collator = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });
  const SEVERITIES = ["high", "medium", "low"];

  // "31 Oct 2026", its spaces hard or not, as a text that sorts by day; anything else as it is.
  const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const key = (text) => {
    const [, day, month, year] = /^\s*(\d{1,2})\s([A-Z][a-z]{2})\s(\d{4})/.exec(text) ?? [];
    return day ? `${year} ${MONTHS.indexOf(month)} ${day}` : text;
  };

  const make = (tag, attributes, ...inside) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  };

  let made = 0;
  const labelled = (text, field) => {
    field.id = `find-${(made += 1)}`;
    return make("span", { class: "field" }, make("label", { for: field.id }, text), field);
  };

  const choice = (text, every, values) => {
    const select = make("select", {}, make("option", { value: "" }, every));
    for (const value of values) select.append(make("option", { value }, value[0].toUpperCase() + value.slice(1)));
    return { select, field: labelled(text, select) };
  };

  // Ascending, descending, then the order of the report again, which is worst first.
  const NEXT = { none: "ascending", ascending: "descending", descending: "none" };

  const sortable = (table, say) => {
    const body = table.tBodies[0];
    const given = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, place) => {
      const name = head.textContent;
      const button = make("button", { type: "button" }, name);
      head.replaceChildren(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const order = NEXT[head.getAttribute("aria-sort")];
        for (const other of heads) other.setAttribute("aria-sort", "none");
        head.setAttribute("aria-sort", order);
        const rows = [...given];
        const turn = order === "descending" ? -1 : 1;
        const text = (row) => key(row.cells[place].textContent);
        if (order !== "none") rows.sort((one, two) => turn * collator.compare(text(one), text(two)));
        body.append(...rows);
        say(order === "none" ? "In the order of the report." : `Sorted by ${name}, ${order}.`);
      });
    });
  };

  for (const list of document.querySelectorAll("[data-findings]")) {
    const tables = [...list.querySelectorAll("table")];
    const rows = tables.flatMap((table) => [...table.tBodies[0].rows]);
    if (rows.length < 2) continue;
    const searched = rows.length >= LEAST_TO_FILTER;
    const status = make("p", { role: "status", class: searched ? "shown" : "quiet" });
    let order = "";
    const count = () => {
      const shown = rows.filter((row) => !row.classList.contains("out")).length;
      status.textContent = `${shown.toLocaleString("en-GB")} of ${rows.length.toLocaleString("en-GB")} shown. ${order}`;
    };
    const say = (text) => {
      order = text;
      count();
    };
    for (const table of tables) if (table.tBodies[0].rows.length > 1) sortable(table, say);
    const tools = make("div", { class: "tools", role: "group", "aria-label": `Find in ${list.dataset.findings}` });
    if (searched) {
      const words = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
      const values = (facet) => [...new Set(rows.map((row) => row.dataset[facet]))].filter(Boolean);
      const teams = values("team").sort(collator.compare);
      const severities = SEVERITIES.filter((severity) => values("severity").includes(severity));
      const facets = [
        ["team", teams, choice("Team", "All teams", teams)],
        ["severity", severities, choice("Severity", "All severities", severities)],
      ].filter(([, found]) => found.length > 1);
      const all = make("button", { type: "button" }, "Show all");
      const filter = () => {
        const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
        for (const row of rows) {
          const text = row.textContent.toLowerCase();
          const fits =
            wanted.every((word) => text.includes(word)) &&
            facets.every(([facet, , { select }]) => !select.value || row.dataset[facet] === select.value);
          row.classList.toggle("out", !fits);
        }
        // A team or an owner with nothing left to show goes with its rows.
        for (const part of list.querySelectorAll("section")) {
          part.classList.toggle("out", part.querySelector("tbody tr") && !part.querySelector("tbody tr:not(.out)"));
        }
        count();
      };
      words.addEventListener("input", filter);
      for (const [, , { select }] of facets) select.addEventListener("change", filter);
      all.addEventListener("click", () => {
        words.value = "";
        for (const [, , { select }] of facets) select.value = "";
        filter();
        words.focus();
      });
      tools.append(labelled("Find", words), ...facets.map(([, , { field }]) => field), all);
    }
    list.prepend(...(searched ? [tools] : []), status);
    count();
  }
})();
