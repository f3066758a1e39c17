import Language

/// What there is and what is behind it: `help explain apropos topics language`.
enum Guidance {
  static var commands: [Command] { [help, explain, apropos, topics, language] }

  static let help = Command(
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

  static let topics = Command(
    "topics", "what `explain` has to say, by topic", result: .none,
    help: Help("The same as `explain` alone and as `help topics`.", examples: ["topics"])
  ) { _, context in
    context.host.emit(.rows(topicList))
    return .none
  }

  static let language = Command(
    "language", "how programs are written", result: .none,
    help: Help("A page of examples; the same as `help language`.", examples: ["language"])
  ) { _, context in
    context.host.emit(.rows(languagePage))
    return .none
  }

  static var topicList: String {
    let pages = Explanation.all.map { "\($0.title)\n  explain \($0.commands.joined(separator: ", "))" }
    let words = folded(Term.all.map { $0.names[0] }, indent: "  ")
    return (pages + ["\(BookPage.title)\n  help books", "Words, as `explain IoU`"] + words).joined(separator: "\n")
  }

  /// The commands that there is something to explain about.
  private static let explained: [String] = {
    let groups = [
      Data.commands, Training.commands, [Comparing.compare, Comparing.extremes], Stepping.commands, Prediction.commands,
      NetworkDesign.commands, Drawing.commands, Comparing.figures, NetworkFigures.commands, Files.commands,
    ]
    let own = groups.flatMap { $0 }.filter { !$0.help.method.isEmpty }.map(\.name)
    // Such as `roc`, which is a word of the trade too.
    let words = groups.flatMap { $0 }.map(\.name).filter { Term.of($0) != nil }
    return Set(own + words + Explanation.all.flatMap(\.commands)).sorted()
  }()

  static let explain = Command(
    "explain", "the method behind a command, or an equation of the paper",
    [
      .rest(
        "topic", .topic(explained),
        "a command, an equation, figure or table of the paper, or a word as IoU; left out, what there is")
    ],
    result: .none,
    help: Help(
      "Equations in plain text with their numbers in the 2021 paper, and the options that change each reading; every "
        + "measure, system and word of the trade that the program prints.",
      examples: ["explain train-gan", "explain \"Eq. 3\"", "explain IoU", "explain soft DSC"])
  ) { arguments, context in
    let topic = HelpTopic(arguments.list("topic"), in: context.registry)
    context.host.emit(.rows(topic.word.isEmpty ? topicList : try topic.explanation()))
    return .none
  }

  static let apropos = Command(
    "apropos", "what speaks of something: commands, labels, explanations",
    [.rest("word", .topic([]), "a word or a part of one, in any case")], result: .none,
    help: Help(
      "Looks through names, summaries, arguments and details of every command, through the members of every kind of "
        + "value and through all that `explain` says.",
      examples: ["apropos vessel", "apropos DSC", "apropos learning rate"])
  ) { arguments, context in
    let topic = HelpTopic(arguments.list("word"), in: context.registry)
    guard !topic.word.isEmpty else {
      throw Failure("missing-argument", "apropos lacks the word to look for", hint: "write `apropos vessel`, say")
    }
    context.host.emit(.rows(try topic.mentions()))
    return .none
  }
}
