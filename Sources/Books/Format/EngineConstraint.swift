import Vocabulary

/// The version of this program; books may ask for a range of versions.
public enum Engine {
  public static let version = engineVersion
}

/// The engine versions that a book asks for: `>=0.1 <1.0`.
public struct EngineConstraint: Sendable, Hashable {
  private enum Comparison: String, CaseIterable {
    case atLeast = ">=", atMost = "<=", above = ">", below = "<", equal = "="
  }
  private struct Bound: Sendable, Hashable {
    let comparison: Comparison
    let version: [Int]
  }

  public let text: String
  private let bounds: [Bound]

  /// `nil` when the text is no list of bounds such as `>=0.1 <1.0`.
  public init?(_ text: String) {
    var bounds: [Bound] = []
    for word in text.split(separator: " ") {
      guard
        let comparison = Comparison.allCases.first(where: { word.hasPrefix($0.rawValue) }),
        let version = EngineConstraint.numbers(word.dropFirst(comparison.rawValue.count))
      else { return nil }
      bounds.append(Bound(comparison: comparison, version: version))
    }
    guard !bounds.isEmpty else { return nil }
    self.text = text
    self.bounds = bounds
  }

  public func allows(_ version: String) -> Bool {
    guard let numbers = EngineConstraint.numbers(version) else { return false }
    return bounds.allSatisfy { bound in
      let below = EngineConstraint.isBelow(numbers, bound.version)
      let above = EngineConstraint.isBelow(bound.version, numbers)
      return switch bound.comparison {
      case .atLeast: !below
      case .atMost: !above
      case .above: above
      case .below: below
      case .equal: !below && !above
      }
    }
  }

  private static func numbers(_ text: some StringProtocol) -> [Int]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...3).contains(parts.count), parts.allSatisfy({ ($0 ?? -1) >= 0 }) else { return nil }
    return parts.map { $0 ?? 0 }
  }

  /// Missing parts count as 0: 0.1 is 0.1.0.
  private static func isBelow(_ first: [Int], _ second: [Int]) -> Bool {
    func padded(_ parts: [Int]) -> [Int] { parts + [Int](repeating: 0, count: 3 - parts.count) }
    return padded(first).lexicographicallyPrecedes(padded(second))
  }
}
