import Language

/// Every command and type of `cnp`.
public func standardRegistry() -> Registry {
  Registry(
    commands: Basics.commands + Arithmetic.commands + Data.commands + NetworkDesign.commands + Training.commands
      + Stepping.commands
      + Prediction.commands + Comparing.commands + Drawing.commands + NetworkFigures.commands + Files.commands,
    types: [
      ImageValue.self, MaskValue.self, TensorValue.self, DatasetValue.self, NetworkValue.self, PredictionsValue.self,
      MetricsValue.self, ComparisonValue.self, StepValue.self, TableValue.self, FigureValue.self,
    ])
}
