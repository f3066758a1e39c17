// The one file that wraps MPI's pointers.
import Base
import CMPI
import Glibc
import Synchronization

/// The ranks that `mpirun` or `srun` has started, linked by MPI.
public final class MPILink: RankLink {
  public let rank, count, countOnHost: Int
  private let sent = Atomic<Int>(0)
  /// Messages on their way out.
  private let posted = Mutex<[Transfer]>([])

  /// What cannot be linked.
  public struct Failure: Error {
    public let message: String
  }

  public init() throws(Failure) {
    var (rank, count, onHost): (Int32, Int32, Int32) = (0, 0, 0)
    let code = mpi_begin(&rank, &count, &onHost)
    guard code == 0 else { throw Failure(message: "MPI does not start: its error \(code)") }
    (self.rank, self.count, countOnHost) = (Int(rank), Int(count), Int(onHost))
  }

  /// Ends MPI; all ranks come to it.
  public func finish() { _ = mpi_finish() }

  public var bytesSent: Int { sent.load(ordering: .relaxed) }

  /// MPI counts in 32 bits: more bytes than this, of all ranks together, are sent in several pieces.
  private static let largestPiece = 1 << 30

  public func startGathering(_ own: [UInt8], lengths: [Int]) -> any PendingBytes {
    precondition(own.count == lengths[rank], "a rank brings as many bytes as it has told")
    let total = lengths.reduce(0, +)
    guard total > Self.largestPiece else { return gather(own[...], lengths) }
    // In pieces of the same part of every rank's bytes, one after another.
    let most = Self.largestPiece / count
    var parts = [[UInt8]](repeating: [], count: count)
    for start in stride(from: 0, to: lengths.max() ?? 0, by: most) {
      let piece = lengths.map { max(0, min(most, $0 - start)) }
      let bytes = gather(own.dropFirst(start).prefix(most), piece).wait()
      var place = 0
      for (sender, length) in piece.enumerated() {
        parts[sender] += bytes[place..<place + length]
        place += length
      }
    }
    return Transfer(Array(parts.joined()), self)
  }

  private func gather(_ own: ArraySlice<UInt8>, _ lengths: [Int]) -> Transfer {
    _ = sent.add(own.count * (count - 1), ordering: .relaxed)
    var starts: [Int32] = []
    var total = 0
    for length in lengths {
      starts.append(Int32(total))
      total += length
    }
    let transfer = Transfer(Array(own), total: total, self, lengths.map { Int32($0) } + starts)
    check(
      mpi_gather(
        transfer.outgoing.baseAddress, Int32(own.count), transfer.incoming.baseAddress, transfer.counts.baseAddress,
        transfer.counts.baseAddress! + count, transfer.pending))
    return transfer
  }

  public func startBroadcast(_ bytes: [UInt8], length: Int, from root: Int) -> any PendingBytes {
    guard length > Self.largestPiece else { return broadcast(bytes[...], length, from: root) }
    var all: [UInt8] = []
    for start in stride(from: 0, to: length, by: Self.largestPiece) {
      let piece = min(Self.largestPiece, length - start)
      all += broadcast(rank == root ? bytes[start..<start + piece] : [], piece, from: root).wait()
    }
    return Transfer(all, self)
  }

  private func broadcast(_ bytes: ArraySlice<UInt8>, _ length: Int, from root: Int) -> Transfer {
    if rank == root { _ = sent.add(length * (count - 1), ordering: .relaxed) }
    let transfer = Transfer([], total: length, self, [])
    if rank == root { transfer.incoming.copyBytes(from: bytes) }
    check(mpi_broadcast(transfer.incoming.baseAddress, Int32(length), Int32(root), transfer.pending))
    return transfer
  }

