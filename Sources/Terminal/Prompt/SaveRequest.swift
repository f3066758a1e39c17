import Base
import Language

/// What `:save` is asked for: a file, and perhaps some inputs.
struct SaveRequest {
  /// As it was given, with the ending of a book.
  let name: String
  /// All inputs where it is `nil`.
  let choice: InputChoice?

  /// Reads `work`, `work 3-9`, `"my work" 2,5-7`: without quotes, a file's name may have spaces too.
  ///
  /// - Throws: `missing-argument`, `input-choice`, `unknown-ending`.
  init(_ operand: String) throws(Failure) {
    let (file, chosen) = try Self.parts(of: operand)
    guard !file.isEmpty else {
      throw Failure("missing-argument", "':save' needs a file", hint: ":save session.cnpbook")
    }
    name = fileExtension(of: file).isEmpty ? file + ".cnpbook" : file
    guard fileExtension(of: name) == "cnpbook" else {
      throw Failure("unknown-ending", "a session is saved as a .cnpbook; found '\(file)'")
    }
    choice = chosen
  }

  private static func parts(of operand: String) throws(Failure) -> (file: String, choice: InputChoice?) {
    if let quote = operand.first, quote == "\"" || quote == "'",
      let end = operand.dropFirst().firstIndex(of: quote)
    {
      let rest = operand[operand.index(after: end)...]
      let file = String(operand[operand.index(after: operand.startIndex)..<end])
      if rest.allSatisfy(\.isWhitespace) { return (file, nil) }
      guard let choice = InputChoice(rest) else { throw noChoice(rest) }
      return (file, choice)
    }
    // The longest end that reads as numbers.
    let words = operand.split(separator: " ")
    for start in words.indices {
      guard let choice = InputChoice(words[start...].joined(separator: " ")) else { continue }
      guard start > 0 else {
        throw Failure(
          "missing-argument", "':save' needs a file before the inputs",
          hint: ":save session.cnpbook \(choice); a file of that name goes in quotes")
      }
      return (words[..<start].joined(separator: " "), choice)
    }
    if words.count > 1, let last = words.last, last.first?.isWholeNumber == true,
      fileExtension(of: operand) != "cnpbook"
    {
      throw noChoice(last)
    }
    return (operand, nil)
  }

  private static func noChoice(_ text: some StringProtocol) -> Failure {
    Failure(
      "input-choice", "'\(text.drop { $0.isWhitespace })' says no inputs",
      hint: "write their numbers, as 3-9 or 2,5-7; a file's name with spaces goes in quotes")
  }
}
