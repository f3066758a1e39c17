/// Why bytes are not a safetensors file of ours, or a file could not be read or written.
public enum SafetensorsError: Error, Sendable, Hashable {
  /// Fewer bytes than the header's length field, or than the header it announces.
  case truncated(needed: Int, found: Int)
  /// The header announces more than `SafetensorsFile.largestHeader` bytes.
  case headerTooLarge(announced: UInt64)
  /// The header is not the JSON the format prescribes.
  case malformedHeader(offset: Int, reason: String)
  /// Two tensors, or two entries of the metadata, bear one name.
  case duplicateName(String)
  /// A data type the format knows but this program does not read.
  case unsupportedDataType(tensor: String, dataType: String)
  /// A data type the format does not know.
  case unknownDataType(tensor: String, dataType: String)
  /// A shape with a negative, zero or absurd extent.
  case badShape(tensor: String, shape: [Int])
  /// The data's range is not the length its shape asks for.
  case lengthDiffers(tensor: String, expected: Int, found: Int)
  /// The data's range starts before the last one ended, or after it, or ends past the file's end.
  case badRange(tensor: String, start: Int, end: Int, expectedStart: Int, dataLength: Int)
  /// Bytes after the last tensor.
  case trailingBytes(Int)
  /// The bytes are not those that the checksum in the metadata is of.
  case damaged
}

extension SafetensorsError {
  public var code: String {
    switch self {
    case .truncated: "file-truncated"
    case .headerTooLarge: "safetensors-header-too-large"
    case .malformedHeader: "safetensors-header-malformed"
    case .duplicateName: "safetensors-duplicate-name"
    case .unsupportedDataType: "safetensors-data-type-unsupported"
    case .unknownDataType: "safetensors-data-type-unknown"
    case .badShape: "safetensors-bad-shape"
    case .lengthDiffers: "safetensors-length-differs"
    case .badRange: "safetensors-bad-range"
    case .trailingBytes: "safetensors-trailing-bytes"
    case .damaged: "network-damaged"
    }
  }

  public var message: String {
    switch self {
    case .truncated(let needed, let found): "the file ends after \(found) bytes, but needs at least \(needed)"
    case .headerTooLarge(let announced):
      "the header claims \(announced) bytes; at most \(SafetensorsFile.largestHeader) are read"
    case .malformedHeader(let offset, let reason): "the header is malformed at byte \(offset): \(reason)"
    case .duplicateName(let name): "the header has two entries named \(name)"
    case .unsupportedDataType(let tensor, let dataType): "\(tensor) is stored as \(dataType); only F32 is read"
    case .unknownDataType(let tensor, let dataType): "\(tensor) has the unknown data type \(dataType)"
    case .badShape(let tensor, let shape): "\(tensor) has the impossible shape \(shape)"
    case .lengthDiffers(let tensor, let expected, let found):
      "\(tensor) needs \(expected) bytes for its shape, but its range holds \(found)"
    case .badRange(let tensor, let start, let end, let expectedStart, let dataLength):
      "\(tensor) claims bytes \(start) to \(end); its data should start at \(expectedStart) and end within the "
        + "\(dataLength) bytes there are"
    case .trailingBytes(let count): "\(count) bytes follow the last tensor"
    case .damaged: "the file is damaged: its bytes are not those that were written (their SHA-256 differs)"
    }
  }

  public var hint: String? {
    switch self {
    case .truncated, .trailingBytes: "the file was cut or changed: save the network again"
    case .unsupportedDataType: "convert the weights to 32-bit floats"
    case .damaged: "copy it again from where it was whole, or save the network again"
    default: nil
    }
  }
}