  public func startExchange(_ outgoing: RankParcels, into incoming: RankParcels) -> any PendingExchange {
    precondition(
      [outgoing, incoming].allSatisfy { $0.parts.allSatisfy { $0.upperBound <= Self.largestPiece } },
      "what is exchanged at once lies within a GiB")
    _ = sent.add(
      outgoing.parts.enumerated().reduce(0) { $1.offset == rank ? $0 : $0 + $1.element.count }, ordering: .relaxed)
    let numbers = [outgoing, incoming].flatMap { parcels in
      parcels.parts.map { Int32($0.count) } + parcels.parts.map { Int32($0.lowerBound) }
    }
    let transfer = Transfer([], total: 0, self, numbers)
    transfer.owners = [outgoing.owner, incoming.owner]
    check(mpi_exchange(outgoing.memory, incoming.memory, transfer.counts.baseAddress, Int32(count), transfer.pending))
    return transfer
  }

  public func post(_ message: [UInt8], to rank: Int) {
    precondition(message.count <= Self.largestPiece, "a message is shorter than a GiB")
    _ = sent.add(message.count, ordering: .relaxed)
    let transfer = Transfer(message, total: 0, self, [])
    check(mpi_send(transfer.outgoing.baseAddress, Int32(message.count), Int32(rank), transfer.pending))
    posted.withLock { $0.append(transfer) }
    _ = hasSentAll()
  }

  public func hasSentAll() -> Bool {
    posted.withLock { posted in
      posted.removeAll { $0.isComplete() }
      return posted.isEmpty
    }
  }

  public func nextMessage() -> (from: Int, bytes: [UInt8])? {
    _ = hasSentAll()
    var (found, sender, length): (Int32, Int32, Int32) = (0, 0, 0)
    check(mpi_look(&found, &sender, &length))
    guard found != 0 else { return nil }
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, filled in
      check(mpi_take(buffer.baseAddress, length, sender))
      filled = Int(length)
    }
    return (Int(sender), bytes)
  }

  public func endAll(_ code: Int32) -> Never {
    mpi_end_all(code)
    _exit(code)
  }

  /// An error of MPI's own leaves no rank in a state to go on.
  fileprivate func check(_ code: Int32) {
    guard code != 0 else { return }
    _ = writeBytes(
      "cnp: error[ranks-lost]: the ranks of this run have lost each other: MPI's error \(code)\n".utf8,
      to: STDERR_FILENO)
    endAll(3)
  }
}

/// Bytes in memory that stays where it is until MPI is done with it.
private final class Transfer: PendingBytes, @unchecked Sendable {
  // Unchecked: a rank uses its link from one thread at a time.
  let outgoing, incoming: UnsafeMutableRawBufferPointer
  let counts: UnsafeMutableBufferPointer<Int32>
  let pending: UnsafeMutablePointer<mpi_pending>
  /// Of memory that is not this one's.
  fileprivate var owners: [AnyObject?] = []
  private var isDone = false
  private unowned let link: MPILink

  init(_ own: [UInt8], total: Int, _ link: MPILink, _ counts: [Int32]) {
    outgoing = .allocate(byteCount: max(1, own.count), alignment: 16)
    outgoing.copyBytes(from: own)
    incoming = .allocate(byteCount: max(1, total), alignment: 16)
    self.counts = .allocate(capacity: max(1, counts.count))
    _ = self.counts.initialize(from: counts)
    pending = mpi_new_pending()
    self.link = link
    length = total
  }

  /// Of bytes that are there.
  convenience init(_ bytes: [UInt8], _ link: MPILink) {
    self.init([], total: bytes.count, link, [])
    incoming.copyBytes(from: bytes)
    isDone = true
  }

  private let length: Int

  deinit {
    outgoing.deallocate()
    incoming.deallocate()
    counts.deallocate()
    mpi_free(pending)
  }

  func isComplete() -> Bool {
    if isDone { return true }
    var done: Int32 = 0
    link.check(mpi_is_done(pending, &done))
    isDone = done != 0
    return isDone
  }

  func wait() -> [UInt8] {
    while !isComplete() { sched_yield() }
    return bytes
  }

  var bytes: [UInt8] { Array(incoming.prefix(length)) }
}
