import Base

/// What a parameter accepts, in words: `a whole number from 1 to 500`.
public func describe(_ accepts: Accepts) -> String {
  switch accepts {
  case .any: "any value"
  case .truth: "true or false"
  case .number(.one, let bounds): "a number\(describe(bounds, .one))"
  case .number(let unit, let bounds): "a number in \(unit.rawValue)\(describe(bounds, unit))"
  case .integer(let bounds): "a whole number\(describe(bounds, .one))"
  case .text: "a text"
  case .path: "a path"
  case .topic: "a word"
  case .choice(let words): words.count == 1 ? "the word \(words[0])" : "one of \(words.joined(separator: ", "))"
  case .list(let element): "a list, each \(describe(element))"
  case .record: "a record"
  case .range: "a range"
  case .function: "a command or function"
  case .object(let name): withArticle(name)
  case .either(let alternatives): alternatives.map(describe).joined(separator: ", or ")
  case .optional(let inner): describe(inner) + ", or none"
  }
}

private func describe(_ bounds: Bounds, _ unit: Unit) -> String {
  bounds.words { display(number: $0) + unit.rawValue }
}

/// A kind in words: `a number`, `an image`.
public func describe(_ kind: Kind) -> String {
  switch kind {
  case .any: "a value"
  case .none: "none"
  case .truth: "a truth value"
  case .number: "a number"
  case .text: "a text"
  case .list: "a list"
  case .record: "a record"
  case .range: "a range"
  case .function: "a function"
  case .object(let name): withArticle(name)
  case .oneOf(let kinds): kinds.map(describe).joined(separator: " or ")
  }
}

/// What was found, in words: the value itself where it is short.
func describe(_ known: Known) -> String {
  guard let constant = known.constant else {
    return describe(known.kind) + (known.unit.map { $0 == .one ? "" : " in \($0.rawValue)" } ?? "")
  }
  return switch constant {
  case .number(let number, let unit): "the number \(display(number: number))\(unit.rawValue)"
  case .text(let text): "the text \(quoted(text.count > 40 ? text.prefix(40) + "…" : text))"
  case .list(let elements): elements.isEmpty ? "an empty list" : "a list of \(elements.count)"
  case .range(let range): "the range \(range.lowerBound)..\(range.upperBound)"
  case .object(let object): "the \(object.summary)"
  case .function(let function): "the \(inline(.function(function)))"
  case .truth(let truth): truth ? "true" : "false"
  case .none: "none"
  case .record: "a record"
  }
}

func withArticle(_ noun: String) -> String {
  // Predictions and metrics are several by their name.
  if noun.hasSuffix("s") { return noun }
  let isVowel = noun.first.map { "aeiouAEIOU".contains($0) } ?? false
  return (isVowel ? "an " : "a ") + noun
}
