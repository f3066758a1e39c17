/// A formula in the small part of TeX that a book needs, as text for a terminal: `L_G = −∑ log D(x)²`.
package func mathText(_ source: String) -> String {
  var reader = RenderedFormula(mathHTML(source, isDisplayed: false)[...])
  return reader.text(until: nil).replacing("\u{2009}", with: " ").replacing("\u{2003}", with: "  ")
}

/// Reads the markup that `mathHTML` writes: what is raised, lowered, divided and under a root is said by characters and
/// brackets, so that it can't be read as another formula.
private struct RenderedFormula {
  private var rest: Substring
  /// Whether a function's name stands before an index or an exponent, behind which its argument comes.
  private var hasOpenFunction = false

  init(_ html: Substring) { rest = html }

  /// Everything up to the end of an element, which is read too.
  mutating func text(until end: String?) -> String {
    var text = ""
    while let first = rest.first {
      switch first {
      case "<":
        let tag = rest.prefix { $0 != ">" }.dropFirst()
        rest = rest.dropFirst(tag.count + 2)
        if tag.first == "/" {
          if tag.dropFirst() == end ?? "" { return text }
        } else {
          let isOfFunction = hasOpenFunction && tag.hasPrefix("su")
          text += element(tag, after: text)
          if isOfFunction, !isFollowedByScript {
            hasOpenFunction = false
            if let next = rest.first, !"( )<".contains(next) || rest.hasPrefix("<i>") { text += " " }
          }
        }
      case "√" where rest.dropFirst().hasPrefix(Self.overline):
        rest = rest.dropFirst(1 + Self.overline.count)
        let root = self.text(until: "span")
        let sign = "√" + (isFollowedByOperand ? "(\(root))" : inBrackets(root))
        text += isFollowedByScript ? "(\(sign))" : sign
      case "&":
        let entity = rest.prefix { $0 != ";" }
        rest = rest.dropFirst(entity.count + 1)
        text += ["&amp": "&", "&lt": "<", "&gt": ">", "&quot": "\""][String(entity)] ?? ""
      default:
        text.append(first)
        rest = rest.dropFirst()
      }
    }
    return text
  }

  private static let overline = "<span class=\"over\">"

  private mutating func element(_ tag: Substring, after text: String) -> String {
    switch tag {
    case "br/": return "\n"
    case "sup":
      let raised = self.text(until: "sup")
      return Self.shifted(raised, Self.superscripts) ?? "^" + (raised.count == 1 ? raised : "(\(raised))")
    case "sub":
      let lowered = self.text(until: "sub")
      let isWord = lowered.count == 1 || lowered.allSatisfy { $0.isLetter } && !isFollowedByOperand
      return Self.shifted(lowered, Self.subscripts) ?? "_" + (isWord ? lowered : "(\(lowered))")
    case "span class=\"frac\"": return fraction(after: text)
    case "span class=\"fn\"":
      let name = self.text(until: "span")
      let isApart = text.last.map { !" \u{2009}([−".contains($0) } ?? false
      hasOpenFunction = isFollowedByScript
      return (isApart ? " " : "") + name + (rest.first == "(" || hasOpenFunction ? "" : " ")
    default: return self.text(until: String(tag.prefix { $0 != " " }))
    }
  }

  /// `a/b`, in brackets of its own where a factor or an exponent stands beside it.
  private mutating func fraction(after text: String) -> String {
    let parts = (0..<2).map { _ in
      rest = rest.dropFirst("<span>".count)
      return inBrackets(self.text(until: "span"))
    }
    _ = self.text(until: "span")
    let fraction = parts.joined(separator: "/")
    let isFactor = text.last.map { $0.isLetter || $0.isNumber || "/)]".contains($0) } ?? false
    return isFactor || isFollowedByOperand || isFollowedByScript ? "(\(fraction))" : fraction
  }

  private var isFollowedByScript: Bool { rest.hasPrefix("<sup>") || rest.hasPrefix("<sub>") }

  /// Whether a factor stands directly behind.
  private var isFollowedByOperand: Bool {
    guard let next = rest.first else { return false }
    if next == "<" { return ["<i>", "<b>", "<span class=\"frac\">"].contains { rest.hasPrefix($0) } }
    return next.isLetter || next.isNumber || "(√".contains(next)
  }

  /// As one operand: a symbol, a number and a name in capitals are one as they are.
  private func inBrackets(_ text: String) -> String {
    let isOne =
      text.count == 1 || text.allSatisfy { $0.isNumber || $0 == "." }
      || text.unicodeScalars.allSatisfy { ("A"..."Z").contains($0) }
    return isOne ? text : "(\(text))"
  }

  private static func shifted(_ text: String, _ characters: [Character: Character]) -> String? {
    let mapped = text.compactMap { characters[$0] }
    return mapped.count == text.count ? String(mapped) : nil
  }

  private static let superscripts = pairs("0123456789+−()niTk′", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱᵀᵏ′")
  private static let subscripts = pairs("0123456789+−()aeijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₐₑᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")

  private static func pairs(_ plain: String, _ shifted: String) -> [Character: Character] {
    Dictionary(zip(plain, shifted)) { first, _ in first }
  }
}
