import Base
import Synchronization
import Testing
import ThreadRanks

/// Several ranks in one process: what they exchange is the same on all, and whatever befalls one of them befalls all.
@Suite struct RanksTests {
  @Test func aSingleRankExchangesNothing() throws {
    let ranks = Ranks(SingleRank())
    #expect(ranks.isAlone && ranks.isFirst && ranks.count == 1)
    #expect(ranks.agreed(on: .late) == .late)
    #expect(try ranks.gathered(7) == [7])
    #expect(try ranks.ofFirst { "one" } == "one")
    #expect(try ranks.sharedOut(4) { $0 * $0 } == [0, 1, 4, 9])
    let failure = SharedFailure("a-code", "words")
    #expect(ranks.settle(failure, .late) == (failure, .late))
  }

  @Test(arguments: [2, 3, 5])
  func allHaveTheSame(count: Int) throws {
    for result in onRanks(
      count,
      { ranks in
        let wishes = (0..<3).map { turn in ranks.agreed(on: turn == 1 && ranks.rank == count - 1 ? .interrupted : []) }
        let first = try ranks.ofFirst { "rank \(ranks.rank)" }
        let all = try ranks.gathered(Array(repeating: ranks.rank, count: ranks.rank))
        let squares = try ranks.sharedOut(7) { [ranks.rank, $0 * $0] }
        return (wishes, first, all, squares)
      })
    {
      let (wishes, first, all, squares) = try result.get()
      #expect(wishes == [[], .interrupted, []])
      #expect(first == "rank 0")
      #expect(all == (0..<count).map { Array(repeating: $0, count: $0) })
      #expect(squares.map { $0[1] } == [0, 1, 4, 9, 16, 25, 36])
      #expect(squares.map { $0[0] } == (0..<7).map { $0 % count })
    }
  }

  @Test func theLongestItemsAreGivenOutFirst() {
    #expect(Ranks.owners(of: [1, 1, 1, 1], among: 2) == [0, 1, 0, 1])
    #expect(Ranks.owners(of: [1, 2, 3, 6], among: 2) == [1, 1, 1, 0])
    #expect(Ranks.owners(of: [5], among: 3) == [0])
    #expect(Ranks.owners(of: [], among: 3) == [])
  }

  @Test(arguments: [1, 2, 3, 4])
  func numbersAreGatheredInTheOrderOfRanks(count: Int) throws {
    // Of the second rank none.
    let counts = (0..<count).map { $0 == 1 ? 0 : $0 + 2 }
    let numbers = counts.enumerated().map { rank, count in (0..<count).map { Double(10 * rank + $0) / 3 } }
    for result in onRanks(count, { ranks in ranks.numbersOfAll(numbers[ranks.rank], counts: counts) }) {
      #expect(try result.get() == numbers.flatMap { $0 })
    }
  }

