/// A dataset's shape, known before its pixels are.
public struct DatasetOutline: Sendable, Hashable {
  public let count: Int
  /// How many of the images come with a mask.
  public let labelledCount: Int
  /// Width and height shared by all images; `nil` when they differ, or when not all headers were read.
  public let width: Int?
  public let height: Int?
  /// Different cases, in natural order; empty when none is known.
  public let cases: [String]
  /// Whether every image has a case.
  public let hasCases: Bool
  public let files: [String]
  public let folders: [String]
}

/// What loading would find, from names and headers alone: for checking before anything runs.
///
/// - Parameter mayRead: how many of so many headers may be read; those of the first files are.
/// - Throws: `DatasetError` with every problem that names and headers show.
public func outlineDataset(
  images: String, masks: MaskSource = .none, options: LoadOptions = LoadOptions(), mayRead: (Int) -> Int = { $0 }
) throws(DatasetError) -> DatasetOutline {
  let plan = planDataset(images: images, masks: masks, options: options)
  var problems = plan.problems
  var sizes: [(width: Int, height: Int)] = []
  var readable = mayRead(plan.samples.reduce(0) { $0 + ($1.maskPath == nil ? 1 : 2) })
  for files in plan.samples {
    readable -= files.maskPath == nil ? 1 : 2
    guard readable >= 0 else { break }
    let image = probe(files.image, problems: &problems)
    if let image { sizes.append((image.width, image.height)) }
    guard let maskPath = files.maskPath, let mask = probe(maskPath, problems: &problems), let image else { continue }
    problems += differingSizes(files, (image.width, image.height), (mask.width, mask.height))
  }
  problems += mixedSizes(sizes, size: options.size)
  guard problems.isEmpty else { throw DatasetError(problems) }
  let isUniform = sizes.count == plan.samples.count && sizes.allSatisfy { $0 == sizes[0] }
  return DatasetOutline(
    count: plan.samples.count, labelledCount: plan.samples.count { $0.mask != .none },
    width: isUniform ? sizes.first?.width : nil, height: isUniform ? sizes.first?.height : nil,
    cases: Set(plan.samples.compactMap(\.facts.caseName)).sorted(by: isNaturallyBefore),
    hasCases: plan.samples.allSatisfy { $0.facts.caseName != nil }, files: plan.files, folders: plan.folders)
}

private func probe(_ path: String, problems: inout [DatasetProblem]) -> ImageHeader? {
  do {
    return try probeImage(path)
  } catch {
    problems.append(.image(error))
    return nil
  }
}
