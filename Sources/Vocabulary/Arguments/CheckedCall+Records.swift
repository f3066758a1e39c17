import Language

/// Arguments that are records of values of one type under their titles.
extension CheckedCall {
  /// The values of such a record; `nil` as long as they aren't known.
  ///
  /// - Parameter mistake: what is reported of a title whose value is of another type.
  mutating func record<T: ObjectValue>(
    _ parameter: String, of type: T.Type, orReport mistake: (_ title: String) -> Failure
  ) -> [(title: String, value: T)]? {
    for (title, value) in self[parameter].fields ?? [] where !value.mayBe(T.typeName) {
      report(mistake(title), on: parameter)
    }
    return record(parameter, of: type)
  }

  /// The same, of values that have been looked at.
  func record<T: ObjectValue>(_ parameter: String, of type: T.Type) -> [(title: String, value: T)]? {
    guard case .record(let record)? = value(parameter) else { return nil }
    return record.names.compactMap { title in
      guard case .object(let object)? = record[title], let value = object as? T else { return nil }
      return (title, value)
    }
  }
}
