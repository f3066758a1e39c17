import Base
import Imaging

/// Where the masks of a folder of images are.
public enum MaskSource: Sendable, Hashable {
  /// Nobody has marked these images.
  case none
  /// There is nothing to mark: every mask is empty.
  case empty
  /// A folder of files with the images' base names: masks, or what labelme has drawn. A JSON file in its place holds
  /// annotations as COCO has them.
  case folder(String)

  /// Whether it is a file of annotations.
  var isAnnotations: Bool {
    if case .folder(let path) = self { fileExtension(of: path) == "json" && pathKind(path) == .file } else { false }
  }
}

/// How files become samples.
public struct LoadOptions: Sendable, Hashable {
  /// Values that a mask of classes can have, in up to 16 bits.
  public static let maskValues = 0...65535
  /// Those of them that can mean non-perfusion: 0 is the background.
  public static let labels = 1...maskValues.upperBound

  /// The class of a class-index mask that is CNP: a pixel belongs to it when its palette index or grey value is this.
  /// `nil`: as `MaskRule` decides from the values found.
  public var label: Int?
  /// The class of what surrounds CNP, as a vessel's whole territory: with `label`'s pixels it is the sample's `territory`.
  public var territory: Int?
  /// The palette index or grey value of a mask's pixels that nobody has graded: neither marked nor counted.
  public var ignore: Int?
  /// The name of the class that is CNP where classes have names: the label that areas were drawn under, or a class of
  /// nnU-Net's. Case doesn't count. `nil`: the one that there is.
  public var labelName: String?
  /// The name of what nobody has graded, where classes have names; `nil`: `ungraded`, `ungradable` or `ignore`.
  public var ignoreName: String?
  /// A regular expression with one group, looked for in the base name; the group is the case.
  public var casePattern: String?
  /// The dataset's working size; images of different sizes need one, unless they are allowed.
  public var size: Int?
  /// Whether images may have different sizes without a working size: of what is not to be trained on.
  public var allowsMixedSizes: Bool
  /// Whether masks are looked for where none are named: areas drawn in labelme on the images, labels of nnU-Net's folders.
  public var findsMasks: Bool

  public init(
    label: Int? = nil, territory: Int? = nil, ignore: Int? = nil, labelName: String? = nil, ignoreName: String? = nil,
    casePattern: String? = nil, size: Int? = nil, allowsMixedSizes: Bool = false, findsMasks: Bool = true
  ) {
    self.label = label
    self.territory = territory
    self.ignore = ignore
    self.labelName = labelName
    self.ignoreName = ignoreName
    self.findsMasks = findsMasks
    self.casePattern = casePattern
    self.size = size
    self.allowsMixedSizes = allowsMixedSizes
  }
}

/// A dataset with what was read to make it.
public struct LoadedDataset: Sendable {
  public let dataset: Dataset
  /// Every file read, in the order it was read: the manifest first, then images and masks.
  public let files: [String]
  /// Every folder listed.
  public let folders: [String]
  /// What a careful reader should know, such as files that were left out and masks with odd values.
  public let notes: [String]
  /// What is probably a mistake, such as a photograph among the masks.
  public let warnings: [String]
}

