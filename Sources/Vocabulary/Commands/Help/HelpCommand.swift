import Language

extension Command {
  static let helpCommand = Command(
    "help", "what there is, or what one command, label or kind of value is",
    [
      .rest(
        "topic", .topic(nil),
        "a command, a heading, a label, a kind of value, or a value itself; left out, all commands")
    ],
    result: .none,
    help: Help(
      "Every command states its arguments with units, ranges and defaults. `help epochs` tells what a label means in each "
        + "command that has it, `help dataset` what such a value is made of, `help topics` what can be explained, "
        + "`help language` how programs are written, `help books` how books are.",
      examples: ["help", "help phantom", "help epochs", "help dataset", "help language", "help books"])
  ) { arguments, context in
    context.host.emit(.rows(try HelpTopic(arguments.list("topic"), in: context.registry).text()))
    return .none
  }
}
