import Glibc
import Synchronization

/// The ranks of one run: processes that do the same work, each the whole of it but for what they share out among each other.
///
/// All of them compute the same values, so all come to the same meetings in the same order: where a result is exchanged, where
/// only the first reads or writes, where it is asked whether to stop. A rank that fails comes to the next meeting with its
/// failure, which ends the work of all at that place, until `settle` begins anew. The first rank alone writes and talks.
public final class Ranks: Sendable {
  /// Those of the running work; one where nobody has said.
  @TaskLocal public static var current = Ranks(SingleRank())

  private struct State {
    /// Whether each rank is at work on items of its own.
    var isSharing = false
    /// How often they have been, with this time.
    var sharings: UInt64 = 0
    var hasAskedToStop = false
    var isAskedToStop = false
    /// Whether it has left such work for an error: the others know that when it settles.
    var hasLeft = false
    /// What has ended the work of all since the last `settle`, and what the ranks wished then.
    var failure: SharedFailure?
    var wishes: RankWishes = []
    /// Messages posted to the first rank, and those that it has taken, by their sender.
    var posted = 0
    var taken: [Int]
    /// The beginnings of messages that have come in part, by their sender.
    var begun: [Int: [UInt8]] = [:]
    var take: (@Sendable ([UInt8]) -> Void)?
    /// Seconds spent in waiting for others.
    var waited = 0.0
  }

  public let link: any RankLink
  private let state: Mutex<State>

  public init(_ link: any RankLink) {
    self.link = link
    state = Mutex(State(taken: Array(repeating: 0, count: link.count)))
  }

  public var rank: Int { link.rank }
  public var count: Int { link.count }
  public var isAlone: Bool { link.count == 1 }
  /// Whether this one writes and talks.
  public var isFirst: Bool { link.rank == 0 }
  /// Whether each rank is at work on items of its own, so that what it does is not done by the others too.
  public var isSharing: Bool { state.withLock { $0.isSharing } }
  /// How many ranks take part where work is shared out now.
  public var countAtWork: Int { isSharing ? 1 : count }
  /// How long this rank has waited for others.
  public var secondsWaited: Double { state.withLock { $0.waited } }
}

// MARK: Meetings

extension Ranks {
  /// Whether to stop, and why: what any rank wishes, at the same place for all. While they share out work each asks for itself,
  /// and hears of the others sooner or later.
  public func agreed(on wishes: RankWishes) -> RankWishes {
    guard !isAlone else { return wishes }
    guard !isSharing else {
      takeMessages()
      if !wishes.isEmpty { askOthersToStop() }
      return wishes.union(state.withLock { $0.isAskedToStop } ? .unable : [])
    }
    do { return try meet(.wishes, wishes: wishes).wishes } catch { return .unable }
  }

  /// What the first rank makes, on all of them; the others go on when it is done.
  ///
  /// - Throws: the failure of a rank that has come to its end.
  public func ofFirst<Value: Codable>(_ body: () -> Value) throws -> Value {
    guard !isAlone else { return body() }
    precondition(!isSharing, "ranks at work on items of their own do not meet")
    guard isFirst else { return try restored(from: Array(try meet(.first).payloads[0])) }
    if let end { throw end }
    let value = body()
    _ = try meet(.first, try storedForm(of: value))
    return value
  }

  /// What every rank brings, in their order.
  public func gathered<Value: Codable>(_ own: Value) throws -> [Value] {
    guard !isAlone else { return [own] }
    let payloads = try meet(.gathering, try storedForm(of: own)).payloads
    return try payloads.enumerated().map { try $0.offset == rank ? own : restored(from: Array($0.element)) }
  }

  /// Ends a piece of work for all ranks, whatever has become of it on each, and begins anew.
  ///
  /// - Returns: the failure that counts for all, and what any of them wished.
  public func settle(_ failure: SharedFailure?, _ wishes: RankWishes) -> (failure: SharedFailure?, wishes: RankWishes) {
    guard !isAlone else { return (failure, wishes) }
    defer {
      state.withLock {
        $0.failure = nil
        $0.wishes = []
        $0.hasLeft = false
      }
    }
    let failure = failure ?? (state.withLock { $0.hasLeft } ? Self.left : nil)
    if let known = state.withLock({ state in state.failure.map { ($0, state.wishes) } }) { return known }
    do {
      return (nil, try meet(.end, failure: failure, wishes: wishes).wishes)
    } catch {
      return (error, state.withLock { $0.wishes })
    }
  }

