import Language

/// Every command and type of `cnp`.
public func standardRegistry() -> Registry {
  Registry(
    commands: Basics.commands,
    types: [
      ImageValue.self, MaskValue.self, DatasetValue.self, MetricsValue.self, TableValue.self, FigureValue.self,
    ])
}
