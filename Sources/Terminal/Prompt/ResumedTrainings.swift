import Imaging
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
      if let (next, resumed) = successor(of: index) { take(next, resumed, into: index) } else { index += 1 }
    }
    for entry in entries {
      let begins = entry.program.calls.contains { call in
        call.labels[TrainingParameters.resumeName].map { $0.truth == nil && $0.label.start < entry.reach.end } ?? false
      }
      if begins {
        warnings.append(
          "\(entry.cell) goes on with a training: where a replay has not stopped that, it will fail, or give other numbers"
        )
      } else if entry.output.contains(where: { $0.kind == .resumption }) {
        warnings.append("\(entry.cell) went on from a file; its replay may find another")
      }
    }
  }

  /// The next input that binds the name of a training that was stopped, if all that it does is to go on with it, and it
  /// may as well have done so where that was stopped.
  private func successor(of index: Int) -> (index: Int, resumed: ResumedCall)? {
    let entry = entries[index]
    guard let stopped = entry.stoppedStatement, let name = stopped.onlyName,
      entry.program.outermostCall(of: stopped)?.labels[TrainingParameters.resumeName].map({ $0.truth != nil }) ?? true,
      let next = entries[(index + 1)...].firstIndex(where: { $0.boundNames.contains(name) }),
      let resumed = ResumedCall(entries[next].program), resumed.goesOn(with: stopped, of: entry.program)
    else { return nil }
    let between = entries[(index + 1)..<next].flatMap(\.boundNames)
    return Set(between).isDisjoint(with: entries[next].program.readNames) ? (next, resumed) : nil
  }

  private mutating func take(_ next: Int, _ resumed: ResumedCall, into first: Int) {
    for entry in entries[(first + 1)..<next] where entry.program.readNames.contains(resumed.name) {
      warnings.append("\(entry.cell) saw `\(resumed.name)` before its training had ended; its replay sees the end")
    }
    entries[first].take(entries.remove(at: next), resumed, registry: registry)
  }
}

extension Transcript.Entry {
  /// Has the text of an input that went on with it instead of the statement that was stopped.
  fileprivate mutating func take(_ last: Transcript.Entry, _ resumed: ResumedCall, registry: Registry) {
    var bytes = Array(last.workedText.utf8)
    var cut = 0
    if resumed.resume.truth == nil {
      var start = resumed.resume.label.start
      while start > 0, bytes[start - 1] == UInt8(ascii: " ") { start -= 1 }
      cut = resumed.resume.span.end - start
      bytes.removeSubrange(start..<resumed.resume.span.end)
    }
    let before = Array(text.utf8.prefix(reach.last?.start ?? 0))
    text = String(decoding: before + bytes, as: UTF8.self)
    program = parseDeep(Source(text, name: cell), registry: registry).program
    let earlier = reach
    reach = last.reach
    reach.hasDrawn = reach.hasDrawn || earlier.hasDrawn
    // All of it stands behind what was cut out.
    reach.end += before.count - cut
    reach.last = program.statements.last { $0.span.end <= reach.end }?.span
    reach.value =
      last.reach.value.map { Span($0.start + before.count - cut, $0.end + before.count - cut) } ?? earlier.value
    numbers += last.numbers
    staleNames += last.staleNames
    outcome = last.outcome
    let outputBefore = outputBeforeLast
    let ending = last.output.firstIndex { $0.kind == .resumption }
    func kept(_ texts: [PutText]) -> [PutText] {
      texts.indices.filter { $0 != ending }.map { texts[$0] }
    }
    output = outputBefore + kept(last.output)
    outputBeforeLast = outputBefore + kept(last.outputBeforeLast)
  }
}
