import Angiography
import Imaging
import Language

extension CheckedCall {
  /// What a folder or a manifest holds, from names and headers.
  func outline(of place: String, masks: MaskSource, _ options: LoadOptions) throws(DatasetError) -> DatasetOutline {
    try remembered("load \(place) \(masks) \(options)") { notes -> Result<DatasetOutline, DatasetError> in
      Result { () throws(DatasetError) in
        try outlineDataset(images: place, masks: masks, options: options) { notes.take($0, outOf: Self.mostHeaders) }
      }
    }.get()
  }

  /// Headers of images that are read in all before anything runs: some 50 ms from a warm disk.
  private static let mostHeaders = 4096

  func header(ofImageAt place: String) throws(ImageError) -> ImageHeader {
    try remembered("image \(place)") { _ in
      Result { () throws(ImageError) in try probeImage(place) }
    }.get()
  }
}
