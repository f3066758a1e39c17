/// Maximum over windows of size × size that lie side by side; what is left over at the right and below is not read, and its
/// gradient is 0.
public struct MaxPoolingKernel: Sendable {
  let batch: Int
  let height: Int
  let width: Int
  let channels: Int
  let size: Int

  public init(batch: Int, height: Int, width: Int, channels: Int, size: Int) {
    self.batch = batch
    self.height = height
    self.width = width
    self.channels = channels
    self.size = size
  }

  private var outHeight: Int { height / size }
  private var outWidth: Int { width / size }

  public func forward(_ input: Region, into output: Region) {
    precondition(input.count == batch * height * width * channels, "the input has the kernel's shape")
    precondition(output.count == batch * outHeight * outWidth * channels, "the output has the kernel's shape")
    let (input, output) = (input.base, output.base)
    let (channels, size, line) = (channels, size, width * channels)
    parallel(batch * outHeight) { task in
      let (image, y) = task.quotientAndRemainder(dividingBy: outHeight)
      for x in 0..<outWidth {
        let corner = (image * height + y * size) * line + x * size * channels
        let window = input + corner
        let pixel = output + (task * outWidth + x) * channels
        forEachOctet(in: 0..<channels) { channel, used in
          var largest = load(window + channel)
          for row in 0..<size {
            for column in 0..<size {
              let value = load(window + (row &* line &+ column &* channels &+ channel))
              // Not `value > largest`: a NaN goes through.
              largest = Lanes.choose(value .<= largest, largest, value)
            }
          }
          store(largest, pixel + channel, first: used)
        }
      }
    }
  }

  /// The gradient goes to the first maximum of each window, row by row, as in PyTorch.
  public func backward(
    _ input: Region, output: Region, outputGradient: Region, into inputGradient: Region, accumulating: Bool
  ) {
    precondition(inputGradient.count == batch * height * width * channels, "the gradient has the input's shape")
    let (x, y, dy, dx) = (input.base, output.base, outputGradient.base, inputGradient.base)
    let (channels, size, line) = (channels, size, width * channels)
    parallel(batch * ((height + size - 1) / size)) { task in
      let (image, band) = task.quotientAndRemainder(dividingBy: (height + size - 1) / size)
      let top = (image * height + band * size) * line
      if !accumulating { (dx + top).update(repeating: 0, count: min(size, height - band * size) * line) }
      guard band < outHeight else { return }
      for column in 0..<outWidth {
        let corner = top + column * size * channels
        let pixel = ((image * outHeight + band) * outWidth + column) * channels
        forEachOctet(in: 0..<channels) { channel, used in
          let largest = load(y + pixel + channel)
          var gradient = load(dy + pixel + channel)
          for row in 0..<size {
            for across in 0..<size {
              let place = corner &+ row &* line &+ across &* channels &+ channel
              let isFirst = load(x + place) .== largest
              let zero = Lanes(repeating: 0)
              store(load(dx + place) + Lanes.choose(isFirst, gradient, zero), dx + place, first: used)
              gradient = Lanes.choose(isFirst, zero, gradient)
            }
          }
        }
      }
    }
  }
}
