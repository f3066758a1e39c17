/// An expression that was written in the way of another language, as far as it can be said in ours.
indirect enum Phrase {
  /// A name, a number or a text as it is to be written.
  case atom(String)
  /// A command or function with its arguments; without any it is called by its name.
  case call(Phrase, [PhraseArgument])
  case member(Phrase, String)
  case element(Phrase, Phrase)
  case list([Phrase])
  case record([PhraseArgument])
  case range(Phrase, Phrase)
  case negation(Phrase)
  case inversion(Phrase)
  case binary(Phrase, Operator, Phrase)
  case pipe(Phrase, [Phrase])
  case conditional([PhraseBranch], otherwise: [Sentence]?)
  case loop(String, Phrase, [Sentence])
  case block([Sentence])
}

/// An argument, a field or a parameter; the label of a field may be a text in quotes.
struct PhraseArgument {
  var label: String?
  var value: Phrase
}

struct PhraseBranch {
  let condition: Phrase
  let body: [Sentence]
}

/// A statement that was written in the way of another language.
enum Sentence {
  case binding([String], Phrase)
  /// A function; parameters without a default come first.
  case definition(String, [PhraseParameter], [Sentence])
  /// `print` or `show`.
  case output(String, [Phrase], labels: [PhraseArgument])
  case expression(Phrase)
  /// The value that a function gives back, where it ends.
  case result(Phrase)
  /// A body that is still to be written.
  case open

  /// What stands for it.
  static let ellipsis = "…"
}

struct PhraseParameter {
  let name: String
  let defaultValue: Phrase?
}

extension Phrase {
  /// The name that it is, where it is one.
  var name: String? {
    guard case .atom(let text) = self, let first = text.unicodeScalars.first else { return nil }
    return first.properties.isAlphabetic || first == "_" ? text : nil
  }

  /// Whether it is a text in quotes.
  var isText: Bool {
    guard case .atom(let text) = self else { return false }
    return text.hasPrefix("\"") || text.hasPrefix("'")
  }

  /// A number without a fraction, where it is one as written, and one that is counted exactly.
  var wholeNumber: Int? {
    switch self {
    case .atom(let text): Int(text).flatMap { $0.magnitude <= Self.largestExact ? $0 : nil }
    case .negation(let inner): inner.wholeNumber.map { -$0 }
    default: nil
    }
  }

  /// What stands behind a range whose end is not written.
  static var openEnd: Phrase { .atom("") }
  var isOpenEnd: Bool { if case .atom("") = self { true } else { false } }

  /// 2^53: whole numbers up to it are numbers of the language.
  static let largestExact = 1 << 53

  /// Whether its value has no fraction, whatever the names in it stand for.
  var isSurelyWhole: Bool {
    switch self {
    case .atom: wholeNumber != nil
    case .member(_, let name): name == "count"
    case .negation(let inner): inner.isSurelyWhole
    case .binary(let left, let symbol, let right):
      [.add, .subtract, .multiply].contains(symbol) && left.isSurelyWhole && right.isSurelyWhole
    default: false
    }
  }
}

extension [Sentence] {
  /// How many `return` stand where these end: as the last statement, or at the end of a choice that is the last and
  /// has an `else`.
  var finalReturns: Int {
    switch last {
    case .result: 1
    case .expression(.conditional(let branches, .some(let otherwise))):
      branches.reduce(otherwise.finalReturns) { $0 + $1.body.finalReturns }
    default: 0
    }
  }
}
