import Language

/// How far a long command has come, as a line that is written over and over:
/// `epoch 3/100, step ━━━━────── 34/5400  loss 0.294  DSC 0.81  12 s left`.
///
/// - Parameter columns: the screen's; the bar shrinks, then goes, then readings go, to leave room for the rest.
package func statusLine(_ progress: Progress, columns: Int) -> String {
  let bar = min(20, columns - 2 - logLine(progress).count)
  guard bar >= 4 else { return shortened(progress, columns: columns - 1) }
  let share = progress.total > 0 ? Double(progress.done) / Double(progress.total) : 0
  let filled = Int((min(max(share, 0), 1) * Double(bar)).rounded(.down))
  let drawn = String(repeating: "━", count: filled) + String(repeating: "─", count: bar - filled)
  return line(progress, count: "\(drawn) \(progress.done)/\(progress.total)")
}

/// Without a bar, and without as many of its readings as do not fit: losses go before the DSC.
private func shortened(_ progress: Progress, columns: Int) -> String {
  let text = logLine(progress)
  guard text.count > columns, !progress.readings.isEmpty else { return text }
  var readings = progress.readings
  readings.remove(at: readings.lastIndex { !$0.name.hasSuffix("DSC") } ?? readings.count - 1)
  let shorter = Progress(
    progress.label, done: progress.done, of: progress.total, readings: readings, secondsLeft: progress.secondsLeft,
    isMilestone: progress.isMilestone)
  return shortened(shorter, columns: columns)
}

/// The same for a log, without a bar.
package func logLine(_ progress: Progress) -> String { line(progress, count: "\(progress.done)/\(progress.total)") }

private func line(_ progress: Progress, count: String) -> String {
  var parts = ["\(progress.label) \(count)"]
  for (name, value) in progress.readings { parts.append("\(name) \(fourDigits(value))") }
  if let seconds = progress.secondsLeft, seconds.isFinite, progress.done < progress.total {
    parts.append("\(duration(seconds, inTenths: false)) left")
  }
  return parts.joined(separator: "  ")
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
    return "\(fixedPoint(mantissa, decimals: 3))e\(exponent)"
  }
  var decimals = 4
  var bound = 1.0
  while decimals > 0 && magnitude >= bound { (decimals, bound) = (decimals - 1, bound * 10) }
  return fixedPoint(value, decimals: decimals)
}
