import Base
import Books
import Foundation
import Imaging
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
    case .text, .rows, .resumption: break
    case .result(let value): show(value)
    case .shown(let values, _): values.forEach(show)
    }
  }

  private func show(_ value: Value) { for shown in presentations(of: value) { draw(shown) } }

  func pathToRead(_ path: String) throws -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }

  func write(_ bytes: [UInt8], to path: String) throws {
    try TrustedFolder(folder).write(bytes, at: outputNames(of: path))
  }
  func keep(_ bytes: [UInt8], as path: String) throws { try write(bytes, to: path) }
  func kept(_ path: String, limit: Int) throws -> [UInt8]? {
    try TrustedFolder(folder).file(at: outputNames(of: path))?.all(limit: limit)
  }
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
