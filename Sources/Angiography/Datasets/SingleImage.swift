import Base
import Imaging

/// One image file as a dataset of its own, read as a folder's images are.
///
/// - Throws: `DatasetError` with what is wrong with the file.
public func loadDataset(imageFile path: String) throws(DatasetError) -> LoadedDataset {
  var problems: [DatasetProblem] = []
  var notes = ImageNotes()
  let name = baseName(of: path)
  let files = SampleFiles(name: name, image: path, mask: .none)
  let read = read(files, options: LoadOptions(), problems: &problems, notes: &notes)
  guard let read, problems.isEmpty else { throw DatasetError(problems) }
  let sample = read.finished(in: SampleRange(of: [read.image]), notes: &notes)
  return LoadedDataset(
    dataset: Dataset(name: name, samples: [sample]), files: [path], folders: [], notes: notes.lines, warnings: [])
}
