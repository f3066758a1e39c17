/// Maximum over windows of size × size that lie side by side, of a map read through its normalisation and activation; what
/// is left over at the right and below is not read, and its gradient is 0.
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

  public func forward(_ input: MapPart, into output: Region) {
    precondition(input.map.count == batch * height * width * channels, "the input has the kernel's shape")
    precondition(output.count == batch * outHeight * outWidth * channels, "the output has the kernel's shape")
    input.read(Forward(kernel: self, input: input.map.base, output: output.base))
  }

  /// gradient = (or +=) the gradient by the input's values. It goes to the first maximum of each window, row by row, as in
  /// PyTorch; which one that is, is computed again rather than kept.
  public func backward(_ input: MapPart, outputGradient: Region, into gradient: Region, accumulating: Bool) {
    precondition(input.map.count == batch * height * width * channels, "the input has the kernel's shape")
    precondition(gradient.count == input.map.count, "the gradient has the input's shape")
    input.read(
      Backward(
        kernel: self, input: input.map.base, outputGradient: outputGradient.base, gradient: gradient.base,
        accumulating: accumulating))
  }

  /// Distance of two rows of the input.
  private var line: Int { width * channels }

  /// The largest value of the window at `corner`, for eight channels.
  @inline(__always)
  private func largest<R: PartReading>(_ corner: UnsafePointer<Float>, _ channel: Int, _ reading: R) -> Lanes {
    var largest = reading.value(load(corner), channel: channel)
    for row in 0..<size {
      for column in 0..<size where row + column > 0 {
        let value = reading.value(load(corner + (row &* line &+ column &* channels)), channel: channel)
        // A NaN goes through wherever in the window it stands.
        largest = Lanes.choose((value .<= largest) .| (largest .!= largest), largest, value)
      }
    }
    return largest
  }

  private struct Forward: PartWork {
    let kernel: MaxPoolingKernel
    let input: UnsafePointer<Float>
    let output: UnsafeMutablePointer<Float>

    func run<R: PartReading>(_ reading: R) {
      let (channels, size) = (kernel.channels, kernel.size)
      parallel(kernel.batch * kernel.outHeight) { task in
        let (image, y) = task.quotientAndRemainder(dividingBy: kernel.outHeight)
        for x in 0..<kernel.outWidth {
          let window = input + ((image * kernel.height + y * size) * kernel.line + x * size * channels)
          let pixel = output + (task * kernel.outWidth + x) * channels
          forEachOctet(in: 0..<channels) { channel, used in
            store(kernel.largest(window + channel, channel, reading), pixel + channel, first: used)
          }
        }
      }
    }
  }

  private struct Backward: PartWork {
    let kernel: MaxPoolingKernel
    let input: UnsafePointer<Float>
    let outputGradient: UnsafePointer<Float>
    let gradient: UnsafeMutablePointer<Float>
    let accumulating: Bool

    func run<R: PartReading>(_ reading: R) {
      let bands = (kernel.height + kernel.size - 1) / kernel.size
      parallel(kernel.batch * bands) { task in
        let (image, band) = task.quotientAndRemainder(dividingBy: bands)
        let top = (image * kernel.height + band * kernel.size) * kernel.line
        let rows = min(kernel.size, kernel.height - band * kernel.size)
        if band < kernel.outHeight {
          spread(image * kernel.outHeight + band, top, reading)
          if !accumulating { clear(top, rows, from: kernel.outWidth * kernel.size * kernel.channels) }
        } else if !accumulating {
          clear(top, rows, from: 0)
        }
      }
    }

    /// The gradients of one row of the output to its windows.
    @inline(__always)
    private func spread<R: PartReading>(_ outputRow: Int, _ top: Int, _ reading: R) {
      let (channels, size) = (kernel.channels, kernel.size)
      let zero = Lanes(repeating: 0)
      for column in 0..<kernel.outWidth {
        let corner = top + column * size * channels
        let pixel = outputGradient + (outputRow * kernel.outWidth + column) * channels
        forEachOctet(in: 0..<channels) { channel, used in
          let largest = kernel.largest(input + (corner + channel), channel, reading)
          var rest = load(pixel + channel)
          for row in 0..<size {
            for across in 0..<size {
              let place = corner &+ row &* kernel.line &+ across &* channels &+ channel
              let isFirst = reading.value(load(input + place), channel: channel) .== largest
              let share = Lanes.choose(isFirst, rest, zero)
              store(accumulating ? load(gradient + place) + share : share, gradient + place, first: used)
              rest = Lanes.choose(isFirst, zero, rest)
            }
          }
        }
      }
    }

    /// Zeros in what no window covers: the numbers of each row from `first` on.
    private func clear(_ top: Int, _ rows: Int, from first: Int) {
      for row in 0..<rows where first < kernel.line {
        (gradient + (top + row * kernel.line + first)).update(repeating: 0, count: kernel.line - first)
      }
    }
  }
}
