import Base
import Imaging

extension LabelmeFile {
  /// Whether what it doesn't mark counts as unmarked: where areas were drawn, or nothing at all, or where it says so. A file
  /// with landmarks alone says nothing of the rest.
  var isGraded: Bool {
    saysAllIsDrawn || shapes.contains { $0.isArea && !Landmarks.isName($0.label) }
  }

  /// Whether it says so without an area: what it doesn't mark is unmarked even where nobody has had anything to mark.
  var saysAllIsDrawn: Bool { isFlaggedGraded || shapes.isEmpty }
}

extension LabelmeFile.Shape {
  /// Whether it is of a kind that has an inside.
  var isArea: Bool { ["polygon", "rectangle", "oriented_rectangle", "circle", "mask"].contains(kind) }

  /// - Throws: where the points make no area.
  func area() throws(DrawingFault) -> DrawnArea {
    if let fault = DrawnArea.fault(of: points) { throw DrawingFault("a \(kind) labelled “\(label)” \(fault)") }
    switch kind {
    case "mask":
      throw DrawingFault("a shape labelled “\(label)” is a `mask` of pixels; polygons, rectangles and circles are read")
    case "circle":
      guard points.count == 2 else { throw wrongCount("2") }
      let reach = points[1] - points[0]
      return .disc(middle: points[0], radius: (reach * reach).sum().squareRoot())
    case "rectangle" where points.count == 2:
      let (first, second) = (points[0], points[1])
      return .polygon([first, SIMD2(second.x, first.y), second, SIMD2(first.x, second.y)])
    default:
      guard points.count >= 3 else { throw wrongCount("3 or more") }
      return .polygon(points)
    }
  }

  private func wrongCount(_ wanted: String) -> DrawingFault {
    DrawingFault("a \(kind) labelled “\(label)” has \(points.count) points, not \(wanted)")
  }
}

/// Makes masks of the areas that were drawn in labelme on images which have no other.
///
/// A class is non-perfusion by its name; where nobody names it, the only one is. Where nothing is marked in any of the
/// files that say that all was drawn, their masks are empty.
func takeAreas(_ plan: inout DatasetPlan) {
  let options = plan.options
  guard options.findsMasks else { return }
  let bare = plan.samples.indices.filter { plan.samples[$0].mask == .none }
  let files = bare.flatMap { plan.samples[$0].labelme }
  var classes = ClassNames()
  for index in bare {
    classes.add(plan.samples[index].labelme.flatMap { $0.shapes.filter(\.isArea).map(\.label) })
  }
  let hasAreas = files.contains { $0.shapes.contains(where: \.isArea) }
  let isNumbered = bare.count == plan.samples.count
  let name = options.labelName ?? (isNumbered && hasAreas ? options.label.map(String.init) : nil)
  let others = options.ungradedClasses()
  let place = plan.samples.lazy.compactMap { $0.labelme.first?.path }.first ?? plan.samples.first?.image
  let source = "what labelme has drawn in \(place.map(parentFolder) ?? plan.name)"
  let saysAllIsDrawn = files.contains(where: \.saysAllIsDrawn)
  let chosen: String?
  switch classes.choice(
    name, in: source, mayBeNone: saysAllIsDrawn, unless: { Landmarks.isName($0) || others.contains($0) })
  {
  case .none: chosen = nil
  case .problem(let problem):
    plan.problems.append(problem)
    return
  case .chosen(let name): chosen = name
  case .only(let name, let written, let images):
    chosen = name
    plan.notes.append(
      "areas drawn in labelme as “\(written)”, the only class, are taken as non-perfusion, in "
        + "\(images) image\(images == 1 ? "" : "s")")
  }
  plan.notes += notesOfLines(in: files, of: chosen, asking: options.labelName)
  if chosen != nil || saysAllIsDrawn { draw(chosen, on: bare, among: classes, &plan) }
}

/// Gives images the masks of their drawings.
///
/// - Parameters:
///   - chosen: the class that is non-perfusion; `nil` where there is no area of it.
///   - bare: the places of the samples without masks.
private func draw(_ chosen: String?, on bare: [Int], among classes: ClassNames, _ plan: inout DatasetPlan) {
  let ungraded = plan.options.ungradedClasses(besides: chosen)
  let isGraded: (LabelmeFile) -> Bool = { chosen == nil ? $0.saysAllIsDrawn : $0.isGraded }
  var unmarked: [String] = []
  var ungradedOn: [String] = []
  for index in bare {
    guard let file = plan.samples[index].labelme.first(where: isGraded) else {
      unmarked.append(plan.samples[index].name)
      continue
    }
    do throws(DrawingFault) {
      var drawing = Drawing(
        file: file.path, marked: try file.areas { $0 == chosen }, ungraded: try file.areas(ungraded.contains))
      if let chosen { drawing.className = classes.spelling(chosen) }
      if !drawing.ungraded.isEmpty { ungradedOn.append(plan.samples[index].name) }
      plan.samples[index].mask = .drawn(drawing)
    } catch {
      plan.problems.append(.labelme(file: file.path, reason: error.reason))
    }
  }
  if !unmarked.isEmpty {
    plan.notes.append("nobody has drawn areas on \(clippedList(unmarked)), which get no mask")
  }
  if !ungradedOn.isEmpty {
    let names = classes.found(among: ungraded).map { "“\($0)”" }.joined(separator: ", ")
    plan.notes.append(
      "areas drawn as \(names) are taken as not graded, neither marked nor counted: on \(clippedList(ungradedOn))")
  } else if let name = plan.options.ignoreName {
    plan.notes.append("no area is drawn as “\(name)”, which `ignore:` names")
  }
}

extension LabelmeFile {
  /// The areas of the classes that are wanted, by their names as `ClassNames.folded` writes them.
  fileprivate func areas(_ isWanted: (String) -> Bool) throws(DrawingFault) -> [DrawnArea] {
    var found: [DrawnArea] = []
    for shape in shapes where shape.isArea && isWanted(ClassNames.folded(shape.label)) {
      found.append(try shape.area())
    }
    return found
  }
}
