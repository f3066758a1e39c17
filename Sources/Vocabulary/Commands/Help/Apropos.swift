import Language

extension Command {
  static let apropos = Command(
    "apropos", "what speaks of something: commands, labels, explanations",
    [.rest("word", .topic([]), "a word or a part of one, in any case")], result: .none,
    help: Help(
      "Looks through names, summaries, arguments and details of every command, through the members of every kind of "
        + "value and through all that `explain` says.",
      examples: ["apropos vessel", "apropos DSC", "apropos learning rate"]),
    codes: [
      CodeEntry("nothing-found", "a word of which no command speaks", .program("apropos \"zebra\""))
    ]
  ) { arguments, context in
    let topic = HelpTopic(arguments.list("word"), in: context.registry)
    guard !topic.word.isEmpty else {
      throw Failure("missing-argument", "apropos lacks the word to look for", hint: "write `apropos vessel`, say")
    }
    context.host.emit(.rows(try topic.mentions()))
    return .none
  }
}
