import Angiography
import Base
import Foundation
import Imaging
import Methods
import Networks
import Tensors
import Testing

/// Segmenters of networks in files: they come back as they were, and files that describe none are refused with their path.
@Suite struct SegmenterOfNetworksTests {
  private func network(_ features: [Feature] = [.grey], seed: UInt64 = 1) throws -> TrainedNetwork {
    let system = try #require(LearnedSystem.all.first { $0.name == "unet" })
    let scale = SystemScale(width: 4, imageChannels: features.count, side: 32)
    return TrainedNetwork(
      try system.networks(scale, stream: RandomStream(seed: seed)).generator, discriminator: nil, history: [],
      features: features, wasInterrupted: false, imageSide: 32)
  }

  private func opened(_ bytes: [UInt8], features: [Feature] = [.grey]) throws -> SegmenterOfNetworks {
    let path = FileManager.default.temporaryDirectory.appending(
      path: "cnp-segmenter-\(UInt64.random(in: 0 ... .max)).safetensors"
    ).path
    try writeFile(bytes, to: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let opened = try SegmenterOfNetworks(opening: path, writtenAs: "s.safetensors")
    #expect(try SegmenterOfNetworks.outline(of: path, writtenAs: "s.safetensors").count == opened.fitted.networks.count)
    return opened
  }

  @Test func comesBackAsItWas() throws {
    var stream = RandomStream(seed: 2)
    let plane = Plane(width: 32, height: 32, pixels: (0..<32 * 32).map { _ in stream.uniform() })
    let eye = Dataset(
      name: "eye",
      samples: [
        Sample(name: "a", image: plane, mask: nil, fieldOfView: Mask(width: 32, height: 32, filledWith: true))
      ], workingSize: 32, features: [.grey])
    let fitted = ensemble(
      of: [try network(), try network(seed: 2)], augmentingTests: true,
      MapPreparation(centring: 0.3, fovealRadius: 4), level: 0.4)
    let average = FittedAverage([fitted, FittedNetwork(try network(seed: 3))])
    for one in [fitted, average, FittedNetwork(try network(), augmentsTests: true)] as [any FittedSegmenter] {
      let bytes = SegmenterOfNetworks(title: "both", fitted: one).encoded(engineVersion: "0.1.0")
      let again = try opened(bytes)
      #expect(again.title == "both" && again.fitted.augmentsTests == one.augmentsTests)
      #expect(again.fitted.hasOwnLevel == one.hasOwnLevel)
      #expect(try again.fitted.probabilityMaps(of: eye) == one.probabilityMaps(of: eye))
      #expect(SegmenterOfNetworks(title: "both", fitted: again.fitted).encoded(engineVersion: "0.1.0") == bytes)
    }
  }

  private static let leaf = "{\"network\":0,\"augmentsTests\":false}"

  /// What may be done with one network, in words that are none of ours.
  @Test(arguments: [
    "", "{}", "[1]", "{\"title\":\"a\"}", "{\"title\":\" \",\"tree\":\(leaf)}", "{\"title\":3,\"tree\":\(leaf)}",
    "{\"title\":\"a\",\"title\":\"b\",\"tree\":\(leaf)}",
    "{\"title\":\"a\",\"tree\":{}}", "{\"title\":\"a\",\"tree\":{\"network\":0}}",
    "{\"title\":\"a\",\"tree\":{\"network\":-1,\"augmentsTests\":true}}",
    "{\"title\":\"a\",\"tree\":{\"network\":1,\"augmentsTests\":true}}",
    "{\"title\":\"a\",\"tree\":{\"network\":0,\"augmentsTests\":true,\"level\":0.5}}",
    "{\"title\":\"a\",\"tree\":{\"members\":[],\"preparation\":{\"centring\":0,\"fovealRadius\":0}}}",
    "{\"title\":\"a\",\"tree\":{\"members\":[\(leaf)]}}",
    "{\"title\":\"a\",\"tree\":{\"members\":[\(leaf),\(leaf)],\"preparation\":{\"centring\":0,\"fovealRadius\":0}}}",
    "{\"title\":\"a\",\"tree\":{\"members\":[\(leaf)],\"preparation\":{\"centring\":2,\"fovealRadius\":0}}}",
    "{\"title\":\"a\",\"tree\":{\"members\":[\(leaf)],\"preparation\":{\"centring\":0,\"fovealRadius\":-1}}}",
    "{\"title\":\"a\",\"tree\":{\"members\":[\(leaf)],\"preparation\":{\"centring\":0,\"fovealRadius\":1e300}}}",
    "{\"title\":\"a\",\"tree\":{\"members\":[\(leaf)],\"level\":0,\"preparation\":{\"centring\":0,\"fovealRadius\":0}}}",
    "{\"title\":\"a\",\"tree\":{\"members\":[\(leaf)],\"level\":1e-45,\"preparation\":{\"centring\":0,\"fovealRadius\":0}}}",
    "{\"title\":\"a\",\"tree\":{\"averaged\":[\(leaf)],\"level\":0.5}}",
    "{\"title\":\"a\",\"tree\":{\"averaged\":[\(leaf),{\"file\":\"{}\"}],\"level\":0.5}}",
    "{\"title\":\"a\",\"tree\":{\"network\":0,\"augmentsTests\":true,\"file\":\"{}\"}}",
    "{\"title\":\"a\",\"tree\":{\"network\":0,\"augmentsTests\":true,\"learntFrom\":[]}}",
    "{\"title\":\"a\",\"tree\":{\"members\":[\(leaf)],\"learntFrom\":[\"0\"],\"preparation\":{\"centring\":0,\"fovealRadius\":0}}}",
    "{\"title\":\"a\",\"tree\":" + String(repeating: "{\"members\":[", count: 60_000) + "]}}",
  ])
  func isRefused(_ use: String) throws {
    let bytes = SavedNetworks([try network().saved], use: use).encoded(engineVersion: "0.1.0")
    let error = #expect(throws: MethodError.self) { try opened(bytes) }
    #expect(
      error?.code == "not-a-segmenter" && error?.message.hasPrefix("s.safetensors ") == true, "\(error?.message ?? "")")
  }

