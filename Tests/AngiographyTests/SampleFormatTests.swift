import Angiography
import Base
import Fuzzing
import Imaging
import Testing

/// TIFFs of signed, wide and real numbers are read where the numbers mean a grey, and refused with the true reason else.
@Suite struct SampleFormatTests {
  private func tiff(_ samples: [Double], _ format: Int, _ bits: Int, channels: Int = 1) -> [UInt8] {
    var page = DrawnTIFF.Page(width: samples.count / channels, height: 1, samples: samples)
    (page.format, page.bits, page.channels, page.photometric) = (format, bits, channels, channels == 3 ? 2 : 1)
    return DrawnTIFF(page).bytes
  }

  @Test(arguments: [(1, 32), (1, 64), (2, 16), (2, 32), (2, 64), (3, 16), (3, 32), (3, 64)])
  func wholeNumbersAreTakenAsTheyAre(format: Int, bits: Int) throws {
    for isLittle in [true, false] {
      var page = DrawnTIFF.Page(width: 3, height: 2, samples: [0, 40, 3, 200, 1000, 2048])
      (page.format, page.bits) = (format, bits)
      var drawn = DrawnTIFF(page)
      drawn.isLittle = isLittle
      let image = try RasterImage(decoding: drawn.bytes)
      #expect(image.samples == [0, 40, 3, 200, 1000, 2048] && image.white == 4095)
      #expect(try ImageHeader(decoding: drawn.bytes).height == 2)
    }
  }

  @Test func signedBytesReachHalfAsFar() throws {
    let image = try RasterImage(decoding: tiff([0, 127, 64], 2, 8))
    #expect(image.samples == [0, 127, 64] && image.grey.pixels == [0, 1, 64 / Float(127)])
    #expect(try RasterImage(decoding: tiff([0, 32767], 2, 16)).grey.pixels == [0, 1])
    #expect(try RasterImage(decoding: tiff([0, 65535], 2, 32)).grey.pixels == [0, 1])
  }

  @Test(arguments: [16, 32, 64]) func realNumbersUpToOneAreGreys(bits: Int) throws {
    let image = try RasterImage(decoding: tiff([0, 0.25, 0.5, 1, 0.0625], 3, bits))
    #expect(image.samples == [0, 16384, 32768, 65535, 4096] && image.white == 65535)
    #expect(image.fileRemarks == [.rounded])
    let colour = try RasterImage(decoding: tiff([0, 0.25, 0.5, 1, 0.0625, 0], 3, bits, channels: 3))
    #expect(colour.model == .colour && colour.samples == [0, 16384, 32768, 65535, 4096, 0])
    // A dark one stays dark.
    #expect(try RasterImage(decoding: tiff([0, 0.015625], 3, bits)).white == 65535)
  }

  @Test func whatMeansNoGreyIsRefusedWithItsReason() throws {
    let cases: [(bytes: [UInt8], words: String)] = [
      (tiff([-20, 3, 300], 2, 16), "signed 16-bit whole numbers from -20 to 300"),
      (tiff([-1, 3, 100], 2, 8), "signed 8-bit whole numbers from -1 to 100"),
      (tiff([0, 70000], 1, 32), "32-bit whole numbers from 0 to 70000"),
      (tiff([0, 70000], 2, 64), "signed 64-bit whole numbers from 0 to 70000"),
      (tiff([0.5, 2], 3, 32), "32-bit real numbers from 0.5 to 2"),
      (tiff([-0.5, 1], 3, 64), "64-bit real numbers from -0.5 to 1"),
      (tiff([.nan, 1], 3, 32), "NaN"), (tiff([0, .infinity], 3, 32), "from 0 to inf"),
      (tiff([0, 1], 1, 24), "24-bit whole numbers"), (tiff([0, 1], 6, 64), "complex numbers"),
    ]
    for (bytes, words) in cases {
      for body in [{ _ = try RasterImage(decoding: bytes) }, { _ = try ImageHeader(decoding: bytes) }] {
        let fault = #expect(throws: ImageFault.self, "\(words)") { try body() }
        #expect(fault?.code == "image-unsupported" && fault?.reason.contains(words) == true, "\(fault?.reason ?? "")")
      }
    }
  }

  /// Colours of a palette have 16 bits, of which some programs use 8.
  @Test func palettesOfFewBitsAreNotBlack() throws {
    for step in [1, 257] {
      var page = DrawnTIFF.Page(width: 2, height: 1, samples: [0, 1])
      page.photometric = 3
      page.colourMap = (0..<768).map { $0 % 256 == 1 ? 200 * step : 10 * step }
      let image = try RasterImage(decoding: DrawnTIFF(page).bytes)
      #expect(image.grey.pixels == [10, 200].map { Float($0) / 255 })
    }
  }
}
