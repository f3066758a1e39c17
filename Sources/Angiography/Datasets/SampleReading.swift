import Base
import Imaging

/// A sample's files as they were read. The image is not grey yet: what is white may depend on the other images.
struct ReadSample {
  let files: SampleFiles
  let image: RasterImage
  /// How its mask was read; `nil` where no file holds one.
  let mask: MaskReading?

  /// The sample among others, whose images together decide what is white, and what is to be said of its image.
  func finished(in range: SampleRange, notes: inout ImageNotes) -> Sample {
    notes.add(image.remarks(in: range), of: fileName(of: files.image))
    let grey = image.grey(in: range)
    let size = PixelSize(width: grey.width, height: grey.height)
    let drawing = files.drawing
    return Sample(
      name: files.name, image: grey,
      mask: files.mask == .empty ? Mask(width: grey.width, height: grey.height) : mask?.mask ?? drawing?.mask(size),
      fieldOfView: findFieldOfView(grey), ungraded: mask?.ungraded?.pixels ?? drawing?.ungradedMask(size),
      territory: mask?.territory, depth: image.depth(in: range), facts: files.facts)
  }
}

/// Reads one sample's files; adds what is wrong to `problems`, and what is to be said of the mask's file to `notes`.
func read(
  _ files: SampleFiles, options: LoadOptions, problems: inout [DatasetProblem], notes: inout ImageNotes
) -> ReadSample? {
  var image: RasterImage?
  var marked: (raster: RasterImage, reading: MaskReading)?
  do { image = try readImage(files.image) } catch { problems.append(.image(error)) }
  if let path = files.maskPath {
    do {
      let found = try readMask(path, options: options)
      notes.add(found.raster.fileRemarks, of: "mask \(fileName(of: path))")
      marked = found
    } catch { problems.append(.image(error)) }
  }
  guard let image else { return nil }
  let otherDrawings = differingDrawings(files, UprightSize(image))
  guard otherDrawings.isEmpty else {
    problems += otherDrawings
    return nil
  }
  if let marked {
    var differing = differingSizes(files, UprightSize(image), UprightSize(marked.raster))
    if case .half = marked.reading.rule, marked.raster == image, let path = files.maskPath {
      differing.append(.maskIsImage(image: files.image, mask: path))
    }
    guard differing.isEmpty else {
      problems += differing
      return nil
    }
    notes.addTurnedAlone(image, marked.raster, of: files)
  }
  return ReadSample(files: files, image: image, mask: marked?.reading)
}

/// Reads a mask's file.
///
/// - Parameter convention: what the other masks of the dataset tell about this one.
func readMask(
  _ path: String, options: LoadOptions, among convention: MaskConvention = MaskConvention()
) throws(ImageError) -> (raster: RasterImage, reading: MaskReading) {
  let raster = try readImage(path)
  do {
    let reading = try raster.nonPerfusion(
      label: options.label, territory: options.territory, ignore: options.ignore, among: convention)
    return (raster, reading)
  } catch {
    throw ImageError(file: path, fault: error)
  }
}

extension Sample {
  /// With the mask that was read again in the light of the others.
  func marked(by reading: MaskReading) -> Sample {
    Sample(
      name: name, image: image, mask: reading.mask, fieldOfView: fieldOfView, ungraded: reading.ungraded?.pixels,
      territory: reading.territory, depth: depth, facts: facts)
  }
}

func differingSizes(_ files: SampleFiles, _ image: UprightSize, _ mask: UprightSize) -> [DatasetProblem] {
  guard image.size != mask.size, let path = files.maskPath else { return [] }
  return [.sizesDiffer(image: files.image, image, mask: path, mask)]
}

extension ImageNotes {
  /// Tells where only one of image and mask says how it is stored, and their sizes agree whether or not it is turned.
  fileprivate mutating func addTurnedAlone(_ image: RasterImage, _ mask: RasterImage, of files: SampleFiles) {
    guard let path = files.maskPath, (image.orientation == .upright) != (mask.orientation == .upright),
      UprightSize(image).isAsStored, UprightSize(mask).isAsStored
    else { return }
    let pair = "\(fileName(of: files.image)) with \(fileName(of: path))"
    if mask.orientation == .upright {
      add(pair, under: "images set upright whose masks carry no orientation", "the masks are taken to be drawn upright")
    } else {
      add(pair, under: "masks set upright whose images carry no orientation", "the images are taken to stand upright")
    }
  }
}
