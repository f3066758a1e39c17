import Language

/// An input of the language with its number: a change of the corpus, or a program by the grammar, right or nearly right.
public struct LanguageInput: Sendable {
  public let text: String
  /// The same program written otherwise.
  let rewritten: String?
  /// What top-level names are bound to in the end; nil where that is not promised.
  let expected: [(name: String, sort: Sort)]?

  /// - Parameter mutator: holds the corpus.
  public init(seed: UInt64, index: Int, mutator: Mutator) {
    var random = SeededGenerator(seed: seed, index: index)
    switch random.below(10) {
    case 0...3:
      (text, rewritten, expected) = (String(decoding: mutator.input(&random), as: UTF8.self), nil, nil)
    case 4...6:
      var generator = ProgramGenerator(random: random, faultRate: 0)
      generator.program()
      text = generator.layout.plain
      rewritten = generator.layout.rearranged(&generator.random)
      expected = generator.scope
    default:
      var generator = ProgramGenerator(random: random, faultRate: random.pick([5, 20, 80]))
      generator.program()
      random = generator.random
      var bytes = Array(generator.layout.plain.utf8)
      for _ in 0..<random.below(3) { mutator.mutate(&bytes, &random) }
      (text, rewritten, expected) = (String(decoding: bytes, as: UTF8.self), nil, nil)
    }
  }
}

extension LanguageTrial {
  public func examine(_ input: LanguageInput) throws(Fault) {
    try examine(input.text)
    // What is generated is right for the tests' commands only.
    guard runs else { return }
    if let rewritten = input.rewritten { try examineSame(input.text, rewritten) }
    if let expected = input.expected { try expectRight(input.text, expected) }
  }

  /// A program that was made right is found right, and its names are bound to what they were meant to be.
  private func expectRight(_ text: String, _ expected: [(name: String, sort: Sort)]) throws(Fault) {
    let result = parse(Source(text, name: "fuzz"), registry: registry)
    if let mistake = result.diagnostics.first { throw Fault("right program refused by the parser", mistake.code) }
    var session = Session(registry: registry)
    if let finding = session.check(result.program, locate: { .found("/\($0)") }).errors.first {
      // Values can be wrong where kinds are right.
      if valueCodes.contains(finding.code) { return }
      throw Fault("right program refused by the checker", "\(finding.code): \(finding.message)")
    }
    do throws(Diagnostic) {
      try session.run(result.program, cell: "fuzz", host: TrialHost(polls: 60, bytes: 1 << 20))
    } catch {
      if valueCodes.contains(error.code) { return }
      throw Fault("right program fails", "\(error.code): \(error.message)")
    }
    for (name, sort) in expected {
      guard let value = session.bindings[name] else { throw Fault("name is not bound", name) }
      guard sort.holds(value) else { throw Fault("value of another sort", "\(name): \(sort) is \(inline(value))") }
    }
  }
}

/// Codes that depend on values.
private let valueCodes: Set<String> = [
  "division-by-zero", "not-finite", "index-out-of-range", "out-of-range", "range-reversed", "range-end", "interrupted",
  "calls-too-deep", "xor-short", "value-too-large", "nested-too-deep", "not-whole",
]
