import Networks

/// One thing of which time and memory are measured at several sizes.
public struct ScalingRow: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// A step of the pixel-discriminating GAN's training on `count` images.
    case step
    /// The U-Net's maps of `count` images, one after the other.
    case prediction
  }

  public let kind: Kind
  /// Height and width of an image in pixels.
  public let side: Int
  /// Channels of the first layers.
  public let width: Int
  /// Images.
  public let count: Int

  package init(kind: Kind, side: Int, width: Int, count: Int) {
    self.kind = kind
    self.side = side
    self.width = width
    self.count = count
  }

  /// As `cnp bench` knows it.
  public var name: String { "\(kind == .step ? "gan-step" : "predict")-\(side)-\(width)-\(count)" }

  /// What grows: the x of a power law.
  var sizes: [Double] { [Double(side), Double(width), Double(count)] }

  /// What it computes, counted from the graphs.
  package func work() throws(NetworkError) -> Work {
    switch kind {
    case .step:
      let scale = SystemScale(width: width, side: side)
      let (generator, discriminator) = LearnedSystem.pixelGAN.architectures(scale)
      return try TrainingWork(
        of: generator, against: discriminator, images: count, batch: count, height: side, width: side, TrainingOptions()
      ).step
    case .prediction:
      // Images go through the network one by one, each starting all of its layers.
      return try Architecture(UNetConfiguration(width: width)).work(height: side, width: side) * Double(count)
    }
  }
}

/// A series in which one size grows and the others stay.
public struct ScalingSeries: Sendable {
  /// What grows.
  public let title: String
  public let kind: ScalingRow.Kind
  public let rows: [ScalingRow]
  /// That size of each row.
  let sizes: [Int]

  private init(_ title: String, _ kind: ScalingRow.Kind, _ sizes: [Int], _ row: (Int) -> ScalingRow) {
    self.title = title
    self.kind = kind
    self.sizes = sizes
    rows = sizes.map(row)
  }

  /// What a size is set to while another one grows.
  private static let (side, width, batch) = (256, 16, 2)

  /// Sizes that take about two minutes on two cores.
  public static let all = [
    ScalingSeries("side", .step, [128, 256, 512, 1024]) {
      ScalingRow(kind: .step, side: $0, width: width, count: batch)
    },
    ScalingSeries("width", .step, [4, 8, 16, 32, 64]) {
      ScalingRow(kind: .step, side: side, width: $0, count: batch)
    },
    ScalingSeries("batch", .step, [1, 2, 4, 8]) { ScalingRow(kind: .step, side: side, width: width, count: $0) },
    ScalingSeries("side", .prediction, [128, 256, 512, 1024]) {
      ScalingRow(kind: .prediction, side: $0, width: width, count: 1)
    },
    ScalingSeries("width", .prediction, [4, 8, 16, 32, 64]) {
      ScalingRow(kind: .prediction, side: side, width: $0, count: 1)
    },
    ScalingSeries("images", .prediction, [1, 2, 4, 8]) {
      ScalingRow(kind: .prediction, side: side, width: width, count: $0)
    },
  ]
}
