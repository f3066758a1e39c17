import Language

extension Known {
  /// A text, where it is constant.
  var text: String? {
    if case .text(let text) = constant { text } else { nil }
  }

  /// A dataset, a network and so on with its facts.
  static func dataset(_ facts: DatasetFacts?) -> Known { Known(.object(DatasetValue.typeName), facts: facts) }
  static func network(_ facts: NetworkFacts) -> Known { Known(.object(NetworkValue.typeName), facts: facts) }
  static func predictions(_ facts: PredictionsFacts) -> Known {
    Known(.object(PredictionsValue.typeName), facts: facts)
  }

  /// Whether it can be a value of a plugged-in type.
  func mayBe(_ typeName: String) -> Bool {
    switch kind {
    case .any: true
    case .oneOf(let kinds): kinds.contains(.any) || kinds.contains(.object(typeName))
    default: kind == .object(typeName)
    }
  }
}
