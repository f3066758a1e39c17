/// A formula in the small part of TeX that a book needs, as text for a terminal: `L_G = −∑ log D(x)²`.
package func mathText(_ source: String) -> String {
  var reader = RenderedFormula(mathHTML(source, isDisplayed: false)[...])
  return reader.text(until: nil).replacing("\u{2009}", with: " ").replacing("\u{2003}", with: "  ")
}

/// Reads the markup that `mathHTML` writes: what is raised, lowered, divided and under a root is said by characters.
private struct RenderedFormula {
  private var rest: Substring

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
          text += element(tag, after: text)
        }
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

  private mutating func element(_ tag: Substring, after text: String) -> String {
    switch tag {
    case "br/": return "\n"
    case "sup": return raised(self.text(until: "sup"), by: "^", Self.superscripts)
    case "sub": return raised(self.text(until: "sub"), by: "_", Self.subscripts)
    case "span class=\"frac\"":
      let parts = (0..<2).map { _ in
        rest = rest.dropFirst("<span>".count)
        return inBrackets(self.text(until: "span"))
      }
      _ = self.text(until: "span")
      return parts.joined(separator: "/")
    case "span class=\"over\"":
      let inner = self.text(until: "span")
      return text.hasSuffix("√") ? inBrackets(inner) : inner
    case "span class=\"fn\"":
      let name = self.text(until: "span")
      let isApart = text.last.map { !" \u{2009}([−".contains($0) } ?? false
      return (isApart ? " " : "") + name + (rest.first == "(" ? "" : " ")
    default: return self.text(until: String(tag.prefix { $0 != " " }))
    }
  }

  private func raised(_ text: String, by mark: String, _ characters: [Character: Character]) -> String {
    let mapped = text.compactMap { characters[$0] }
    return mapped.count == text.count ? String(mapped) : mark + inBrackets(text)
  }

  private func inBrackets(_ text: String) -> String {
    text.count == 1 || text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." } ? text : "(\(text))"
  }

  private static let superscripts = pairs("0123456789+−()niTk′", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱᵀᵏ′")
  private static let subscripts = pairs("0123456789+−()aeijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₐₑᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")

  private static func pairs(_ plain: String, _ shifted: String) -> [Character: Character] {
    Dictionary(zip(plain, shifted)) { first, _ in first }
  }
}
