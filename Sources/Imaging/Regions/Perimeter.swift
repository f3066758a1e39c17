extension LabelMap {
  /// The length of each region's rim; that of label 1 first. A rim pixel has a neighbour, of four, in another region or
  /// beyond the picture; it counts by how many rim pixels of its region it touches at sides and at corners.
  var perimeters: [Double] {
    let stride = width + 2
    // With a frame of no region around.
    var framed = [Int32](repeating: 0, count: stride * (height + 2))
    for y in 0..<height {
      for x in 0..<width { framed[(y + 1) * stride + x + 1] = labels[y * width + x] }
    }
    var rim = [Int32](repeating: 0, count: framed.count)
    for y in 1...height {
      for place in (y * stride + 1)..<(y * stride + 1 + width) where framed[place] > 0 {
        let label = framed[place]
        let isInner =
          framed[place - 1] == label && framed[place + 1] == label && framed[place - stride] == label
          && framed[place + stride] == label
        if !isInner { rim[place] = label }
      }
    }
    // How many steps of each length begin in a rim pixel: whole numbers, so that no order of summing shows.
    var straight = [Int](repeating: 0, count: count + 1)
    var diagonal = straight
    var bent = straight
    let (sideSteps, cornerSteps) = ([-1, 1, -stride, stride], [-stride - 1, -stride + 1, stride - 1, stride + 1])
    for y in 1...height {
      for place in (y * stride + 1)..<(y * stride + 1 + width) where rim[place] > 0 {
        let label = rim[place]
        var (sides, corners) = (0, 0)
        for step in sideSteps where rim[place + step] == label { sides += 1 }
        for step in cornerSteps where rim[place + step] == label { corners += 1 }
        switch (sides, corners) {
        case (2, 0), (3, 0), (2, 1), (3, 1), (2, 2), (3, 2): straight[Int(label)] += 1
        case (0, 2), (1, 3): diagonal[Int(label)] += 1
        case (1, 1), (1, 2): bent[Int(label)] += 1
        default: break
        }
      }
    }
    let root = 2.0.squareRoot()
    return (1..<count + 1).map { label in
      let (steps, diagonals) = (Double(straight[label]), Double(diagonal[label]))
      return steps + root * diagonals + (1 + root) / 2 * Double(bent[label])
    }
  }
}
