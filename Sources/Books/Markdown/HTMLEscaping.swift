import Language

/// A text as it may stand in HTML, in an element or in a quoted attribute; control characters are written out.
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
    default: if scalar.isHidden { result += visible(String(scalar)) } else { result.unicodeScalars.append(scalar) }
    }
  }
  return result
}
