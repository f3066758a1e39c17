import Angiography
import Imaging
import Tensors
import Testing

@Suite struct Augmentations {
  private func sample(_ side: Int, seed: UInt64 = 1) -> Sample {
    var generator = SeededGenerator(seed)
    let image = randomPlane(width: side, height: side, using: &generator)
    var field = Mask(width: side, height: side)
    let middle = Double(side) / 2
    for y in 0..<side {
      for x in 0..<side {
        let (dx, dy) = (Double(x) + 0.5 - middle, Double(y) + 0.5 - middle)
        field[x, y] = dx * dx + dy * dy < 0.2 * Double(side * side)
      }
    }
    return Sample(name: "test", image: image, mask: Mask(image, atLeast: 0.5), fieldOfView: field)
  }

  @Test func aVerticalFlipCopiesPixels() {
    let sample = sample(20)
    let flipped = sample.workingImage(size: nil, change: GeometricChange(isFlippedVertically: true))
    for y in 0..<20 { for x in 0..<20 { #expect(flipped[x, y] == sample.image[x, 19 - y]) } }
  }

  /// A straight edge becomes the Gaussian's integral, 0.5 between its sides; the mask itself stays, and so do drawn changes.
  @Test func labelsAreSoftenedInTrainingAlone() throws {
    let side = 32
    let half = Mask(width: side, height: side, pixels: (0..<side * side).map { $0 % side < 16 })
    let image = Plane(width: side, height: side, filledWith: 0.5)
    let sample = Sample(
      name: "half", image: image, mask: half, fieldOfView: Mask(width: side, height: side, filledWith: true))
    var dataset = Dataset(name: "one", samples: [sample])
    func label() throws -> Plane {
      var generator = SeededGenerator(3)
      return try #require(dataset.trainingPair(0, using: &generator)).label
    }
    let still = { (soften: Double) in Augmentation(flip: 0, shift: 0, rotation: 0, soften: soften) }
    dataset.augmentation = still(0)
    #expect(try label() == half.plane)
    dataset.augmentation = still(2)
    let soft = try label()
    #expect(dataset.samples[0].mask == half && Mask(soft, atLeast: 0.5) == half)
    for y in 0..<side {
      for x in 0..<15 { #expect(soft[x, y] >= soft[x + 1, y]) }
      #expect(soft[0, y] == 1 && soft[31, y] == 0 && abs(soft[15, y] + soft[16, y] - 1) < 1e-5)
      // Φ(¼) = 0.5987 for the pixel next to the edge; the Gaussian is a sampled one.
      #expect(abs(soft[15, y] - 0.5987) < 0.005)
    }
    dataset.augmentation = Augmentation(soften: 2)
    let moved = try label()
    dataset.augmentation = Augmentation()
    #expect(try moved == label().gaussianMean(sigma: 2).mapped { min(max($0, 0), 1) })
  }

  @Test func zoomByTwoIsTheMiddleEnlarged() {
    let sample = sample(32)
    let zoomed = sample.workingMask(size: nil, change: GeometricChange(zoom: 2))
    for y in 0..<32 { for x in 0..<32 { #expect(zoomed?[x, y] == sample.mask?[8 + x / 2, 8 + y / 2]) } }
    let shrunk = sample.workingField(size: nil, change: GeometricChange(zoom: 0.5))
    #expect(abs(4 * shrunk.area - sample.fieldOfView.area) < sample.fieldOfView.area / 10)
  }

  @Test func elasticChangesMoveImageAndMaskAlikeAndDoNotFold() {
    let side = 64
    let ramp = Plane(width: side, height: side, pixels: (0..<side * side).map { Float($0 % side) / Float(side) })
    let sample = Sample(
      name: "ramp", image: ramp, mask: Mask(ramp, atLeast: 0.5),
      fieldOfView: Mask(width: side, height: side, filledWith: true))
    for pattern in 0..<20 as Range<UInt64> {
      let change = GeometricChange(elastic: ElasticChange(deviation: 0.02, pattern: pattern))
      let (image, mask) = (
        sample.workingImage(size: nil, change: change), sample.workingMask(size: nil, change: change)
      )
      #expect(image != ramp)
      for y in 8..<56 {
        for x in 8..<55 {
          #expect(image[x, y] <= image[x + 1, y])
          if abs(image[x, y] - 0.5) > 1 / Float(side) { #expect(mask?[x, y] == (image[x, y] >= 0.5)) }
        }
      }
      #expect(image == sample.workingImage(size: nil, change: change))
    }
  }

  @Test func tonesChangeInsideTheFieldAlone() {
    let sample = sample(24)
    let tone = ToneChange(gain: 1.2, offset: -0.1, gamma: 1.5)
    let changed = tone.applied(to: sample.image, within: sample.fieldOfView)
    for i in changed.pixels.indices {
      let grey = sample.image.pixels[i]
      let expected = min(max(1.2 * (grey * grey * grey).squareRoot() - 0.1, 0), 1)
      #expect(abs(changed.pixels[i] - (sample.fieldOfView.pixels[i] ? expected : grey)) < 1e-4)
    }
    #expect(ToneChange.none.applied(to: sample.image, within: sample.fieldOfView) == sample.image)
  }

  @Test func theEndsOfEveryRangeCanBeDrawnFrom() {
    typealias Ranges = Augmentation.Ranges
    for end in [\ClosedRange<Double>.lowerBound, \.upperBound] {
      let changes = Augmentation(
        flip: Ranges.probability[keyPath: end], shift: Ranges.shift[keyPath: end],
        rotation: Ranges.rotation[keyPath: end], verticalFlip: Ranges.probability[keyPath: end],
        zoom: Ranges.zoom[keyPath: end], elastic: Ranges.elastic[keyPath: end],
        contrast: Ranges.contrast[keyPath: end], brightness: Ranges.brightness[keyPath: end],
        gamma: Ranges.gamma[keyPath: end])
      var generator = SeededGenerator(9)
      for _ in 0..<20 {
        let (geometry, tone) = changes.draw(using: &generator)
        #expect(geometry.zoom > 0 && tone.gamma > 0 && tone.gain >= 0)
        let seen = sample(24).workingChannels([.grey], size: 16, change: geometry, tone: tone)
        #expect(seen[0].pixels.allSatisfy { (0...1).contains($0) })
      }
    }
  }

  @Test func rangesAreKeptAndWhatIsOffStaysOff() {
    var generator = SeededGenerator(7)
    let all = Augmentation(verticalFlip: 0.5, zoom: 0.2, elastic: 0.01, contrast: 0.3, brightness: 0.1, gamma: 0.4)
    let draws = (0..<2000).map { _ in all.draw(using: &generator) }
    #expect((900...1100).contains(draws.count { $0.geometry.isFlippedVertically }))
    #expect(draws.allSatisfy { (0.8...1.2).contains($0.geometry.zoom) && (0.7...1.3).contains($0.tone.gain) })
    #expect(draws.allSatisfy { (-0.1...0.1).contains($0.tone.offset) && (0.6...1.4).contains($0.tone.gamma) })
    #expect(draws.contains { $0.geometry.zoom > 1.19 } && draws.contains { $0.tone.gamma < 0.61 })
    #expect(Set(draws.compactMap(\.geometry.elastic?.pattern)).count == 2000)
    // The paper's changes are drawn alike whatever is asked for beside them.
    var (first, second) = (SeededGenerator(8), SeededGenerator(8))
    for _ in 0..<50 {
      let (plain, rich) = (Augmentation().draw(using: &first), all.draw(using: &second))
      #expect(plain.tone == .none && plain.geometry.zoom == 1 && plain.geometry.elastic == nil)
      #expect(!plain.geometry.isFlippedVertically)
      #expect(plain.geometry.rotation == rich.geometry.rotation && plain.geometry.shiftX == rich.geometry.shiftX)
    }
  }

  @Test func batchesCarryAChannelEachInOrder() throws {
    let samples = (0..<3).map { i in
      let made = sample(48, seed: UInt64(i))
      return Sample(name: "\(i)", image: made.image, mask: made.mask, fieldOfView: made.fieldOfView)
    }
    var data = Dataset(name: "test", samples: samples, workingSize: 32)
    data.features = [.grey, .deviation(scale: 16), .vesselDistance(scale: 32)]
    let plain = try TrainingBatches(data, batch: 2, stream: RandomStream(seed: 3))
    #expect(
      plain.plainImages(index: 0).shape == [2, 32, 32, 3] && plain.plainImages(index: 1).shape == [1, 32, 32, 3])
    let input = data.networkInput(1)
    let field = samples[1].workingField(size: 32)
    let planes = Feature.planes(data.features, of: data.workingImage(1), within: field)
    #expect(input.shape == [1, 32, 32, 3])
    #expect(input.values == (0..<32 * 32).flatMap { i in planes.map { $0.pixels[i] } })
    #expect(plain.plainImages(index: 0).item(1).values == input.values)
    data.augmentation = Augmentation(contrast: 0.2)
    let batches = try TrainingBatches(data, batch: 2, stream: RandomStream(seed: 3))
    let (images, labels) = batches.batch(epoch: 4, index: 0)
    #expect(images.shape == [2, 32, 32, 3] && labels.shape == [2, 32, 32, 1])
    #expect(batches.batch(epoch: 4, index: 0).images.values == images.values)
    #expect(batches.batch(epoch: 5, index: 0).images.values != images.values)
  }
}
