import Glibc

/// The range of a chart's axis with its ticks, at 1, 2 or 5 times a power of ten.
public struct Axis: Sendable, Hashable {
  public struct Tick: Sendable, Hashable {
    public let value: Double
    public let text: String
  }

  public let lower: Double
  public let upper: Double
  public let isLogarithmic: Bool
  public let ticks: [Tick]

  /// Where `value` lies along the axis: 0 at its lower, 1 at its upper end.
  public func position(of value: Double) -> Double {
    isLogarithmic
      ? (log10(value) - log10(lower)) / (log10(upper) - log10(lower)) : (value - lower) / (upper - lower)
  }
}

extension Axis {
  /// Beyond this, differences of values overflow; such values are left out like NaN.
  static let largest = 1e150

  /// A linear axis that starts and ends at ticks around `values`; those that are not finite don't count.
  ///
  /// - Parameters:
  ///   - about: how many ticks are wanted; there may be a few more or less.
  ///   - whole: ticks only at whole numbers (epochs).
  public static func linear(covering values: [Double], about count: Int = 5, whole: Bool = false) -> Axis {
    let finite = values.filter { abs($0) <= largest }
    var low = finite.min() ?? 0
    var high = finite.max() ?? 1
    let magnitude = max(abs(low), abs(high))
    if high - low <= magnitude * 1e-12 {
      let room = magnitude > 0 ? magnitude * 0.1 : 1
      low -= room
      high += room
    }
    var step = NiceStep(atLeast: (high - low) / Double(max(count, 2)))
    if whole, step.exponent < 0 { step = NiceStep(factor: 1, exponent: 0) }
    let first = (low / step.value + 1e-9).rounded(.down)
    let last = max((high / step.value - 1e-9).rounded(.up), first + 1)
    let ticks = (0...Int(last - first)).map { index in
      Tick(value: (first + Double(index)) * step.value, text: step.text(multiple: first + Double(index)))
    }
    return Axis(lower: first * step.value, upper: last * step.value, isLogarithmic: false, ticks: ticks)
  }

  /// A linear axis with exactly these ends, ticks where nice numbers fall inside.
  public static func linear(from lower: Double, to upper: Double, about count: Int = 5, whole: Bool = false) -> Axis {
    precondition(lower < upper && abs(lower) <= largest && abs(upper) <= largest, "an axis rises")
    let wide = linear(covering: [lower, upper], about: count, whole: whole)
    let slack = (upper - lower) * 1e-9
    return Axis(
      lower: lower, upper: upper, isLogarithmic: false,
      ticks: wide.ticks.filter { $0.value >= lower - slack && $0.value <= upper + slack })
  }

  /// A logarithmic axis around the positive ones of `values`.
  public static func logarithmic(covering values: [Double]) -> Axis {
    let positive = values.filter { $0 > 0 && $0 <= largest && $0 >= 1 / largest }
    var low = positive.min() ?? 0.1
    var high = positive.max() ?? 1
    if high / low < 1.5 {
      low /= 1.5
      high *= 1.5
    }
    var steps = logarithmicSteps(around: low, high)
    if let first = steps.first, let last = steps.last, last.exponent - first.exponent > 2 {
      // Over many decades only their ends are ticks, at most about eight.
      let end = last.factor == 1 ? last.exponent : last.exponent + 1
      let every = max(1, (end - first.exponent + 6) / 7)
      let count = (end - first.exponent + every - 1) / every
      steps = (0...count).map { NiceStep(factor: 1, exponent: first.exponent + $0 * every) }
    }
    return Axis(
      lower: steps.first?.value ?? low, upper: steps.last?.value ?? high, isLogarithmic: true,
      ticks: steps.map { Tick(value: $0.value, text: $0.text(multiple: 1)) })
  }

  /// All 1, 2, 5 times powers of ten from just below `low` to just above `high`.
  private static func logarithmicSteps(around low: Double, _ high: Double) -> [NiceStep] {
    var exponent = Int(log10(low).rounded(.down)) - 1
    var steps: [NiceStep] = []
    while true {
      for factor in [1, 2, 5] {
        let step = NiceStep(factor: factor, exponent: exponent)
        if step.value <= low * (1 + 1e-9) { steps.removeAll() }
        steps.append(step)
        if step.value >= high * (1 - 1e-9) { return steps }
      }
      exponent += 1
    }
  }
}

/// 1, 2 or 5 times a power of ten.
struct NiceStep: Hashable {
  let factor: Int
  let exponent: Int

  init(factor: Int, exponent: Int) {
    self.factor = factor
    self.exponent = exponent
  }

  /// The smallest that is at least `size` (> 0).
  init(atLeast size: Double) {
    var exponent = Int(log10(size).rounded(.down))
    let factor = [1, 2, 5].first { Double($0) * pow(10, Double(exponent)) >= size * (1 - 1e-9) }
    if factor == nil { exponent += 1 }
    self.init(factor: factor ?? 1, exponent: exponent)
  }

  /// A quotient by a whole power of ten is the double nearest to the decimal, a product with 0.001 is not.
  var value: Double {
    exponent < 0 ? Double(factor) / pow(10, Double(-exponent)) : Double(factor) * pow(10, Double(exponent))
  }

  /// The decimal writing of a whole multiple, exact because it comes from whole numbers.
  func text(multiple: Double) -> String {
    guard multiple != 0 else { return "0" }
    guard abs(multiple) < 1e15 else { return "\(multiple * value)" }
    let whole = Int(multiple) * factor
    let sign = whole < 0 ? "−" : ""
    let digits = String(abs(whole))
    let magnitude = digits.count - 1 + exponent
    if magnitude > 5 || magnitude < -4 { return sign + Self.scientific(digits, exponent: magnitude) }
    if exponent >= 0 { return sign + digits + String(repeating: "0", count: exponent) }
    let padded = String(repeating: "0", count: max(0, 1 - exponent - digits.count)) + digits
    return sign + padded.dropLast(-exponent) + "." + padded.suffix(-exponent)
  }

  private static func scientific(_ digits: String, exponent: Int) -> String {
    var fraction = String(digits.dropFirst())
    while fraction.last == "0" { fraction.removeLast() }
    let mantissa = digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction)
    // Superscripts would read better, but many fonts lack them.
    return mantissa + "e" + (exponent < 0 ? "−" : "") + String(abs(exponent))
  }
}
