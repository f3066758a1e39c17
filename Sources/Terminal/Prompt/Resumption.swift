import Language
import Vocabulary

/// A program that begins by going on with a training that was stopped: `net = train-gan … resume: net`.
struct ResumedCall {
  /// The name that its first statement binds.
  let name: String
  private let text: String
  /// What is behind `resume:`.
  let resume: WrittenCall.LabelledValue

  init?(_ program: Program) {
    guard let statement = program.statements.first, let name = statement.onlyName,
      let call = program.outermostCall(of: statement), let resume = call.labels[TrainingParameters.resumeName]
    else { return nil }
    (self.name, self.resume) = (name, resume)
    text = program.source.text(statement.span)
  }

  /// Whether it goes on with what a statement was stopped in, and binds it to the same name. From a file, the statement is
  /// what it was.
  func goesOn(with stopped: Statement, of program: Program) -> Bool {
    guard stopped.onlyName == name else { return false }
    return resume.truth == true ? text == program.source.text(stopped.span) : resume.name == name
  }
}

/// The statement that goes on with a training or a comparison which was stopped: the same one with `resume:` and the name it bound.
///
/// - Parameter statement: the one that was stopped.
/// - Returns: `nil` where it bound nothing that was interrupted.
func resumption(of statement: Statement, in program: Program, bindings: Bindings, registry: Registry) -> String? {
  guard let name = statement.onlyName, case .object(let object)? = bindings[name],
    let stopped = object as? any Resumable, stopped.wasInterrupted, let call = program.outermostCall(of: statement),
    registry.commands[call.name]?.parameters.contains(where: { $0.name == TrainingParameters.resumeName }) == true
  else { return nil }
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

extension Statement {
  /// The name that it binds, where that is one.
  var onlyName: String? {
    guard case .binding(let names, _) = form, names.count == 1 else { return nil }
    return names[0].text
  }
}
