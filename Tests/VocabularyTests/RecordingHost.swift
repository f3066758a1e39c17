import Base
import Glibc
import Language
import Synchronization
import Vocabulary

/// Runs programs for tests: keeps what they put out, lets them write below a temporary folder.
final class RecordingHost: Host {
  let folder: String
  /// Where states are kept that nobody asked for; nil: nowhere.
  let stateFolder: String?
  private let outputs = Mutex<[Output]>([])
  private let said = Mutex<[String]>([])
  private let cancelled = Atomic<Bool>(false)
  /// Cancels by itself after so many reports; negative means never.
  private let reportsLeft: Atomic<Int>

  init(cancelAfterReports limit: Int = -1) throws {
    stateFolder = nil
    var template = Array("/tmp/cnp-vocabulary-XXXXXX".utf8CString)
    guard template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } }) != nil else {
      throw Failure("no-temporary-folder", "mkdtemp failed")
    }
    folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    reportsLeft = Atomic(limit)
  }

  /// Writes and reads where another host did.
  init(in folder: String, keepingStatesIn stateFolder: String? = nil, cancelAfterReports limit: Int = -1) throws {
    self.folder = folder
    self.stateFolder = stateFolder
    reportsLeft = Atomic(limit)
  }

  var isCancelled: Bool { cancelled.load(ordering: .relaxed) }
  func remark(_ text: String) { said.withLock { $0.append(text) } }
  /// What was said beside the output.
  var remarks: [String] { said.withLock { $0 } }
  func emit(_ output: Output) { outputs.withLock { $0.append(output) } }
  func report(_ progress: Progress) {
    // What a training will take is told before its first step, which is not counted.
    guard progress.done > 0 else { return }
    if reportsLeft.subtract(1, ordering: .relaxed).newValue == 0 { cancelled.store(true, ordering: .relaxed) }
  }
  func pathToRead(_ path: String) throws -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }
  func write(_ bytes: [UInt8], to path: String) throws {
    try TrustedFolder(folder).write(bytes, at: outputNames(of: path))
  }
  func keep(_ bytes: [UInt8], as path: String) throws { try write(bytes, to: path) }
  func kept(_ path: String, limit: Int) throws -> [UInt8]? {
    try TrustedFolder(folder).file(at: outputNames(of: path))?.all(limit: limit)
  }

  /// What was printed, and the display of what stood alone, line by line.
  var text: String {
    outputs.withLock { outputs in
      outputs.map { output in
        switch output {
        case .text(let text), .rows(let text), .resumption(let text): text
        case .result(let value): display(value)
        case .shown(let values, _): values.map(display).joined(separator: "\n")
        }
      }.joined(separator: "\n")
    }
  }
}

/// Runs a program of the real vocabulary and gives what it put out.
///
/// - Throws: the first mistake, found by parsing, checking or running.
@discardableResult
func run(_ program: String, seed: UInt64 = 1, on host: RecordingHost? = nil) throws -> String {
  let host = try host ?? RecordingHost()
  var session = Session(registry: standardRegistry(), seed: seed)
  let parsed = parse(Source(program, name: "test"), registry: session.registry)
  if let mistake = parsed.diagnostics.first { throw mistake }
  if let mistake = session.check(parsed.program, locate: { _ in .unknown }).errors.first { throw mistake }
  try session.run(parsed.program, cell: "test", host: host)
  return host.text
}

/// The code of the mistake that a program ends with; `nil` when it runs.
func mistake(in program: String) throws -> String? {
  do {
    try run(program)
    return nil
  } catch let mistake as Diagnostic {
    return mistake.code
  }
}
