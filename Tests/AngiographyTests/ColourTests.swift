import Angiography
import Base
import Fuzzing
import Imaging
import Testing

/// A photograph in colour is read by its luminance, and said to be no fluorescein angiogram.
@Suite struct ColourTests {
  @Test(arguments: [
    ([[200, 90, 40], [180, 80, 35], [0, 0, 0], [90, 90, 90]], true),
    ([[90, 90, 90], [40, 40, 40], [200, 200, 200], [7, 0, 0]], false),
    // Tinted, and with the noise of a compressed picture.
    ([[90, 94, 99], [80, 90, 85], [190, 200, 210], [60, 70, 64]], false),
    ([[0, 0, 0], [3, 0, 9], [0, 0, 0], [1, 2, 3]], false),
  ])
  func aPhotographIsTold(pixels: [[Int]], isInColour: Bool) throws {
    try withTemporaryFolder { root in
      // Each pixel in a row of five, of which one is looked at.
      let row = pixels.flatMap { pixel in (0..<5).flatMap { _ in pixel } }
      var png = DrawnPNG(width: 20, height: 1, samples: row)
      png.colourType = 2
      try writeFile(png.bytes, to: root + "/eye.png")
      let notes = try loadDataset(images: root).notes
      #expect(
        notes.contains("in colour, where fluorescein angiograms are grey: the luminance is read (eye.png)")
          == isInColour,
        "\(notes)")
    }
  }
}
