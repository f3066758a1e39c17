import Base

/// What has learnt without networks, and is a file of its own.
package protocol FiledSegmenter: FittedSegmenter {
  /// As tables have it: "dark threshold".
  var title: String { get }
  /// Those that its method has, with their values.
  var parameters: [(parameter: MethodParameter, value: Double)] { get }
  /// The whole file.
  var fileText: String { get }
}

extension ParametricFit: FiledSegmenter {
  package var title: String { segmenter.title }
  package var parameters: [(parameter: MethodParameter, value: Double)] {
    zip(segmenter.parameters, values).map { ($0, $1) }
  }
}

extension FittedTextureEnsemble: FiledSegmenter {
  package var title: String { TextureEnsemble().title }
  package var parameters: [(parameter: MethodParameter, value: Double)] { settings.pairs }
}

extension FittedStack: FiledSegmenter {
  package var title: String { StackedSegmenter().title }
  package var parameters: [(parameter: MethodParameter, value: Double)] { settings.pairs }
}

/// The segmenter that a file holds, which may be any bytes.
///
/// - Parameter path: for messages.
package func fittedSegmenter(decoding bytes: [UInt8], at path: String) throws(MethodError) -> any FiledSegmenter {
  let file = try SegmenterFile(bytes, at: path)
  return switch file.method {
  case TextureEnsemble().name: try FittedTextureEnsemble(file)
  case StackedSegmenter().name: try FittedStack(file)
  default: try ParametricFit(file)
  }
}
