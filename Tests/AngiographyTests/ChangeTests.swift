import Angiography
import Imaging
import Testing

/// What counts as change of masks that are known, on frames that lie on each other or are shifted.
@Suite struct ChangeTests {
  private let side = 100

  /// A registration that is a shift, with an error that is told.
  private func registration(right: Double = 0, error: Double = 0) -> Registration {
    Registration(
      known: RetinalTransform(
        .similarity, centreX: 50, centreY: 50, radius: 50, parameters: [50 + right, 50, 50, 0]),
      width: side, height: side, followUpWidth: side, followUpHeight: side, error: error)
  }

  private func square(_ columns: Range<Int>, _ rows: Range<Int>) -> Mask {
    Mask(
      width: side, height: side,
      pixels: (0..<side * side).map { columns.contains($0 % side) && rows.contains($0 / side) })
  }

  private func visit(_ mask: Mask, gradable: Mask? = nil) -> Change.Visit {
    Change.Visit(mask: mask, gradable: gradable ?? Mask(width: side, height: side, filledWith: true))
  }

  @Test func equalMasksHaveNotChanged() throws {
    let mask = square(20..<40, 30..<60)
    let change = try Change(from: visit(mask), to: visit(mask), by: registration(error: 0.5))
    #expect(change.areas.gained == 0 && change.areas.lost == 0 && change.areas.stable == 600)
    #expect(change.areas.rawGained == 0 && change.areas.common == 10_000)
    #expect(change.areas.gainedRange == 0...0)
    #expect(change.sentence(nil) == "gained 0 px [0, 0], lost 0 px [0, 0], stable 600 px")
  }

  /// A border that is off by a pixel is no change, one that is off by five is.
  @Test func bordersMayBeOffByTheBand() throws {
    let before = square(20..<40, 30..<60)
    let nudged = try Change(from: visit(before), to: visit(square(21..<41, 30..<60)), by: registration())
    #expect(nudged.areas.rawGained == 30 && nudged.areas.rawLost == 30)
    #expect(nudged.areas.gained == 0 && nudged.areas.lost == 0 && nudged.areas.uncertain == 60)
    #expect(nudged.areas.gainedRange == 0...30)
    #expect(nudged.areas.netRange == -30...30, "a border of one pixel may be all of it, either way")
    let grown = try Change(from: visit(before), to: visit(square(20..<45, 30..<60)), by: registration())
    #expect(grown.areas.gained == 150 && grown.areas.lost == 0 && grown.areas.net == 150)
    #expect(grown.areas.gainedRange.contains(150) && grown.areas.gainedRange.lowerBound < 110)
    #expect(grown.areas.netRange == grown.areas.gainedRange, "nothing was lost")
    // A registration that may be off by four pixels makes five unsure, one that may be off by six makes them none.
    let unsure = try Change(from: visit(before), to: visit(square(20..<45, 30..<60)), by: registration(error: 4))
    #expect(unsure.areas.gained == 150 && unsure.areas.gainedRange.lowerBound == 0)
    let vague = try Change(from: visit(before), to: visit(square(20..<45, 30..<60)), by: registration(error: 6))
    #expect(vague.areas.gained == 0 && vague.areas.rawGained == 150 && vague.band > 6)
  }

  /// What is far from any border of the baseline counts to its last pixel.
  @Test func newPlacesCountWhole() throws {
    let change = try Change(
      from: visit(square(10..<30, 10..<30)), to: visit(square(60..<80, 60..<80)), by: registration(error: 0.3))
    #expect(change.areas.gained == 400 && change.areas.lost == 400 && change.areas.stable == 0)
    let (gained, lost) = (change.areas.gainedRange, change.areas.lostRange)
    #expect(change.areas.net == 0 && change.areas.netRange.lowerBound == gained.lowerBound - lost.upperBound)
    #expect(change.areas.netRange.upperBound == gained.upperBound - lost.lowerBound && gained == lost)
    // The perimeter is 80 px, its band a little over one.
    #expect(abs(change.areas.band - 80 * .pi / 4 * change.band) < 1e-9)
  }

  @Test func theFollowUpIsBroughtToTheBaseline() throws {
    let change = try Change(
      from: visit(square(20..<40, 30..<60)), to: visit(square(30..<50, 30..<60)), by: registration(right: 10))
    #expect(change.areas.stable == 600 && change.areas.rawGained == 0 && change.areas.rawLost == 0)
    // Ten columns lie outside the follow-up's picture.
    #expect(change.areas.common == 9000)
  }

  @Test func ungradableRetinaIsLeftOut() throws {
    let mask = square(20..<40, 30..<60)
    let left = square(0..<30, 0..<100)
    let change = try Change(
      from: visit(mask), to: visit(square(0..<1, 0..<1), gradable: left), by: registration())
    #expect(change.areas.lost == 300 && change.areas.common == 3000)
    #expect(throws: ChangeError.nothingInCommon) {
      try Change(
        from: visit(mask, gradable: left), to: visit(mask, gradable: square(50..<60, 0..<9)), by: registration())
    }
  }

  @Test func areasAreToldInMillimetres() throws {
    let change = try Change(
      from: visit(square(10..<30, 10..<30)), to: visit(square(10..<30, 10..<50)), by: registration(),
      millimetresPerPixel: 0.1)
    #expect(abs((change.squareMillimetres(400) ?? 0) - 4) < 1e-12)
    let sentence = change.sentence(GradingNoise(of: .branchVeinOcclusion))
    #expect(sentence.hasPrefix("gained 4.00 mm² [") && sentence.contains("lost 0.00 mm² [0.00, 0.00], stable 4.00 mm²"))
    // 10.5 points of 10,000 px are 1053 px.
    #expect(sentence.hasSuffix("; changes under 10.53 mm² can't be told from grading noise, so this one can't"))
    // 0.1 points are 28 px.
    #expect(change.sentence(GradingNoise(replicateDeviation: 0.1)).hasSuffix("grading noise, and this one is larger"))
    #expect(abs((change.discAreas(254) ?? 0) - 1) < 1e-12)
  }

  @Test func aRegistrationOfOtherFramesIsRefused() throws {
    let small = Mask(width: 50, height: 50, filledWith: true)
    #expect(throws: ChangeError.self) {
      try Change(from: Change.Visit(mask: small, gradable: small), to: visit(square(0..<9, 0..<9)), by: registration())
    }
  }
}
