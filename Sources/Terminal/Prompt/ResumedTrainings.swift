import Language
import Vocabulary

/// Trainings that were stopped and gone on with, each as the one training that they amount to: with the same bits, and
/// without the stop, which no replay can repeat.
struct ResumedTrainings {
  private(set) var entries: [Transcript.Entry]
  private(set) var warnings: [String] = []
  private let registry: Registry

  init(_ entries: [Transcript.Entry], registry: Registry) { (self.entries, self.registry) = (entries, registry) }

  /// Puts the last input that goes on with a training in the place of the statement that was stopped first.
  mutating func fold() {
    var index = 0
    while index < entries.count {
      if let name = entries[index].stoppedStatement?.onlyName,
        let next = entries[(index + 1)...].firstIndex(where: { $0.boundNames.contains(name) }),
        let resumed = ResumedCall(entries[next].program), resumed.name == name, resumed.stoppedName == name
      {
        take(next, resumed, into: index)
      } else {
        index += 1
      }
    }
    for (index, entry) in entries.enumerated() {
      guard let resumed = ResumedCall(entry.program), resumed.resume.truth == nil, let name = resumed.stoppedName,
        let begun = entries[..<index].last(where: { $0.boundNames.contains(name) }),
        begun.stoppedStatement?.onlyName == name
      else { continue }
      warnings.append(
        "\(entry.cell) goes on with a training that a replay of \(begun.cell) does not stop, and will fail there: bind "
          + "what goes on to `\(name)`, the name of what was stopped")
    }
  }

  private mutating func take(_ next: Int, _ resumed: ResumedCall, into first: Int) {
    for entry in entries[(first + 1)..<next] where entry.program.readNames.contains(resumed.name) {
      warnings.append("\(entry.cell) saw `\(resumed.name)` before its training had ended; its replay sees the end")
    }
    let last = entries.remove(at: next)
    var bytes = Array(last.workedText.utf8)
    if resumed.resume.truth == nil {
      var start = resumed.resume.label.start
      while start > 0, bytes[start - 1] == UInt8(ascii: " ") { start -= 1 }
      bytes.removeSubrange(start..<resumed.resume.span.end)
    }
    entries[first].take(bytes, of: last, registry: registry)
  }
}

extension Transcript.Entry {
  /// Has the text of an input that went on with it instead of the statement that was stopped.
  fileprivate mutating func take(_ bytes: [UInt8], of last: Transcript.Entry, registry: Registry) {
    let whole = Array(text.utf8.prefix(reach.last?.start ?? 0)) + bytes
    text = String(decoding: whole, as: UTF8.self)
    program = parse(Source(text, name: cell), registry: registry).program
    let earlierValue = reach.value
    let shift = whole.count - last.reach.end
    reach = last.reach
    reach.end = whole.count
    reach.last = program.statements.last?.span
    // A value alone stands behind what was cut out.
    reach.value = last.reach.value.map { Span($0.start + shift, $0.end + shift) } ?? earlierValue
    numbers += last.numbers
    outcome = last.outcome
    let kept = { (texts: [String]) in texts.filter { !$0.hasPrefix(TrainingParameters.goingOn) } }
    let before = outputBeforeLast
    output = before + kept(last.output)
    outputBeforeLast = before + kept(last.outputBeforeLast)
  }
}
