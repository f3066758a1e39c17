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
    let output = output.base
    let (channels, size, line) = (channels, size, width * channels)
    parallel(batch * outHeight) { task in
      let (image, y) = task.quotientAndRemainder(dividingBy: outHeight)
      for x in 0..<outWidth {
        let window = input.map.base + ((image * height + y * size) * line + x * size * channels)
        let pixel = output + (task * outWidth + x) * channels
        forEachOctet(in: 0..<channels) { channel, used in
          store(largest(of: input, window, line, channel), pixel + channel, first: used)
        }
      }
    }
  }

  /// The largest value of the window at `corner`, for eight channels.
  @inline(__always)
  private func largest(of input: MapPart, _ corner: UnsafePointer<Float>, _ line: Int, _ channel: Int) -> Lanes {
    var largest = input.value(load(corner + channel), channel: channel)
    for row in 0..<size {
      for column in 0..<size where row + column > 0 {
        let value = input.value(load(corner + (row &* line &+ column &* channels &+ channel)), channel: channel)
        // Not `value > largest`: a NaN goes through.
        largest = Lanes.choose(value .<= largest, largest, value)
      }
    }
    return largest
  }

  /// gradient = (or +=) the gradient by the input's values. It goes to the first maximum of each window, row by row, as in
  /// PyTorch; which one that is, is computed again rather than kept.
  public func backward(_ input: MapPart, outputGradient: Region, into gradient: Region, accumulating: Bool) {
    precondition(gradient.count == batch * height * width * channels, "the gradient has the input's shape")
    let (x, dy, dx) = (input.map.base, outputGradient.base, gradient.base)
    let (channels, size, line) = (channels, size, width * channels)
    let bands = (height + size - 1) / size
    parallel(batch * bands) { task in
      let (image, band) = task.quotientAndRemainder(dividingBy: bands)
      let top = (image * height + band * size) * line
      guard band < outHeight else {
        if !accumulating { (dx + top).update(repeating: 0, count: (height - band * size) * line) }
        return
      }
      for column in 0..<outWidth {
        let corner = top + column * size * channels
        let pixel = ((image * outHeight + band) * outWidth + column) * channels
        forEachOctet(in: 0..<channels) { channel, used in
          let largest = largest(of: input, x + corner, line, channel)
          var rest = load(dy + pixel + channel)
          for row in 0..<size {
            for across in 0..<size {
              let place = corner &+ row &* line &+ across &* channels &+ channel
              let isFirst = input.value(load(x + place), channel: channel) .== largest
              let zero = Lanes(repeating: 0)
              let part = Lanes.choose(isFirst, rest, zero)
              store(accumulating ? load(dx + place) + part : part, dx + place, first: used)
              rest = Lanes.choose(isFirst, zero, rest)
            }
          }
        }
      }
      if !accumulating {
        let used = outWidth * size * channels
        for row in 0..<size where used < line {
          (dx + top + row * line + used).update(repeating: 0, count: line - used)
        }
      }
    }
  }
}
