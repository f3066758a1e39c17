import Base

/// The header of a safetensors file, checked: the ranges of `tensors` follow each other without gap or overlap and
/// fill the file's data.
struct SafetensorsHeader {
  /// One tensor's entry; `start` and `end` count bytes from `dataStart`.
  struct Description {
    let name: String
    let shape: [Int]
    let start: Int
    let end: Int
  }

  let tensors: [Description]
  let metadata: [String: String]
  /// The file's checksum as it claims it, which is no part of `metadata`.
  let digest: String?
  /// Where the data starts in the file.
  let dataStart: Int

  /// - Parameters:
  ///   - bytes: the file's, or so many of the first that the header is among them.
  ///   - fileSize: in bytes; as many as `bytes` has where it is left out.
  init(decoding bytes: [UInt8], fileSize: Int? = nil) throws(SafetensorsError) {
    let dataStart = try Self.dataStart(in: bytes)
    guard dataStart <= bytes.count else { throw .truncated(needed: dataStart, found: bytes.count) }

    let root: JSON
    // Header, tensor, shape, number.
    do { root = try JSON(decoding: bytes[8..<dataStart], deepest: 3) } catch { throw SafetensorsError(error) }
    guard case .object(let members) = root else { throw .malformedHeader(offset: 8, reason: "expected an object") }
    var tensors: [Description] = []
    var metadata: [String: String] = [:]
    // In one order, so that of several faults the same is told each time.
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      if name == "__metadata__" {
        metadata = try Self.metadata(value)
      } else {
        tensors.append(try Self.description(of: name, value))
      }
    }
    tensors.sort { ($0.start, $0.end, $0.name) < ($1.start, $1.end, $1.name) }
    try Self.checkRanges(of: tensors, dataLength: (fileSize ?? bytes.count) - dataStart)
    self.tensors = tensors
    digest = metadata.removeValue(forKey: SafetensorsSeal.key)
    self.metadata = metadata
    self.dataStart = dataStart
  }

  /// Where the data starts, from the first eight bytes.
  static func dataStart(in bytes: [UInt8]) throws(SafetensorsError) -> Int {
    guard bytes.count >= 8 else { throw .truncated(needed: 8, found: bytes.count) }
    let announced = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << (8 * UInt64($1)) }
    guard announced <= UInt64(SafetensorsFile.largestHeader) else { throw .headerTooLarge(announced: announced) }
    return 8 + Int(announced)
  }

  private static func metadata(_ value: JSON) throws(SafetensorsError) -> [String: String] {
    guard case .object(let members) = value else {
      throw .malformedHeader(offset: 8, reason: "__metadata__ is not an object")
    }
    var metadata: [String: String] = [:]
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      guard case .text(let text) = value else {
        throw .malformedHeader(offset: 8, reason: "__metadata__ holds something other than text under \(name)")
      }
      metadata[name] = text
    }
    return metadata
  }

  private static func description(of name: String, _ value: JSON) throws(SafetensorsError) -> Description {
    guard case .object(let fields) = value, fields.count == 3, case .text(let dataType)? = fields["dtype"],
      let shape = fields["shape"]?.wholes, let offsets = fields["data_offsets"]?.wholes, offsets.count == 2
    else {
      throw .malformedHeader(
        offset: 8, reason: "\(name) is not described by dtype, shape and data_offsets alone")
    }
    guard dataType == "F32" else {
      throw knownDataTypes.contains(dataType)
        ? .unsupportedDataType(tensor: name, dataType: dataType)
        : .unknownDataType(tensor: name, dataType: dataType)
    }
    let length = try byteCount(of: shape, tensor: name)
    let found = offsets[1].subtractingReportingOverflow(offsets[0])
    guard offsets[0] >= 0, !found.overflow, found.partialValue == length else {
      throw .lengthDiffers(tensor: name, expected: length, found: found.partialValue)
    }
    return Description(name: name, shape: shape, start: offsets[0], end: offsets[1])
  }

  private static func byteCount(of shape: [Int], tensor: String) throws(SafetensorsError) -> Int {
    guard shape.count <= largestRank else { throw .badShape(tensor: tensor, shape: shape) }
    var count = 4
    for extent in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard extent > 0, !overflow else { throw .badShape(tensor: tensor, shape: shape) }
      count = product
    }
    return count
  }

  private static func checkRanges(of tensors: [Description], dataLength: Int) throws(SafetensorsError) {
    var expectedStart = 0
    for tensor in tensors {
      guard tensor.start == expectedStart, tensor.end <= dataLength else {
        throw .badRange(
          tensor: tensor.name, start: tensor.start, end: tensor.end, expectedStart: expectedStart,
          dataLength: dataLength)
      }
      expectedStart = tensor.end
    }
    guard expectedStart == dataLength else { throw .trailingBytes(dataLength - expectedStart) }
  }

  private static let largestRank = 8
  private static let knownDataTypes: Set<String> = [
    "BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "I16", "U16", "F16", "BF16", "I32", "U32", "F64", "I64", "U64",
  ]
}

extension SafetensorsError {
  fileprivate init(_ error: JSONError) {
    self =
      switch error.reason {
      case .malformed(let reason): .malformedHeader(offset: error.offset, reason: reason)
      case .duplicateName(let name): .duplicateName(name)
      }
  }
}
