import Base

/// What the file of a fitted segmenter holds, read strictly: its method by name, its parameters, and fields of the method's own.
package struct SegmenterFile {
  private static let version = 1
  /// Bytes; longer files are refused.
  package static let largest = 1 << 26

  let path: String
  package let method: String
  private let parameters: [String: JSON]
  /// Beside those that every file has.
  let others: [String: JSON]

  /// - Parameter path: for messages.
  package init(_ bytes: [UInt8], at path: String) throws(MethodError) {
    let fields = try Self.fields(of: bytes, at: path)
    guard case .whole(let version)? = fields["version"] else { throw .noSegmenter(path: path, "it has no `version`") }
    guard version == Self.version else { throw .unknownVersion(path: path, version) }
    guard case .text(let name)? = fields["method"] else { throw .noSegmenter(path: path, "it has no `method`") }
    guard case .object(let found)? = fields["parameters"] else {
      throw .noSegmenter(path: path, "it has no `parameters`")
    }
    (self.path, method, parameters) = (path, name, found)
    others = fields.filter { !["version", "method", "parameters"].contains($0.key) }
  }

  /// The text of such a file.
  ///
  /// - Parameters:
  ///   - values: in the order of the parameters.
  ///   - others: fields of the method's own.
  ///   - layout: one line for what nobody reads.
  static func text(
    method: String, _ parameters: [MethodParameter], _ values: [Double], others: [String: JSON] = [:],
    _ layout: JSON.Layout = .lines
  ) -> String {
    let named = zip(parameters, values).map { ($0.name, $0.word($1).map { .text($0) } ?? JSON.number($1)) }
    let fields: [String: JSON] = [
      "version": .whole(version), "method": .text(method),
      "parameters": .object(Dictionary(uniqueKeysWithValues: named)),
    ]
    return JSON.object(fields.merging(others) { own, _ in own }).text(layout) + "\n"
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

  /// A value for each parameter, in their order.
  func values(of expected: [MethodParameter]) throws(MethodError) -> [Double] {
    var values: [Double] = []
    for parameter in expected {
      guard let entry = parameters[parameter.name] else {
        throw .wrongParameter(path: path, parameter.name, "is missing")
      }
      guard let value = parameter.value(of: entry) else {
        let isChoice = if case .choice = parameter.kind { true } else { false }
        throw .wrongParameter(
          path: path, parameter.name, isChoice ? "is none of \(parameter.domain)" : "is no number")
      }
      guard parameter.allows(value) else {
        throw .wrongParameter(path: path, parameter.name, "is \(value), and can be \(parameter.domain)")
      }
      values.append(value)
    }
    if let other = Set(parameters.keys).subtracting(expected.map(\.name)).min() {
      throw .wrongParameter(path: path, other, "is none of \(method)")
    }
    return values
  }
}

extension MethodParameter {
  fileprivate func value(of json: JSON) -> Double? {
    switch (kind, json) {
    case (.choice(let words), .text(let word)): words.firstIndex(of: word).map(Double.init)
    case (.choice, _): nil
    default: json.double
    }
  }
}
