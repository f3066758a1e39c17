import Imaging

/// How a sample's own pixels lie in the frame that networks see.
///
/// With a working size the frame is a square that holds the whole image, centred, its proportions kept, nothing (0)
/// around it; without one it is the image itself.
public struct WorkingFrame: Sendable, Hashable {
  /// Working sizes that can be asked for, in pixels: from what a U-Net of four poolings brings down to one pixel to what
  /// holds the angiogram of an ultra-widefield camera (about 3900 px). At the upper end a map of 64 channels takes 4 GiB.
  public static let sides = 16...4096

  public let originalWidth, originalHeight: Int
  public let width, height: Int

  public init(originalWidth: Int, originalHeight: Int, workingSize: Int?) {
    self.originalWidth = originalWidth
    self.originalHeight = originalHeight
    width = workingSize ?? originalWidth
    height = workingSize ?? originalHeight
  }

  /// Original pixels per working pixel.
  private var scale: Double {
    max(Double(originalWidth) / Double(width), Double(originalHeight) / Double(height))
  }

  /// From the frame's pixels to the original's, with a geometric change of the frame's content.
  public func mapToOriginal(_ change: GeometricChange = .none) -> AffineMap {
    AffineMap.translation(x: -Double(width) / 2, y: -Double(height) / 2)
      .followed(by: change.undone(width: width, height: height))
      .followed(by: .scaling(x: scale, y: scale))
      .followed(by: .translation(x: Double(originalWidth) / 2, y: Double(originalHeight) / 2))
  }

  /// From the original's pixels to the frame's.
  public var mapToFrame: AffineMap {
    AffineMap.translation(x: -Double(originalWidth) / 2, y: -Double(originalHeight) / 2)
      .followed(by: .scaling(x: 1 / scale, y: 1 / scale))
      .followed(by: .translation(x: Double(width) / 2, y: Double(height) / 2))
  }

  /// A prediction made in the frame, resampled to the original's pixels (bilinear).
  public func restored(_ prediction: Plane) -> Plane {
    precondition(prediction.width == width && prediction.height == height, "a prediction has its frame's size")
    if width == originalWidth && height == originalHeight { return prediction }
    return prediction.resampled(width: originalWidth, height: originalHeight, through: mapToFrame)
  }
}
