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
