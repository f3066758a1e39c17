// The file that holds a fit: its method by name, and its parameters, exact to the bit.
extension ParametricFit {
  /// The whole file.
  package var fileText: String { SegmenterFile.text(method: segmenter.name, segmenter.parameters, values) }

  /// What such a file holds, which may be any bytes.
  ///
  /// - Parameter path: for messages.
  package init(decoding bytes: [UInt8], at path: String) throws(MethodError) {
    try self.init(try SegmenterFile(bytes, at: path))
  }

  init(_ file: SegmenterFile) throws(MethodError) {
    if let other = file.others.keys.min() { throw .noSegmenter(path: file.path, "it has a field `\(other)` too many") }
    guard let segmenter = Segmenters.parametric.first(where: { $0.name == file.method }) else {
      throw .unknownMethod(path: file.path, file.method)
    }
    self.init(of: segmenter, values: try file.values(of: segmenter.parameters))
  }
}
