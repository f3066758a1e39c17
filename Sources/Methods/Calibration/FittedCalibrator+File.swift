import Base

// The file that holds a calibrator, exact to the bit, with what it was fitted on.
extension FittedCalibrator {
  private static let version = 1
  /// Bytes; longer files are refused.
  package static let largestFile = 1 << 26

  /// The whole file.
  package var fileText: String {
    var fields: [String: JSON] = [
      "version": .whole(Self.version), "calibrator": .text(calibrator.method.rawValue),
      "predictions": .text(predictions), "fitted-on": .list(images.map(\.json)),
    ]
    switch calibrator {
    case .temperature(let scaling): fields["temperature"] = .number(scaling.temperature)
    case .isotonic(let regression):
      fields["probabilities"] = .list(regression.probabilities.map { .number($0) })
      fields["values"] = .list(regression.values.map { .number($0) })
    }
    return JSON.object(fields).text(.lines) + "\n"
  }

  /// Whether a file's bytes are meant to be a calibrator: a JSON object with a field `calibrator`.
  package static func isFile(_ bytes: [UInt8]) -> Bool {
    (try? JSON(decoding: bytes[...]))?.fields["calibrator"] != nil
  }

  /// What such a file holds, which may be any bytes.
  ///
  /// - Parameter path: for messages.
  package init(decoding bytes: [UInt8], at path: String) throws(MethodError) {
    guard let fields = (try? JSON(decoding: bytes[...]))?.fields, !fields.isEmpty else {
      throw .noCalibrator(path: path, "it is no JSON object")
    }
    guard case .whole(let version)? = fields["version"] else {
      throw .noCalibrator(path: path, "it has no `version`")
    }
    guard version == Self.version else { throw .noCalibrator(path: path, "its version is \(version)") }
    guard case .text(let name)? = fields["calibrator"], let method = Calibrator.Method(rawValue: name) else {
      throw .noCalibrator(path: path, "it names no method that there is")
    }
    guard case .text(let predictions)? = fields["predictions"], case .list(let images)? = fields["fitted-on"] else {
      throw .noCalibrator(path: path, "it doesn't say what it was fitted on")
    }
    let known = images.compactMap(Image.init)
    guard known.count == images.count else { throw .noCalibrator(path: path, "an image it was fitted on is none") }
    guard let calibrator = Calibrator(method, fields) else {
      throw .noCalibrator(path: path, "its numbers are no calibrator's")
    }
    self.init(calibrator, predictions: predictions, images: known)
  }
}

extension Calibrator {
  fileprivate init?(_ method: Method, _ fields: [String: JSON]) {
    func numbers(_ name: String) -> [Double]? {
      guard case .list(let items)? = fields[name] else { return nil }
      let numbers = items.compactMap(\.double)
      return numbers.count == items.count ? numbers : nil
    }
    switch method {
    case .temperature:
      guard let scaling = fields["temperature"]?.double.flatMap({ TemperatureScaling(temperature: $0) }) else {
        return nil
      }
      self = .temperature(scaling)
    case .isotonic:
      guard let probabilities = numbers("probabilities"), let values = numbers("values"),
        let regression = IsotonicRegression(probabilities: probabilities, values: values)
      else { return nil }
      self = .isotonic(regression)
    }
  }
}

extension FittedCalibrator.Image {
  /// The digest as sixteen digits: JSON's numbers are shorter.
  fileprivate var json: JSON {
    let digits = String(digest, radix: 16)
    var fields: [String: JSON] = [
      "name": .text(name), "digest": .text(String(repeating: "0", count: 16 - digits.count) + digits),
    ]
    if let caseName { fields["case"] = .text(caseName) }
    return .object(fields)
  }

  fileprivate init?(_ json: JSON) {
    guard case .text(let name)? = json.fields["name"], case .text(let digits)? = json.fields["digest"],
      let digest = UInt64(digits, radix: 16)
    else { return nil }
    let caseName: String? = if case .text(let text)? = json.fields["case"] { text } else { nil }
    self.init(name: name, digest: digest, caseName: caseName)
  }
}
