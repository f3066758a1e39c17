import Language

/// How far a long command has come, as one line: `train-gan ━━━━━━━━━━────── 34/100  loss 0.294  dsc 0.81  12 s left`.
///
/// The bar is left out of a log.
package func progressLine(_ progress: Progress, withBar: Bool) -> String {
  var parts: [String] = []
  let count = "\(progress.done)/\(progress.total)"
  parts.append(withBar ? "\(progress.label) \(bar(progress)) \(count)" : "\(progress.label) \(count)")
  for (name, value) in progress.readings { parts.append("\(name) \(fourDigits(value))") }
  if let seconds = progress.secondsLeft, seconds.isFinite, progress.done < progress.total {
    parts.append("\(duration(seconds)) left")
  }
  return parts.joined(separator: "  ")
}

private func bar(_ progress: Progress) -> String {
  let width = 20
  let share = progress.total > 0 ? Double(progress.done) / Double(progress.total) : 0
  let filled = Int((min(max(share, 0), 1) * Double(width)).rounded(.down))
  return String(repeating: "━", count: filled) + String(repeating: "─", count: width - filled)
}

/// Four significant digits, without an exponent where a person would not write one.
package func fourDigits(_ value: Double) -> String {
  guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "−∞" : "∞" }
  let magnitude = abs(value)
  if magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e6) {
    var exponent = 0
    var mantissa = value
    while abs(mantissa) >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while abs(mantissa) < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return "\(fixed(mantissa, decimals: 3))e\(exponent)"
  }
  var decimals = 4
  var bound = 1.0
  while decimals > 0 && magnitude >= bound { (decimals, bound) = (decimals - 1, bound * 10) }
  return fixed(value, decimals: decimals)
}

private func fixed(_ value: Double, decimals: Int) -> String {
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let whole = Int((abs(value) * scale).rounded())
  let digits = String(whole)
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  let sign = value < 0 && whole > 0 ? "-" : ""
  return decimals == 0 ? sign + padded : sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}

/// A time in the two units that matter: `48 s`, `12 min 30 s`, `3 h 05 min`.
package func duration(_ seconds: Double) -> String {
  let total = Int(min(max(seconds, 0), 1e9).rounded(.up))
  func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  if total < 60 { return "\(total) s" }
  if total < 3_600 { return "\(total / 60) min \(twoDigits(total % 60)) s" }
  return "\(total / 3_600) h \(twoDigits(total / 60 % 60)) min"
}
