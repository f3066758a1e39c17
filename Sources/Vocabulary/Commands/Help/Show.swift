import Language

extension Command {
  static let show = Command(
    "show", "show values as pictures and tables",
    [
      .rest("values", .any, "what to show"),
      .option("caption", .text, default: .text(""), "a line below what is shown"),
    ],
    result: .none,
    help: Help(
      "Images, masks, datasets, predictions and figures are drawn; tables and metrics are set as tables; the rest is text.",
      examples: ["show (phantom 2 size: 64)"])
  ) { arguments, context in
    let caption: [(String, Value)] = arguments.text("caption").isEmpty ? [] : [("caption", arguments["caption"])]
    context.host.emit(.shown(arguments.list("values"), labels: caption))
    return .none
  }
}
