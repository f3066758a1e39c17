/// How a report looks on paper: everything open, nothing that scrolls, wide tables on pages laid across.
enum HTMLPrintStyle {
  static let text = """
    @media print {
      @page { margin: 1.7cm 1.6cm; }
      @page across { size: landscape; }
      :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #444; --rule: #bbb; --wash: #f5f5f5; --link: #000; }
      body { font-size: 10pt; }
      .page { display: block; max-width: none; padding: 0; }
      .side, .skip, .more, .anchor, summary { display: none; }
      main { padding: 0; }
      details::details-content { content-visibility: visible; display: block; height: auto; }
      .prose > :is(p, ul, ol, blockquote, h1, h2, h3, h4, h5, h6), figcaption, .table > figcaption, footer dl
        { max-width: none; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; overflow: visible; }
      .math { white-space: normal; }
      .scroll, .long > .scroll, .math.display { overflow: visible; max-height: none; width: auto; }
      .label { display: block; position: static; text-align: right; break-after: avoid; }
      table, .table table { font-size: 8pt; width: auto; max-width: 100%; }
      thead { display: table-header-group; break-inside: avoid; }
      th, td, .table :is(th, td) { padding-right: .9em; max-width: none; overflow-wrap: anywhere; }
      .number { white-space: normal; }
      thead th, .table :is(th, td):first-child { position: static; max-width: none; }
      tfoot { display: table-row-group; }
      th button { display: contents; }
      tr, .plate, .error { break-inside: avoid; }
      .source:has(+ figure:not(.table)) { break-after: avoid; }
      .wide { page: across; }
      figure:not(.table) { break-inside: avoid; }
      .plate > *, .plate > picture > img { max-height: 14cm; }
      .onWhite { padding: 0; }
      h2, h3, .table > figcaption { break-after: avoid; }
      a { text-decoration: none; }
    }

    """
}
