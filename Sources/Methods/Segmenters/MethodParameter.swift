import Base

/// A number or a choice that a segmenter without networks works with.
package struct MethodParameter: Sendable {
  package enum Kind: Sendable, Hashable {
    case number(ClosedRange<Double>)
    case whole(ClosedRange<Int>)
    /// Its value is the place of a word.
    case choice([String])
  }

  /// Who says so: the paper that the method is of, or whoever fills what that leaves open.
  package enum Origin: String, Sendable { case source, ours }

  /// As commands and files call it: `minimum-area`.
  package let name: String
  package let kind: Kind
  /// `nil` for one that is learnt from masks.
  package let initial: Double?
  /// `px at 512`; empty for a plain number or a part of something.
  package let unit: String
  package let origin: Origin
  /// What it is, in a few words.
  package let meaning: String
  /// The choice of another parameter without which it changes nothing.
  package private(set) var condition: (parameter: String, words: [String])?

  package init(
    _ name: String, _ kind: Kind, initial: Double? = nil, unit: String = "", origin: Origin = .ours, _ meaning: String
  ) {
    (self.name, self.kind, self.initial, self.unit) = (name, kind, initial, unit)
    (self.origin, self.meaning) = (origin, meaning)
  }

  package static func number(
    _ name: String, _ range: ClosedRange<Double>, _ initial: Double, unit: String = "", origin: Origin = .ours,
    _ meaning: String
  ) -> MethodParameter {
    MethodParameter(name, .number(range), initial: initial, unit: unit, origin: origin, meaning)
  }

  package static func whole(
    _ name: String, _ range: ClosedRange<Int>, _ initial: Int, unit: String = "", origin: Origin = .ours,
    _ meaning: String
  ) -> MethodParameter {
    MethodParameter(name, .whole(range), initial: Double(initial), unit: unit, origin: origin, meaning)
  }

  package static func choice<Word: RawRepresentable & CaseIterable>(
    _ name: String, _ words: Word.Type, _ initial: Word, origin: Origin = .ours, _ meaning: String
  ) -> MethodParameter where Word.RawValue == String {
    let texts = words.allCases.map(\.rawValue)
    return MethodParameter(
      name, .choice(texts), initial: Double(texts.firstIndex(of: initial.rawValue) ?? 0), origin: origin, meaning)
  }

  /// The same, which counts with some choices of another parameter alone.
  package func only<Word: RawRepresentable>(
    with parameter: String, _ words: Word...
  ) -> MethodParameter where Word.RawValue == String {
    var result = self
    result.condition = (parameter, words.map(\.rawValue))
    return result
  }

  /// Whether it can have a value.
  package func allows(_ value: Double) -> Bool {
    switch kind {
    case .number(let range): range.contains(value)
    case .whole(let range): Int(exactly: value).map(range.contains) ?? false
    case .choice(let words): Int(exactly: value).map(words.indices.contains) ?? false
    }
  }

  /// What it can be, in words: `from 3 to 101 px`.
  package var domain: String {
    let unit = unit.isEmpty ? "" : " \(unit)"
    switch kind {
    case .number(let range): return "from \(rangeText(range))\(unit)"
    case .whole(let range): return "a whole number from \(rangeText(range))\(unit)"
    case .choice(let words): return words.joined(separator: " | ")
    }
  }

  /// The word that a value stands for; `nil` where it is a number.
  package func word(_ value: Double) -> String? {
    if case .choice(let words) = kind { words[Int(value)] } else { nil }
  }

  /// A value as it is read, without its unit: `15`, `median`.
  package func plainText(_ value: Double) -> String { word(value) ?? numberText(value) }

  /// The value that a text stands for; `nil` where it can have no such value.
  package func value(of text: String) -> Double? {
    let value: Double? =
      if case .choice(let words) = kind { words.firstIndex(of: text).map(Double.init) } else { Double(text) }
    return value.flatMap { allows($0) ? $0 : nil }
  }

  /// The same with its unit: `15 px`.
  package func written(_ value: Double) -> String { plainText(value) + (unit.isEmpty ? "" : " \(unit)") }
}

/// The values of a method's parameters.
package struct MethodSettings: Sendable {
  private let parameters: [MethodParameter]
  /// In their order.
  package private(set) var values: [Double]

  /// - Parameter values: in the order of the parameters, each one that it can have.
  package init(_ parameters: [MethodParameter], values: [Double]) {
    precondition(parameters.count == values.count, "a value a parameter")
    precondition(zip(parameters, values).allSatisfy { $0.allows($1) }, "values are among those that there can be")
    (self.parameters, self.values) = (parameters, values)
  }

  package subscript(name: String) -> Double {
    get { values[place(of: name)] }
    set {
      let place = place(of: name)
      precondition(parameters[place].allows(newValue), "`\(name)` can have that value")
      values[place] = newValue
    }
  }

  /// The condition that a parameter would need to count, and what is chosen instead; `nil` where it counts.
  package func missingCondition(
    of parameter: MethodParameter
  ) -> (parameter: String, words: [String], chosen: String)? {
    guard let (name, words) = parameter.condition, let chosen = parameters[place(of: name)].word(self[name]),
      !words.contains(chosen)
    else { return nil }
    return (name, words, chosen)
  }

  /// Each parameter with its value.
  package var pairs: [(parameter: MethodParameter, value: Double)] { zip(parameters, values).map { ($0, $1) } }

  package func whole(_ name: String) -> Int { Int(self[name]) }

  package func choice<Word: RawRepresentable & CaseIterable>(
    _ name: String, of words: Word.Type
  ) -> Word where Word.RawValue == String {
    words.allCases[words.allCases.index(words.allCases.startIndex, offsetBy: whole(name))]
  }

  private func place(of name: String) -> Int {
    guard let place = parameters.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("the method has a parameter `\(name)`")
    }
    return place
  }
}
