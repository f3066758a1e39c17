import ArgumentParser
import Foundation
import Fuzzing

/// What can be tried, by the names that the command line takes.
enum SubjectName: String, CaseIterable, ExpressibleByArgument {
  case language, commands, books, files

  func makeTrial(root: String) throws -> any Trial {
    switch self {
    case .language: try LanguageInputs(root: root)
    case .commands: CommandInputs()
    case .books: try BookInputs(root: root)
    case .files: try FileInputs(root: root)
    }
  }
}

/// An input as a file holds it.
struct TrialInput {
  var bytes: [UInt8]
  /// What the file's name ends in, without the dot.
  var ending: String
}

/// Inputs of one kind, and what they must not do.
protocol Trial: Sendable {
  /// Inputs that one worker process tries before the next one starts.
  var blockSize: Int { get }
  /// Seconds without an answer after which an input counts as one that hangs.
  var patience: Double { get }
  /// Bytes of memory that a worker may take; nil for no limit.
  var memoryLimit: Int? { get }

  /// The input with a number.
  func input(seed: UInt64, index: Int) -> TrialInput
  /// Tries the input with a number.
  func examine(seed: UInt64, index: Int) throws(Fault)
  /// Tries an input from a file.
  func examine(_ input: TrialInput) throws(Fault)
}

extension Trial {
  var memoryLimit: Int? { nil }

  func examine(seed: UInt64, index: Int) throws(Fault) { try examine(input(seed: seed, index: index)) }

  func examine(file: String) throws(Fault) {
    guard let data = FileManager.default.contents(atPath: file) else { throw Fault("cannot read", file) }
    try examine(TrialInput(bytes: Array(data), ending: URL(filePath: file).pathExtension))
  }
}

/// Runs on a thread whose stack is as small as that of any thread on which `cnp` runs programs.
func onSmallStack<T: Sendable>(_ body: @escaping @Sendable () -> T) -> T {
  let done = DispatchSemaphore(value: 0)
  let box = Box<T>()
  let thread = Thread {
    box.value = body()
    done.signal()
  }
  thread.stackSize = 4 << 20
  thread.start()
  done.wait()
  guard let value = box.value else { preconditionFailure("the thread leaves a value") }
  return value
}

/// Holds this process to so many bytes, so that a machine with more is not filled.
func limitMemory(to bytes: Int) {
  var limit = rlimit(rlim_cur: UInt(bytes), rlim_max: UInt(bytes))
  setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
}

/// Hands a value from one thread to another, which waits for it.
private final class Box<T>: @unchecked Sendable {
  var value: T?
}

/// Writes bytes to standard output.
func writeOut(_ bytes: [UInt8]) { FileHandle.standardOutput.write(Data(bytes)) }

/// The contents of the files below some folders whose names end so, in the order of their paths.
func contents(below folders: [String], endings: [String]) -> [[UInt8]] {
  folders.flatMap { folder -> [[UInt8]] in
    let names = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
    return names.filter { name in endings.contains { name.hasSuffix(".\($0)") } }.sorted().compactMap {
      FileManager.default.contents(atPath: "\(folder)/\($0)").map(Array.init)
    }
  }
}
