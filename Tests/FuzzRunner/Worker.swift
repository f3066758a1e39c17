import Foundation
import Fuzzing

/// Tries inputs one after the other in this process, which any of them may end: the number of the one at work stands in a
/// file that the parent reads.
struct Worker: Sendable {
  let trial: any Trial
  let seed: UInt64
  let range: Range<Int>
  private let state: Int32
  private let findings: String

  init(trial: any Trial, seed: UInt64, range: Range<Int>, state: String, findings: String) throws {
    (self.trial, self.seed, self.range, self.findings) = (trial, seed, range, findings)
    self.state = open(state, O_WRONLY | O_CREAT, 0o600)
    guard self.state >= 0 else { throw Fault("cannot write", state) }
  }

  func run() throws {
    for index in range {
      note(index)
      do throws(Fault) { try trial.examine(seed: seed, index: index) } catch {
        try Finding(index: index, fault: error).write(to: findings)
      }
    }
    note(range.upperBound)
  }

  private func note(_ index: Int) {
    withUnsafeBytes(of: Int64(index)) { _ = pwrite(state, $0.baseAddress, $0.count, 0) }
  }
}

/// A fault with the number of its input, as a file that a worker leaves for the parent.
struct Finding: Codable {
  let index: Int
  let name: String
  let details: String

  init(index: Int, fault: Fault) { (self.index, name, details) = (index, fault.name, fault.details) }

  func write(to folder: String) throws {
    try JSONEncoder().encode(self).write(to: URL(filePath: "\(folder)/\(index).finding"), options: .atomic)
  }

  /// Those that workers have left; they are taken away.
  static func takeAll(from folder: String) -> [Finding] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".finding") }.compactMap { name in
      let path = "\(folder)/\(name)"
      defer { try? FileManager.default.removeItem(atPath: path) }
      return FileManager.default.contents(atPath: path).flatMap { try? JSONDecoder().decode(Finding.self, from: $0) }
    }.sorted { $0.index < $1.index }
  }
}
