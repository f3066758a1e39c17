import Base

/// How a check compares what a cell puts out with what is on record of it.
public struct Verification: Sendable, Hashable {
  public enum Text: Sendable, Hashable {
    /// Words exactly, numbers to the precision that they are written with.
    case asWritten
    /// Every character.
    case exact
    /// Words exactly, numbers to a tolerance: |found − recorded| ≤ max(rtol · |recorded|, atol), or as written.
    case numbers(relative: Double, absolute: Double)
  }
  /// Of the pictures in figures; marks are compared as numbers, labels as text.
  public enum Pixels: Sendable, Hashable {
    case exact
    /// By no more than so many of 255 steps.
    case maximumDifference(Double)
    /// Peak signal-to-noise ratio of so many decibels, the peak being white.
    case signalToNoise(Double)
  }

  public var text = Text.asWritten
  public var pixels = Pixels.exact
  /// Whether anything is compared at all.
  public var isCompared = true

  public init() {}

  /// From what stands behind `verify:`; `nil` where that says no way to compare.
  init?(_ written: String) {
    let words = written.split(whereSeparator: { $0 == " " || $0 == "," })
    guard !words.isEmpty else { return nil }
    func number(_ word: Substring, after prefix: String) -> Double? {
      guard word.hasPrefix(prefix), let number = Double(word.dropFirst(prefix.count)), number >= 0, number.isFinite
      else { return nil }
      return number
    }
    var (relative, absolute) = (0.0, 0.0)
    var kinds: Set<String> = []
    for word in words {
      let kind: String
      if word == "none" {
        guard words.count == 1 else { return nil }
        (kind, isCompared) = ("none", false)
      } else if word == "text" {
        (kind, text) = ("text", .exact)
      } else if word == "number" {
        (kind, text) = ("text", .numbers(relative: relative, absolute: absolute))
      } else if word == "exact" {
        (kind, pixels) = ("pixels", .exact)
      } else if let steps = number(word, after: "maxdiff<=") {
        (kind, pixels) = ("pixels", .maximumDifference(steps))
      } else if let decibels = number(word, after: "psnr>=") {
        (kind, pixels) = ("pixels", .signalToNoise(decibels))
      } else if let found = number(word, after: "rtol=") {
        (kind, relative) = ("rtol", found)
      } else if let found = number(word, after: "atol=") {
        (kind, absolute) = ("atol", found)
      } else {
        return nil
      }
      guard kinds.insert(kind).inserted else { return nil }
    }
    let hasTolerance = kinds.contains("rtol") || kinds.contains("atol")
    if case .numbers = text {
      text = .numbers(relative: relative, absolute: absolute)
    } else if hasTolerance {
      return nil
    }
  }

  static let forms = "`text`, `number rtol=1e-3 atol=0`, `exact`, `maxdiff<=2`, `psnr>=40` or `none`"
}
