import Language

extension Command {
  static let explain = Command(
    "explain", "the method behind a command, or an equation of the paper",
    [
      .rest(
        "topic", .topic(explained),
        "a command, an option, an equation, figure or table of the paper, or a word as IoU; left out, what there is")
    ],
    result: .none,
    help: Help(
      "Equations in plain text with their numbers in the 2021 paper, and the options that change each reading; every "
        + "measure, system and word of the trade that the program prints. `explain 'builtin:unet'` shows the card of a model "
        + "that comes with the program.",
      examples: ["explain train-gan", "explain \"Eq. 3\"", "explain IoU", "explain soft DSC"]),
    codes: [
      CodeEntry("nothing-to-explain", "a command without a method behind it", .program("explain \"print\""))
    ]
  ) { arguments, context in
    let topic = HelpTopic(arguments.list("topic"), in: context.registry)
    if ShippedModels.isOne(topic.word) {
      // Prose, whose lines may be broken elsewhere.
      context.host.emit(.text(try ShippedModels.card(of: topic.word)))
    } else {
      context.host.emit(.rows(topic.word.isEmpty ? topicList : try topic.explanation()))
    }
    return .none
  }
}

/// The commands and options that there is something to explain about.
private let explained: [String] = {
  let commands = CommandGroup.subject.flatMap(\.commands)
  let own = commands.filter { !$0.help.method.isEmpty }.map(\.name)
  // Such as `roc`, which is a word of the trade too.
  let words = commands.map(\.name).filter { Term.of($0) != nil }
  let options = Explanation.all.flatMap(\.topics).filter { !$0.contains(" ") }
  return Set(own + words + Explanation.all.flatMap(\.commands) + options).sorted()
}()
