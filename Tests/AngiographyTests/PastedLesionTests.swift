import Angiography
import Base
import Imaging
import Tensors
import Testing

@Suite struct PastedLesions {
  private static let side = 64

  private static func square(_ x: Int, _ y: Int, _ size: Int) -> Mask {
    var mask = Mask(width: side, height: side)
    for v in y..<y + size { for u in x..<x + size { mask[u, v] = true } }
    return mask
  }
  private static let whole = Mask(width: side, height: side, filledWith: true)
  private static let nothing = Mask(width: side, height: side)

  /// Even retina of one grey, and half of that where it is marked.
  private func eye(
    _ name: String, _ grey: Float, _ mask: Mask, case caseName: String? = nil, field: Mask = Self.whole,
    territory: Mask? = nil
  ) -> Sample {
    Sample(
      name: name,
      image: Plane(
        width: Self.side, height: Self.side,
        pixels: mask.pixels.indices.map { field.pixels[$0] ? (mask.pixels[$0] ? grey / 2 : grey) : 0 }),
      mask: mask, fieldOfView: field, territory: territory, facts: SampleFacts(caseName: caseName))
  }
  private func still(paste: Double = 1) -> Augmentation { Augmentation(flip: 0, shift: 0, rotation: 0, paste: paste) }
  private func pair(_ data: Dataset, _ index: Int = 0, seed: UInt64) throws -> TrainingPair {
    var generator = SeededGenerator(seed)
    return try #require(data.trainingPair(index, using: &generator))
  }
  private func mask(_ label: Plane) -> Mask { Mask(label, atLeast: 0.5) }

