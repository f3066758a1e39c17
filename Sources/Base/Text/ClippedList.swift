/// Names in a row, cut where it gets long: `a, b and 120 more`.
public func clippedList(_ names: [String], showing count: Int = 5) -> String {
  guard names.count > count else { return names.joined(separator: ", ") }
  return names.prefix(count).joined(separator: ", ") + " and \(names.count - count) more"
}
