import Base

// The file that holds a fit: its method by name, and its numbers, exact to the bit.
extension ParametricFit {
  private static let version = 1
  /// Bytes; longer files are refused.
  package static let largestFile = 1 << 16

  /// The whole file.
  package var fileText: String {
    let named = zip(segmenter.parameters, values).map { ($0.name, JSON.number($1)) }
    let document = JSON.object([
      "version": .whole(Self.version), "method": .text(segmenter.name),
      "parameters": .object(Dictionary(uniqueKeysWithValues: named)),
    ])
    return document.text(.lines) + "\n"
  }

  /// What such a file holds, which may be any bytes.
  ///
  /// - Parameter path: for messages.
  package init(decoding bytes: [UInt8], at path: String) throws(MethodError) {
    let fields = try Self.fields(of: bytes, at: path)
    guard case .whole(let version)? = fields["version"] else { throw .noSegmenter(path: path, "it has no `version`") }
    guard version == Self.version else { throw .unknownVersion(path: path, version) }
    guard case .text(let name)? = fields["method"] else { throw .noSegmenter(path: path, "it has no `method`") }
    guard case .object(let found)? = fields["parameters"] else {
      throw .noSegmenter(path: path, "it has no `parameters`")
    }
    let others = Set(fields.keys).subtracting(["version", "method", "parameters"])
    if let other = others.min() { throw .noSegmenter(path: path, "it has a field `\(other)` too many") }
    guard let segmenter = Segmenters.parametric.first(where: { $0.name == name }) else {
      throw .unknownMethod(path: path, name)
    }
    self.init(of: segmenter, values: try Self.values(of: segmenter, in: found, at: path))
  }

  private static func fields(of bytes: [UInt8], at path: String) throws(MethodError) -> [String: JSON] {
    let document: JSON
    do throws(JSONError) { document = try JSON(decoding: bytes[...]) } catch {
      let reason =
        switch error.reason {
        case .malformed(let what): what
        case .duplicateName(let name): "two fields `\(name)`"
        }
      throw .noSegmenter(path: path, "\(reason), at byte \(error.offset)")
    }
    guard case .object(let fields) = document else { throw .noSegmenter(path: path, "it is no JSON object") }
    return fields
  }

  /// The number of each parameter.
  private static func values(
    of segmenter: any ParametricSegmenter, in found: [String: JSON], at path: String
  ) throws(MethodError) -> [Double] {
    var values: [Double] = []
    for parameter in segmenter.parameters {
      let value: Double
      switch found[parameter.name] {
      case .number(let number)?: value = number
      case .whole(let number)?: value = Double(number)
      case nil: throw .wrongParameter(path: path, parameter.name, "is missing")
      default: throw .wrongParameter(path: path, parameter.name, "is no number")
      }
      guard parameter.range.contains(value) else {
        let (lower, upper) = (parameter.range.lowerBound, parameter.range.upperBound)
        throw .wrongParameter(path: path, parameter.name, "is \(value), and can be from \(lower) to \(upper)")
      }
      values.append(value)
    }
    let others = Set(found.keys).subtracting(segmenter.parameters.map(\.name))
    if let other = others.min() { throw .wrongParameter(path: path, other, "is none of \(segmenter.name)") }
    return values
  }
}