  /// A lesion of 8 × 8 pixels at half its retina's grey is at half the grey of the retina that it comes to, whose grey is half
  /// as large again; its edge is soft, and farther away nothing has changed.
  @Test func itIsMatchedToItsNewSurround() throws {
    let host = eye("host", 0.6, Self.nothing)
    let data = Dataset(
      name: "two", samples: [host, eye("donor", 0.4, Self.square(28, 28, 8))], augmentation: still())
    var places: Set<[Bool]> = []
    for seed in 1..<20 as Range<UInt64> {
      let found = try pair(data, seed: seed)
      let (grey, marked) = (found.channels[0], mask(found.label))
      #expect((52...76).contains(marked.area), "turned, \(marked.area) of 64 pixels")
      // Turning mixes the greys next to an edge, and at 64 px the surround is a ring of one pixel.
      let (inside, near) = (marked.eroded(radius: 2), marked.dilated(radius: 4))
      for i in grey.pixels.indices {
        if inside.pixels[i] { #expect(abs(grey.pixels[i] - 0.3) < 0.05) }
        if !near.pixels[i] { #expect(grey.pixels[i] == 0.6) }
        #expect((0.28...0.65).contains(grey.pixels[i]))
      }
      #expect(found.territory == found.label, "where nothing was marked the territory is the lesion")
      places.insert(marked.pixels)
    }
    #expect(places.count > 15)
  }

  @Test func itGoesWhereThereIsRoom() throws {
    let left = Mask(width: Self.side, height: Self.side, pixels: (0..<64 * 64).map { $0 % 64 < 40 })
    let (own, supplied) = (Self.square(0, 0, 20), Self.square(0, 0, 36))
    let host = eye("host", 0.5, own, field: left, territory: supplied)
    let data = Dataset(
      name: "two", samples: [host, eye("donor", 0.5, Self.square(30, 30, 6))], augmentation: still())
    let plain = Dataset(name: "one", samples: [host])
    let before = try pair(plain, seed: 1)
    var pasted = 0
    for seed in 1..<30 as Range<UInt64> {
      let found = try pair(data, seed: seed)
      let marked = mask(found.label)
      #expect(marked.intersection(own) == own && marked.intersection(supplied) == marked, "inside the territory")
      #expect(found.territory == before.territory)
      for i in found.label.pixels.indices where !left.pixels[i] || own.pixels[i] {
        #expect(found.channels[0].pixels[i] == before.channels[0].pixels[i])
      }
      #expect(marked.components(.eight).count == (marked == own ? 1 : 2))
      if marked != own { pasted += 1 }
    }
    #expect(pasted > 10, "\(pasted) of 29")
  }

  @Test func lesionsOfOtherCasesComeFirstAndNoneOfItsOwn() throws {
    // Of the same case one of 4 × 4 pixels, of another one of 10 × 10.
    var data = Dataset(
      name: "three",
      samples: [
        eye("a1", 0.5, Self.nothing, case: "a"), eye("a2", 0.5, Self.square(30, 30, 4), case: "a"),
        eye("b", 0.5, Self.square(30, 30, 10), case: "b"),
      ], augmentation: still())
    for seed in 1..<10 as Range<UInt64> { #expect(try mask(pair(data, seed: seed).label).area > 60) }
    data = data.with(Array(data.samples.prefix(2)))
    for seed in 1..<10 as Range<UInt64> { #expect((8...24).contains(try mask(pair(data, seed: seed).label).area)) }
    // The only one that has a lesion finds no other.
    #expect(try mask(pair(data, 1, seed: 3).label) == data.samples[1].mask)
    #expect(data.canPaste && data.lesionDonors == [1])
    #expect(!data.with([data.samples[1]]).canPaste && !data.with([data.samples[0]]).canPaste)
  }

  /// Features are of the image with the lesion, inside the host's field of view.
  @Test func everyChannelSeesIt() throws {
    var field = Self.whole
    for i in 0..<64 * 8 { field.pixels[i] = false }
    var data = Dataset(
      name: "two", samples: [eye("host", 0.6, Self.nothing, field: field), eye("donor", 0.6, Self.square(28, 28, 8))],
      augmentation: still())
    data.features = [.grey, .deviation(scale: 16), .relativeGrey(scale: 40)]
    let found = try pair(data, seed: 5)
    #expect(mask(found.label).area > 40)
    #expect(found.channels == Feature.planes(data.features, of: found.channels[0], within: field))
  }

  /// What is drawn besides is drawn as without; nothing is pasted at 0; each batch and each part of one is the same again.
  @Test func drawsStayAsTheyAre() throws {
    let eyes = try phantomDataset(PhantomOptions(count: 5, size: 64))
    var (plain, pasting) = (eyes, eyes)
    plain.augmentation = Augmentation(zoom: 0.1, contrast: 0.2)
    pasting.augmentation = Augmentation(zoom: 0.1, contrast: 0.2, paste: 0.5)
    var (first, second) = (SeededGenerator(4), SeededGenerator(4))
    for _ in 0..<20 {
      let (a, b) = (Augmentation(paste: 1).draw(using: &first), Augmentation().draw(using: &second))
      #expect(a.geometry == b.geometry && a.tone == b.tone)
    }
    var changed = 0
    for seed in 1..<40 as Range<UInt64> {
      let (a, b) = (try pair(plain, 2, seed: seed), try pair(pasting, 2, seed: seed))
      if a != b { changed += 1 }
      #expect(zip(a.label.pixels, b.label.pixels).allSatisfy { $0 <= $1 }, "the mask of both")
    }
    #expect((3...30).contains(changed), "\(changed) of 39 at a probability of a half")
    let batches = try TrainingBatches(pasting, batch: 5, stream: RandomStream(seed: 3))
    let whole = batches.batch(epoch: 2, index: 0)
    let parts = [0..<2, 2..<5].map { batches.batch(epoch: 2, index: 0, images: $0) }
    #expect(parts.flatMap(\.images.values) == whole.images.values)
    #expect(parts.flatMap(\.labels.values) == whole.labels.values)
    let without = try TrainingBatches(plain, batch: 5, stream: RandomStream(seed: 3)).batch(epoch: 2, index: 0)
    #expect(without.labels.values != whole.labels.values)
  }
}

@Suite struct StoredAugmentations {
  private struct First: Codable { var flip = 0.25, shift = 0.1, rotation = 15.0 }
  private struct BeforeSoftening: Codable {
    var flip = 0.25, shift = 0.1, rotation = 15.0, verticalFlip = 0.5, zoom = 0.2, elastic = 0.01, contrast = 0.3
    var brightness = 0.1, gamma = 0.4
  }
  private struct BeforePasting: Codable {
    var flip = 0.5, shift = 0.1, rotation = 15.0, verticalFlip = 0.0, zoom = 0.0, elastic = 0.0, contrast = 0.0
    var brightness = 0.0, gamma = 0.0, soften = 2.0
  }

  @Test func olderFormsAreReadAndTheirBytesStay() throws {
    #expect(try restored(Augmentation.self, from: storedForm(of: First())) == Augmentation(flip: 0.25))
    let rich = Augmentation(
      flip: 0.25, verticalFlip: 0.5, zoom: 0.2, elastic: 0.01, contrast: 0.3, brightness: 0.1, gamma: 0.4)
    #expect(try restored(Augmentation.self, from: storedForm(of: BeforeSoftening())) == rich)
    #expect(try storedForm(of: Augmentation(soften: 2)) == storedForm(of: BeforePasting()))
    #expect(try restored(Augmentation.self, from: storedForm(of: BeforePasting())) == Augmentation(soften: 2))
    let pasting = Augmentation(soften: 1, paste: 0.5)
    #expect(try restored(Augmentation.self, from: storedForm(of: pasting)) == pasting)
    #expect(throws: DecodingError.self) { try restored(Augmentation.self, from: storedForm(of: First(flip: 1.5))) }
  }

  /// As the text of the structure was, which states were told apart by.
  @Test func statesAreToldApartWhereTheyDiffer() {
    let first =
      "Optional(Angiography.Augmentation(flip: 0.5, shift: 0.1, rotation: 15.0, verticalFlip: 0.0, zoom: 0.0, "
      + "elastic: 0.0, contrast: 0.0, brightness: 0.0, gamma: 0.0"
    #expect(Augmentation().identities == [first + ", soften: 0.0))", first + "))"])
    #expect(Augmentation(soften: 1).identities == [first + ", soften: 1.0))"])
    #expect(Augmentation(paste: 0.5).identities == [first + ", soften: 0.0, paste: 0.5))"])
  }
}
