import Mustache

/// The page of a report. `{{x}}` is escaped; `{{{x}}}` was escaped where it was made.
///
/// Everything can be read without the script; the page asks the network for nothing, and its policy forbids it to.
enum HTMLTemplates {
  static let page: MustacheTemplate = {
    do {
      return try MustacheTemplate(string: source)
    } catch {
      preconditionFailure("the report's template is broken: \(error)")
    }
  }()

  /// What a cell puts out.
  private static let outputs = """
    {{#outputs}}
    {{#text}}<pre class="out" tabindex="0">{{text}}</pre>
    {{/text}}
    {{#figure}}<figure id="{{name}}"><div class="plate {{kind}}">\
    {{#drawing}}{{{drawing}}}{{/drawing}}{{#address}}<img src="{{address}}" alt="{{alternative}}"/>{{/address}}\
    {{#moving}}<picture><source media="print, (prefers-reduced-motion: reduce)" srcset="{{still}}"/>\
    <img src="{{address}}" alt="{{alternative}}"/></picture>{{/moving}}\
    </div><figcaption><b>Figure {{number}}.</b> {{caption}}</figcaption></figure>
    {{/figure}}
    {{#table}}<figure class="table{{#wide}} wide{{/wide}}{{#long}} long{{/long}}" id="{{name}}">\
    {{#title}}<figcaption>{{title}}</figcaption>{{/title}}
    <div class="scroll" tabindex="0" role="region" aria-label="Table: {{about}}"><table>
    <thead><tr>{{#columns}}<th scope="col"{{#number}} class="number"{{/number}}>{{text}}</th>{{/columns}}</tr></thead>
    <tbody>
    {{#rows}}<tr>{{#cells}}<td{{#number}} class="number"{{/number}}>{{text}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody>
    {{#summary}}<tfoot>
    {{#rows}}<tr>{{#cells}}<td{{#number}} class="number"{{/number}}>{{text}}</td>{{/cells}}</tr>
    {{/rows}}
    </tfoot>
    {{/summary}}
    </table></div></figure>
    {{/table}}
    {{#pair}}<div class="pair">{{#sides}}<figure><div class="plate pixels">\
    {{#address}}<img src="{{address}}" alt="{{alternative}}"/>{{/address}}{{^address}}<p class="note">{{missing}}</p>{{/address}}\
    </div><figcaption>{{caption}}</figcaption></figure>{{/sides}}</div>
    {{/pair}}
    {{/outputs}}

    """

  private static let source = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; \
    script-src '{{scriptDigest}}'{{#watch}} '{{digest}}' 'self' file:{{/watch}}; base-uri 'none'; form-action 'none'"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <meta name="generator" content="cnp {{engine}}"/>
    {{#kind}}<meta name="description" content="{{kind}}"/>
    {{/kind}}
    <title>{{title}}</title>
    <style>
    {{{style}}}</style>
    </head>
    <body>
    <a class="skip" href="#content">Skip to the content</a>
    <div class="page{{#contents}} with-contents{{/contents}}">
    <div class="side">
    <div class="tools" id="tools" hidden="hidden"><button type="button">Hide all code</button> \
    <label>Colours <select><option value="">as the system</option><option value="light">light</option>\
    <option value="dark">dark</option></select></label></div>
    {{#contents}}<nav aria-label="Contents"><p>Contents</p><ol>
    {{#entries}}<li class="level-{{level}}"><a href="#{{anchor}}">{{{html}}}</a></li>
    {{/entries}}
    </ol></nav>
    {{/contents}}
    </div>
    <main id="content" tabindex="-1">
    {{#opening}}<div class="prose">{{{opening}}}</div>
    {{/opening}}
    {{#heading}}<h1>{{heading}}</h1>
    {{/heading}}
    {{#authors}}<p class="authors">{{authors}}</p>
    {{/authors}}
    {{#notice}}<p class="notice" role="alert">{{text}} <a href="#cell-{{label}}">See cell {{label}}</a></p>
    {{/notice}}
    {{#sections}}
    {{#prose}}<div class="prose">{{{html}}}</div>{{/prose}}
    {{#part}}<section class="cell silent">
    \(outputs)</section>{{/part}}
    {{#cell}}
    <section class="cell{{^code}} silent{{/code}}" id="cell-{{label}}" aria-label="Cell {{label}}">
    <a class="label" href="#cell-{{label}}" title="Link to this cell">{{label}}</a>
    {{#solution}}<details class="solution"><summary>Solution</summary>{{/solution}}
    {{#code}}<details class="source" open="open"><summary>Code</summary>\
    <pre class="code" tabindex="0"><code>{{{code}}}</code></pre></details>
    {{/code}}
    \(outputs)    {{#error}}<div class="error{{#expected}} expected{{/expected}}"><p>{{#expected}}This cell shows an error:\
    {{/expected}}{{^expected}}Here the run stopped.{{/expected}}</p><pre tabindex="0">{{text}}</pre></div>
    {{/error}}
    {{#note}}<p class="note">{{note}}</p>
    {{/note}}
    {{#solution}}</details>{{/solution}}
    </section>
    {{/cell}}
    {{/sections}}
    {{#run}}
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
    {{/run}}
    </main>
    </div>
    <script>{{{script}}}</script>
    {{#watch}}<script>{{{script}}}</script>
    {{/watch}}
    </body>
    </html>

    """
}
