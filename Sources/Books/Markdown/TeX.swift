/// A formula in the small part of TeX that a book needs, as HTML without any script.
///
/// What it doesn't know it shows as it is written.
package func mathHTML(_ source: String, isDisplayed: Bool) -> String {
  var reader = TeXReader(source)
  let body = reader.sequence(until: nil, depth: 0)
  return "<span class=\"math\(isDisplayed ? " display" : "")\" role=\"math\">\(body)</span>"
}

/// Reads TeX from left to right and writes HTML.
private struct TeXReader {
  private let scalars: [Character]
  private var index = 0
  /// How many indices and exponents the reader is inside of: there everything is set tight.
  private var scriptDepth = 0
  /// Whether an operand stands before: an operator after it has space on both sides, a sign has none.
  private var followsOperand = false

  init(_ source: String) { scalars = Array(source) }

  /// Everything up to the closing character, which is read too.
  mutating func sequence(until end: Character?, depth: Int) -> String {
    var html = ""
    while index < scalars.count {
      if scalars[index] == end {
        index += 1
        return html
      }
      html += item(depth: depth)
    }
    return html
  }

  /// One letter, number, command or group, with what follows it raised or lowered.
  private mutating func item(depth: Int) -> String {
    let character = scalars[index]
    guard depth < 24 else {
      index += 1
      return escapedHTML(String(character))
    }
    switch character {
    case "^", "_":
      index += 1
      let tag = character == "^" ? "sup" : "sub"
      guard index < scalars.count else { return "" }
      scriptDepth += 1
      let raised = argument(depth: depth)
      scriptDepth -= 1
      followsOperand = true
      return "<\(tag)>\(raised)</\(tag)>"
    case "{":
      index += 1
      return sequence(until: "}", depth: depth + 1)
    case "\\": return command(depth: depth)
    case "-", "+", "=", "<", ">":
      index += 1
      return spaced(character == "-" ? "\u{2212}" : escapedHTML(String(character)))
    case ",":
      index += 1
      followsOperand = false
      return scriptDepth == 0 ? ", " : ","
    case "'":
      index += 1
      return "\u{2032}"
    case "~", " ", "\n":
      index += 1
      return character == "~" ? "\u{A0}" : ""
    case "&", "}":
      index += 1
      return ""
    default:
      index += 1
      // A bar opens as often as it closes: it leaves things as they were.
      if character != "|" { followsOperand = !"([".contains(character) }
      return character.isLetter ? "<i>\(escapedHTML(String(character)))</i>" : escapedHTML(String(character))
    }
  }

  /// An operator or a relation: thin spaces around it, none where it is a sign.
  private mutating func spaced(_ symbol: String) -> String {
    defer { followsOperand = false }
    return followsOperand && scriptDepth == 0 ? "\u{2009}\(symbol)\u{2009}" : symbol
  }

  /// The argument of a command or of `^` and `_`: a group or a single item.
  private mutating func argument(depth: Int) -> String {
    while index < scalars.count, scalars[index] == " " { index += 1 }
    guard index < scalars.count else { return "" }
    return item(depth: depth + 1)
  }

  /// An argument that begins anew: a sign in front of it is none between operands.
  private mutating func operand(depth: Int) -> String {
    followsOperand = false
    defer { followsOperand = true }
    return argument(depth: depth)
  }

  /// A group as plain text, for `\text{…}`.
  private mutating func plainArgument() -> String {
    guard index < scalars.count, scalars[index] == "{" else { return "" }
    var depth = 0
    let start = index + 1
    while index < scalars.count {
      if scalars[index] == "{" { depth += 1 }
      if scalars[index] == "}" { depth -= 1 }
      index += 1
      if depth == 0 { return escapedHTML(String(scalars[start..<(index - 1)])) }
    }
    return escapedHTML(String(scalars[min(start, scalars.count)...]))
  }

  private mutating func command(depth: Int) -> String {
    index += 1
    var name = ""
    while index < scalars.count, scalars[index].isLetter, scalars[index].isASCII {
      name.append(scalars[index])
      index += 1
    }
    guard !name.isEmpty else {
      guard index < scalars.count else { return "" }
      defer { index += 1 }
      return [",": "\u{2009}", ";": "\u{2005}", ":": "\u{2005}", "!": "", "|": "‖", "\\": "<br/>", " ": " "][
        scalars[index]]
        ?? escapedHTML(String(scalars[index]))
    }
    if let symbol = TeXSymbols.symbols[name] {
      if TeXSymbols.operators.contains(symbol) { return spaced(symbol) }
      followsOperand = symbol.first == "<" && !symbol.hasPrefix("<span") || followsOperand
      return symbol
    }
    if TeXSymbols.functions.contains(name) { return "<span class=\"fn\">\(name)</span>" }
    if let accent = TeXSymbols.accents[name] {
      let base = argument(depth: depth)
      let letter = base.replacing("<i>", with: "").replacing("</i>", with: "")
      return letter.count == 1 ? base.replacing(letter, with: letter + accent) : "<span class=\"over\">\(base)</span>"
    }
    followsOperand = true
    switch name {
    case "frac", "tfrac", "dfrac":
      let (top, bottom) = (operand(depth: depth), operand(depth: depth))
      return "<span class=\"frac\"><span>\(top)</span><span>\(bottom)</span></span>"
    case "sqrt": return "√<span class=\"over\">\(operand(depth: depth))</span>"
    case "text", "mathrm", "operatorname", "textrm", "mathsf", "mbox":
      return "<span class=\"up\">\(plainArgument())</span>"
    case "mathbf", "boldsymbol", "bm": return "<b>\(argument(depth: depth))</b>"
    case "mathcal", "mathit", "mathbb": return argument(depth: depth)
    case "left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "limits": return delimiter()
    default: return "<span class=\"up\">\\\(name)</span>"
    }
  }

  /// A dot after `\left` stands for no delimiter at all.
  private mutating func delimiter() -> String {
    if index < scalars.count, scalars[index] == "." { index += 1 }
    return ""
  }
}
