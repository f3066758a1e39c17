import Base
import Language
import Vocabulary

/// A name that a book leaves open, with its type, its default and its range.
public struct BookParameter: Sendable {
  public typealias ValueType = ParameterType

  public let name: String
  public let type: ValueType
  /// As text, as `-P` would give it; `nil` makes the parameter required.
  public let defaultText: String?
  public let minimum: Double?
  public let maximum: Double?
  public let choices: [String]
  public let help: String

  /// What `-P` calls the book's own seed, where no param has that name.
  static let seedName = "seed"
  static let seed = BookParameter(name: seedName, type: .int, minimum: 0)

  package static let keys = ParameterKey.allCases.map(\.rawValue)

  public init(
    name: String, type: ValueType, defaultText: String? = nil, minimum: Double? = nil, maximum: Double? = nil,
    choices: [String] = [], help: String = ""
  ) {
    self.name = name
    self.type = type
    self.defaultText = defaultText
    self.minimum = minimum
    self.maximum = maximum
    self.choices = choices
    self.help = help
  }

  /// Why a text is no value of a parameter.
  public struct Refusal: CodedError {
    public let code: String
    public let message: String
    public let hint: String?
  }

  /// The value that a text stands for; a path has the user's home for its `~`.
  ///
  /// White space around it and quotes that a shell has left belong to a text alone.
  public func value(of written: String) throws(Refusal) -> Value {
    let text = type == .text ? written : unquoted(trimmed(written))
    switch type {
    case .int:
      guard let number = BookParameter.number(text), number == number.rounded(), abs(number) <= 0x1p53 else {
        throw mistyped(text, "a whole number")
      }
      try checkRange(number, text)
      return .number(number)
    case .number:
      guard let number = BookParameter.number(text) else { throw mistyped(text, "a number") }
      try checkRange(number, text)
      return .number(number)
    case .bool:
      guard let truth = Books.truth(text) else { throw mistyped(text, "true or false") }
      return .truth(truth)
    case .choice:
      guard choices.contains(text) else {
        let near = closest(to: text, in: choices)
        throw Refusal(
          code: "parameter-choice", message: "'\(clipped(text))' is no choice of '\(name)'",
          hint: near.map { "did you mean '\($0)'?" } ?? "choices are \(choices.joined(separator: ", "))")
      }
      return .text(text)
    case .text: return .text(text)
    case .path:
      guard !text.isEmpty, !text.utf8.contains(0) else { throw mistyped(text, "a path") }
      return .text(expandingHome(text))
    }
  }

  /// All that is known of the value of a required parameter while a book is only checked.
  var kind: Kind {
    switch type {
    case .int, .number: .number
    case .bool: .truth
    case .choice, .text, .path: .text
    }
  }

  private func mistyped(_ text: String, _ wanted: String) -> Refusal {
    let pointed = text.replacing(",", with: ".")
    let decimal = wanted == "a number" && pointed != text && BookParameter.number(pointed) != nil
    return Refusal(
      code: "parameter-type", message: "'\(name)' is \(wanted), not '\(clipped(text))'",
      hint: decimal ? "write \(pointed)" : help.isEmpty ? nil : "\(name): \(help)")
  }

  private func checkRange(_ number: Double, _ text: String) throws(Refusal) {
    if let minimum, number < minimum { throw outside(text, "at least \(plain(minimum))") }
    if let maximum, number > maximum { throw outside(text, "at most \(plain(maximum))") }
  }

  private func outside(_ text: String, _ bound: String) -> Refusal {
    Refusal(
      code: "parameter-range", message: "'\(name)' is \(bound), not \(clipped(text))",
      hint: help.isEmpty ? nil : "\(name): \(help)")
  }

  /// A finite number, `10%` being 0.1.
  static func number(_ text: some StringProtocol) -> Double? {
    let isPercent = text.hasSuffix("%")
    guard let number = Double(isPercent ? text.dropLast() : text[...]), number.isFinite else { return nil }
    return isPercent ? number / 100 : number
  }
}

extension BookParameter {
  /// The params of a book, in its order; `-` is standard input. A script has none.
  ///
  /// - Throws: what is wrong with its front matter; mistakes in its cells do not matter here.
  static func all(ofBookAt path: String) throws(BookMistakes) -> [BookParameter] {
    let file = ProgramFile(path)
    let text: BookText
    do { text = try file.read(from: workingFolder()) } catch { throw BookMistakes([error]) }
    guard file.isBook(text) else { return [] }
    let (book, mistakes) = BookReader.read(text, registry: Registry(commands: [], types: []))
    guard book.frontMatter.isWhole else { throw BookMistakes(mistakes.errors) }
    return book.frontMatter.parameters
  }
}

/// A number without a needless `.0`.
func plain(_ number: Double) -> String {
  number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
}
