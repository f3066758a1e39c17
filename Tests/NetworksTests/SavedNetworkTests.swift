import Base
import FoundationEssentials
import Networks
import Tensors
import Testing

/// Networks in files.
@Suite struct SavedNetworkTests {
  /// A folder of its own, removed afterwards.
  private func inFolder(_ work: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "cnp-networks-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try work(folder.path)
  }

  @Test("the outline says what the file holds, and refuses what opening refuses") func outline() throws {
    try inFolder { folder in
      let path = "\(folder)/net.safetensors"
      let trained = try Toy.trainedPair(TrainingOptions(epochs: 2))
      let saved = SavedNetwork(
        generator: trained.generator, discriminator: trained.discriminator, history: trained.history,
        channels: ["grey"])
      try saved.save(to: path, engineVersion: "0.1.0")
      let outline = try SavedNetworkOutline(probing: path)
      #expect(outline.generator == trained.generator.architecture)
      #expect(outline.discriminator == trained.discriminator?.architecture)
      #expect(outline.epochs == 2 && outline.channels == ["grey"] && !outline.wasInterrupted)

      let bytes = saved.encoded(engineVersion: "0.1.0")
      for count in [0, 4, 8, 100, bytes.count / 2, bytes.count - 1] {
        try writeFile(Array(bytes.prefix(count)), to: path)
        let probed = #expect(throws: SavingError.self) { try SavedNetworkOutline(probing: path) }
        let opened = #expect(throws: SavingError.self) { try SavedNetwork(opening: path) }
        #expect(probed?.code == opened?.code && probed?.message == opened?.message, "\(count) bytes")
      }
      var file = try SafetensorsFile(decoding: bytes)
      file.entries.removeLast()
      try writeFile(file.encoded(), to: path)
      let missing = #expect(throws: SavingError.self) { try SavedNetworkOutline(probing: path) }
      #expect(missing?.code == "network-tensor-missing")
    }
  }

