import Mustache

/// The page of a report. `{{x}}` is escaped; `{{{x}}}` was escaped where it was made.
enum HTMLTemplates {
  static let page: MustacheTemplate = {
    do {
      return try MustacheTemplate(string: source)
    } catch {
      preconditionFailure("the report's template is broken: \(error)")
    }
  }()

  private static let source = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <meta name="generator" content="cnp {{engine}}"/>
    <title>{{title}}</title>
    <style>
    {{{style}}}</style>
    </head>
    <body>
    <main>
    {{{opening}}}
    {{#heading}}<h1>{{heading}}</h1>
    {{/heading}}
    {{#authors}}<p class="authors">{{authors}}</p>
    {{/authors}}
    {{#notice}}<p class="notice" role="alert">{{text}} <a href="#cell-{{label}}">See cell {{label}}</a></p>
    {{/notice}}
    {{#contents}}<nav aria-label="Contents"><p>Contents</p><ol>
    {{#entries}}<li class="level-{{level}}"><a href="#{{anchor}}">{{{html}}}</a></li>
    {{/entries}}
    </ol></nav>
    {{/contents}}
    {{#sections}}
    {{#prose}}{{{html}}}{{/prose}}
    {{#cell}}
    <section class="cell" id="cell-{{label}}">
    {{#solution}}<details><summary>Solution</summary>{{/solution}}
    {{#code}}<pre class="code" tabindex="0"><code>{{{code}}}</code></pre>
    {{/code}}
    {{#outputs}}
    {{#text}}<pre class="out" tabindex="0">{{text}}</pre>
    {{/text}}
    {{#figure}}<figure id="{{name}}"><div class="plate{{#pixels}} pixels{{/pixels}}"><img src="{{address}}" \
    alt="{{alternative}}"/></div><figcaption><b>Figure {{number}}.</b> {{caption}}</figcaption></figure>
    {{/figure}}
    {{#table}}<div class="table"><table>{{#title}}<caption>{{title}}</caption>{{/title}}
    <thead><tr>{{#columns}}<th{{#number}} class="number"{{/number}}>{{text}}</th>{{/columns}}</tr></thead>
    <tbody>
    {{#rows}}<tr>{{#cells}}<td{{#number}} class="number"{{/number}}>{{text}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody></table></div>
    {{/table}}
    {{/outputs}}
    {{#error}}<div class="error{{#expected}} expected{{/expected}}"><p>{{#expected}}This cell shows an error:\
    {{/expected}}{{^expected}}Here the run stopped.{{/expected}}</p><pre tabindex="0">{{text}}</pre></div>
    {{/error}}
    {{#note}}<p class="note">{{note}}</p>
    {{/note}}
    {{#solution}}</details>{{/solution}}
    </section>
    {{/cell}}
    {{/sections}}
    <footer>
    <h2 id="this-run">This run</h2>
    <dl>
    {{#facts}}<dt>{{name}}</dt><dd>{{value}}</dd>
    {{/facts}}
    </dl>
    <details><summary>Time of each cell</summary>
    <table class="times"><tbody>
    {{#cells}}<tr><td><a href="#cell-{{label}}">{{label}}</a></td><td>{{ending}}</td><td class="number">{{time}}</td></tr>
    {{/cells}}
    </tbody></table></details>
    </footer>
    </main>
    </body>
    </html>

    """

  /// Typeset like the supplement of a journal: one column, quiet rules, figures on white plates.
  static let style = """
    :root { --paper: #fdfdfb; --ink: #1b1c1e; --soft: #5d6167; --rule: #d9dadb; --wash: #f3f4f2; --link: #1f4e79;
      --bad: #a3261b; --bad-wash: #fbefec; --keyword: #7a2e6b; --text: #2d6a35; --number: #1f5a8c; --label: #8a5a00; }
    @media (prefers-color-scheme: dark) { :root { --paper: #17191c; --ink: #e4e5e3; --soft: #a0a5ab; --rule: #383c41;
      --wash: #202328; --link: #8fbfe8; --bad: #f2a197; --bad-wash: #321f1d; --keyword: #d9a0cd; --text: #9fcfa4;
      --number: #9cc6ea; --label: #dbb978; } }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 17px/1.58 "Source Serif 4", "Source Serif Pro", Charter, "Bitstream Charter", "Iowan Old Style", Georgia,
      "DejaVu Serif", serif; font-kerning: normal; }
    main { max-width: 46rem; margin: 0 auto; padding: 3.2rem 1.25rem 5rem; }
    h1, h2, h3, h4 { line-height: 1.25; font-weight: 600; text-wrap: balance; }
    h1 { font-size: 1.95rem; margin: 0 0 1.3rem; letter-spacing: -.01em; }
    h2 { font-size: 1.32rem; margin: 2.6rem 0 .7rem; }
    h3 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
    p, ul, ol, blockquote { margin: 0 0 1rem; }
    p { hyphens: auto; overflow-wrap: break-word; }
    a { color: var(--link); text-decoration-thickness: .06em; text-underline-offset: .16em; }
    blockquote { border-left: 3px solid var(--rule); padding-left: 1rem; color: var(--soft); margin-left: 0; }
    hr { border: 0; border-top: 1px solid var(--rule); margin: 2rem 0; }
    img { max-width: 100%; height: auto; }
    .authors { color: var(--soft); margin-top: -.8rem; }
    nav { border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); padding: .8rem 0; margin: 1.6rem 0 2rem;
      font-size: .93rem; }
    nav p { margin: 0 0 .3rem; color: var(--soft); font-variant-caps: all-small-caps; letter-spacing: .06em; }
    nav ol { list-style: none; margin: 0; padding: 0; columns: 2; column-gap: 2rem; }
    nav li { break-inside: avoid; padding: .12rem 0; }
    nav .level-3 { padding-left: 1.1rem; }
    nav a { text-decoration: none; }
    code, pre { font-family: "JetBrains Mono", "SF Mono", ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
      font-size: .8rem; line-height: 1.55; }
    p code, li code, td code { font-size: .85em; background: var(--wash); padding: .08em .3em; border-radius: 3px; }
    pre { margin: 0; padding: .75rem .95rem; overflow-x: auto; tab-size: 2; background: var(--wash); border-radius: 4px; }
    main > pre { margin: 0 0 1rem; }
    .cell { margin: 1.3rem 0 1.7rem; scroll-margin-top: 1rem; }
    .code { border-left: 3px solid var(--rule); border-radius: 0 4px 4px 0; }
    .code .c { color: var(--soft); font-style: italic; }
    .code .k { color: var(--keyword); font-weight: 600; }
    .code .t { color: var(--text); }
    .code .n { color: var(--number); }
    .code .l { color: var(--label); }
    .out { background: none; padding-top: .65rem; padding-bottom: .3rem; }
    figure { margin: 1.4rem 0 1.6rem; }
    .plate { background: #fff; text-align: center; border-radius: 3px; }
    .plate img { display: inline-block; vertical-align: top; }
    .pixels { background: none; text-align: left; }
    .pixels img { max-width: min(100%, 26rem); }
    @media (prefers-color-scheme: dark) { .plate:not(.pixels) { padding: .6rem; } }
    figcaption, caption { font-size: .9rem; line-height: 1.45; color: var(--soft); text-align: left; }
    figcaption { margin-top: .6rem; }
    figcaption b { color: var(--ink); }
    .table { overflow-x: auto; margin: 1.2rem 0 1.5rem; }
    table { border-collapse: collapse; font-size: .92rem; line-height: 1.4; font-variant-numeric: tabular-nums lining-nums;
      border-top: 1.5px solid var(--ink); border-bottom: 1.5px solid var(--ink); margin: 0 0 1rem; }
    .table table { margin: 0; min-width: 60%; }
    caption { padding-bottom: .5rem; }
    th { font-weight: 600; text-align: left; border-bottom: 1px solid var(--ink); }
    th, td { padding: .34rem 1.4rem .34rem 0; vertical-align: baseline; }
    th:last-child, td:last-child { padding-right: 0; }
    .number { text-align: right; white-space: nowrap; }
    .error { border-left: 3px solid var(--bad); background: var(--bad-wash); padding: .7rem .95rem; margin-top: .6rem;
      border-radius: 0 4px 4px 0; }
    .error p { margin: 0 0 .4rem; color: var(--bad); font-weight: 600; }
    .error pre { background: none; padding: 0; }
    .error.expected { border-color: var(--soft); background: var(--wash); }
    .error.expected p { color: var(--soft); font-weight: 400; }
    .notice { border: 1px solid var(--bad); background: var(--bad-wash); padding: .7rem .95rem; border-radius: 4px; }
    .note, .missing { color: var(--soft); font-style: italic; margin: .5rem 0 0; }
    .math { white-space: nowrap; }
    .math i { padding-right: .04em; }
    .math sub, .math sup { font-size: .72em; line-height: 0; }
    .math .fn { padding: 0 .14em; }
    .math .op { font-size: 1.2em; padding: 0 .08em; vertical-align: -.06em; }
    .math .over { border-top: 1px solid; padding: 0 .1em; }
    .math .frac { display: inline-flex; flex-direction: column; vertical-align: middle; text-align: center; font-size: .86em;
      line-height: 1.25; }
    .math .frac > span:first-child { border-bottom: 1px solid; padding: 0 .25em; }
    .math.display { display: block; text-align: center; margin: .4rem 0; font-size: 1.06em; overflow-x: auto;
      overflow-y: hidden; padding: .35rem 0; }
    footer { margin-top: 3.5rem; border-top: 1px solid var(--rule); font-size: .9rem; }
    footer h2 { font-size: 1.05rem; margin-top: 1.3rem; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.4rem; margin: 0 0 1rem; }
    dt { color: var(--soft); }
    dd { margin: 0; overflow-wrap: anywhere; }
    summary { cursor: pointer; color: var(--soft); }
    .times { border: 0; margin-top: .5rem; }
    .times td { padding-top: .1rem; padding-bottom: .1rem; }
    @media (max-width: 40rem) { body { font-size: 16px; } main { padding-top: 1.6rem; } h1 { font-size: 1.55rem; }
      nav ol { columns: 1; } th, td { padding-right: .8rem; } table { font-size: .86rem; } code, pre { font-size: .74rem; } p { hyphens: auto; } .math { white-space: normal; } }
    @media print { :root { --paper: #fff; --ink: #000; --soft: #444; --rule: #bbb; --wash: #f5f5f5; --link: #000; }
      body { font-size: 10pt; } main { max-width: none; padding: 0; } nav { display: none; }
      pre { white-space: pre-wrap; overflow: visible; } figure, table, .error { break-inside: avoid; }
      h2, h3 { break-after: avoid; } a { text-decoration: none; } @page { margin: 2cm; } }

    """
}
