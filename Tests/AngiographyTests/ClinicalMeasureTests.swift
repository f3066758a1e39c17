import Angiography
import Imaging
import Testing

@Suite struct ClinicalMeasures {
  /// A square picture without surround, of one grey.
  private func sample(
    side: Int = 201, ungraded: Mask? = nil, facts: SampleFacts = SampleFacts(millimetresPerPixel: 0.04)
  ) -> Sample {
    Sample(
      name: "eye", image: Plane(width: side, height: side, filledWith: 0.5), mask: nil,
      fieldOfView: Mask(width: side, height: side, filledWith: true), ungraded: ungraded, facts: facts)
  }

  @Test func datesAreDaysOfTheCalendar() throws {
    #expect(CalendarDate("2024-02-29")?.description == "2024-02-29")
    for text in [
      "2023-02-29", "2024-13-01", "2024-1-1", "24-01-01", "2024/01/01", "visit 2", "0000-01-01", "2024-00-10",
    ] {
      #expect(CalendarDate(text) == nil, "\(text)")
    }
    let days = try ["1999-12-31", "2000-01-01", "2000-02-29", "2000-03-01", "2100-03-01"].map {
      try #require(CalendarDate($0)).dayNumber
    }
    #expect(days.map { $0 - days[0] } == [0, 1, 60, 61, 36585])
    #expect(try #require(CalendarDate("2023-12-31")) < #require(CalendarDate("2024-01-01")))
  }

  @Test func aScaleIsGivenOrFollowsAndIsNeverGuessed() throws {
    #expect(sample(facts: SampleFacts()).scale == nil)
    let byAngle = try #require(sample(facts: SampleFacts(fieldAngle: 50)).scale)
    // 17 mm a radian over 201 px.
    #expect(abs(byAngle.millimetresPerPixel - 17 * 50 * Double.pi / 180 / 201) < 1e-12 && byAngle.source == .fieldAngle)
    let byDisc = try #require(sample(facts: SampleFacts(landmarks: Landmarks(discDiameter: 45))).scale)
    #expect(abs(byDisc.millimetresPerPixel - 0.04) < 1e-12 && byDisc.source == .discDiameter)
    let all = SampleFacts(millimetresPerPixel: 0.01, fieldAngle: 50, landmarks: Landmarks(discDiameter: 45))
    #expect(sample(facts: all).scale == RetinalScale(millimetresPerPixel: 0.01, source: .given))
  }

  @Test func areasAreOfGradableRetina() {
    let side = 10
    let left = Mask(width: side, height: side, pixels: (0..<100).map { $0 % side < 5 })
    let top = Mask(width: side, height: side, pixels: (0..<100).map { $0 < 40 })
    let area = MarkedArea(of: left, in: sample(side: side, ungraded: top))
    #expect(area.pixels == 30 && area.gradable == 60 && area.field == 100)
    #expect(area.share == 0.5 && area.gradableShare == 0.6)
    #expect(abs((area.squareMillimetres ?? 0) - 30 * 0.0016) < 1e-12)
    let nothing = MarkedArea(
      of: left, in: sample(side: side, ungraded: Mask(width: side, height: side, filledWith: true)))
    #expect(nothing.share == nil && nothing.gradableShare == 0)
  }

  @Test func gridsCutTheRetinaIntoCellsOfTheirAreas() throws {
    let eye = sample(side: 401, facts: SampleFacts(eye: .right, millimetresPerPixel: 0.02))
    let all = Mask(width: 401, height: 401, filledWith: true)
    func cells(_ grid: RetinalGrid) throws -> [GriddedArea.Cell] {
      GriddedArea(
        of: all, in: eye, grid: grid, centre: Landmark(x: 200, y: 200), scale: try #require(eye.scale)
      ).cells
    }
    let etdrs = try cells(RetinalGrid(.etdrs))
    let expected = [0.25] + Array(repeating: 2.0 / 4, count: 4) + Array(repeating: 6.75 / 4, count: 4)
    for (cell, area) in zip(etdrs, expected) {
      #expect(abs(cell.squareMillimetres / (area * .pi) - 1) < 0.02, "\(cell.name)")
      #expect(cell.share == 1)
    }
    let polar = try cells(RetinalGrid(.polar, ringWidth: 1.5, count: 5, sectors: 8))
    #expect(polar.count == 40 && polar.allSatisfy { abs($0.squareMillimetres / (2.25 * .pi / 8) - 1) < 0.05 })
    #expect(try cells(RetinalGrid(.clock, ringWidth: 0.6)).count == 72)
    // 8 mm of retina reach no zone but the first.
    let zones = try cells(RetinalGrid(.zones))
    #expect(zones.map(\.gradable) == [401 * 401, 0, 0] && zones[1].share == nil)
  }

