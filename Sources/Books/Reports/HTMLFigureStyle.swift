/// How the figures and tables of a report look: tables scroll inside themselves, below a head that stays.
enum HTMLFigureStyle {
  static let text = """
    figure { margin: 1.2rem 0 1.6rem; }
    .plate > *, .plate > picture > img { display: block; max-width: 100%; max-height: 94vh; height: auto; }
    .onWhite { background: #fff; padding: .6rem; border-radius: 3px; width: fit-content; max-width: 100%; }
    .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 1.2rem; }
    .pair > figure { margin: 0 0 1rem; }
    .pixels > img { max-width: min(100%, 34rem); }
    figcaption { font-size: .9rem; line-height: 1.45; color: var(--soft); margin-top: .6rem; }
    figcaption b { color: var(--ink); }
    .table > figcaption { margin: 0 0 .5rem; max-width: 90ch; }
    .scroll { overflow: auto; width: fit-content; max-width: 100%; }
    .long > .scroll { max-height: 86vh; }
    .scroll:has(> .folded) { max-height: none; }
    .table table { width: max-content; }
    .table :is(th, td) { max-width: 44ch; overflow-wrap: break-word; }
    .prose > .scroll { margin: 0 0 1rem; }
    table { border-collapse: separate; border-spacing: 0; font-size: .92rem; line-height: 1.4;
      font-variant-numeric: tabular-nums lining-nums; border-top: 1.5px solid var(--ink);
      border-bottom: 1.5px solid var(--ink); }
    th { font-weight: 600; text-align: left; border-bottom: 1px solid var(--ink); vertical-align: bottom; }
    th, td { padding: .34rem 1.4rem .34rem 0; background: var(--paper); }
    td { vertical-align: baseline; }
    th:last-child, td:last-child { padding-right: .3rem; }
    thead th { position: sticky; top: 0; z-index: 1; }
    .table :is(th, td):first-child { position: sticky; left: 0; max-width: min(44ch, 42vw); }
    .table thead th:first-child { z-index: 2; }
    tfoot tr:first-child td { border-top: 1px solid var(--ink); }
    .number { text-align: right; white-space: nowrap; }
    th button { all: unset; cursor: pointer; font: inherit; position: relative; }
    th button:hover { color: var(--link); }
    th button:focus-visible { outline: 2px solid var(--link); outline-offset: 1px; border-radius: 2px; }
    th[aria-sort] button::after { content: "▲"; position: absolute; left: calc(100% + .2em); font-size: .7em; bottom: .15em; }
    th[aria-sort="descending"] button::after { content: "▼"; }
    .more { margin-top: .5rem; }
    .times { border: 0; margin-top: .5rem; }
    .times td { padding-top: .1rem; padding-bottom: .1rem; }
    @media screen { .folded > tbody > tr:nth-child(n+\(HTMLScript.shownRows + 1)) { display: none; } }
    @media (max-width: 40rem) { th, td { padding-right: 1rem; } table { font-size: .86rem; } }

    """
}
