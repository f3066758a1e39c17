import Files

/// The columns a manifest may have.
private enum Column: String, CaseIterable {
  case image, mask
  case caseName = "case"
  case visit, eye, grader
  case millimetresPerPixel = "mm-per-pixel"
}

/// Reads a CSV manifest: one row an image, paths starting at the manifest's folder, empty fields for what is unknown.
func planManifest(_ path: String, masks: MaskSource) -> DatasetPlan {
  var plan = DatasetPlan(name: baseName(of: path), lists: [path])
  func problem(_ line: Int, _ reason: String, hint: String? = nil) {
    plan.problems.append(.manifest(file: path, line: line, reason: reason, hint: hint))
  }
  let rows: [CSVRow]
  do {
    rows = try parseCSV(try readFile(path, limit: 64 << 20))
  } catch let error as CSVError {
    problem(
      error.line, error.reason,
      hint: "a file given to load is a table of images (CSV); a single image is read by `open`")
    return plan
  } catch let error as FileError {
    plan.problems.append(.folder(error))
    return plan
  } catch {
    problem(1, "\(error)")
    return plan
  }
  if case .folder = masks {
    problem(1, "a manifest names its masks itself", hint: "leave masks: out, and add a column mask")
  }
  guard let header = rows.first else {
    problem(1, "the manifest is empty")
    return plan
  }
  guard let columns = columns(of: header, problem: problem) else { return plan }
  for row in rows.dropFirst() {
    guard row.fields.count == columns.count else {
      problem(row.line, "\(row.fields.count) fields under \(columns.count) columns")
      continue
    }
    let fields = Dictionary(zip(columns, row.fields.map(trimmed)).filter { !$1.isEmpty }) { first, _ in first }
    guard let image = fields[.image] else {
      problem(row.line, "no image is named")
      continue
    }
    let above = parentFolder(of: path)
    let mask = fields[.mask].map { SampleFiles.MaskFile.path(joinPath(above, $0)) }
    plan.samples.append(
      SampleFiles(
        name: baseName(of: image), image: joinPath(above, image), mask: mask ?? (masks == .empty ? .empty : .none),
        facts: facts(of: fields, line: row.line, problem: problem)))
  }
  makeNamesUnique(&plan)
  return plan
}

private func columns(of header: CSVRow, problem: (Int, String, String?) -> Void) -> [Column]? {
  var columns: [Column] = []
  for field in header.fields {
    let name = trimmed(field).lowercased()
    guard let column = Column(rawValue: name) else {
      let known = Column.allCases.map(\.rawValue)
      let nearest = known.min { editDistance($0, name) < editDistance($1, name) } ?? ""
      let hint =
        editDistance(nearest, name) <= 3
        ? "did you mean '\(nearest)'?" : "the columns are \(known.joined(separator: ", "))"
      problem(header.line, "unknown column '\(trimmed(field))'", hint)
      continue
    }
    if columns.contains(column) { problem(header.line, "the column '\(name)' stands there twice", nil) }
    columns.append(column)
  }
  guard columns.count == header.fields.count else { return nil }
  guard columns.contains(.image) else {
    problem(header.line, "there is no column 'image'", "the first line names the columns")
    return nil
  }
  return columns
}

private func facts(
  of fields: [Column: String], line: Int, problem: (Int, String, String?) -> Void
) -> SampleFacts {
  var facts = SampleFacts(caseName: fields[.caseName], visit: fields[.visit], grader: fields[.grader])
  if let eye = fields[.eye] {
    switch eye.uppercased() {
    case "OD", "R", "RIGHT": facts.eye = .right
    case "OS", "L", "LEFT": facts.eye = .left
    default: problem(line, "'\(eye)' is no eye", "write OD (right) or OS (left)")
    }
  }
  if let scale = fields[.millimetresPerPixel] {
    if let value = Double(scale), value.isFinite, value > 0 {
      facts.millimetresPerPixel = value
    } else {
      problem(line, "'\(scale)' is no scale in mm per pixel", nil)
    }
  }
  return facts
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

private func trimmed(_ field: String) -> String {
  var trimmed = field[...]
  while trimmed.first?.isWhitespace == true { trimmed.removeFirst() }
  while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
  return String(trimmed)
}

/// The fewest insertions, deletions and replacements of a character that turn one word into the other.
private func editDistance(_ left: String, _ right: String) -> Int {
  let right = Array(right)
  var row = Array(0...right.count)
  for (i, character) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for j in right.indices {
      let replaced = diagonal + (character == right[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[right.count]
}
