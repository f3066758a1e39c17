import Networks
import Tensors
import Testing

/// The file format, on bytes that may be anything.
@Suite struct SafetensorsTests {
  /// A file of this header and data.
  static func file(_ header: String, data: [UInt8] = [], length: UInt64? = nil) -> [UInt8] {
    let length = length ?? UInt64(header.utf8.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8) + data
  }

  static func code(_ bytes: [UInt8]) -> String? {
    do {
      _ = try SafetensorsFile(decoding: bytes)
      return nil
    } catch {
      return error.code
    }
  }

  @Test("tensors, their order and the metadata come back, NaN's bits included") func roundTrip() throws {
    let odd = Tensor(
      [2, 3], values: [0, -0.0, .infinity, -.leastNonzeroMagnitude, 1.5, Float(bitPattern: 0x7FC1_2345)])
    let file = SafetensorsFile(
      entries: [.init(name: "b \"quoted\" \\ é\n", tensor: odd), .init(name: "a", tensor: Tensor([1, 1, 1, 7]))],
      metadata: ["key": "tab\t, 🙂 and \u{1}"])
    let bytes = file.encoded()
    let read = try SafetensorsFile(decoding: bytes)
    #expect(read.entries.map(\.name) == file.entries.map(\.name))
    #expect(read.entries.map(\.tensor.shape) == [[2, 3], [1, 1, 1, 7]])
    #expect(read.entries[0].tensor.values.map(\.bitPattern) == odd.values.map(\.bitPattern))
    #expect(read.metadata == file.metadata)
    #expect(bytes == read.encoded())
    let headerLength = (0..<8).reduce(0) { $0 + Int(bytes[$1]) << (8 * $1) }
    #expect(headerLength % 8 == 0)
  }

  @Test("an empty file of tensors is one") func empty() throws {
    #expect(try SafetensorsFile(decoding: SafetensorsFile(entries: []).encoded()).entries.isEmpty)
  }

  @Test("escapes are understood") func escapes() throws {
    let header = #"{"__metadata__":{"a\u00e9\ud83d\ude42\/\b\f":"\r\n\t\"\\"}}"#
    #expect(try SafetensorsFile(decoding: Self.file(header)).metadata == ["aé🙂/\u{8}\u{C}": "\r\n\t\"\\"])
  }

  static let four: [UInt8] = [0, 0, 128, 63]
  static func tensor(_ type: String = "F32", _ shape: String = "[1]", _ offsets: String = "[0,4]") -> String {
    #"{"dtype":"\#(type)","shape":\#(shape),"data_offsets":\#(offsets)}"#
  }

