/// Where the masks of a folder of images are.
public enum MaskSource: Sendable, Hashable {
  /// Nobody has marked these images.
  case none
  /// There is nothing to mark: every mask is empty.
  case empty
  /// A folder of files with the images' base names.
  case folder(String)
}

/// How files become samples.
public struct LoadOptions: Sendable, Hashable {
  /// The class of a class-index mask that is CNP: a pixel belongs to it when its palette index or grey value is this.
  /// `nil`: as `MaskRule` decides from the values found.
  public var label: Int?
  /// The palette index or grey value of a mask's pixels that nobody has graded: neither marked nor counted.
  public var ignore: Int?
  /// A regular expression with one group, looked for in the base name; the group is the case.
  public var casePattern: String?
  /// The dataset's working size; images of different sizes need one.
  public var size: Int?

  public init(label: Int? = nil, ignore: Int? = nil, casePattern: String? = nil, size: Int? = nil) {
    self.label = label
    self.ignore = ignore
    self.casePattern = casePattern
    self.size = size
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

/// Loads a folder of images, or the CSV manifest at `images`.
///
/// A manifest's columns are image (needed), mask, case, visit, eye, grader and mm-per-pixel; its paths start at its own
/// folder. Images come in natural order of their names, a manifest's in its own order.
/// - Throws: `DatasetError` with every problem of every file.
public func loadDataset(
  images: String, masks: MaskSource = .none, options: LoadOptions = LoadOptions()
) throws(DatasetError) -> LoadedDataset {
  let plan = planDataset(images: images, masks: masks, options: options)
  var problems = plan.problems
  var read: [(files: SampleFiles, found: ReadSample)] = []
  for files in plan.samples {
    if let found = Angiography.read(files, options: options, problems: &problems) { read.append((files, found)) }
  }
  let convention = MaskConvention(of: read.compactMap(\.found.mask))
  for (index, (files, found)) in read.enumerated() where found.mask.map(convention.bears) == true {
    do {
      read[index].found = try found.read(again: files, options: options, among: convention)
    } catch {
      problems.append(.image(error))
    }
  }
  let samples = read.map(\.found.sample)
  let readings = read.compactMap { item in item.found.mask.map { (item.found.sample.name, $0) } }
  let classes = readings.reduce(into: Set<Int>()) { $0.formUnion($1.1.classes) }
  if let label = options.label, !classes.isEmpty, !classes.contains(label) {
    problems.append(.labelNotFound(label, found: classes.sorted()))
  }
  problems += mixedSizes(samples.map { ($0.image.width, $0.image.height) }, size: options.size)
  guard problems.isEmpty else { throw DatasetError(problems) }
  let masks = MaskNotes(readings: readings, label: options.label, ignore: options.ignore)
  return LoadedDataset(
    dataset: Dataset(name: plan.name, samples: samples, workingSize: options.size), files: plan.files,
    folders: plan.folders, notes: plan.notes + masks.notes, warnings: masks.warnings)
}

/// Different sizes are a problem only where no working size brings them together.
func mixedSizes(_ sizes: [(width: Int, height: Int)], size: Int?) -> [DatasetProblem] {
  let counts = Dictionary(grouping: sizes.map { "\($0.width) × \($0.height)" }) { $0 }.mapValues(\.count)
  guard size == nil && counts.count > 1 else { return [] }
  let ordered = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
  return [.mixedSizes(ordered.map { "\($0.key) (\($0.value) \($0.value == 1 ? "image" : "images"))" })]
}
