import Base
import Imaging
import Kernels

/// A dataset's shape, known before its pixels are.
public struct DatasetOutline: Sendable, Hashable {
  public let count: Int
  /// How many of the images come with a mask.
  public let labelledCount: Int
  /// The different sizes of the images; `nil` when not all headers were read.
  public let sizes: Set<PixelSize>?
  /// Different cases, in natural order; empty when none is known.
  public let cases: [String]
  /// Whether every image has a case.
  public let hasCases: Bool
  public let files: [String]
  public let folders: [String]

  /// Shared by all images; `nil` when they differ, or when not all headers were read.
  public var width: Int? { sizes?.count == 1 ? sizes?.first?.width : nil }
  /// Shared by all images; `nil` when they differ, or when not all headers were read.
  public var height: Int? { sizes?.count == 1 ? sizes?.first?.height : nil }
}

/// What loading would find, from names and headers alone: for checking before anything runs.
///
/// Where these show a problem already, the pixels are read too, unless there are too many: what is wrong is told at once.
/// - Parameter mayRead: how many of so many headers may be read; those of the first files are.
/// - Throws: `DatasetError` with every problem that names and headers show, and with that of damaged pixels.
public func outlineDataset(
  images: String, masks: MaskSource = .none, options: LoadOptions = LoadOptions(), mayRead: (Int) -> Int = { $0 }
) throws(DatasetError) -> DatasetOutline {
  let plan = planDataset(images: images, masks: masks, options: options)
  let options = plan.options
  var problems = plan.problems
  var sizes: [PixelSize] = []
  var pixelCount = 0
  var readable = mayRead(plan.samples.reduce(0) { $0 + ($1.maskPath == nil ? 1 : 2) })
  for files in plan.samples {
    readable -= files.maskPath == nil ? 1 : 2
    guard readable >= 0 else { break }
    let image = probe(files.image, problems: &problems)
    if let image {
      sizes.append(image.size)
      problems += differingDrawings(files, image)
    }
    let mask = files.maskPath.flatMap { probe($0, problems: &problems) }
    for size in [image, mask].compactMap({ $0?.size }) { pixelCount += size.width * size.height }
    if let image, let mask { problems += differingSizes(files, image, mask) }
  }
  problems += mixedSizes(sizes, options)
  guard problems.isEmpty else {
    let all = readable >= 0 && pixelCount <= mostPixelsForProblems ? problemsOfPixels(of: plan, options) : []
    throw DatasetError(all.isEmpty ? problems : all)
  }
  return DatasetOutline(
    count: plan.samples.count, labelledCount: plan.samples.count { $0.mask != .none },
    sizes: sizes.count == plan.samples.count ? Set(sizes) : nil,
    cases: Set(plan.samples.compactMap(\.facts.caseName)).sorted(by: isNaturallyBefore),
    hasCases: plan.samples.allSatisfy { $0.facts.caseName != nil }, files: plan.files, folders: plan.folders)
}

/// Some two seconds on two cores.
private let mostPixelsForProblems = 100_000_000

/// All that loading finds wrong with the plan's files, their pixels included.
private func problemsOfPixels(of plan: DatasetPlan, _ options: LoadOptions) -> [DatasetProblem] {
  typealias Found = (size: PixelSize?, classes: Set<Int>, problems: [DatasetProblem])
  let read = computed(plan.samples.count) { index -> Found in
    var problems: [DatasetProblem] = []
    var notes = ImageNotes()
    let sample = Angiography.read(plan.samples[index], options: options, problems: &problems, notes: &notes)
    let size = sample.map { PixelSize(width: $0.image.width, height: $0.image.height) }
    return (size, sample?.mask?.classes ?? [], problems)
  }
  return plan.problems + read.flatMap(\.problems)
    + labelProblems(read.reduce(into: Set()) { $0.formUnion($1.classes) }, options)
    + mixedSizes(read.compactMap(\.size), options)
}

private func probe(_ path: String, problems: inout [DatasetProblem]) -> UprightSize? {
  do {
    return UprightSize(try probeImage(path))
  } catch {
    problems.append(.image(error))
    return nil
  }
}
