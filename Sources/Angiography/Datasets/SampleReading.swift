/// A sample and how its mask was read; `nil` where no file holds one.
struct ReadSample {
  let sample: Sample
  let mask: MaskReading?
}

/// Reads one sample; adds what is wrong to `problems`.
func read(_ files: SampleFiles, options: LoadOptions, problems: inout [DatasetProblem]) -> ReadSample? {
  var raster: RasterImage?
  var marked: (raster: RasterImage, reading: MaskReading)?
  do { raster = try readImage(files.image) } catch { problems.append(.image(error)) }
  if let path = files.maskPath {
    do { marked = try readMask(path, options: options) } catch { problems.append(.image(error)) }
  }
  guard let raster else { return nil }
  if let marked {
    var differing = differingSizes(
      files, (raster.width, raster.height), (marked.reading.mask.width, marked.reading.mask.height))
    if case .half = marked.reading.rule, marked.raster == raster, let path = files.maskPath {
      differing.append(.maskIsImage(image: files.image, mask: path))
    }
    guard differing.isEmpty else {
      problems += differing
      return nil
    }
  }
  let image = raster.grey
  let isEmpty = files.mask == .empty
  let sample = Sample(
    name: files.name, image: image,
    mask: isEmpty ? Mask(width: image.width, height: image.height) : marked?.reading.mask,
    fieldOfView: findFieldOfView(image), ungraded: marked?.reading.ungraded?.pixels, facts: files.facts)
  return ReadSample(sample: sample, mask: marked?.reading)
}

/// Reads a mask's file.
///
/// - Parameter convention: what the other masks of the dataset tell about this one.
private func readMask(
  _ path: String, options: LoadOptions, among convention: MaskConvention = MaskConvention()
) throws(ImageError) -> (raster: RasterImage, reading: MaskReading) {
  let raster = try readImage(path)
  do {
    return (raster, try raster.nonPerfusion(label: options.label, ignore: options.ignore, among: convention))
  } catch {
    throw ImageError(file: path, fault: error)
  }
}

extension ReadSample {
  /// With its mask read again in the light of the others.
  func read(again files: SampleFiles, options: LoadOptions, among convention: MaskConvention) throws(ImageError)
    -> ReadSample
  {
    guard let path = files.maskPath else { return self }
    let reading = try readMask(path, options: options, among: convention).reading
    return ReadSample(
      sample: Sample(
        name: sample.name, image: sample.image, mask: reading.mask, fieldOfView: sample.fieldOfView,
        ungraded: reading.ungraded?.pixels, facts: sample.facts),
      mask: reading)
  }
}

func differingSizes(
  _ files: SampleFiles, _ image: (width: Int, height: Int), _ mask: (width: Int, height: Int)
) -> [DatasetProblem] {
  guard image != mask, let path = files.maskPath else { return [] }
  return [
    .sizesDiffer(
      image: files.image, width: image.width, height: image.height, mask: path, maskWidth: mask.width,
      maskHeight: mask.height)
  ]
}
