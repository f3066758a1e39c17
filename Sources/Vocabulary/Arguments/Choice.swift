import Language

/// Choices of the language stand for the cases of an enumeration by their raw values.
extension Parameter {
  /// A labelled choice among the cases of an enumeration, with its documented default.
  static func option<T: CaseIterable & RawRepresentable>(_ name: String, default value: T, _ help: String) -> Parameter
  where T.RawValue == String {
    .option(name, .choice(T.allCases.map(\.rawValue)), default: .text(value.rawValue), help)
  }
}

extension Arguments {
  /// The case that a choice names; the signature guarantees that there is one.
  func choice<T: RawRepresentable>(_ name: String, as type: T.Type = T.self) -> T where T.RawValue == String {
    guard let choice = T(rawValue: text(name)) else { preconditionFailure("'\(name)' offers a choice nobody declared") }
    return choice
  }
}
