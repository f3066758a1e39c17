/// A text as it may stand in HTML, in an element or in a quoted attribute; control characters are left out.
func escapedHTML(_ text: some StringProtocol) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\n", "\t": result.unicodeScalars.append(scalar)
    default: if scalar.value >= 32 && scalar.value != 127 { result.unicodeScalars.append(scalar) }
    }
  }
  return result
}
