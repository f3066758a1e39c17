import Base
import Language
import Vocabulary

/// `cnp.1`: the program, its subcommands and the prompt, for `man`.
struct ManPage {
  let program: ProgramHelp
  let promptCommands: [(name: String, text: String)]
  let keys: [(name: String, text: String)]

  private static let environment: [(name: String, text: String)] = [
    ("CNP_GRAPHICS", "kitty, iterm, sixel or blocks: how pictures are drawn at the prompt"),
    ("NO_COLOR", "turns colours off"), ("EDITOR", "edits an input at the prompt"),
    ("XDG_STATE_HOME", "where the history of the prompt is kept; left out, ~/.local/state"),
  ]
  private static let exitCodes: [(name: String, text: String)] = [
    ("0", "done, or nothing found"), ("1", "a file is not as it should be"),
    ("2", "mistakes found by checking; nothing ran"), ("3", "something failed while it ran, or could not be written"),
    ("4", "interrupted, or out of time"), ("64", "the command line could not be read"),
  ]

  var text: String {
    var lines = [
      ".TH CNP 1 \"\" \"cnp \(Engine.version)\" \"User Commands\"", ".SH NAME",
      "cnp \\- " + Self.escaped(Self.lowered(program.abstract)), ".SH SYNOPSIS",
    ]
    for (index, command) in program.subcommands.enumerated() {
      lines += (index == 0 ? [] : [".br"]) + [".B cnp \(Self.escaped(command.name))"]
      let rest = command.usage.dropFirst("cnp \(command.name) ".count)
      if !rest.isEmpty { lines.append(Self.escaped(String(rest))) }
    }
    lines += [".SH DESCRIPTION"] + Self.paragraph(program.abstract) + [".SH COMMANDS"]
    for command in program.subcommands {
      lines += [".SS cnp \(Self.escaped(command.name))"] + Self.paragraph(command.abstract)
      lines += rows(
        command.arguments.map { argument in
          let end = argument.defaultValue.map { " Default \($0)." } ?? ""
          return (argument.form, argument.abstract + end)
        })
      if !command.discussion.isEmpty { lines += [".PP"] + Self.paragraph(command.discussion) }
    }
    lines += [".SH PROMPT"] + rows(promptCommands + keys)
    lines += [".SH CELL OPTIONS", "At the head of a cell of a book, each after", ".BR #| ."]
    lines += rows(CellOption.allCases.map { ($0.example, $0.meaning) })
    lines += [".SH EXIT STATUS"] + rows(Self.exitCodes) + [".SH ENVIRONMENT"] + rows(Self.environment)
    lines += [".SH SEE ALSO", "The whole manual:", ".BR \"cnp manual \\-\\-html cnp.html\" ."]
    return lines.joined(separator: "\n") + "\n"
  }

  /// Names with their texts indented below.
  private func rows(_ rows: [(name: String, text: String)]) -> [String] {
    rows.flatMap { [".TP", ".B \(Self.escaped($0.name))"] + Self.paragraph($0.text) }
  }

  private static func paragraph(_ text: String) -> [String] { text.isEmpty ? [] : [escaped(text)] }

  private static func lowered(_ text: String) -> String {
    let sentence = text.hasSuffix(".") ? text.dropLast() : text[...]
    return sentence.prefix(1).lowercased() + sentence.dropFirst()
  }

  /// A line in which nothing means anything to roff.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.replacing("\n", with: " ") {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      case "\"": result += "\\(dq"
      default: result.append(character)
      }
    }
    return result.hasPrefix(".") ? "\\&" + result : result
  }
}