  @Test func networksThatSeeDifferentThingsAreRefused() throws {
    let two = "{\"network\":0,\"augmentsTests\":false},{\"network\":1,\"augmentsTests\":false}"
    let use = "{\"title\":\"a\",\"tree\":{\"members\":[\(two)],\"preparation\":{\"centring\":0,\"fovealRadius\":0}}}"
    func error(_ other: TrainedNetwork) throws -> MethodError? {
      let bytes = SavedNetworks([try network().saved, other.saved], use: use).encoded(engineVersion: "0.1.0")
      do { _ = try opened(bytes) } catch let error as MethodError { return error }
      return nil
    }
    #expect(try error(network(seed: 4)) == nil)
    #expect(try error(network([try Feature("mean-8")]))?.message.contains("see different things") == true)
  }

  @Test func aChannelThatNobodyKnowsIsToldWithThePath() throws {
    var saved = try network().saved
    saved.channels = ["smell"]
    let bytes = SavedNetworks([saved], use: "{\"title\":\"a\",\"tree\":\(Self.leaf)}").encoded(engineVersion: "0.1.0")
    let error = #expect(throws: MethodError.self) { try opened(bytes) }
    #expect(error?.message.hasPrefix("s.safetensors ") == true && error?.message.contains("smell") == true)
  }

  /// Where training stopped is of no use to a segmenter.
  @Test func anInterruptedTrainingIsSettled() throws {
    let whole = try network()
    let settled = TrainedNetwork(
      whole.model, discriminator: nil, history: [], features: whole.features, wasInterrupted: true, imageSide: 32
    ).settled
    #expect(settled.wasInterrupted && settled.checkpoint == nil && settled.features == whole.features)
    #expect(settled.imageSide == 32 && settled.usual == nil)
  }
}
