import Base
import FoundationEssentials
import Networks
import Testing

/// Several networks in one file, and what files that are none are refused for.
@Suite struct SavedNetworksTests {
  private func networks() throws -> SavedNetworks {
    let pair = try Toy.trainedPair(TrainingOptions(epochs: 1))
    return SavedNetworks(
      [
        SavedNetwork(generator: pair.generator, discriminator: pair.discriminator, history: pair.history),
        SavedNetwork(generator: try Toy.generator(), channels: ["dark"], imageSide: 16),
      ], use: "{\"a\": 1}")
  }

  private func opened(_ bytes: [UInt8]) throws -> SavedNetworks {
    let path = FileManager.default.temporaryDirectory.appending(
      path: "cnp-networks-\(UInt64.random(in: 0 ... .max)).safetensors"
    ).path
    try writeFile(bytes, to: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try SavedNetworks(opening: path)
  }

  @Test func comeBackBitForBit() throws {
    let saved = try networks()
    let again = try opened(saved.encoded(engineVersion: "0.1.0"))
    #expect(again.use == saved.use && again.networks.count == 2)
    for (one, other) in zip(again.networks, saved.networks) {
      #expect(try Toy.weights(#require(one.generator)) == Toy.weights(#require(other.generator)))
      #expect((one.discriminator == nil) == (other.discriminator == nil))
      #expect(one.channels == other.channels && one.imageSide == other.imageSide)
      #expect(one.history.count == other.history.count)
    }
    #expect(again.encoded(engineVersion: "0.1.0") == saved.encoded(engineVersion: "0.1.0"))
    #expect(try opened(SavedNetworks([], use: "").encoded(engineVersion: "0.1.0")).networks.isEmpty)
  }

  @Test func oneIsTakenForNoNetworkAndANetworkForNone() throws {
    let bytes = try networks().encoded(engineVersion: "0.1.0")
    #expect(throws: SavingError.isASegmenter(path: nil)) { try SavedNetwork(decoding: bytes) }
    let alone = SavedNetwork(generator: try Toy.generator()).encoded(engineVersion: "0.1.0")
    let error = #expect(throws: SavingError.self) { try opened(alone) }
    #expect(error?.code == "not-a-segmenter")
  }

  /// What stands in a file that is sealed and all the same describes no networks.
  @Test func filesThatAreWrong() throws {
    let good = try SafetensorsFile(decoding: try networks().encoded(engineVersion: "0.1.0"))
    func code(_ change: (inout SafetensorsFile) throws -> Void) throws -> String? {
      var file = good
      try change(&file)
      return #expect(throws: SavingError.self) { try opened(file.encoded()) }?.code
    }
    #expect(try code { $0.entries.removeLast() } == "network-tensor-missing")
    #expect(
      try code { $0.entries[0] = .init(name: "network7/x", tensor: $0.entries[0].tensor) } == "network-tensor-missing")
    #expect(try code { $0.metadata["network1"] = nil } == "network-tensor-unexpected")
    #expect(try code { $0.metadata["network1"] = "{}" } == "network-description-malformed")
    #expect(try code { $0.metadata["use"] = nil } == "not-a-segmenter")
    #expect(try code { $0.metadata["format_version"] = "0" } == "network-version-unknown")
    #expect(try code { $0.metadata["format_version"] = "2" } == "network-version-unknown")
    // The second network as a discriminator alone: it gives no maps.
    let pair = try networks().networks[0]
    let judge = SavedNetwork(generator: nil, discriminator: pair.discriminator)
    let description = try SafetensorsFile(decoding: judge.encoded(engineVersion: "")).metadata["description"]
    #expect(try code { $0.metadata["network2"] = description } == "network-description-malformed")
    // Damage anywhere is seen.
    var bytes = try networks().encoded(engineVersion: "0.1.0")
    bytes[bytes.count - 5] ^= 1
    let damaged = #expect(throws: SavingError.self) { try opened(bytes) }
    #expect(damaged?.code == "network-damaged")
    for count in [0, 8, 200, bytes.count / 2] {
      #expect(throws: SavingError.self) { try opened(Array(bytes.prefix(count))) }
    }
  }
}
