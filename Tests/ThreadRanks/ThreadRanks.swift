import Base
import Foundation
import Synchronization

/// Runs a body once for each of several ranks, on a thread each, and gives back what they came to, in their order.
public func onRanks<Value: Sendable>(
  _ count: Int, _ body: @escaping @Sendable (Ranks) throws -> Value
) -> [Result<Value, any Error>] {
  let hub = Hub(count: count)
  let results = Mutex<[Int: Result<Value, any Error>]>([:])
  let group = DispatchGroup()
  for rank in 0..<count {
    group.enter()
    let thread = Thread {
      let ranks = Ranks(ThreadLink(rank: rank, hub))
      let result = Ranks.$current.withValue(ranks) { Result { try body(ranks) } }
      results.withLock { $0[rank] = result }
      group.leave()
    }
    thread.stackSize = 64 << 20
    thread.start()
  }
  group.wait()
  return results.withLock { found in (0..<count).compactMap { found[$0] } }
}

/// What the threads of one run have in common.
private final class Hub: Sendable {
  struct State {
    /// By the number of the exchange, then by rank.
    var parts: [Int: [Int: [UInt8]]] = [:]
    /// How many have read it.
    var readers: [Int: Int] = [:]
    var mail: [Int: [(from: Int, bytes: [UInt8])]] = [:]
  }

  let count: Int
  let state = Mutex(State())

  init(count: Int) { self.count = count }
}

/// A rank that is a thread of this process.
final class ThreadLink: RankLink {
  let rank: Int
  private let hub: Hub
  private let exchanges = Atomic<Int>(0)
  private let sent = Atomic<Int>(0)

  fileprivate init(rank: Int, _ hub: Hub) { (self.rank, self.hub) = (rank, hub) }

  var count: Int { hub.count }
  var countOnHost: Int { hub.count }
  var bytesSent: Int { sent.load(ordering: .relaxed) }

  private final class Exchange: PendingBytes {
    private let hub: Hub
    private let number: Int

    init(_ hub: Hub, _ number: Int) { (self.hub, self.number) = (hub, number) }

    func isComplete() -> Bool { hub.state.withLock { $0.parts[number]?.count == hub.count } }
    var bytes: [UInt8] {
      hub.state.withLock { state in
        let all = (0..<hub.count).flatMap { state.parts[number]?[$0] ?? [] }
        state.readers[number, default: 0] += 1
        if state.readers[number] == hub.count {
          state.parts[number] = nil
          state.readers[number] = nil
        }
        return all
      }
    }
  }

  /// - Parameter sending: bytes that would leave this process; left out, all to each of the others.
  private func exchange(_ bytes: [UInt8], sending: Int? = nil) -> any PendingBytes {
    let number = exchanges.add(1, ordering: .relaxed).newValue
    _ = sent.add(sending ?? bytes.count * (count - 1), ordering: .relaxed)
    hub.state.withLock { $0.parts[number, default: [:]][rank] = bytes }
    return Exchange(hub, number)
  }

  func startGathering(_ own: [UInt8], lengths: [Int]) -> any PendingBytes {
    precondition(own.count == lengths[rank], "a rank brings as many bytes as it has told")
    return exchange(own)
  }

  func startBroadcast(_ bytes: [UInt8], length: Int, from root: Int) -> any PendingBytes {
    exchange(rank == root ? bytes : [])
  }

  /// Writes what came to where it belongs once all is there.
  private final class Delivery: PendingExchange {
    private let pending: any PendingBytes
    private let incoming: RankParcels
    private let rank: Int
    private let outgoing: RankParcels
    private let sent: [[UInt8]]
    private var isDelivered = false

    init(_ pending: any PendingBytes, _ outgoing: RankParcels, into incoming: RankParcels, rank: Int) {
      (self.pending, self.incoming, self.rank) = (pending, incoming, rank)
      self.outgoing = outgoing
      sent = Self.pieces(of: outgoing)
    }

    static func pieces(of parcels: RankParcels) -> [[UInt8]] {
      parcels.parts.map { Array(UnsafeRawBufferPointer(start: parcels.memory + $0.lowerBound, count: $0.count)) }
    }

    func isComplete() -> Bool {
      guard !isDelivered else { return true }
      guard pending.isComplete() else { return false }
      // A link by wires may read until now.
      precondition(Self.pieces(of: outgoing) == sent, "what is on its way is not touched")
      // What each rank sends begins with the lengths of its pieces.
      let all = pending.bytes
      let count = incoming.parts.count
      var place = 0
      for part in incoming.parts {
        var lengths: [Int] = []
        for _ in 0..<count {
          lengths.append(all[place..<place + 8].reversed().reduce(0) { $0 << 8 | Int($1) })
          place += 8
        }
        precondition(lengths[rank] == part.count, "as much comes as is awaited")
        let start = place + lengths[..<rank].reduce(0, +)
        UnsafeMutableRawBufferPointer(start: incoming.memory + part.lowerBound, count: part.count)
          .copyBytes(from: all[start..<start + part.count])
        place += lengths.reduce(0, +)
      }
      isDelivered = true
      return true
    }
  }

  func startExchange(_ outgoing: RankParcels, into incoming: RankParcels) -> any PendingExchange {
    var bytes: [UInt8] = []
    for part in outgoing.parts { bytes += (0..<8).map { UInt8(truncatingIfNeeded: part.count >> ($0 * 8)) } }
    bytes += Delivery.pieces(of: outgoing).joined()
    let sending = outgoing.parts.indices.reduce(0) { $1 == rank ? $0 : $0 + outgoing.parts[$1].count }
    return Delivery(exchange(bytes, sending: sending), outgoing, into: incoming, rank: rank)
  }

  func post(_ message: [UInt8], to other: Int) {
    _ = sent.add(message.count, ordering: .relaxed)
    hub.state.withLock { $0.mail[other, default: []].append((rank, message)) }
  }

  func nextMessage() -> (from: Int, bytes: [UInt8])? {
    hub.state.withLock { $0.mail[rank]?.isEmpty == false ? $0.mail[rank]?.removeFirst() : nil }
  }

  func hasSentAll() -> Bool { true }
  func endAll(_ code: Int32) -> Never { preconditionFailure("the ranks of a test no longer do the same") }
}
