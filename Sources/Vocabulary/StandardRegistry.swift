import Language

/// Every command and type of `cnp`.
public func standardRegistry() -> Registry {
  Registry(
    [
      CommandGroup("angiograms", Data.commands),
      CommandGroup("training", Training.commands + [Comparing.compare] + Stepping.commands),
      CommandGroup("predictions", Prediction.commands + [Comparing.extremes]),
      CommandGroup("networks", NetworkDesign.commands, isFolded: true),
      CommandGroup("figures", Drawing.commands + Comparing.figures + NetworkFigures.commands, isFolded: true),
      CommandGroup("files", Files.commands),
      CommandGroup("arithmetic", Arithmetic.commands, isFolded: true),
      CommandGroup("showing and help", Basics.commands + Guidance.commands),
    ],
    types: [
      ImageValue.self, MaskValue.self, TensorValue.self, DatasetValue.self, NetworkValue.self, PredictionsValue.self,
      MetricsValue.self, ComparisonValue.self, StepValue.self, TableValue.self, FigureValue.self,
    ], synonyms: otherTools)
}
