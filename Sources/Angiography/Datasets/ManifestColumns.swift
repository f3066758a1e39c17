import Base

/// The columns a manifest may have.
enum ManifestColumn: String, CaseIterable {
  case image, mask
  case caseName = "case"
  case visit, eye, grader
  case millimetresPerPixel = "mm-per-pixel"
  case fieldAngle = "field-angle"
  case phase
  case foveaX = "fovea-x"
  case foveaY = "fovea-y"
  case discX = "disc-x"
  case discY = "disc-y"
  case discDiameter = "disc-diameter"

  /// By one of its names, in any case and however its words are joined.
  init?(named name: String) {
    let plain = Self.plain(name)
    guard let column = Self.allCases.first(where: { $0.names.contains(plain) }) else { return nil }
    self = column
  }

  /// A name without what joins its words: `Patient ID`, `patient_id` and `patientID` are one.
  static func plain(_ name: String) -> String {
    name.trimmingSpaces.lowercased().filter { !$0.isWhitespace && !"_-./".contains($0) }
  }

  /// What other tables call the column, as `plain` writes it; our own name first.
  private var names: [String] {
    switch self {
    case .image:
      [
        "image", "images", "imagepath", "imagefile", "imagefilename", "imagefilepath", "imagename", "img", "imgpath",
        "imgfile", "imgname", "file", "files", "filename", "filepath", "path", "paths",
      ]
    case .mask:
      [
        "mask", "masks", "maskpath", "maskfile", "maskfilename", "maskfilepath", "maskname", "labelpath", "labelfile",
        "labelfilename", "labelfilepath", "segmentation", "segmentationpath", "segpath", "annotationpath", "gtpath",
        "groundtruth", "groundtruthpath",
      ]
    case .caseName:
      ["case", "caseid", "casename", "patient", "patientid", "patientname", "patientno", "subject", "subjectid", "pid"]
    case .visit: ["visit", "visitid", "visitno", "visitdate", "date", "examdate", "acquisitiondate"]
    case .eye: ["eye", "laterality"]
    case .grader: ["grader", "graderid", "gradername", "annotator", "reader", "readerid"]
    case .millimetresPerPixel: ["mmperpixel", "mmperpx", "mmpixel", "mmpx"]
    case .fieldAngle: ["fieldangle", "fieldangledeg", "fov", "fovdeg", "fieldofviewdeg", "fieldofviewangle"]
    case .phase: ["phase", "framephase", "angiogramphase"]
    case .foveaX: ["foveax", "maculax", "xfovea"]
    case .foveaY: ["foveay", "maculay", "yfovea"]
    case .discX: ["discx", "diskx", "opticdiscx", "odx", "xdisc"]
    case .discY: ["discy", "disky", "opticdiscy", "ody", "ydisc"]
    case .discDiameter: ["discdiameter", "diskdiameter", "opticdiscdiameter", "discdiameterpx"]
    }
  }

  /// Words in the names of columns like it, for suggestions.
  private var words: [String] {
    switch self {
    case .image: ["image", "img", "file", "path", "picture", "photo", "angiogram"]
    case .mask: ["mask", "label", "segment", "annotation", "truth"]
    case .caseName: ["patient", "subject", "case"]
    case .visit: ["visit", "session"]
    case .eye: ["eye", "lateral"]
    case .grader: ["grader", "reader", "rater", "annotator"]
    case .millimetresPerPixel: ["pixel", "spacing", "resolution", "scale"]
    case .fieldAngle: ["angle"]
    case .phase: ["phase"]
    case .foveaX, .foveaY: ["fovea", "macula"]
    case .discX, .discY: ["disc", "disk"]
    case .discDiameter: ["diameter"]
    }
  }

  /// The column that an unknown name most likely means, of those that are not there.
  static func nearest(to name: String, besides present: Set<ManifestColumn>) -> ManifestColumn? {
    let plain = plain(name)
    let missing = allCases.filter { !present.contains($0) }
    func distance(_ column: ManifestColumn) -> Int { column.names.map { editDistance($0, plain) }.min() ?? .max }
    let nearest = missing.map { (column: $0, distance: distance($0)) }.min { $0.distance < $1.distance }
    if let nearest, nearest.distance <= min(3, plain.count / 3) { return nearest.column }
    // What a mask's or a patient's column adds to `file` or `path` says more than that does.
    let bySpeciality: [ManifestColumn] = [
      .mask, .grader, .caseName, .visit, .eye, .discDiameter, .millimetresPerPixel, .fieldAngle, .phase, .foveaX,
      .foveaY, .discX, .discY, .image,
    ]
    return bySpeciality.first { missing.contains($0) && $0.words.contains { plain.contains($0) } }
  }

