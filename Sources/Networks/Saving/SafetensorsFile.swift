import Base
import Tensors

/// The contents of a safetensors file: tensors by name, in the order of their data, and a text metadata.
///
/// The format: 8 bytes, little endian, the header's length; the header, JSON
/// `{"name": {"dtype": "F32", "shape": [...], "data_offsets": [start, end]}, "__metadata__": {"key": "text"}}`; then
/// the data, one tensor after the other without a gap. Only F32 is read and written. A checksum may stand in the metadata.
public struct SafetensorsFile: Sendable {
  /// A tensor and its name.
  public struct Entry: Sendable {
    public let name: String
    public let tensor: Tensor

    public init(name: String, tensor: Tensor) {
      self.name = name
      self.tensor = tensor
    }
  }

  public var entries: [Entry]
  public var metadata: [String: String]
  /// Whether its bytes hold their own checksum.
  public var isSealed: Bool

  public init(entries: [Entry], metadata: [String: String] = [:], isSealed: Bool = false) {
    self.entries = entries
    self.metadata = metadata
    self.isSealed = isSealed
  }

  public subscript(name: String) -> Tensor? { entries.first { $0.name == name }?.tensor }

  /// Headers above this many bytes are refused before they are read.
  public static let largestHeader = 16 << 20
}

extension SafetensorsFile {
  /// Reads untrusted bytes: every length, range, name and shape is checked before anything is allocated for it. NaN
  /// and infinity are values like others here. A checksum has to be right.
  public init(decoding bytes: [UInt8]) throws(SafetensorsError) {
    let header = try SafetensorsHeader(decoding: bytes)
    if let digest = header.digest { try SafetensorsSeal.check(digest, of: bytes) }
    let data = bytes[header.dataStart...]
    var entries: [Entry] = []
    entries.reserveCapacity(header.tensors.count)
    for description in header.tensors {
      let range = (header.dataStart + description.start)..<(header.dataStart + description.end)
      entries.append(
        Entry(name: description.name, tensor: Tensor(description.shape, values: floats(in: data[range]))))
    }
    self.init(entries: entries, metadata: header.metadata, isSealed: header.digest != nil)
  }

  /// The file's bytes: the same contents give the same bytes.
  public func encoded() -> [UInt8] {
    var fields: [String: JSON] = [:]
    let metadata = metadata.merging(isSealed ? [SafetensorsSeal.key: SafetensorsSeal.blank] : [:]) { $1 }
    if !metadata.isEmpty { fields["__metadata__"] = .object(metadata.mapValues { .text($0) }) }
    var start = 0
    for entry in entries {
      let end = start + 4 * entry.tensor.count
      fields[entry.name] = .object([
        "dtype": .text("F32"), "shape": .list(entry.tensor.shape.map { .whole($0) }),
        "data_offsets": .list([.whole(start), .whole(end)]),
      ])
      start = end
    }
    var header = JSON.object(fields).text(.compact)
    // Spaces until the data starts on a multiple of 8, as readers that map the file like it.
    header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)

    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.utf8.count + start)
    let length = UInt64(header.utf8.count)
    for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: length >> shift)) }
    bytes.append(contentsOf: header.utf8)
    for entry in entries { append(entry.tensor.values, to: &bytes) }
    if isSealed { SafetensorsSeal.close(&bytes) }
    return bytes
  }
}

/// Little endian 32-bit floats.
private func floats(in bytes: ArraySlice<UInt8>) -> [Float] {
  var floats: [Float] = []
  floats.reserveCapacity(bytes.count / 4)
  var index = bytes.startIndex
  while index < bytes.endIndex {
    let pattern =
      UInt32(bytes[index]) | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2]) << 16
      | UInt32(bytes[index + 3]) << 24
    floats.append(Float(bitPattern: pattern))
    index += 4
  }
  return floats
}

private func append(_ floats: [Float], to bytes: inout [UInt8]) {
  for float in floats {
    let pattern = float.bitPattern
    bytes.append(UInt8(truncatingIfNeeded: pattern))
    bytes.append(UInt8(truncatingIfNeeded: pattern >> 8))
    bytes.append(UInt8(truncatingIfNeeded: pattern >> 16))
    bytes.append(UInt8(truncatingIfNeeded: pattern >> 24))
  }
}
