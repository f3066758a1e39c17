import Angiography
import Methods

/// One thing that is timed, with its sizes; its name says all of them, as `gan-step-512-64-2`.
public enum BenchmarkRow: Sendable, Hashable {
  /// One step of the GAN's training on images of `size` × `size` pixels, U-Net and discriminator of that width.
  case ganStep(size: Int, width: Int, batch: Int)
  /// The U-Net's probabilities for images of `size` × `size` pixels.
  case predict(size: Int, width: Int, batch: Int)
  /// One 3×3 convolution of a `size` × `size` map, batch 1.
  case convolution(inputs: Int, outputs: Int, size: Int, direction: ConvolutionDirection)
  /// The product of two square matrices.
  case gemm(size: Int)
  /// One operation on a picture of `size` × `size` pixels.
  case picture(PictureOperation, size: Int)
  /// A classical method's map of one phantom angiogram of `size` × `size` pixels.
  case method(String, size: Int)
  /// Multiply-adds in registers: what the machine can do at best.
  case peak
}

/// A convolution, or one of its gradients.
public enum ConvolutionDirection: String, Sendable, CaseIterable {
  case forward
  case inputGradient = "input-gradient"
  case weightGradient = "weight-gradient"
}

extension BenchmarkRow {
  /// The form of every row's name, for people.
  public static let forms = [
    "gan-step-SIZE-WIDTH-BATCH", "predict-SIZE-WIDTH-BATCH", "gemm-SIZE", "peak", "picture-SIZE-OPERATION",
    "method-SIZE-METHOD",
    "convolution-INPUTS-OUTPUTS-SIZE-forward", "convolution-INPUTS-OUTPUTS-SIZE-input-gradient",
    "convolution-INPUTS-OUTPUTS-SIZE-weight-gradient",
  ]

  /// Throws `unknownRow` for a name of another form, or with a size that nobody measures.
  public init(named name: String) throws(BenchmarkError) {
    var words = name.split(separator: "-", omittingEmptySubsequences: false).map(String.init)[...]
    var kind = words.popFirst() ?? ""
    if kind == "gan", words.first == "step" { kind += "-" + words.removeFirst() }
    var sizes: [Int] = []
    while let word = words.first, let size = Int(word), Self.sizes.contains(size) {
      sizes.append(size)
      words.removeFirst()
    }
    let rest = words.joined(separator: "-")
    if kind == "picture", sizes.count == 1, let operation = PictureOperation(rawValue: rest) {
      self = .picture(operation, size: sizes[0])
      return
    }
    if kind == "method", sizes.count == 1, PhantomOptions.sizes.contains(sizes[0]),
      Segmenters.tunable(named: rest) != nil
    {
      self = .method(rest, size: sizes[0])
      return
    }
    let direction = ConvolutionDirection(rawValue: rest)
    switch (kind, sizes.count, words.isEmpty, direction) {
    case ("gan-step", 3, true, _): self = .ganStep(size: sizes[0], width: sizes[1], batch: sizes[2])
    case ("predict", 3, true, _): self = .predict(size: sizes[0], width: sizes[1], batch: sizes[2])
    case ("gemm", 1, true, _): self = .gemm(size: sizes[0])
    case ("peak", 0, true, _): self = .peak
    case ("convolution", 3, false, let direction?):
      self = .convolution(inputs: sizes[0], outputs: sizes[1], size: sizes[2], direction: direction)
    default: throw .unknownRow(name)
    }
  }

  /// Sizes, widths and batches.
  private static let sizes = 1...4096
}
