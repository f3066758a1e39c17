/// Cohen's κ: how far two gradings of the same things agree beyond what chance alone would bring about (Cohen 1960, with
/// weights 1968).
public struct CohenKappa: Sendable, Hashable, Codable {
  /// What a disagreement weighs.
  public enum Weights: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every one the same.
    case none
    /// By how many categories lie between, and by the square of that.
    case linear, quadratic
  }

  /// 1 where they agree in everything, 0 where they agree as often as by chance.
  public let value: Double
  /// Of a large sample of things that are independent of each other (Fleiss, Cohen & Everitt 1969). Neighbouring pixels are
  /// not: over the pixels of an image it is far too small.
  public let standardError: Double

  /// What holds κ with probability 0.95, as far as the standard error is right.
  public var interval: ClosedRange<Double> {
    let reach = NormalDistribution.quantile(0.975) * standardError
    return value - reach...value + reach
  }

  /// - Parameter counts: `counts[i][j]`: how many things the first called i and the second j; square.
  /// - Returns: `nil` where both use one category alone, or nothing was graded.
  public init?(counts: [[Int]], weights: Weights = .none) {
    precondition(counts.allSatisfy { $0.count == counts.count }, "a table of two gradings is square")
    let things = counts.joined().reduce(0, +)
    guard things > 0, !counts.indices.contains(where: { counts[$0][$0] == things }) else { return nil }
    let total = Double(things)
    let shares = counts.map { row in row.map { Double($0) / total } }
    let places = shares.indices
    let rows = shares.map { $0.reduce(0, +) }
    let columns = places.map { column in shares.reduce(0) { $0 + $1[column] } }
    let credit = places.map { i in places.map { j in weights.credit(i, j, of: places.count) } }
    let seen = places.reduce(0) { sum, i in places.reduce(sum) { $0 + credit[i][$1] * shares[i][$1] } }
    let expected = places.reduce(0) { sum, i in places.reduce(sum) { $0 + credit[i][$1] * rows[i] * columns[$1] } }
    value = (seen - expected) / (1 - expected)
    // The mean credit of each category, given what the other uses.
    let ofRow = places.map { i in places.reduce(0) { $0 + columns[$1] * credit[i][$1] } }
    let ofColumn = places.map { j in places.reduce(0) { $0 + rows[$1] * credit[$1][j] } }
    let squares = places.reduce(0) { sum, i in
      places.reduce(sum) { sum, j in
        let term = credit[i][j] * (1 - expected) - (ofRow[i] + ofColumn[j]) * (1 - seen)
        return sum + shares[i][j] * term * term
      }
    }
    let middle = seen * expected - 2 * expected + seen
    let chance = (1 - expected) * (1 - expected)
    standardError = (max(0, squares - middle * middle) / total).squareRoot() / chance
  }

  /// Of masks, from pixels counted by what both say.
  public init?(both: Int, firstAlone: Int, secondAlone: Int, neither: Int) {
    self.init(counts: [[neither, secondAlone], [firstAlone, both]])
  }

  /// Of lists of grades: categories by their numbers, from 0 to `categories` − 1.
  public init?(_ first: [Int], _ second: [Int], categories: Int, weights: Weights = .none) {
    precondition(first.count == second.count, "grades come in pairs")
    precondition((first + second).allSatisfy { (0..<categories).contains($0) }, "a grade is one of the categories")
    var counts = [[Int]](repeating: [Int](repeating: 0, count: categories), count: categories)
    for (i, j) in zip(first, second) { counts[i][j] += 1 }
    self.init(counts: counts, weights: weights)
  }
}

extension CohenKappa.Weights {
  /// What a pair of categories counts as agreement: 1 for equal ones, 0 for the farthest.
  fileprivate func credit(_ first: Int, _ second: Int, of count: Int) -> Double {
    guard first != second else { return 1 }
    let distance = Double(abs(first - second)) / Double(max(1, count - 1))
    return switch self {
    case .none: 0
    case .linear: 1 - distance
    case .quadratic: 1 - distance * distance
    }
  }
}
