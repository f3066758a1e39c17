import Base

/// What a run has left in its output folder, for whoever compares it with another.
struct RunFolder {
  /// As it was asked for.
  let name: String
  private let path: String
  private let manifest: RunManifest

  private static let largestFile = 64 << 20

  /// - Parameter name: the path of an output folder, or of a book or script, whose own is meant.
  /// - Throws: `no-run` where there is no run's folder, or it was changed since.
  init(_ name: String) throws(BookFileError) {
    self.name = name
    let place = absolutePath(name, from: workingFolder())
    path = pathKind(place) == .file ? ProgramFile(name).outputFolder(from: workingFolder()) : place
    guard let bytes = try? fileBytes(joinPath(path, RunManifest.name), limit: Self.largestFile) else {
      throw BookFileError(
        "no-run", "\(clipped(name, to: 200)) is no run's output folder: there is no \(RunManifest.name)",
        hint: "name a folder that `cnp run` has written, such as book.out")
    }
    guard let manifest = RunManifest(bytes) else {
      throw BookFileError("no-run", "the \(RunManifest.name) of \(clipped(name, to: 200)) is not as a run leaves it")
    }
    guard manifest.facts["book"] != nil else {
      throw BookFileError(
        "no-run", "\(clipped(name, to: 200)) has the table of a grid, which is no run", hint: "name two of its runs")
    }
    self.manifest = manifest
  }

  var facts: [String: JSON] { manifest.facts }

  /// The names of its figures, without their ending, in alphabetical order with numbers by size.
  var figures: [String] {
    manifest.digests.keys.filter { $0.hasSuffix(".png") && !$0.contains("/") }.map { String($0.dropLast(4)) }
      .sorted { comesBefore($0, $1) }
  }

  /// The SHA-256 of a file as the run has left it; `nil` where it has left none of that name.
  func digest(of file: String) -> String? { manifest.digests[file] }

  /// The bytes of a file.
  ///
  /// - Throws: `run-changed` where it is not what the run has left.
  func bytes(of file: String) throws(BookFileError) -> [UInt8] {
    let bytes: [UInt8]
    do throws(BookFileError) { bytes = try fileBytes(joinPath(path, file), limit: Self.largestFile) } catch {
      throw manifest.digests[file] == nil ? error : changed(file)
    }
    guard sha256(of: bytes) == manifest.digests[file] else {
      throw changed(file)
    }
    return bytes
  }

  private func changed(_ file: String) -> BookFileError {
    BookFileError("run-changed", "\(joinPath(name, file)) is not as the run has left it", hint: "run the book again")
  }

  func text(of file: String) throws(BookFileError) -> String { String(decoding: try bytes(of: file), as: UTF8.self) }

  /// The metrics by the key of their cell.
  func metrics() throws(BookFileError) -> [String: JSON] {
    let bytes = try bytes(of: "metrics.json")
    guard case .object(let cells)? = try? JSON(decoding: bytes[...]) else { return [:] }
    return cells
  }
}

/// By letters, and by numbers where both have some: `train-2` before `train-10`.
private func comesBefore(_ one: String, _ other: String) -> Bool {
  func parts(_ text: String) -> [(text: String, number: Int)] {
    text.split(separator: "-").map { ($0.description, Int($0) ?? -1) }
  }
  for (a, b) in zip(parts(one), parts(other)) where a != b {
    return a.number >= 0 && b.number >= 0 ? a.number < b.number : a.text < b.text
  }
  return one.count < other.count
}
