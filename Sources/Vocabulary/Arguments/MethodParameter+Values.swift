import Language
import Methods

extension MethodParameter {
  /// What the language has for a value: a text where it stands for a word.
  func value(_ value: Double) -> Value { word(value).map { .text($0) } ?? .number(value) }
}

extension Record {
  /// Values of parameters by their names.
  init(_ parameters: some Sequence<(MethodParameter, Double)>) {
    self.init()
    for (parameter, value) in parameters { self[parameter.name] = parameter.value(value) }
  }
}
