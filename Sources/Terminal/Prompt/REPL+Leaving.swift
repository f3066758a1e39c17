import Language
import Vocabulary

extension REPL {
  /// Training of less than this is soon repeated, in seconds.
  private static let longTraining = 20.0

  /// What would be lost if the program ended now, in words: jobs, and networks that took a while to train and stand in no
  /// file.
  var loss: String? {
    let count = background.all.count
    if count > 0 {
      return "\(count == 1 ? "a job still runs" : "\(count) jobs still run") in the background and would be lost: "
        + ":jobs lists \(count == 1 ? "it" : "them")"
    }
    let names = unsavedNetworks
    guard let first = names.first else { return nil }
    let list = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
    return "\(list) \(names.count == 1 ? "was" : "were") trained here and never saved: "
      + "`save \(first) \"\(first).safetensors\"` keeps \(names.count == 1 ? "it" : "one")"
  }

  /// The names of networks that were trained in this session, and that no `save` has read since.
  private var unsavedNetworks: [String] {
    session.bindings.names.sorted().filter { name in
      guard case .object(let object)? = session.bindings[name], let network = object as? NetworkValue,
        network.seconds ?? 0 >= Self.longTraining
      else { return false }
      let entries = transcript.entries
      guard let bound = entries.lastIndex(where: { $0.boundNames.contains(name) }) else { return false }
      return !entries[bound...].contains {
        $0.program.calls.contains { $0.name == "save" } && $0.readNames.contains(name)
      }
    }
  }
}