  @Test("both networks, their training and its history come back bit for bit") func roundTrip() throws {
    try inFolder { folder in
      let options = TrainingOptions(epochs: 2, pixelTarget: .soft)
      let trained = try Toy.trainedPair(options)
      let saved = SavedNetwork(
        generator: trained.generator, discriminator: trained.discriminator, options: options, history: trained.history,
        wasInterrupted: true)
      try saved.save(to: "\(folder)/net work.safetensors", engineVersion: "0.1.0")
      let opened = try SavedNetwork(opening: "\(folder)/net work.safetensors")
      let generator = try #require(opened.generator)
      let discriminator = try #require(opened.discriminator)
      #expect(Toy.weights(generator) == Toy.weights(trained.generator))
      #expect(try Toy.weights(discriminator) == Toy.weights(#require(trained.discriminator)))
      #expect(generator.architecture == trained.generator.architecture)
      #expect(discriminator.architecture == trained.discriminator?.architecture)
      #expect(opened.options == options && opened.wasInterrupted)
      // How long it took is not in the file.
      #expect(opened.history == trained.history.map { $0.withoutTime })
      let images = Toy.images("new", count: 1)
      #expect(try generator.predict(images: images) == trained.generator.predict(images: images))
      #expect(opened.encoded(engineVersion: "0.1.0") == saved.encoded(engineVersion: "0.1.0"))
      // Nothing else was left in the folder.
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["net work.safetensors"])
    }
  }

  @Test("an opened network goes on learning where it stopped, singular vectors included") func spectral() throws {
    let configuration = DiscriminatorConfiguration(width: 4, depth: 2, norm: .spectral)
    let model = try Model(configuration, stream: RandomStream(seed: 1))
    let bytes = SavedNetwork(generator: nil, discriminator: model).encoded(engineVersion: "0.1.0")
    let opened = try #require(try SavedNetwork(decoding: bytes).discriminator)
    func trained(_ discriminator: Model) throws -> [UInt64] {
      try Toy.everything(
        of: trainGAN(
          generator: Toy.generator(), discriminator: discriminator, on: Toy.source(), options: Toy.options()))
    }
    #expect(try trained(model) == trained(opened))
  }

  @Test("a failed save leaves what was there, and nothing half-written") func failedSave() throws {
    try inFolder { folder in
      let saved = SavedNetwork(generator: try Toy.generator())
      let path = "\(folder)/missing/net.safetensors"
      let error = #expect(throws: SavingError.self) { try saved.save(to: path, engineVersion: "0.1.0") }
      #expect(error?.code == "file-missing")
      // A folder stands where the file should go: the rename fails and the temporary file is removed.
      try FileManager.default.createDirectory(atPath: "\(folder)/net/inside", withIntermediateDirectories: true)
      #expect(throws: SavingError.self) { try saved.save(to: "\(folder)/net", engineVersion: "0.1.0") }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["net"])
    }
  }

  @Test("a bit that flips anywhere is noticed") func flippedBits() throws {
    let bytes = SavedNetwork(generator: try Toy.generator()).encoded(engineVersion: "0.1.0")
    let dataStart = 8 + (0..<8).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) }
    // Every bit of the header, and every 97th of the numbers.
    let places = Array(0..<8 * dataStart) + Array(stride(from: 8 * dataStart, to: 8 * bytes.count, by: 97))
    var codes: Set<String> = []
    for place in places {
      var flipped = bytes
      flipped[place / 8] ^= 1 << UInt8(place % 8)
      do throws(SavingError) {
        _ = try SavedNetwork(decoding: flipped)
        Issue.record("bit \(place) flipped unnoticed")
      } catch {
        codes.insert(error.code)
        if place >= 8 * dataStart { #expect(error.code == "network-damaged") }
      }
    }
    #expect(codes.contains("network-damaged"))
  }

  @Test("a file of the first version had no checksum and is read; one that has lost it is not") func unsealed() throws {
    var file = try SafetensorsFile(decoding: SavedNetwork(generator: Toy.generator()).encoded(engineVersion: "0.1.0"))
    #expect(file.isSealed && file.metadata["sha256"] == nil)
    file.isSealed = false
    let lost = #expect(throws: SavingError.self) { try SavedNetwork(decoding: file.encoded()) }
    #expect(lost?.code == "network-damaged")
    file.metadata["format_version"] = "1"
    let old = try SavedNetwork(decoding: file.encoded())
    let generator = try #require(old.generator)
    #expect(try !old.isSealed && Toy.weights(generator) == Toy.weights(Toy.generator()))
  }

  @Test("what is not a saved network is refused by its code") func refused() throws {
    func code(_ path: String) -> String? {
      #expect(throws: SavingError.self) { try SavedNetwork(opening: path) }?.code
    }
    try inFolder { folder in
      #expect(code("\(folder)/none") == "file-missing")
      #expect(code(folder) == "not-a-file")
      let bytes = SavedNetwork(generator: try Toy.generator()).encoded(engineVersion: "0.1.0")
      let file = "\(folder)/file"
      try writeFile(Array(bytes.dropLast(5)), to: file)
      #expect(code(file) == "safetensors-bad-range")
      try writeFile(SafetensorsFile(entries: []).encoded(), to: file)
      #expect(code(file) == "not-a-network")
    }
    func changed(_ change: (inout SafetensorsFile) -> Void) throws -> String? {
      var file = try SafetensorsFile(decoding: SavedNetwork(generator: Toy.generator()).encoded(engineVersion: "1"))
      change(&file)
      let bytes = file.encoded()
      return #expect(throws: SavingError.self) { try SavedNetwork(decoding: bytes) }?.code
    }
    #expect(try changed { $0.metadata["format_version"] = "3" } == "network-version-unknown")
    #expect(try changed { $0.metadata["description"] = "{" } == "network-description-malformed")
    #expect(try changed { $0.entries.removeLast() } == "network-tensor-missing")
    #expect(try changed { $0.entries.append(.init(name: "x", tensor: Tensor([1]))) } == "network-tensor-unexpected")
    #expect(
      try changed { $0.entries[0] = .init(name: $0.entries[0].name, tensor: Tensor([4])) }
        == "network-tensor-shape-differs")
    #expect(
      try changed {
        $0.entries[0] = .init(name: $0.entries[0].name, tensor: Tensor($0.entries[0].tensor.shape, filledWith: .nan))
      } == "network-weights-impossible")
    // A description that lies about the size is caught before memory is taken for it.
    #expect(
      try changed {
        $0.metadata["description"]?.replace(#""width":4"#, with: #""width":1000000000"#)
      } == "network-description-malformed")
    #expect(
      try changed { $0.metadata["description"]?.replace(#""width":4"#, with: #""width":1024"#) }
        == "network-tensor-shape-differs")
  }
}

extension EpochRecord {
  fileprivate var withoutTime: EpochRecord {
    var record = self
    record.seconds = nil
    return record
  }
}
