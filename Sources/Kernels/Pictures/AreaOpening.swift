/// The area opening of a picture: every bright component of fewer than `area` pixels, at whatever level it appears, is
/// lowered until it joins one of at least so many (Vincent 1993), by union-find over the pixels in descending order
/// (Meijster and Wilkinson, IEEE PAMI 24, 2002). Pixels at −∞ do not count: a component that has nothing else around it
/// stays at its least value.
package func areaOpened(_ values: [Float], width: Int, area: Int, _ connectivity: Connectivity) -> [Float] {
  let order = PixelOrder(values)
  let count = values.count
  let height = count / width
  let stride = width + 2
  let offsets = connectivity.offsets(stride: stride)
  let framed = stride * (height + 2)
  // Of a root its area, negative; of others their parent. Pixels not yet seen, and the frame, are 0: no root has area 0,
  // and place 0 is frame.
  return withScratch(framed, filledWith: Int32(0)) { parent in
    withScratch(framed, filledWith: Float(0)) { level in
      for y in 0..<height {
        for x in 0..<width { level[(y + 1) * stride + x + 1] = values[y * width + x] }
      }
      let places = order.pixels.withBase { pixels in
        written(count) { (places: UnsafeMutablePointer<Int32>) in
          for i in 0..<count { places[i] = framedPlace(pixels[i], width: width) }
        }
      }
      let enough = Int32(clamping: area)
      places.withBase { places in
        offsets.withBase { steps in
          for i in (0..<count).reversed() {
            let place = Int(places[i])
            // What does not count joins nothing.
            guard level[place] > -.infinity else { continue }
            parent[place] = -1
            for index in 0..<offsets.count {
              let other = place &+ steps[index]
              guard parent[other] != 0 else { continue }
              let root = findRoot(other, parent)
              guard root != place else { continue }
              if -parent[root] < enough || level[root] == level[place] {
                parent[place] = max(-enough, parent[place] &+ parent[root])
                parent[root] = Int32(truncatingIfNeeded: place)
              } else {
                parent[place] = -enough
              }
            }
          }
          // A parent is darker than its children or was seen after them, so its level is final before theirs.
          for i in 0..<count {
            let place = Int(places[i])
            if parent[place] > 0 { level[place] = level[Int(parent[place])] }
          }
        }
      }
      return written(count) { result in
        for y in 0..<height { (result + y * width).update(from: level + (y + 1) * stride + 1, count: width) }
      }
    }
  }
}

/// The place of a pixel in the same picture with a frame of one pixel around.
@inline(__always)
func framedPlace(_ pixel: Int32, width: Int) -> Int32 {
  let y = pixel / Int32(truncatingIfNeeded: width)
  return pixel &+ Int32(truncatingIfNeeded: width) &+ 3 &+ 2 &* y
}

@inline(__always)
private func findRoot(_ place: Int, _ parent: UnsafeMutablePointer<Int32>) -> Int {
  var root = place
  while parent[root] > 0 { root = Int(parent[root]) }
  var walked = place
  while parent[walked] > 0 && Int(parent[walked]) != root {
    let next = Int(parent[walked])
    parent[walked] = Int32(truncatingIfNeeded: root)
    walked = next
  }
  return root
}
