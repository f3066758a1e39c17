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
  return logLine(progress, bar: drawn)
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
