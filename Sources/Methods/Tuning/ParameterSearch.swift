import Kernels
import Tensors

/// Which values of parameters are tried.
package struct ParameterSearch: Sendable {
  package enum Way: String, Sendable, CaseIterable {
    /// Values drawn at random around the defaults.
    case random
    /// All combinations of values that are given.
    case grid
  }

  package let way: Way
  /// How many settings are tried at random, the defaults among them.
  package let tries: Int
  /// By the parameter's name: the values of a grid, or the parameters that are drawn; empty for all of them.
  package let candidates: [(name: String, values: [Double])]

  package init(_ way: Way = .random, tries: Int = 20, candidates: [(name: String, values: [Double])] = []) {
    (self.way, self.tries, self.candidates) = (way, tries, candidates)
  }

  /// How far a draw goes from the default, to both sides, as a factor.
  private static let reach = 2.0

  /// Settings in the order in which they are tried; the defaults come first of those that are drawn.
  package func settings(of parameters: [MethodParameter], stream: RandomStream) -> [[Double]] {
    let initial = parameters.map { $0.initial ?? 0 }
    switch way {
    case .grid:
      return candidates.reduce([initial]) { settings, candidate in
        guard let place = parameters.firstIndex(where: { $0.name == candidate.name }) else { return settings }
        return settings.flatMap { setting in
          candidate.values.map { value in
            var next = setting
            next[place] = value
            return next
          }
        }
      }
    case .random:
      var generator = stream.generator
      let drawn = parameters.indices.filter { place in
        candidates.isEmpty || candidates.contains { $0.name == parameters[place].name }
      }
      return [initial]
        + (1..<max(1, tries)).map { _ in
          var next = initial
          for place in drawn {
            next[place] = Self.draw(around: initial[place], of: parameters[place], using: &generator)
          }
          return next
        }
    }
  }

  /// Of a number one between half and twice the default, as far as the range goes, evenly in its logarithm; of a default of 0 one
  /// of the whole range. Choices stay as they are.
  private static func draw(
    around initial: Double, of parameter: MethodParameter, using generator: inout some RandomNumberGenerator
  ) -> Double {
    let share = Double.random(in: 0...1, using: &generator)
    func number(_ range: ClosedRange<Double>) -> Double {
      guard initial > 0 else { return range.lowerBound + share * (range.upperBound - range.lowerBound) }
      let (least, most) = (max(range.lowerBound, initial / reach), min(range.upperBound, initial * reach))
      return min(max(least * Self.power(most / least, share), least), most)
    }
    switch parameter.kind {
    case .number(let range): return rounded(number(range), in: range)
    case .whole(let range): return number(Double(range.lowerBound)...Double(range.upperBound)).rounded()
    case .choice: return initial
    }
  }

  /// To three digits, so that what is printed is what was used.
  private static func rounded(_ value: Double, in range: ClosedRange<Double>) -> Double {
    guard value != 0 else { return 0 }
    var scale = 1.0
    while abs(value) * scale < 100 { scale *= 10 }
    while abs(value) * scale >= 1000 { scale /= 10 }
    return min(max((value * scale).rounded() / scale, range.lowerBound), range.upperBound)
  }

  private static func power(_ base: Double, _ exponent: Double) -> Double {
    Elementary.exp(exponent * Elementary.log(base))
  }
}
