import Base

/// The subcommands of the program with their options, as its command line declares them.
public struct ProgramHelp: Sendable {
  /// A subcommand.
  public struct Command: Sendable {
    let name: String
    let abstract: String
    let discussion: String
    let arguments: [Argument]

    /// How it is called: `cnp run BOOK [-o OUTPUT] …`.
    var usage: String { (["cnp", name] + arguments.map(\.usage)).joined(separator: " ") }
  }

  /// An argument, an option or a flag.
  public struct Argument: Sendable {
    let names: [String]
    /// What stands for its value; `nil` for a flag.
    let value: String?
    let abstract: String
    let defaultValue: String?
    let isOptional: Bool
    let isRepeating: Bool

    /// With all its names: `-o, --output OUTPUT`.
    var form: String { [names.joined(separator: ", "), value ?? ""].filter { !$0.isEmpty }.joined(separator: " ") }

    fileprivate var usage: String {
      let text = [names.first, value].compactMap { $0 }.joined(separator: " ") + (isRepeating ? " …" : "")
      return isOptional ? "[\(text)]" : text
    }
  }

  let abstract: String
  let subcommands: [Command]

  /// Reads what swift-argument-parser says of a program: the JSON of `--experimental-dump-help`.
  public init(json: String) {
    guard let document = try? JSON(decoding: Array(json.utf8)[...]), let root = document["command"] else {
      preconditionFailure("the parser of the command line describes it in another way")
    }
    abstract = root["abstract"]?.string ?? ""
    subcommands = (root["subcommands"]?.elements ?? []).filter { $0["shouldDisplay"] != .truth(false) }.map(
      Command.init
    )
    .filter { $0.name != "help" }
  }
}

extension ProgramHelp.Command {
  fileprivate init(_ json: JSON) {
    name = json["commandName"]?.string ?? ""
    abstract = json["abstract"]?.string ?? ""
    discussion = json["discussion"]?.string ?? ""
    arguments = (json["arguments"]?.elements ?? []).filter { $0["shouldDisplay"] != .truth(false) }
      .map(ProgramHelp.Argument.init).filter { !$0.names.contains("--version") && !$0.names.contains("--help") }
  }
}

extension ProgramHelp.Argument {
  fileprivate init(_ json: JSON) {
    names = (json["names"]?.elements ?? []).map { name in
      (name["kind"]?.string == "long" ? "--" : "-") + (name["name"]?.string ?? "")
    }
    let word = json["valueName"]?.string ?? ""
    value = json["kind"]?.string == "flag" ? nil : word.uppercased()
    abstract = json["abstract"]?.string ?? ""
    defaultValue = json["defaultValue"]?.string
    isOptional = json["isOptional"] == .truth(true)
    isRepeating = json["isRepeating"] == .truth(true)
  }
}

extension JSON {
  fileprivate subscript(name: String) -> JSON? {
    if case .object(let fields) = self { fields[name] } else { nil }
  }
  fileprivate var string: String? { if case .text(let text) = self { text } else { nil } }
  fileprivate var elements: [JSON]? { if case .list(let elements) = self { elements } else { nil } }
}
