import Base

/// What makes a report handier where scripts run: colours by choice, code hidden all at once, tables that sort, long ones
/// folded. It has neither `<` nor `&`, so that the page is well-formed XML too.
enum HTMLScript {
  /// How a content security policy names the script.
  static let digest = policyDigest(ofScript: text)

  /// Rows that a long table shows at first.
  static let shownRows = 30

  static let text = """
    (() => {
    "use strict";
    const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
    const tools = document.getElementById("tools");
    tools.hidden = false;

    // Storage may be forbidden to pages that come from a file.
    const attempt = (action) => { try { return action(); } catch { return null; } };
    const choice = tools.querySelector("select");
    const paint = () => { document.documentElement.dataset.theme = choice.value; };
    choice.value = attempt(() => localStorage.getItem("cnp-colours")) || "";
    if (!choice.value) choice.value = "";
    paint();
    choice.addEventListener("change", () => {
      paint();
      attempt(() => localStorage.setItem("cnp-colours", choice.value));
    });

    // What scrolls is reached by the keyboard, and nothing else is in its way.
    const scrollers = all("pre, .scroll, .math.display");
    const reach = () => scrollers.forEach((area) => {
      const scrolls = area.scrollWidth > area.clientWidth + 1 || area.scrollHeight > area.clientHeight + 1;
      if (scrolls) area.tabIndex = 0; else area.removeAttribute("tabindex");
    });

    const sources = all("details.source");
    const fold = tools.querySelector("button");
    const isOpen = () => sources.some((source) => source.open);
    const name = () => { fold.textContent = isOpen() ? "Hide all code" : "Show all code"; reach(); };
    fold.hidden = !sources.length;
    fold.addEventListener("click", () => {
      const open = !isOpen();
      sources.forEach((source) => { source.open = open; });
    });
    sources.forEach((source) => source.addEventListener("toggle", name));

    // Below 0.001 is less than 0.001; what has no number comes last.
    const number = (text) => {
      const value = parseFloat(text.replace(/^[\\u003c\\s]+/, "").replace("−", "-"));
      return text.startsWith("\\u003c") ? value - 1e-9 : value;
    };
    const ways = { ascending: 1, descending: -1 };
    const after = { none: "ascending", ascending: "descending", descending: "none" };
    const compare = (one, other, column, isNumeric, sign) => {
      const [a, b] = [one, other].map((row) => row.cells[column].textContent.trim());
      if (!isNumeric) return sign * a.localeCompare(b, "en", { numeric: true });
      const [x, y] = [number(a), number(b)];
      if (isNaN(x) || isNaN(y)) return isNaN(x) - isNaN(y);
      return sign * (x - y);
    };
    for (const table of all(".scroll > table")) {
      const body = table.tBodies[0];
      const rows = body ? [...body.rows] : [];
      const heads = all("thead th", table);
      if (rows.length > 1) heads.forEach((head, column) => {
        if (!head.textContent.trim()) return;
        const button = document.createElement("button");
        button.type = "button";
        button.append(...head.childNodes);
        head.append(button);
        button.addEventListener("click", () => {
          const way = after[head.getAttribute("aria-sort") || "none"];
          heads.forEach((other) => other.removeAttribute("aria-sort"));
          const sign = ways[way];
          if (sign) head.setAttribute("aria-sort", way);
          const isNumeric = head.matches(".number, [align=right]");
          body.append(...(sign ? [...rows].sort((a, b) => compare(a, b, column, isNumeric, sign)) : rows));
        });
      });
      if (rows.length > SHOWN) {
        const more = document.createElement("button");
        more.type = "button";
        more.className = "more";
        const set = (isFolded) => {
          table.classList.toggle("folded", isFolded);
          more.textContent = isFolded ? `Show all ${rows.length} rows` : "Show the first SHOWN rows";
          more.setAttribute("aria-expanded", String(!isFolded));
          reach();
        };
        more.addEventListener("click", () => set(!table.classList.contains("folded")));
        table.parentElement.after(more);
        set(true);
      }
    }

    // On paper everything is open.
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = all("details").filter((part) => !part.open);
      opened.forEach((part) => { part.open = true; });
    });
    addEventListener("afterprint", () => opened.forEach((part) => { part.open = false; }));
    addEventListener("resize", reach);
    reach();
    })();

    """.replacing("SHOWN", with: String(shownRows))
}

/// How a content security policy names a script.
func policyDigest(ofScript text: String) -> String {
  let digits = Array(sha256(of: Array(text.utf8)))
  let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
  return "sha256-" + base64(bytes)
}
