/// A function of each pixel, on the calling thread.
package func applied(_ function: ElementaryFunction, to pixels: [Float]) -> [Float] {
  let count = pixels.count
  return pixels.withBase { pixels in
    written(count) { result in
      forEachOctet(in: 0..<count) { i, used in
        if used == 8 {
          store(function(load(pixels + i)), result + i)
        } else {
          for j in i..<count { result[j] = function(Lanes(repeating: pixels[j]))[0] }
        }
      }
    }
  }
}