  private func meet(
    _ kind: RankHeader.Kind, _ payload: [UInt8] = [], failure: SharedFailure? = nil, wishes: RankWishes = []
  ) throws(SharedFailure) -> (payloads: [ArraySlice<UInt8>], wishes: RankWishes) {
    if kind != .end, let end { throw end }
    let payload = failure.map { (try? storedForm(of: $0)) ?? [] } ?? payload
    let own = RankHeader(
      kind, isFailure: failure != nil, wishes, length: payload.count, posted: state.withLock { $0.posted })
    let lines = wait(for: link.startGathering(own.bytes, lengths: Array(repeating: RankHeader.size, count: count)))
    let headers = (0..<count).compactMap { RankHeader(lines[($0 * RankHeader.size)..<(($0 + 1) * RankHeader.size)]) }
    guard headers.count == count else { endDiverged() }
    let hasFailure = headers.contains { $0.isFailure }
    guard hasFailure || headers.allSatisfy({ $0.kind == kind }) else { endDiverged() }
    // Where one has failed, nobody needs what the others have.
    let isSent = headers.map { !hasFailure || $0.isFailure }
    let payloads = exchange(isSent[rank] ? payload : [], lengths: zip(headers, isSent).map { $1 ? $0.length : 0 })
    waitForMessages(headers)
    let wishes = headers.reduce(into: RankWishes()) { $0.formUnion($1.wishes) }
    guard hasFailure else { return (payloads, wishes) }
    let failures = zip(headers, payloads).compactMap { header, bytes in
      header.isFailure ? try? restored(SharedFailure.self, from: Array(bytes)) : nil
    }
    let counting = failures.first { !$0.isStop } ?? failures.first ?? Self.unreadable
    state.withLock { ($0.failure, $0.wishes) = (counting, wishes) }
    throw counting
  }

  /// Why this rank meets the others no more before it settles.
  private var end: SharedFailure? { state.withLock { $0.failure ?? ($0.hasLeft ? Self.left : nil) } }

  private static let left = SharedFailure("interrupted", "a rank has left its work", isStop: true)
  private static let unreadable = SharedFailure("internal-error", "a rank has failed in a way that cannot be told")

  private func exchange(_ payload: [UInt8], lengths: [Int]) -> [ArraySlice<UInt8>] {
    let total = lengths.reduce(0, +)
    guard total > 0 else { return lengths.map { _ in [] } }
    let sender = lengths.firstIndex(of: total)
    let all =
      if let sender { wait(for: link.startBroadcast(payload, length: total, from: sender)) } else {
        wait(for: link.startGathering(payload, lengths: lengths))
      }
    var payloads: [ArraySlice<UInt8>] = []
    var start = 0
    for length in lengths {
      payloads.append(all[start..<start + length])
      start += length
    }
    return payloads
  }

  private func endDiverged() -> Never {
    if isFirst {
      _ = writeBytes(
        "cnp: error[ranks-diverged]: the ranks of this run no longer do the same\n  they are to be of one build, and see the same files\n"
          .utf8, to: STDERR_FILENO)
    }
    link.endAll(3)
  }
}

// MARK: Shared work

extension Ranks {
  /// What `body` makes of the items 0 ..< `count`: each of them on one rank, the results on all. Inside of `body` nothing is
  /// shared out again.
  ///
  /// - Parameter costs: how long items take, in any unit; left out, all the same.
  /// - Throws: what `body` throws for one of this rank's items; on the others, then, the failure of that rank.
  public func sharedOut<Value: Codable>(
    _ count: Int, costs: [Double]? = nil, _ body: (Int) throws -> Value
  ) throws -> [Value] {
    guard !isAlone, !isSharing, count > 1 else { return try (0..<count).map(body) }
    if let end { throw end }
    let owners = Self.owners(of: costs ?? Array(repeating: 1, count: count), among: self.count)
    var values = [Value?](repeating: nil, count: count)
    let own = owners.indices.filter { owners[$0] == rank }
    state.withLock {
      $0.isSharing = true
      $0.sharings += 1
      ($0.hasAskedToStop, $0.isAskedToStop) = (false, false)
    }
    do {
      defer { state.withLock { $0.isSharing = false } }
      for item in own { values[item] = try body(item) }
    } catch {
      askOthersToStop()
      state.withLock { $0.hasLeft = true }
      throw error
    }
    let payloads = try meet(.sharing, try storedForm(of: own.compactMap { values[$0] })).payloads
    for (sender, payload) in payloads.enumerated() where sender != rank {
      let items = owners.indices.filter { owners[$0] == sender }
      let found = try restored([Value].self, from: Array(payload))
      for (item, value) in zip(items, found) { values[item] = value }
    }
    return values.map { value in
      guard let value else { preconditionFailure("every item has an owner") }
      return value
    }
  }

