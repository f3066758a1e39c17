import Language

extension CheckedCall {
  /// Reports what a part of the body throws for arguments of which all these are constant.
  ///
  /// - Parameter body: may ask for the arguments of those names alone.
  mutating func trial(_ names: [String], on parameter: String? = nil, _ body: (Arguments) throws -> Void) {
    guard names.allSatisfy({ self[$0].constant != nil }) else { return }
    do { try body(argumentsOrDefaults().arguments) } catch let error as any CodedError {
      report(error, on: parameter)
    } catch {}
  }
}

extension Known {
  /// A text, where it is constant.
  var text: String? {
    if case .text(let text) = constant { text } else { nil }
  }

  /// A dataset, a network and so on with its facts.
  static func dataset(_ facts: DatasetFacts?) -> Known { Known(.object(DatasetValue.typeName), facts: facts) }
  static func network(_ facts: NetworkFacts) -> Known { Known(.object(NetworkValue.typeName), facts: facts) }
  static func predictions(_ facts: PredictionsFacts) -> Known {
    Known(.object(PredictionsValue.typeName), facts: facts)
  }
}
