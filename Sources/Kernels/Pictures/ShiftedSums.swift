/// What pictures hold at a set of places, added up for every shift of the whole set: the sum of the places shifted by
/// (right, down), both from 0 below `count`, is number down · count + right.
///
/// - Parameters:
///   - pictures: of one size, `width` wide.
///   - places: which picture, and which of its pixels before any shift.
package func shiftedSums(
  of pictures: [[Float]], width: Int, at places: [(picture: Int, pixel: Int)], count: Int
) -> [Float] {
  for place in places {
    precondition(
      place.pixel >= 0 && place.pixel % width + count <= width
        && place.pixel + (count - 1) * width < pictures[place.picture].count, "shifts stay inside the picture")
  }
  return written(count * count) { sums in
    for i in 0..<count * count { sums[i] = 0 }
    for place in places {
      pictures[place.picture].withBase { picture in
        for row in 0..<count {
          let (from, to) = (picture + place.pixel + row * width, sums + row * count)
          for column in 0..<count { to[column] += from[column] }
        }
      }
    }
  }
}