  @Test(
    "what is wrong with a file is said by its code",
    arguments: [
      ("file-truncated", []), ("file-truncated", [1, 2, 3]), ("file-truncated", file("{}", length: 3)),
      ("safetensors-header-too-large", file("{}", length: .max)),
      ("safetensors-header-too-large", file("{}", length: (16 << 20) + 1)),
      ("safetensors-header-malformed", file("")), ("safetensors-header-malformed", file("[]")),
      ("safetensors-header-malformed", file("{} {}")), ("safetensors-header-malformed", file(#"{"a":1}"#)),
      ("safetensors-header-malformed", file(#"{"a":{"dtype":"F32","shape":[1]}}"#)),
      ("safetensors-header-malformed", file(#"{"a":\#(tensor("F32", "[1.0]"))}"#, data: four)),
      ("safetensors-header-malformed", file(#"{"a":\#(tensor("F32", "[99999999999999999999]"))}"#, data: four)),
      ("safetensors-header-malformed", file(#"{"a":\#(tensor("F32", "[1]", "[0,4,8]"))}"#, data: four)),
      ("safetensors-header-malformed", file(#"{"__metadata__":{"a":1}}"#)),
      ("safetensors-header-malformed", file(#"{"__metadata__":{"a":"\ud800"}}"#)),
      ("safetensors-header-malformed", file(String(repeating: "[", count: 100_000))),
      ("safetensors-duplicate-name", file(#"{"a":\#(tensor()),"a":\#(tensor())}"#, data: four)),
      ("safetensors-duplicate-name", file(#"{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#)),
      ("safetensors-data-type-unsupported", file(#"{"a":\#(tensor("F16"))}"#, data: four)),
      ("safetensors-data-type-unknown", file(#"{"a":\#(tensor("X9"))}"#, data: four)),
      ("safetensors-bad-shape", file(#"{"a":\#(tensor("F32", "[-1]"))}"#, data: four)),
      ("safetensors-bad-shape", file(#"{"a":\#(tensor("F32", "[0]", "[0,0]"))}"#)),
      ("safetensors-bad-shape", file(#"{"a":\#(tensor("F32", "[4611686018427387904,4]"))}"#, data: four)),
      ("safetensors-bad-shape", file(#"{"a":\#(tensor("F32", "[1,1,1,1,1,1,1,1,1]"))}"#, data: four)),
      ("safetensors-length-differs", file(#"{"a":\#(tensor("F32", "[2]"))}"#, data: four)),
      ("safetensors-length-differs", file(#"{"a":\#(tensor("F32", "[1]", "[4,0]"))}"#, data: four)),
      ("safetensors-length-differs", file(#"{"a":\#(tensor("F32", "[1]", "[-9223372036854775808,4]"))}"#, data: four)),
      ("safetensors-bad-range", file(#"{"a":\#(tensor("F32", "[1]", "[4,8]"))}"#, data: four + four)),
      ("safetensors-bad-range", file(#"{"a":\#(tensor()),"b":\#(tensor())}"#, data: four)),
      ("safetensors-bad-range", file(#"{"a":\#(tensor("F32", "[1000000000]", "[0,4000000000]"))}"#, data: four)),
      ("safetensors-trailing-bytes", file(#"{"a":\#(tensor())}"#, data: four + [0])),
    ] as [(String, [UInt8])])
  func refused(_ code: String, _ bytes: [UInt8]) { #expect(Self.code(bytes) == code) }

  @Test("text that is not UTF-8 is refused") func notUTF8() {
    var bytes = Self.file(#"{"__metadata__":{"a":"bc"}}"#)
    bytes[8 + 22] = 0xFF
    #expect(Self.code(bytes) == "safetensors-header-malformed")
  }

  @Test("no mutation of a file crashes the reader, nor the opening of a network") func mutations() throws {
    let model = try Model(
      DiscriminatorConfiguration(width: 4, depth: 1, norm: .spectral), stream: RandomStream(seed: 1))
    let bytes = SavedNetwork(generator: nil, discriminator: model).encoded(engineVersion: "test")
    let header = 8 + Int(bytes[0]) + Int(bytes[1]) << 8
    var draws = RandomStream(seed: 7, path: ["mutations"])
    var refused = 0
    for _ in 0..<4000 {
      var mutant = bytes
      for _ in 0...draws.integer(below: 4) {
        let place = draws.integer(below: draws.uniform() < 0.9 ? header : mutant.count)
        switch draws.integer(below: 4) {
        case 0: mutant[min(place, mutant.count - 1)] = UInt8(draws.integer(below: 256))
        case 1: mutant.removeSubrange(min(place, mutant.count)..<min(place + 1 + draws.integer(below: 9), mutant.count))
        case 2: mutant.insert(UInt8(draws.integer(below: 256)), at: min(place, mutant.count))
        // A digit more or other: the mutation that keeps a header readable and makes it lie.
        default: mutant[min(place, mutant.count - 1)] = UInt8(ascii: "0") + UInt8(draws.integer(below: 10))
        }
        if mutant.isEmpty { mutant = [0] }
      }
      do {
        _ = try SavedNetwork(decoding: mutant)
      } catch {
        refused += 1
        #expect(!error.code.isEmpty && !error.message.isEmpty)
      }
    }
    // Weights may change unseen, and some digits of the description; the rest must be noticed.
    #expect(refused > 2000)
  }
}
