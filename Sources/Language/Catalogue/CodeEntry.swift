/// One code of a mistake or a warning, for whoever meets it and looks it up.
public struct CodeEntry: Sendable {
  public enum Example: Sendable {
    /// A program that has this mistake and no other.
    case program(String)
    /// What gives the code, where no small program can; a sentence without a full stop.
    case circumstance(String)
  }

  public let code: String
  /// What is wrong, in one line without a full stop.
  public let meaning: String
  public let example: Example

  public init(_ code: String, _ meaning: String, _ example: Example) {
    self.code = code
    self.meaning = meaning
    self.example = example
  }
}

/// The codes of one part of the program.
public struct CodeChapter: Sendable {
  public let title: String
  public let entries: [CodeEntry]
  /// What becomes of an example's program; `nil` where it runs to its end.
  public let diagnose: @Sendable (CodeEntry, String) -> (stage: Stage, found: [Diagnostic])?

  public init(
    _ title: String, _ entries: [CodeEntry],
    diagnose: @escaping @Sendable (CodeEntry, String) -> (stage: Stage, found: [Diagnostic])?
  ) {
    self.title = title
    self.entries = entries
    self.diagnose = diagnose
  }

  /// The language's own codes.
  ///
  /// - Parameter registry: the commands that the programs call.
  public static func language(_ registry: Registry) -> CodeChapter {
    CodeChapter("The language", DiagnosticCode.allCases.map(\.entry)) { entry, program in
      Language.diagnose(
        program, named: "example", registry: registry,
        isCancelled: entry.code == DiagnosticCode.interrupted.rawValue)
    }
  }
}

extension DiagnosticCode {
  public var entry: CodeEntry {
    CodeEntry(
      rawValue, meaning, example.map { .program($0) } ?? .circumstance("No program that passed checking gives it"))
  }
}
