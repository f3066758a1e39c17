/// Reads one sample; adds what is wrong to `problems`. Also gives the classes its mask holds, when it holds classes.
func read(
  _ files: SampleFiles, label: Int?, problems: inout [DatasetProblem]
) -> (sample: Sample, classes: Set<Int>)? {
  var image: Plane?
  var marked: (mask: Mask, classes: Set<Int>)?
  do { image = try readImage(files.image).grey } catch { problems.append(.image(error)) }
  if let path = files.maskPath {
    do { marked = try readMask(path, label: label) } catch { problems.append(.image(error)) }
  }
  guard let image else { return nil }
  if files.mask == .empty { marked = (Mask(width: image.width, height: image.height), []) }
  if let mask = marked?.mask {
    let differing = differingSizes(files, (image.width, image.height), (mask.width, mask.height))
    guard differing.isEmpty else {
      problems += differing
      return nil
    }
  }
  let sample = Sample(
    name: files.name, image: image, mask: marked?.mask, fieldOfView: findFieldOfView(image), facts: files.facts)
  return (sample, marked?.classes ?? [])
}

/// Reads a mask file; what is marked, and the classes it holds.
public func readMask(_ path: String, label: Int?) throws(ImageError) -> (mask: Mask, classes: Set<Int>) {
  let raster = try readImage(path)
  do { return try raster.nonPerfusion(label: label) } catch { throw ImageError(file: path, fault: error) }
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

extension RasterImage {
  /// The pixels that a mask marks as CNP, and the class numbers in it (0 aside; none where it is a picture of a mask).
  ///
  /// With a label: the pixels whose palette index or grey value equals it. Without one: a palette image marks every
  /// index but 0; another marks where its brightest channel reaches half of white, unless it is lossless, no pixel of it
  /// gets that far and none is above 31: then its values are class numbers, and all but 0 are marked.
  public func nonPerfusion(label: Int?) throws(ImageFault) -> (mask: Mask, classes: Set<Int>) {
    if let label {
      guard format != .jpeg else { throw .unsupported("a class-index mask that lossy JPEG has smeared") }
      guard let indices else { throw .colourHasNoClasses }
      return (marking(indices.map { $0 == label }), Set(indices).subtracting([0]))
    }
    let indices = model == .colour ? nil : indices
    let largest = indices?.max() ?? 0
    if let indices, model == .palette || (format != .jpeg && largest <= 31 && 2 * largest < fullScale) {
      return (marking(indices.map { $0 != 0 }), Set(indices).subtracting([0]))
    }
    let colours = model == .colour ? 3 : 1
    let isBright = (0..<width * height).map { i in
      let pixel = samples[i * channels..<(i + 1) * channels]
      let isOpaque = !hasAlpha || 2 * Int(pixel.last ?? 0) >= fullScale
      return isOpaque && pixel.prefix(colours).contains { 2 * Int($0) >= fullScale }
    }
    return (marking(isBright), [])
  }

  private func marking(_ pixels: [Bool]) -> Mask { Mask(width: width, height: height, pixels: pixels) }
}