  @Test(arguments: [1, 2, 3])
  func eachRankGetsWhatOthersHaveForIt(count: Int) throws {
    let results = onRanks(count) { ranks -> [UInt8] in
      // To rank r go r + 1 bytes that say who they are from and to.
      let outgoing = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 16)
      let incoming = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 16)
      defer {
        outgoing.deallocate()
        incoming.deallocate()
      }
      incoming.initializeMemory(as: UInt8.self, repeating: 255)
      let leaving = (0..<count).map { 8 * $0..<(8 * $0 + $0 + 1) }
      for (other, part) in leaving.enumerated() {
        for place in part { outgoing[place] = UInt8(10 * ranks.rank + other) }
      }
      let arriving = (0..<count).map { 5 * $0..<(5 * $0 + ranks.rank + 1) }
      ranks.finish(
        ranks.link.startExchange(
          RankParcels(outgoing.baseAddress!, leaving), into: RankParcels(incoming.baseAddress!, arriving)))
      return Array(incoming.prefix(5 * count))
    }
    for (rank, result) in results.enumerated() {
      let expected = (0..<5 * count).map { place in
        let (sender, offset) = place.quotientAndRemainder(dividingBy: 5)
        return offset <= rank ? UInt8(10 * sender + rank) : 255
      }
      #expect(try result.get() == expected)
    }
  }

  @Test(arguments: [0, 1, 2])
  func aFailureOfOneEndsTheWorkOfAll(failing: Int) throws {
    struct Mistake: Error {}
    for result in onRanks(
      3,
      { ranks -> ([SharedFailure?], [Int]) in
        var failures: [SharedFailure?] = []
        for turn in 0..<4 {
          var own: SharedFailure?
          do {
            if turn == 0, ranks.rank == failing { throw Mistake() }
            _ = try ranks.gathered(turn)
            _ = try ranks.sharedOut(6) { item in
              if turn == 1, item == failing { throw Mistake() }
              return item
            }
            if turn == 2, ranks.rank == failing { throw Mistake() }
            _ = ranks.agreed(on: [])
            _ = try ranks.ofFirst { turn }
          } catch is Mistake {
            own = SharedFailure("mistake", "of rank \(failing) in turn \(turn)", place: [turn])
            // What it does before it settles meets nobody.
            if turn == 1 {
              #expect(!ranks.agreed(on: []).isEmpty)
              #expect(throws: SharedFailure.self) { try ranks.ofFirst { 1 } }
            }
          } catch {}
          failures.append(ranks.settle(own, []).failure)
        }
        // They go on together.
        return (failures, try ranks.gathered(ranks.rank))
      })
    {
      let (failures, ranks) = try result.get()
      #expect(failures.map { $0?.message } == (0..<3).map { "of rank \(failing) in turn \($0)" } + [nil])
      #expect(ranks == [0, 1, 2])
    }
  }

  @Test func aRankThatOnlyStopsIsNotTheReason() throws {
    for result in onRanks(
      2,
      { ranks in
        ranks.settle(
          ranks.rank == 0 ? SharedFailure("interrupted", "stopped", isStop: true) : SharedFailure("broken", "broken"),
          ranks.rank == 0 ? [] : .unable)
      })
    {
      let (failure, wishes) = try result.get()
      #expect(failure?.code == "broken" && wishes == .unable)
    }
  }

  @Test func aWishReachesThoseAtWorkOnTheirOwn() throws {
    let results = onRanks(3) { ranks -> [Int] in
      try ranks.sharedOut(3) { item in
        // The last wishes to stop at its third look; the others look until they hear of it.
        for look in 1... {
          let wishes = ranks.agreed(on: item == 2 && look > 2 ? .interrupted : [])
          if !wishes.isEmpty { return Int(wishes.rawValue) }
        }
        return -1
      }
    }
    for result in results {
      #expect(
        try result.get() == [RankWishes.unable, .unable, .interrupted].map { Int($0.rawValue) })
    }
  }

  @Test func theFirstHasAllMessagesWhenTheyMeet() throws {
    let taken = Mutex<[String]>([])
    let results = onRanks(3) { ranks -> Int in
      ranks.onMessages { bytes in taken.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } }
      _ = try ranks.sharedOut(9) { item in
        if !ranks.isFirst { ranks.tellFirst(Array("item \(item)".utf8)) }
        return item
      }
      return ranks.isFirst ? taken.withLock { $0.count } : 6
    }
    for result in results { #expect(try result.get() == 6) }
    #expect(taken.withLock { $0.sorted() } == [1, 2, 4, 5, 7, 8].map { "item \($0)" })
  }

  @Test func severalBucketsAreOnTheirWayAtOnce() throws {
    for result in onRanks(
      3,
      { ranks in
        let lengths = (0..<3).map { bucket in (0..<3).map { $0 + bucket } }
        let pending = lengths.enumerated().map { bucket, lengths in
          ranks.link.startGathering(
            [UInt8](repeating: UInt8(10 * bucket + ranks.rank), count: lengths[ranks.rank]), lengths: lengths)
        }
        return pending.reversed().map { bytes in
          ranks.finish(bytes)
          return bytes.bytes
        }
      })
    {
      #expect(try result.get() == [[20, 20, 21, 21, 21, 22, 22, 22, 22], [10, 11, 11, 12, 12, 12], [1, 2, 2]])
    }
  }

  @Test func bytesSentAreCounted() throws {
    for result in onRanks(
      2, { ranks in (try ranks.gathered([UInt8](repeating: 1, count: 1000)), ranks.link.bytesSent) })
    {
      #expect(try result.get().1 > 1000)
    }
  }
}
