import Language
import Vocabulary

/// What the `#|` lines at the head of a cell say.
public struct CellOptions: Sendable, Hashable {
  /// Why a cell is not run.
  public struct Skip: Sendable, Hashable { public let reason: String }

  public var label: String?
  public var caption: String?
  /// How a check compares the cell with its record.
  public var verify = Verification()
  public var cache = true
  /// Seconds after which the cell is stopped.
  public var timeout: Double?
  /// Keys the cell's random streams instead of the book's seed: for a cell that first ran elsewhere.
  public var seed: UInt64?
  /// The label whose random streams the cell draws from, its own where it is `nil`.
  public var streams: String?
  /// The code of the error that the cell is there to show.
  public var expectedError: String?
  public var skip: Skip?
  /// Whether the report shows the code.
  public var echo = true
  /// Whether the cell answers an exercise, so that it is shown to who asks for it.
  public var isSolution = false
  /// How many times the cell runs, each with another seed; once where it is `nil`.
  public var repetitions: Int?
  /// How many option lines the cell starts with.
  public var lineCount = 0

  package static let names = CellOption.allCases.map(\.rawValue)

  public init() {}

  /// Reads the option lines of a cell.
  ///
  /// - Parameter firstLine: the line of the book on which the cell's program starts.
  init(readingCellAt firstLine: Int, through lastLine: Int, of text: BookText, mistakes: inout [Diagnostic]) {
    var seen: Set<String> = []
    var number = firstLine
    while number <= lastLine {
      let line = text.line(number).drop { $0 == " " || $0 == "\t" }
      guard line.hasPrefix("#|") else { break }
      lineCount += 1
      defer { number += 1 }
      let content = trimmed(line.dropFirst(2))
      guard let colon = content.firstIndex(of: ":") else {
        mistakes.append(
          text.mistake(
            "option-syntax", "an option is written `#| name: value`", hint: "found `\(clipped(content))`", line: number)
        )
        continue
      }
      let name = String(trimmed(content[..<colon]))
      let value = unquoted(trimmed(content[content.index(after: colon)...]))
      guard CellOptions.names.contains(name) else {
        let near = closest(to: name, in: CellOptions.names)
        mistakes.append(
          text.mistake(
            "unknown-option", "a cell has no option '\(clipped(name))'",
            hint: near.map { "did you mean '\($0)'?" } ?? "options are \(CellOptions.names.joined(separator: ", "))",
            line: number))
        continue
      }
      guard seen.insert(name).inserted else {
        mistakes.append(text.mistake("option-repeated", "the option '\(name)' is given twice", line: number))
        continue
      }
      if let (message, hint) = set(name, to: value) {
        mistakes.append(text.mistake("option-value", message, hint: hint, line: number))
      }
    }
  }

  /// Sets one option; returns what is wrong with its value.
  private mutating func set(_ name: String, to value: String) -> (message: String, hint: String?)? {
    guard !value.isEmpty else { return ("the option '\(name)' has no value", nil) }
    switch name {
    case "label":
      guard CellOptions.isLabel(value) else {
        return (
          "'\(clipped(value))' cannot be a label",
          "a label names files: letters, digits, '-' and '_', at most 64, a letter or digit first"
        )
      }
      label = value
    case "streams":
      guard CellOptions.isLabel(value) else { return ("'\(clipped(value))' is no label", "name the cell to draw as") }
      streams = value
    case "seed":
      guard let number = UInt64(value) else { return ("'seed' is a whole number from 0, not '\(clipped(value))'", nil) }
      seed = number
    case "caption": caption = value
    case "repeat":
      guard let count = Int(value), (2...1000).contains(count) else {
        return (
          "'repeat' is a whole number from 2 to 1000, not '\(clipped(value))'",
          "it says how many seeds the cell runs with"
        )
      }
      repetitions = count
    case "verify":
      guard let found = Verification(value) else {
        return ("'\(clipped(value))' says no way to compare", "use \(Verification.forms)")
      }
      verify = found
    case "timeout":
      guard let seconds = CellOptions.seconds(value) else {
        return ("'\(clipped(value))' is no time", "write seconds, or a number with `s`, `min` or `h`")
      }
      timeout = seconds
    case "error":
      guard value.utf8.allSatisfy({ isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }) else {
        return ("'\(clipped(value))' is no error code", "a code reads like `unknown-name`")
      }
      expectedError = value
    case "skip":
      switch truth(value) {
      case true: skip = Skip(reason: "")
      case false: break
      case nil: skip = Skip(reason: value)
      }
    default:
      guard let truth = Books.truth(value) else {
        return ("'\(name)' is `true` or `false`, not '\(clipped(value))'", nil)
      }
      switch name {
      case "echo": echo = truth
      case "solution": isSolution = truth
      default: cache = truth
      }
    }
    return nil
  }

  /// Whether a text can be a label: it becomes the start of file names.
  static func isLabel(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first) || isDigit(first), text.utf8.count <= 64 else { return false }
    return text.utf8.allSatisfy {
      isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
    }
  }

  /// More is as good as no limit, and beyond what clocks can add.
  private static let longestTime = 1e8

  /// `90`, `90s`, `5 min` or `2h` in seconds.
  public static func seconds(_ text: String) -> Double? {
    for (unit, factor) in [("min", 60.0), ("h", 3600.0), ("s", 1.0), ("", 1.0)] where text.hasSuffix(unit) {
      guard let count = Double(trimmed(text.dropLast(unit.count))), count > 0, count * factor <= longestTime else {
        return nil
      }
      return count * factor
    }
    return nil
  }
}
