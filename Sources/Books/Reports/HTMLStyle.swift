/// How a report looks on a screen: quiet rules, prose in lines that the eye finds again, and for code, tables and figures as
/// much width as there is.
enum HTMLStyle {
  static let text = HTMLColours.style + frame + prose + code + HTMLFigureStyle.text + HTMLPrintStyle.text

  private static let frame = """
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 17px/1.58 "Source Serif 4", "Source Serif Pro", Charter, "Bitstream Charter", "Iowan Old Style", Georgia,
      "DejaVu Serif", serif; font-kerning: normal; }
    :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
    .skip { position: absolute; left: -100vw; top: .4rem; z-index: 9; background: var(--paper); padding: .3rem .6rem; }
    .skip:focus { left: .4rem; }
    .page { max-width: 118rem; margin: 0 auto; padding: 1.2rem clamp(1rem, 3.2vw, 3.5rem) 5rem; }
    main { outline: 0; min-width: 0; padding-top: .8rem; }
    button, select { font: .82rem/1.4 system-ui, "DejaVu Sans", sans-serif; color: var(--ink); background: var(--wash);
      border: 1px solid var(--rule); border-radius: 4px; padding: .22rem .6rem; cursor: pointer; }
    .tools { display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: center; justify-content: flex-end;
      font: .82rem/1.4 system-ui, "DejaVu Sans", sans-serif; color: var(--soft); }
    .tools[hidden] { display: none; }
    nav { border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); padding: .8rem 0; margin: 1rem 0;
      font-size: .93rem; }
    nav p { margin: 0 0 .3rem; color: var(--soft); font-variant-caps: all-small-caps; letter-spacing: .06em; }
    nav ol { list-style: none; margin: 0; padding: 0; columns: 20rem 3; column-gap: 2rem; }
    nav li { break-inside: avoid; padding: .12rem 0; overflow-wrap: anywhere; }
    nav .level-3 { padding-left: 1.1rem; }
    nav a { text-decoration: none; }
    @media (min-width: 90rem) { .with-contents { display: grid; grid-template-columns: 15rem minmax(0, 1fr);
        column-gap: clamp(2rem, 4vw, 5rem); align-items: start; }
      .with-contents .side { position: sticky; top: 0; max-height: 100vh; overflow: auto; padding: 1.2rem 4px; }
      .with-contents .tools { justify-content: flex-start; } nav ol { columns: auto; } }
    footer { margin-top: 3.5rem; border-top: 1px solid var(--rule); font-size: .9rem; }
    footer h2 { font-size: 1.05rem; margin-top: 1.3rem; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.4rem; margin: 0 0 1rem; }
    dt { color: var(--soft); }
    dd { margin: 0; overflow-wrap: anywhere; }
    @media (max-width: 40rem) { body { font-size: 16px; } h1 { font-size: 1.55rem; } .page { padding-top: .6rem; }
      .tools { justify-content: flex-start; } p { hyphens: auto; } .math { white-space: normal; } }

    """

  private static let prose = """
    h1, h2, h3, h4 { line-height: 1.25; font-weight: 600; text-wrap: balance; overflow-wrap: break-word; }
    h1 { font-size: 1.95rem; margin: 0 0 1.3rem; letter-spacing: -.01em; }
    h2 { font-size: 1.32rem; margin: 2.6rem 0 .7rem; }
    h3 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
    p, ul, ol, blockquote { margin: 0 0 1rem; }
    .prose > :is(p, ul, ol, blockquote, h1, h2, h3, h4, h5, h6), main > h1, .authors, .notice, figcaption, .note, footer dl
      { max-width: 62ch; }
    p { overflow-wrap: break-word; }
    a { color: var(--link); text-decoration-thickness: .06em; text-underline-offset: .16em; }
    .anchor { opacity: 0; margin-left: .4em; font-weight: 400; text-decoration: none; color: var(--soft); }
    :is(h1, h2, h3, h4, h5, h6):hover > .anchor, .anchor:focus-visible { opacity: 1; }
    @media (hover: none) { .anchor { opacity: .6; } }
    blockquote { border-left: 3px solid var(--rule); padding-left: 1rem; color: var(--soft); margin-left: 0; }
    hr { border: 0; border-top: 1px solid var(--rule); margin: 2rem 0; }
    img { max-width: 100%; height: auto; }
    .authors { color: var(--soft); margin-top: -.8rem; }
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
    .notice { border: 1px solid var(--bad); background: var(--bad-wash); padding: .7rem .95rem; border-radius: 4px; }
    .note, .missing { color: var(--soft); font-style: italic; margin: .5rem 0 0; }

    """

  private static let code = """
    code, pre { font-family: "JetBrains Mono", "SF Mono", ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
      font-size: .8rem; line-height: 1.55; }
    :is(p, li, td, th, dd) code { font-size: .85em; background: var(--wash); padding: .08em .3em; border-radius: 3px;
      overflow-wrap: anywhere; }
    pre { margin: 0; padding: .75rem .95rem; overflow-x: auto; tab-size: 2; background: var(--wash); border-radius: 4px; }
    .prose pre { margin: 0 0 1rem; }
    .cell { position: relative; margin: 1.1rem 0 1.7rem; scroll-margin-top: 1rem; }
    .cell:target > .source > .code { border-left-color: var(--link); }
    .label { position: absolute; right: 0; top: 0; font: .74rem/1.7 system-ui, "DejaVu Sans", sans-serif;
      color: var(--soft); text-decoration: none; }
    .silent > .label { display: block; position: static; text-align: right; }
    .label:hover { text-decoration: underline; }
    summary { cursor: pointer; color: var(--soft); font: .74rem/1.7 system-ui, "DejaVu Sans", sans-serif;
      width: fit-content; padding-right: .6rem; }
    .code { border-left: 3px solid var(--rule); border-radius: 0 4px 4px 0; }
    .code .c { color: var(--soft); font-style: italic; }
    .code .k { color: var(--keyword); font-weight: 600; }
    .code .t { color: var(--text); }
    .code .n { color: var(--number); }
    .code .l { color: var(--label); }
    .out { background: none; padding-top: .65rem; padding-bottom: .3rem; }
    .error { border-left: 3px solid var(--bad); background: var(--bad-wash); padding: .7rem .95rem; margin-top: .6rem;
      border-radius: 0 4px 4px 0; }
    .error p { margin: 0 0 .4rem; color: var(--bad); font-weight: 600; }
    .error pre { background: none; padding: 0; }
    .error.expected { border-color: var(--soft); background: var(--wash); }
    .error.expected p { color: var(--soft); font-weight: 400; }
    @media (max-width: 40rem) { code, pre { font-size: .74rem; } }

    """
}
