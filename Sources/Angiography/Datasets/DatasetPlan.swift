import Base

/// Which files make which sample, found before any of them is opened.
struct DatasetPlan {
  var name: String
  var samples: [SampleFiles] = []
  /// How they are read; names of classes in a folder of nnU-Net's are numbers already.
  var options = LoadOptions()
  /// Lists read on the way: the manifest, a file of annotations.
  var lists: [String] = []
  var folders: [String] = []
  var notes: [String] = []
  var problems: [DatasetProblem] = []
  /// What labelme has drawn on the images of a folder, by their names.
  var labelme: [String: [LabelmeFile]] = [:]

  /// Every file that loading reads, in that order.
  var files: [String] {
    lists
      + samples.flatMap { sample in
        [sample.image] + (sample.maskPath.map { [$0] } ?? []) + sample.labelme.map(\.path)
      }
  }
}

/// One sample's files.
struct SampleFiles {
  enum MaskFile: Hashable {
    case none, empty
    case path(String)
    case drawn(Drawing)
  }
  var name: String
  var image: String
  var mask: MaskFile
  var facts = SampleFacts()
  /// What was drawn on the image, beside it first, then beside its mask.
  var labelme: [LabelmeFile] = []

  var maskPath: String? {
    if case .path(let path) = mask { path } else { nil }
  }

  var drawing: Drawing? {
    if case .drawn(let drawing) = mask { drawing } else { nil }
  }
}

func planDataset(images: String, masks: MaskSource, options: LoadOptions) -> DatasetPlan {
  let nnUNet = options.findsMasks && masks == .none ? NNUNetFolder(at: images) : nil
  var plan =
    if let nnUNet {
      planNNUNet(nnUNet, options: options)
    } else if pathKind(images) == .file {
      planManifest(images, masks: masks, options: options)
    } else {
      planFolders(images: images, masks: masks, options: options)
    }
  takeLandmarks(&plan)
  if nnUNet == nil && !masks.isAnnotations { takeAreas(&plan) }
  if let size = options.size, !WorkingFrame.sides.contains(size) { plan.problems.append(.badWorkingSize(size)) }
  if let label = options.label, !LoadOptions.labels.contains(label) { plan.problems.append(.badLabel(label)) }
  if let pattern = options.casePattern { nameCases(of: &plan, pattern: pattern) }
  for files in plan.samples {
    guard let mask = files.maskPath, let place = resolvedPath(mask), place == resolvedPath(files.image) else {
      continue
    }
    plan.problems.append(.maskIsImage(image: files.image, mask: mask))
  }
  if plan.samples.isEmpty && plan.problems.isEmpty { plan.problems.append(.noImages(folder: images, leftOut: [])) }
  return plan
}

/// Finds the case in each base name; a case that a manifest gives stays.
private func nameCases(of plan: inout DatasetPlan, pattern: String) {
  let regex: Regex<AnyRegexOutput>
  do {
    regex = try Regex(pattern)
  } catch {
    plan.problems.append(.badPattern(pattern, reason: "is no regular expression (\(error))"))
    return
  }
  for i in plan.samples.indices where plan.samples[i].facts.caseName == nil {
    let name = baseName(of: plan.samples[i].image)
    guard let match = try? regex.firstMatch(in: name) else {
      plan.problems.append(.caseNotFound(name: name, pattern: pattern))
      continue
    }
    guard match.output.count == 2 else {
      plan.problems.append(.badPattern(pattern, reason: "has \(match.output.count - 1) groups in place of one"))
      return
    }
    if let found = match.output[1].substring, !found.isEmpty {
      plan.samples[i].facts.caseName = String(found)
    } else {
      plan.problems.append(.caseNotFound(name: name, pattern: pattern))
    }
  }
}

/// Gives the samples the landmarks that were drawn on their images; what a manifest says of them stays.
private func takeLandmarks(_ plan: inout DatasetPlan) {
  for i in plan.samples.indices {
    if let drawn = plan.labelme[plan.samples[i].name] { plan.samples[i].labelme = drawn }
    for file in plan.samples[i].labelme {
      plan.samples[i].facts.landmarks = plan.samples[i].facts.landmarks.completed(by: file.landmarks)
    }
  }
}