/// Loads a folder of images, one of nnU-Net's, or the CSV manifest at `images`.
///
/// A manifest's columns are image (needed), mask, case, visit, eye, grader and mm-per-pixel, or what other tables call
/// them (`ManifestColumn`); its paths start at its own folder. Images come in natural order of their names, a manifest's in
/// its own order. Of images of 16 bits that use fewer, all together decide what is white (`SampleRange`).
/// - Throws: `DatasetError` with every problem of every file.
public func loadDataset(
  images: String, masks: MaskSource = .none, options: LoadOptions = LoadOptions()
) throws(DatasetError) -> LoadedDataset {
  let plan = planDataset(images: images, masks: masks, options: options)
  let options = plan.options
  var problems = plan.problems
  var notes = ImageNotes()
  var sizes: [PixelSize] = []
  var range = SampleRange()
  var samples: [Sample?] = []
  var masks: [(place: Int, files: SampleFiles, reading: MaskReading)] = []
  // Where what is white depends on the images that are still to come.
  var waiting: [(place: Int, sample: ReadSample)] = []
  for files in plan.samples {
    guard let sample = read(files, options: options, problems: &problems, notes: &notes) else { continue }
    range.include(sample.image)
    sizes.append(PixelSize(width: sample.image.width, height: sample.image.height))
    if let reading = sample.mask { masks.append((samples.count, files, reading)) }
    if sample.image.knownWhite == nil {
      waiting.append((samples.count, sample))
      samples.append(nil)
    } else {
      samples.append(sample.finished(in: range, notes: &notes))
    }
  }
  problems += labelProblems(masks.reduce(into: Set()) { $0.formUnion($1.reading.classes) }, options)
  problems += mixedSizes(sizes, options)
  guard problems.isEmpty else { throw DatasetError(problems) }
  waiting.reverse()
  while let (place, sample) = waiting.popLast() { samples[place] = sample.finished(in: range, notes: &notes) }
  let convention = MaskConvention(of: masks.map(\.reading))
  for (index, (place, files, reading)) in masks.enumerated() where convention.bears(on: reading) {
    guard let path = files.maskPath else { continue }
    do {
      masks[index].reading = try readMask(path, options: options, among: convention).reading
      samples[place] = samples[place]?.marked(by: masks[index].reading)
    } catch {
      problems.append(.image(error))
    }
  }
  guard problems.isEmpty else { throw DatasetError(problems) }
  if options.territory != nil {
    // Of areas that were drawn nobody knows what surrounds them.
    let missing = samples.compactMap(\.self).filter(\.lacksTerritory)
    guard missing.isEmpty else { throw DatasetError([.withoutTerritory(names: missing.map(\.name))]) }
  }
  let maskNotes = MaskNotes(
    readings: masks.map { ($0.files.name, $0.reading) }, label: options.label, ignore: options.ignore)
  let drawings: [(drawing: Drawing, size: PixelSize)] = zip(plan.samples, sizes).compactMap { files, size in
    files.drawing.map { (drawing: $0, size: size) }
  }
  let (placed, strays) = withoutStrayLandmarks(samples.compactMap(\.self))
  let dataset = Dataset(name: plan.name, samples: placed, workingSize: options.size)
  return LoadedDataset(
    dataset: dataset, files: plan.files, folders: plan.folders,
    notes: plan.notes + maskNotes.notes + notesOfBareDrawings(plan.samples) + notesOfMarklessAreas(drawings)
      + notes.lines,
    warnings: maskNotes.warnings + invertedMasks(in: dataset.samples) + unlikelyScales(of: dataset.samples)
      + strays)
}

/// A note of drawings in which nothing is marked.
private func notesOfBareDrawings(_ samples: [SampleFiles]) -> [String] {
  let bare = samples.filter { $0.drawing?.marked.isEmpty == true }.map(\.name)
  guard !bare.isEmpty else { return [] }
  return bare.count == samples.count && bare.count > 1
    ? ["nothing is marked in any of the \(bare.count) drawings: all masks are empty"]
    : ["nothing is marked in what was drawn on \(clippedList(bare))"]
}

/// A class that no mask holds is a mistake, where masks hold classes.
func labelProblems(_ classes: Set<Int>, _ options: LoadOptions) -> [DatasetProblem] {
  [options.label, options.territory].compactMap { label in
    guard let label, !classes.isEmpty, !classes.contains(label) else { return nil }
    return .labelNotFound(label, found: classes.sorted())
  }
}

/// Different sizes are a problem only where no working size brings them together.
func mixedSizes(_ sizes: [PixelSize], _ options: LoadOptions) -> [DatasetProblem] {
  guard options.size == nil && !options.allowsMixedSizes else { return [] }
  let counts = Dictionary(grouping: sizes.map(\.description)) { $0 }.mapValues(\.count)
  guard counts.count > 1 else { return [] }
  let ordered = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
  return [.mixedSizes(ordered.map { "\($0.key) (\($0.value) \($0.value == 1 ? "image" : "images"))" })]
}
