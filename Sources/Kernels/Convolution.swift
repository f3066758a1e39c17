extension ConvolutionGeometry {
  private func weightIndex(_ ky: Int, _ kx: Int, _ ci: Int, _ co: Int) -> Int {
    weightsAreTransposed
      ? ((ky * kernel + kx) * outChannels + co) * inChannels + ci
      : ((ky * kernel + kx) * inChannels + ci) * outChannels + co
  }

  private func forEachTap(_ body: (Int, Int, Int, Int) -> Void) {
    parallel(1) { _ in
      for image in 0..<batch {
        for y in 0..<outHeight {
          for x in 0..<outWidth {
            for ky in 0..<kernel {
              for kx in 0..<kernel {
                let iy = y * stride + ky * dilation - padding
                let ix = x * stride + kx * dilation - padding
                if iy < 0 || ix < 0 || iy >= height || ix >= width { continue }
                body(
                  ((image * height + iy) * width + ix) * inChannels,
                  ((image * outHeight + y) * outWidth + x) * outChannels, ky, kx)
              }
            }
          }
        }
      }
    }
  }

  public func forward(
    _ input: Region, weights: Region, bias: Region?, into output: Region, accumulating: Bool = false
  ) {
    precondition(input.count == inCount && output.count == outCount && weights.count == weightCount)
    if !accumulating { output.fill(0) }
    forEachTap { i, o, ky, kx in
      for ci in 0..<inChannels {
        for co in 0..<outChannels {
          output.base[o + co] += input.base[i + ci] * weights.base[weightIndex(ky, kx, ci, co)]
        }
      }
    }
    if let bias { for i in 0..<output.count { output.base[i] += bias.base[i % outChannels] } }
  }

  public func inputGradient(
    _ outputGradient: Region, weights: Region, bias: Region? = nil, into inputGradient: Region,
    accumulating: Bool = false
  ) {
    precondition(inputGradient.count == inCount && outputGradient.count == outCount && weights.count == weightCount)
    if !accumulating { inputGradient.fill(0) }
    forEachTap { i, o, ky, kx in
      for ci in 0..<inChannels {
        for co in 0..<outChannels {
          inputGradient.base[i + ci] += outputGradient.base[o + co] * weights.base[weightIndex(ky, kx, ci, co)]
        }
      }
    }
    if let bias { for i in 0..<inputGradient.count { inputGradient.base[i] += bias.base[i % inChannels] } }
  }

  public func weightGradient(_ input: Region, outputGradient: Region, addedTo weights: Region) {
    precondition(input.count == inCount && outputGradient.count == outCount && weights.count == weightCount)
    forEachTap { i, o, ky, kx in
      for ci in 0..<inChannels {
        for co in 0..<outChannels {
          weights.base[weightIndex(ky, kx, ci, co)] += input.base[i + ci] * outputGradient.base[o + co]
        }
      }
    }
  }
}
