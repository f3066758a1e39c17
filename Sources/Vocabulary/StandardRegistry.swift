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

/// The command that reads a value from a file, by the name of its type.
private var readers: [String: String] {
  let opened = standardTypes.filter { $0 is any Openable.Type }.map { ($0.typeName, Command.open.name) }
  return Dictionary(uniqueKeysWithValues: opened + [(DatasetValue.typeName, Command.load.name)])
}
