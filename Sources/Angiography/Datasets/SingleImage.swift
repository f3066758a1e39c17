import Files

/// One image file as a dataset of its own, read as a folder's images are.
///
/// - Throws: `DatasetError` with what is wrong with the file.
public func loadDataset(imageFile path: String) throws(DatasetError) -> LoadedDataset {
  var problems: [DatasetProblem] = []
  let name = baseName(of: path)
  let files = SampleFiles(name: name, image: path, mask: .none)
  guard let (sample, _) = read(files, label: nil, problems: &problems), problems.isEmpty else {
    throw DatasetError(problems)
  }
  return LoadedDataset(dataset: Dataset(name: name, samples: [sample]), files: [path], folders: [], notes: [])
}