  /// Which rank does each item: the longest first, each to the one that has least to do.
  public static func owners(of costs: [Double], among ranks: Int) -> [Int] {
    var loads = [Double](repeating: 0, count: ranks)
    var owners = [Int](repeating: 0, count: costs.count)
    for item in costs.indices.sorted(by: { (costs[$1], $0) < (costs[$0], $1) }) {
      let least = loads.indices.reduce(0) { loads[$1] < loads[$0] ? $1 : $0 }
      owners[item] = least
      loads[least] += costs[item]
    }
    return owners
  }
}

// MARK: Numbers

extension Ranks {
  /// The numbers that all ranks have, one after another in the order of the ranks, without the header of a meeting: for what
  /// is exchanged hundreds of times a second by ranks that agree on what comes next. No failure of another rank is heard of.
  ///
  /// - Parameter counts: how many each rank has.
  public func numbersOfAll(_ own: [Double], counts: [Int]) -> [Double] {
    precondition(!isSharing, "ranks at work on items of their own do not meet")
    let size = MemoryLayout<Double>.stride
    let bytes = own.withUnsafeBytes { Array($0) }
    let all = wait(for: link.startGathering(bytes, lengths: counts.map { $0 * size }))
    return [Double](unsafeUninitializedCapacity: all.count / size) { buffer, filled in
      all.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
      filled = all.count / size
    }
  }

  /// Waits until all that was sent on its way by the link is there.
  public func finish(_ pending: any PendingExchange) { waitUntilComplete(pending) }
}

// MARK: Messages

extension Ranks {
  private enum Message: UInt8 { case stop, part, last }
  /// Bytes of the longest message that a link is given.
  private static let longest = 1 << 28

  /// Has the first rank take what others tell it, while they are at work on items of their own.
  public func onMessages(_ take: (@Sendable ([UInt8]) -> Void)?) { state.withLock { $0.take = take } }

  /// Tells the first rank something, without waiting for it. It has taken it before the ranks meet the next time.
  public func tellFirst(_ message: [UInt8]) {
    precondition(!isFirst, "the first rank needs no message to itself")
    for start in stride(from: 0, through: message.count, by: Self.longest) {
      let end = min(start + Self.longest, message.count)
      let kind: Message = message.count - start < Self.longest ? .last : .part
      state.withLock { $0.posted += 1 }
      link.post([kind.rawValue] + message[start..<end], to: 0)
    }
  }

  private func askOthersToStop() {
    let number = state.withLock { state -> UInt64? in
      guard !state.hasAskedToStop else { return nil }
      state.hasAskedToStop = true
      return state.sharings
    }
    guard let number else { return }
    let message = [Message.stop.rawValue] + (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    for other in 0..<count where other != rank { link.post(message, to: other) }
  }

  private func takeMessages() {
    while let (sender, message) = link.nextMessage() {
      switch message.first.flatMap(Message.init) {
      case .stop?:
        let number = message.dropFirst().reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        // One of an earlier sharing has come too late to be of use.
        state.withLock { if number == $0.sharings { $0.isAskedToStop = true } }
      case .part?:
        state.withLock { state in
          state.taken[sender] += 1
          state.begun[sender, default: []] += message.dropFirst()
        }
      case .last?:
        let (take, begun) = state.withLock { state in
          state.taken[sender] += 1
          return (state.take, state.begun.removeValue(forKey: sender) ?? [])
        }
        take?(begun + message.dropFirst())
      case nil: preconditionFailure("ranks send messages of these kinds")
      }
    }
  }

  /// Waits until the first rank has all that was told to it, and until what this one has told is on its way.
  private func waitForMessages(_ headers: [RankHeader]) {
    var pause = Pause()
    while isFirst, state.withLock({ state in headers.indices.contains { state.taken[$0] < headers[$0].posted } }) {
      takeMessages()
      pause.rest()
    }
    while !link.hasSentAll() { pause.rest() }
  }

  private func wait(for pending: any PendingBytes) -> [UInt8] {
    waitUntilComplete(pending)
    return pending.bytes
  }

  private func waitUntilComplete(_ pending: any PendingExchange) {
    let start = ContinuousClock.now
    var pause = Pause()
    while !pending.isComplete() {
      takeMessages()
      pause.rest()
    }
    state.withLock { $0.waited += (ContinuousClock.now - start) / .seconds(1) }
  }

  /// Rests the longer the longer it lasts: at once there for what takes microseconds, and not in the way of those at work.
  private struct Pause {
    private var times = 0

    mutating func rest() {
      times += 1
      if times < 500 { return }
      if times < 1500 { sched_yield() } else { usleep(times < 5000 ? 50 : 500) }
    }
  }
}
