/// What carries bytes between the ranks of one run: several processes that do the same work together.
///
/// Gatherings, broadcasts and exchanges are started by all ranks, in the same order. Each rank uses its link from one thread at a time.
public protocol RankLink: Sendable {
  /// From 0 to `count` − 1.
  var rank: Int { get }
  var count: Int { get }
  /// Of the ranks, those on this machine, this one among them.
  var countOnHost: Int { get }
  /// By this rank so far.
  var bytesSent: Int { get }

  /// Begins to bring the bytes of all ranks to all of them, one after another in the order of the ranks. Several may be under
  /// way at once.
  ///
  /// - Parameter lengths: of each rank's bytes.
  func startGathering(_ own: [UInt8], lengths: [Int]) -> any PendingBytes
  /// Begins to bring one rank's bytes to all.
  ///
  /// - Parameters:
  ///   - bytes: of no matter on the others.
  ///   - length: how many they are, known on all ranks.
  func startBroadcast(_ bytes: [UInt8], length: Int, from rank: Int) -> any PendingBytes

  /// Begins to bring each rank what the others have for it: `outgoing.parts[r]` goes to rank r, and what rank r has for this one
  /// comes to `incoming.parts[r]`. The memory of both stays, and is not touched, until all is there.
  func startExchange(_ outgoing: RankParcels, into incoming: RankParcels) -> any PendingExchange

  /// Sends a message, which that rank takes when it looks; does not wait for that.
  func post(_ message: [UInt8], to rank: Int)
  /// The next message to this rank; `nil` where none has come.
  func nextMessage() -> (from: Int, bytes: [UInt8])?
  /// Whether nothing that was posted is still on its way out.
  func hasSentAll() -> Bool

  /// Ends the processes of all ranks.
  func endAll(_ code: Int32) -> Never
}

/// What is on its way.
public protocol PendingExchange: AnyObject {
  /// Whether all is there; helps it on.
  func isComplete() -> Bool
}

/// Bytes that are on their way.
public protocol PendingBytes: PendingExchange {
  /// Once they are there.
  var bytes: [UInt8] { get }
}

/// Pieces of one memory, one for each rank, which may be empty. Those that leave may overlap.
public struct RankParcels {
  public let memory: UnsafeMutableRawPointer
  /// In bytes from the memory's start, by rank.
  public let parts: [Range<Int>]
  /// What the memory belongs to: kept as long as something is on its way.
  public let owner: AnyObject?

  public init(_ memory: UnsafeMutableRawPointer, _ parts: [Range<Int>], of owner: AnyObject? = nil) {
    self.memory = memory
    self.parts = parts
    self.owner = owner
  }
}

/// The link of a run of one process.
public struct SingleRank: RankLink {
  private final class Own: PendingBytes {
    let bytes: [UInt8]
    init(_ bytes: [UInt8]) { self.bytes = bytes }
    func isComplete() -> Bool { true }
  }

  public init() {}
  public var rank: Int { 0 }
  public var count: Int { 1 }
  public var countOnHost: Int { 1 }
  public var bytesSent: Int { 0 }
  public func startGathering(_ own: [UInt8], lengths: [Int]) -> any PendingBytes { Own(own) }
  public func startBroadcast(_ bytes: [UInt8], length: Int, from rank: Int) -> any PendingBytes { Own(bytes) }
  public func startExchange(_ outgoing: RankParcels, into incoming: RankParcels) -> any PendingExchange {
    precondition(outgoing.parts[0].count == incoming.parts[0].count, "what comes is what went")
    (incoming.memory + incoming.parts[0].lowerBound).copyMemory(
      from: outgoing.memory + outgoing.parts[0].lowerBound, byteCount: outgoing.parts[0].count)
    return Own([])
  }
  public func post(_ message: [UInt8], to rank: Int) { preconditionFailure("there is nobody to post to") }
  public func nextMessage() -> (from: Int, bytes: [UInt8])? { nil }
  public func hasSentAll() -> Bool { true }
  public func endAll(_ code: Int32) -> Never { preconditionFailure("one rank ends by itself") }
}