  @Test func nasalIsWhereTheDiscIs() throws {
    let grid = RetinalGrid(.etdrs)
    let right = Mask(width: 201, height: 201, pixels: (0..<201 * 201).map { $0 % 201 > 100 })
    func share(_ name: String, _ facts: SampleFacts) throws -> Double? {
      let eye = sample(facts: facts)
      let found = GriddedArea(
        of: right, in: eye, grid: grid, centre: Landmark(x: 100, y: 100), scale: try #require(eye.scale))
      return try #require(found.cells.first { $0.name == name }, "\(found.cells.map(\.name))").share
    }
    func facts(_ eye: Eye?, discX: Double? = nil) -> SampleFacts {
      SampleFacts(
        eye: eye, millimetresPerPixel: 0.04,
        landmarks: Landmarks(
          fovea: Landmark(x: 100, y: 100), disc: discX.map { Landmark(x: $0, y: 90) }))
    }
    #expect(try share("inner nasal", facts(.right)) == 1)
    #expect(try share("outer temporal", facts(.left)) == 1)
    #expect(try share("inner nasal", facts(nil, discX: 180)) == 1)
    #expect(try share("inner nasal", facts(nil, discX: 20)) == 0)
    #expect(try share("inner right", facts(nil)) == 1)
    #expect(abs((try share("inner superior", facts(nil)) ?? 0) - 0.5) < 0.02)
  }

  @Test func anAngleBelongsToTheSectorThatItBeginsIn() {
    let grid = RetinalGrid(.clock, ringWidth: 1, count: 2)
    #expect(grid.cell(distance: 0.5, angle: -15) == 0 && grid.cell(distance: 0.5, angle: 14.9) == 0)
    #expect(grid.cell(distance: 0.5, angle: 15) == 1 && grid.cell(distance: 1, angle: 344.9) == 23)
    #expect(grid.cell(distance: 2, angle: 0) == nil)
    #expect(RetinalGrid(.zones).cell(distance: 1000, angle: 77) == 2)
  }

  @Test func lesionsHaveTheirAreaAndDistance() {
    var mask = Mask(width: 201, height: 201)
    for y in 100..<110 { for x in 120..<140 { mask[x, y] = true } }
    for y in 20..<25 { for x in 30..<35 { mask[x, y] = true } }
    mask[25, 19] = true
    let ungraded = Mask(width: 201, height: 201, pixels: (0..<201 * 201).map { $0 % 201 >= 130 })
    let facts = SampleFacts(landmarks: Landmarks(fovea: Landmark(x: 100, y: 100)))
    let found = LesionList(of: mask, in: sample(ungraded: ungraded, facts: facts)).lesions
    #expect(found.map(\.pixels) == [100, 25, 1])
    #expect(found[0].foveaDistance == 20 && found[0].centroid.x == 124.5 && found[0].centroid.y == 104.5)
    #expect(abs((found[1].foveaDistance ?? 0) - (66.0 * 66 + 76 * 76).squareRoot()) < 1e-12)
    #expect(LesionList(of: mask, in: sample(facts: SampleFacts())).lesions[0].foveaDistance == nil)
  }

  @Test func theFovealZoneHasItsArea() throws {
    let facts = SampleFacts(millimetresPerPixel: 0.01, landmarks: Landmarks(fovea: Landmark(x: 100, y: 100)))
    let eye = try #require(sample(facts: facts).withoutFovealZone)
    let area = Double(201 * 201 - eye.gradable.area) * 1e-4
    #expect(abs(area - 0.16 * 2.54) < 0.003)
    #expect(sample().withoutFovealZone == nil)
  }
}

@Suite struct LandmarksAndGrading {
  /// On eyes whose fovea and disc are known.
  @Test func foveaAndDiscAreFound() throws {
    var (right, sure, sureAndRight) = (0, 0, 0)
    let eyes = try phantomDataset(PhantomOptions(count: 40, size: 192, seed: 77)).samples
    for eye in eyes {
      let search = try #require(LandmarkSearch(of: eye, anew: true))
      let (fovea, disc) = (try #require(search.landmarks.fovea), try #require(search.landmarks.disc))
      let (trueFovea, trueDisc) = (try #require(eye.facts.landmarks.fovea), try #require(eye.facts.landmarks.disc))
      let scale = try #require(eye.scale).millimetresPerPixel
      let isRight = fovea.distance(to: trueFovea) * scale < 1 && disc.distance(to: trueDisc) * scale < 0.9
      right += isRight ? 1 : 0
      if search.confidence >= 0.8 {
        sure += 1
        sureAndRight += isRight ? 1 : 0
      }
      #expect(fovea.confidence == search.confidence && disc.confidence == search.confidence)
    }
    #expect(right >= 30, "\(right) of 40")
    #expect(sure >= 20 && Double(sureAndRight) >= 0.88 * Double(sure), "\(sureAndRight) of \(sure)")
  }

  @Test func whatSomebodyMarkedStays() throws {
    let eye = try phantomSample(PhantomOptions(size: 128, seed: 3), index: 0)
    var facts = eye.facts
    facts.landmarks = Landmarks(disc: eye.facts.landmarks.disc)
    let found = try #require(LandmarkSearch(of: eye.with(facts))).landmarks
    #expect(found.disc == eye.facts.landmarks.disc && found.fovea?.confidence != nil)
    let truth = try #require(eye.facts.landmarks.fovea)
    #expect(try #require(found.fovea).distance(to: truth) < 12)
  }

  @Test func aBlankPictureHasNone() {
    let blank = Plane(width: 64, height: 48, filledWith: 0.4)
    let eye = Sample(
      name: "blank", image: blank, mask: nil, fieldOfView: Mask(width: 64, height: 48, filledWith: true))
    #expect((LandmarkSearch(of: eye)?.confidence ?? 0) < 0.8)
    let nothing = Sample(name: "none", image: blank, mask: nil, fieldOfView: Mask(width: 64, height: 48))
    #expect(LandmarkSearch(of: nothing) == nil && UngradableRetina(of: nothing) == nil)
  }

  /// What a lid, a flare and a blur cover is found; what is not perfused is not taken for it.
  @Test func whatNobodyCanGradeIsFound() throws {
    let eyes = try phantomDataset(PhantomOptions(count: 8, size: 256, seed: 9, nonPerfusion: 0.1...0.4)).samples
    var (false_, lesions, lesionsTaken) = (0.0, 0.0, 0.0)
    for eye in eyes {
      let found = try #require(UngradableRetina(of: eye)).all
      false_ += Double(found.area) / Double(eye.fieldOfView.area) / Double(eyes.count)
      let mask = try #require(eye.mask)
      lesions += Double(mask.area)
      lesionsTaken += Double(found.area(within: mask))
    }
    #expect(false_ < 0.02 && lesionsTaken < 0.03 * lesions, "\(false_), \(lesionsTaken / lesions)")
    let eye = eyes[1]
    func changed(_ change: (Int, Int, Float) -> Float) -> Sample {
      var image = eye.image
      for y in 0..<256 { for x in 0..<256 where eye.fieldOfView[x, y] { image[x, y] = change(x, y, image[x, y]) } }
      return Sample(name: "changed", image: image, mask: nil, fieldOfView: eye.fieldOfView)
    }
    func covered(_ sample: Sample, _ wanted: (Int, Int) -> Bool) throws -> Double {
      let region = Mask(
        width: 256, height: 256,
        pixels: (0..<65536).map { eye.fieldOfView.pixels[$0] && wanted($0 % 256, $0 / 256) })
      return Double(try #require(UngradableRetina(of: sample)).all.area(within: region)) / Double(region.area)
    }
    #expect(try covered(changed { $1 < 50 ? 0.02 : $2 + 0 * Float($0) }) { $1 < 42 } > 0.8, "a lid")
    let flare = changed { x, y, grey in (x - 150) * (x - 150) + (y - 130) * (y - 130) < 900 ? 1 : grey }
    #expect(try covered(flare) { x, y in (x - 150) * (x - 150) + (y - 130) * (y - 130) < 800 } > 0.9, "a flare")
    let blur = eye.image.gaussianMean(sigma: 14, within: eye.fieldOfView)
    let blurred = changed { x, y, grey in x > 150 ? max(blur[x, y], 0.3) : grey }
    #expect(try covered(blurred) { x, _ in x > 175 } > 0.6, "a blur")
  }
}
