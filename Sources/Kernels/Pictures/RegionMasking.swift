/// The pixels less `centre` inside the region, 0 outside it.
package func masked(_ pixels: [Float], by region: [Bool], less centre: Float) -> [Float] {
  precondition(pixels.count == region.count, "the region has the picture's size")
  let count = pixels.count
  return pixels.withBase { pixels in
    region.withBase { region in
      written(count) { result in
        for i in 0..<count { result[i] = region[i] ? pixels[i] - centre : 0 }
      }
    }
  }
}
