/// A walk through earlier inputs that begin as the typed one does up to its cursor.
package struct HistoryRecall: Sendable {
  private let draft: Draft
  private let prefix: String
  /// The place of the input that is shown; `nil` for the draft.
  private var place: Int?

  /// - Parameter draft: what was typed, which the walk comes back to.
  package init(of draft: Draft) {
    self.draft = draft
    prefix = String(decoding: Array(draft.text.utf8.prefix(draft.cursor)), as: UTF8.self)
  }

  /// The next input that way, oldest first, other than the one that is shown; behind the newest one the draft.
  ///
  /// - Returns: `nil` where there is none that way.
  package mutating func step(_ direction: LineMove, through inputs: [String]) -> Draft? {
    let shown = place.map { inputs[$0] } ?? draft.text
    func fits(_ input: String) -> Bool { input.utf8.starts(with: prefix.utf8) && input != shown }
    switch direction {
    case .up:
      guard let found = inputs[..<(place ?? inputs.count)].lastIndex(where: fits) else { return nil }
      place = found
    case .down:
      guard let current = place else { return nil }
      place = inputs[(current + 1)...].firstIndex(where: fits)
    }
    return place.map { Draft(inputs[$0], cursor: inputs[$0].utf8.count) } ?? draft
  }
}
