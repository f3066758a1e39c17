import Angiography
import Base
import Figures
import Imaging
import Language
import Networks

/// What checking finds in calls of `save open exists`.
enum FileChecks {
  static let save: Command.Check = { call in
    let value = call["x"]
    call.willWrite(value, toPath: "path")
    guard let path = call.text("path") else { return Known(.text) }
    if path.isEmpty {
      call.report(Vocabulary.Files.emptyPath, on: "path")
    } else if let error = Vocabulary.Files.mistake(writing: value.kind, to: path) {
      call.report(error, on: error.code == "cannot-save" ? "x" : "path")
    }
    return Known(.text(path))
  }

  static let exists: Command.Check = { call in
    call.exists(atPath: "path").map { Known(Value.truth($0)) }
  }

  static let open: Command.Check = { call in
    if let written = call.written(atPath: "path") { return opened(written) }
    guard let place = call.place(ofPath: "path") else { return nil }
    if fileExtension(of: place) == Vocabulary.Files.networkEnding {
      return network(at: place, &call)
    }
    do throws(ImageError) { _ = try call.header(ofImageAt: place) } catch { call.report(error, on: "path") }
    return Known(.object(ImageValue.typeName))
  }

  private static func network(at place: String, _ call: inout CheckedCall) -> Known? {
    let outline = call.remembered("network \(place)") { _ in
      Result { () throws(SavingError) in try SavedNetworkOutline(probing: place) }
    }
    switch outline {
    case .success(let outline):
      do throws(FeatureError) { return .network(try NetworkFacts(outline)) } catch {
        call.report(error, on: "path")
      }
    case .failure(let error): call.report(error, on: "path")
    }
    return .network(NetworkFacts())
  }

  /// What is known of a value that was saved and is opened again.
  private static func opened(_ value: Known) -> Known? {
    switch value.kind {
    case .object(NetworkValue.typeName): value.facts.map { Known(value.kind, facts: $0) }
    case .object(ImageValue.typeName), .object(MaskValue.typeName): Known(.object(ImageValue.typeName))
    default: nil
    }
  }
}
