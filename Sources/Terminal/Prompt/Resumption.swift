import Language
import Vocabulary

/// The statement that goes on with a training which was stopped: the same one with `resume:` and the name it bound.
///
/// - Parameter bindings: the names after the program ran as far as it came.
/// - Returns: `nil` where the program bound no network that was interrupted.
func resumption(of program: Program, bindings: Record, registry: Registry) -> String? {
  for statement in program.statements.reversed() {
    guard case .binding(let names, _) = statement.form, names.count == 1, let name = names.first?.text,
      case .object(let object)? = bindings[name], let network = object as? NetworkValue, network.wasInterrupted
    else { continue }
    let calls = program.calls.filter { call in
      statement.span.start <= call.span.start && call.span.end <= statement.span.end
        && registry.commands[call.name]?.parameters.contains { $0.name == TrainingParameters.resumeName } == true
    }
    guard let call = calls.first else { continue }
    var bytes = Array(program.source.text.utf8.prefix(statement.span.end))
    if let given = call.labels[TrainingParameters.resumeName] {
      // From the file it goes on by itself.
      if given.truth == true { return String(decoding: bytes[statement.span.start...], as: UTF8.self) }
      bytes.replaceSubrange(given.span.start..<given.span.end, with: Array(name.utf8))
    } else {
      bytes.insert(contentsOf: Array(" \(TrainingParameters.resumeName): \(name)".utf8), at: call.span.end)
    }
    return String(decoding: bytes[statement.span.start...], as: UTF8.self)
  }
  return nil
}
