import Books
import Testing

/// Markdown and formulas for a terminal.
struct PlainProseTests {
  @Test(arguments: [
    ("x^2", "x²"), ("\\frac{a}{b}^2", "(a/b)²"), ("1/\\frac{a}{b}", "1/(a/b)"), ("\\frac{ab}{cd}e", "((ab)/(cd))e"),
    ("\\frac{1}{2}x", "(1/2)x"), ("\\sqrt{x}^2", "(√x)²"), ("\\sqrt{x}y", "√(x)y"), ("x^{ab}c", "x^(ab)c"),
    ("\\frac{-a}{b}", "(−a)/b"), ("\\log^2 x", "log² x"), ("x^{n+1}", "xⁿ⁺¹"), ("x_{ij}", "xᵢⱼ"),
    ("x^{(a,b)}", "x^((a,b))"), ("\\frac{a}{b+c}", "a/(b + c)"),
    ("\\frac{TP}{TP + FP}", "TP/(TP + FP)"), ("\\sqrt{x + y}", "√(x + y)"), ("\\alpha \\le \\beta", "α ≤ β"),
    ("-\\log(1 - D(G(x)))", "−log(1 − D(G(x)))"), ("L_{bce} + \\lambda L_{adv}", "L_bce + λL_adv"),
    ("\\text{if } a < b", "if a < b"), ("a \\log b", "a log b"), ("E[\\log x]", "E[log x]"), ("\\hat{y}", "y\u{302}"),
  ])
  func formulas(_ source: String, _ text: String) { #expect(mathText(source) == text) }

  @Test func prose() {
    let text = plainText(
      ofMarkdown: """
        # A title

        Some **strong** words of a
        paragraph with `code` and $x_i$.

        - one
        - two

        $$
        a = b
        $$

        | measure | value |
        | --- | ---: |
        | DSC | 0.5 |
        """)
    #expect(text.hasPrefix("A title\n\nSome strong words of a paragraph with code and xᵢ.\n\n"))
    #expect(text.contains("one\n") && text.contains("\n    a = b\n"))
    #expect(text.hasSuffix("measure  value\n───────  ─────\nDSC        0.5") && !text.contains("**"))
    #expect(plainText(ofMarkdown: "") == "")
    #expect(plainText(ofMarkdown: "It costs $5 and $6.") == "It costs $5 and $6.")
  }
}