  /// How well a line divides into columns: those known, then all.
  static func fit(_ fields: [String]) -> (Int, Int) {
    (fields.count { ManifestColumn(named: $0) != nil }, fields.count)
  }
}

/// Which field of a row is which column.
struct ManifestColumns {
  /// One a field of the header; `nil` for a field without a meaning: a data frame's index, a column without a name.
  private let columns: [ManifestColumn?]
  /// Whether rows have one field more than the header in front: the row names that R writes.
  private let hasRowNames: Bool

  /// - Parameter problem: is told the line, what is wrong, and a hint.
  init?(_ rows: [CSVRow], problem: (Int, String, String?) -> Void) {
    guard let header = rows.first else {
      problem(1, "the manifest is empty", nil)
      return nil
    }
    var columns: [ManifestColumn?] = []
    let present = Set(header.fields.compactMap { ManifestColumn(named: $0) })
    for (place, field) in header.fields.enumerated() {
      let column = ManifestColumn(named: field)
      if column == nil && !Self.isIndex(field, at: place) {
        problem(header.line, "unknown column '\(field.trimmingSpaces)'", Self.hint(for: field, besides: present))
      } else if let column, let first = columns.firstIndex(of: column) {
        let names = [header.fields[first].trimmingSpaces, field.trimmingSpaces]
        let twice =
          ManifestColumn.plain(names[0]) == ManifestColumn.plain(names[1])
          ? "the column '\(names[1])' stands there twice"
          : "the columns '\(names[0])' and '\(names[1])' both mean \(column.rawValue)"
        problem(header.line, twice, nil)
      }
      columns.append(column)
    }
    guard columns.contains(.image) else {
      let isKnown = header.fields.enumerated().allSatisfy { columns[$0] != nil || Self.isIndex($1, at: $0) }
      if isKnown { problem(header.line, "there is no column 'image'", "the first line names the columns") }
      return nil
    }
    guard zip(columns, header.fields.indices).allSatisfy({ $0 != nil || Self.isIndex(header.fields[$1], at: $1) })
    else { return nil }
    self.columns = columns
    let others = rows.dropFirst()
    hasRowNames = !others.isEmpty && others.allSatisfy { $0.fields.count == columns.count + 1 && $0.fields.last != "" }
  }

  /// The named fields of a row that say something; `nil` where it has more or fewer than the header.
  func fields(of row: CSVRow) -> [ManifestColumn: String]? {
    var fields = row.fields[...]
    if hasRowNames { fields = fields.dropFirst() }
    // Spreadsheets end rows with separators that no column needs.
    while fields.count > columns.count, fields.last?.trimmingSpaces == "" { fields.removeLast() }
    guard fields.count == columns.count else { return nil }
    let named = zip(columns, fields).compactMap { column, field -> (ManifestColumn, String)? in
      let text = field.trimmingSpaces
      return column.flatMap { Self.isUnknown(text) ? nil : ($0, text) }
    }
    return Dictionary(named) { first, _ in first }
  }

  var count: Int { columns.count }

  /// What data frames and spreadsheets write where nothing is known.
  private static func isUnknown(_ text: String) -> Bool {
    ["", "na", "n/a", "#n/a", "nan", "none", "null", "<na>"].contains(text.lowercased())
  }

  /// Whether a column is a data frame's index, or has no name.
  private static func isIndex(_ field: String, at place: Int) -> Bool {
    let name = field.trimmingSpaces.lowercased()
    return name.isEmpty || name.hasPrefix("unnamed: ") || (place == 0 && name == "index")
  }

  private static func hint(for field: String, besides present: Set<ManifestColumn>) -> String {
    ManifestColumn.nearest(to: field, besides: present).map { "did you mean '\($0.rawValue)'?" }
      ?? "the columns are \(ManifestColumn.allCases.map(\.rawValue).joined(separator: ", "))"
  }
}

/// The fewest insertions, deletions, replacements and exchanges of neighbours that turn one word into the other.
private func editDistance(_ left: String, _ right: String) -> Int {
  let (left, right) = (Array(left), Array(right))
  var rows = [Array(0...right.count)]
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      var least = min(rows[i][j] + (left[i] == right[j] ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { least = min(least, rows[i - 1][j - 1] + 1) }
      row.append(least)
    }
    rows.append(row)
  }
  return rows[left.count][right.count]
}
