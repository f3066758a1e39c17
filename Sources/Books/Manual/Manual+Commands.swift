import Language
import Vocabulary

extension Manual {
  /// Every command under its heading.
  var commandsChapter: ManualText {
    ManualText(heading: 2, "Commands") { text in
      text.paragraph(
        "`help train-gan` shows one at the prompt. What stands in capitals is written without a label; labels come in any order."
      )
      for group in registry.groups {
        text.heading(3, "Commands: \(group.title)")
        text.table(
          ["command", "what it does"],
          group.commands.map { ["[`\($0.name)`](#\($0.name))", ManualText.prose($0.summary)] })
        for command in group.commands { write(command, to: &text) }
      }
    }
  }

  private func write(_ command: Command, to text: inout ManualText) {
    text.heading(4, command.name)
    text.paragraph(ManualText.sentence(command.summary))
    text.code(synopsis(of: command), info: "text")
    text.table(
      ["argument", "what it is", "takes"],
      command.parameters.map { parameter in
        let name = parameter.position == .labelled ? "\(parameter.name):" : parameter.name
        let takes = ManualText.prose(describe(parameter.accepts))
        let end: String =
          if let value = defaultText(of: parameter) { "; default " + ManualText.code(value) } else {
            parameter.position == .rest ? "; any number of them" : ""
          }
        return [ManualText.code(name), ManualText.prose(parameter.help), takes + end]
      })
    if command.result != .any, command.result != .none {
      text.paragraph("Gives \(describe(command.result)).")
    }
    if command.isRandom { text.paragraph("What it draws depends on the book's seed and on the cell.") }
    text.screenText(command.help.details)
    text.screenText(command.help.method)
    if let explanation = Explanation.of(command.name) {
      text.markdown("The method: [\(ManualText.prose(explanation.title))](#\(anchor(of: explanation))).")
    }
    if !command.help.examples.isEmpty {
      text.code(command.help.examples.joined(separator: "\n"), info: "cnp")
    }
  }

  private func anchor(of explanation: Explanation) -> String {
    var anchors = ManualAnchors()
    return anchors.anchor(of: explanation.title)
  }

  /// What stands behind the commands: equations, the paper's numbers, the readings in force.
  var methodChapter: ManualText {
    ManualText(heading: 2, "The method") { text in
      text.paragraph("What `explain train-gan` says at the prompt, command by command.")
      for explanation in Explanation.all {
        text.heading(3, explanation.title)
        text.paragraph("Of " + explanation.names.map { "`\($0)`" }.joined(separator: ", ") + ".")
        text.screenText(explanation.text)
      }
    }
  }
}
