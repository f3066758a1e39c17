import Books
import Files
import Foundation
import Language
import Vocabulary

/// A host that shows values as a report would, writes below one folder, and wants a command to stop after a while.
final class CommandHost: Language.Host {
  private let folder: String
  private let deadline: Date

  init(folder: String, seconds: Double) {
    self.folder = folder
    deadline = Date().addingTimeInterval(seconds)
  }

  var isCancelled: Bool { Date() > deadline }
  func report(_ progress: Language.Progress) {}

  func emit(_ output: Output) {
    switch output {
    case .text: break
    case .result(let value): show(value)
    case .shown(let values, _): values.forEach(show)
    }
  }

  private func show(_ value: Value) { for shown in presentations(of: value) { draw(shown) } }

  func pathToRead(_ path: String) throws -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }

  func pathToWrite(_ path: String) throws -> String {
    let whole = URL(filePath: "\(folder)/\(path)").standardized.path
    guard !path.hasPrefix("/"), whole.hasPrefix(folder + "/") else {
      throw Failure("outside-output", "\(path) lies outside of the output folder")
    }
    let parent = (whole as NSString).deletingLastPathComponent
    do { try makeFolder(parent) } catch { throw Failure(error.code, error.message) }
    return whole
  }

  func pathToKeep(_ path: String) throws -> String { try pathToWrite(path) }
}

/// Draws what a value is shown as; drawing may refuse, but not die.
func draw(_ shown: Presentation) {
  switch shown {
  case .figure(let figure):
    _ = try? figure.png(scale: 1)
    _ = try? figure.svg()
  case .table(let table): _ = table.display
  case .metrics(let metrics): _ = metrics.display
  case .text: break
  }
}
