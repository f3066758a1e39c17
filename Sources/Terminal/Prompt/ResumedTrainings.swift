import Language
import Vocabulary

/// Trainings that were stopped and gone on with, each as the one training that they amount to: with the same bits, and
/// without the stop, which no replay can repeat.
struct ResumedTrainings {
  private(set) var entries: [Transcript.Entry]
  private(set) var warnings: [String] = []
  private let registry: Registry

  init(_ entries: [Transcript.Entry], registry: Registry) { (self.entries, self.registry) = (entries, registry) }

  /// Puts the last input that goes on with a training in the place of the first one.
  mutating func fold() {
    var index = 0
    while index < entries.count {
      if entries[index].outcome == .interrupted, let name = trainedName(of: entries[index]),
        let next = entries[(index + 1)...].firstIndex(where: { $0.boundNames.contains(name) }),
        goesOn(entries[next], with: name)
      {
        take(next, into: index, name)
      } else {
        index += 1
      }
    }
  }

  /// The name that an input of a single statement binds.
  private func trainedName(of entry: Transcript.Entry) -> String? {
    guard entry.program.statements.count == 1, entry.boundNames.count == 1 else { return nil }
    return entry.boundNames[0]
  }

  private func goesOn(_ entry: Transcript.Entry, with name: String) -> Bool {
    guard trainedName(of: entry) == name, let resumed = resumption(in: entry) else { return false }
    return text(resumed.span, of: entry) == name
  }

  private func resumption(in entry: Transcript.Entry) -> WrittenCall.LabelledValue? {
    entry.program.calls.lazy.compactMap { $0.labels[TrainingParameters.resumeName] }.first
  }

  private func text(_ span: Span, of entry: Transcript.Entry) -> String {
    String(decoding: entry.input.utf8.dropFirst(span.start).prefix(span.end - span.start), as: UTF8.self)
  }

  private mutating func take(_ next: Int, into first: Int, _ name: String) {
    for entry in entries[(first + 1)..<next] where entry.program.readNames.contains(name) {
      warnings.append("\(entry.cell) saw `\(name)` before its training had ended; its replay sees the end")
    }
    let last = entries.remove(at: next)
    guard let resumed = resumption(in: last) else { return }
    var bytes = Array(last.input.utf8.prefix(last.workedBytes))
    var start = resumed.label.start
    while start > 0, bytes[start - 1] == UInt8(ascii: " ") { start -= 1 }
    bytes.removeSubrange(start..<resumed.span.end)
    let input = String(decoding: bytes, as: UTF8.self)
    entries[first].input = input
    entries[first].program = parse(Source(input, name: entries[first].cell), registry: registry).program
    entries[first].workedBytes = bytes.count
    entries[first].outcome = last.outcome
    entries[first].output = Array(last.output.drop { $0.hasPrefix(TrainingParameters.goingOn) })
  }
}
