/// The pixels of the plateaus that have no higher neighbour; −∞ marks pixels that are not there.
package func regionalMaxima(_ values: [Float], width: Int, _ connectivity: Connectivity) -> [Bool] {
  let height = values.count / width
  let stride = width + 2
  let offsets = connectivity.offsets(stride: stride)
  let count = stride * (height + 2)
  return withScratch(count, filledWith: -Float.infinity) { level in
    withScratch(count, filledWith: false) { isMaximum in
      var queue = PixelQueue(capacity: count)
      defer { queue.free() }
      for y in 0..<height {
        for x in 0..<width { level[(y + 1) * stride + x + 1] = values[y * width + x] }
      }
      offsets.withBase { steps in
        for y in 1...height {
          for place in (y * stride + 1)..<(y * stride + 1 + width) {
            let value = level[place]
            var isHighest = value > -.infinity
            for index in 0..<offsets.count { isHighest = isHighest && level[place &+ steps[index]] <= value }
            isMaximum[place] = isHighest
            if !isHighest { queue.append(place) }
          }
        }
        // What stands on a plateau with such a pixel is none either.
        while let place = queue.popFirst() {
          for index in 0..<offsets.count {
            let other = place &+ steps[index]
            if isMaximum[other] && level[other] == level[place] {
              isMaximum[other] = false
              queue.append(other)
            }
          }
        }
      }
      return written(width * height) { result in
        for y in 0..<height { (result + y * width).update(from: isMaximum + (y + 1) * stride + 1, count: width) }
      }
    }
  }
}
