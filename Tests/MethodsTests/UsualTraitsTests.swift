import Angiography
import Imaging
import Methods
import Networks
import Tensors
import Testing

/// What angiograms are like, and who doubts that a network knows them.
@Suite struct UsualTraitsTests {
  private func network(usual: UsualTraits?) throws -> TrainedNetwork {
    let system = try #require(LearnedSystem.all.first { $0.name == "unet" })
    let model = try system.networks(SystemScale(width: 4, side: 32), stream: RandomStream(seed: 8)).generator
    return TrainedNetwork(
      model, discriminator: nil, history: [], features: [.grey], wasInterrupted: false, imageSide: 32, usual: usual)
  }

  @Test func aNetworkDoubtsWhatIsUnlikeItsImages() throws {
    let eyes = try phantomDataset(PhantomOptions(count: 10, size: 64, seed: 1)).samples
    let usual = try #require(UsualTraits(ofThoseLearntFrom: Array(eyes.dropLast())))
    let knowing = FittedNetwork(try network(usual: usual))
    #expect(knowing.doubts(about: eyes[9]).isEmpty)
    let page = Sample(
      name: "page", image: Plane(width: 64, height: 64, pixels: (0..<4096).map { $0 % 7 < 2 ? 0.1 : 0.95 }), mask: nil,
      fieldOfView: Mask(width: 64, height: 64, filledWith: true))
    #expect(!knowing.doubts(about: page).isEmpty)
    #expect(FittedNetwork(try network(usual: nil)).doubts(about: page).isEmpty, "nobody knows")
    #expect(UsualTraits(ofThoseLearntFrom: Array(eyes.prefix(3))) == nil, "three tell of nothing usual")
    // They are in its file.
    let saved = try SavedNetwork(decoding: knowing.networks[0].saved.encoded(engineVersion: "0.1.0"))
    #expect(try TrainedNetwork(saved)?.usual == usual)
  }

  /// Nothing varies in it, and what is summed in single precision must not come out below nothing.
  @Test func traitsOfFlatImagesAreNumbers() {
    for grey in [Float(0), 0.1, 0.3, 0.7, 1] {
      var plane = Plane(width: 96, height: 64, pixels: [Float](repeating: grey, count: 96 * 64))
      for x in 0..<8 { plane[x, 0] = 1 }
      let traits = ImageTraits(
        of: Sample(
          name: "flat", image: plane, mask: nil, fieldOfView: Mask(width: 96, height: 64, filledWith: true)))
      #expect(traits.values.allSatisfy { $0.isFinite }, "\(traits.values)")
    }
  }
}
