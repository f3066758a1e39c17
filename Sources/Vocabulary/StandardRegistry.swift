import Base
import Language

extension CommandGroup {
  /// What the program is about; arithmetic and help are there for all.
  static let subject: [CommandGroup] = [
    .angiograms, .training, .predictions, .segmentation, .pictures, .masksAndRegions, .clinical, .networks, .figures,
    .files,
  ]
}

/// Every type of value.
let standardTypes: [any ObjectValue.Type] = [
  ImageValue.self, MaskValue.self, TensorValue.self, DatasetValue.self, NetworkValue.self, CalibratorValue.self,
  SegmenterValue.self, PredictionsValue.self, StagesValue.self, TuningValue.self, RegionsValue.self, MetricsValue.self,
  AgreementValue.self, ReliabilityValue.self, ComparisonValue.self, GridValue.self, UncertaintyValue.self,
  IntervalsValue.self, RegistrationValue.self, ChangeValue.self, CourseValue.self, ClinicalReportValue.self,
  StepValue.self,
  TableValue.self, FigureValue.self,
]

/// Every command and type of `cnp`.
public func standardRegistry() -> Registry {
  Registry(
    CommandGroup.subject + [.arithmetic, .showingAndHelp], types: standardTypes, synonyms: otherTools,
    fileEndings: FileForm.endingsOfFiles.union(["checkpoint", "txt", "cnp", "cnpbook"]), readers: readers)
}

/// The call that reads a value from a file, by the name of its type.
private var readers: [String: Registry.Reader] {
  var readers: [String: Registry.Reader] = [:]
  for case let type as any Openable.Type in standardTypes {
    readers[type.typeName] = { type.canBe(at: $0) ? call(.open, $0) : nil }
  }
  let network = readers[NetworkValue.typeName]
  readers[NetworkValue.typeName] = { path in
    // Models that come with the program are segmenters.
    ShippedModels.holdsNetworks(path) ? "\(call(.open, path)).networks[0]" : network?(path)
  }
  readers[DatasetValue.typeName] = { path in
    // A folder, by its name, or a list of files.
    ["", "csv"].contains(fileExtension(of: path)) && !path.isEmpty && !ShippedModels.isOne(path)
      ? call(.load, path) : nil
  }
  return readers
}

private func call(_ command: Command, _ path: String) -> String { "(\(command.name) \(quoted(path)))" }
