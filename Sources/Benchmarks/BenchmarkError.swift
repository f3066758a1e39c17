/// Why something could not be measured.
public enum BenchmarkError: Error, Sendable, Equatable {
  case unknownRow(String)
  case unknownCommand(String)
  /// The row's network or training refused; its own code and words.
  case refused(code: String, message: String)
  case file(message: String)
}

extension BenchmarkError {
  public var code: String {
    switch self {
    case .unknownRow: "unknown-row"
    case .unknownCommand: "unknown-command"
    case .refused(let code, _): code
    case .file: "file"
    }
  }

  public var message: String {
    switch self {
    case .unknownRow(let name): "no benchmark is called \(name)"
    case .unknownCommand(let command): "`\(command)` is not a command of the benchmark server"
    case .refused(_, let message), .file(let message): message
    }
  }

  public var hint: String? {
    switch self {
    case .unknownRow: "rows are \(BenchmarkRow.forms.joined(separator: ", "))"
    case .unknownCommand: "commands are `time ROW` and `inspect ROW FOLDER`"
    case .refused, .file: nil
    }
  }
}
