import Base
import Language

extension Command {
  static let exists = Command(
    "exists", "whether there is a file or a folder",
    [.argument("path", .text, "where it would be")],
    result: .truth,
    help: Help(
      "For books that take one layout of folders or another.",
      examples: ["if exists \"masks\" { print \"marked\" } else { print \"unmarked\" }"]),
    plan: plan, run: run)
}

private func plan(_ call: inout CheckedCall) -> Planned<String> {
  Planned(call.text("path"), result: call.exists(atPath: "path").map { Known(Value.truth($0)) })
}

private func run(_ path: String, _ context: Context) -> Value {
  guard let place = try? context.host.pathToRead(path) else { return .truth(false) }
  return .truth(pathKind(place) != nil)
}
