/// How far a long command has come, as a line of a log: `epoch 3/100, step 34/5400  loss 0.294  DSC 0.81  12 s left`.
///
/// - Parameter bar: drawn before the numbers; empty for none.
public func logLine(_ progress: Progress, bar: String = "") -> String {
  var parts = ["\(progress.label) \(bar.isEmpty ? "" : bar + " ")\(progress.done)/\(progress.total)"]
  for (name, value) in progress.readings { parts.append("\(name) \(fourDigits(value))") }
  if let seconds = progress.secondsLeft, seconds.isFinite, progress.done < progress.total {
    parts.append("\(duration(seconds, inTenths: false)) left")
  }
  return parts.joined(separator: "  ")
}

/// Four significant digits, without an exponent where a person would not write one.
public func fourDigits(_ value: Double) -> String {
  guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "−∞" : "∞" }
  let magnitude = abs(value)
  if magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e6) {
    var exponent = 0
    var mantissa = value
    while abs(mantissa) >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while abs(mantissa) < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return "\(fixedPoint(mantissa, decimals: 3))e\(exponent)"
  }
  var decimals = 4
  var bound = 1.0
  while decimals > 0 && magnitude >= bound { (decimals, bound) = (decimals - 1, bound * 10) }
  return fixedPoint(value, decimals: decimals)
}
