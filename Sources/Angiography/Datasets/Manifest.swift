import Base
import Imaging

/// Reads a CSV manifest: one row an image, paths starting at the manifest's folder, empty fields for what is unknown.
///
/// Fields are separated by commas, semicolons or tabs, as the first line shows.
func planManifest(_ path: String, masks: MaskSource, options: LoadOptions) -> DatasetPlan {
  var plan = DatasetPlan(name: baseName(of: path), options: options, lists: [path])
  func problem(_ line: Int, _ reason: String, _ hint: String? = nil) {
    plan.problems.append(.manifest(file: path, line: line, reason: reason, hint: hint))
  }
  let bytes: [UInt8]
  do {
    bytes = try readFile(path, limit: 64 << 20)
  } catch {
    plan.problems.append(.folder(error))
    return plan
  }
  if let format = try? ImageFormat(startOf: bytes) {
    problem(1, "the file is an image (\(format.name)), not a table of images", openReadsImages)
    return plan
  }
  let rows: [CSVRow]
  do throws(CSVError) {
    rows = try parseCSV(bytes) { divided in
      divided.indices.reduce(0) { ManifestColumn.fit(divided[$1]) > ManifestColumn.fit(divided[$0]) ? $1 : $0 }
    }
  } catch {
    problem(error.line, error.reason, mayBeImage(path, bytes) ? openReadsImages : nil)
    return plan
  }
  if case .folder = masks {
    problem(1, "a manifest names its masks itself", "leave masks: out, and add a column mask")
  }
  guard let columns = ManifestColumns(rows, problem: problem) else { return plan }
  for row in rows.dropFirst() where row.fields.contains(where: { !$0.trimmingSpaces.isEmpty }) {
    guard let fields = columns.fields(of: row) else {
      problem(row.line, "\(row.fields.count) fields under \(columns.count) columns")
      continue
    }
    guard let image = fields[.image] else {
      problem(row.line, "no image is named")
      continue
    }
    let mask = fields[.mask].map { SampleFiles.MaskFile.path(place(of: $0, beside: path)) }
    plan.samples.append(
      SampleFiles(
        name: baseName(of: place(of: image, beside: path)), image: place(of: image, beside: path),
        mask: mask ?? (masks == .empty ? .empty : .none), facts: facts(of: fields, line: row.line, problem: problem)))
  }
  findDrawings(&plan)
  makeNamesUnique(&plan)
  return plan
}

/// Looks beside images and masks for what labelme has drawn on the images.
private func findDrawings(_ plan: inout DatasetPlan) {
  var known: [String: LabelmeFile.Reading] = [:]
  for i in plan.samples.indices {
    let name = "\(baseName(of: plan.samples[i].image)).\(LabelmeFile.ending)"
    var places: [String] = []
    for file in [plan.samples[i].image, plan.samples[i].maskPath].compactMap(\.self) {
      let place = joinPath(parentFolder(of: file), name)
      if !places.contains(place) { places.append(place) }
    }
    for place in places where pathKind(place) == .file {
      let reading = known[place] ?? LabelmeFile.reading(place)
      if case .read(let file) = reading { plan.samples[i].labelme.append(file) }
      if known[place] == nil, case .broken(let problem) = reading { plan.problems.append(problem) }
      known[place] = reading
    }
  }
}

private let openReadsImages = "a file given to load is a table of images (CSV); a single image is read by `open`"

/// Whether a file that is no text may have been meant as an image, by its name or its first bytes.
private func mayBeImage(_ path: String, _ bytes: [UInt8]) -> Bool {
  if claimsToBeImage(path) { return true }
  do throws(ImageFault) {
    _ = try ImageFormat(startOf: bytes)
    return true
  } catch {
    if case .unknownFormat(looksLike: let name?) = error { return name != "PDF" }
    return false
  }
}

/// Where a path of a manifest leads; one with the backslashes of Windows leads where it would with slashes.
private func place(of path: String, beside manifest: String) -> String {
  let place = joinPath(parentFolder(of: manifest), path)
  guard path.contains("\\"), pathKind(place) == nil else { return place }
  return joinPath(parentFolder(of: manifest), String(path.map { $0 == "\\" ? "/" : $0 }))
}

private func facts(
  of fields: [ManifestColumn: String], line: Int, problem: (Int, String, String?) -> Void
) -> SampleFacts {
  var facts = SampleFacts(caseName: fields[.caseName], visit: fields[.visit], grader: fields[.grader])
  if let eye = fields[.eye] {
    switch eye.uppercased() {
    case "OD", "R", "RIGHT": facts.eye = .right
    case "OS", "L", "LEFT": facts.eye = .left
    default: problem(line, "'\(eye)' is no eye", "write OD (right) or OS (left)")
    }
  }
  func number(_ column: ManifestColumn, _ meaning: String, in range: ClosedRange<Double>) -> Double? {
    guard let text = fields[column] else { return nil }
    if let value = decimalNumber(text), range.contains(value) { return value }
    problem(line, "'\(text)' is no \(meaning)", nil)
    return nil
  }
  func place(_ x: ManifestColumn, _ y: ManifestColumn, _ name: String) -> Landmark? {
    let places = -1.0...1e6
    let (left, top) = (number(x, "place of a pixel", in: places), number(y, "place of a pixel", in: places))
    if let left, let top { return Landmark(x: left, y: top) }
    if (fields[x] == nil) != (fields[y] == nil) {
      problem(line, "a \(name) has two numbers", "give \(x.rawValue) and \(y.rawValue)")
    }
    return nil
  }
  facts.millimetresPerPixel = number(.millimetresPerPixel, "scale in mm per pixel", in: RetinalScale.range)
  facts.fieldAngle = number(.fieldAngle, "angle of a camera's field in degrees", in: 1...220)
  if let phase = fields[.phase] {
    facts.phase = Phase(named: phase)
    if facts.phase == nil {
      problem(line, "'\(phase)' is no phase of an angiography", "write early, transit or late")
    }
  }
  facts.landmarks = Landmarks(
    fovea: place(.foveaX, .foveaY, "fovea"), disc: place(.discX, .discY, "disc"),
    discDiameter: number(.discDiameter, "diameter of a disc in pixels", in: 1...10_000))
  return facts
}

/// A number with a decimal point, or with the one comma that much of Europe writes.
private func decimalNumber(_ text: String) -> Double? {
  Double(text) ?? (text.count { $0 == "," } == 1 ? Double(String(text.map { $0 == "," ? "." : $0 })) : nil)
}

/// Names that occur twice get their folder in front, then their grader behind; what is still double is a problem.
private func makeNamesUnique(_ plan: inout DatasetPlan) {
  func rename(_ newName: (SampleFiles) -> String?) {
    let counts = Dictionary(grouping: plan.samples, by: \.name).mapValues(\.count)
    for i in plan.samples.indices where counts[plan.samples[i].name, default: 0] > 1 {
      if let name = newName(plan.samples[i]) { plan.samples[i].name = name }
    }
  }
  rename { sample in "\(fileName(of: parentFolder(of: sample.image)))-\(sample.name)" }
  rename { sample in sample.facts.grader.map { "\(sample.name)-\($0)" } }
  for (name, twins) in Dictionary(grouping: plan.samples, by: \.name).sorted(by: { $0.key < $1.key })
  where twins.count > 1 {
    plan.problems.append(.sameName(first: twins[0].image, second: "\(twins[1].image) (\(name))"))
  }
}
