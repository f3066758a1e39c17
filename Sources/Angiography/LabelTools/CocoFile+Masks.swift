import Base
import Imaging

/// Gives images the masks that a file of annotations has of them, by the names of their files.
///
/// An image with no annotation of the class has an empty mask; one that the file doesn't name is a problem.
func pair(_ listing: ImageListing, withAnnotationsIn path: String, plan: inout DatasetPlan) {
  plan.lists.append(path)
  plan.samples = listing.images.map { SampleFiles(name: $0.name, image: $0.path, mask: .none) }
  let file: CocoFile
  do {
    let bytes = try readFile(path, limit: LabelmeFile.largestFile)
    file = try CocoFile(bytes)
  } catch let error as FileError {
    plan.problems.append(.folder(error))
    return
  } catch {
    plan.problems.append(.annotations(file: path, reason: (error as? DrawingFault)?.reason ?? "\(error)"))
    return
  }
  var imageNumbers: [String: Int] = [:]
  for (id, image) in file.images.sorted(by: { $0.key < $1.key }) {
    let name = baseName(of: String(image.path.map { $0 == "\\" ? "/" : $0 }))
    guard imageNumbers.updateValue(id, forKey: name) == nil else {
      plan.problems.append(.annotations(file: path, reason: "two of its images are called \(name)"))
      return
    }
  }
  var classes = ClassNames()
  for (_, entries) in file.annotations.sorted(by: { $0.key < $1.key }) {
    classes.add(entries.compactMap { file.categories[$0.category] })
  }
  func isCategory(_ name: String) -> Bool {
    file.categories.values.contains { ClassNames.folded($0) == ClassNames.folded(name) }
  }
  var options = plan.options
  if let number = options.ignore, options.ignoreName == nil {
    guard let name = file.categories[number] else {
      plan.problems.append(.annotations(file: path, reason: "there is no category \(number) in it to ignore"))
      return
    }
    options.ignoreName = name
  } else if let name = options.ignoreName, !isCategory(name) {
    plan.problems.append(.classNotFound(name, file: path, found: file.categories.values.sorted()))
    return
  }
  // A class may be asked for by its number, and one that has no annotation is a class all the same.
  let asked = options.labelName ?? options.label.map { file.categories[$0] ?? String($0) }
  if let asked, isCategory(asked) { classes.add([asked]) }
  let others = options.ungradedClasses()
  let chosen: String
  switch classes.choice(asked, in: path, unless: { Landmarks.isName($0) || others.contains($0) }) {
  case .chosen(let name): chosen = name
  case .only(let name, let written, let images):
    chosen = name
    plan.notes.append(
      "annotations of “\(written)”, the only class, are taken as non-perfusion, in \(images) "
        + "image\(images == 1 ? "" : "s")")
  case .problem(let problem):
    plan.problems.append(problem)
    return
  case .none:
    plan.problems.append(.annotations(file: path, reason: "there is no annotation of an area in it"))
    return
  }
  let ungraded = options.ungradedClasses(besides: chosen)
  for (index, image) in listing.images.enumerated() {
    guard let id = imageNumbers[image.name] else {
      plan.problems.append(.notAnnotated(image: image.path, file: path))
      continue
    }
    do throws(DrawingFault) {
      var drawing = try file.drawing(
        on: id, in: path, marked: { ClassNames.folded($0) == chosen },
        ungraded: { ungraded.contains(ClassNames.folded($0)) })
      drawing.className = classes.spelling(chosen)
      plan.samples[index].mask = .drawn(drawing)
    } catch {
      plan.problems.append(.annotations(file: path, reason: error.reason))
    }
  }
  let known = Set(listing.images.map(\.name))
  let absent = imageNumbers.keys.filter { !known.contains($0) }.sorted(by: isNaturallyBefore)
  if !absent.isEmpty {
    plan.notes.append("\(path) has annotations on images that are not in \(listing.folder): \(clippedList(absent))")
  }
}

extension CocoFile {
  fileprivate func drawing(
    on image: Int, in path: String, marked: (String) -> Bool, ungraded: (String) -> Bool
  ) throws(DrawingFault) -> Drawing {
    var size = images[image]?.size
    var (inside, unclear) = ([DrawnArea](), [DrawnArea]())
    for annotation in annotations[image] ?? [] {
      let name = categories[annotation.category] ?? ""
      guard marked(name) || ungraded(name) else { continue }
      let found = try annotation.areas()
      if let other = found.size {
        guard size == nil || size == other else {
          throw DrawingFault("annotation \(annotation.number) has runs of \(other) pixels on an image of another size")
        }
        size = other
      }
      if marked(name) { inside += found.areas } else { unclear += found.areas }
    }
    return Drawing(file: path, size: size, marked: inside, ungraded: unclear)
  }
}
