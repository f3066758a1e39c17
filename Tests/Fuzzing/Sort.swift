import Language

/// What a generated expression is meant to give.
indirect enum Sort: Equatable, Sendable {
  case number(Unit)
  case truth
  case text
  case list(Sort)
  case record
  case range
  case row
  /// A command by its name; only where an argument stands, since a name that stands alone is called.
  case function

  /// Any of them, the plain ones more often.
  static func any(_ random: inout SeededGenerator) -> Sort {
    switch random.below(13) {
    case 0...3: .number(.one)
    case 4: .number(random.pick(Unit.allCases))
    case 5: .truth
    case 6, 7: .text
    case 8, 9: .list(random.pick([.number(.one), .text, .list(.number(.one)), .row]))
    case 10: .record
    case 11: .range
    default: .row
    }
  }

  /// Whether a value is of this sort.
  func holds(_ value: Value) -> Bool {
    switch (self, value) {
    case (.number(let unit), .number(_, let found)): unit == found
    case (.truth, .truth), (.text, .text), (.record, .record), (.range, .range), (.function, .function): true
    case (.list(let element), .list(let values)): values.allSatisfy { element.holds($0) }
    case (.row, .object): true
    default: false
    }
  }
}
