/// An error that a user can cause, with a stable code and the words for it.
///
/// Errors of the modules below keep their own types; where they meet the language they conform to this.
public protocol CodedError: Error {
  /// Stable and readable: `unknown-name`, `file-truncated`.
  var code: String { get }
  var message: String { get }
  /// What to do about it, where there is something to say.
  var hint: String? { get }
}

/// An error of a command's body.
public struct Failure: CodedError {
  public let code: String
  public let message: String
  public let hint: String?

  public init(_ code: String, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }
}

/// What a program puts out while it runs.
public enum Output: Sendable {
  /// Lines that `print` wrote.
  case text(String)
  /// Lines whose columns stand below each other, which breaking them would spoil: a table, a page of help.
  case rows(String)
  /// That work goes on which was stopped, and where: in a record of the whole there was no stop.
  case resumption(String)
  /// Values that `show` was given.
  case shown([Value], labels: [(String, Value)])
  /// The value of an expression that stood alone as a statement.
  case result(Value)
}

/// How far a long command has come.
public struct Progress: Sendable {
  public let label: String
  /// From 0 to `total`.
  public let done: Int
  public let total: Int
  /// Readings to print beside the bar, in order: losses, a validation DSC.
  public let readings: [(name: String, value: Double)]
  /// Seconds left, when it can be told.
  public let secondsLeft: Double?
  /// Whether this report is worth a line of its own in a log: the end of an epoch.
  public let isMilestone: Bool

  public init(
    _ label: String, done: Int, of total: Int, readings: [(name: String, value: Double)] = [],
    secondsLeft: Double? = nil, isMilestone: Bool = false
  ) {
    self.label = label
    self.done = done
    self.total = total
    self.readings = readings
    self.secondsLeft = secondsLeft
    self.isMilestone = isMilestone
  }
}

/// The key of one random stream: which book, which cell, which random command in the cell.
public struct RandomKey: Sendable, Hashable {
  public let seed: UInt64
  public let cell: String
  public let index: Int

  public init(seed: UInt64, cell: String, index: Int) {
    self.seed = seed
    self.cell = cell
    self.index = index
  }
}

/// What runs programs: the prompt, a book, a test. Bodies reach it through their `Context`.
public protocol Host: AnyObject, Sendable {
  func emit(_ output: Output)
  func report(_ progress: Progress)
  /// Says something about the work that is no output of the program: it stands in no record.
  func remark(_ text: String)
  /// True once the user asked the running command to stop; long bodies poll it between steps.
  var isCancelled: Bool { get }
  /// True once the user asked again: then a stopped command also leaves out what would make its result better.
  var isHurried: Bool { get }
  /// How long the program was stopped (Ctrl-Z) so far: no part of what work took.
  var pausedSeconds: Double { get }
  /// The absolute path behind a path in the program, noted as read. Throws where the rules forbid it.
  func pathToRead(_ path: String) throws -> String
  /// Writes a file below the output folder, whole or not at all; folders on the way are made. Throws where the rules
  /// forbid it, whatever stands there: a command is given no path that it could write to by itself.
  func write(_ bytes: [UInt8], to path: String) throws
  /// The same over a file that is there, whoever has written it: where the output folder is not the run's own, `write`
  /// refuses that.
  func replace(_ bytes: [UInt8], at path: String) throws
  /// As `write`, for a file that outlives the run, as a training's checkpoint does when the program is killed.
  func keep(_ bytes: [UInt8], as path: String) throws
  /// What such a file holds; `nil` where there is none. Throws where it is larger than `limit` bytes, and where it could
  /// not be kept either.
  func kept(_ path: String, limit: Int) throws -> [UInt8]?
  /// The folder, as `keep` takes it, for states that nobody asked to keep, so that a run that is stopped loses nothing;
  /// `nil` where none are kept.
  var stateFolder: String? { get }
}

extension Host {
  public var isHurried: Bool { false }
  public func replace(_ bytes: [UInt8], at path: String) throws { try write(bytes, to: path) }
  public var pausedSeconds: Double { 0 }
  public func remark(_ text: String) {}
  public var stateFolder: String? { nil }
}

/// What a command's body is given besides its arguments.
public struct Context: Sendable {
  public let host: any Host
  /// The stream of this call; meaningful for commands that declare `isRandom`.
  public let randomKey: RandomKey
  public let registry: Registry
  /// Applies a function value: for commands that take one.
  public let call: @Sendable (Function, [Value]) throws -> Value

  public init(
    host: any Host, randomKey: RandomKey, registry: Registry,
    call: @escaping @Sendable (Function, [Value]) throws -> Value
  ) {
    self.host = host
    self.randomKey = randomKey
    self.registry = registry
    self.call = call
  }
}
